"""What stands in a letter, in which order: the result first, then law, sum, data, the machine, the appeal."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest

from config.errors import InputError, RefusedError
from config.letter_defaults import FOLDER
from config.letter_texts import read_letter_texts
from explain.letters.appeal_date import last_day_to_appeal
from explain.letters.as_text import LINES_A_PAGE
from explain.letters.composing import Ordered, compose_one
from explain.letters.letter_facts import LetterFacts, Recipient
from routing.letter_files import documents_of, in_format
from routing.letter_making import (
    decision_facts,
    draft_facts,
    hearing_facts,
    hearing_point,
    information_facts,
    receipt_facts,
)
from routing.standards import day_of
from routing.third_party_letter import Question, third_party_facts

HEADINGS = (
    "Sådan har vi afgjort sagen",
    "Sådan har vi regnet",
    "De oplysninger, vi har brugt",
    "Hvad en maskine gjorde, og hvad den ikke gjorde",
)


def decided(office, facts_of, case_type_name: str, outcome: str, /, **citizen) -> LetterFacts:
    case_type = office.opened.in_force.case_types[case_type_name]
    case_id = office.case(case_type_name, facts_of(case_type, outcome), **citizen)
    case = office.letter_case(case_type_name, case_id, office.decide(case_type_name, case_id, outcome))
    with office.opened.database.read() as connection:
        return decision_facts(office.desk(), connection, case)


def text_of(office, name: str, facts: LetterFacts, language: str = "da", *, is_draft: bool = False) -> str:
    with office.opened.database.read() as connection:
        [made] = documents_of(connection, [(name, facts)], is_draft=is_draft)
    return in_format(made[language], "txt").decode()


def test_the_result_comes_first_in_kroner_and_the_parts_follow_in_order(shared_office, facts_of):
    text = text_of(
        shared_office, "health_supplement", decided(shared_office, facts_of, "health_supplement", "granted")
    )
    places = [text.index(heading) for heading in HEADINGS]
    assert places == sorted(places)
    assert "kr." in text[: places[0]].split("Kære Jonas")[1]


def test_it_says_who_decided_by_name_and_telephone(shared_office, facts_of):
    for language in ("da", "en"):
        facts = decided(shared_office, facts_of, "dental_aid", "granted")
        text = text_of(shared_office, "dental_aid", facts, language)
        assert "Mette Kjærgaard" in text
        assert "00 12 34 57" in text


def test_what_is_not_fully_in_favour_says_how_to_complain_and_until_when(shared_office, facts_of):
    facts = decided(shared_office, facts_of, "dental_aid", "refused")
    today = day_of(shared_office.opened.database.clock())
    last = last_day_to_appeal(today, digital=True, weeks=4, delivery_working_days=6)
    assert facts.decision is not None
    assert facts.decision.appeal is not None
    assert facts.decision.appeal.last_day == last
    text = text_of(shared_office, "dental_aid", facts)
    assert "Ankestyrelsen" in text
    assert f"{last.day}." in text


def test_by_letter_the_citizen_has_longer_to_complain_than_by_digital_post(shared_office, facts_of):
    digital, paper = (
        decided(shared_office, facts_of, "dental_aid", "refused", digital_post=one).decision.appeal.last_day
        for one in (True, False)
    )
    assert paper - digital >= timedelta(days=6)


def test_what_is_fully_in_favour_has_no_guidance_to_complain(shared_office, facts_of):
    facts = decided(shared_office, facts_of, "rent_deposit_loan", "granted")
    assert facts.decision.appeal is None
    assert "Ankestyrelsen" not in text_of(shared_office, "rent_deposit_loan", facts)


def test_what_is_granted_but_for_an_own_share_says_how_to_complain(shared_office, facts_of):
    facts = decided(shared_office, facts_of, "dental_aid", "granted")
    assert facts.decision.appeal is not None
    assert "Ankestyrelsen" in text_of(shared_office, "dental_aid", facts)


def test_it_names_each_source_of_the_data_and_the_calculations_lines(shared_office, facts_of):
    facts = decided(shared_office, facts_of, "daycare_subsidy", "granted")
    sources = {one.source.da for one in facts.data_used}
    assert "eIndkomst" in sources
    assert len(facts.decision.steps) > 1
    text = text_of(shared_office, "daycare_subsidy", facts)
    assert all(step.result.da in text for step in facts.decision.steps)


def test_it_says_what_no_machine_did(shared_office, facts_of):
    text = text_of(
        shared_office, "assistive_devices", decided(shared_office, facts_of, "assistive_devices", "refused")
    )
    assert "Ingen maskine har set på din sag." in " ".join(text.split())


def test_a_draft_says_so_on_top_in_both_languages_and_a_letter_that_is_sent_does_not(shared_office, facts_of):
    facts = decided(shared_office, facts_of, "dental_aid", "granted")
    for language, mark in (("da", "KLADDE"), ("en", "DRAFT")):
        assert mark in text_of(shared_office, "dental_aid", facts, language, is_draft=True).splitlines()[0]
        assert mark not in text_of(shared_office, "dental_aid", facts, language)


def test_a_draft_says_so_on_every_page_of_its_text_and_on_the_web_page(shared_office, facts_of):
    facts = decided(shared_office, facts_of, "daycare_subsidy", "granted")
    lines = text_of(shared_office, "daycare_subsidy", facts, is_draft=True).splitlines()
    marked = [number for number, line in enumerate(lines) if "KLADDE" in line]
    assert len(marked) >= 3
    assert (marked[0], marked[-1]) == (0, len(lines) - 1)
    assert all(after - before <= LINES_A_PAGE + 2 for before, after in itertools.pairwise(marked))
    with shared_office.opened.database.read() as connection:
        [draft] = documents_of(connection, [("daycare_subsidy", facts)], is_draft=True)
        [sent] = documents_of(connection, [("daycare_subsidy", facts)])
    page = in_format(draft["da"], "html").decode()
    assert "<title>KLADDE: " in page
    assert '<p class="letter-draft"><strong>KLADDE</strong>' in page
    assert "KLADDE" not in in_format(sent["da"], "html").decode()


def test_amounts_that_nobody_has_confirmed_are_called_examples(shared_office, facts_of):
    facts = decided(shared_office, facts_of, "daycare_subsidy", "granted")
    assert facts.example_amounts
    assert "opdigtede" in text_of(shared_office, "daycare_subsidy", facts)


def test_markup_in_a_name_is_text_in_every_format(shared_office, facts_of):
    name = "<b>Nr</b> #strong[x] $x$ {{ 7*7 }}"
    facts = decided(shared_office, facts_of, "dental_aid", "granted", name=name)
    with shared_office.opened.database.read() as connection:
        [made] = documents_of(connection, [("dental_aid", facts)])
    assert name in in_format(made["da"], "txt").decode()
    html = in_format(made["da"], "html").decode()
    assert "<b>Nr" not in html
    assert "{{ 7*7 }}" in html
    assert in_format(made["da"], "pdf").startswith(b"%PDF-")


def test_of_a_report_about_a_child_nothing_but_a_receipt_to_its_sender_goes_out(shared_office, facts_of):
    child = shared_office.opened.in_force.case_types["child_report"]
    case = shared_office.letter_case("child_report", shared_office.case("child_report", facts_of(child, "")))
    desk = shared_office.desk()
    with (
        pytest.raises((RefusedError, InputError)),
        shared_office.opened.database.read() as connection,
    ):
        decision_facts(desk, connection, case, outcome="granted")
    with pytest.raises(RefusedError, match="receipt is the only letter"):
        hearing_facts(desk, case, [hearing_point(case, "concern")])
    with pytest.raises(RefusedError, match="receipt is the only letter"):
        information_facts(desk, case, ["concern"])
    school = Recipient(name="Egeby Skole", street="Skolevej 1", town="9998 Egeby")
    text = text_of(shared_office, "child_report", receipt_facts(desk, case, school))
    assert "Egeby Skole" in text
    assert "Jonas" not in text


def test_a_hearing_says_the_fact_where_it_is_from_and_by_when_to_answer(shared_office, facts_of):
    kind = shared_office.opened.in_force.case_types["daycare_subsidy"]
    case_id = shared_office.case("daycare_subsidy", facts_of(kind, "refused"))
    case = shared_office.letter_case("daycare_subsidy", case_id)
    facts = hearing_facts(shared_office.desk(), case, [hearing_point(case, "monthly_household_income")])
    text = " ".join(text_of(shared_office, "daycare_subsidy", facts).split())
    assert "eIndkomst" in text
    assert facts.answer_by is not None
    assert facts.answer_by > facts.dated
    assert f"{facts.answer_by.day}." in text
    with pytest.raises(InputError, match="at least one fact"):
        hearing_facts(shared_office.desk(), case, [])


def test_a_request_names_what_is_missing_and_refuses_what_is_no_fact(shared_office, facts_of):
    kind = shared_office.opened.in_force.case_types["dental_aid"]
    case = shared_office.letter_case("dental_aid", shared_office.case("dental_aid", facts_of(kind, "granted")))
    facts = information_facts(shared_office.desk(), case, ["bill_enclosed"])
    assert kind.fields["bill_enclosed"].label.da in " ".join(text_of(shared_office, "dental_aid", facts).split())
    with pytest.raises(InputError, match="'wealth' is no fact"):
        information_facts(shared_office.desk(), case, ["wealth"])


@pytest.mark.parametrize(
    ("language", "source"), [("da", "Kommunens egne sager"), ("en", "The municipality's own cases")]
)
def test_a_source_is_said_in_the_letters_language(shared_office, facts_of, language, source):
    facts = decided(shared_office, facts_of, "assistive_devices", "refused")
    assert source in " ".join(text_of(shared_office, "assistive_devices", facts, language).split())


def test_a_fact_that_let_an_earlier_criterion_pass_is_among_the_data(shared_office, facts_of):
    facts = decided(shared_office, facts_of, "health_supplement", "partly_granted")
    kind = shared_office.opened.in_force.case_types["health_supplement"]
    assert kind.fields["liquid_wealth"].label in [one.label for one in facts.data_used]


def test_what_the_criterion_says_stands_once_where_the_person_wrote_the_same(shared_office, facts_of):
    office, name = shared_office, "dental_aid"
    kind = office.opened.in_force.case_types[name]
    because = next(one.because.da for one in kind.criteria if one.outcome == "refused")
    case_id = office.case(name, facts_of(kind, "refused"))
    decided_now = office.decide(name, case_id, "refused", f"{because}\n\nVi har set på dine papirer.")
    with office.opened.database.read() as connection:
        facts = decision_facts(office.desk(), connection, office.letter_case(name, case_id, decided_now))
    text = " ".join(text_of(office, name, facts).split())
    assert text.count(because.rstrip(".")) == 1
    assert "Vi har set på dine papirer." in text


def test_danish_writes_the_name_of_a_law_small_inside_a_sentence(shared_office, facts_of):
    text = text_of(shared_office, "dental_aid", decided(shared_office, facts_of, "dental_aid", "granted"))
    assert "denne regel: aktivloven § 82 a" in " ".join(text.split())


def test_a_refusal_by_judgment_names_the_price_and_no_share_that_nobody_is_to_pay(shared_office):
    office, name = shared_office, "daycare_subsidy"
    kind = office.opened.in_force.case_types[name]
    judged = next(one.facts for one in kind.tests if one.name == "Selvstændig er et skøn")
    case_id = office.case(name, judged)
    decided_now = office.decide(name, case_id, "refused")
    with office.opened.database.read() as connection:
        facts = decision_facts(office.desk(), connection, office.letter_case(name, case_id, decided_now))
    text = " ".join(text_of(office, name, facts).split())
    assert "fuld pris for pladsen. Det er 3.640 kr. hver måned." in text
    assert "I betaler hver måned" not in text


def test_where_no_criterion_could_decide_every_known_fact_but_free_text_is_told(shared_office, facts_of):
    facts = decided(shared_office, facts_of, "assistive_devices", "refused")
    told = {one.label.da for one in facts.data_used}
    fields = shared_office.opened.in_force.case_types["assistive_devices"].fields
    assert {fields[name].label.da for name in ("device_group", "purpose", "price", "already_bought")} <= told
    assert fields["assessment_text"].label.da not in told


def test_a_yes_or_no_that_is_asked_for_is_said_to_be_one(shared_office, facts_of):
    kind = shared_office.opened.in_force.case_types["daycare_subsidy"]
    known = {**facts_of(kind, "granted"), "income_papers_enclosed": False}
    known.pop("self_employed")
    case = shared_office.letter_case("daycare_subsidy", shared_office.case("daycare_subsidy", known))
    facts = information_facts(shared_office.desk(), case, ["income_papers_enclosed", "self_employed"])
    text = " ".join(text_of(shared_office, "daycare_subsidy", facts).split())
    assert "En voksen i husstanden har egen virksomhed. Ja eller nej?" in text
    assert "I sagen står der nej." in text


def test_a_draft_without_criteria_asks_for_what_the_application_lacks_and_else_thanks_for_it(
    shared_office, facts_of
):
    office, name = shared_office, "assistive_devices"
    whole = {**facts_of(office.opened.in_force.case_types[name], "granted"), "channel": "digital"}
    lacking = {key: value for key, value in whole.items() if key != "purpose"}
    kinds = []
    for known in (lacking, whole):
        case = office.letter_case(name, office.case(name, known))
        with office.opened.database.read() as connection:
            assert draft_facts(office.desk(), connection, case) is None
            drafted = replace(case, assessment={"route": "draft"})
            kinds.append(draft_facts(office.desk(), connection, drafted).kind)
    assert kinds == ["information_request", "receipt"]


def test_a_yes_or_no_that_a_third_party_is_asked_for_never_says_what_stands_in_the_case(shared_office):
    facts = {"citizen_age": 71, "already_bought": True}
    case = shared_office.letter_case("assistive_devices", shared_office.case("assistive_devices", facts))
    whom = Recipient(name="Lægehuset", street="Torvet 1", town="9998 Egeby")
    question = Question(whom, ["already_bought"], "", "Samtykke", by_consent=True)
    asked = third_party_facts(shared_office.desk(), case, question)
    assert "står der" not in str(asked.missing)
    assert asked.missing[0].meaning == case.case_type.fields["already_bought"].meaning


def test_a_file_of_texts_from_before_reminders_still_makes_them(shared_office, facts_of):
    kind = shared_office.opened.in_force.case_types["dental_aid"]
    case = shared_office.letter_case("dental_aid", shared_office.case("dental_aid", facts_of(kind, "granted")))
    facts = information_facts(shared_office.desk(), case, ["bill_enclosed"], date(2026, 11, 2))
    shipped = (FOLDER / "da.yaml").read_text(encoding="utf-8")
    before = shipped.partition("\n# Mangler afsnittet")[0].replace("  about: Vedrørende\n", "") + "\n"
    assert "reminds_of" not in before
    old = read_letter_texts(before, "da.yaml")
    made = compose_one(Ordered(facts.model_copy(update={"on_behalf_of": "Jonas Lauridsen"}), old))
    assert made.title.startswith("Påmindelse")
    assert any("påmindelse om vores brev af 2. november 2026" in text for text in made.every_text())
    assert "Vedrørende Jonas Lauridsen" in made.every_text()

"""Letters are easy to read: LIX at most 35, for every case type, outcome and kind of letter, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from config.bilingual import Bilingual
from config.case_type import CaseType
from config.workspace import shipped_case_types
from explain.letters.document import Document, Pair, Paragraph
from explain.letters.letter_facts import LetterFacts, MachinePart, Recipient
from explain.letters.lix import lix
from explain.letters.machine_words import reason_sentences
from explain.reasons import Reason
from models.representatives import Representative
from routing.letter_files import documents_of
from routing.letter_making import decision_facts, hearing_facts, hearing_point, information_facts, receipt_facts
from routing.letter_record import LetterCase
from routing.third_party_letter import Question, third_party_facts

EASY = 35.0
DECIDING = tuple(name for name in sorted(shipped_case_types()) if name != "child_report")


def documents(office, case_type: str, facts: LetterFacts) -> dict[str, Document]:
    with office.opened.database.read() as connection:
        [made] = documents_of(connection, [(case_type, facts)])
    assert isinstance(made, dict), made
    return made


def case_type_of(office, name: str) -> CaseType:
    return office.opened.in_force.case_types[name]


def undecided(office, facts_of, name: str) -> LetterCase:
    case_type = case_type_of(office, name)
    outcome = next(iter(case_type.outcomes), "")
    return office.letter_case(name, office.case(name, facts_of(case_type, outcome)))


def assert_easy(made: dict[str, Document], about: str) -> None:
    """All that reads as sentences, and the paragraphs by themselves, which headings and lists cannot flatter."""
    assert set(made) == {"da", "en"}
    for language, document in made.items():
        assert lix(document.running_texts()) <= EASY, (about, language, document.running_texts())
        assert lix(paragraphs(document)) <= EASY, (about, language, paragraphs(document))


def paragraphs(document: Document) -> list[str]:
    texts = [f"{one.lead} {one.text}" for one in document.blocks if isinstance(one, Paragraph)]
    halves = [half for one in document.blocks if isinstance(one, Pair) for half in one.halves]
    return texts + [text for _, text in halves]


def reasons(case_type: CaseType) -> tuple[Bilingual, ...]:
    """The longest that the machine's reasons get: the fields with the longest labels, each with a usual value."""
    numbers = [name for name, one in case_type.fields.items() if one.type in ("number", "integer")]
    numbers.sort(key=lambda name: -len(case_type.fields[name].label.da))
    told = [Reason(name, "more", "little", 0.2, value=12_345.0, usual=1_234.0) for name in numbers[:2]]
    return reason_sentences(
        [*told, Reason(next(iter(case_type.fields)), "less", "some", -0.1, "missing")], case_type
    )


@pytest.mark.parametrize("name", DECIDING)
def test_a_letter_of_every_outcome_is_easy_to_read(shared_office, facts_of, name):
    case_type = case_type_of(shared_office, name)
    for outcome in case_type.outcomes:
        case_id = shared_office.case(name, facts_of(case_type, outcome))
        case = shared_office.letter_case(name, case_id, shared_office.decide(name, case_id, outcome))
        with shared_office.opened.database.read() as connection:
            facts = decision_facts(shared_office.desk(), connection, case)
        assert_easy(documents(shared_office, name, facts), f"{name} {outcome}")


@pytest.mark.parametrize("use", ["approved", "changed", "discarded"])
@pytest.mark.parametrize("name", DECIDING)
def test_a_letter_is_easy_to_read_where_the_machine_did_all_it_can(shared_office, facts_of, name, use):
    case_type = case_type_of(shared_office, name)
    outcome = next(key for key, one in case_type.outcomes.items() if not one.fully_in_favour)
    case_id = shared_office.case(name, facts_of(case_type, outcome))
    case = shared_office.letter_case(name, case_id, shared_office.decide(name, case_id, outcome))
    with shared_office.opened.database.read() as connection:
        facts = decision_facts(shared_office.desk(), connection, case)
    hidden = tuple(one.label for one in case_type.fields.values())[:2]
    machine = MachinePart(
        scored=True,
        expected="more",
        reasons=reasons(case_type),
        withheld=hidden,
        drafted=True,
        draft_use=use,
        calculated=True,
    )
    made = documents(shared_office, name, facts.model_copy(update={"machine": machine}))
    assert len(machine.reasons) == 3
    assert_easy(made, f"{name} {outcome} {use}")


@pytest.mark.parametrize("name", DECIDING)
def test_a_hearing_is_easy_to_read(shared_office, facts_of, name):
    case = undecided(shared_office, facts_of, name)
    held = [field for field, one in case.case_type.fields.items() if one.source and not one.is_applied_with]
    stated = Bilingual(da="Det modsatte", en="The opposite")
    points = [hearing_point(case, field, stated=stated) for field in held[:3]]
    assert_easy(
        documents(shared_office, name, hearing_facts(shared_office.desk(), case, points)), f"hearing {name}"
    )


@pytest.mark.parametrize("name", DECIDING)
def test_a_request_for_information_is_easy_to_read(shared_office, facts_of, name):
    case = undecided(shared_office, facts_of, name)
    asked = [field for field, one in case.case_type.fields.items() if one.type != "text"][:5]
    assert_easy(
        documents(shared_office, name, information_facts(shared_office.desk(), case, asked)), f"request {name}"
    )


@pytest.mark.parametrize("name", DECIDING)
def test_a_reminder_and_a_letter_to_who_acts_for_the_citizen_are_easy_to_read(shared_office, facts_of, name):
    acting = Representative(1, "Bente Bro", "Torvet 1", "9998 Egeby", "", digital_post=False, document_id=None)
    case = replace(undecided(shared_office, facts_of, name), representative=acting)
    asked = [field for field, one in case.case_type.fields.items() if one.type != "text"][:5]
    facts = information_facts(shared_office.desk(), case, asked, date(2026, 11, 2))
    assert_easy(documents(shared_office, name, facts), f"reminder {name}")


@pytest.mark.parametrize("reminds_of", [None, date(2026, 11, 2)])
@pytest.mark.parametrize("name", DECIDING)
def test_a_question_to_somebody_else_is_easy_to_read(shared_office, facts_of, name, reminds_of):
    case = undecided(shared_office, facts_of, name)
    asked = [field for field, one in case.case_type.fields.items() if one.type != "text"][:5]
    ground = "Samtykket er fra den 3. november. Det blev givet i telefon."
    whom = Recipient(name="Egeby Sygehus", street="Sygehusvej 1", town="9998 Egeby")
    question = Question(whom, asked, "Send det fra maj.", ground, by_consent=True)
    facts = third_party_facts(shared_office.desk(), case, question)
    made = documents(shared_office, name, facts.model_copy(update={"reminds_of": reminds_of}))
    assert_easy(made, f"third party {name}")


@pytest.mark.parametrize("name", sorted(shipped_case_types()))
def test_a_receipt_is_easy_to_read(shared_office, facts_of, name):
    case = undecided(shared_office, facts_of, name)
    reporter = Recipient(name="Egeby Skole", street="Skolevej 1", town="9998 Egeby")
    facts = receipt_facts(shared_office.desk(), case, reporter if name == "child_report" else None)
    assert_easy(documents(shared_office, name, facts), f"receipt {name}")

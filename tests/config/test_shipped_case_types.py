"""The six case types that ship: whole, cited, marked as examples, plain to read, and right on their own limits."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from config.case_type import CaseType, read_case_type
from config.case_type_edit import set_model_basis
from config.case_type_file import read_case_type_text
from config.case_type_proof import run_case_type_tests
from config.case_type_text import render_case_type
from config.completeness import missing_before_live
from config.confirm_marks import marked_to_confirm
from config.criteria import decide, lines_of
from config.evaluation import Evaluation
from config.one_case import frame_of
from config.workspace import SHIPPED, shipped_case_types

TODAY = date(2026, 11, 23)
NAMES = (
    "assistive_devices",
    "child_report",
    "daycare_subsidy",
    "dental_aid",
    "health_supplement",
    "rent_deposit_loan",
)
DECIDING = tuple(name for name in NAMES if name != "child_report")
OBJECTIVE = ("daycare_subsidy", "dental_aid", "health_supplement", "rent_deposit_loan")


@cache
def shipped(name: str) -> CaseType:
    return read_case_type(text_of(name), name=name, file=f"{name}.yaml")


@cache
def text_of(name: str) -> str:
    return read_case_type_text(Path(str(SHIPPED)) / f"{name}.yaml")


def test_six_case_types_ship() -> None:
    assert tuple(shipped_case_types()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_files_own_tests_pass(name: str) -> None:
    results = run_case_type_tests(shipped(name), today=TODAY)
    assert [result.sentence_en for result in results if not result.passed] == []
    assert len(results) >= (20 if name in OBJECTIVE else 3)


@pytest.mark.parametrize("name", NAMES)
def test_only_the_law_for_a_model_and_the_example_amounts_bar_going_live(name: str) -> None:
    case_type = shipped(name)
    errors = [one.field for one in missing_before_live(case_type, today=TODAY) if one.level == "error"]
    examples = [f"amounts.{amount}.example" for amount in case_type.amounts]
    examples += [f"tables.{table}.example" for table in case_type.tables]
    assert sorted(errors) == sorted(examples + (["model_basis"] if case_type.weight == "light" else []))
    assert [one.field for one in missing_before_live(case_type, today=TODAY) if one.level == "warning"] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_demo_that_writes_its_own_law_for_the_model_may_go_live(name: str) -> None:
    written = (SHIPPED / f"{name}.yaml").read_text(encoding="utf-8")
    changed = set_model_basis(written, "Opdigtet: forsøgsordning § 1")
    assert [line for line in changed.splitlines() if line.lstrip().startswith("#")] == [
        line for line in written.splitlines() if line.lstrip().startswith("#")
    ]
    case_type = read_case_type(set_model_basis(text_of(name), "Opdigtet: forsøgsordning § 1"), name=name, file="x")
    assert missing_before_live(case_type, today=TODAY, examples_confirmed=True) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_is_in_words_with_its_source_and_law(name: str) -> None:
    for key, field in shipped(name).fields.items():
        assert None not in (field.meaning, field.source, field.basis), key
        assert field.label.da != field.label.en, key
        assert set(field.value_labels) == set(field.values or ()), key
        assert field.type != "number" or field.unit is not None, key
        assert not field.protected or field.model_use == ("always" if key == "citizen_age" else "never"), key


@pytest.mark.parametrize("name", NAMES)
def test_every_page_begins_with_what_is_asked_for(name: str) -> None:
    asked = shipped(name).asks_for
    assert asked is not None
    assert asked.names("da") == asked.names("en")


def test_what_a_doctor_says_is_fetched_with_consent_and_kept_from_the_machine() -> None:
    field = shipped("assistive_devices").fields["lasting_impairment"]
    assert (field.collected_with, field.model_use) == ("consent", "never")


@pytest.mark.parametrize("name", NAMES)
def test_every_amount_is_a_dated_example_with_its_source(name: str) -> None:
    case_type = shipped(name)
    for key, amount in case_type.amounts.items():
        assert amount.example, key
        assert amount.source, key
        assert amount.unit, key
        assert amount.on(date(2024, 6, 1)) is not None, key
    for key, table in case_type.tables.items():
        assert table.example, key
        assert table.source, key


@pytest.mark.parametrize("name", OBJECTIVE)
def test_some_amount_changes_at_each_new_year(name: str) -> None:
    days = {day for amount in shipped(name).amounts.values() for day in amount.values}
    assert {date(2024, 1, 1), date(2025, 1, 1), date(2026, 1, 1)} <= days


@pytest.mark.parametrize("name", OBJECTIVE)
def test_every_criterion_and_line_cites_its_law_and_the_sum_is_named(name: str) -> None:
    case_type = shipped(name)
    for line in case_type.calculation:
        assert line.legal_basis, line.name
        assert line.label is not None, line.name
    for criterion in case_type.criteria:
        assert "§" in criterion.legal_basis
        assert criterion.because.da != criterion.because.en
    assert case_type.pays is not None


@pytest.mark.parametrize("name", OBJECTIVE)
def test_every_criterion_and_every_judgment_is_reached_by_a_test_of_the_file(name: str) -> None:
    case_type = shipped(name)
    kinds = {key: field.type for key, field in case_type.fields.items()}
    decided, opened = set(), set()
    for test in case_type.tests:
        frame = frame_of(kinds, [test.facts])
        on = test.judged_on or TODAY
        decided.add(int(decide(case_type, frame, on).criterion[0]))
        amounts = {key: float(amount.on(on) or 0) for key, amount in case_type.amounts.items()}
        known = frame.with_columns(frame_of(dict.fromkeys(amounts, "number"), [amounts]).columns)
        evaluation = Evaluation(known)
        for number, untested in enumerate(case_type.untested_by_machine):
            if untested.when is not None and evaluation.of(untested.when).true[0]:
                opened.add(number)
    assert decided == {-1, *range(len(case_type.criteria))}
    assert opened == set(range(len(case_type.untested_by_machine)))


@pytest.mark.parametrize("name", OBJECTIVE)
def test_what_leaves_a_part_for_the_citizen_to_pay_is_not_fully_in_favour(name: str) -> None:
    case_type = shipped(name)
    if any(line.name == "you_pay" for line in case_type.calculation):
        assert not any(outcome.fully_in_favour for outcome in case_type.outcomes.values())
    assert not case_type.outcomes["refused"].fully_in_favour


def test_a_pension_that_the_law_does_not_name_is_never_granted_a_supplement() -> None:
    case_type = shipped("health_supplement")
    kinds = {key: field.type for key, field in case_type.fields.items()}
    facts = {**case_type.tests[0].facts, "pension_type": "foertidspension_efter_2003"}
    assert not decide(case_type, frame_of(kinds, [facts]), TODAY).is_decided[0]


@pytest.mark.parametrize("name", OBJECTIVE)
def test_a_case_of_which_nothing_is_known_is_undecided(name: str) -> None:
    kinds = {key: field.type for key, field in shipped(name).fields.items()}
    assert not decide(shipped(name), frame_of(kinds, [{}]), TODAY).is_decided[0]


@pytest.mark.parametrize("name", NAMES)
def test_a_refusal_is_never_drafted_by_the_machine(name: str) -> None:
    for key, outcome in shipped(name).outcomes.items():
        assert key in ("granted", "partly_granted") or not outcome.may_be_drafted


@pytest.mark.parametrize("name", DECIDING)
def test_a_complaint_goes_to_the_municipality_first_and_then_to_the_appeals_board(name: str) -> None:
    appeal = shipped(name).appeal
    assert appeal is not None
    assert (appeal.lodge_with, appeal.reassess_weeks, appeal.body, appeal.weeks) == (
        "municipality",
        4,
        "Ankestyrelsen",
        4,
    )


# What the law says of each type.


def test_a_rent_deposit_loan_is_the_whole_deposit_or_none_and_a_voluntary_one_has_no_appeal() -> None:
    case_type = shipped("rent_deposit_loan")
    assert "partly_granted" not in case_type.outcomes
    appeal = case_type.outcomes["voluntary_loan"].appeal
    assert appeal is not None
    assert appeal.none is not None


def test_assistive_devices_are_left_to_judgment_altogether() -> None:
    case_type = shipped("assistive_devices")
    assert case_type.criteria == ()
    assert list(case_type.outcomes) == ["granted", "other_model", "refused", "redirected"]
    assert any(untested.when is None for untested in case_type.untested_by_machine)


def test_a_report_about_a_child_has_no_score_outcome_or_appeal_and_a_clock_of_24_hours() -> None:
    case_type = shipped("child_report")
    assert (case_type.weight, case_type.complexity, case_type.appeal) == ("heavy", None, None)
    assert case_type.outcomes == {}
    assert len(case_type.assessed_as) >= 5
    assert case_type.deadlines.contact_within_hours == 24
    assert all(field.model_use == "never" for field in case_type.fields.values())
    assert any("24" in item.da for item in case_type.checklist)
    assert any("10 år" in item.da for item in case_type.checklist)


def test_the_receipt_to_the_sender_of_a_report_names_no_fact_of_the_child() -> None:
    receipt = shipped("child_report").letters.receipt
    assert receipt is not None
    assert receipt.text.asks_for("da") == receipt.text.asks_for("en") == {"received_on"}


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_the_subsidy_scale_rises_point_by_point_from_free_to_the_full_price(year: int) -> None:
    case_type = shipped("daycare_subsidy")
    day = date(year, 1, 1)
    rows = case_type.tables["payment_scale"].on(day)
    limit = case_type.amounts["full_subsidy_limit"].on(day)
    assert limit is not None
    assert [row.value for row in rows] == [0, *range(5, 101)]
    assert rows[1].at_least == limit + Decimal("0.01")
    widths = {after.at_least - before.at_least for before, after in pairwise(rows[1:-1])}
    assert len(widths) == 1
    assert 0 < rows[-1].at_least - rows[-2].at_least < 2 * widths.pop()


def test_the_scale_of_2024_is_the_published_one() -> None:
    rows = shipped("daycare_subsidy").tables["payment_scale"].on(date(2024, 6, 1))
    assert (rows[1].at_least, rows[2].at_least - rows[1].at_least, rows[-1].at_least) == (
        Decimal("200300.01"),
        4441,
        622200,
    )


def test_a_subsidy_and_a_familys_own_share_are_the_price_together() -> None:
    case_type = shipped("daycare_subsidy")
    kinds = {key: field.type for key, field in case_type.fields.items()}
    for income in range(0, 70_000, 997):
        facts = {"monthly_household_income": income, "single_parent": False, "children_under_18": 2}
        found = {line.name: line.result for line in lines_of(case_type, frame_of(kinds, [facts]), TODAY, 0)}
        own, subsidy = found["own_share"], found["subsidy"]
        assert own is not None
        assert subsidy is not None
        assert own + subsidy == case_type.amounts["place_price"].on(TODAY)


@pytest.mark.parametrize("name", OBJECTIVE)
def test_the_day_before_the_new_year_is_judged_by_the_old_amounts(name: str) -> None:
    for amount in shipped(name).amounts.values():
        for day in list(amount.values)[1:]:
            assert amount.on(day - timedelta(days=1)) != amount.on(day)


# Letters.


@pytest.mark.parametrize("name", DECIDING)
def test_every_outcome_has_a_letter_in_both_languages_that_says_the_result_first(name: str) -> None:
    for key, outcome in shipped(name).outcomes.items():
        letter = outcome.letter
        assert letter is not None, key
        for text in (letter.title, letter.result):
            assert text.da.strip() != text.en.strip(), key
            assert text.asks_for("da") == text.asks_for("en"), key
        assert re.match(r"(Du|Vi|Hver måned|Det er) ", letter.result.da), key


@pytest.mark.parametrize("name", OBJECTIVE)
def test_what_is_granted_is_said_in_kroner(name: str) -> None:
    case_type = shipped(name)
    for key in ("granted", "partly_granted"):
        if key in case_type.outcomes:
            letter = case_type.outcomes[key].letter
            assert letter is not None
            assert case_type.pays in letter.result.asks_for("da")
            line = next(line for line in case_type.calculation if line.name == case_type.pays)
            assert line.unit == "DKK"


def _lix(text: str) -> float:
    """Words a sentence and the share of words over six letters, with each name as a sum in kroner."""
    plain = re.sub(r"\{\{.*?\}\}", "1764 kr", text)
    plain = re.sub(r"(?<=\d)\.(?=\d)|(?<=kr)\.(?= [a-zæøå])", "", plain)
    sentences = len(re.findall(r"[.!?:](?:\s|$)", plain.strip())) or 1
    words = re.findall(r"[^\W_]+", plain)
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


@pytest.mark.parametrize("name", NAMES)
def test_letters_and_reasons_are_easy_to_read(name: str) -> None:
    case_type = shipped(name)
    texts = [f"{one.letter.title.da}. {one.letter.result.da}" for one in case_type.outcomes.values() if one.letter]
    texts += [criterion.because.da for criterion in case_type.criteria]
    texts += [case_type.letters.receipt.text.da] if case_type.letters.receipt else []
    assert {text: _lix(text) for text in texts if _lix(text) > 32} == {}


# The file as text.


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_type_is_written_and_read_back_whole(name: str) -> None:
    again = read_case_type(render_case_type(shipped(name)), name=name, file=f"{name}.yaml")
    assert again == shipped(name)


@pytest.mark.parametrize("name", NAMES)
def test_what_must_be_looked_up_again_is_marked_in_the_file(name: str) -> None:
    marks = marked_to_confirm((SHIPPED / f"{name}.yaml").read_text(encoding="utf-8"))
    assert len(marks) >= 4
    assert [mark.da for mark in marks if mark.en is None] == []
    assert any("KLE" in mark.da for mark in marks)
    assert shipped(name).kle is None


@pytest.mark.parametrize("name", NAMES)
def test_whoever_edits_the_file_reads_above_each_block_what_it_is_in_danish_and_in_english(name: str) -> None:
    text = (SHIPPED / f"{name}.yaml").read_text(encoding="utf-8")
    above = {key: words for words, key in re.findall(r"((?:^#.*\n)+)([a-z_]+):", text, re.MULTILINE)}
    alone = {"name", "legal_basis", "log"}
    for key in set(re.findall(r"^([a-z_]+):", text, re.MULTILINE)) - alone:
        assert re.search(r"[æøå]|\b(er|for|til|det|den|kan|i|skal)\b", above[key].lower()), key
        assert re.search(r"\b(the|is|of|a|can|from|must)\b", above[key].lower()), key

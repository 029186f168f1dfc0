"""A case type file is read as one whole, and each mistake in it is one sentence with its place and what to do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.bilingual import Bilingual
from config.case_type import CaseType, mistakes_in, read_case_type
from config.errors import InputError, RefusedError


def _read(text: str | bytes) -> CaseType:
    return read_case_type(text, name="friplads", file="friplads.yaml")


def _error(text: str) -> str:
    with pytest.raises(InputError) as raised:
        _read(text)
    message = str(raised.value)
    assert message.startswith("friplads.yaml:")
    assert "\n" not in message
    return message


def _line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_every_construct_of_the_contract_is_read(friplads_text: str) -> None:
    case_type = _read(friplads_text)
    assert case_type.key == "friplads"
    assert case_type.name.say("en") == "Day-care subsidy"
    income = case_type.fields["monthly_household_income"]
    assert (income.type, income.unit, income.source, income.can_change) == (
        "number",
        "DKK/month",
        Bilingual(da="eIndkomst", en="eIndkomst"),
        True,
    )
    assert case_type.fields["district"].values == ("nord", "syd", "no", "10")
    assert case_type.effort_rule.combine == "any"
    assert [one.measure for one in case_type.effort_rule.thresholds] == ["handlers", "rework", "days"]
    assert case_type.amounts["full_subsidy_limit"].on(date(2024, 6, 1)) == Decimal(200300)
    assert [line.operation for line in case_type.calculation] == ["multiply", "table"]
    assert case_type.criteria[0].outcome == "granted"
    assert case_type.outcomes["granted"].fully_in_favour is True
    assert case_type.appeal is not None
    assert case_type.appeal.weeks == 4
    assert case_type.deadlines.decide_within_days == 28
    assert case_type.tests[0].expect["outcome"] == "granted"


def test_a_log_that_nobody_prepared_needs_next_to_nothing(smallest_text: str) -> None:
    case_type = _read(smallest_text)
    assert list(case_type.outcomes) == ["granted", "partly_granted", "refused"]
    assert (case_type.status, case_type.weight, case_type.model_basis) == ("trial", "light", None)
    assert case_type.log.case_id == "case_id"


def test_a_fields_column_and_label_follow_from_its_name() -> None:
    text = "name: {da: A, en: A}\ncomplexity: {within_days: 6, all: [{days: {above: 3}}]}\n"
    field = _read(text + "fields: {paid_sum: {type: number}}").fields["paid_sum"]
    assert (field.column, field.label.da) == ("paid_sum", "Paid sum")


def test_an_appeal_can_be_none_with_a_reason(smallest_text: str) -> None:
    case_type = _read(smallest_text + "appeal: {none: {because: {da: Ingen afgørelse, en: No decision}}}\n")
    assert case_type.appeal is not None
    assert case_type.appeal.none is not None


def test_a_heavy_case_type_needs_no_complexity_and_never_drafts() -> None:
    heavy = "name: {da: Underretning, en: Report}\nweight: heavy\n"
    case_type = _read(heavy + "outcomes: {}\n")
    assert case_type.complexity is None
    with pytest.raises(RefusedError, match="never scored"):
        _ = case_type.effort_rule
    message = _error(heavy + "outcomes: {granted: {fully_in_favour: true, may_be_drafted: true}}\n")
    assert "heavy case is never drafted" in message


def test_a_case_type_is_frozen(smallest_text: str) -> None:
    with pytest.raises(ValueError, match="frozen"):
        _read(smallest_text).weight = "heavy"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("kle: null", "kel: null", "did you mean 'kle'?"),
        ("kle: null", "key: other", "unknown key 'key'"),
        ("type: boolean", "type: bolean", "did you mean 'boolean'?"),
        ("at_most: full_subsidy_limit", "at_most: full_subsidy_limits", "did you mean 'full_subsidy_limit'?"),
        ("{scale_income: {at_most", "{scale_incom: {at_most", "no field or line is called 'scale_incom'"),
        ("{own_share: {below: 100}}", "{own_share: {below: 0,5}}", "decimal comma"),
        ("{own_share: {below: 100}}", "{own_share: {is_true: true}}", "does not suit 'own_share', a number"),
        ("{own_share: {below: 100}}", "{district: {equals: vest}}", "not among the field's values"),
        ("{own_share: {below: 100}}", "{place_start: {above: 2024}}", "is no date"),
        ("{own_share: {below: 100}}", "{place_start: {within: 30d}}", "depends on the day it is asked"),
        ("{own_share: {below: 100}}", "{complexity: {below: 0.3}}", "no field or line is called 'complexity'"),
        ("outcome: refused", "outcome: refusd", "did you mean 'refused'?"),
        ("protected: false", "protected: no", "write true or false"),
        ("within_days: 60", "within_days: 6,5", "use a decimal point: 6.5"),
        ("within_days: 60", "within_days: 0", "write more than 0"),
        ("weight: light", "weight: heavyy", "did you mean 'heavy'?"),
        ("name: {da: Økonomisk friplads, en: Day-care subsidy}", "", "'name' is missing"),
        ("en: Day-care subsidy", "uk: Day-care subsidy", "unknown key 'uk'"),
        ("{handlers: {at_least: 3}}", "{handler: {at_least: 3}}", "did you mean 'handlers'?"),
        ("{handlers: {at_least: 3}}", "{handlers: {atleast: 3}}", "did you mean 'at_least'?"),
        ("  any: [{handlers", "  any: []\n  all: [{handlers", "either 'any' or 'all'"),
        ("years: 5", "years: five", "a number is expected"),
        ("{2024-01-01: 200300, 2025", "{first: 200300, 2025", "a date (year-month-day)"),
        ("{2024-01-01: 200300, 2025", "{2024-01-01: 200.300, 2025", "two ways"),
        ("{2024-01-01: 200300, 2025", "{2024-01-01: 200300 kr, 2025", "a number is expected"),
        ("table: payment_scale, by", "table: payment, by", "did you mean 'payment_scale'?"),
        ("multiply: [monthly_household_income, 12]", "multiply: [own_shar, 12]", "line above"),
        ("multiply: [monthly_household_income, 12]", "multiply: [own_share, 12]", "round and round"),
        ("multiply: [monthly_household_income, 12]", "multiply: [scale_income, 12]", "calculated from itself"),
        (
            "- {name: scale_income",
            "- {name: half, divide: [own_share, 2]}\n  - {name: scale_income",
            "further down",
        ),
        ("name: One step over", "name: One step over\n    like: On the limits", "did you mean 'On the limit'?"),
        ("name: One step over", "name: One step over\n    like: Perhaps single", "no test above is called"),
        ("name: One step over", "name: One step over\n    like: [1]", "no test above is called"),
        ("judged_on: 2024-06-01", "judged_on: 1/6 2024", "write e.g. 2024-01-31"),
        ("multiply: [monthly_household_income, 12]", "multiply: [district, 12]", "cannot be calculated with"),
        ("multiply: [monthly_household_income, 12]", "multiply: [1, 2], add: [1, 2]", "one operation"),
        ("multiply: [monthly_household_income, 12]", "multiply: [2 * 3, 12]", "neither a number nor a name"),
        ("multiply: [monthly_household_income, 12]", "multiply: [12]", "write 2 to 20"),
        ("multiply: [monthly_household_income, 12]", "multiply: [citizen_age, 12]", "must cite its law"),
        ("- {name: own_share", "- {name: scale_income", "already the name of something"),
        ("  place_start: {type: date}", "  full_subsidy_limit: {type: date}", "already the name of something"),
        ("  place_start: {type: date}", "  complexity: {type: date}", "already has a meaning"),
        ("  place_start: {type: date}", "  Place start: {type: date}", "cannot be a name"),
        ("  place_start: {type: date}", "  place_start: {type: date, column: note}", "already reads the column"),
        ("values: [nord, syd, no, 10]", "values: []", "a category needs its words"),
        ("values: [nord, syd, no, 10]", "values: [nord, nord]", "stands twice"),
        ("single_parent: {type: boolean,", "single_parent: {type: boolean, values: [a],", "belong to a category"),
        ("weeks: 4}", "wekks: 4}", "did you mean 'weeks'?"),
        ("reassess_weeks: 4, body: Ankestyrelsen, weeks: 4", "reassess_weeks: 4", "`body` and `weeks`"),
        ("facts: {monthly_household_income: 16691.66", "facts: {monthly_income: 16691.66", "no field is called"),
        ("facts: {monthly_household_income: 16691.66", "facts: {scale_income: 16691.66", "no field is called"),
        ("facts: {monthly_household_income: 16691.66", "facts: {monthly_household_income: meget", "is no number"),
        (
            "expect: {outcome: granted, scale_income",
            "expect: {outcome: given, scale_income",
            "no outcome is called 'given'",
        ),
        ("expect: {outcome: granted, scale_income", "expect: {outcom: granted, scale_income", "no line is called"),
        ("{fully_in_favour: true}", "{}", "'fully_in_favour' is missing"),
        ("{fully_in_favour: true}", "ja", "a mapping"),
        ("checklist: [{", "checklist: [", "broken"),
        ("log: {case_id: case_id", "log: {case_id: 12", "text is expected"),
        ("legal_basis: Dag", "legal_basis: ''\nmeaning2: Dag", "empty text"),
        ("decide_within_days: 28", "decide_within_days: 28.5", "whole number"),
    ],
)
def test_each_mistake_is_one_sentence_with_its_line(friplads_text: str, old: str, new: str, words: str) -> None:
    assert friplads_text.count(old) >= 1
    message = _error(friplads_text.replace(old, new, 1))
    assert words in message
    assert message.startswith("friplads.yaml:")


@pytest.mark.parametrize("old", ["own_share: {below: 100}", "protected: false", "years: 5"])
def test_the_place_is_where_the_mistake_stands(friplads_text: str, old: str) -> None:
    broken = friplads_text.replace(old, f"{old.split(':')[0]}: [mistake]", 1)
    line = _line_of(friplads_text, old)
    assert _error(broken).startswith(f"friplads.yaml:{line}:")


def test_all_mistakes_of_the_keys_are_said_at_once_for_check(friplads_text: str) -> None:
    broken = friplads_text.replace("weight: light", "weight: x").replace("years: 5", "years: y")
    told = [str(error) for error in mistakes_in(broken, name="friplads", file="friplads.yaml")]
    lines = [_line_of(friplads_text, "weight: light"), _line_of(friplads_text, "years: 5")]
    assert [one.split(":")[1] for one in told] == [str(line) for line in lines]
    assert mistakes_in(friplads_text, name="friplads", file="friplads.yaml") == []
    assert len(mistakes_in("a: [", name="friplads", file="friplads.yaml")) == 1


def test_a_test_like_another_has_its_facts_and_its_day_save_what_it_says_itself(friplads_text: str) -> None:
    text = friplads_text + (
        "  - {name: Perhaps single too, like: On the limit, facts: {single_parent: null}, "
        "expect: {outcome: undecided}}\n"
        "  - {name: A year later, like: Perhaps single too, judged_on: 2025-06-01, expect: {outcome: undecided}}\n"
    )
    one, two = _read(text).tests[-2:]
    assert one.facts == {"monthly_household_income": Decimal("16691.66"), "single_parent": None}
    assert one.judged_on == date(2024, 6, 1)
    assert (two.facts, two.judged_on) == (one.facts, date(2025, 6, 1))


def test_the_first_of_several_mistakes_is_named(friplads_text: str) -> None:
    broken = friplads_text.replace("weight: light", "weight: x").replace("years: 5", "years: y")
    assert _error(broken).startswith(f"friplads.yaml:{_line_of(friplads_text, 'weight: light')}:")


def test_a_protected_field_stands_in_criteria_because_each_line_cites_its_law(friplads_text: str) -> None:
    with_protected = friplads_text.replace("{own_share: {below: 100}}", "{citizenship: {equals: dk}}", 1)
    assert _read(with_protected).criteria[1].when.fields == {"citizenship"}
    assert "'legal_basis' is missing" in _error(
        with_protected.replace("    legal_basis: BEK 2058/2021 § 28\n  - when: {own", "  - when: {own", 1)
    )


def test_a_protected_fact_in_a_calculation_must_cite_its_law(friplads_text: str) -> None:
    line = "multiply: [citizen_age, 12], legal_basis: LBK 1 § 2"
    assert (
        _read(friplads_text.replace("multiply: [monthly_household_income, 12]", line)).calculation[0].legal_basis
    )


@pytest.mark.parametrize("name", ["../etc/passwd", "a/b", "Æble", "", "A", "1a", "a" * 51, "a.b", "a\n"])
def test_a_name_that_could_lead_elsewhere_is_refused(name: str, smallest_text: str) -> None:
    with pytest.raises(InputError, match="cannot be the name"):
        read_case_type(smallest_text, name=name, file="x.yaml")


def _attempt(content: str | bytes) -> CaseType | InputError:
    try:
        return _read(content)
    except InputError as error:
        return error


_pieces = st.sampled_from(
    ["{}", "[]", "null", "true", "- ", ": ", "&a ", "*a", "1e9", "-1", "''", "\n", "  ", "[[1]]"]
)


@given(st.text() | st.binary())
def test_anything_at_all_is_a_case_type_or_one_sentence(content: str | bytes) -> None:
    found = _attempt(content)
    assert isinstance(found, CaseType) or found.place is not None


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.floats(0, 1), length=st.integers(0, 40), middle=st.text(max_size=12) | _pieces)
def test_a_file_with_a_part_replaced_is_a_case_type_or_one_sentence(
    friplads_text: str, start: float, length: int, middle: str
) -> None:
    at = int(start * len(friplads_text))
    found = _attempt(friplads_text[:at] + middle + friplads_text[at + length :])
    assert isinstance(found, CaseType) or (found.place is not None and "\n" not in str(found))

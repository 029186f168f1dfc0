"""What a case type file lacks before it may go live: law, sources, amounts in force, words."""

from __future__ import annotations

from datetime import date

import pytest

from config.case_type import CaseType, read_case_type
from config.completeness import missing_before_live
from config.confirm_marks import marked_to_confirm
from config.law_references import names_a_law

TODAY = date(2025, 11, 24)


def friplads_with(text: str, old: str, new: str) -> CaseType:
    assert old in text
    return read_case_type(text.replace(old, new, 1), name="friplads", file="f.yaml")


def found(case_type: CaseType, today: date = TODAY) -> dict[str, tuple[str, str]]:
    return {one.field: (one.level, one.en) for one in missing_before_live(case_type, today=today)}


def test_what_is_missing_before_live_is_named_field_by_field(friplads_text: str) -> None:
    case_type = read_case_type(friplads_text, name="friplads", file="f.yaml")
    errors = [finding.field for finding in missing_before_live(case_type, today=TODAY) if finding.level == "error"]
    assert "model_basis" in errors
    assert "fields.children_under_18.source" in errors
    assert "fields.single_parent.basis" in errors
    assert "amounts.full_subsidy_limit.example" in errors
    assert "fields.note.source" not in errors
    assert "fields.citizenship.basis" not in errors
    assert not any(field.startswith("fields.monthly_household_income") for field in errors)


def test_a_demo_counts_example_amounts_as_confirmed(friplads_text: str) -> None:
    case_type = read_case_type(friplads_text, name="friplads", file="f.yaml")
    found = missing_before_live(case_type, today=TODAY, examples_confirmed=True)
    assert not any(finding.field.endswith(".example") for finding in found)


def test_a_filled_in_file_lacks_nothing(smallest_text: str) -> None:
    text = smallest_text + (
        "legal_basis: Færdselsloven § 118\nmodel_basis: Lov 1 § 2\nretention: {years: 5, basis: Arkivloven}\n"
        "appeal: {body: Politiet, weeks: 4}\ndeadlines: {decide_within_days: 28}\n"
        "fields: {sum: {type: number, source: register, basis: Lov 2 § 3, meaning: {da: a, en: b}}}\n"
    )
    assert missing_before_live(read_case_type(text, name="fines", file="f.yaml"), today=TODAY) == []


def test_a_heavy_case_type_needs_no_law_for_a_model() -> None:
    text = "name: {da: a, en: b}\nweight: heavy\nlegal_basis: Barnets lov § 133\nfields: {age: {type: integer}}\n"
    found = missing_before_live(read_case_type(text, name="report", file="f.yaml"), today=TODAY)
    assert [finding.field for finding in found if finding.level == "error"] == []
    assert "fields.age.source" in [finding.field for finding in found]
    assert "checklist" in [finding.field for finding in found]


def test_every_finding_speaks_both_languages(smallest_text: str) -> None:
    for finding in missing_before_live(read_case_type(smallest_text, name="fines", file="f.yaml"), today=TODAY):
        assert finding.say("da").endswith(".")
        assert finding.say("en").endswith(".")
        assert finding.da != finding.en


# Amounts: examples, days, origin.


def test_an_amount_without_a_value_in_force_bars_going_live_even_in_a_demo(friplads_text: str) -> None:
    values = "{2024-01-01: 200300, 2025-01-01: 206000}"
    case_type = friplads_with(friplads_text, values, "{2030-01-01: 200300}")
    level, sentence = found(case_type)["amounts.full_subsidy_limit"]
    assert level == "error"
    assert "2030-01-01" in sentence
    in_a_demo = missing_before_live(case_type, today=TODAY, examples_confirmed=True)
    assert "amounts.full_subsidy_limit" in {one.field for one in in_a_demo}


def test_an_amount_in_force_since_this_morning_is_enough(friplads_text: str) -> None:
    values = "{2024-01-01: 200300, 2025-01-01: 206000}"
    case_type = friplads_with(friplads_text, values, f"{{{TODAY}: 200300}}")
    assert "amounts.full_subsidy_limit" not in found(case_type)


def test_an_amount_that_changed_each_year_and_did_not_this_year_is_asked_about(friplads_text: str) -> None:
    case_type = read_case_type(friplads_text, name="friplads", file="f.yaml")
    assert "amounts.full_subsidy_limit" not in found(case_type, date(2025, 12, 31))
    level, sentence = found(case_type, date(2026, 1, 1))["amounts.full_subsidy_limit"]
    assert (level, "2026" in sentence) == ("warning", True)


def test_a_rate_that_never_changed_is_not_asked_about(friplads_text: str) -> None:
    values = "{2024-01-01: 200300, 2025-01-01: 206000}"
    case_type = friplads_with(friplads_text, values, "{2024-01-01: 200300}")
    assert "amounts.full_subsidy_limit" not in found(case_type, date(2030, 1, 1))


def test_a_scale_is_asked_about_as_an_amount_is(friplads_text: str) -> None:
    later = friplads_text.replace("valid_from: 2024-01-01", "valid_from: 2030-01-01")
    assert found(read_case_type(later, name="f", file="f.yaml"))["tables.payment_scale"][0] == "error"


# Laws that can be looked up.


@pytest.mark.parametrize(
    "text",
    [
        "Aktivloven § 82 a",
        "Dagtilbudsloven § 43, stk. 1, nr. 2, og BEK 2058/2021 §§ 27-30",
        "Databeskyttelsesforordningen art. 6, stk. 1, litra e",
        "Retssikkerhedsloven § 11 a, stk. 1; databeskyttelsesloven § 7",
        "Serviceloven § 112; for børn under 18 år barnets lov § 90, nr. 4",
        "Boligstøtteloven kapitel 10",
    ],
)
def test_a_law_with_its_paragraph_can_be_looked_up(text: str) -> None:
    assert names_a_law(text)


@pytest.mark.parametrize(
    "text",
    ["§ 82 a", "§§ 27-30", "Aktivloven", "Aktivloven 82 a", "Aktivloven §82 a", "Aktivloven § 82a", "ja", "art"],
)
def test_what_cannot_be_looked_up_is_a_warning_that_names_the_key(friplads_text: str, text: str) -> None:
    assert not names_a_law(text)
    case_type = friplads_with(friplads_text, "legal_basis: BEK 2058/2021 § 28", f'legal_basis: "{text}"')
    level, sentence = found(case_type)["criteria.1.legal_basis"]
    assert level == "warning"
    assert f"'{text}'" in sentence
    assert "§ 82 a, stk. 1" in sentence


# Comments that ask for confirmation.


def test_a_comment_to_confirm_has_its_english_on_the_line_below() -> None:
    [one, two] = marked_to_confirm(
        "# § 1 skal bekræftes.\n# § 1 must be confirmed.\na: 1  # Fristen skal bekræftes\n# and more\n"
    )
    assert (one.line, one.say("da"), one.say("en")) == (1, "§ 1 skal bekræftes", "§ 1 must be confirmed")
    assert (two.line, two.en, two.say("en")) == (3, None, "Fristen skal bekræftes")

"""What the invented people write as their reasons is true of the case."""

from __future__ import annotations

import pytest

from ui.demo.reasons import reason, reasons

OUTCOMES = [
    (name, outcome)
    for name, one in (
        ("daycare_subsidy", ("granted", "partly_granted", "refused", "recalculated", "repaid")),
        ("health_supplement", ("granted", "partly_granted", "refused")),
        ("dental_aid", ("granted", "partly_granted", "refused")),
        ("rent_deposit_loan", ("granted", "refused", "voluntary_loan")),
        ("assistive_devices", ("granted", "other_model", "refused", "redirected")),
    )
    for outcome in one
]


def test_every_outcome_of_the_shipped_types_is_among_them(shipped):
    deciding = {(name, outcome) for name, one in shipped.items() for outcome in one.outcomes}
    assert set(OUTCOMES) == deciding


@pytest.mark.parametrize(("case_type", "outcome"), OUTCOMES)
def test_every_outcome_has_a_reason_that_fits_any_case(case_type, outcome):
    assert any(not one.when for one in reasons(case_type, outcome))


def test_every_way_to_assess_a_report_has_one(shipped):
    for result in shipped["child_report"].assessed_as:
        assert any(not one.when for one in reasons("child_report", result))


def test_a_reason_names_only_fields_that_the_type_has(shipped):
    for name, case_type in shipped.items():
        results = [*case_type.outcomes, *case_type.assessed_as]
        for one in [each for result in results for each in reasons(name, result) if each.when]:
            assert one.when.replace("<", "=").replace(">", "=").split("=")[0] in case_type.fields, one


def test_nobody_is_refused_for_a_debt_that_they_do_not_have():
    without = {"old_loan_debt": 0.0, "applicant_wealth": 900.0, "lease_enclosed": "true"}
    said = {reason("rent_deposit_loan", "refused", leaning / 100, without) for leaning in range(100)}
    assert not any("gæld" in text for text in said)
    with_debt = {**without, "old_loan_debt": 8000.0}
    assert "gæld" in reason("rent_deposit_loan", "refused", 0.3, with_debt)


def test_what_is_not_known_is_not_said():
    said = {
        reason("health_supplement", "refused", leaning / 100, {"liquid_wealth": None}) for leaning in range(100)
    }
    assert not any("formue" in text for text in said)

"""A decision is made with the newest assessment, and this rests on what is known of the case now."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from config.errors import RefusedError
from models.audit_verify import verify
from models.corrections import record_correction


@pytest.fixture
def anna(records: Any) -> Any:
    records.state()
    records.cases(["A1", "A2"], consents={"amount": np.array([1, 1], dtype=np.int8)})
    records.assess(["A1", "A2"])
    return records.sign_in(records.user(team="intake"))


def correct(records: Any, anna: Any) -> None:
    with records.database.write() as connection:
        record_correction(
            connection, case_type="fines", case_id="A1", sign_in_id=anna.id, field="amount", value=7.0,
            reason="borgeren ringede", expected_version=1, is_blind=False,
        )  # fmt: skip


def test_decision_by_an_older_assessment_is_refused(records: Any, anna: Any) -> None:
    records.assess(["A1"])
    with pytest.raises(RefusedError, match="assessed anew since this page was shown"):
        records.decide("A1", anna, assessment_id=1)
    records.decide("A2", anna, assessment_id=2)
    records.decide("A1", anna, assessment_id=3)
    assert verify(records.database, records.heads) == []


def test_decision_by_an_assessment_from_before_a_correction_is_refused(records: Any, anna: Any) -> None:
    correct(records, anna)
    with pytest.raises(RefusedError, match="facts of the case have changed"):
        records.decide("A1", anna, assessment_id=1)
    records.assess(["A1"], facts_version=2)
    records.decide("A1", anna, assessment_id=3)


def test_decision_after_a_consent_was_withdrawn_is_refused_until_the_case_is_assessed_anew(
    records: Any, anna: Any
) -> None:
    insert = (
        "INSERT INTO consent (case_type, case_id, field, answer, answered_at, recorded_at, audit_batch)"
        " VALUES ('fines', 'A1', 'amount', 'no', :at, :at, 'x')"
    )
    records.run(insert, at=records.database.now)
    with pytest.raises(RefusedError, match="answered about the use of their data"):
        records.decide("A1", anna, assessment_id=1)
    records.assess(["A1"])
    records.decide("A1", anna, assessment_id=3)
    records.decide("A2", anna, assessment_id=2)


def test_decision_of_a_case_that_has_an_assessment_names_it(records: Any, anna: Any) -> None:
    with pytest.raises(RefusedError, match="a decision names the assessment that its page showed"):
        records.decide("A1", anna, assessment_id=None)
    assert records.decide("A1", anna, assessment_id=1).assessment_id == 1


def test_case_that_nobody_has_assessed_is_decided_without_one(records: Any) -> None:
    records.cases(["A1"])
    records.state()
    assert records.decide("A1", records.sign_in(records.user(team="intake"))).assessment_id is None


def test_report_is_assessed_by_what_is_known_now(records: Any, anna: Any) -> None:
    correct(records, anna)
    with pytest.raises(RefusedError, match="facts of the case have changed"):
        records.report("A1", anna)
    records.assess(["A1"], facts_version=2)
    insert = (
        "INSERT INTO consent (case_type, case_id, field, answer, answered_at, recorded_at, audit_batch)"
        " VALUES ('fines', 'A2', 'amount', 'no', :at, :at, 'x')"
    )
    records.run(insert, at=records.database.now)
    with pytest.raises(RefusedError, match="answered about the use of their data"):
        records.report("A2", anna)
    records.assess(["A2"])
    for case_id in ("A1", "A2"):
        assert records.report(case_id, anna).result == "no_danger"


def test_report_that_no_rule_has_looked_at_is_assessed_all_the_same(records: Any) -> None:
    records.cases(["A1"])
    assert records.report("A1", records.sign_in(records.user())).result == "no_danger"

"""Promise 2 in the database: a heavy case or a floor rule never yields a draft; storing is all or nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from config.errors import InputError, RefusedError
from models.assessment_store import assessments_of, latest_assessment, store_assessments, store_few
from models.case_reader import cases_to_assess, load_cases

HEAVY = {"raw_score": None, "complexity": None, "base_value": None, "inputs": None, "contributions": None}


@pytest.mark.parametrize("few", [500, 0])
def test_assessment_comes_back_as_it_was_stored(records: Any, few: int) -> None:
    records.cases(["A1", "A2"])
    records.state()
    assert records.assess(["A2", "A1"], few=few, rule="Objective case", sampling_probability=0.25) == 2
    with records.database.read() as connection:
        found = latest_assessment(connection, "fines", "A1")
        assert assessments_of(connection, "fines", "A1") == [found]
    assert found is not None
    assert np.frombuffer(found["inputs"]).tolist()[0] == 1.0
    assert np.frombuffer(found["contributions"]).tolist() == [0.5, 0.25]
    assert (found["raw_score"], found["novel"], found["drawn"], found["rule"]) == (
        -1.25,
        False,
        False,
        "Objective case",
    )
    assert found["sampling_probability"] == 0.25
    assert found["floor_rule"] is None


@pytest.mark.parametrize("few", [500, 0])
@pytest.mark.parametrize(
    "wrong",
    [
        {"floor_rule": "Children"},
        {"gates_closed": '["novelty"]'},
        {"drawn": True},
        {"raw_score": None},
        {"weight": "heavy", **HEAVY},
    ],
)
def test_draft_that_may_not_be_is_refused_and_nothing_is_stored(
    records: Any, wrong: dict[str, Any], few: int
) -> None:
    records.cases(["A1", "A2"])
    records.state()
    audited = records.one("SELECT count(*) FROM audit")
    with pytest.raises(RefusedError):
        records.assess(["A1", "A2"], few=few, **wrong)
    assert records.one("SELECT count(*) FROM assessment") == 0
    assert records.one("SELECT count(*) FROM audit") == audited


@pytest.mark.parametrize("few", [500, 0])
@pytest.mark.parametrize(("phase", "status"), [("trial", "trial"), ("shadow", "live"), ("stopped", "live")])
def test_nothing_is_drafted_unless_live_and_drafting(records: Any, phase: str, status: str, few: int) -> None:
    records.cases(["A1"])
    records.state(phase=phase, status=status)
    with pytest.raises(RefusedError, match="live and drafting"):
        records.assess(["A1"], few=few)
    assert records.assess(["A1"], few=few, route="caseworker", gates_closed='["status"]') == 1


@pytest.mark.parametrize("few", [500, 0])
def test_heavy_case_cannot_be_passed_off_as_light(records: Any, few: int) -> None:
    records.cases(["A1"])
    records.state(phase="stopped", weight="heavy")
    with pytest.raises(RefusedError, match="own weight"):
        records.assess(["A1"], few=few, route="caseworker")
    assert records.assess(["A1"], few=few, route="caseworker", weight="heavy", **HEAVY) == 1


@pytest.mark.parametrize("score", [{"raw_score": 0.1}, {"complexity": 0.5}, {"contributions": b"12345678"}])
def test_heavy_case_has_no_score(records: Any, score: dict[str, Any]) -> None:
    records.cases(["A1"])
    records.state(phase="stopped", weight="heavy")
    with pytest.raises(RefusedError, match="heavy case gets no score"):
        records.assess(["A1"], route="caseworker", weight="heavy", **{**HEAVY, **score})


def test_heavy_or_trial_type_never_stands_in_drafting(records: Any) -> None:
    for weight, status in (("heavy", "live"), ("light", "trial")):
        with pytest.raises(RefusedError, match="only a light case type that is live"):
            records.state(weight=weight, status=status)


@pytest.mark.parametrize("few", [500, 0])
def test_unknown_case_is_named(records: Any, few: int) -> None:
    records.cases(["A1"])
    records.state()
    with pytest.raises(InputError, match=r"case A9 .*not on record"):
        records.assess(["A1", "A9"], few=few)
    assert records.one("SELECT count(*) FROM assessment") == 0


def test_two_assessments_of_one_moment_are_refused(records: Any, make_assessment: Any) -> None:
    records.cases(["A1"])
    records.state()
    rows = pa.Table.from_pylist([make_assessment("A1", records.database, 1)])
    store_assessments(records.database, rows, queue=True)
    with pytest.raises(RefusedError, match="very moment"):
        store_assessments(records.database, rows, queue=True)


def test_unknown_column_is_refused(records: Any) -> None:
    with pytest.raises(InputError, match="no column 'scores'"), records.database.write() as connection:
        store_few(connection, pa.table({"case_type": ["fines"], "scores": [1.0]}), queue=True)


def test_queue_columns_follow_the_latest_assessment(records: Any) -> None:
    records.cases(["A1"])
    records.state()
    records.assess(["A1"], route="caseworker", gates_closed='["rule"]', team="senior", priority="high")
    records.assess(["A1"], route="caseworker", gates_closed='["rule"]', contact_by="2026-12-01T00:00:00.000000Z")
    rows = records.all("SELECT team, priority, contact_by, queue_by FROM case_file")
    assert rows == [("intake", None, "2026-12-01T00:00:00.000000Z", "2026-12-01T00:00:00.000000Z")]


def test_the_newest_assessment_is_the_one_made_last(records: Any) -> None:
    records.cases(["A1", "A2"])
    records.state()
    for score in (1.0, 2.0):
        records.assess(["A1", "A2"], raw_score=score)
    with records.database.read() as connection:
        newest = latest_assessment(connection, "fines", "A1")
        assert latest_assessment(connection, "fines", "A3") is None
    assert newest is not None
    assert newest["raw_score"] == 2.0


def test_trial_assessment_is_measured_and_not_queued(records: Any, make_assessment: Any) -> None:
    records.cases(["A1"])
    records.state(phase="trial", status="trial")
    row = make_assessment("A1", records.database, 1, route="caseworker", gates_closed='["status"]')
    store_assessments(records.database, pa.Table.from_pylist([row]), queue=False)
    assert records.all("SELECT team, queue_by FROM case_file") == [(None, None)]
    assert records.one("SELECT count(*) FROM assessment") == 1


def test_only_cases_out_of_date_are_assessed_again(records: Any, make_arriving: Any) -> None:
    records.cases(["A1", "A2", "A3"])
    records.state()
    versions = {"model_version": "1", "rules_version": 1, "case_type_version": 1}

    def waiting(**other: Any) -> list[str]:
        with records.database.read() as connection:
            return cases_to_assess(connection, "fines", **{**versions, **other})

    assert waiting() == ["A1", "A2", "A3"]
    records.assess(["A1", "A2"])
    assert waiting() == ["A3"]
    assert waiting(rules_version=2) == ["A1", "A2", "A3"]
    records.cases(["A1"], facts=['{"amount":77}'])
    assert waiting() == ["A1", "A3"]
    records.cases(["A2"], facts=None, consents={"amount": np.array([0], dtype=np.int8)})
    assert waiting() == ["A1", "A2", "A3"]


def test_sampling_follows_from_who_handled_the_case(records: Any) -> None:
    records.cases(["A1", "A2", "A3"])
    records.state()
    records.assess(["A1"])
    drawn = {"route": "caseworker", "gates_closed": '["blind_review"]', "drawn": True, "sampling_probability": 0.2}
    records.assess(["A2"], **drawn)
    with records.database.read() as connection:
        sampling = load_cases(connection, "fines").sampling
    np.testing.assert_array_equal(sampling, [np.nan, 0.2, 1.0])

"""What the watch reads: who was drawn and when, in both databases, and where a case type has stood."""

from __future__ import annotations

from typing import Any

import numpy as np

from models.blind_reviews import (
    drawn_cases,
    events_of_cases,
    first_shares,
    observed_until,
    would_be_drafts,
)
from models.case_type_states import changes_of, set_state
from models.clock import FAR_FUTURE

LONG_AGO = "2000-01-01T00:00:00.000000Z"
DRAWN = {"route": "caseworker", "gates_closed": '["blind_review"]', "drawn": True, "sampling_probability": 0.2}


def drafting(records: Any) -> Any:
    records.state()
    records.cases(["A1", "A2", "A3", "A4"])
    return records


def test_a_drawn_case_is_found_once_with_its_first_draw(records: Any) -> None:
    drafting(records).assess(["A1", "A2"], **DRAWN)
    records.assess(["A1"], **DRAWN)
    with records.database.read() as connection:
        found = drawn_cases(connection, "fines", LONG_AGO)
        assert found.case_ids.tolist() == ["A1", "A2"]
        first = records.one("SELECT min(made_at) FROM assessment WHERE case_id = 'A1'")
        assert str(found.drawn_at[0]) == first[:-1]
        assert str(found.received_at[0]) == "2026-01-01T08:00:00.000000"
        assert (found.recorded_at > found.received_at).all()
        assert len(drawn_cases(connection, "fines", FAR_FUTURE)) == 0
        assert len(drawn_cases(connection, "permits", LONG_AGO)) == 0


def test_a_case_that_was_offered_before_it_was_drawn_is_left_out_and_one_offered_after_is_not(
    records: Any,
) -> None:
    drafting(records).assess(["A1", "A2"], sampling_probability=0.2)
    records.assess(["A2", "A3"], **DRAWN)
    records.assess(["A3"], sampling_probability=0.2)
    with records.database.read() as connection:
        assert drawn_cases(connection, "fines", LONG_AGO).case_ids.tolist() == ["A3"]


def test_the_first_share_of_a_would_be_draft_counts_whatever_came_later(records: Any) -> None:
    drafting(records).assess(["A1", "A2"], **{**DRAWN, "sampling_probability": 1.0})
    records.assess(["A1", "A3"], **DRAWN)
    records.assess(["A4"], route="caseworker", gates_closed='["rule"]', sampling_probability=1.0)
    second = records.one("SELECT max(made_at) FROM assessment WHERE case_id = 'A1'")
    with records.database.read() as connection:
        assert first_shares(connection, "fines", LONG_AGO, before=FAR_FUTURE) == {"A1": 1.0, "A2": 1.0, "A3": 0.2}
        assert first_shares(connection, "fines", second, before=FAR_FUTURE) == {"A1": 0.2, "A3": 0.2}
        assert first_shares(connection, "fines", LONG_AGO, before=second, case_id="A1") == {"A1": 1.0}
        assert first_shares(connection, "fines", LONG_AGO, before=LONG_AGO, case_id="A1") == {}


def test_would_be_drafts_are_counted_when_they_first_were_ones(records: Any) -> None:
    drafting(records).assess(["A1"], **DRAWN)
    records.assess(["A2"])
    middle = records.one("SELECT max(made_at) FROM assessment")
    records.assess(["A1", "A3"], **DRAWN)
    with records.database.read() as connection:
        assert would_be_drafts(connection, "fines", LONG_AGO, FAR_FUTURE) == 3
        assert would_be_drafts(connection, "fines", LONG_AGO, middle) == 1
        assert would_be_drafts(connection, "fines", middle, FAR_FUTURE) == 2


def test_observation_ends_with_the_last_event(records: Any) -> None:
    drafting(records)
    with records.database.read() as connection:
        assert str(observed_until(connection, "fines")) == "2026-01-01T09:03:00.000000"
        assert np.isnat(observed_until(connection, "permits"))
        assert len(events_of_cases(connection, "fines", ["A1", "A4"])) == 4
        assert len(events_of_cases(connection, "fines", [])) == 0


def test_every_change_of_a_state_is_kept_with_its_reason_and_its_actor(records: Any) -> None:
    for phase, actor, anew in (
        ("shadow", "user:1", False),
        ("shadow", "system", False),
        ("shadow", "user:2", True),
        ("stopped", "system", False),
    ):
        with records.database.write() as connection:
            set_state(
                connection, "fines", weight="light", status="live", phase=phase, actor=actor,
                reason=f"by {actor}", anew=anew,
            )  # fmt: skip
    with records.database.read() as connection:
        kept = changes_of(connection, "fines")
        assert [(one.phase, one.actor, one.reason) for one in kept] == [
            ("shadow", "user:1", "by user:1"),
            ("shadow", "user:2", "by user:2"),
            ("stopped", "system", "by system"),
        ]
        assert changes_of(connection, "fines", until=kept[1].since) == kept[:2]
        assert changes_of(connection, "permits") == []

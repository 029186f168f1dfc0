"""Promise 6, the quiet half: the same file again changes nothing, a later one only adds."""

from __future__ import annotations

import itertools
import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.errors import InputError
from models.arriving import Arriving
from models.audit_verify import verify
from models.case_reader import count_cases, facts_history, load_cases, load_events
from models.case_store import Imported, put_cases


def dump(records: Any) -> list[Any]:
    tables = ("case_file", "case_event", "case_facts", "consent", "case_salt", "audit")
    return [sorted(map(repr, records.all(f"SELECT * FROM {table}"))) for table in tables]


def test_same_file_again_changes_nothing(records: Any) -> None:
    consents = {"amount": np.array([1, 0, -1], dtype=np.int8)}
    first = records.cases(["A1", "A2", "A3"], consents=consents)
    assert first == Imported(new_cases=3, new_events=6, new_consents=2)
    before = dump(records)
    again = records.cases(["A1", "A2", "A3"], consents=consents)
    assert again == Imported()
    assert not again.changes_anything
    assert dump(records) == before


def test_later_events_and_cases_are_added(records: Any, make_arriving: Any) -> None:
    records.cases(["A1"])
    first = make_arriving(["A1", "A2"])
    more = {
        "case_of_event": np.append(first.case_of_event, 0),
        "event_times": np.append(first.event_times, np.datetime64("2026-02-01T12:00", "us")),
        "activities": [*first.activities, "Decide"],
        "resources": [*first.resources, "eva"],
    }
    assert records.cases(["A1", "A2"], **more) == Imported(new_cases=1, new_events=3)
    with records.database.read() as connection:
        events = load_events(connection, "fines", case_ids=["A1"])
    assert events["activity"].tolist() == ["Register", "Examine", "Decide"]
    assert events["resource"].tolist() == ["bo", None, "eva"]


def test_event_that_stands_twice_in_a_file_is_two_events(records: Any, make_arriving: Any) -> None:
    at = make_arriving(["A1"]).received_at
    twice = {"case_of_event": np.array([0, 0]), "event_times": np.repeat(at, 2)}
    twice |= {"activities": ["Call", "Call"], "resources": [None, None]}
    assert records.cases(["A1"], **twice).new_events == 2
    assert records.cases(["A1"], **twice).new_events == 0
    assert records.all("SELECT resource, occurrence FROM case_event") == [("", 1), ("", 2)]


def test_changed_facts_are_a_new_version_and_the_old_one_stays(records: Any) -> None:
    records.cases(["A1", "A2"])
    changed = records.cases(["A1", "A2"], facts=['{"amount":0}', '{"amount":99}'])
    assert changed == Imported(changed_cases=1)
    with records.database.read() as connection:
        history = facts_history(connection, "fines", "A2")
        assert load_cases(connection, "fines").facts == ['{"amount":0}', '{"amount":99}']
    assert [json.loads(row["facts"])["amount"] for row in history] == [1, 99]
    assert [row["version"] for row in history] == [1, 2]


def test_same_file_does_not_undo_a_persons_correction(records: Any, make_arriving: Any) -> None:
    records.cases(["A1"])
    corrected = make_arriving(["A1"], facts=['{"amount":5}'])
    with records.database.write() as connection:
        put_cases(connection, "fines", corrected, origin="correction")
    assert records.cases(["A1"]) == Imported()
    with records.database.read() as connection:
        assert load_cases(connection, "fines").facts == ['{"amount":5}']


def test_file_without_the_first_event_does_not_touch_the_facts(records: Any, make_arriving: Any) -> None:
    records.cases(["A1"])
    later = make_arriving(["A1"]).received_at + np.timedelta64(9, "D")
    found = records.cases(
        ["A1"],
        received_at=later,
        case_of_event=np.array([0]),
        event_times=later,
        activities=["Decide"],
        resources=["bo"],
        facts=["{}"],
    )
    assert found == Imported(new_events=1, facts_kept=1)
    assert records.one("SELECT count(*) FROM case_facts") == 1


def test_closed_case_is_never_reopened_by_import(records: Any, make_arriving: Any) -> None:
    closed_at = make_arriving(["A1"]).received_at
    assert records.cases(["A1"], closed_at=closed_at).new_cases == 1
    assert records.cases(["A1"]) == Imported()
    assert records.all("SELECT status FROM case_file") == [("closed",)]


def test_open_case_is_closed_when_the_file_says_so(records: Any, make_arriving: Any) -> None:
    records.cases(["A1", "A2"])
    closed_at = make_arriving(["A1", "A2"]).received_at.copy()
    closed_at[1] = np.datetime64("NaT")
    assert records.cases(["A1", "A2"], closed_at=closed_at) == Imported(closed_cases=1)
    with records.database.read() as connection:
        assert count_cases(connection, "fines") == {"open": 1, "closed": 1}
        assert load_cases(connection, "fines", "open").case_ids.tolist() == ["A2"]
        assert np.isnat(load_cases(connection, "fines", "open").closed_at).all()


def test_decided_case_stays_decided(records: Any) -> None:
    records.cases(["A1"])
    records.decide("A1", records.sign_in(records.user()))
    assert records.cases(["A1"]) == Imported()
    assert records.all("SELECT status FROM case_file") == [("closed",)]


def test_changed_mind_is_appended_and_the_latest_answer_counts(records: Any) -> None:
    def answer(value: int, day: str) -> Imported:
        consents = {"amount": np.array([value], dtype=np.int8)}
        return records.cases(["A1"], consents=consents, consent_at=np.array([day], dtype="datetime64[us]"))

    assert answer(1, "2026-01-01").new_consents == 1
    assert answer(0, "2026-02-01").new_consents == 1
    assert answer(1, "2026-01-01").new_consents == 0
    with records.database.read() as connection:
        assert load_cases(connection, "fines").consents["amount"].tolist() == [0]
    assert answer(1, "2026-03-01").new_consents == 1
    with records.database.read() as connection:
        assert load_cases(connection, "fines").consents["amount"].tolist() == [1]


def test_cases_come_back_by_arrival_then_id(records: Any) -> None:
    at = np.array(["2026-01-02", "2026-01-01", "2026-01-01"], dtype="datetime64[us]")
    each = {"received_at": at, "case_of_event": np.arange(3), "event_times": at, "activities": ["x"] * 3}
    records.cases(["C", "B", "A"], **each, resources=[None] * 3)
    with records.database.read() as connection:
        cases = load_cases(connection, "fines")
        events = load_events(connection, "fines")
    assert cases.case_ids.tolist() == ["A", "B", "C"] == events["case_id"].tolist()
    assert cases.received_at.tolist() == sorted(at.tolist())
    assert str(events["timestamp"].dt.tz) == "UTC"
    assert [json.loads(text)["amount"] for text in cases.facts] == [2, 1, 0]


def test_nothing_on_record_is_an_empty_answer(records: Any) -> None:
    with records.database.read() as connection:
        cases, events = load_cases(connection, "fines"), load_events(connection, "fines")
        assert count_cases(connection, "fines") == {"open": 0, "closed": 0}
    assert (len(cases), len(events)) == (0, 0)
    assert cases.received_at.dtype == "datetime64[us]"
    assert isinstance(events["timestamp"].dtype, pd.DatetimeTZDtype)


def test_case_types_do_not_meet(records: Any) -> None:
    records.cases(["A1"])
    assert records.cases(["A1"], "permits").new_cases == 1
    with records.database.read() as connection:
        assert len(load_cases(connection, "permits")) == 1


@pytest.mark.parametrize(
    ("ids", "sentence"), [(["A1", "A1"], "case A1 stands twice"), (["A1", ""], "a case has no id")]
)
def test_unusable_case_ids_are_refused_and_nothing_is_stored(records: Any, ids: list[str], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        records.cases(ids)
    assert records.one("SELECT count(*) FROM case_file") == 0


def test_case_without_an_arrival_is_named(records: Any) -> None:
    with pytest.raises(InputError, match="case A1 has no time of arrival"):
        records.cases(["A1"], received_at=np.array(["NaT"], dtype="datetime64[us]"))


@pytest.mark.postgresql
def test_character_that_postgresql_cannot_store_is_one_sentence(postgresql_records: Any) -> None:
    with pytest.raises(InputError, match="NUL"):
        postgresql_records.cases(["A\x00"])
    assert postgresql_records.one("SELECT count(*) FROM case_file") == 0


def test_hostile_words_are_stored_as_they_are(records: Any) -> None:
    words = ["'; DROP TABLE audit; --", "{waiting} :case_type %s", "\\N", "a\tb\nc", "ÆØÅ \U0001f600", "%(x)s"]
    records.cases(words, activities=words * 2, resources=words * 2)
    with records.database.read() as connection:
        assert sorted(load_cases(connection, "fines").case_ids) == sorted(words)
        assert set(load_events(connection, "fines")["activity"]) == set(words)
    assert verify(records.database, records.heads) == []


NUMBERS = itertools.count()
event = st.tuples(
    st.sampled_from(["A", "B", "C"]), st.integers(0, 3), st.sampled_from(["x", "y"]), st.sampled_from([None, "r"])
)


def as_file(events: list[tuple[str, int, str, str | None]]) -> Arriving:
    ids = sorted({case for case, *_ in events})
    times = np.array([np.datetime64("2026-01-01", "us") + np.timedelta64(hour, "h") for _, hour, *_ in events])
    case = np.array([ids.index(row[0]) for row in events])
    first = np.array([times[case == number].min() for number in range(len(ids))])
    return Arriving(ids, first, case, times, [row[2] for row in events], [row[3] for row in events])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=st.lists(event, min_size=1, max_size=12), cut=st.integers(1, 12))
def test_part_of_a_log_and_then_all_of_it_is_all_of_it_once(
    sqlite_records: Any, events: list[Any], cut: int
) -> None:
    events, name = sorted(events, key=lambda row: row[1]), f"type {next(NUMBERS)}"
    for file in (events[:cut], events, events):
        with sqlite_records.database.write() as connection:
            put_cases(connection, name, as_file(file))
    with sqlite_records.database.read() as connection:
        stored = load_events(connection, name)
    found = list(
        zip(stored["case_id"], stored["timestamp"].dt.hour, stored["activity"], stored["resource"], strict=True)
    )
    assert sorted(map(repr, found)) == sorted(repr((c, h, a, r)) for c, h, a, r in events)

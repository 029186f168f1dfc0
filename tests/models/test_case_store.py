"""Promise 6, the quiet half: the same file again changes nothing, a later one only adds."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
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
from models.citizens import Citizen, ToldOfCitizens, citizen_of, citizens_named
from models.erasing import erase_case


def dump(records: Any) -> list[Any]:
    tables = ("case_file", "case_event", "case_facts", "consent", "case_salt", "citizen", "audit")
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


def test_other_statement_is_a_new_version_and_the_same_one_is_not(records: Any) -> None:
    records.cases(["A1", "A2"], stated=['{"amount":0}', "{}"])
    assert records.cases(["A1", "A2"], stated=['{"amount":0}', "{}"]) == Imported()
    assert records.cases(["A1", "A2"], stated=['{"amount":7}', "{}"]) == Imported(changed_cases=1)
    assert records.cases(["A1", "A2"], stated=["{}", '{"amount":1}']) == Imported(changed_cases=2)
    with records.database.read() as connection:
        assert [row["stated"] for row in facts_history(connection, "fines", "A1")] == [
            '{"amount":0}',
            '{"amount":7}',
            None,
        ]
        assert load_cases(connection, "fines").stated == [None, '{"amount":1}']
    assert verify(records.database, records.heads) == []


def test_file_that_says_nothing_of_statements_leaves_them(records: Any) -> None:
    records.cases(["A1"], stated=['{"amount":7}'])
    assert records.cases(["A1"]) == Imported()
    assert records.cases(["A1"], facts=['{"amount":5}']) == Imported(changed_cases=1)
    with records.database.read() as connection:
        cases = load_cases(connection, "fines")
    assert (cases.facts, cases.stated) == (['{"amount":5}'], ['{"amount":7}'])


def test_statement_of_a_persons_correction_is_not_undone_by_the_same_file(
    records: Any, make_arriving: Any
) -> None:
    records.cases(["A1"], stated=['{"amount":7}'])
    with records.database.write() as connection:
        put_cases(connection, "fines", make_arriving(["A1"], stated=['{"amount":0}']), origin="correction")
    assert records.cases(["A1"], stated=['{"amount":7}']) == Imported()
    assert records.cases(["A1"], facts=['{"amount":1}']) == Imported(changed_cases=1)
    with records.database.read() as connection:
        assert load_cases(connection, "fines").stated == ['{"amount":0}']


def test_citizens_come_with_their_cases_and_the_same_file_changes_nothing(records: Any) -> None:
    told = ToldOfCitizens(
        ["B-1", "B-2", "B-9"], {"name": ["Ida", "Bo", "Nobody's"], "protected_address": [True, None, None]}
    )
    given = {"citizen_refs": ["B-1", "B-2", None], "citizens": told}
    first = records.cases(["A1", "A2", "A3"], **given)
    assert first == Imported(new_cases=3, new_events=6, citizens=2)
    assert records.cases(["A1", "A2", "A3"], **given) == Imported()
    with records.database.read() as connection:
        assert load_cases(connection, "fines").citizen_refs == ["B-1", "B-2", None]
        found = citizens_named(connection, ["B-1", "B-2", "B-9"])
    assert found == {"B-1": Citizen("B-1", "Ida", protected_address=True), "B-2": Citizen("B-2", "Bo")}
    assert verify(records.database, records.heads) == []


def test_file_changes_of_a_citizen_only_what_it_tells(records: Any) -> None:
    records.cases(["A1"], citizen_refs=["B-1"])
    records.citizens(Citizen("B-1", "Ida", "311299-6120", "Engvej 1", "9998 Egeby", "87 12 34 56", True, False))

    def again(**told: list[Any]) -> Citizen | None:
        records.cases(["A1"], citizen_refs=["B-1"], citizens=ToldOfCitizens(["B-1"], told))
        with records.database.read() as connection:
            return citizen_of(connection, "B-1")

    before = again()
    assert before == Citizen("B-1", "Ida", "311299-6120", "Engvej 1", "9998 Egeby", "87 12 34 56", True, False)
    assert again(protected_address=[None], digital_post=[None]) == before
    assert again(phone=[None]) == replace(before, phone=None)
    assert again(street=["Havnegade 3"], protected_address=[False]) == replace(
        before, phone=None, street="Havnegade 3", protected_address=False
    )


def test_case_that_names_another_citizen_is_handed_over_and_the_forsaken_one_forgotten(records: Any) -> None:
    def told(*refs: str) -> dict[str, Any]:
        return {"citizen_refs": list(refs), "citizens": ToldOfCitizens(sorted(set(refs)), {})}

    records.cases(["A1", "A2"])
    assert records.cases(["A1", "A2"], **told("B-1", "B-1")) == Imported(citizens=1, handed_cases=2)
    assert records.cases(["A1", "A2"], **told("B-1", "B-2")) == Imported(citizens=1, handed_cases=1)
    assert records.all("SELECT ref FROM citizen ORDER BY ref") == [("B-1",), ("B-2",)]
    assert records.cases(["A1", "A2"], **told("B-2", "B-2")) == Imported(handed_cases=1)
    assert records.all("SELECT ref FROM citizen") == [("B-2",)]
    assert records.cases(["A1", "A2"], citizen_refs=[None, None]) == Imported()


def test_citizen_of_an_erased_case_is_not_brought_back(records: Any) -> None:
    given = {"citizen_refs": ["B-1"], "citizens": ToldOfCitizens(["B-1"], {"name": ["Ida"]})}
    records.cases(["A1"], **given)
    with records.database.write() as connection:
        erase_case(connection, "fines", "A1", basis="arkivloven", actor="user:1")
    assert records.cases(["A1"], **given) == Imported(erased_cases=1)
    assert records.one("SELECT count(*) FROM citizen") == 0


def test_import_says_nothing_of_citizens_in_the_trail(records: Any) -> None:
    told = ToldOfCitizens(["B-17"], {"name": ["Ida Møller"], "cpr": ["311299-6120"], "street": ["Havnegade 3"]})
    records.cases(["A1"], citizen_refs=["B-17"], citizens=told, stated=['{"amount":4711}'])
    trail = " ".join(map(str, records.all("SELECT actor, action, subject, payload FROM audit")))
    for secret in ("B-17", "Ida", "311299", "Havnegade", "4711", "A1"):
        assert secret not in trail


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

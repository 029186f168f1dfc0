"""A citizen stands on record once, as last told, and goes with the last of their cases."""

from __future__ import annotations

from typing import Any

import pytest

from config.errors import RefusedError
from models.audit_verify import verify
from models.citizens import Citizen, citizen_of, citizens_named, put_citizens
from models.erasing import erase_case

IDA = Citizen("B-17", "Ida Møller", "311299-6120", "Havnegade 3, 2. tv", "9998 Egeby", "87 12 34 56", True, False)


def test_citizen_comes_back_as_put_in(records: Any) -> None:
    assert records.citizens(IDA, Citizen("B-18")) == 2
    with records.database.read() as connection:
        assert citizen_of(connection, "B-17") == IDA
        assert citizens_named(connection, ["B-18", "B-17", "B-99"]) == {"B-17": IDA, "B-18": Citizen("B-18")}
        assert citizen_of(connection, "B-99") is None
        assert citizen_of(connection, None) is None


def test_many_citizens_are_named_at_once(records: Any) -> None:
    many = [Citizen(f"B-{number}", f"Borger {number}") for number in range(1201)]
    assert records.citizens(*many) == 1201
    with records.database.read() as connection:
        assert citizens_named(connection, [citizen.ref for citizen in many])["B-1200"].name == "Borger 1200"


def test_same_citizen_again_changes_nothing_and_a_new_address_does(records: Any) -> None:
    records.citizens(IDA)
    entries = records.one("SELECT count(*) FROM audit")
    assert records.citizens(IDA) == 0
    assert records.one("SELECT count(*) FROM audit") == entries
    assert records.citizens(Citizen("B-17", "Ida Møller", street="Engvej 1")) == 1
    with records.database.read() as connection:
        assert citizen_of(connection, "B-17") == Citizen("B-17", "Ida Møller", street="Engvej 1")


def test_trail_says_how_many_citizens_were_recorded_and_nothing_about_them(records: Any) -> None:
    records.citizens(IDA)
    entries = " ".join(map(str, records.all("SELECT action, subject, payload FROM audit")))
    assert '{"citizens":1}' in entries
    for secret in ("B-17", "Ida", "311299", "Havnegade", "Egeby", "87 12"):
        assert secret not in entries


def test_markup_and_hostile_words_are_stored_as_text(records: Any) -> None:
    words = [
        "<script>alert(1)</script>",
        "'; DROP TABLE citizen; --",
        "{ref} :now %s",
        "a\tb\nc\x01",
        "Æ\U0001f600",
        "\\N",
    ]
    records.citizens(*(Citizen(word, word, word, word, word, word) for word in words))
    with records.database.read() as connection:
        found = citizens_named(connection, words)
    assert {citizen.name for citizen in found.values()} == set(words)


def test_citizen_keeps_the_reference_and_stays_while_there_is_a_case(records: Any) -> None:
    records.cases(["A1"], citizen_refs=["B-17"])
    records.citizens(IDA)
    with pytest.raises(RefusedError, match="citizen is never changed"):
        records.run("UPDATE citizen SET ref = 'B-1'")
    with pytest.raises(RefusedError, match="only with the last of their cases"):
        records.run("DELETE FROM citizen")


def test_citizen_goes_with_the_last_case(records: Any) -> None:
    records.cases(["A1", "A2"], citizen_refs=["B-17", "B-18"])
    records.cases(["C1"], "permits", citizen_refs=["B-17"])
    records.citizens(IDA, Citizen("B-18"))
    for case_type, case_id, left in (("fines", "A1", 2), ("permits", "C1", 1), ("fines", "A2", 0)):
        with records.database.write() as connection:
            erase_case(connection, case_type, case_id, basis="arkivloven", actor="user:1")
        assert records.one("SELECT count(*) FROM citizen") == left
    assert verify(records.database, records.heads) == []


def test_last_of_one_reference_counts(records: Any) -> None:
    with records.database.write() as connection:
        assert put_citizens(connection, [Citizen("B-1", "Før"), Citizen("B-1", "Efter")]) == 1
    assert records.all("SELECT name FROM citizen") == [("Efter",)]

"""What is known of a citizen stands in the rows of their cases and nowhere else: no trail, head or error."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from config.errors import StafetError
from models.audit_verify import verify
from models.citizens import Citizen, ToldOfCitizens
from models.erasing import erase_case
from models.letters import LetterFile
from models.text_drafts import keep_text
from models.triggers import create_triggers, drop_triggers

CPR, REF, NAME, STATED, WORDS = "311299-6120", "B-1704", "Ida Møller", "271828", "hun bor hos sin søster"
SECRETS = (CPR, REF, NAME, "Havnegade", "87123456", STATED, WORDS, "K-0815")
IDA = Citizen(REF, NAME, CPR, "Havnegade 3", "9998 Egeby", "87123456", True, False)
CASE_ID, OTHER = "K-0815", "K-0816"


def told() -> ToldOfCitizens:
    return ToldOfCitizens([REF], {"name": [NAME], "cpr": [CPR], "street": ["Havnegade 3"], "phone": ["87123456"]})


@pytest.fixture
def known(records: Any) -> Any:
    """A citizen with two cases: one decided and told of by letter, one assessed by a person."""
    records.state()
    stated = [f'{{"income":{STATED}}}'] * 2
    records.cases([CASE_ID, OTHER], citizen_refs=[REF, REF], citizens=told(), stated=stated)
    records.citizens(IDA)
    records.assess([CASE_ID, OTHER])
    signed_in = records.sign_in(records.user())
    decided = records.decide(CASE_ID, signed_in, assessment_id=1, reasons=WORDS, draft_use="changed")
    document = f'{{"name":"{NAME}","cpr":"{CPR}","reasons":"{WORDS}"}}'
    files = [LetterFile("da", kind, document.encode()) for kind in ("txt", "pdf")]
    for case_id, kind, number in ((CASE_ID, "decision", decided.id), (OTHER, "receipt", None)):
        records.letter(case_id, kind=kind, decision_id=number, document=document, files=files)
    records.act(OTHER, signed_in, "note", {"text": WORDS})
    records.document(OTHER, signed_in, name=f"{NAME}.txt", content=WORDS.encode(), source=NAME)
    with records.database.write() as connection:
        typed = {"reasons": f"{CPR} {WORDS}"}
        keep_text(connection, user_id=1, case_type="fines", case_id=OTHER, form="decision", content=typed)
    records.report(OTHER, signed_in, reasons=WORDS)
    return records


def erase(records: Any, case_id: str) -> None:
    with records.database.write() as connection:
        erase_case(connection, "fines", case_id, basis="arkivloven", actor="user:1")


def assert_nothing_of(text: str, *secrets: str) -> None:
    for secret in secrets or SECRETS:
        assert secret not in text


def everything_stored(records: Any) -> dict[str, str]:
    """Each table's rows as text, bytes readable."""
    with records.database.read() as connection:
        names = sa.inspect(connection).get_table_names()
        rows = {name: connection.execute(sa.text(f"SELECT * FROM {name}")).all() for name in names}
    return {
        name: " ".join(
            bytes(value).decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)
            for row in found
            for value in row
        )
        for name, found in rows.items()
    }


def test_trail_and_heads_name_nobody(known: Any) -> None:
    erase(known, OTHER)
    assert_nothing_of(everything_stored(known)["audit"])
    for path in Path(known.heads.folder).iterdir():
        assert_nothing_of(path.read_text(encoding="utf-8"))


def test_a_citizens_cases_leave_nothing_of_them_once_both_are_erased(known: Any) -> None:
    before = everything_stored(known)
    assert {name for name, text in before.items() if CPR in text} == {
        "citizen",
        "letter",
        "letter_file",
        "text_draft",
    }
    entries = known.one("SELECT count(*) FROM audit")
    erase(known, CASE_ID)
    assert known.all("SELECT ref FROM citizen") == [(REF,)]
    assert verify(known.database, known.heads) == []
    erase(known, OTHER)
    after = everything_stored(known)
    for name, text in after.items():
        assert_nothing_of(text, *((CPR, REF, NAME, WORDS, STATED) if name == "erasure" else SECRETS))
    emptied = ("case_file", "case_facts", "case_event", "case_salt", "consent", "assessment", "decision")
    for name in (*emptied, "professional_assessment", "letter", "letter_file", "citizen"):
        assert after[name] == "", name
    assert known.one("SELECT count(*) FROM audit") == entries + 2
    assert verify(known.database, known.heads) == []


def test_erasing_one_case_leaves_the_citizens_other_case_whole(known: Any) -> None:
    erase(known, CASE_ID)
    assert known.all("SELECT case_id, citizen_ref FROM case_file") == [(OTHER, REF)]
    assert known.all("SELECT case_id, kind FROM letter") == [(OTHER, "receipt")]
    assert known.all("SELECT case_id, result FROM professional_assessment") == [(OTHER, "no_danger")]
    for table in ("case_facts", "assessment", "letter_file"):
        assert known.all(f"SELECT DISTINCT case_id FROM {table}") == [(OTHER,)]


CHANGED = {
    "letter": "UPDATE letter SET document = document || ' '",
    "letter file": "UPDATE letter_file SET sha256 = ''",
    "decision": "UPDATE decision SET reasons = reasons || '.'",
    "professional assessment": "UPDATE professional_assessment SET reasons = reasons || '.'",
    "stated": "UPDATE case_facts SET stated = '{}'",
    "letter files gone": "DELETE FROM letter_file",
    "salts gone": "DELETE FROM case_salt",
}


@pytest.mark.parametrize("statement", CHANGED.values(), ids=CHANGED.keys())
def test_a_fault_that_is_found_names_nobody(known: Any, statement: str) -> None:
    with known.database.engine.connect() as connection, connection.begin():
        drop_triggers(connection)
        assert connection.execute(sa.text(statement)).rowcount > 0
        create_triggers(connection)
    faults = verify(known.database, known.heads)
    assert faults
    for fault in faults:
        assert_nothing_of(fault.sentence, CPR, REF, NAME, STATED, WORDS)


REFUSED = {
    "no yes or no": "UPDATE citizen SET protected_address = NULL",
    "no reference": "INSERT INTO citizen (ref, name, cpr, protected_address, digital_post, recorded_at)"
    " VALUES ('', :name, :cpr, :no, :no, 'x')",
    "twice": "INSERT INTO citizen (ref, name, cpr, protected_address, digital_post, recorded_at)"
    " VALUES (:ref, :name, :cpr, :no, :no, 'x')",
    "letter of no case": "INSERT INTO letter (case_type, case_id, kind, language, channel, dated, sent_at,"
    " document, sha256, audit_batch)"
    " VALUES (:ref, :cpr, 'receipt', 'da', :name, '2026-01-01', :now, :cpr, 'x', 'x')",
    "half a letter": "INSERT INTO letter (case_type, case_id, kind, document)"
    " VALUES (:ref, :cpr, 'receipt', :name)",
    "no such column": "UPDATE citizen SET shoe_size = :cpr WHERE name = :name OR ref = :ref",
}


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED.keys())
def test_what_the_database_refuses_is_said_without_the_row(
    known: Any, statement: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    values = {"ref": REF, "name": NAME, "cpr": CPR, "no": False, "now": known.database.now}
    bound = {name: value for name, value in values.items() if f":{name}" in statement}
    with pytest.raises(StafetError) as refused:
        known.run(statement, **bound)
    assert_nothing_of(str(refused.value), CPR, NAME, REF)
    assert_nothing_of(caplog.text, CPR, NAME, REF)


def test_a_library_that_fails_inside_repeats_no_value_it_was_given(known: Any) -> None:
    with known.database.engine.connect() as connection, pytest.raises(sa.exc.StatementError) as failed:
        connection.execute(sa.text("SELECT :cpr, :missing"), {"cpr": CPR})
    assert_nothing_of(str(failed.value), CPR)


@pytest.mark.postgresql
def test_a_value_of_another_type_is_not_repeated(postgresql_records: Any) -> None:
    with pytest.raises(StafetError, match=r"invalid input syntax for type integer$"):
        postgresql_records.run("UPDATE case_file SET row_version = CAST(:cpr AS INTEGER)", cpr=CPR)

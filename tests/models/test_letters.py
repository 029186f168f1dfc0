"""A letter stands as it was sent: with its decision, once, and to the byte."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from config.errors import InputError, RefusedError, TamperError
from models.audit_verify import verify
from models.clock import stamp
from models.erasing import erase_case
from models.letters import LetterFile, decisions_without_letter, letter_file, letters_of
from models.triggers import create_triggers, drop_triggers


def test_letter_comes_back_as_it_was_sent(records: Any) -> None:
    records.cases(["A1"])
    stored = records.letter("A1", channel="post", document='{"title":"Æbler & <b>"}')
    with records.database.read() as connection:
        assert letters_of(connection, "fines", "A1") == [stored]
        assert letter_file(connection, stored.id, "da", "pdf") == b"%PDF-1.7 \x00\xff da"
        assert letter_file(connection, stored.id, "en", "pdf") == b"%PDF-1.7 \x00\xff en"
        assert letter_file(connection, stored.id, "en", "html") is None
    assert (stored.kind, stored.language, stored.channel) == ("receipt", "da", "post")
    assert verify(records.database, records.heads) == []


def test_trail_says_that_a_letter_was_sent_and_not_what_stood_in_it(records: Any) -> None:
    records.cases(["A1"])
    records.letter("A1", document='{"cpr":"010190-1234"}')
    action, subject, payload = records.all("SELECT action, subject, payload FROM audit ORDER BY seq DESC LIMIT 1")[
        0
    ]
    assert action == "letter.sent"
    for secret in ("A1", "010190", "cpr", "ansøgning"):
        assert secret not in subject + payload


def test_decision_has_one_letter(records: Any) -> None:
    records.cases(["A1"])
    decided = records.decide("A1", records.sign_in(records.user()))
    records.letter("A1", kind="decision", decision_id=decided.id)
    with pytest.raises(RefusedError, match="already has its letter"):
        records.letter("A1", kind="decision", decision_id=decided.id)
    records.letter("A1")
    assert records.all("SELECT kind FROM letter ORDER BY id") == [("decision",), ("receipt",)]


def test_letter_about_a_decision_needs_one_and_others_name_none(records: Any) -> None:
    records.cases(["A1", "A2"])
    decided = records.decide("A1", records.sign_in(records.user()))
    for case_id, kind, decision_id in (("A1", "decision", None), ("A1", "receipt", decided.id)):
        with pytest.raises(RefusedError, match="names it, and other letters name none"):
            records.letter(case_id, kind=kind, decision_id=decision_id)
    for case_id, decision_id in (("A2", decided.id), ("A1", 99)):
        with pytest.raises(RefusedError, match="decision of its own case"):
            records.letter(case_id, kind="decision", decision_id=decision_id)
    assert records.one("SELECT count(*) FROM letter") == 0


@pytest.mark.parametrize("dated", ["2020-01-01", "today", "", "2026-1-1"])
def test_letter_is_dated_the_day_it_is_sent(records: Any, dated: str) -> None:
    records.cases(["A1"])
    with pytest.raises(InputError, match="date it the day it is sent"):
        records.letter("A1", dated=dated)


def test_letter_cannot_be_sent_in_the_past(records: Any) -> None:
    records.cases(["A1"])
    at = stamp(records.database.clock() - timedelta(hours=1))
    with pytest.raises(RefusedError, match="stored when it is sent"):
        records.run(
            "INSERT INTO letter (case_type, case_id, kind, language, channel, dated, sent_at, document, sha256,"
            " audit_batch) VALUES ('fines', 'A1', 'receipt', 'da', 'post', '2026-01-01', :at, '', '', 'x')",
            at=at,
        )


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([], "needs a file in that language"),
        ([LetterFile("en", "pdf", b"x")], "needs a file in that language"),
        ([LetterFile("da", "pdf", b"x"), LetterFile("da", "pdf", b"y")], "two files of one language"),
        ([LetterFile("da", "pdf", b"")], "is empty"),
    ],
)
def test_letter_needs_its_files(records: Any, files: list[LetterFile], sentence: str) -> None:
    records.cases(["A1"])
    with pytest.raises(InputError, match=sentence):
        records.letter("A1", files=files)
    assert records.one("SELECT count(*) FROM letter") == 0


def test_unknown_format_is_refused_and_nothing_is_stored(records: Any) -> None:
    records.cases(["A1"])
    with pytest.raises(RefusedError, match="html, txt or pdf"):
        records.letter("A1", files=[LetterFile("da", "pdf", b"x"), LetterFile("da", "docx", b"x")])
    assert records.one("SELECT count(*) FROM letter") == 0


def test_letter_of_an_unknown_case_is_refused(records: Any) -> None:
    with pytest.raises(InputError, match="case A9 of fines is not on record"):
        records.letter("A9")


def test_file_cannot_be_added_to_a_letter_later(records: Any) -> None:
    records.cases(["A1", "A2"])
    records.letter("A1")
    for case_id in ("A1", "A2"):
        with pytest.raises(RefusedError, match="stored together"):
            records.run(
                "INSERT INTO letter_file (letter_id, language, format, case_type, case_id, content, sha256,"
                " audit_batch) VALUES (1, 'da', 'html', 'fines', :case_id, :content, '', 'x')",
                case_id=case_id,
                content=b"x",
            )


def test_decisions_whose_letter_is_still_to_be_sent(records: Any) -> None:
    records.cases(["A1", "A2", "A3"])
    signed_in = records.sign_in(records.user())
    decided = [records.decide(case_id, signed_in) for case_id in ("A2", "A1")]
    records.letter("A3")
    with records.database.read() as connection:
        assert [one.case_id for one in decisions_without_letter(connection)] == ["A2", "A1"]
    records.letter("A2", kind="decision", decision_id=decided[0].id)
    with records.database.read() as connection:
        (left,) = decisions_without_letter(connection)
    assert (left.case_type, left.case_id, left.decision_id) == ("fines", "A1", decided[1].id)


def test_one_changed_byte_of_a_file_is_found_and_never_handed_out(records: Any) -> None:
    records.cases(["A1"])
    records.letter("A1")
    with records.database.engine.connect() as connection, connection.begin():
        drop_triggers(connection)
        connection.exec_driver_sql(
            "UPDATE letter_file SET content = "
            + ("x'255044462d312e38'" if records.database.is_sqlite else r"'\x255044462d312e38'")
            + " WHERE language = 'en'"
        )
        create_triggers(connection)
    (fault,) = verify(records.database, records.heads)
    assert fault.kind == "row"
    assert fault.sentence == "the pdf in 'en' of letter 1 is not the one that was sent"
    assert fault.seq == records.one("SELECT max(seq) FROM audit")
    with records.database.read() as connection, pytest.raises(TamperError, match="not the one that was sent"):
        letter_file(connection, 1, "en", "pdf")


def test_letters_go_with_their_case_and_the_trail_stays_whole(full: Any) -> None:
    with full.database.write() as connection:
        erase_case(connection, "fines", "A1", basis="arkivloven", actor="user:1")
    assert full.one("SELECT count(*) FROM letter") == full.one("SELECT count(*) FROM letter_file") == 0
    assert verify(full.database, full.heads) == []


def test_decision_that_was_taken_up_again_has_no_letter_that_waits(records: Any) -> None:
    records.state()
    records.cases(["A1"])
    anna = records.sign_in(records.user())
    first = records.decide("A1", anna)
    records.act("A1", anna, "reopened", {"decision_id": first.id, "ground": "mistake", "reason": "forkert"})
    with records.database.read() as connection:
        assert decisions_without_letter(connection) == []
    second = records.decide("A1", anna, expected_round=2)
    with records.database.read() as connection:
        assert [one.decision_id for one in decisions_without_letter(connection)] == [second.id]

"""The letters that were sent: stored with their files as they are sent, found again byte for byte."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from config.errors import InputError, TamperError
from config.words import DANISH_TIME
from models import audit
from models.case_salts import case_subject
from models.case_waiting import CLOSED, change, of_case
from models.clock import parse
from models.database import serialise
from models.leaves import new_batch, stored_leaves
from models.letter_check import digest_of
from models.tables import CASE_ACT, CASE_FILE, DECISION, LETTER, LETTER_FILE
from models.workspace_kind import letters_since


@dataclass(frozen=True)
class LetterFile:
    """A letter in one language and format (`html`, `txt` or `pdf`)."""

    language: str
    format: str
    content: bytes


@dataclass(frozen=True)
class StoredLetter:
    """A letter as stored: `language` is the one that was sent, `document` the JSON that its files show."""

    id: int
    case_type: str
    case_id: str
    kind: str
    decision_id: int | None
    language: str
    channel: str
    dated: str
    sent_at: str
    document: str
    sha256: str


@dataclass(frozen=True)
class Unsent:
    """A decision whose letter is still to be sent."""

    case_type: str
    case_id: str
    decision_id: int


def store_letter(
    connection: sa.Connection,
    *,
    case_type: str,
    case_id: str,
    kind: str,
    decision_id: int | None,
    language: str,
    channel: str,
    dated: str,
    document: str,
    files: Sequence[LetterFile],
    actor: str,
) -> StoredLetter:
    """Store a letter that is sent now, with all its files, and append the audit entry, all or nothing.

    A case that was decided and waits for this letter is closed by it.

    Raises:
        InputError: no such case is on record, the files are not what a letter needs, or it is dated another day.
        RefusedError: the decision is another case's, or has its letter already.
    """
    unit = serialise(connection)
    now, batch = unit.now, new_batch()
    refuse_other_day(dated, now)
    refuse_unusable_files(language, files)
    subject = case_subject(connection, case_type, case_id)
    of_case = {"case_type": case_type, "case_id": case_id, "audit_batch": batch}
    values = {
        "kind": kind,
        "decision_id": decision_id,
        "language": language,
        "channel": channel,
        "dated": dated,
        "sent_at": now,
        "document": document,
        "sha256": hashlib.sha256(document.encode()).hexdigest(),
    }
    key = connection.execute(LETTER.insert().values(**of_case, **values)).inserted_primary_key
    if key is None:
        raise RuntimeError("the database did not say under which number it stored a letter")
    number = int(key[0])
    connection.execute(LETTER_FILE.insert(), [{**of_case, "letter_id": number, **row_of(file)} for file in files])
    audit.append(
        connection,
        actor=actor,
        action="letter.sent",
        subject=subject,
        payload={"case_type": case_type, "letter": number, "kind": kind, "language": language, "channel": channel},
        batch=batch,
        sealed={
            "letter": leaves_of(connection, "letter", LETTER.c.id == number),
            "letter_file": leaves_of(connection, "letter_file", LETTER_FILE.c.letter_id == number),
        },
    )
    if decision_id is not None:
        close_told(connection, case_type, case_id, decision_id, now)
    return letters_where(connection, LETTER.c.id == number)[0]


def close_told(connection: sa.Connection, case_type: str, case_id: str, decision_id: int, now: str) -> None:
    """A case that waited for the letter of its decision is closed by it, unless it was reopened since."""
    decided = sa.select(DECISION.c.decided_at).where(DECISION.c.id == decision_id).scalar_subquery()
    again = (CASE_ACT.c.case_type == case_type) & (CASE_ACT.c.case_id == case_id) & (CASE_ACT.c.kind == "reopened")
    reopened = sa.exists().where(again & (CASE_ACT.c.at >= decided))
    still_open = of_case(case_type, case_id) & (CASE_FILE.c.status == "open") & ~reopened
    change(connection, still_open, CLOSED | {"closed_at": now})


def row_of(file: LetterFile) -> dict[str, str | bytes]:
    """A file's own columns."""
    digest = hashlib.sha256(file.content).hexdigest()
    return {"language": file.language, "format": file.format, "content": file.content, "sha256": digest}


def leaves_of(connection: sa.Connection, name: str, which: sa.ColumnElement[bool]) -> list[bytes]:
    """Commitments to the rows named."""
    return [leaf for _, _, leaf in stored_leaves(connection, name, which)]


def refuse_other_day(dated: str, now: str) -> None:
    """A letter bears the day it is sent; one made just before midnight may be stored just after."""
    today = parse(now).astimezone(DANISH_TIME).date()
    try:
        is_now = date.fromisoformat(dated) in (today, today - timedelta(days=1))
    except ValueError:
        is_now = False
    if not is_now:
        raise InputError(
            f"the letter is dated {dated!r}, and it is {today} in Denmark; date it the day it is sent"
        )


def refuse_unusable_files(language: str, files: Sequence[LetterFile]) -> None:
    """There is a file in the language that was sent, and each language and format stands once."""
    names = [(file.language, file.format) for file in files]
    if len(set(names)) < len(names):
        raise InputError("a letter has two files of one language and format; give each once")
    if language not in {name for name, _ in names}:
        raise InputError(f"a letter sent in {language!r} needs a file in that language")
    for file in files:
        if not file.content:
            raise InputError(f"the {file.format} in {file.language!r} of the letter is empty; make it again")


def letters_of(connection: sa.Connection, case_type: str, case_id: str) -> list[StoredLetter]:
    """Every letter of a case, first sent first."""
    return letters_where(connection, (LETTER.c.case_type == case_type) & (LETTER.c.case_id == case_id))


def letters_where(connection: sa.Connection, which: sa.ColumnElement[bool]) -> list[StoredLetter]:
    """The letters named, first sent first."""
    columns = [column for column in LETTER.c if column.name != "audit_batch"]
    rows = connection.execute(sa.select(*columns).where(which).order_by(LETTER.c.sent_at, LETTER.c.id))
    return [StoredLetter(**row._mapping) for row in rows]


def letter_file(connection: sa.Connection, letter_id: int, language: str, file_format: str) -> bytes | None:
    """One file of a letter as it was sent, None where there is none.

    Raises:
        TamperError: what is stored is not what was sent.
    """
    named = (LETTER_FILE.c.letter_id == letter_id) & (LETTER_FILE.c.language == language)
    query = sa.select(LETTER_FILE.c.content, LETTER_FILE.c.sha256).where(
        named & (LETTER_FILE.c.format == file_format)
    )
    row = connection.execute(query).first()
    if row is None:
        return None
    if digest_of(row.content) != row.sha256:
        raise TamperError(
            f"the {file_format} in {language!r} of letter {letter_id} is not the one that was sent;"
            " run `stafet audit verify` and restore the database from a backup"
        )
    return bytes(row.content)


def is_to_be_sent(connection: sa.Connection, unsent: Unsent) -> bool:
    """Whether a decision's letter has not been sent, and the decision not been taken up again."""
    if connection.execute(sa.select(LETTER.c.id).where(LETTER.c.decision_id == unsent.decision_id)).first():
        return False
    of_this = (DECISION.c.id == unsent.decision_id) & ~sa.exists().where(taken_up_again())
    return connection.execute(sa.select(DECISION.c.id).where(of_this)).first() is not None


def taken_up_again() -> sa.ColumnElement[bool]:
    """SQL: an act took a case up again after its decision."""
    same = (CASE_ACT.c.case_type == DECISION.c.case_type) & (CASE_ACT.c.case_id == DECISION.c.case_id)
    return same & (CASE_ACT.c.kind == "reopened") & (CASE_ACT.c.at >= DECISION.c.decided_at)


def decisions_without_letter(connection: sa.Connection) -> list[Unsent]:
    """Decisions whose letter is still to be sent, first decided first.

    Not those of before letters began here, nor one that was taken up again: it no longer stands, and a letter of
    it would start a period to complain of something that is being decided anew.
    """
    query = (
        sa.select(DECISION.c.case_type, DECISION.c.case_id, DECISION.c.id.label("decision_id"))
        .outerjoin(LETTER, LETTER.c.decision_id == DECISION.c.id)
        .where(LETTER.c.id.is_(None), DECISION.c.decided_at >= letters_since(connection))
        .where(~sa.exists().where(taken_up_again()))
        .order_by(DECISION.c.id)
    )
    return [Unsent(**row._mapping) for row in connection.execute(query)]

"""Finds citizens by the beginning of any of their names, in any order, or of their CPR number.

Each word of a name, and the digits of a CPR number, is a row in `citizen_word`; a search reads that index from
where its rarest word begins, so that it takes as long with a million citizens as with ten.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from models.tables import CITIZEN, CITIZEN_WORD
from models.waiting import fill

AT_MOST = 50
COUNTED = 1_000
LAST_CHARACTER = "\U0010ffff"
CHANGED = "FROM incoming_citizen i JOIN citizen k ON k.ref = i.ref WHERE k.recorded_at = :now"
STALE = f"DELETE FROM citizen_word WHERE ref IN (SELECT k.ref {CHANGED})"
NameAndNumber = tuple[str, str | None, str | None]
"""Reference, name and CPR number of a citizen."""


def words_of(name: str | None, cpr: str | None) -> set[str]:
    """What a citizen is found by.

    Example:
        >>> sorted(words_of("Ida Aagaard-Møller", "311299-6120"))
        ['3112996120', 'aagaard', 'ida', 'møller']
    """
    digits = re.sub(r"\D", "", cpr or "")
    return {*folded(name or ""), *([digits] if digits else [])}


def folded(text: str) -> list[str]:
    """The words of a text as they are compared: small letters, `å` as `aa`, for names are written both ways."""
    plain = unicodedata.normalize("NFC", text).casefold().replace("å", "aa")
    return re.findall(r"[^\W_]+", plain)


def asked_for(text: str) -> list[str]:
    """The words that somebody searches for; digits with a hyphen or spaces between them are one CPR number.

    Example:
        >>> asked_for("311299-6120"), asked_for("møller  IDA")
        (['3112996120'], ['møller', 'ida'])
    """
    together = re.sub(r"[\s-]", "", text)
    return [together] if together.isdecimal() else list(dict.fromkeys(folded(text)))


def citizens_found(connection: sa.Connection, text: str, limit: int = AT_MOST) -> list[str]:
    """References of at most `limit` citizens, one of whose words begins with each word of the text."""
    words = asked_for(text)
    return list(connection.execute(refs_found(connection, words).limit(limit)).scalars()) if words else []


def refs_found(connection: sa.Connection, words: Sequence[str]) -> sa.Select[Any]:
    """The query for the references of the citizens, one of whose words begins with each of these (one or more)."""
    first, *others = sorted(words, key=lambda word: common(connection, word))
    query = sa.select(CITIZEN_WORD.c.ref).where(begins(CITIZEN_WORD, first)).distinct()
    for word in others:
        other = CITIZEN_WORD.alias()
        query = query.where(sa.exists().where((other.c.ref == CITIZEN_WORD.c.ref) & begins(other, word)))
    return query


def begins(table: sa.FromClause, word: str) -> sa.ColumnElement[bool]:
    """The word in the row begins so."""
    return (table.c.word >= word) & (table.c.word < word + LAST_CHARACTER)


def common(connection: sa.Connection, word: str) -> int:
    """How many rows begin so, counted no further than is worth it."""
    few = sa.select(sa.literal(1)).select_from(CITIZEN_WORD).where(begins(CITIZEN_WORD, word)).limit(COUNTED)
    return int(connection.execute(sa.select(sa.func.count()).select_from(few.subquery())).scalar_one())


def index_changed(connection: sa.Connection, now: str) -> None:
    """Write the words anew of the incoming citizens who were changed at this moment."""
    rows = connection.execute(sa.text(f"SELECT k.ref, k.name, k.cpr {CHANGED}"), {"now": now})
    changed = [(row.ref, row.name, row.cpr) for row in rows]
    if not changed:
        return
    connection.execute(sa.text(STALE), {"now": now})
    fill(connection, "citizen_word", 2, rows_of(changed))


def rows_of(citizens: Sequence[NameAndNumber]) -> Iterator[tuple[str, str]]:
    """Word and reference of each citizen, in order, so that the index grows from left to right."""
    yield from sorted((word, ref) for ref, name, cpr in citizens for word in words_of(name, cpr))


def forget_words(connection: sa.Connection, refs: Sequence[str]) -> None:
    """Forget the words of citizens who are to be deleted."""
    connection.execute(CITIZEN_WORD.delete().where(CITIZEN_WORD.c.ref.in_(list(refs))))


def index_all(connection: sa.Connection) -> None:
    """Write the words of every citizen on record, for whom none are yet."""
    citizens = connection.execute(sa.select(CITIZEN.c.ref, CITIZEN.c.name, CITIZEN.c.cpr))
    known = [(row.ref, row.name, row.cpr) for row in citizens]
    rows = [{"word": word, "ref": ref} for word, ref in rows_of(known)]
    if rows:
        connection.execute(CITIZEN_WORD.insert(), rows)

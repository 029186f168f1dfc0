"""Keeps what somebody types into a form until it is sent; what was typed in another window is never lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from config.errors import InputError, RefusedError
from models.audit import canonical
from models.database import unit_of
from models.tables import TEXT_DRAFT

LONGEST = 500_000


@dataclass(frozen=True)
class TextDraft:
    """What one person has typed into one form of a case; `row_version` counts how often it was kept."""

    user_id: int
    case_type: str
    case_id: str
    form: str
    content: Mapping[str, str]
    saved_at: str
    row_version: int


class SavedElsewhereError(RefusedError):
    """The same person has kept another text of the same form meanwhile; `draft` is that one."""

    def __init__(self, draft: TextDraft) -> None:
        self.draft = draft
        super().__init__("you have written in another window meanwhile; choose which text to keep")


def text_of(connection: sa.Connection, user_id: int, case_type: str, case_id: str, form: str) -> TextDraft | None:
    """What was typed and kept, None where nothing was."""
    row = connection.execute(sa.select(TEXT_DRAFT).where(named(user_id, case_type, case_id, form))).first()
    return None if row is None else TextDraft(**{**row._mapping, "content": json.loads(row.content)})


def texts_of(connection: sa.Connection, user_id: int, case_type: str, case_id: str) -> dict[str, TextDraft]:
    """Everything that a person has typed into the forms of a case, by form."""
    of_case = (TEXT_DRAFT.c.case_type == case_type) & (TEXT_DRAFT.c.case_id == case_id)
    query = sa.select(TEXT_DRAFT).where((TEXT_DRAFT.c.user_id == user_id) & of_case)
    found = (
        TextDraft(**{**row._mapping, "content": json.loads(row.content)}) for row in connection.execute(query)
    )
    return {one.form: one for one in found}


def keep_text(
    connection: sa.Connection,
    *,
    user_id: int,
    case_type: str,
    case_id: str,
    form: str,
    content: Mapping[str, str],
    over: int = 0,
) -> TextDraft:
    """Keep what was typed, by field; `over` is the version that the page was made from, 0 where there was none.

    Raises:
        SavedElsewhereError: another text has been kept since.
        InputError: it is far too long.
        RefusedError: no such case is on record.
    """
    text = canonical(dict(content))
    if len(text) > LONGEST:
        raise InputError(f"a text of more than {LONGEST} characters cannot be kept; shorten it")
    stored = text_of(connection, user_id, case_type, case_id, form)
    if stored is not None and stored.row_version != over:
        raise SavedElsewhereError(stored)
    kept = {"content": text, "saved_at": unit_of(connection).now, "row_version": over + 1}
    which = named(user_id, case_type, case_id, form)
    if stored is None:
        key = {"user_id": user_id, "case_type": case_type, "case_id": case_id, "form": form}
        connection.execute(TEXT_DRAFT.insert().values(**key, **kept))
    else:
        connection.execute(TEXT_DRAFT.update().where(which).values(**kept))
    return TextDraft(user_id, case_type, case_id, form, dict(content), str(kept["saved_at"]), over + 1)


def forget_text(
    connection: sa.Connection, user_id: int, case_type: str, case_id: str, form: str, *, version: int | None = None
) -> None:
    """Forget what was typed, because it was sent or thrown away; another version than the one named stays."""
    which = named(user_id, case_type, case_id, form)
    if version is not None:
        which &= TEXT_DRAFT.c.row_version == version
    connection.execute(TEXT_DRAFT.delete().where(which))


def named(user_id: int, case_type: str, case_id: str, form: str) -> sa.ColumnElement[bool]:
    """One form's row."""
    of_case = (TEXT_DRAFT.c.case_type == case_type) & (TEXT_DRAFT.c.case_id == case_id)
    return (TEXT_DRAFT.c.user_id == user_id) & of_case & (TEXT_DRAFT.c.form == form)

"""Reads from the versions of a case's facts what people have corrected, and where a later file said otherwise."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from models.tables import CASE_FACTS, SIGN_IN, USER_ACCOUNT

CORRECTION = "correction"
KEPT = "correction_kept"
BLIND = "blind"


@dataclass(frozen=True)
class Correction:
    """One fact set right by a person, or kept so against a file.

    Attributes:
        old: the typed value before; where `is_kept`, what the file said. None where it was missing.
        is_blind: the machine's part was withheld from whoever corrected it.
        by: full name of whoever corrected it; None where it was kept.
    """

    version: int
    field: str
    old: Any
    new: Any
    at: str
    reason: str
    is_kept: bool = False
    is_blind: bool = False
    sign_in_id: int | None = None
    by: str | None = None


def origin_of(sign_in_id: int, *, is_blind: bool) -> str:
    """The origin of a corrected version.

    Example:
        >>> origin_of(17, is_blind=False), origin_of(17, is_blind=True)
        ('correction:17', 'correction:17:blind')
    """
    return f"{CORRECTION}:{sign_in_id}" + (f":{BLIND}" if is_blind else "")


def is_by_a_person(origin: str) -> bool:
    """Whether a version is a person's correction."""
    return origin.startswith(f"{CORRECTION}:")


def is_as_told(origin: str) -> bool:
    """Whether a version is what a file or register said, and no correction of it."""
    return not is_by_a_person(origin) and origin != KEPT


def corrections_in(history: Sequence[Mapping[str, Any]], names: Mapping[int, str]) -> tuple[Correction, ...]:
    """The corrections among the versions of one case's facts (`facts_history`), first one first.

    `names` is sign-in -> full name.
    """
    found: list[Correction] = []
    for before, row in pairwise(history):
        if is_as_told(row["origin"]):
            continue
        _, _, rest = row["origin"].partition(":")
        number, _, blind = rest.partition(":")
        sign_in_id = int(number) if number else None
        old, new = json.loads(before["facts"]), json.loads(row["facts"])
        found += [
            Correction(
                version=row["version"],
                field=field,
                old=old.get(field),
                new=new.get(field),
                at=row["recorded_at"],
                reason=row["reason"] or "",
                is_kept=row["origin"] == KEPT,
                is_blind=blind == BLIND,
                sign_in_id=sign_in_id,
                by=None if sign_in_id is None else names.get(sign_in_id),
            )
            for field in [*old, *(name for name in new if name not in old)]
            if old.get(field) != new.get(field)
        ]
    return tuple(found)


def named_corrections(connection: sa.Connection, history: Sequence[Mapping[str, Any]]) -> tuple[Correction, ...]:
    """The same, with the names of whoever corrected."""
    found = corrections_in(history, {})
    signed = {one.sign_in_id for one in found if one.sign_in_id is not None}
    if not signed:
        return found
    who = sa.select(SIGN_IN.c.id, USER_ACCOUNT.c.full_name).join(
        USER_ACCOUNT, USER_ACCOUNT.c.id == SIGN_IN.c.user_id
    )
    rows = connection.execute(who.where(SIGN_IN.c.id.in_(sorted(signed))))
    return corrections_in(history, {row.id: row.full_name for row in rows})


def standing(corrections: Sequence[Correction]) -> dict[str, Any]:
    """Each corrected field with the value that a person set last; None where they found that it is not known."""
    return {one.field: one.new for one in corrections if not one.is_kept}


def with_values(facts: str, values: Mapping[str, Any]) -> str:
    """Stored facts with some of them replaced; None takes a value away.

    Example:
        >>> with_values('{"income":100.5,"channel":"post"}', {"channel": None, "single": True})
        '{"income":100.5,"single":true}'
    """
    known = {name: value for name, value in {**json.loads(facts), **values}.items() if value is not None}
    return json.dumps(known, ensure_ascii=False, separators=(",", ":"))


def corrected_blind(connection: sa.Connection, case_type: str, case_ids: Sequence[str]) -> frozenset[str]:
    """Which of these cases were corrected by somebody from whom the machine's part was withheld."""
    if not case_ids:
        return frozenset()
    query = sa.select(CASE_FACTS.c.case_id).where(
        (CASE_FACTS.c.case_type == case_type)
        & CASE_FACTS.c.case_id.in_(list(case_ids))
        & CASE_FACTS.c.origin.like(f"{CORRECTION}:%:{BLIND}")
    )
    return frozenset(connection.execute(query).scalars())

"""Finds a team's cases by what somebody wrote into the one search field: a case number, a CPR number or a name.

Each is read from an index, so that it takes as long with a million citizens as with ten.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from stdnum.dk import cpr as cpr_numbers

from models.citizen_words import folded, refs_found
from models.tables import CASE_FILE, CITIZEN
from ui.caseworker.queue_query import FOUND_COLUMNS, MOST_FOUND, FoundCase, cases_by_number

MOST_LOOKED_AT = 400
LONGEST = 200
CPR_NUMBER = re.compile(r"(\d{6})[- ]?(\d{4})", re.ASCII)


@dataclass(frozen=True)
class Sought:
    """What was written: the text itself, the CPR number it may be, and the beginnings of names that it may be."""

    text: str
    cpr: str | None
    names: tuple[str, ...]

    @property
    def doubt(self) -> bool:
        """Whether a CPR number has no date or no check digit; it is sought all the same.

        Numbers given since 2007 need not pass modulus 11, so nothing is refused for it.
        """
        return self.cpr is not None and not (
            cpr_numbers.is_valid(self.cpr) and cpr_numbers.checksum(self.cpr) == 0
        )


@dataclass(frozen=True)
class Found:
    """The cases that were found, at most `MOST_FOUND`; `is_cut` says that there are more."""

    cases: Sequence[FoundCase] = ()
    is_cut: bool = False


def sought(text: str) -> Sought:
    """What a text may be.

    Example:
        >>> sought("140592-1236").cpr, sought("2026-04417").cpr
        ('1405921236', None)
        >>> sought("Kjærgård  met").names, sought("U-0").names
        (('kjærgaard', 'met'), ())
    """
    line = " ".join("".join(letter for letter in text[:LONGEST] if letter.isprintable()).split())
    number = CPR_NUMBER.fullmatch(line)
    names = () if any(letter.isdigit() for letter in line) else tuple(folded(line))
    return Sought(line, None if number is None else number[1] + number[2], names)


def cases_sought(connection: sa.Connection, team: str, case_types: Sequence[str], what: Sought) -> Found:
    """The team's cases, open or closed: by number first, then by citizen, the open ones before the closed."""
    found = {
        (case.case_type, case.case_id): case for case in cases_by_number(connection, team, case_types, what.text)
    }
    words = what.names if what.cpr is None else (what.cpr,)
    if words:
        found |= of_citizens(connection, team, case_types, words)
    cases = list(found.values())
    return Found(cases[:MOST_FOUND], len(cases) > MOST_FOUND)


def of_citizens(
    connection: sa.Connection, team: str, case_types: Sequence[str], words: Sequence[str]
) -> dict[tuple[str, str], FoundCase]:
    """The team's cases of the citizens who are found by these words, by type and number."""
    theirs = (CASE_FILE.c.citizen_ref == CITIZEN.c.ref) & (CASE_FILE.c.team == team)
    query = sa.select(*(CASE_FILE.c[name] for name in FOUND_COLUMNS), CITIZEN.c.name).select_from(
        CITIZEN.join(CASE_FILE, theirs & CASE_FILE.c.case_type.in_(case_types))
    )
    who = CITIZEN.c.ref.in_(refs_found(connection, words))
    rows = list(connection.execute(query.where(who).limit(MOST_LOOKED_AT)))
    rows.sort(key=lambda row: (row.status != "open", row.name or "", row.case_type, row.case_id))
    return {
        (row.case_type, row.case_id): FoundCase(**{name: row._mapping[name] for name in FOUND_COLUMNS})
        for row in rows
    }

"""The form in which the database is told what it refuses: a condition that must never hold, and its sentence.

Each refusal is a piece of SQL that both databases understand, true when the promise would be broken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from models.constraint_sentences import SENTENCES

Event = Literal["INSERT", "UPDATE", "DELETE", "TRUNCATE"]

CLOCK_SECONDS = 300
"""How far a moment may lie from the database's own clock; in a demo workspace, whose people are invented, any."""

DEMO = "EXISTS (SELECT 1 FROM workspace_fact f WHERE f.key = 'demo' AND f.value = 'yes')"
SECONDS_OFF = {
    "sqlite": "coalesce(abs(julianday({at}) - julianday('now')) * 86400.0, 1e9)",
    "postgresql": "coalesce(abs(extract(epoch FROM (({at})::timestamptz - clock_timestamp()))), 1e9)",
}
LAST_SUNDAY = {
    "sqlite": "date(substr({at}, 1, 4) || '-{month}-25', 'weekday 0')",
    "postgresql": "to_char(to_date(substr({at}, 1, 4) || '-{month}-31', 'YYYY-MM-DD') - extract(dow FROM"
    " to_date(substr({at}, 1, 4) || '-{month}-31', 'YYYY-MM-DD'))::integer, 'YYYY-MM-DD')",
}
"""SQL: the last Sunday of a month of 31 days, in the year of a moment."""
LATER = {
    "sqlite": "date(substr({at}, 1, 19), {hours})",
    "postgresql": "to_char((({at})::timestamptz AT TIME ZONE 'UTC') + ({hours})::interval, 'YYYY-MM-DD')",
}


@dataclass(frozen=True)
class Refusal:
    """One thing that never happens: `wrong` is SQL over NEW and OLD, `sentence` what the person is told."""

    wrong: str
    sentence: str


@dataclass(frozen=True)
class Guard:
    """Refusals of one event on one table.

    `columns` narrows an UPDATE; `only` names the database that needs it (None: both); `new_rows` is the refusal
    written for a whole statement at once, which PostgreSQL uses in place of one row at a time.
    """

    name: str
    table: str
    event: Event
    refusals: tuple[Refusal, ...]
    columns: tuple[str, ...] = ()
    only: Literal["sqlite", "postgresql"] | None = None
    new_rows: str | None = None


def malformed(at: str) -> str:
    """SQL: true where a stored time is not `YYYY-MM-DDTHH:MM:SS.ffffffZ`."""
    return f"(length({at}) <> 27 OR substr({at}, 11, 1) <> 'T' OR substr({at}, 27, 1) <> 'Z')"


def far_from_now(at: str) -> str:
    """SQL with a placeholder for the dialect: true where a moment is not now, save in a demo workspace."""
    return f"(NOT {DEMO} AND {{seconds_off:{at}}} > {CLOCK_SECONDS})"


def danish_day(at: str) -> str:
    """SQL with a placeholder for the dialect: the day of a moment in Denmark, as `until` is written."""
    return f"{{danish_day:{at}}}"


def danish_day_in(dialect: str, at: str) -> str:
    """The day of a moment in Denmark: an hour ahead of UTC, two from the last Sunday of March to that of October.

    Summer time begins and ends at 01:00 UTC; both databases reckon it alike, whatever their own time zones know.
    """
    begins, ends = (LAST_SUNDAY[dialect].format(at=at, month=month) for month in ("03", "10"))
    is_summer = f"{at} >= {begins} || 'T01' AND {at} < {ends} || 'T01'"
    return LATER[dialect].format(at=at, hours=f"CASE WHEN {is_summer} THEN '+2 hours' ELSE '+1 hours' END")


def never(table: str, what: str) -> list[Guard]:
    """Rows of this table are written once."""
    sentence = f"{what} is never changed"
    return [
        Guard(f"{table}_no_update", table, "UPDATE", (Refusal("1 = 1", sentence),)),
        Guard(f"{table}_no_delete", table, "DELETE", (Refusal("1 = 1", f"{what} is never deleted"),)),
    ]


def until_erased(table: str, what: str) -> Guard:
    """Rows of a case go only when an erasure of that case is on record."""
    ordered = "SELECT 1 FROM erasure e WHERE e.case_type = OLD.case_type AND e.case_id = OLD.case_id"
    sentence = f"{what} is deleted only when the case's erasure is on record"
    return Guard(f"{table}_no_delete", table, "DELETE", (Refusal(f"NOT EXISTS ({ordered})", sentence),))


def no_replace(table: str, *keys: tuple[str, ...]) -> Guard:
    """SQLite's INSERT OR REPLACE deletes without asking delete triggers unless a pragma is on: refuse it here."""
    refusals = []
    for key in keys:
        same = " AND ".join(f"t.{column} = NEW.{column}" for column in key)
        default = f"this {table} row is already on record and is never replaced"
        sentence = SENTENCES.get(f"uq_{table}_{'_'.join(key)}", default)
        refusals.append(Refusal(f"EXISTS (SELECT 1 FROM {table} t WHERE {same})", sentence))
    return Guard(f"{table}_no_replace", table, "INSERT", tuple(refusals), only="sqlite")


def no_truncate(table: str) -> Guard:
    """PostgreSQL's TRUNCATE passes row triggers: refuse it as a statement."""
    refusal = Refusal("1 = 1", f"the table {table} is never emptied")
    return Guard(f"{table}_no_truncate", table, "TRUNCATE", (refusal,), only="postgresql")

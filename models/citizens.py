"""Who the citizens are: put in by imports, read for letters, gone with the last of their cases.

A citizen is named by the municipality's own reference. Names, CPR numbers and addresses never reach a model, a
rule, the audit trail or a log.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from models import audit
from models.citizen_words import forget_words, index_changed
from models.database import serialise
from models.tables import CASE_FILE, CITIZEN
from models.waiting import fill, make_temporary

NAMES_AT_A_TIME = 500


@dataclass(frozen=True)
class Citizen:
    """One citizen. `town` is postcode and town, `9998 Egeby`."""

    ref: str
    name: str | None = None
    cpr: str | None = None
    street: str | None = None
    town: str | None = None
    phone: str | None = None
    protected_address: bool = False
    digital_post: bool = True


@dataclass(frozen=True)
class ToldOfCitizens:
    """What one source tells of n citizens, each named once.

    Attributes:
        refs: (n,) their references.
        told: column -> (n,) what is told; None empties a text, and leaves a yes or no as it stands on record.
            Columns that are not here stay as they are.
    """

    refs: Sequence[str]
    told: Mapping[str, Sequence[str | bool | None]]


TEXTS = ("name", "cpr", "street", "town", "phone")
USUALLY = {"protected_address": "false", "digital_post": "true"}
FIELDS = (*TEXTS, *USUALLY)
INCOMING = ", ".join(
    ["ref TEXT{c} PRIMARY KEY", *(f"{name} TEXT{{c}}" for name in TEXTS), *(f"{name} BOOLEAN" for name in USUALLY)]
)
HAS_A_CASE = "EXISTS (SELECT 1 FROM case_file c WHERE c.citizen_ref = i.ref)"


def put_citizens(connection: sa.Connection, citizens: Iterable[Citizen], *, actor: str = audit.SYSTEM) -> int:
    """Store citizens, the last of each reference; returns how many are new or changed."""
    last = list({citizen.ref: citizen for citizen in citizens}.values())
    told = {name: [getattr(citizen, name) for citizen in last] for name in FIELDS}
    changed = store_citizens(connection, ToldOfCitizens([citizen.ref for citizen in last], told))
    if changed:
        payload = {"citizens": changed}
        audit.append(connection, actor=actor, action="citizens.recorded", subject="citizens", payload=payload)
    return changed


def store_citizens(connection: sa.Connection, told: ToldOfCitizens, *, where: str = "1 = 1") -> int:
    """Store what is told, without an entry in the trail, for which the caller answers; returns how many changed.

    `where` narrows the citizens, who are called `i` in it, in SQL.
    """
    unit = serialise(connection)
    nothing: list[None] = [None] * len(told.refs)
    columns = [told.told.get(name, nothing) for name in FIELDS]
    make_temporary(connection, "incoming_citizen", INCOMING)
    fill(connection, "incoming_citizen", 1 + len(FIELDS), zip(told.refs, *columns, strict=True))
    statement = upsert([name for name in FIELDS if name in told.told], where)
    now = unit.now
    stored = connection.execute(sa.text(statement), {"now": now})
    index_changed(connection, now)
    connection.exec_driver_sql("DROP TABLE incoming_citizen")
    return stored.rowcount


def upsert(told: Sequence[str], where: str) -> str:
    """SQL: new citizens, and of those that are known the columns told, where one of them differs."""
    on_record = "(SELECT k.{name} FROM citizen k WHERE k.ref = i.ref)"
    given = [f"i.{name}" for name in TEXTS] + [
        f"coalesce(i.{name}, {on_record.format(name=name)}, {usually})" for name, usually in USUALLY.items()
    ]
    differs = " OR ".join(
        f"citizen.{name} <> excluded.{name}"
        if name in USUALLY
        else f"coalesce(citizen.{name}, '') <> coalesce(excluded.{name}, '')"
        for name in told
    )
    changes = ", ".join(f"{name} = excluded.{name}" for name in (*told, "recorded_at"))
    return (
        f"INSERT INTO citizen (ref, {', '.join(FIELDS)}, recorded_at) SELECT i.ref, {', '.join(given)}, :now"
        f" FROM incoming_citizen i WHERE {where} ORDER BY i.ref ON CONFLICT (ref) DO"
        + (f" UPDATE SET {changes} WHERE {differs}" if told else " NOTHING")
    )


def forget_citizens(connection: sa.Connection, refs: Collection[str]) -> None:
    """Delete those of the citizens named who have no case any more."""
    for ref in refs:
        has_a_case = sa.select(CASE_FILE.c.case_id).where(CASE_FILE.c.citizen_ref == ref).limit(1)
        if connection.execute(has_a_case).first() is None:
            forget_words(connection, [ref])
            connection.execute(CITIZEN.delete().where(CITIZEN.c.ref == ref))


def citizen_of(connection: sa.Connection, ref: str | None) -> Citizen | None:
    """The citizen of that reference, None where nothing is on record."""
    return None if ref is None else citizens_named(connection, [ref]).get(ref)


def citizens_named(connection: sa.Connection, refs: Collection[str]) -> dict[str, Citizen]:
    """Those of the citizens named who are on record, by reference."""
    names, columns = sorted(set(refs)), [CITIZEN.c[name] for name in ("ref", *FIELDS)]
    found: dict[str, Citizen] = {}
    for start in range(0, len(names), NAMES_AT_A_TIME):
        some = CITIZEN.c.ref.in_(names[start : start + NAMES_AT_A_TIME])
        found |= {row.ref: Citizen(**row._mapping) for row in connection.execute(sa.select(*columns).where(some))}
    return found

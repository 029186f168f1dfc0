"""Puts case types, rules and letters in force, one version after the other, and says what is in force."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from config.errors import RefusedError
from models import audit
from models.database import serialise
from models.published_outcomes import store_outcomes
from models.recording import record_row
from models.tables import PUBLISHED

Kind = Literal["case_type", "rules", "letters"]


@dataclass(frozen=True)
class PublishedText:
    """One published version, as stored."""

    id: int
    kind: str
    name: str
    version: int
    content: str
    sha256: str
    published_at: str
    proposed_by: str
    confirmed_by: str | None


FIELDS = tuple(PublishedText.__dataclass_fields__)


def publish(
    connection: sa.Connection,
    kind: Kind,
    name: str,
    content: str,
    *,
    proposed_by: str = audit.SYSTEM,
    confirmed_by: str | None = None,
    expected_version: int | None = None,
) -> PublishedText:
    """Publish a text as the next version; the text that is already in force is not published again.

    Raises:
        RefusedError: `expected_version` says which version was to follow, and somebody else was faster.
    """
    unit = serialise(connection)
    before = in_force(connection, kind, name)
    version = 1 if before is None else before.version + 1
    if before is not None and before.content == content:
        return before
    if expected_version is not None and expected_version != version:
        raise RefusedError(
            f"{kind} {name}: version {version - 1} was published meanwhile; look at what changed and propose again"
        )
    digest = hashlib.sha256(content.encode()).hexdigest()
    row, _ = record_row(
        connection,
        PUBLISHED,
        {
            "kind": kind,
            "name": name,
            "version": version,
            "content": content,
            "sha256": digest,
            "published_at": unit.now,
            "proposed_by": proposed_by,
            "confirmed_by": confirmed_by,
        },
        actor=confirmed_by or proposed_by,
        action=f"{kind}.published",
        subject=f"{kind}:{name}",
        payload={"version": version, "sha256": digest, "proposed_by": proposed_by},
    )
    if kind == "case_type":
        store_outcomes(connection, name, version, content)
    return as_published(row)


def in_force(connection: sa.Connection, kind: Kind, name: str) -> PublishedText | None:
    """The highest version, None where nothing was published."""
    versions = history(connection, kind, name, limit=1)
    return versions[0] if versions else None


def history(connection: sa.Connection, kind: Kind, name: str, limit: int | None = None) -> list[PublishedText]:
    """Every version, newest first."""
    mine = (PUBLISHED.c.kind == kind) & (PUBLISHED.c.name == name)
    query = sa.select(PUBLISHED).where(mine).order_by(PUBLISHED.c.version.desc()).limit(limit)
    return [as_published(dict(row._mapping)) for row in connection.execute(query)]


def all_in_force(connection: sa.Connection, kind: Kind) -> list[PublishedText]:
    """The highest version of each name of one kind, by name."""
    newest = (
        sa.select(PUBLISHED.c.name, sa.func.max(PUBLISHED.c.version).label("version"))
        .where(PUBLISHED.c.kind == kind)
        .group_by(PUBLISHED.c.name)
        .subquery()
    )
    same = (PUBLISHED.c.name == newest.c.name) & (PUBLISHED.c.version == newest.c.version)
    query = sa.select(PUBLISHED).join(newest, same).where(PUBLISHED.c.kind == kind).order_by(PUBLISHED.c.name)
    return [as_published(dict(row._mapping)) for row in connection.execute(query)]


def version_of(connection: sa.Connection, kind: Kind, name: str, version: int) -> PublishedText | None:
    """One version, None where there is none."""
    mine = (PUBLISHED.c.kind == kind) & (PUBLISHED.c.name == name) & (PUBLISHED.c.version == version)
    row = connection.execute(sa.select(PUBLISHED).where(mine)).first()
    return None if row is None else as_published(dict(row._mapping))


def version_at(connection: sa.Connection, kind: Kind, name: str, moment: str) -> PublishedText | None:
    """The version that was in force at a moment (stored text), None where there was none yet."""
    then = (PUBLISHED.c.kind == kind) & (PUBLISHED.c.name == name) & (PUBLISHED.c.published_at <= moment)
    row = connection.execute(
        sa.select(PUBLISHED).where(then).order_by(PUBLISHED.c.version.desc()).limit(1)
    ).first()
    return None if row is None else as_published(dict(row._mapping))


def as_published(row: dict[str, Any]) -> PublishedText:
    """A stored row as a value."""
    return PublishedText(**{name: row[name] for name in FIELDS})

"""Reads published case types; the same text is parsed once."""

from __future__ import annotations

import functools

import sqlalchemy as sa

from config.case_type import CaseType, read_case_type
from models.publication import PublishedText, in_force


def case_type_of(published: PublishedText) -> CaseType:
    """A published case type, read."""
    return _read(published.content, published.name, f"{published.name}.yaml (version {published.version})")


def case_type_in_force(connection: sa.Connection, name: str) -> CaseType | None:
    """The case type of that name as it stands now; None where none was ever published."""
    published = in_force(connection, "case_type", name)
    return None if published is None else case_type_of(published)


@functools.lru_cache(maxsize=64)  # a published text never changes, and is read again at every opening
def _read(content: str, name: str, place: str) -> CaseType:
    return read_case_type(content, name=name, file=place)

"""Frozen dataclasses as plain dictionaries and back, so that a stored model names fields, not Python objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

from config.errors import InputError

KIND = "(record)"


def to_plain(value: Any, records: Iterable[type]) -> Any:
    """The value with each dataclass among `records` as {"(record)": its name, field: value, ...}, at any depth.

    A field that `__init__` does not take is derived from the others and left out.

    Raises:
        TypeError: a dataclass that is not among `records`: name it there on purpose.
    """
    allowed = tuple(records)
    if is_dataclass(value) and not isinstance(value, type):
        if type(value) not in allowed:
            raise TypeError(f"{type(value).__name__} is not among the records of the model file")
        stored = {one.name: to_plain(getattr(value, one.name), allowed) for one in fields(value) if one.init}
        return {KIND: type(value).__name__, **stored}
    if isinstance(value, Mapping):
        return {key: to_plain(inner, allowed) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(to_plain(inner, allowed) for inner in value)
    return value


def from_plain(value: Any, records: Iterable[type]) -> Any:
    """The inverse of `to_plain`.

    Raises:
        InputError: a record or a field that this version of Stafet does not know, or one that it misses.
    """
    by_name = {record.__name__: record for record in records}
    return _restored(value, by_name)


def _restored(value: Any, by_name: Mapping[str, type]) -> Any:
    if isinstance(value, dict):
        inner = {key: _restored(one, by_name) for key, one in value.items()}
        return _record(inner, by_name) if KIND in inner else inner
    if isinstance(value, (list, tuple)):
        return type(value)(_restored(one, by_name) for one in value)
    return value


def _record(stored: dict[str, Any], by_name: Mapping[str, type]) -> Any:
    name = stored.pop(KIND)
    record: Any = by_name.get(name)
    if record is None:
        raise InputError(f"the model file holds {name!r}, which this version does not know; train again")
    known = {one.name: one for one in fields(record) if one.init}
    needed = {n for n, one in known.items() if one.default is MISSING and one.default_factory is MISSING}
    wrong = sorted(set(stored) - set(known)) + sorted(needed - set(stored))
    if wrong:
        raise InputError(f"{name} in the model file and in this version differ in {', '.join(wrong)}; train again")
    return record(**stored)

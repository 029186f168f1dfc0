"""The JSON Schema of conditions, with which an editor completes field names, operators and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from config.columns import Kind
from config.condition_checks import OPERATORS_FOR, Known
from config.conditions import COMBINERS

Schema = dict[str, Any]
_SCALARS: Mapping[Kind, Schema] = {
    "number": {"type": "number"},
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "category": {"type": ["string", "number", "boolean"]},
    "text": {"type": ["string", "number", "boolean"]},
}


def condition_schema(fields: Mapping[str, Sequence[Known]], *, name: str) -> Schema:
    """The schema of a condition over `fields`, to stand as `#/$defs/<name>`."""
    inner = {"type": "array", "minItems": 1, "items": {"$ref": f"#/$defs/{name}"}}
    properties = {field: _comparison(known) for field, known in sorted(fields.items())}
    return {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": {**properties, **{word: inner for word in COMBINERS if word not in properties}},
    }


def value_schema(known: Sequence[Known]) -> Schema:
    """The schema of one value of a field, null for a missing one."""
    return {"anyOf": [*(_scalar(one) for one in known), {"type": "null"}]}


def _comparison(known: Sequence[Known]) -> Schema:
    options = [
        {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": False,
            "properties": {operator: _operand(operator, one) for operator in OPERATORS_FOR[one.kind]},
        }
        for one in known
    ]
    return options[0] if len(options) == 1 else {"anyOf": options}


def _operand(operator: str, known: Known) -> Schema:
    match operator:
        case "is_missing" | "is_true":
            return {"type": "boolean"}
        case "within":
            return {"type": "string", "pattern": "^[0-9]{1,4} ?d$", "examples": ["30d"]}
        case "in":
            return {"type": "array", "minItems": 1, "items": _scalar(known)}
        case "between":
            return {"type": "array", "minItems": 2, "maxItems": 2, "items": _scalar(known)}
        case _:
            return _scalar(known)


def _scalar(known: Known) -> Schema:
    return {"enum": list(known.levels)} if known.levels is not None else dict(_SCALARS[known.kind])

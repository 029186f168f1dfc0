"""Writes a case type as a file that a domain expert reads and edits: words above each block, nothing hidden."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from config.amounts import Amount, Table
from config.bilingual import Bilingual
from config.calculation import CalculationLine, Choice
from config.case_type import CaseType
from config.case_type_comments import HEADS, LEFT_OUT
from config.duration import Duration
from config.fields import Field
from config.outcomes import Appeal, Outcome
from config.yaml_words import in_quotes

_COMMENT_WIDTH = 110
_PLAIN = re.compile(r"[A-Za-zÆØÅæøå§][\w .§/%()+-]*", re.UNICODE)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_ALWAYS = frozenset(
    {"name", "legal_basis", "status", "model_basis", "weight", "kle", "log", "fields", "outcomes", "appeal"}
    | {"deadlines", "retention"}
)


def render_case_type(
    case_type: CaseType, *, left_out: Mapping[str, str] | None = None, notes: Mapping[str, str] | None = None
) -> str:
    """The file's text; `read_case_type` of it gives the same case type again.

    `left_out` maps a column of the log to why it is not a field. `notes` are sentences that stand as comments
    above what they are about: a field's name, a top-level key such as `complexity`, or `""` for the file's top.
    """
    notes = notes or {}
    lines = [*_comment(notes.get("", ""))]
    for key, value in _content(case_type).items():
        lines += ["", *_both(HEADS[key]), *_comment(notes.get(key, "") if key != "fields" else "")]
        if key == "fields" and value:
            lines += ["fields:"]
            for name, field in value.items():
                lines += [*_comment(notes.get(name, ""), "  "), *_block(name, field, "  ")]
            lines += _left_out(left_out or {})
        else:
            lines += _block(key, value, "")
            lines += _left_out(left_out or {}) if key == "fields" else []
    return "\n".join(lines).lstrip("\n") + "\n"


def _content(case_type: CaseType) -> dict[str, Any]:
    """The file's keys in their order, in plain values; what is empty and not asked for is left out."""
    content: dict[str, Any] = {
        key: _plain(getattr(case_type, key))
        for key in HEADS
        if key not in ("fields", "amounts", "tables", "outcomes")
    }
    content["fields"] = {name: _field(field) for name, field in case_type.fields.items()}
    content["amounts"] = {name: _short(amount) for name, amount in case_type.amounts.items()}
    content["tables"] = {name: _short(table) for name, table in case_type.tables.items()}
    content["outcomes"] = {name: _short(outcome) for name, outcome in case_type.outcomes.items()}
    always = _ALWAYS if case_type.complexity is None else _ALWAYS | {"complexity"}
    return {key: content[key] for key in HEADS if key in always or content[key]}


def _field(field: Field) -> dict[str, Any]:
    """Every key of a field, so that a reader sees what can be said; `values` and `unit` where they apply."""
    plain: dict[str, Any] = {key: _plain(getattr(field, key)) for key in Field.model_fields}
    if field.values is None:
        del plain["values"]
    if not field.value_labels:
        del plain["value_labels"]
    if field.source is not None and field.source.da == field.source.en:
        plain["source"] = field.source.da
    if field.unit is None and field.type not in ("number", "integer"):
        del plain["unit"]
    return plain


def _short(model: Amount | Table | Outcome) -> dict[str, Any]:
    """A model's keys without those that only repeat a default."""
    plain = {key: getattr(model, key) for key in type(model).model_fields}
    defaults = {key: info.default for key, info in type(model).model_fields.items()}
    return {key: _plain(value) for key, value in plain.items() if value != defaults[key]}


def _plain(value: Any) -> Any:
    """A value in what YAML knows: models become mappings without empty keys; conditions are written out."""
    match value:
        case Bilingual() | CalculationLine() | Choice() | Appeal():
            return {
                k: _plain(getattr(value, k)) for k in type(value).model_fields if getattr(value, k) is not None
            }
        case Duration():
            return str(value)
        case dict():
            return {str(key): _plain(one) for key, one in value.items()}
        case tuple() | list():
            return [_plain(one) for one in value]
        case None | bool() | int() | float() | Decimal() | str() | date():
            return value
        case _:
            return _of_model(value)


def _of_model(value: Any) -> Any:
    if hasattr(value, "as_mapping"):
        return _plain(value.as_mapping())
    if hasattr(value, "measure"):
        return {value.measure: {value.operator: value.value}}
    keys = type(value).model_fields
    keeps_null = type(value).__name__ in ("LogColumns", "Deadlines", "Retention")
    return {k: _plain(getattr(value, k)) for k in keys if keeps_null or getattr(value, k) is not None}


def _block(key: str, value: Any, indent: str) -> list[str]:
    """`key: value` on one line where it fits, else in block style."""
    flow = f"{indent}{_scalar(key, is_key=True)}: {_flow(value)}"
    if len(flow) <= _COMMENT_WIDTH and not (isinstance(value, dict) and len(value) > 6):
        return [flow]
    if isinstance(value, dict) and value:
        return [
            f"{indent}{_scalar(key, is_key=True)}:",
            *(line for k, v in value.items() for line in _block(k, v, indent + "  ")),
        ]
    if isinstance(value, list) and value and not all(isinstance(one, str) for one in value):
        return [f"{indent}{_scalar(key, is_key=True)}:", *(f"{indent}  - {_flow(one)}" for one in value)]
    return [flow]


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key, is_key=True)}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(one) for one in value) + "]"
    return _scalar(value)


def _scalar(value: Any, *, is_key: bool = False) -> str:
    """One value such that it is read as the same: text in quotes where YAML could take it for something else."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | Decimal):
        return _number(Decimal(repr(value)) if isinstance(value, float) else value)
    if isinstance(value, int | date):
        return str(value)
    text = str(value)
    if is_key and _DATE.fullmatch(text):
        return text
    is_plain = _PLAIN.fullmatch(text) and text == text.rstrip() and text not in ("null", "true", "false")
    return text if is_plain else in_quotes(text)


def _number(value: Decimal) -> str:
    text = format(value.normalize(), "f")
    fraction = text.partition(".")[2]
    return f"{text}0" if len(fraction) % 3 == 0 and fraction else text


def _left_out(left_out: Mapping[str, str]) -> list[str]:
    if not left_out:
        return []
    lines = ["", *_both(LEFT_OUT, "  ")]
    for column, why in left_out.items():
        lines += _comment(f"- {_scalar(column)}: {why}", "  ")
    return lines


def _both(sentences: tuple[str, str], indent: str = "") -> list[str]:
    """Danish and English, each beginning on a line of its own."""
    return [line for sentence in sentences for line in _comment(sentence, indent)]


def _comment(text: str, indent: str = "") -> list[str]:
    """`text` as comment lines; nothing of it can end the comment, and no control character reaches the file."""
    words = "".join(c if c.isprintable() else " " for c in text).split()
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + len(word) < _COMMENT_WIDTH:
            lines[-1] += f" {word}"
        else:
            lines.append(f"{indent}# {word}")
    return lines

"""Writes a case type as a file that a domain expert reads and edits: words above each block, nothing hidden."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from config.amounts import Amount, Table
from config.bilingual import Bilingual
from config.calculation import CalculationLine
from config.case_type import CaseType
from config.duration import Duration
from config.fields import Field
from config.outcomes import Appeal, Outcome, Untested

_COMMENT_WIDTH = 110
_PLAIN = re.compile(r"[A-Za-zÆØÅæøå§][\w .§/%()+-]*", re.UNICODE)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

HEADS: Mapping[str, tuple[str, str]] = {
    "name": ("Hvad sagstypen hedder.", "What the case type is called."),
    "legal_basis": (
        "Loven bag sagstypen. null: mangler, og skal skrives før drift.",
        "The law behind the case type. null: missing, to be written before it goes live.",
    ),
    "status": (
        "trial: lær, mål og øv; intet når borgeren. Drift (live) sættes af en dataansvarlig med `stafet live`.",
        "trial: learn, measure and practise; nothing reaches a citizen. A steward sets live, with `stafet live`.",
    ),
    "model_basis": (
        "Hjemlen til at lade en model vurdere disse sager. null: mangler, og skal skrives før drift.",
        "The law for letting a model assess these cases. null: missing, to be written before it goes live.",
    ),
    "weight": (
        "light: maskinen må støtte. heavy: ingen vurdering og intet udkast fra maskinen, fuld støtte til personen.",
        "light: the machine may support. heavy: no score and no draft from it, full support to the person.",
    ),
    "kle": ("KLE-emnet, hvis I bruger det.", "The KLE topic, if you use it."),
    "log": ("Kolonnerne i jeres log.", "The columns of your log."),
    "fields": (
        "Oplysningerne. `source` (hvor den kommer fra) og `basis` (hvorfor kommunen må have den) skal skrives før drift; "
        "`protected: true` holder den helt ude af modellen og reglerne; `can_change` må nævnes som det, der kunne være "
        "anderledes.",
        "The facts. `source` (where it comes from) and `basis` (why the municipality may hold it) are to be written "
        "before going live; `protected: true` keeps it out of the model and the routes; `can_change` may be named as "
        "what could have been different.",
    ),
    "complexity": (
        "Hvad afdelingen kalder en krævende sag, inden for så mange dage fra ankomsten.",
        "What the department calls a complex case, within so many days of arrival.",
    ),
    "amounts": (
        "Daterede beløb; `example: true` skal bekræftes.",
        "Dated amounts; `example: true` is to be confirmed.",
    ),
    "tables": ("Trappeskalaer.", "Stepped scales."),
    "calculation": ("Beregningen, linje for linje.", "The calculation, line by line."),
    "criteria": (
        "Det objektive: den første linje, der sikkert passer, afgør. Hver linje har sin lov.",
        "The objective part: the first line that surely holds decides. Each line has its law.",
    ),
    "outcomes": ("Hvad en sag kan ende med.", "What a case can end with."),
    "untested_by_machine": (
        "Hvad loven overlader til et skøn; er noget af det åbent, afgør kriterierne ikke sagen.",
        "What the law leaves to judgment; with any of it open, the criteria do not decide.",
    ),
    "appeal": ("Hvordan der klages. null: mangler.", "How a decision is appealed. null: missing."),
    "deadlines": ("Frister.", "Deadlines."),
    "retention": ("Hvor længe sagen gemmes. null: mangler.", "How long a case is kept. null: missing."),
    "checklist": ("Tjekliste for den, der behandler sagen.", "Checklist for the person who handles the case."),
    "tests": ("Prøver på grænserne, kørt af `stafet check`.", "Boundary cases, run by `stafet check`."),
}
_LEFT_OUT = (
    "Udeladt, for at modellen ikke lærer af det. Vil I alligevel bruge en kolonne, så skriv den under `fields`.",
    "Left out, so that the model does not learn from it. To use a column after all, write it under `fields`:",
)


def render_case_type(
    case_type: CaseType, *, left_out: Mapping[str, str] | None = None, notes: Mapping[str, str] | None = None
) -> str:
    """The file's text; `read_case_type` of it gives the same case type again.

    `left_out` maps a column of the log to why it is not a field. `notes` are sentences that stand as comments above
    what they are about: a field's name, a top-level key such as `complexity`, or `""` for the top of the file.
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
    always = {"name", "legal_basis", "status", "model_basis", "weight", "kle", "log", "fields", "outcomes", "appeal",
              "deadlines", "retention"}  # fmt: skip
    if case_type.complexity is not None:
        always.add("complexity")
    return {key: content[key] for key in HEADS if key in always or content[key]}


def _field(field: Field) -> dict[str, Any]:
    """Every key of a field, so that a reader sees what can be said; `values` and `unit` only where they say something."""
    plain: dict[str, Any] = {key: _plain(getattr(field, key)) for key in Field.model_fields}
    if field.values is None:
        del plain["values"]
    if field.unit is None and field.type not in ("number", "integer"):
        del plain["unit"]
    return plain


def _short(model: Amount | Table | Outcome) -> dict[str, Any]:
    """A model's keys without those that only repeat a default."""
    plain = {key: getattr(model, key) for key in type(model).model_fields}
    defaults = {key: info.default for key, info in type(model).model_fields.items()}
    return {key: _plain(value) for key, value in plain.items() if value != defaults[key]}


def _plain(value: Any) -> Any:
    """A value in what YAML knows: models become mappings, their empty keys left out; conditions are written out."""
    match value:
        case Bilingual() | CalculationLine() | Appeal() | Untested():
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
    """One value such that it is read as the same: text in quotes wherever YAML could take it for something else."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | Decimal):
        return _number(Decimal(repr(value)) if isinstance(value, float) else value)
    if isinstance(value, int | date):
        return str(value)
    if _DATE.fullmatch(value) and is_key:
        return value
    is_plain = _PLAIN.fullmatch(value) and value == value.rstrip() and value not in ("null", "true", "false")
    return value if is_plain else _quoted(value)


def _number(value: Decimal) -> str:
    text = format(value.normalize(), "f")
    fraction = text.partition(".")[2]
    return f"{text}0" if len(fraction) % 3 == 0 and fraction else text


def _quoted(text: str) -> str:
    """In double quotes, as JSON writes it: every such string is YAML, what cannot be shown is escaped."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() or c == " " else _escaped(c) for c in quoted)


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _left_out(left_out: Mapping[str, str]) -> list[str]:
    if not left_out:
        return []
    lines = ["", *_both(_LEFT_OUT, "  ")]
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

"""What a case type's own conditions may ask about, and what may stand for a value in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from config.columns import Kind
from config.condition_checks import Known, Problem, problems_of
from config.conditions import Condition

if TYPE_CHECKING:
    from config.case_type import CaseType

SUPPLIED = {"received_on": Known("date"), "citizen_age": Known("number", protected=True)}


def known_fields(case_type: CaseType) -> dict[str, list[Known]]:
    """What a case type's own conditions may ask about: its fields, its calculation's lines, day and age."""
    known = {name: [one] for name, one in SUPPLIED.items()}
    known |= {line.name: [Known("number")] for line in case_type.calculation}
    return known | {
        name: [Known(field.type, field.values, field.protected)] for name, field in case_type.fields.items()
    }


def known_references(case_type: CaseType) -> dict[str, Kind]:
    """Names that may stand for a value in criteria: amounts, lines, and fields that are numbers or dates."""
    references: dict[str, Kind] = dict.fromkeys(case_type.amounts, "number")
    references |= {line.name: "number" for line in case_type.calculation}
    return references | comparable_fields(case_type)


def comparable_fields(case_type: CaseType) -> dict[str, Kind]:
    """Fields that a number or a day can be compared with."""
    return {
        name: field.type for name, field in case_type.fields.items() if field.type in ("number", "integer", "date")
    }


def condition_problems(
    condition: Condition,
    path: tuple[str | int, ...],
    fields: Mapping[str, list[Known]],
    references: Mapping[str, Kind],
) -> Iterator[Problem]:
    """What is wrong in one condition that stands at `path`."""
    found = problems_of(condition, fields, references=references)
    for below, sentence in found:
        yield (*path, *below), sentence.replace("no case type declares", "no field or line is called")
    for leaf in condition.leaves():
        if leaf.operator == "within":
            yield (
                (*path, *leaf.path),
                "'within' depends on the day it is asked; compare with a date or an amount's day",
            )

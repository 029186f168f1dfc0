"""Which facts and which lines of the calculation weighed in a decision: a letter tells those and no others."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from config.case_type import CaseType
from config.columns import CODED, Frame

NEVER_WEIGHS = frozenset({"channel"})


@dataclass(frozen=True)
class Weighed:
    """Names of the lines that are shown and of the facts that weighed, in the order of the case type's file."""

    lines: tuple[str, ...]
    facts: tuple[str, ...]


def weighed(case_type: CaseType, outcome: str, criterion: int | None, facts: Frame) -> Weighed:
    """What weighed in one case (the first row of `facts`).

    Where a criterion decided (its number), that is what it asks about, what the outcome's letter names, what these
    are calculated from, and the facts that let the criteria before it pass the case on. Where a person's judgment
    did, it is everything that the criteria ask about; in a type without criteria every known fact but free text.
    """
    asked = _asked(case_type, outcome, criterion)
    lines = _with_origins(case_type, asked)
    used = asked | {name for line in case_type.calculation if line.name in lines for name in line.names}
    used |= {name for line in case_type.calculation if line.name in lines for name in line.asked}
    if not case_type.criteria:
        used |= {name for name, field in case_type.fields.items() if field.type != "text"}
    known = [name for name in case_type.fields if name in used - NEVER_WEIGHS and _is_known(facts, name)]
    return Weighed(tuple(line.name for line in case_type.calculation if line.name in lines), tuple(known))


def _asked(case_type: CaseType, outcome: str, criterion: int | None) -> set[str]:
    """Names of facts and lines that the decision was about."""
    declared = case_type.outcomes.get(outcome)
    named: set[str] = set()
    if declared is not None and declared.letter is not None:
        named |= declared.letter.title.asks_for("da") | declared.letter.result.asks_for("da")
    if criterion is not None:
        passed = {name for line in case_type.criteria[:criterion] for name in line.when.fields}
        return named | case_type.criteria[criterion].when.fields | (passed & set(case_type.fields))
    conditions = [line.when for line in case_type.criteria]
    conditions += [one.when for one in case_type.untested_by_machine if one.when is not None]
    asked = {name for condition in conditions for name in condition.fields}
    return named | {name for name in asked if name in case_type.fields}


def _with_origins(case_type: CaseType, names: Collection[str]) -> set[str]:
    """The lines among `names`, and the lines that they are calculated from."""
    lines = {line.name: line for line in case_type.calculation}
    found: set[str] = set()
    waiting: Iterable[str] = names
    while waiting := [name for name in waiting if name in lines and name not in found]:
        found |= set(waiting)
        waiting = [operand for name in waiting for operand in lines[name].names]
    return found


def _is_known(facts: Frame, name: str) -> bool:
    column = facts.columns.get(name)
    if column is None or bool(column.missing[0]):
        return False
    return column.kind not in CODED or column.value(0) != ""

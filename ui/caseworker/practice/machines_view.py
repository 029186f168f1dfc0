"""What the machine said of a closed case, and the same with an error planted in it, as practice keeps both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, cast

import sqlalchemy as sa

from config.case_type import CaseType
from config.columns import Frame
from config.criteria import decide
from engine.masking import visible_to_model
from explain.letters.machine_words import MOST_REASONS, reason_sentences
from explain.reasons import Reason, reasons_for
from models.case_reader import load_cases
from models.clock import parse
from models.decision_store import Decided
from routing.assessed_rows import unpacked
from routing.decided_then import facts_then
from routing.standards import day_of
from ui.caseworker.complexity_scale import Effort, expected_effort
from ui.web.models_read import ModelsRead

Words = Mapping[str, str]
"""A sentence in both languages."""

OTHER_EFFORT: Mapping[Effort, Effort] = {"simple": "complex", "usual": "simple", "complex": "simple"}


@dataclass(frozen=True)
class MachinesView:
    """The machine's view of one case.

    Attributes:
        effort: how much work it expects.
        reasons: what that rests on, a sentence each in both languages.
        outcome: what its draft proposes; None where it made none.
        because, law: the criterion behind that.
    """

    effort: Effort
    reasons: tuple[Words, ...] = ()
    outcome: str | None = None
    because: Words | None = None
    law: str = ""

    def as_json(self) -> dict[str, Any]:
        """The view as it is stored."""
        return {**asdict(self), "reasons": [dict(one) for one in self.reasons]}


def view_from_json(stored: Mapping[str, Any]) -> MachinesView:
    """The view that `as_json` wrote."""
    return MachinesView(**{**stored, "reasons": tuple(stored["reasons"])})


@dataclass(frozen=True)
class BothViews:
    """What the machine really said, and the same with an error in it."""

    said: MachinesView
    planted: MachinesView


def both_views(
    connection: sa.Connection,
    models: ModelsRead,
    assessment: Mapping[str, Any],
    decided: Decided,
    case_type: CaseType,
    received_at: str,
) -> BothViews:
    """Both of a case that was decided with a scored assessment; `case_type` as it stood then.

    Raises:
        InputError, TamperError: the model that scored it is gone, or not the one on record.
    """
    model = models.in_words(connection, case_type.key, assessment["model_version"])
    inputs = models.inputs_then(connection, assessment)
    facts = facts_then(connection, decided, case_type)
    words = {name: column.value(0) for name, column in facts.columns.items() if column.kind == "category"}
    reasons = reasons_for(
        unpacked(assessment["contributions"]),
        inputs,
        model.features,
        rare_words={name: word for name, word in words.items() if isinstance(word, str)},
    )
    named = [one for one in reasons if one.field is not None][:MOST_REASONS]
    effort = expected_effort(float(assessment["complexity"]), model.usual)
    said = MachinesView(effort, as_words(named, case_type))
    if assessment["route"] == "draft" or assessment["drawn"]:
        consents = load_cases(connection, case_type.key, case_ids=[decided.case_id]).consents
        said = with_draft(said, case_type, visible_to_model(facts, case_type, consents), received_at)
    return BothViews(said, with_error(said, decided.outcome, named, case_type))


def with_draft(view: MachinesView, case_type: CaseType, visible: Frame, received_at: str) -> MachinesView:
    """The view with what the criteria propose; without, where they leave the case to a person."""
    found = decide(case_type, visible, day_of(parse(received_at)))
    outcome = found.outcome.value(0)
    if outcome is None:
        return view
    return proposing(view, str(outcome), int(found.criterion[0]), case_type)


def proposing(view: MachinesView, outcome: str, criterion: int | None, case_type: CaseType) -> MachinesView:
    """The view with an outcome, and the criterion that is said to give it."""
    if criterion is None:
        return replace(view, outcome=outcome, because=None, law=case_type.legal_basis or "")
    line = case_type.criteria[criterion]
    return replace(view, outcome=outcome, because=line.because.model_dump(), law=line.legal_basis)


def with_error(said: MachinesView, decided: str, named: list[Reason], case_type: CaseType) -> MachinesView:
    """The view with something wrong in it: the outcome of a draft, else how much work and why."""
    wrong = [one for one in case_type.outcomes if one not in (said.outcome, decided)]
    if said.outcome is not None and wrong:
        given = {line.outcome: number for number, line in reversed(list(enumerate(case_type.criteria)))}
        outcome = next((one for one in wrong if one in given), wrong[0])
        return proposing(said, outcome, given.get(outcome), case_type)
    return replace(said, effort=OTHER_EFFORT[said.effort], reasons=as_words(turned(named), case_type))


def turned(reasons: list[Reason]) -> list[Reason]:
    """The same reasons, each towards the other side."""
    return [replace(one, direction="less" if one.direction == "more" else "more") for one in reasons]


def as_words(reasons: list[Reason], case_type: CaseType) -> tuple[Words, ...]:
    """Reasons as sentences in both languages."""
    return tuple(cast(Words, one.model_dump()) for one in reason_sentences(reasons, case_type))

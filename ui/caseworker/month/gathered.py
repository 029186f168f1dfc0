"""Gathers a team's month by case type: answers to dilemmas by question, disagreements by the rule that routed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from models.case_acts import CaseAct
from models.first_views import FIRST_VIEW
from models.month_acts import AssessedThen, acts_between, assessed_then, assessments_decided_on
from models.own_decisions import WORKED
from models.training_store import models_of
from ui.caseworker.complexity_scale import expected_effort
from ui.caseworker.firstview.dilemmas import DILEMMA
from ui.caseworker.firstview.feedback import FEEDBACK

KINDS = (DILEMMA, FEEDBACK, FIRST_VIEW, WORKED)


@dataclass
class OfRule:
    """What was found among the cases that one rule routed; lists hold case numbers.

    Attributes:
        decided, otherwise: decisions of which a proposal is known, and those that took another outcome.
        viewed, more, less: first views of scored cases, and those that expected more or less than the machine.
        feedback: what was said of the machine's part.
    """

    decided: int = 0
    otherwise: list[str] = field(default_factory=list)
    viewed: int = 0
    more: list[str] = field(default_factory=list)
    less: list[str] = field(default_factory=list)
    feedback: list[CaseAct] = field(default_factory=list)

    @property
    def has_any(self) -> bool:
        """Whether somebody disagreed."""
        return bool(self.otherwise or self.more or self.less or self.feedback)


@dataclass
class OfType:
    """What was found of one case type; questions and rules in the order in which they came up."""

    questions: dict[str, list[CaseAct]] = field(default_factory=dict)
    rules: dict[str, OfRule] = field(default_factory=dict)


def gathered(connection: sa.Connection, team: str, since: str, until: str) -> dict[str, OfType]:
    """A team's month by the case type's key, of closed cases alone."""
    acts = acts_between(connection, team, KINDS, since, until)
    decisions = sorted({int(act.content["decision_id"]) for act in acts if act.kind == WORKED})
    decided_on = assessments_decided_on(connection, decisions)
    numbers = {number for act in acts if (number := about(act, decided_on)) is not None}
    seen = assessed_then(connection, sorted(numbers))
    usual = {
        (key, model.version): float(model.summary["base_rate"])
        for key in sorted({act.case_type for act in acts})
        for model in models_of(connection, key)
    }
    return by_type(acts, decided_on, seen, usual)


def about(act: CaseAct, decided_on: Mapping[int, int]) -> int | None:
    """The number of the assessment that an act is about, None where it is about none."""
    if act.kind == WORKED:
        return decided_on.get(int(act.content["decision_id"]))
    number = act.content.get("assessment_id")
    return None if number is None else int(number)


def by_type(
    acts: Sequence[CaseAct],
    decided_on: Mapping[int, int],
    seen: Mapping[int, AssessedThen],
    usual: Mapping[tuple[str, str], float],
) -> dict[str, OfType]:
    """The acts in their places; a decision counts once, and of a person's view of a case the first version."""
    found: dict[str, OfType] = {}
    counted: set[tuple[object, ...]] = set()
    for act in acts:
        of_type = found.setdefault(act.case_type, OfType())
        if act.kind == DILEMMA:
            of_type.questions.setdefault(str(act.content["question"]), []).append(act)
            continue
        once = once_of(act)
        assessed = seen.get(about(act, decided_on) or 0)
        if assessed is None or once in counted:
            continue
        counted.add(once)
        put(of_type.rules.setdefault(assessed.rule or "", OfRule()), act, assessed, usual)
    return found


def once_of(act: CaseAct) -> tuple[object, ...]:
    """By what an act is told from another of the same."""
    if act.kind == WORKED:
        return (WORKED, act.content["decision_id"])
    return (FIRST_VIEW, act.case_type, act.case_id, act.by_id) if act.kind == FIRST_VIEW else (act.id,)


def put(of_rule: OfRule, act: CaseAct, assessed: AssessedThen, usual: Mapping[tuple[str, str], float]) -> None:
    """Count one act among those of its rule."""
    if act.kind == FEEDBACK:
        of_rule.feedback.append(act)
    elif act.kind == WORKED and act.content["agrees"] is not None:
        of_rule.decided += 1
        of_rule.otherwise += [] if act.content["agrees"] else [act.case_id]
    elif act.kind == FIRST_VIEW:
        share = usual.get((act.case_type, assessed.model_version or ""))
        if share is None or assessed.complexity is None:
            return
        of_rule.viewed += 1
        order = ("simple", "usual", "complex")
        apart = order.index(act.content["effort"]) - order.index(expected_effort(assessed.complexity, share))
        of_rule.more += [act.case_id] if apart > 0 else []
        of_rule.less += [act.case_id] if apart < 0 else []

"""What one training works on: cases as the model may see them, their labels and the split; or why it cannot."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from config.case_type import CaseType
from config.columns import Frame
from config.effort_rule import EffortRule
from config.errors import InputError, RefusedError
from engine.arrivals import DERIVED, SINCE_LAST_CASE, flow_of, with_derived
from engine.boosting import LabelledCases
from engine.features import candidate_fields
from engine.history import History
from engine.labels import Labels, horizon_of, label_cases
from engine.masking import visible_to_model
from engine.splits import Split, cuts_in_time, split_at

FEWEST_LABELLED_CASES = 20


@dataclass(frozen=True)
class Material:
    """All n cases of a history, ready to learn from.

    Attributes:
        visible: masked facts with every derived candidate beside them.
        names: the declared fields that may be learnt from.
        left_out: each other declared field -> why not.
        derived: the derived candidates; a declared field of the same name takes precedence.
        cuts: the two moments of the split.
    """

    history: History
    visible: Frame
    labels: Labels
    horizon: np.timedelta64
    names: tuple[str, ...]
    left_out: dict[str, str]
    derived: frozenset[str]
    cuts: tuple[np.datetime64, np.datetime64]
    split: Split

    def labelled(self, rows: NDArray[np.intp]) -> LabelledCases:
        """The labelled cases at `rows`."""
        return LabelledCases(
            visible=self.visible.take(rows),
            arrivals=self.history.arrivals[rows],
            is_complex=self.labels.is_complex[rows],
            weight=self.labels.weight[rows],
            derived=self.derived,
        )


def prepare(
    case_type: CaseType,
    history: History,
    *,
    citizens: NDArray[np.object_] | None = None,
    cuts: tuple[np.datetime64, np.datetime64] | None = None,
) -> Material:
    """Label, mask, derive and split. `cuts` are those of an earlier training, None to choose them.

    Raises:
        RefusedError: a heavy case type, which gets no score.
        InputError: too few labelled cases.
    """
    rule = effort_rule_of(case_type)
    labels = label_cases(history, rule)
    if labels.known.sum() < FEWEST_LABELLED_CASES:
        raise InputError(
            f"only {int(labels.known.sum())} of {len(history)} cases of '{case_type.key}' have lived the "
            f"{rule.within_days:g} days of `complexity` and were handled by a person, and {FEWEST_LABELLED_CASES} "
            "are needed to learn; import more cases, or shorten `within_days`"
        )
    names, left_out = candidate_fields(case_type)
    needs_citizens = {SINCE_LAST_CASE} if citizens is None else set()
    derived = tuple(name for name in DERIVED if name not in case_type.fields and name not in needs_citizens)
    visible = visible_to_model(history.facts, case_type, history.consents)
    chosen = cuts or cuts_in_time(history.arrivals[labels.known])
    horizon = horizon_of(rule.within_days)
    return Material(
        history=history,
        visible=with_derived(visible, derived, flow_of(history, citizens), history.arrivals, citizens),
        labels=labels,
        horizon=horizon,
        names=tuple(names),
        left_out=left_out,
        derived=frozenset(derived),
        cuts=chosen,
        split=split_at(history.arrivals, labels.known, horizon, chosen),
    )


def effort_rule_of(case_type: CaseType) -> EffortRule:
    """What the department calls complex, or why there is nothing to learn."""
    if case_type.weight == "heavy" or case_type.complexity is None:
        raise RefusedError(
            f"case type '{case_type.key}' is heavy: its cases get no score; if that is wrong, write "
            "`weight: light` and say with `complexity` what is complex"
        )
    return case_type.complexity

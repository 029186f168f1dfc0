"""Who has a label: a case whose horizon is over and which a person handled; its effort says complex or simple."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from config.effort_rule import EffortRule
from engine.effort import is_complex, measure
from engine.history import History

MICROSECONDS_A_DAY = 86_400_000_000


@dataclass(frozen=True)
class Labels:
    """Labels of the n cases of a history, in its order.

    Attributes:
        known: the case has a label at the end of observation.
        is_complex: the verdict; False where there is no label.
        weight: 1 / sampling: what each labelled case stands for; 0 where there is no label.
        single_event: nothing was ever done on the case after its first event.
    """

    known: NDArray[np.bool_]
    is_complex: NDArray[np.bool_]
    weight: NDArray[np.float64]
    single_event: NDArray[np.bool_]


def horizon_of(within_days: float) -> np.timedelta64:
    """The effort rule's horizon in whole microseconds.

    Example:
        >>> horizon_of(0.5)
        np.timedelta64(43200000000,'us')
    """
    return np.timedelta64(round(within_days * MICROSECONDS_A_DAY), "us")


def known_at(history: History, within_days: float, when: np.datetime64) -> NDArray[np.bool_]:
    """Shape (n,): the case's horizon was over at `when`, complex-looking or not, and a person handled it.

    A case that already passed a threshold is not counted early: that alone would push the share up.
    """
    over = history.arrivals + horizon_of(within_days) <= when
    return over if history.sampling is None else over & ~np.isnan(history.sampling)


def label_cases(history: History, rule: EffortRule) -> Labels:
    """Labels as known at the end of observation; a case that the machine drafted never has one."""
    known = known_at(history, rule.within_days, history.observed_until)
    efforts = measure(history.events, rule.within_days).reindex(history.facts.case_ids).fillna(0)
    sampling = np.ones(len(history)) if history.sampling is None else history.sampling
    events = history.events["case_id"].value_counts().reindex(history.facts.case_ids).fillna(0).to_numpy()
    return Labels(
        known=known,
        is_complex=is_complex(efforts, rule) & known,
        weight=np.where(known, 1 / np.where(np.isnan(sampling), 1.0, sampling), 0.0),
        single_event=events <= 1,
    )

"""Contributions of one case become at most six reasons, and one remainder, so that the sum stays exact.

Contributions are log-odds of the raw score. A person reads them as a direction (towards more or less work) and a
strength (much, some, little), never as numbers of points: QUALITY.md, "Reasons".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.feature import Feature
from explain.ranking import grouped, ranked

Direction = Literal["more", "less"]
Strength = Literal["much", "some", "little"]
Form = Literal["value", "missing", "rare", "others"]

MOST_REASONS = 6
MUCH_LOG_ODDS = 0.6
SOME_LOG_ODDS = 0.2


@dataclass(frozen=True)
class Reason:
    """One feature, or one group of siblings, and what it does to the expected work of one case.

    Attributes:
        field: the feature that weighs most in its group; None for the remainder ("n others together").
        contribution: log-odds, the sum over the group.
        value: this case's value as the model saw it: a number, a word, None where missing, hidden or rare; a date
            is the days from arrival.
        usual: median or commonest value in training cases, in the same form.
        usual_share: share of training cases with the usual word; None for a number.
        also: the group's other features.
        others: how many features the remainder holds; 0 for an ordinary reason.
    """

    field: str | None
    direction: Direction
    strength: Strength
    contribution: float
    form: Form = "value"
    kind: str = "number"
    value: float | str | None = None
    usual: float | str | None = None
    usual_share: float | None = None
    is_derived: bool = False
    also: tuple[str, ...] = ()
    others: int = 0


def direction_of(contribution: float) -> Direction:
    """Towards more or less work.

    Example:
        >>> direction_of(0.3), direction_of(-0.3)
        ('more', 'less')
    """
    return "more" if contribution > 0 else "less"


def strength_of(contribution: float) -> Strength:
    """How strong, by the cuts above.

    Example:
        >>> strength_of(-0.7), strength_of(0.2), strength_of(0.19)
        ('much', 'some', 'little')
    """
    size = abs(contribution)
    return "much" if size >= MUCH_LOG_ODDS else "some" if size >= SOME_LOG_ODDS else "little"


def reasons_for(
    contributions: NDArray[np.float64],
    inputs: NDArray[np.float64],
    features: Sequence[Feature],
    *,
    rare_words: Mapping[str, str] | None = None,
    most: int = MOST_REASONS,
) -> list[Reason]:
    """The reasons of one case, strongest first, the remainder last.

    Args:
        contributions: (p,) log-odds.
        inputs: (p,) the model's input row, as stored with the assessment.
        rare_words: field -> the word itself where its code says only "rare".
    """
    if contributions.shape != (len(features),) or inputs.shape != (len(features),):
        raise ValueError(
            f"{len(features)} features, but {contributions.shape} contributions, {inputs.shape} inputs"
        )
    rank = ranked(contributions[np.newaxis], grouped(features), most)
    reasons = []
    for group in rank.named[0][rank.named[0] >= 0]:
        lead = int(rank.lead[0, group])
        also = tuple(features[position].field for position in rank.groups[group] if position != lead)
        word = (rare_words or {}).get(features[lead].field)
        reasons.append(reason_of(features[lead], float(inputs[lead]), float(rank.sums[0, group]), also, word))
    if rank.remainder[0] != 0.0:
        reasons.append(others_together(float(rank.remainder[0]), int(rank.others[0])))
    return reasons


def others_together(contribution: float, others: int) -> Reason:
    """The remainder: `others` features that are not named, as one."""
    return Reason(
        None, direction_of(contribution), strength_of(contribution), contribution, "others", others=others
    )


def form_of(feature: Feature, value: float) -> Form:
    """Whether the model saw a value, nothing, or a word too rare to have a code of its own."""
    if np.isnan(value) or (feature.levels and value < 0):
        return "missing"
    return "rare" if feature.levels and value >= len(feature.levels) else "value"


def reason_of(
    feature: Feature, seen: float, contribution: float, also: tuple[str, ...] = (), rare_word: str | None = None
) -> Reason:
    """One reason from what the model saw of its leading feature."""
    form = form_of(feature, seen)
    value: float | str | None = None
    if form == "rare":
        value = rare_word
    elif form == "value":
        value = feature.levels[int(seen)] if feature.levels else seen
    return Reason(
        field=feature.field,
        direction=direction_of(contribution),
        strength=strength_of(contribution),
        contribution=contribution,
        form=form,
        kind=feature.kind,
        value=value,
        usual=feature.usual,
        usual_share=feature.usual_share,
        is_derived=feature.is_derived,
        also=also,
    )

"""The closed cases most like this one: which they are, which facts they share with it, and where they part.

Likeness says what such a case asks of those who handle it, never how it should end. Facts of the flow of cases,
protected facts and those that stand in for them are not compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.feature import Feature
from engine.likeness import differences, gower
from explain.reasons import form_of, reason_of
from explain.sentences import ReasonSpeaker

MOST_CASES = 4
FARTHEST = 0.5
"""A case that differs by more than half is not called similar."""
ALIKE_WITHIN = 0.05
MOST_ALIKE, MOST_APART = 3, 2


@dataclass(frozen=True)
class Similar:
    """One closed case in numbers.

    Attributes:
        row: its place among the closed cases.
        alike, apart: positions of the facts that both share, and in which they differ most.
        n_alike, compared: how many facts are alike, of how many that both have.
    """

    row: int
    distance: float
    alike: tuple[int, ...]
    apart: tuple[int, ...]
    n_alike: int
    compared: int


def compared_facts(features: Sequence[Feature], left_out: frozenset[str]) -> NDArray[np.bool_]:
    """Shape (p,): what is compared: no fact of the flow of cases, none left out, and of siblings the first."""
    return np.array(
        [
            not (one.is_derived or one.field in left_out or one.sibling_of not in (None, one.field))
            for one in features
        ],
        dtype=np.bool_,
    )


def most_similar(
    case: NDArray[np.float64],
    closed: NDArray[np.float64],
    features: Sequence[Feature],
    spread: NDArray[np.float64],
    is_compared: NDArray[np.bool_],
    weighs: NDArray[np.float64],
    most: int = MOST_CASES,
) -> tuple[Similar, ...]:
    """The nearest of `closed` (n, p) to `case` (p,), nearest first; of equals the later row comes first.

    `weighs` (p,) are the contributions of this case: what weighs most in it is named first.
    """
    chosen = np.flatnonzero(is_compared)
    if not len(chosen) or not len(closed):
        return ()
    some = [features[int(position)] for position in chosen]
    apart = differences(case[chosen], closed[:, chosen], some, spread[chosen])
    distance = gower(apart)
    order = np.lexsort((-np.arange(len(closed)), distance))[:most]
    return tuple(
        similar(int(row), float(distance[row]), apart[row], chosen, np.abs(weighs[chosen]))
        for row in order
        if distance[row] <= FARTHEST
    )


def similar(
    row: int,
    distance: float,
    apart: NDArray[np.float64],
    chosen: NDArray[np.intp],
    weight: NDArray[np.float64],
) -> Similar:
    """One case with the facts that are named of it."""
    is_alike, is_known = apart <= ALIKE_WITHIN, ~np.isnan(apart)
    by_weight = np.argsort(-weight, kind="stable")
    by_gap = np.lexsort((-weight, -np.where(is_known, apart, -1.0)))
    return Similar(
        row=row,
        distance=distance,
        alike=tuple(int(chosen[one]) for one in by_weight if is_alike[one])[:MOST_ALIKE],
        apart=tuple(int(chosen[one]) for one in by_gap if is_known[one] and not is_alike[one])[:MOST_APART],
        n_alike=int(is_alike.sum()),
        compared=int(is_known.sum()),
    )


def fact_of_both(feature: Feature, theirs: float, here: float, speaker: ReasonSpeaker) -> str:
    """One fact of a closed case, and this case's beside it where it is another."""
    label, said = speaker.label(feature.field), value_in_words(feature, theirs, speaker)
    own = value_in_words(feature, here, speaker)
    label = label[:1].upper() + label[1:]
    if said == own and form_of(feature, theirs) != "rare":
        return speaker.say("{label}: {value}", label=label, value=said)
    return speaker.say("{label}: {value}, here {here}", label=label, value=said, here=own)


def value_in_words(feature: Feature, value: float, speaker: ReasonSpeaker) -> str:
    """A fact's value as the model saw it, in a reader's words."""
    reason = reason_of(feature, value, 0.0)
    if reason.form == "missing":
        return speaker.words.nothing
    if reason.form == "rare":
        return speaker.say("a rare value")
    declared = speaker.case_type.fields.get(feature.field)
    if isinstance(reason.value, str):
        return reason.value if declared is None else declared.said(reason.value, speaker.language)
    return speaker.value(reason, reason.value)

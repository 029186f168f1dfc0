"""Which value a `choose` of the calculation takes, asked of all cases at once by the evaluator of conditions."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from config.calculation import CalculationLine
from config.columns import Frame
from config.evaluation import Evaluation

NONE = -1


def chosen_values(lines: tuple[CalculationLine, ...], frame: Frame) -> Mapping[str, NDArray[np.int64]]:
    """For each `choose`, shape (n,): the number of the value each case takes, from 0; -1 where none can be told.

    A value is taken where its condition surely holds and every condition above it surely does not.
    """
    evaluation = Evaluation(frame)
    return {line.name: _chosen(line, evaluation, len(frame)) for line in lines if line.choose is not None}


def _chosen(line: CalculationLine, evaluation: Evaluation, size: int) -> NDArray[np.int64]:
    chosen = np.full(size, NONE, dtype=np.int64)
    still_open = np.ones(size, dtype=np.bool_)
    for number, choice in enumerate(line.choose or ()):
        if choice.when is None:
            chosen[still_open] = number
            break
        truth = evaluation.of(choice.when)
        chosen[still_open & truth.true] = number
        still_open &= truth.false
    return chosen

"""Time order: fit on the oldest 60 % of labelled cases, calibrate on 20 %, leave the newest 20 % untouched.

A cut never parts two cases of one moment, so a split is two moments and can be found again when the promise is
measured again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.intp]

FIT_SHARE, CALIBRATE_SHARE = 0.6, 0.2
FEWEST_KNOWN_CASES = 200
FEWEST_KNOWN_SHARE = 0.25
FOLDS = 5


@dataclass(frozen=True)
class Split:
    """Rows of a history, each in time order.

    Attributes:
        fit: about the oldest 60 % of the labelled cases.
        learn: what the model learns from: the cases of `fit` whose labels were known when the first calibration
            case arrived; all of `fit` where those are too few.
        labels_were_known: whether `learn` holds only labels known in time; otherwise nothing can be proved.
    """

    fit: Rows
    learn: Rows
    calibrate: Rows
    untouched: Rows
    labels_were_known: bool


def cuts_in_time(arrivals: NDArray[np.datetime64]) -> tuple[np.datetime64, np.datetime64]:
    """The moments from which labelled cases, arriving at `arrivals` (n,) in order, calibrate and stay untouched.

    NaT where all arrive at one moment: there is no later to be judged by.

    Example:
        >>> days = np.datetime64("2024-01-01", "us") + np.arange(10) * np.timedelta64(1, "D")
        >>> [str(cut)[:10] for cut in cuts_in_time(days)]
        ['2024-01-07', '2024-01-09']
    """
    starts = np.flatnonzero(arrivals[1:] != arrivals[:-1]) + 1
    if not len(starts):
        return np.datetime64("NaT", "us"), np.datetime64("NaT", "us")
    calibrate_from, untouched_from = (
        arrivals[starts[np.argmin(np.abs(starts - share * len(arrivals)))]]
        for share in (FIT_SHARE, FIT_SHARE + CALIBRATE_SHARE)
    )
    return calibrate_from, untouched_from


def split_at(
    arrivals: NDArray[np.datetime64],
    has_label: NDArray[np.bool_],
    horizon: np.timedelta64,
    cuts: tuple[np.datetime64, np.datetime64],
) -> Split:
    """Split the labelled ones of n cases that are ordered by arrival; a label is known at arrival + horizon.

    Example:
        >>> days = np.datetime64("2024-01-01", "us") + np.arange(1000) * np.timedelta64(1, "D")
        >>> split = split_at(days, np.ones(1000, dtype=bool), np.timedelta64(30, "D"), cuts_in_time(days))
        >>> len(split.fit), len(split.learn), len(split.calibrate), len(split.untouched)
        (600, 571, 200, 200)
    """
    calibrate_from, untouched_from = cuts
    labelled = np.flatnonzero(has_label)
    if np.isnat(calibrate_from):
        return Split(labelled, labelled, labelled[:0], labelled[:0], False)
    moments = arrivals[labelled]
    fit, known = moments < calibrate_from, moments + horizon <= calibrate_from
    enough = bool(known.sum() >= max(FEWEST_KNOWN_CASES, FEWEST_KNOWN_SHARE * fit.sum()))
    return Split(
        fit=labelled[fit],
        learn=labelled[known if enough else fit],
        calibrate=labelled[~fit & (moments < untouched_from)],
        untouched=labelled[moments >= untouched_from],
        labels_were_known=enough,
    )


def rolling_windows(n_cases: int, windows: int = 3, *, first_share: float = 0.4) -> list[tuple[slice, slice]]:
    """Pairs (train, judge) over n cases in time order: train on all before, judge on the next stretch.

    Example:
        >>> rolling_windows(100)
        [(slice(0, 40, None), slice(40, 60, None)), (slice(0, 60, None), slice(60, 80, None)), \
(slice(0, 80, None), slice(80, 100, None))]
    """
    cuts = [round(n_cases * (first_share + (1 - first_share) * k / windows)) for k in range(windows + 1)]
    return [(slice(0, cuts[k]), slice(cuts[k], cuts[k + 1])) for k in range(windows)]


def time_folds(n_cases: int, folds: int = FOLDS) -> NDArray[np.int_]:
    """Shape (n_cases,): the number of each case's contiguous fold, oldest first.

    Example:
        >>> time_folds(10).tolist()
        [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    """
    return np.arange(n_cases) * folds // max(n_cases, 1)

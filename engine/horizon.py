"""How long to watch a case before it counts as complex or simple, and by which thresholds: a proposal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from config.effort_rule import EffortRule
from engine.effort import DAY_IN_MICROSECONDS, EffortClock, is_complex
from engine.splits import cuts_in_time
from engine.thresholds import LEAST_SHARE, MOST_SHARE, ChosenThresholds, choose_thresholds
from engine.timestamps import Times

KEPT_SHARE = 0.95
LIVED_SHARE = 0.85
KNOWN_SHARE = 2 / 3
LONGEST_DAYS = 90
BUNCHED_BELOW_MEDIAN = 1 / 20
HORIZONS = (*(tenth / 10 for tenth in range(1, 30)), *(float(day) for day in range(3, LONGEST_DAYS + 1)))
NOBODY_PASSES = EffortRule.model_validate({"within_days": 30.0, "any": [{"handlers": {"at_least": 2}}]})


@dataclass(frozen=True)
class Trial:
    """One horizon tried: the rule chosen for it, and the share of verdicts that hold to the end of the log."""

    days: float
    chosen: ChosenThresholds
    kept: float


@dataclass(frozen=True)
class HorizonProposal:
    """A rule for what is complex, and everything a department should hear before it agrees.

    Attributes:
        rule: thresholds within the proposed horizon.
        share: share complex of all cases that have lived the horizon; None where none has.
        share_by_fifth: the same in each fifth of their arrivals, oldest first.
        single_event_share: share of all cases with a single event.
        sentences: what was proposed and why, and what is doubtful about it.
    """

    rule: EffortRule
    share: float | None
    share_by_fifth: tuple[float, ...]
    single_event_share: float
    sentences: tuple[str, ...]


def propose_horizon(clock: EffortClock, arrivals: Times, observed_until: np.datetime64) -> HorizonProposal:
    """The shortest horizon from which on 95 % of cases keep their verdict, else the longest allowed.

    `arrivals` (n,) ascending, in the order of `clock.case_ids`. Kept verdicts count only cases that have lived
    twice the horizon. Allowed: 85 % of cases have lived it at `observed_until`; two thirds of the fit part have
    lived it when the first calibration case arrives, which is waived, and said, where arrivals are so bunched that
    it would leave less than a twentieth of the median case. A horizon at which no rule calls 20-30 % complex is
    passed over while another does.
    """
    age = (observed_until - arrivals) / np.timedelta64(1, "D")
    lived = [days for days in HORIZONS if np.mean(age >= days) >= LIVED_SHARE]
    known = [days for days in lived if _known_in_time(arrivals, age, days) >= KNOWN_SHARE]
    is_bunched = max(known, default=0.0) < BUNCHED_BELOW_MEDIAN * _median_days(clock)
    trials = [_try(clock, arrivals, age, days) for days in (lived if is_bunched else known)]
    trials = [trial for trial in trials if trial.chosen.rule is not None]
    trials = [trial for trial in trials if trial.chosen.is_near] or trials
    if not trials:
        return _described(clock, age, None, NOBODY_PASSES, ["no case passes any threshold on effort"])
    proposed = _shortest_stable(trials)
    sentences = _about_bunching(is_bunched)
    if proposed is None:
        proposed = trials[-1]
        sentences += _about_change(proposed)
    assert proposed.chosen.rule is not None
    return _described(clock, age, proposed, proposed.chosen.rule, sentences)


def _try(clock: EffortClock, arrivals: Times, age: NDArray[np.float64], days: float) -> Trial:
    efforts = clock.within(days)
    fit, _ = _fit_part(arrivals, age, days)
    chosen = choose_thresholds(efforts.iloc[fit], days)
    if chosen.rule is None:
        return Trial(days, chosen, np.nan)
    twice = age >= 2 * days
    same = is_complex(efforts, chosen.rule) == is_complex(clock.within(np.inf), chosen.rule)
    return Trial(days, chosen, float(same[twice].mean()) if twice.any() else np.nan)


def _shortest_stable(trials: list[Trial]) -> Trial | None:
    """The shortest trial that keeps its verdicts, as all longer ones do, as far as they can be judged."""
    stable = None
    for trial in reversed([trial for trial in trials if not np.isnan(trial.kept)]):
        if trial.kept < KEPT_SHARE:
            break
        stable = trial
    return stable


def _fit_part(arrivals: Times, age: NDArray[np.float64], days: float) -> tuple[NDArray[np.intp], np.datetime64]:
    """Rows of the older 60 % of the cases that have lived the horizon, and when the first later one arrives."""
    labelled = np.flatnonzero(age >= days)
    calibrate_from, _ = cuts_in_time(arrivals[labelled])
    is_fit = np.isnat(calibrate_from) | (arrivals[labelled] < calibrate_from)
    return labelled[is_fit], calibrate_from


def _known_in_time(arrivals: Times, age: NDArray[np.float64], days: float) -> float:
    """Share of the fit part that has lived the horizon when the first calibration case arrives."""
    fit, calibrate_from = _fit_part(arrivals, age, days)
    if np.isnat(calibrate_from) or not len(fit):
        return 0.0
    horizon = np.timedelta64(round(days * DAY_IN_MICROSECONDS), "us")
    return float(np.mean(arrivals[fit] + horizon <= calibrate_from))


def _median_days(clock: EffortClock) -> float:
    return float(np.median(clock.within(np.inf)["days"])) if len(clock.case_ids) else 0.0


def _about_bunching(is_bunched: bool) -> list[str]:
    if not is_bunched:
        return []
    sentence = (
        "cases arrive so close together that hardly any effort is known before the first calibration case arrives,"
        " as in a simulated log; that check on the horizon is waived, and nothing can be proved from this log"
    )
    return [sentence]


def _about_change(trial: Trial) -> list[str]:
    if np.isnan(trial.kept):
        return [f"no case is followed for twice {trial.days:g} days, so whether verdicts hold cannot be told"]
    sentence = (
        f"{1 - trial.kept:.0%} of cases still changed their verdict after {trial.days:g} days, the longest horizon"
        " that this log allows; effort that comes later is not seen"
    )
    return [sentence]


def _described(
    clock: EffortClock, age: NDArray[np.float64], trial: Trial | None, rule: EffortRule, reasons: list[str]
) -> HorizonProposal:
    lived = np.flatnonzero(age >= rule.within_days)
    verdicts = is_complex(clock.within(rule.within_days), rule)[lived]
    fifths = tuple(float(part.mean()) for part in np.array_split(verdicts, 5) if len(part))
    share = float(verdicts.mean()) if len(verdicts) else None
    single = float(np.mean(clock.within(np.inf)["events"] == 1)) if len(clock.case_ids) else 0.0
    said = [f"a case is called complex with {rule.words('en')}"]
    if share is not None:
        by_fifth = ", ".join(f"{part:.0%}" for part in fifths)
        said.append(f"that is {share:.0%} of the cases followed so long; by fifth of arrival {by_fifth}")
    if trial is not None and not trial.chosen.is_near:
        said.append(
            f"no combination of thresholds calls {LEAST_SHARE:.0%} to {MOST_SHARE:.0%} of the older cases complex;"
            f" the nearest calls {trial.chosen.share:.0%}"
        )
    said.append(f"{single:.0%} of all cases have a single event")
    return HorizonProposal(rule, share, fifths, single, (*said, *reasons))

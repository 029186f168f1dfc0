"""The promise is tested as a statistic: by simulated worlds whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from config.columns import coded
from engine.exact_test import Count, effective_count, fewest_cases, lower_bound, most_complex_that_pass, passes
from engine.guarantee import Evidence, FitScores, Promise, prove

WORLDS = {
    1: lambda x: 1 / (1 + np.exp(-(2.2 * x - 1.6))),
    2: lambda x: 1 / (1 + np.exp(-(1.2 * x - 1.6))),
    3: lambda x: 0.02 + 0.9 / (1 + np.exp(-(2.5 * x - 1.6))),
}
LEAST_YIELD = [(1, 0.05, 0.85), (2, 0.10, 0.80), (2, 0.05, 0.35), (3, 0.05, 0.60), (3, 0.10, 0.85)]
CALIBRATION_CASES = 5_000


class World:
    """Cases whose complexity is known: standard normal x, P(complex | x) as in QUALITY.md."""

    def __init__(self, number: int) -> None:
        self.chance = WORLDS[number]
        self.x = np.sort(np.random.default_rng(2026).normal(size=1_000_000))
        self.share_below = np.cumsum(self.chance(self.x)) / np.arange(1, len(self.x) + 1)

    def cases(self, n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        x = rng.normal(size=n)
        return x, rng.random(n) < self.chance(x)

    def true_share(self, threshold: float) -> float:
        return self.share_below[max(np.searchsorted(self.x, threshold) - 1, 0)]

    def yield_at(self, threshold: float) -> float:
        return np.searchsorted(self.x, threshold) / len(self.x)

    def best_yield(self, share: float) -> float:
        return np.searchsorted(self.share_below, share) / len(self.x)


def evidence(raw: np.ndarray, is_complex: np.ndarray, weight: np.ndarray | None = None, **groups) -> Evidence:
    return Evidence(raw, is_complex, np.ones(len(raw)) if weight is None else weight, groups)


def simulate(number: int, share: float, runs: int) -> tuple[float, float]:
    """Share of runs that broke the promise, and mean yield as a share of the oracle's."""
    world, rng = World(number), np.random.default_rng(number * 1000 + runs)
    broken, yields = 0, []
    for _ in range(runs):
        fit_x, fit_y = world.cases(3 * CALIBRATION_CASES, rng)
        result = prove(
            Promise(share, 0.95),
            fit=FitScores(fit_x, fit_y, np.repeat(np.arange(5), len(fit_x) // 5)),
            calibration=evidence(*world.cases(CALIBRATION_CASES, rng)),
            newest=evidence(*world.cases(CALIBRATION_CASES, rng)),
            population="could_draft",
        )
        threshold = result.threshold
        broken += threshold is not None and world.true_share(threshold) > share
        yields.append(0.0 if threshold is None else world.yield_at(threshold))
    return broken / runs, float(np.mean(yields)) / world.best_yield(share)


def most_broken(runs: int) -> float:
    """Above this share of broken runs, 5 % cannot be the truth (99.9 % binomial margin)."""
    return stats.binom.ppf(0.999, runs, 0.05) / runs


@pytest.mark.parametrize(("world", "share", "least_yield"), LEAST_YIELD)
def test_promise_is_kept_and_yields_enough_in_a_known_world(world, share, least_yield):
    broken, share_of_oracle = simulate(world, share, runs=80)
    assert broken <= most_broken(80)
    assert share_of_oracle >= least_yield - 0.08


@pytest.mark.long
@pytest.mark.parametrize(("world", "share", "least_yield"), LEAST_YIELD)
def test_promise_is_kept_in_five_hundred_runs(world, share, least_yield):
    broken, share_of_oracle = simulate(world, share, runs=500)
    assert broken <= most_broken(500)
    assert share_of_oracle >= least_yield


def fit_of(raw: np.ndarray, is_complex: np.ndarray) -> FitScores:
    return FitScores(raw, is_complex, np.arange(len(raw)) * 5 // len(raw))


def easy_world(n: int, rng: np.random.Generator, complex_above: float = 0.5) -> tuple[np.ndarray, np.ndarray]:
    """Nothing complex below the cut, everything above it."""
    raw = rng.random(n)
    return raw, raw > complex_above


def test_all_measurements_together_spend_no_more_than_one_minus_confidence():
    spent = sum(Promise(0.05, 0.95).level(attempt) for attempt in range(1, 10_000))
    assert spent == pytest.approx(0.05, abs=1e-5)
    assert Promise(0.05, 0.95).level(1) == pytest.approx(0.025)


def test_later_measurements_are_stricter():
    rng = np.random.default_rng(1)
    fit, calibration, newest = (World(1).cases(n, rng) for n in (9000, 3000, 3000))
    thresholds = [
        prove(
            Promise(),
            fit=fit_of(*fit),
            calibration=evidence(*calibration),
            newest=evidence(*newest),
            population="in_force",
            attempt=attempt,
        ).threshold
        for attempt in (1, 20)
    ]
    assert thresholds[1] is None or thresholds[1] <= thresholds[0]


def test_ties_at_the_threshold_are_all_below_it():
    rng = np.random.default_rng(2)
    raw = np.repeat([0.0, 1.0], 400)
    labels = np.concatenate([np.zeros(400, bool), rng.random(400) < 0.5])
    order = rng.permutation(800)
    result = prove(
        Promise(),
        fit=fit_of(raw[order], labels[order]),
        calibration=evidence(raw, labels),
        newest=evidence(raw, labels),
        population="could_draft",
    )
    assert result.below(raw, {}).sum() == 400


def test_too_few_cases_give_no_threshold_and_say_how_many_are_needed():
    rng = np.random.default_rng(3)
    raw, labels = easy_world(50, rng)
    result = prove(
        Promise(),
        fit=fit_of(raw, labels),
        calibration=evidence(raw, labels),
        newest=evidence(raw, labels),
        population="in_force",
    )
    assert result.threshold is None
    assert str(fewest_cases(0.05, 0.025)) in str(result.why)
    assert not result.below(raw, {}).any()


def test_no_cases_at_all_give_a_reason_not_an_error():
    nothing = evidence(np.empty(0), np.empty(0, bool))
    raw, labels = easy_world(100, np.random.default_rng(0))
    result = prove(Promise(), fit=fit_of(raw, labels), calibration=nothing, newest=nothing, population="in_force")
    assert result.threshold is None
    assert "no calibration cases" in str(result.why)


def test_noise_gives_no_threshold():
    rng = np.random.default_rng(4)
    cases = [(rng.random(n), rng.random(n) < 0.25) for n in (6000, 2000, 2000)]
    result = prove(
        Promise(),
        fit=fit_of(*cases[0]),
        calibration=evidence(*cases[1]),
        newest=evidence(*cases[2]),
        population="could_draft",
    )
    assert result.threshold is None
    assert "too little to prove" in str(result.why)


def test_drift_in_the_newest_cases_takes_the_threshold_away():
    rng = np.random.default_rng(5)
    fit, calibration, newest = (easy_world(n, rng) for n in (6000, 2000, 2000))
    drifted = (newest[0], newest[1] | (rng.random(2000) < 0.15))
    result = prove(
        Promise(),
        fit=fit_of(*fit),
        calibration=evidence(*calibration),
        newest=evidence(*drifted),
        population="could_draft",
    )
    assert result.threshold is None
    assert "drifted" in str(result.why)


def test_an_open_alarm_takes_the_threshold_away():
    rng = np.random.default_rng(6)
    fit, calibration, newest = (easy_world(n, rng) for n in (6000, 2000, 2000))
    proof = {
        "fit": fit_of(*fit),
        "calibration": evidence(*calibration),
        "newest": evidence(*newest),
        "population": "could_draft",
    }
    assert prove(Promise(), **proof).threshold is not None
    assert prove(Promise(), **proof, alarms=["load"]).threshold is None


def test_each_group_is_proved_by_itself_and_a_small_one_goes_to_people():
    rng = np.random.default_rng(7)
    raw, labels = easy_world(4000, rng)
    channel = np.where(np.arange(4000) < 40, "fax", np.where(rng.random(4000) < 0.5, "post", "web"))
    labels = labels | ((channel == "web") & (raw > 0.2))
    grouped = evidence(raw, labels, channel=coded("category", list(channel)))
    result = prove(
        Promise(also_within=("channel", "municipality")),
        fit=fit_of(raw, labels),
        calibration=grouped,
        newest=grouped,
        population="could_draft",
    )
    by_channel = {group.cell[0][1]: group.threshold for group in result.groups}
    assert by_channel["fax"] is None
    assert by_channel["web"] < by_channel["post"]
    assert result.ungrouped == ("municipality",)
    below = result.below(raw, grouped.groups)
    assert not below[channel == "fax"].any()
    for name in ("post", "web"):
        assert labels[below & (channel == name)].mean() <= 0.05


def test_reviewed_drafts_count_by_their_weight():
    heavy = effective_count(np.array([True] + [False] * 100), np.array([20.0] + [1.0] * 100))
    plain = effective_count(np.array([True] + [False] * 100), np.ones(101))
    assert heavy.cases < plain.cases
    assert heavy.complex_cases / heavy.cases > plain.complex_cases / plain.cases


def test_most_complex_that_pass_agrees_with_the_test_itself():
    cases = np.arange(1, 400, 7)
    for n, allowed in zip(cases, most_complex_that_pass(cases, 0.05, 0.025), strict=True):
        assert allowed == -1 or passes(Count(int(n), int(allowed)), 0.05, 0.025)
        assert not passes(Count(int(n), int(allowed) + 1), 0.05, 0.025)


def test_lower_bound_covers_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(8)
    counts = rng.binomial(200, 0.1, size=2000)
    covered = np.mean([lower_bound(Count(200, int(k))) <= 0.1 for k in counts])
    assert covered >= 0.95 - 3 * np.sqrt(0.05 * 0.95 / 2000)

"""Two years of shadow, drafting and retraining, invented week by week: what the tests promise together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest

from engine.monitor.change_alarm import is_ringing, log_detector
from engine.monitor.noticing import reviews_to_notice, weeks_to_notice
from engine.monitor.review_share import WEEKS_OF_DRAFTS, review_share
from engine.monitor.shadow_look import shadow_look
from engine.monitor.stop_test import stop_test

PROMISE = 0.05
WEEKS = 104
WEEKS_OF_HORIZON = 8
Truth = Callable[["Life"], float]
"""The truly complex share among the would-be drafts of this week."""


@dataclass
class Life:
    """One case type; `verdicts` are those of each week's reviews, complex or not."""

    random: np.random.Generator
    weekly: int
    phase: str = "shadow"
    week: int = 0
    shadow_since: int = 0
    drafted_in: list[int] = field(default_factory=list)
    arrived: list[int] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)
    verdicts: list[np.ndarray] = field(default_factory=list)

    def labelled(self, since: int = 0) -> np.ndarray:
        """The verdicts known by now, of the reviews drawn since a week."""
        known = self.verdicts[since : max(since, self.week - WEEKS_OF_HORIZON + 1)]
        return np.concatenate([np.zeros(0, dtype=bool), *known])

    def look(self) -> None:
        """What the watch does each Monday."""
        if not stop_test(self.labelled(), PROMISE).is_silent:
            self.phase = "stopped"
        elif self.phase == "shadow" and shadow_look(self.labelled(self.shadow_since), PROMISE).passed_at:
            self.phase, self.shares = "drafting", []

    def live_a_week(self, truth: float) -> None:
        arrived = int(self.random.poisson(self.weekly))
        share = 1.0
        if self.phase == "drafting":
            weekly = float(np.mean(self.arrived[-WEEKS_OF_DRAFTS:]))
            share = review_share(PROMISE, weekly, self.shares)
            self.shares.append(share)
        drawn = int(self.random.binomial(arrived, share))
        self.drafted_in.append(arrived - drawn)
        self.arrived.append(arrived)
        self.verdicts.append(self.random.random(drawn) < truth)
        self.week += 1

    def new_model(self) -> None:
        """It begins in shadow, and the stop test runs on."""
        self.phase, self.shadow_since = "shadow", self.week


def lived(truth: Truth, seed: int, *, weekly: int = 100, weeks: int = WEEKS, retrained_every: int = 0) -> Life:
    life = Life(np.random.default_rng(seed), weekly)
    while life.week < weeks and life.phase != "stopped":
        if retrained_every and life.week and life.week % retrained_every == 0:
            life.new_model()
        life.look()
        if life.phase != "stopped":
            life.live_a_week(truth(life))
    return life


def share_stopped(truth: Truth, n_runs: int, **given: int) -> float:
    return float(np.mean([lived(truth, seed, **given).phase == "stopped" for seed in range(n_runs)]))


def margin(share: float, n_runs: int) -> float:
    """Three standard errors."""
    return 3 * float(np.sqrt(share * (1 - share) / n_runs))


def kept_for_a_year(life: Life) -> float:
    return 0.03 if life.week < WEEKS / 2 else 2 * PROMISE


def half_of_the_drafts(life: Life) -> float:
    """Shadow shows nothing of it, and banks evidence in favour that must first be used up."""
    return 0.5 if life.phase == "drafting" else 0.02


def test_two_years_with_four_models_stop_a_promise_that_is_just_kept_in_at_most_one_run_of_twenty() -> None:
    assert share_stopped(lambda _: PROMISE, 120, retrained_every=26) <= 0.05 + margin(0.05, 120)


def test_a_promise_kept_with_room_to_spare_is_drafted_once_its_first_reviews_have_labels() -> None:
    lives = [lived(lambda _: 0.02, seed, weeks=20) for seed in range(60)]
    assert {life.phase for life in lives} == {"drafting"}
    assert all(sum(life.drafted_in[:WEEKS_OF_HORIZON]) == 0 for life in lives)


def test_where_half_of_the_would_be_drafts_are_complex_none_is_ever_drafted() -> None:
    lives = [lived(lambda _: 0.5, seed, retrained_every=26) for seed in range(60)]
    assert all(life.phase == "stopped" and sum(life.drafted_in) == 0 for life in lives)


def test_where_half_of_the_drafts_are_complex_drafting_stops_soon_after_the_first_labels() -> None:
    lives = [lived(half_of_the_drafts, seed) for seed in range(60)]
    assert all(life.phase == "stopped" for life in lives)
    weeks_drafting = [int(np.count_nonzero(life.drafted_in)) for life in lives]
    assert max(weeks_drafting) <= WEEKS_OF_HORIZON + 9


def test_the_page_tells_truly_how_long_it_takes_to_notice_twice_the_promise() -> None:
    told, took = noticed(n_runs=40)
    assert len(told) > 0.9 * 40
    assert float(np.median(took)) == pytest.approx(float(np.median(told)), rel=0.25)


@pytest.mark.long
def test_the_level_holds_in_many_runs_at_every_load() -> None:
    for weekly in (20, 100, 400):
        assert share_stopped(lambda _: PROMISE, 1000, weekly=weekly, retrained_every=26) <= 0.05 + margin(
            0.05, 1000
        )
        assert share_stopped(lambda _: PROMISE / 2, 500, weekly=weekly) <= 0.01 + margin(0.01, 500)


@pytest.mark.long
def test_the_time_to_notice_is_told_truly_in_many_runs() -> None:
    told, took = noticed(n_runs=400)
    assert len(told) > 0.9 * 400
    assert float(np.median(took)) == pytest.approx(float(np.median(told)), rel=0.25)


def noticed(n_runs: int) -> tuple[list[float], list[int]]:
    """Weeks told and weeks taken: a year with 3 % complex, how long noticing would take, then it doubles."""
    told, took = [], []
    for seed in range(n_runs):
        life = lived(kept_for_a_year, seed, weeks=WEEKS // 2)
        if life.phase != "drafting":
            continue
        detector = log_detector(life.labelled(), PROMISE)
        needed = reviews_to_notice(
            PROMISE,
            stop_from=round(stop_test(life.labelled(), PROMISE).log_evidence, 1),
            alarm_from=round(max(0.0, float(detector[-1])), 1),
        )
        reviews_a_week = life.shares[-1] * float(np.mean(life.arrived[-WEEKS_OF_DRAFTS:]))
        told.append(weeks_to_notice(needed, reviews_a_week, 7 * WEEKS_OF_HORIZON))
        changed_in = life.week
        while life.phase != "stopped" and not is_ringing(life.labelled(), PROMISE):
            life.live_a_week(2 * PROMISE)
            life.look()
        took.append(life.week - changed_in)
    return told, took

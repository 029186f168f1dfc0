"""Derived features and bold trees are kept where later cases show the gain, and not by chance."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from config.case_type import CaseType
from engine.boosting import LabelledCases
from engine.history import History
from engine.material import Material, prepare
from engine.tuning import FROM_MOST_CAUTIOUS, choose_derived, choose_settings, known_before

Simulate = Callable[..., tuple[CaseType, History]]


def kept_of(material: Material) -> tuple[list[str], dict[str, str]]:
    cases = material.labelled(material.split.learn)
    return choose_derived(cases, material.names, material.horizon, seed=0)


def test_a_real_weekday_effect_is_found(simulate: Simulate) -> None:
    kept, dropped = kept_of(prepare(*simulate(6000, weekday_effect=3.0)))
    assert "weekday" in kept
    assert "weekday" not in dropped


@pytest.mark.long
def test_without_an_effect_hardly_anything_derived_is_kept(simulate: Simulate) -> None:
    """The test's level is 5 % a log: two of six would come about once in thirty runs of other seeds."""
    kept = [bool(kept_of(prepare(*simulate(500, seed=seed)))[0]) for seed in range(6)]
    assert sum(kept) <= 1


def test_every_candidate_is_kept_or_dropped_for_a_reason(simulate: Simulate) -> None:
    material = prepare(*simulate(1500, days=25))
    kept, dropped = kept_of(material)
    assert set(kept) | set(dropped) == material.derived
    assert dropped["arrivals_30_days"] == "missing in more than half of the later cases"


def test_noise_is_learnt_with_the_most_cautious_settings(simulate: Simulate) -> None:
    material = prepare(*simulate(1500))
    cases = material.labelled(material.split.learn)
    shuffled = np.random.default_rng(0).permutation(cases.is_complex)
    noise = LabelledCases(cases.visible, cases.arrivals, shuffled, cases.weight)
    assert choose_settings(noise, material.names, material.horizon, seed=0) == FROM_MOST_CAUTIOUS[0]


def test_a_window_is_judged_by_what_was_known_before_it(simulate: Simulate) -> None:
    material = prepare(*simulate(3000))
    cases = material.labelled(material.split.fit)
    when = cases.arrivals[1000]
    known = known_before(cases.take(slice(0, 1000)), when, material.horizon)
    assert 200 <= len(known) < 1000
    assert (known.arrivals + material.horizon <= when).all()

"""A fact that tells a protected one is found, one that does not is let be; what cannot be told counts as one."""

from __future__ import annotations

import numpy as np
import pytest

from config.columns import coded, numbers
from engine.stand_ins import STANDS_IN_FROM, association, stand_ins

N = 600


def columns(follows: float, n: int = N, seed: int = 1):
    """A district and years that follow the origin, the district in a share `follows` of cases, and an amount."""
    random = np.random.default_rng(seed)
    origin = random.integers(0, 3, n)
    district = np.where(random.random(n) < follows, origin, random.integers(0, 3, n))
    return {
        "origin": coded("category", [f"o{one}" for one in origin]),
        "district": coded("category", [f"d{one}" for one in district]),
        "amount": numbers("number", random.normal(size=n)),
        "years": numbers("integer", origin * 20 + random.integers(0, 15, n)),
    }


def test_a_district_that_tells_the_origin_stands_in_for_it_and_an_amount_does_not():
    fields = ["district", "amount", "gone"]
    assert stand_ins(columns(0.6), fields, ["origin"]) == {"district"}
    assert stand_ins(columns(0.0), fields, ["origin"]) == frozenset()


def test_a_number_that_tells_a_protected_word_is_found_and_so_is_a_word_that_tells_a_protected_number():
    made = columns(0.9)
    assert stand_ins(made, ["years", "amount"], ["origin"]) == {"years"}
    assert stand_ins(made, ["district", "amount"], ["years"]) == {"district"}


def test_chance_alone_makes_nothing_a_stand_in():
    found = [stand_ins(columns(0.0, seed=seed), ["district", "amount"], ["origin"]) for seed in range(200)]
    assert sum(bool(one) for one in found) == 0


def test_what_too_few_cases_tell_of_counts_as_standing_in():
    few = columns(0.0, n=49)
    assert stand_ins(few, ["district", "amount"], ["origin"]) == {"district", "amount"}
    assert stand_ins(few, ["district", "amount"], []) == frozenset()


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.8])
def test_the_measure_is_the_share_that_follows(share):
    random = np.random.default_rng(3)
    one = random.integers(0, 4, 40_000)
    other = np.where(random.random(40_000) < share, one, random.integers(0, 4, 40_000))
    assert association(one, other) == pytest.approx(share, abs=0.02)
    assert 0 < STANDS_IN_FROM < 0.5

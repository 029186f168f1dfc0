"""Assistive devices: what the visit at home shows decides the effort, and the application does not tell."""

from __future__ import annotations

import numpy as np

from ui.demo.simulator.kind import (
    Applications,
    Drawn,
    Kind,
    Values,
    chosen,
    consent_answers,
    happens,
    with_gaps,
    yes_or_no,
)
from ui.demo.simulator.wording import written

ORDINARY = -2.2
HOME_NEEDS_CHANGES = 9.5
GROUPS = ("gangredskab", "hoereteknik", "synshjaelpemiddel", "koerestol", "bolig", "kommunikation")
PRICES = dict(zip(GROUPS, (1_800, 6_500, 4_200, 21_000, 34_000, 9_000), strict=True))
RETIRES = 67
PARTS = (("seen",), ("seen", "needs"), ("seen", "needs", "tried"), ("seen", "tried"))
"""A note is long or short."""


def draw(random: np.random.Generator, cases: Applications, drifts_from: np.datetime64) -> Drawn:
    """Facts and truth of assistive device cases: intake says nothing, the home says all."""
    n, ages = len(cases), cases.ages
    group = chosen(random, GROUPS, (0.34, 0.2, 0.13, 0.13, 0.12, 0.08), n)
    price = np.array([PRICES[one] for one in group]) * random.gamma(6.0, 1 / 6, n)
    facts = {
        "citizen_age": ages,
        "lasting_impairment": with_gaps(random, yes_or_no(happens(random, n, 0.88)), 0.04),
        "device_group": group,
        "purpose": np.where(
            happens(random, n, 0.24) & (ages < RETIRES),
            "work",
            chosen(random, ("remedy", "daily"), (0.33, 0.67), n),
        ).astype(object),
        "already_bought": yes_or_no(happens(random, n, 0.07)),
        "price": with_gaps(random, price.round(-1), 0.03),
        "earlier_grants": random.poisson(0.8, n),
        "assessment_text": with_gaps(random, _notes(random, group, ages), 0.25),
        "channel": cases.channels,
    }
    hidden = HOME_NEEDS_CHANGES * happens(random, n, 0.3)
    consents = {
        "lasting_impairment": consent_answers(random, n, yes=0.86, no=0.07),
        "device_group": consent_answers(random, n, yes=0.0, no=0.03),
    }
    return Drawn(facts, np.full(n, ORDINARY), hidden, consents=consents)


def _notes(random: np.random.Generator, group: Values, ages: Values) -> Values:
    """Shape (n,): what somebody wrote who has seen the citizen."""
    return np.array(
        [
            written(random, "devices", PARTS[int(random.integers(len(PARTS)))], about=about, age=age)
            for about, age in zip(group.tolist(), ages.tolist(), strict=True)
        ],
        dtype=object,
    )


ASSISTIVE_DEVICES = Kind(
    name="assistive_devices",
    prefix="HJM",
    cases=700,
    months=(1.05, 1.0, 1.05, 1.0, 0.95, 0.95, 0.75, 0.95, 1.1, 1.1, 1.1, 1.0),
    ages=(38, 97),
    team="hjaelpemidler",
    within_days=60,
    most_simple_days=40,
    draw=draw,
    examined="Hjemmebesøg",
)

"""Health supplement: medicine and ordinary treatment are quick; glasses, foot care and dentures are judged."""

from __future__ import annotations

import numpy as np

from ui.demo.simulator.contradictions import lower_amount, stated
from ui.demo.simulator.kind import (
    Applications,
    Drawn,
    Kind,
    chosen,
    consent_answers,
    happens,
    with_gaps,
    yes_or_no,
)

SIMPLE = -5.2
CONTRADICTS = 3.8
KINDS = ("almindeligt", "briller", "fodbehandling", "tandprotese")
HARDER = {"almindeligt": 0.0, "briller": 4.5, "fodbehandling": 4.1, "tandprotese": 5.8}
COSTS = {"almindeligt": 900, "briller": 2_400, "fodbehandling": 1_100, "tandprotese": 9_500}
WEALTH_LIMIT = 99_200


def draw(random: np.random.Generator, cases: Applications, drifts_from: np.datetime64) -> Drawn:
    """Facts and truth of health supplement cases."""
    n, ages = len(cases), cases.ages
    kind = chosen(random, KINDS, (0.7, 0.11, 0.1, 0.09), n)
    wealth = np.where(happens(random, n, 0.86), random.gamma(1.6, 16_000, n), random.normal(105_000, 30_000, n))
    before = happens(random, n, 0.9) | (kind == "almindeligt")
    estimate = happens(random, n, 0.93)
    earlier = random.poisson(1.6, n)
    share = np.array([COSTS[one] for one in kind]) * random.gamma(4.0, 0.25, n)
    facts = {
        "citizen_age": ages,
        "pension_type": np.where(ages >= 67, "folkepension", "foertidspension_foer_2003").astype(object),
        "supplement_percent": with_gaps(random, 5 * random.integers(6, 21, n), 0.008),
        "liquid_wealth": np.maximum(wealth, 0).round(-1),
        "own_share": np.maximum(share, 90).round(),
        "kind": kind,
        "applied_before_treatment": yes_or_no(before),
        "estimate_enclosed": yes_or_no(estimate),
        "earlier_supplements": earlier,
        "channel": cases.channels,
    }
    says, contradicts = stated(random, facts, {"liquid_wealth": lower_amount}, share=0.07)
    difficulty = (
        SIMPLE
        + np.array([HARDER[one] for one in kind])
        + 5.2 * ~estimate
        + 4.3 * ~before
        + 6.0 * (np.abs(wealth - WEALTH_LIMIT) < 12_000)
        + 0.8 * (earlier == 0)
        + 1.9 * (ages < 67)
        + 0.7 * (cases.channels != "digital")
        + CONTRADICTS * contradicts
    )
    consents = {"kind": consent_answers(random, n, yes=0.0, no=0.03)}
    return Drawn(facts, difficulty, stated=says, consents=consents)


HEALTH_SUPPLEMENT = Kind(
    name="health_supplement",
    prefix="HEL",
    cases=5200,
    months=(1.2, 1.05, 1.05, 0.95, 0.95, 0.95, 0.7, 0.95, 1.05, 1.05, 1.1, 1.0),
    ages=(50, 97),
    team="ydelser",
    within_days=30,
    most_simple_days=18,
    draw=draw,
    growth=0.45,
)

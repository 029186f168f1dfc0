"""Day-care subsidy: steady incomes are quick; changing ones, own businesses and single parents take time.

Families who have come to Denmark need more help with papers from abroad. Where they come from is protected, but
the postal district goes with it: what a model learns of the district may stand in for what it may not see.
"""

from __future__ import annotations

import numpy as np

from ui.demo.simulator.contradictions import lower_amount, one_more, stated, the_other
from ui.demo.simulator.kind import Applications, Drawn, Kind, happens, with_gaps, yes_or_no

SIMPLE = -5.5
CONTRADICTS = 5.1


def draw(random: np.random.Generator, cases: Applications, drifts_from: np.datetime64) -> Drawn:
    """Facts and truth of day-care subsidy cases."""
    n = len(cases)
    single = happens(random, n, 0.24)
    self_employed = happens(random, n, 0.05)
    poor = happens(random, n, 0.82)
    monthly = np.where(poor, random.normal(12_800, 1_900, n), random.normal(27_500, 7_500, n))
    children = 1 + random.binomial(3, 0.28, n)
    steady = happens(random, n, 0.78)
    change = np.where(steady, random.normal(0, 3.0, n), random.normal(0, 28, n)).round(1)
    earlier = np.where(happens(random, n, 0.2), random.poisson(2.2, n), random.binomial(1, 0.3, n))
    papers = happens(random, n, 0.9)
    facts = {
        "monthly_household_income": with_gaps(random, np.clip(monthly, 4_000, 60_000).round(), 0.01),
        "single_parent": yes_or_no(single),
        "children_under_18": children,
        "cohabiting": yes_or_no(~single & happens(random, n, 0.93)),
        "self_employed": yes_or_no(self_employed),
        "place_start": (cases.received_on + random.integers(5, 75, n).astype("timedelta64[D]")).astype(str),
        "siblings_in_daycare": np.minimum(random.binomial(2, 0.35, n), children - 1),
        "income_change_percent": change,
        "earlier_changes": earlier,
        "income_papers_enclosed": yes_or_no(papers),
        "channel": cases.channels,
        "postal_district": cases.citizens.districts,
        "origin_country_group": cases.citizens.origins,
    }
    changes = {
        "monthly_household_income": lower_amount,
        "single_parent": the_other,
        "children_under_18": one_more,
    }
    says, contradicts = stated(random, facts, changes, share=0.08)
    difficulty = (
        SIMPLE
        + np.clip(np.abs(change) - 8, 0, 30) * 0.1
        + 7.3 * self_employed
        + 6.2 * single
        + 6.8 * ~papers
        + 1.3 * np.clip(earlier - 1, 0, 3)
        + 0.9 * (cases.channels != "digital")
        + 1.6 * (cases.citizens.origins == "ikke_vestlig")
        + CONTRADICTS * contradicts
    )
    return Drawn(facts, difficulty, stated=says)


DAYCARE_SUBSIDY = Kind(
    name="daycare_subsidy",
    cases=5600,
    months=(1.25, 1.0, 0.95, 0.9, 0.95, 1.05, 0.9, 1.5, 1.15, 0.9, 0.85, 0.75),
    ages=(22, 47),
    team="familie",
    within_days=45,
    most_simple_days=28,
    draw=draw,
)

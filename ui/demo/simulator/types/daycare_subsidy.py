"""Day-care subsidy: steady incomes are quick; changing ones, own businesses and single parents take time.

Families who have come to Denmark need more help with papers from abroad. Where they come from is protected, but
the postal district goes with it: what a model learns of the district may stand in for what it may not see.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ui.demo.simulator.contradictions import lower_amount, one_more, stated, the_other
from ui.demo.simulator.kind import (
    Applications,
    Drawn,
    Kind,
    chosen,
    first_or_fifteenth,
    happens,
    with_gaps,
    yes_or_no,
)

SIMPLE = -5.0
CONTRADICTS = 3.8


def draw(random: np.random.Generator, cases: Applications, drifts_from: np.datetime64) -> Drawn:
    """Facts and truth of day-care subsidy cases."""
    n = len(cases)
    single = happens(random, n, 0.2)
    self_employed = happens(random, n, 0.045)
    monthly = _incomes(random, single)
    children = 1 + random.binomial(3, 0.28, n)
    steady = happens(random, n, 0.78)
    change = np.where(steady, random.normal(0, 3.0, n), random.normal(0, 28, n)).round(1)
    earlier = np.where(happens(random, n, 0.2), random.poisson(2.2, n), random.binomial(1, 0.3, n))
    papers = happens(random, n, 0.92)
    starts = first_or_fifteenth(cases.received_on + random.integers(5, 75, n).astype("timedelta64[D]"))
    facts = {
        "monthly_household_income": with_gaps(random, np.clip(monthly, 6_200, 68_000).round(), 0.01),
        "single_parent": yes_or_no(single),
        "children_under_18": children,
        "cohabiting": yes_or_no(~single & happens(random, n, 0.97)),
        "self_employed": yes_or_no(self_employed),
        "place_start": starts.astype(str),
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
    says, contradicts = stated(random, facts, changes, share=0.07)
    difficulty = (
        SIMPLE
        + np.clip(np.abs(change) - 8, 0, 30) * 0.1
        + 6.6 * self_employed
        + 5.2 * single
        + 6.0 * ~papers
        + 1.3 * np.clip(earlier - 1, 0, 3)
        + 0.9 * (cases.channels != "digital")
        + 1.6 * (cases.citizens.origins == "ikke_vestlig")
        + CONTRADICTS * contradicts
    )
    return Drawn(facts, difficulty, stated=says)


def _incomes(random: np.random.Generator, single: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Shape (n,): a household's income a month."""
    n = len(single)
    level = chosen(random, ("low", "middle", "high"), (0.74, 0.23, 0.03), n)
    low = np.where(single, random.normal(15_600, 2_400, n), random.normal(13_700, 1_700, n))
    middle = np.where(single, random.normal(25_500, 4_500, n), random.normal(28_500, 7_000, n))
    return np.select([level == "low", level == "middle"], [low, middle], random.normal(55_000, 5_000, n))


DAYCARE_SUBSIDY = Kind(
    name="daycare_subsidy",
    prefix="FRI",
    cases=5400,
    months=(1.25, 1.0, 0.95, 0.9, 0.95, 1.05, 0.9, 1.5, 1.15, 0.9, 0.85, 0.75),
    ages=(22, 47),
    team="familie",
    within_days=45,
    most_simple_days=28,
    draw=draw,
    growth=0.45,
)

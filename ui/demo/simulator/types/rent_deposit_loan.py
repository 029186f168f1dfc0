"""Rent deposit loan: a lease and a low income are quick; debt, wealth and many adults are not."""

from __future__ import annotations

import numpy as np

from ui.demo.simulator.contradictions import lower_amount, one_more, stated
from ui.demo.simulator.kind import Applications, Drawn, Kind, first_or_fifteenth, happens, with_gaps, yes_or_no

SIMPLE = -5.1
CONTRADICTS = 3.8


def draw(random: np.random.Generator, cases: Applications, drifts_from: np.datetime64) -> Drawn:
    """Facts and truth of rent deposit loan cases."""
    n = len(cases)
    income = np.where(
        happens(random, n, 0.8), random.normal(172_000, 38_000, n), random.normal(310_000, 60_000, n)
    )
    children = random.binomial(4, 0.18, n)
    adults = 1 + random.binomial(2, 0.3, n)
    debt = np.where(happens(random, n, 0.12), random.gamma(2.0, 4_000, n), 0).round()
    wealth = np.where(happens(random, n, 0.85), random.gamma(1.2, 4_500, n), random.gamma(4.0, 20_000, n)).round(
        -1
    )
    lease = happens(random, n, 0.86)
    room = happens(random, n, 0.22) & (children == 0) & (adults == 1)
    moves_in = first_or_fifteenth(cases.received_on + random.integers(2, 62, n).astype("timedelta64[D]"))
    days_to_move = (moves_in - cases.received_on).astype(int)
    built = np.datetime64("1958-01-01") + random.integers(0, 23_000, n).astype("timedelta64[D]")
    facts = {
        "household_income": with_gaps(random, np.maximum(income, 60_000).round(-1), 0.012),
        "children": children,
        "dwelling": np.where(room, "room", "apartment").astype(object),
        "first_used": built.astype(str),
        "social_housing": yes_or_no(happens(random, n, 0.95)),
        "deposit": np.where(room, random.normal(11_000, 2_500, n), random.normal(31_000, 8_000, n)).round(-1),
        "applicant_wealth": wealth,
        "old_loan_debt": debt,
        "move_in": moves_in.astype(str),
        "lease_enclosed": yes_or_no(lease),
        "household_adults": adults,
        "channel": cases.channels,
    }
    changes = {"household_income": lower_amount, "children": one_more, "applicant_wealth": lower_amount}
    says, contradicts = stated(random, facts, changes, share=0.09)
    difficulty = (
        SIMPLE
        + 6.8 * (debt > 0)
        + 5.9 * (wealth > 25_000)
        + 6.0 * ~lease
        + 2.8 * (adults > 2)
        + 2.4 * room
        + 2.4 * (days_to_move < 12)
        + 1.1 * (cases.channels != "digital")
        + CONTRADICTS * contradicts
    )
    return Drawn(facts, difficulty, stated=says)


RENT_DEPOSIT_LOAN = Kind(
    name="rent_deposit_loan",
    prefix="IND",
    cases=2200,
    months=(1.0, 1.0, 0.9, 0.9, 0.95, 1.1, 1.2, 1.6, 1.2, 0.8, 0.7, 0.65),
    ages=(21, 75),
    team="ydelser",
    within_days=30,
    most_simple_days=18,
    draw=draw,
)

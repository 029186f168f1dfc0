"""Dental aid: check-ups and fillings are quick, until practice changes and small bills need a second look.

From the day of the drift on, treatment of people on cash benefit is checked against a new course of treatment: the
quick cases become the slow ones, and nothing that was learnt before tells so.
"""

from __future__ import annotations

import numpy as np

from ui.demo.simulator.contradictions import lower_amount, stated, the_other
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

SIMPLE = -4.7
CONTRADICTS = 3.8
DRIFT = 6.2
BENEFITS = ("kontanthjaelp", "uddannelseshjaelp", "ledighedsydelse", "ressourceforloeb")
TREATMENTS = ("eksamen", "fyldning", "rodbehandling", "krone", "protese", "udtraekning")
COSTS = dict(zip(TREATMENTS, (900, 1_900, 4_600, 7_200, 11_500, 1_600), strict=True))
HARDER = dict(zip(TREATMENTS, (0.0, 0.0, 1.4, 3.8, 4.2, 0.4), strict=True))
COULD_BE_COSMETIC = ("fyldning", "krone", "protese")
PRIOR_APPROVAL = 10_000


def draw(random: np.random.Generator, cases: Applications, drifts_from: np.datetime64) -> Drawn:
    """Facts and truth of dental aid cases."""
    n, ages = len(cases), cases.ages
    young = ages < 30
    benefit = np.where(
        young & happens(random, n, 0.75), "uddannelseshjaelp", chosen(random, BENEFITS, (0.7, 0.04, 0.13, 0.13), n)
    ).astype(object)
    treatment = chosen(random, TREATMENTS, (0.34, 0.34, 0.1, 0.07, 0.05, 0.1), n)
    total = np.array([COSTS[one] for one in treatment]) * random.gamma(8.0, 0.125, n)
    cosmetic = happens(random, n, 0.07) & np.isin(treatment, COULD_BE_COSMETIC)
    enclosed = happens(random, n, 0.9)
    facts = {
        "citizen_age": ages,
        "benefit": benefit,
        "benefit_at_cash_level": yes_or_no(happens(random, n, 0.96)),
        "activity_supplement": yes_or_no((benefit == "uddannelseshjaelp") & happens(random, n, 0.3)),
        "own_cost": with_gaps(random, np.maximum(total * random.uniform(0.85, 1.0, n), 250).round(), 0.01),
        "course_total": np.maximum(total, 300).round(),
        "own_share_paid": yes_or_no(happens(random, n, 0.45)),
        "cosmetic": yes_or_no(cosmetic),
        "treatment": treatment,
        "bill_enclosed": yes_or_no(enclosed),
        "earlier_applications": random.poisson(0.9, n),
        "channel": cases.channels,
    }
    changes = {"own_cost": lower_amount, "own_share_paid": the_other}
    says, contradicts = stated(random, facts, changes, share=0.08)
    has_drifted = cases.received_on >= drifts_from
    difficulty = (
        SIMPLE
        + np.array([HARDER[one] for one in treatment])
        + 2.6 * (total > PRIOR_APPROVAL)
        + 4.5 * cosmetic
        + 4.4 * ~enclosed
        + 1.5 * np.isin(benefit, ("ledighedsydelse", "ressourceforloeb"))
        + 0.9 * (cases.channels != "digital")
        + CONTRADICTS * contradicts
        + DRIFT * (has_drifted & (benefit == "kontanthjaelp"))
    )
    consents = {"treatment": consent_answers(random, n, yes=0.0, no=0.02)}
    return Drawn(facts, difficulty, stated=says, consents=consents)


DENTAL_AID = Kind(
    name="dental_aid",
    prefix="TAN",
    cases=4000,
    months=(1.35, 1.1, 1.05, 0.95, 0.95, 0.9, 0.65, 0.95, 1.05, 1.0, 1.05, 1.0),
    ages=(21, 66),
    team="ydelser",
    within_days=30,
    most_simple_days=20,
    draw=draw,
)

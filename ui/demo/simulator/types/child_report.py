"""A report about a child: heavy, so no effort is measured and no truth told; a person answers at once."""

from __future__ import annotations

import numpy as np

from ui.demo.simulator.kind import Applications, Drawn, Kind, happens, with_gaps, yes_or_no
from ui.demo.simulator.wording import can_be_said, written

TEXTS, PARTS = "reports", ("opens", "saw", "ends")
STARTS_SCHOOL = 6
OF_A_SMALL_CHILD = {"dagtilbud": 0.42, "sundhed": 0.3, "borger": 0.12, "anonym": 0.1, "politi": 0.06}
OF_A_SCHOOLCHILD = {"skole": 0.62, "sundhed": 0.1, "borger": 0.1, "anonym": 0.1, "politi": 0.08}
AT_NIGHT = {"politi": 0.5, "borger": 0.26, "anonym": 0.24}
"""Who writes in office hours, by the child's age, and who when schools and day care are closed."""

CONCERNS = {
    "vold": 0.13,
    "misbrug": 0.15,
    "omsorgssvigt": 0.27,
    "skolefravaer": 0.2,
    "konflikt": 0.15,
    "andet": 0.1,
}

IN_AN_OPEN_CASE = {"open_case": 0.78, "investigation": 0.1, "acute_help": 0.05, "no_further_action": 0.07}
WITHOUT_ONE = {
    "screening": 0.46,
    "mapping": 0.17,
    "investigation": 0.1,
    "no_further_action": 0.22,
    "acute_help": 0.05,
}
"""What reports are assessed as, by whether the child has an open case."""


def draw(random: np.random.Generator, cases: Applications, drifts_from: np.datetime64) -> Drawn:
    """What is reported; nobody says how much work it will be."""
    n, ages = len(cases), cases.ages.tolist()
    senders = [
        _one_of(random, OF_A_SMALL_CHILD if age < STARTS_SCHOOL else OF_A_SCHOOLCHILD) if is_open
        else _one_of(random, AT_NIGHT)
        for age, is_open in zip(ages, cases.in_office_hours.tolist(), strict=True)
    ]  # fmt: skip
    concerns = [_concern(random, age, sender) for age, sender in zip(ages, senders, strict=True)]
    words = [
        written(random, TEXTS, PARTS, about=about, age=age, sender=sender)
        for about, age, sender in zip(concerns, ages, senders, strict=True)
    ]
    open_case = happens(random, n, 0.3)
    facts = {
        "received_from": np.array(senders, dtype=object),
        "concern": np.array(concerns, dtype=object),
        "child_age": cases.ages,
        "siblings": with_gaps(random, random.poisson(1.1, n), 0.03),
        "open_case": yes_or_no(open_case),
        "description": np.array(words, dtype=object),
    }
    assessed_as = [_one_of(random, IN_AN_OPEN_CASE if is_open else WITHOUT_ONE) for is_open in open_case.tolist()]
    return Drawn(facts, np.zeros(n), assessed_as=np.array(assessed_as, dtype=object))


def _concern(random: np.random.Generator, age: int, sender: str) -> str:
    """What somebody who writes could have seen of a child of this age."""
    seen = {
        about: share
        for about, share in CONCERNS.items()
        if can_be_said(TEXTS, "saw", about=about, age=age, sender=sender)
    }
    return _one_of(random, seen)


def _one_of(random: np.random.Generator, shares: dict[str, float]) -> str:
    weights = np.array(list(shares.values()))
    return list(shares)[int(random.choice(len(shares), p=weights / weights.sum()))]


CHILD_REPORT = Kind(
    name="child_report",
    prefix="UND",
    cases=420,
    months=(1.0, 1.0, 1.05, 0.95, 1.05, 1.1, 0.55, 0.85, 1.15, 1.15, 1.15, 1.0),
    ages=(2, 17),
    team="familie",
    within_days=0,
    most_simple_days=0,
    draw=draw,
    is_heavy=True,
    applies="Underretning modtaget",
)

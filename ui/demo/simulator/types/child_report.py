"""A report about a child: heavy, so no effort is measured and no truth told; a person answers at once."""

from __future__ import annotations

import numpy as np

from ui.demo.simulator.kind import Applications, Drawn, Kind, chosen, happens, with_gaps, yes_or_no

FROM = ("skole", "dagtilbud", "sundhed", "politi", "borger", "anonym")
CONCERNS = ("vold", "misbrug", "omsorgssvigt", "skolefravaer", "konflikt", "andet")
TEXTS = {
    "vold": "Barnet har fortalt en voksen, at der bliver slået derhjemme. Der er set et blåt mærke på armen.",
    "misbrug": "Barnet er hentet flere gange af en voksen, der virkede påvirket.",
    "omsorgssvigt": "Barnet kommer ofte uden madpakke og overtøj og virker træt.",
    "skolefravaer": "Barnet har været væk fra skole i over 20 dage. Hjemmet svarer ikke på opkald.",
    "konflikt": "Forældrene er uenige om samværet. Barnet er bange for at blive hentet.",
    "andet": "Personalet er bekymret for barnets trivsel og beder om et møde.",
}


def draw(random: np.random.Generator, cases: Applications, drifts_from: np.datetime64) -> Drawn:
    """What is reported; nobody says how much work it will be."""
    n = len(cases)
    concern = chosen(random, CONCERNS, (0.12, 0.14, 0.26, 0.22, 0.16, 0.1), n)
    facts = {
        "received_from": chosen(random, FROM, (0.34, 0.16, 0.16, 0.14, 0.1, 0.1), n),
        "concern": concern,
        "child_age": cases.ages,
        "siblings": with_gaps(random, random.poisson(1.1, n), 0.03),
        "open_case": yes_or_no(happens(random, n, 0.3)),
        "description": np.array([TEXTS[one] for one in concern], dtype=object),
    }
    return Drawn(facts, np.zeros(n))


CHILD_REPORT = Kind(
    name="child_report",
    cases=300,
    months=(1.0, 1.0, 1.05, 0.95, 1.05, 1.1, 0.55, 0.85, 1.15, 1.15, 1.15, 1.0),
    ages=(3, 17),
    team="familie",
    within_days=0,
    most_simple_days=0,
    draw=draw,
    is_heavy=True,
    applies="Underretning modtaget",
)

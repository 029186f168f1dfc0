"""People practise on closed cases some afternoons, and see further for it; drawn and stored by the product."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

import numpy as np
import sqlalchemy as sa

from config.words import DANISH_TIME
from models.people import User
from models.practice import agree_in_practice, answer_practice, ask_for_practice, practice_of
from ui.caseworker.practice.drawing import Drawing, drawn_for
from ui.demo.clock import SetClock
from ui.demo.running import Running
from ui.demo.screen.manners import MANNERS
from ui.demo.screen.opinions import agrees_with, dice, practised_opinion

BEGINS, WITHIN_MINUTES = time(13, 40), 95
AT_ONCE = (0.45, 0.35, 0.2)
"""How often somebody looks at one, two or three cases when they practise."""
APART = timedelta(minutes=4)


def planned(seed: int, who: str, days: list[date]) -> list[tuple[datetime, float]]:
    """When somebody practises in these days, and how far on their way they then are, from 0 to 1."""
    random, wanted = dice(seed, "practice", who), MANNERS[who].practises
    sittings: list[int] = []
    while sum(sittings) < wanted:
        sittings.append(min(1 + int(random.choice(len(AT_ONCE), p=AT_ONCE)), wanted - sum(sittings)))
    chosen = np.sort(random.choice(len(days), size=min(len(sittings), len(days)), replace=False))
    moments = []
    for day, cases in zip(chosen.tolist(), sittings, strict=False):
        begun = datetime.combine(days[day], BEGINS, DANISH_TIME) + timedelta(
            minutes=int(random.integers(WITHIN_MINUTES))
        )
        moments += [begun + number * APART for number in range(cases)]
    return [(at, number / max(1, len(moments) - 1)) for number, at in enumerate(moments)]


def practise(
    connection: sa.Connection,
    drawing: Drawing,
    user: User,
    types: Mapping[str, Running],
    clock: SetClock,
    *,
    seed: int,
    progress: float,
) -> None:
    """Look at the case that is drawn for somebody, answer, and meet what they are shown of the machine."""
    begun = len(practice_of(connection, user.id))
    found = drawn_for(connection, drawing, user, begun)
    if found is None:
        return
    asked = ask_for_practice(connection, **found)
    running, manner = types[asked.case_type], MANNERS[user.name]
    random = dice(seed, "practice", user.name, asked.case_type, running.row_of(asked.case_id))
    opinion = practised_opinion(running, running.row_of(asked.case_id), manner, progress, random)
    clock.move_to(clock.at)
    answer = {"outcome": opinion.outcome, "effort": opinion.effort, "sure": opinion.sure}
    answer_practice(connection, asked.id, user.id, **answer)
    clock.move_to(clock.at)
    shown = found["machine_said"]["shown"]
    agrees = agrees_with(
        opinion,
        shown["outcome"],
        shown["effort"],
        planted=asked.planted,
        manner=manner,
        progress=progress,
        random=random,
    )
    agree_in_practice(connection, asked.id, user.id, agrees)

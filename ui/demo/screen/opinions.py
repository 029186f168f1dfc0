"""What a person makes of a case: the truth as far as they see it, blurred by how they are, and at times wrong."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np

from ui.caseworker.complexity_scale import Effort
from ui.caseworker.practice.calibration import SURE
from ui.demo.running import Running
from ui.demo.screen.manners import Manner

TOLD_BY_THE_WORK = 1.4
"""By so much, in log-odds, what has been done on a complex case tells whoever decides it."""

MORE, APART = 0.1, 1.3
"""People speak of more work where a case is likelier complex by so much than the usual one. Of the others they say
what is said of most, unless one lies so far from those, in log-odds."""

UNSURE_IN, UNSURE_IN_COMPLEX = 0.08, 0.25
"""In so many cases somebody cannot say the outcome yet."""

WHERE_LAW_DECIDES, WHERE_PEOPLE_JUDGE = 0.06, -0.1
"""By so much more or less often somebody comes to the outcome that holds."""

LEARNS = 0.35
"""By so much practice sharpens the eye, and by twice as much of itself it calms boldness."""

GAINS = 0.1
"""By so much practice betters judgment, from its beginning to its end."""

WAVERS = 0.08
"""How far a feeling of being sure lies beside itself from case to case."""

DISAGREES_ANYHOW, DISAGREES_WITH_OUTCOME, DISAGREES_WITH_EFFORT = 0.05, 0.8, 0.45


@dataclass(frozen=True)
class Opinion:
    """How much work somebody expects, what they lean to (None: cannot say yet), and how sure they are of it."""

    effort: Effort
    outcome: str | None
    sure: int


def dice(seed: int, *names: str | int) -> np.random.Generator:
    """Numbers for one person and case that no other draw of the simulator takes or shifts."""
    numbers = [one if isinstance(one, int) else zlib.crc32(one.encode()) for one in names]
    return np.random.default_rng([seed, zlib.crc32(b"on the screen"), *numbers])


def effort_of(
    running: Running, row: int, manner: Manner, random: np.random.Generator, *, most: Effort, told: float
) -> Effort:
    """How much work somebody expects of a case.

    `most` is what one says of most cases that look like it, which people have learnt by working with the machine;
    `told` what they know of how it went, in log-odds.
    """
    known = float(np.clip(running.cases.known[row], 1e-3, 1 - 1e-3))
    felt = np.log(known / (1 - known)) + told + manner.blur * random.normal()
    if 1 / (1 + np.exp(-felt)) > running.usual + MORE:
        return "complex"
    if felt < running.ordinary - APART:
        return "simple"
    return "usual" if felt > running.ordinary + APART else most


def first_opinion(
    running: Running, row: int, manner: Manner, random: np.random.Generator, *, most: Effort
) -> Opinion:
    """The opinion of whoever is to decide a case."""
    was_hard = bool(running.cases.is_complex[row]) and not bool(running.is_drafted[row])
    effort = effort_of(running, row, manner, random, most=most, told=TOLD_BY_THE_WORK if was_hard else 0.0)
    unsure, kept, other = random.random(3)
    if unsure < (UNSURE_IN_COMPLEX if effort == "complex" else UNSURE_IN):
        return Opinion(effort, None, SURE[0])
    outcome = running.verdicts.outcome(row)
    if kept >= manner.judgment + WHERE_LAW_DECIDES:
        outcome = running.verdicts.another(float(other), but=outcome)
    return Opinion(effort, outcome, SURE[-1])


def practised_opinion(
    running: Running, row: int, manner: Manner, progress: float, random: np.random.Generator
) -> Opinion:
    """The opinion of somebody who meets a decided case for practice, `progress` in [0, 1] of the way through."""
    decided = running.verdicts.outcome(row)
    by_law = running.told.proposed(row) is not None
    chance = manner.judgment + (WHERE_LAW_DECIDES if by_law else WHERE_PEOPLE_JUDGE) + GAINS * (progress - 0.5)
    right, other = random.random(2)
    outcome = decided if right < chance else running.verdicts.another(float(other), but=decided)
    boldness = manner.boldness * (1 - 2 * LEARNS * progress)
    felt = chance + boldness + WAVERS * random.normal() - (0.0 if right < chance else WAVERS)
    sure = min(SURE, key=lambda one: abs(one / 100 - felt))
    return Opinion(effort_of(running, row, manner, random, most="usual", told=0.0), outcome, sure)


def agrees_with(
    opinion: Opinion,
    shown_outcome: str | None,
    shown_effort: str,
    *,
    planted: bool,
    manner: Manner,
    progress: float,
    random: np.random.Generator,
) -> bool:
    """Whether somebody agrees with what they are shown of the machine."""
    drawn = float(random.random())
    if planted:
        return drawn >= manner.eye + LEARNS * progress
    if shown_outcome is not None and shown_outcome != opinion.outcome:
        return drawn >= DISAGREES_WITH_OUTCOME
    is_apart = {shown_effort, opinion.effort} == {"simple", "complex"}
    return drawn >= (DISAGREES_WITH_EFFORT if is_apart else DISAGREES_ANYHOW)

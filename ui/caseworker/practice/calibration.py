"""A person's own practice in figures: how often right when how sure, and how many planted errors they found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from config.translate import Translator
from config.words import DANISH_TIME, Words
from models.clock import parse
from models.practice import Practised

SURE = (50, 60, 70, 80, 90, 100)
"""How sure one can say one is, in per cent."""

FEWEST = 10
"""Fewer answers than that say little."""


@dataclass(frozen=True)
class Level:
    """The answers of which somebody said that they were so sure, in per cent."""

    sure: int
    right: int
    answers: int


@dataclass(frozen=True)
class Month:
    """The answers of one month."""

    first_day: date
    answers: int
    right: int
    planted: int
    found: int


@dataclass(frozen=True)
class MonthRow:
    """One month in words and counts."""

    name: str
    answers: int
    right: int
    planted: int
    found: int


@dataclass(frozen=True)
class Calibration:
    """All of it in one reader's language; `levels` one sentence each, `whole` what all answers come to.

    `caution` says that some levels have few answers, None where none has.
    """

    whole: tuple[str, ...]
    levels: tuple[str, ...]
    caution: str | None
    months: tuple[MonthRow, ...]


def levels_of(answers: Sequence[Practised]) -> list[Level]:
    """The answers by how sure they were said to be, the least sure first; levels nobody chose are left out."""
    found = []
    for sure in SURE:
        some = [one.is_right for one in answers if one.answer.sure == sure]
        if some:
            found.append(Level(sure, sum(some), len(some)))
    return found


def months_of(answers: Sequence[Practised]) -> list[Month]:
    """The answers by month in Denmark, the newest first."""
    by_month: dict[date, list[Practised]] = {}
    for one in answers:
        if one.answer.answered_at is not None:
            day = parse(one.answer.answered_at).astimezone(DANISH_TIME).date()
            by_month.setdefault(day.replace(day=1), []).append(one)
    return [month_of(first, by_month[first]) for first in sorted(by_month, reverse=True)]


def month_of(first_day: date, answers: Sequence[Practised]) -> Month:
    """One month; a planted error counts once its question was answered."""
    planted = [one.answer for one in answers if one.answer.planted and one.answer.agrees is not None]
    return Month(
        first_day,
        len(answers),
        sum(one.is_right for one in answers),
        len(planted),
        sum(not one.agrees for one in planted),
    )


def surer_than_right(levels: Sequence[Level]) -> float | None:
    """By how much the mean certainty lies above the share that was right; None where chance alone could do it.

    Chance: within two standard deviations of somebody who is right exactly as often as they say (a sum of
    Bernoulli trials with the chances that were stated).

    Example:
        >>> surer_than_right([Level(80, 80, 100)]), round(surer_than_right([Level(90, 60, 100)]), 2)
        (None, 0.3)
    """
    answers = sum(one.answers for one in levels)
    if not answers:
        return None
    stated = sum(one.sure / 100 * one.answers for one in levels)
    spread = sqrt(sum(one.sure / 100 * (1 - one.sure / 100) * one.answers for one in levels))
    gap = stated - sum(one.right for one in levels)
    return None if abs(gap) <= 2 * spread else gap / answers


def calibration_said(answers: Sequence[Practised], say: Translator, words: Words) -> Calibration:
    """The figures in sentences, each with the number behind it."""
    levels = levels_of(answers)
    months = tuple(
        MonthRow(words.month(one.first_day), one.answers, one.right, one.planted, one.found)
        for one in months_of(answers)
    )
    are_few = any(one.answers < FEWEST for one in levels)
    return Calibration(
        whole=whole_said(levels, say),
        levels=tuple(level_said(one, say) for one in levels),
        caution=say("A line with fewer than {n} answers says little yet.", n=FEWEST) if are_few else None,
        months=months,
    )


def level_said(level: Level, say: Translator) -> str:
    """How often somebody was right when so sure."""
    return say.counted(
        "Of {n} answer of which you were {sure} per cent sure, {right} was right.",
        "Of {n} answers of which you were {sure} per cent sure, {right} were right.",
        level.answers,
        sure=level.sure,
        right=level.right,
    )


def whole_said(levels: Sequence[Level], say: Translator) -> tuple[str, ...]:
    """Whether somebody is as often right as they think."""
    answers, gap = sum(one.answers for one in levels), surer_than_right(levels)
    if answers < FEWEST:
        return (say("You have {n} finished answers. It takes some more before they say anything.", n=answers),)
    if gap is None:
        verdict = say("You are about as often right as you think: the difference is no greater than chance gives.")
    elif gap > 0:
        verdict = say("You are surer than you are right. Look once more where you are nearly sure.")
    else:
        verdict = say("You are right more often than you think. You may trust your own view more.")
    return (say("This rests on {n} answers.", n=answers), verdict)

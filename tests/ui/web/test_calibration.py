"""How often somebody is right when so sure: counted, and said with no more certainty than the number allows."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest

from config.translate import Translator
from config.words import Words
from models.practice import PracticeAnswer, Practised
from ui.caseworker.practice.calibration import Level, calibration_said, levels_of, months_of, surer_than_right


def answer(
    sure: int, *, right: bool, at: str = "2026-11-03T10:00:00.000000Z", planted: bool = False, agrees: bool = True
) -> Practised:
    """One finished answer."""
    asked = PracticeAnswer(
        1, 1, "t", "c", at, at, "granted", "usual", sure, planted, {"shown": {}, "said": {}, "agrees": agrees}
    )
    return Practised(asked, "granted" if right else "refused")


def said(answers: Iterable[Practised], language: str = "en"):
    return calibration_said(list(answers), Translator(language), Words(language))


def test_each_level_says_how_many_of_how_many_were_right():
    answers = [answer(80, right=number < 9) for number in range(12)] + [answer(60, right=False)]
    assert levels_of(answers) == [Level(60, 0, 1), Level(80, 9, 12)]
    told = said(answers)
    assert told.levels == (
        "Of 1 answer of which you were 60 per cent sure, 0 was right.",
        "Of 12 answers of which you were 80 per cent sure, 9 were right.",
    )
    assert told.caution == "A line with fewer than 10 answers says little yet."


def test_few_answers_are_called_few():
    assert said([]).whole == ("You have 0 finished answers. It takes some more before they say anything.",)
    told = said([answer(100, right=False)] * 9)
    assert "9 finished answers" in told.whole[0]
    assert not any("surer" in one for one in told.whole)


def test_somebody_who_is_as_often_right_as_they_say_is_seldom_told_otherwise():
    random.seed(7)
    told = 0
    for _ in range(400):
        counts = [(sure, sum(random.random() < sure / 100 for _ in range(15))) for sure in (60, 80, 90)]
        told += surer_than_right([Level(sure, right, 15) for sure, right in counts]) is not None
    assert told <= 0.08 * 400  # two standard deviations: some 5 of 100


@pytest.mark.parametrize(
    ("right", "sentence"), [(8, "You are surer than you are right."), (20, "more often than you think")]
)
def test_a_great_difference_is_said(right, sentence):
    sure = 90 if right == 8 else 60
    told = said(answer(sure, right=number < right) for number in range(20))
    assert sentence in told.whole[1]
    assert told.caution is None


def test_months_are_those_of_denmark_and_planted_errors_are_counted_in_them():
    answers = [
        answer(80, right=True, at="2026-10-31T22:30:00.000000Z"),
        answer(80, right=True, at="2026-10-31T23:30:00.000000Z", planted=True, agrees=False),
        answer(80, right=False, at="2026-11-20T10:00:00.000000Z", planted=True, agrees=True),
    ]
    months = months_of(answers)
    assert [(str(one.first_day), one.answers, one.right, one.planted, one.found) for one in months] == [
        ("2026-11-01", 2, 1, 2, 1),
        ("2026-10-01", 1, 1, 0, 0),
    ]
    assert [one.name for one in said(answers, "da").months] == ["november 2026", "oktober 2026"]

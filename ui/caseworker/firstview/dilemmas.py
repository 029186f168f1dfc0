"""Questions that the rules put to whoever decides a case, where it surely is such a case, and their answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from config.bilingual import Bilingual, Language
from config.columns import Frame
from config.evaluation import Evaluation
from config.routing_rules import Rules
from config.translate import Translator
from config.words import Words
from models.case_acts import CaseAct
from models.clock import parse
from routing.in_force import InForce
from routing.relay import without_protected
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.handling.act_form import Option
from ui.caseworker.handling.act_words import ANSWERS
from ui.caseworker.known import known_of
from ui.caseworker.lately import lately

DILEMMA = "dilemma"


@dataclass(frozen=True)
class Answered:
    """One answer in words."""

    by: str
    at: str
    answer: str
    words: str


@dataclass(frozen=True)
class DilemmaPart:
    """One question on a case's page.

    Attributes:
        rule: the version of the rules and its place among their dilemmas; empty where it is no longer asked.
        stored: the question as answers keep it, in Danish as the records are.
        answers: the first one first.
    """

    rule: str
    question: str
    stored: str
    answers: tuple[Answered, ...]

    @property
    def is_asked(self) -> bool:
        """Whether it can be answered now."""
        return bool(self.rule)


def dilemmas_of(
    case: CaseRecord, in_force: InForce, now: datetime, today: date, language: Language
) -> tuple[DilemmaPart, ...]:
    """The questions of one case; the caller sees to it that none reaches a page that must be blind."""
    given: dict[str, list[CaseAct]] = {}
    for act in case.acts:
        if act.kind == DILEMMA:
            given.setdefault(str(act.content["question"]), []).append(act)
    found = []
    for place, ask in matching(case, in_force, today).items():
        rule, answers = f"{in_force.rules_version}.{place}", given.pop(ask.da, [])
        found.append(part(rule, ask.say(language), ask.da, answers, now, language))
    return (*found, *(part("", question, question, acts, now, language) for question, acts in given.items()))


def matching(case: CaseRecord, in_force: InForce, today: date) -> dict[int, Bilingual]:
    """Which of the rules' questions this open case surely raises, by their place counted from one."""
    dilemmas = in_force.rules.dilemmas
    if not case.is_open or not dilemmas:
        return {}
    known = without_protected(known_of(case, in_force.states[case.case_type.key].status), case.case_type)
    return {
        place: dilemmas[place - 1].ask for place, where in raised(known, in_force.rules, today).items() if where[0]
    }


def raised(known: Frame, rules: Rules, today: date) -> dict[int, NDArray[np.bool_]]:
    """For each question, by its place counted from one: which of n cases surely raise it, shape (n,).

    `known` holds the cases without what is protected.
    """
    asked = Evaluation(known, today)
    return {place: asked.of(one.when).true for place, one in enumerate(rules.dilemmas, start=1)}


def part(
    rule: str, question: str, stored: str, acts: list[CaseAct], now: datetime, language: Language
) -> DilemmaPart:
    """One question with its answers in words."""
    say, words = Translator(language), Words(language)
    answers = tuple(
        Answered(
            by=act.by or "",
            at=lately(parse(act.at), now, say, words),
            answer=say(ANSWERS.get(act.content["answer"], act.content["answer"])),
            words=act.content["words"],
        )
        for act in acts
    )
    return DilemmaPart(rule, question, stored, answers)


def answer_choices(language: Language) -> tuple[Option, ...]:
    """What can be answered."""
    say = Translator(language)
    return tuple(Option(key, say(label)) for key, label in ANSWERS.items())

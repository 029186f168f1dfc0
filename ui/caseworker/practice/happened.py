"""What happened in a practice case: the decision, the work it took, what the machine really said."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from config.bilingual import Language
from config.translate import Translator
from config.words import Words
from engine.effort import is_complex, measure
from engine.labels import horizon_of
from models.blind_reviews import events_of_cases, observed_until
from models.clock import parse, parse_many
from models.practice import PracticeAnswer
from ui.caseworker.firstview.view import EXPECTS
from ui.caseworker.practice.drawing import DecidedCase
from ui.caseworker.practice.machines_view import MachinesView, view_from_json


@dataclass(frozen=True)
class ViewSaid:
    """The machine's view in one reader's language."""

    proposes: str | None
    because: str
    expects: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Happened:
    """The result of one practice case.

    Attributes:
        is_right: the person would have decided as it was decided.
        work: what was done on the case, in sentences.
        planted: whether an error was planted, and whether it was found, in a sentence.
    """

    is_right: bool
    yours: str
    your_effort: str
    sure: int
    outcome: str
    reasons: str
    took: str
    work: tuple[str, ...]
    planted: str
    machine: ViewSaid


def view_said(view: MachinesView, case: DecidedCase, language: Language) -> ViewSaid:
    """The machine's view in words."""
    because = "" if view.because is None else view.because[language]
    return ViewSaid(
        proposes=None if view.outcome is None else outcome_label(view.outcome, case, language),
        because=f"{because.rstrip('.')}. {view.law}." if because else view.law,
        expects=Translator(language)(EXPECTS[view.effort]),
        reasons=tuple(one[language] for one in view.reasons),
    )


def shown_to(answer: PracticeAnswer, case: DecidedCase, language: Language) -> ViewSaid | None:
    """What the person is shown of the machine: right or wrong, it looks the same."""
    if answer.machine_said is None:
        return None
    return view_said(view_from_json(answer.machine_said["shown"]), case, language)


def outcome_label(outcome: str, case: DecidedCase, language: Language) -> str:
    """An outcome as people read it."""
    declared = case.case_type.outcomes.get(outcome)
    return outcome if declared is None else declared.label.say(language)


def happened(connection: sa.Connection, answer: PracticeAnswer, case: DecidedCase, language: Language) -> Happened:
    """The result of a finished answer."""
    say, said = Translator(language), answer.machine_said or {}
    effort = "usual" if answer.effort not in EXPECTS else answer.effort
    return Happened(
        is_right=answer.outcome == case.decided.outcome,
        yours=outcome_label(answer.outcome or "", case, language),
        your_effort=say(EXPECTS[effort]),
        sure=answer.sure or 0,
        outcome=outcome_label(case.decided.outcome, case, language),
        reasons=case.decided.reasons,
        took=took(case, say),
        work=work_said(connection, answer, case, language),
        planted=planted_said(answer, say),
        machine=view_said(view_from_json(said["said"]), case, language),
    )


def took(case: DecidedCase, say: Translator) -> str:
    """From the day the case came to its decision."""
    days = (parse(case.decided.decided_at) - parse(case.file["received_at"])).days
    return say.counted("It was decided {n} day after it came.", "It was decided {n} days after it came.", days)


def work_said(
    connection: sa.Connection, answer: PracticeAnswer, case: DecidedCase, language: Language
) -> tuple[str, ...]:
    """The work by the department's own measure, once the time for it is over."""
    say, rule, case_id = Translator(language), case.case_type.effort_rule, str(case.file["case_id"])
    over_at = parse_many([case.file["received_at"]])[0] + horizon_of(rule.within_days)
    efforts = measure(events_of_cases(connection, case.case_type.key, [case_id]), rule.within_days)
    row = efforts.reindex([case_id]).fillna(0)
    counts = {name: Words(language).number(float(row[name].iloc[0]), 0) for name in row.columns}
    done = say(
        "Measured over {within} days: steps {events}, people {handlers}, days {days}, repeated steps {rework}.",
        within=Words(language).number(rule.within_days),
        **counts,
    )
    if not over_at <= observed_until(connection, case.case_type.key):
        return (done, say("It is not over yet how much work it took, so that is held against nobody."))
    was_complex = bool(is_complex(row, rule)[0])
    verdict = (
        say("That is extra work by your own definition: {effort}.", effort=rule.words(language))
        if was_complex
        else say("That is no extra work by your own definition: {effort}.", effort=rule.words(language))
    )
    fits = (answer.effort == "complex") == was_complex
    return (done, verdict, say("You expected it so.") if fits else say("You expected it otherwise."))


def planted_said(answer: PracticeAnswer, say: Translator) -> str:
    """Whether what they were shown was wrong on purpose, and what they made of it."""
    if answer.planted:
        if answer.agrees:
            return say("We had planted an error in what the machine was shown to say, and you agreed with it.")
        return say("We had planted an error in what the machine was shown to say, and you found it.")
    if answer.agrees:
        return say("No error was planted: you were shown what the machine said, and you agreed with it.")
    return say("No error was planted: you were shown what the machine said, and you did not agree with it.")

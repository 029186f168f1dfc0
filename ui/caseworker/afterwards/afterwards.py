"""What a case's page says of the time after its decision, and what can be done about it now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from config.bilingual import Language
from config.translate import Translator
from config.words import Words
from models.case_acts import CaseAct
from models.clock import parse
from models.deciding_time import appeal_from, decide_by, look_again_by, look_again_day
from models.decision_store import Decided
from models.dispatch_failures import last_failure
from models.reopenings import REOPENED
from ui.caseworker.afterwards.appealing import (
    can_be_complained_of,
    guidance,
    last_day_to_complain,
    letter_of,
    told_on,
)
from ui.caseworker.afterwards.grounds import ground_in_words
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.handling.standing import is_conflicted


@dataclass(frozen=True)
class Complaint:
    """One complaint in words.

    Attributes:
        late: that it came after the last day; None where it did not, or nobody knows.
        look_again: by when the office has looked again, and what follows; None where it is not to.
    """

    heading: str
    words: str
    late: str | None
    look_again: str | None


@dataclass(frozen=True)
class Earlier:
    """A decision that was taken up again: how it read, and why it no longer stands alone."""

    outcome: str
    reasons: str
    by: str
    at: str
    reopened: str
    why: str
    complaints: tuple[Complaint, ...]


@dataclass(frozen=True)
class Afterwards:
    """The time after a decision.

    Attributes:
        decision: the number of the newest decision; None where the case has none.
        earlier: the decisions that were taken up again, first round first.
        replaces: which decision the one that stands replaces, or the one to be made will.
        decide_by: by when a case that was taken up again is decided anew; None where it is not, or has no time.
        clock: by when the citizen can complain, or that the time has not begun; None where nobody can.
        awaits_letter: decided, and not closed before the letter is sent; `is_told` says that it was.
        guidance: what whoever hears a complaint must know.
        complaints: those of the decision that stands.
    """

    decision: int | None
    earlier: tuple[Earlier, ...]
    replaces: str | None
    decide_by: str | None
    clock: str | None
    awaits_letter: bool
    is_told: bool
    guidance: tuple[str, ...]
    complaints: tuple[Complaint, ...]
    may_complain: bool
    may_reopen: bool


def afterwards_of(case: CaseRecord, user_id: int, language: Language) -> Afterwards:
    """The time after the decision of one case, for one visitor; nothing here is of the machine's."""
    say, words, stands = Translator(language), Words(language), case.decision
    may_act = not is_conflicted(case.acts, user_id)
    return Afterwards(
        decision=case.decisions[-1].id if case.decisions else None,
        earlier=tuple(earlier(one, case, language) for one in case.decisions if one is not stands),
        replaces=replaced(case, language),
        decide_by=decide_anew_by(case, say, words),
        clock=None if stands is None else clock(stands, case, say, words),
        awaits_letter=case.awaits_letter,
        is_told=stands is not None and letter_of(stands, case) is not None,
        guidance=() if stands is None else guidance(stands, case, say, words),
        complaints=() if stands is None else complaints_of(stands, case, say, words),
        may_complain=may_act and stands is not None,
        may_reopen=may_act and bool(case.decisions) and (case.file["status"] == "closed" or is_unsendable(case)),
    )


def is_unsendable(case: CaseRecord) -> bool:
    """Whether the citizen has not been told of the decision, for its letter could not be sent."""
    stands = case.decision
    return case.awaits_letter and stands is not None and last_failure(case.acts, stands.id) is not None


def earlier(decision: Decided, case: CaseRecord, language: Language) -> Earlier:
    """One decision that was taken up again."""
    say, words = Translator(language), Words(language)
    act = reopened_by(decision, case.acts)
    at = words.moment(parse(act.at))
    ground = ground_in_words(str(act.content["ground"]), say)
    return Earlier(
        outcome=outcome_label(decision, case, language),
        reasons=decision.reasons,
        by=decision.decided_by,
        at=words.moment(parse(decision.decided_at)),
        reopened=say("{name} reopened the case {at}. {ground}.", name=act.by or "", at=at, ground=ground),
        why=str(act.content["reason"]),
        complaints=complaints_of(decision, case, say, words),
    )


def reopened_by(decision: Decided, acts: Sequence[CaseAct]) -> CaseAct:
    """The act that took a decision up again; there is one for each but the one that stands."""
    return next(act for act in acts if act.kind == REOPENED and act.at >= decision.decided_at)


def outcome_label(decision: Decided, case: CaseRecord, language: Language) -> str:
    """The outcome of a decision; its name where it is no longer declared."""
    declared = case.case_type.outcomes.get(decision.outcome)
    return decision.outcome if declared is None else declared.label.say(language)


def replaced(case: CaseRecord, language: Language) -> str | None:
    """Which decision is replaced, in a sentence; None where the one that stands, or is to come, is the first."""
    others = [one for one in case.decisions if one is not case.decision]
    if not others:
        return None
    say, day = Translator(language), Words(language).day(told_on(others[-1], case))
    outcome = outcome_label(others[-1], case, language)
    if case.decision is None:
        return say("Your decision replaces the one of {day}: {outcome}.", day=day, outcome=outcome)
    return say("The decision replaces the one of {day}: {outcome}.", day=day, outcome=outcome)


def decide_anew_by(case: CaseRecord, say: Translator, words: Words) -> str | None:
    """The time that a case has anew since it was taken up again, in a sentence."""
    if case.again is None or not case.is_open:
        return None
    last = decide_by(str(case.file["received_at"]), case.case_type, case.course)
    if last is None:
        return None
    if look_again_day(case.again, case.case_type) is not None:
        return say("Look at the case again by {day}: the time counts from the complaint.", day=words.day(last))
    return say("Decide the case anew by {day}: the time counts from the reopening.", day=words.day(last))


def clock(decision: Decided, case: CaseRecord, say: Translator, words: Words) -> str | None:
    """The time to complain, which begins when the letter is sent and not before."""
    letter, last = letter_of(decision, case), last_day_to_complain(decision, case)
    if letter is None and not can_be_complained_of(decision, case):
        return None
    if letter is None:
        return say("The time to complain has not begun: it runs from the letter about the decision.")
    if last is None:
        return None
    sent = words.day(date.fromisoformat(letter.dated))
    return say("The letter was sent {sent}. The last day to complain is {last}.", sent=sent, last=words.day(last))


def complaints_of(decision: Decided, case: CaseRecord, say: Translator, words: Words) -> tuple[Complaint, ...]:
    """The complaints of one decision, the first one first."""
    return tuple(
        complaint_made(act, decision, case, say, words)
        for act in case.acts
        if act.kind == "complaint" and act.content["decision_id"] == decision.id
    )


def complaint_made(act: CaseAct, decision: Decided, case: CaseRecord, say: Translator, words: Words) -> Complaint:
    """One complaint."""
    received = date.fromisoformat(str(act.content["received_on"]))
    last, appeal = last_day_to_complain(decision, case), appeal_from(case.case_type, decision.outcome)
    late = None
    if last is not None and received > last:
        late = say("It came after the last day to complain, {day}.", day=words.day(last))
    by = look_again_by(appeal, received)
    look_again = None
    if by is not None and appeal is not None and decision is case.decisions[-1]:
        look_again = say(
            "Look at the case again by {day}. If the decision stands, the complaint goes to {body} by then.",
            day=words.day(by), body=appeal.body,
        )  # fmt: skip
    heading = say("Complaint, received {day}. Registered by {name}.", day=words.day(received), name=act.by or "")
    return Complaint(heading, str(act.content["words"]), late, look_again)

"""How the handling of a case stands: what it waits for, who was asked, what is to be looked after, who may act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from config.bilingual import Language
from config.translate import Translator
from config.words import Words
from models.case_acts import CaseAct
from models.case_waiting import waits_for
from models.clock import danish_day
from ui.caseworker.afterwards.failing import why_not_sent
from ui.caseworker.case_record import CaseRecord

WAITS: Mapping[str, str] = {
    "parked": "Parked until {day}",
    "citizen": "Waits for an answer from the citizen until {day}",
    "third_party": "Waits for an answer from somebody else until {day}",
    "hearing": "Waits for the citizen's comments until {day}",
}


@dataclass(frozen=True)
class Question:
    """Something that was asked for and has not been answered."""

    number: int
    text: str
    due: str
    is_over: bool
    until: str


@dataclass(frozen=True)
class Standing:
    """What the top of a case's page says of its handling, and what the visitor may do.

    Attributes:
        waits: what the case waits for, in a sentence; None where it waits for nobody.
        why: the reason that somebody gave for parking it, or why the letter of its decision could not be sent.
        may_send: the visitor may try again to send that letter.
        hearing: what the citizen is heard about and has not answered; None where nothing is.
        may_resume: somebody may take it up again at once.
        follow_up: what is to be looked after, and when.
        is_conflicted: the visitor may take no part.
        may_handle: open, and taken by the visitor or by nobody; or the visitor leads the team.
        may_ask: there is a party who can be asked.
        newest: the number of the newest act, 0 where there is none.
    """

    waits: str | None
    why: str | None
    may_send: bool
    may_resume: bool
    questions: tuple[Question, ...]
    hearing: Question | None
    follow_up: str | None
    is_conflicted: bool
    may_handle: bool
    may_ask: bool
    newest: int


def standing_of(case: CaseRecord, *, user_id: int, is_lead: bool, now: datetime, language: Language) -> Standing:
    """How one case stands for one visitor."""
    say, words, acts = Translator(language), Words(language), case.acts
    today = danish_day(now)
    awaited, until = waits_for(acts, today) if case.is_open else (None, None)
    conflicted = is_conflicted(acts, user_id)
    holds = case.file["assigned_to"] in (None, user_id) or is_lead
    parked = next((act for act in reversed(acts) if act.kind == "parked"), None) if awaited == "parked" else None
    return Standing(
        waits=waiting_words(case, awaited, until, say, words),
        why=why_unsent(case, language) if parked is None else str(parked.content["reason"]),
        may_send=case.awaits_letter and not conflicted,
        may_resume=awaited is not None and awaited != "hearing" and holds and not conflicted,
        questions=questions_of(acts, today, case, language) if case.is_open else (),
        hearing=open_hearing(acts, today, language) if case.is_open else None,
        follow_up=followed(acts, case.file["follow_up_on"], say, words),
        is_conflicted=conflicted,
        may_handle=case.is_open and holds and not conflicted,
        may_ask=case.is_open and holds and not conflicted and bool(case.case_type.outcomes),
        newest=acts[-1].id if acts else 0,
    )


def why_unsent(case: CaseRecord, language: Language) -> str | None:
    """Why the letter of a decided case could not be sent; None where it waits for none, or nobody has tried."""
    if not case.awaits_letter or case.decision is None:
        return None
    return why_not_sent(case.acts, case.decision.id, language)


def is_conflicted(acts: Sequence[CaseAct], user_id: int) -> bool:
    """Whether a person has declared that they may take no part in the case (forvaltningsloven §§ 3-6)."""
    return any(act.kind == "conflict" and act.by_id == user_id for act in acts)


def waiting_words(
    case: CaseRecord, awaited: str | None, until: str | None, say: Translator, words: Words
) -> str | None:
    """What the case waits for, in a sentence."""
    if case.awaits_letter:
        return say("Waits until the letter about the decision can be sent")
    if awaited is None or until is None:
        return None
    return say(WAITS[awaited], day=words.day(date.fromisoformat(until)))


def questions_of(
    acts: Sequence[CaseAct], today: str, case: CaseRecord, language: Language
) -> tuple[Question, ...]:
    """Each question that has no answer, with the last day that stands now."""
    words = Words(language)
    answered = {act.about_act for act in acts if act.kind == "answered"}
    until = {act.id: str(act.until) for act in acts if act.kind == "asked"}
    until |= {int(act.about_act or 0): str(act.until) for act in acts if act.kind == "reminded"}
    return tuple(
        Question(
            number=act.id,
            text=question_words(act, case, language),
            due=words.day(date.fromisoformat(until[act.id])),
            is_over=until[act.id] < today,
            until=until[act.id],
        )
        for act in acts
        if act.kind == "asked" and act.id not in answered
    )


def open_hearing(acts: Sequence[CaseAct], today: str, language: Language) -> Question | None:
    """The newest hearing without an answer, and without an exception or a reopening after it."""
    answered = {act.about_act for act in acts if act.kind == "hearing_answered"}
    ended = max((act.id for act in acts if act.kind in ("hearing_exception", "reopened")), default=0)
    for act in reversed(acts):
        if act.kind == "hearing" and act.id not in answered and act.id > ended:
            until, points = str(act.until), [str(point["statement"]) for point in act.content["points"]]
            day = Words(language).day(date.fromisoformat(until))
            return Question(act.id, "\n".join(points), day, until < today, until)
    return None


def asked_for_words(act: CaseAct, case: CaseRecord, language: Language) -> str:
    """What was asked for: the labels of the fields, and the text where it says more."""
    fields = case.case_type.fields
    labels = [fields[name].label.say(language) if name in fields else name for name in act.content["fields"]]
    if act.content["of"] == "third_party":
        labels = [one for one in (", ".join(labels), str(act.content["text"])) if one]
        return ". ".join(dict.fromkeys(labels))
    return ", ".join(labels) or str(act.content["text"])


def question_words(act: CaseAct, case: CaseRecord, language: Language) -> str:
    """What was asked for, and whom where it was not the citizen."""
    words = asked_for_words(act, case, language)
    return words if act.content["of"] == "citizen" else f"{words} ({act.content['whom']})"


def followed(acts: Sequence[CaseAct], on: str | None, say: Translator, words: Words) -> str | None:
    """What somebody wanted to look after on a day, and has not yet."""
    if on is None:
        return None
    what = next((str(act.content["what"]) for act in reversed(acts) if act.kind == "follow_up"), "")
    return say("Follow up on {day}: {what}", day=words.day(date.fromisoformat(on)), what=what)

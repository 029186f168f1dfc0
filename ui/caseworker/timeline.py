"""What has happened to a case, the newest first; it holds nothing of what the machine thought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from config.translate import Translator
from config.words import DANISH_TIME, Words
from models.clock import parse
from ui.caseworker.case_letters import name_of_letter
from ui.caseworker.case_record import CaseRecord

MomentKind = Literal["event", "machine", "decision", "letter"]


@dataclass(frozen=True)
class Moment:
    """One line of the timeline."""

    text: str
    at: str
    kind: MomentKind


def timeline(
    case: CaseRecord, now: datetime, say: Translator, words: Words, *, tells_draft: bool = False
) -> tuple[Moment, ...]:
    """Events, letters, the machine's assessment, decisions and assessments by people.

    `tells_draft` only where the page shows the draft: elsewhere it is said alike of all cases.
    """
    found: list[tuple[str, str, MomentKind]] = [(one.at, one.activity, "event") for one in case.events]
    if case.assessment is not None:
        made_at = case.assessment["made_at"]
        if case.assessment["weight"] == "heavy":
            found.append((made_at, say("The rules gave the case to the team"), "event"))
        else:
            sentence = say("The machine made a draft") if tells_draft else say("The machine assessed the case")
            found.append((made_at, sentence, "machine"))
    for letter in case.letters:
        found.append((letter.sent_at, say("{letter} was sent", letter=name_of_letter(letter.kind, say)), "letter"))
    for one in case.decisions:
        found.append((one.decided_at, say("{name} decided the case", name=one.decided_by), "decision"))
    if case.assessed is not None:
        by = say("{name} assessed the case", name=case.assessed.assessed_by)
        found.append((case.assessed.assessed_at, by, "decision"))
    newest_first = sorted(found, key=lambda one: one[0], reverse=True)
    return tuple(Moment(text, lately(parse(at), now, say, words), kind) for at, text, kind in newest_first)


def lately(moment: datetime, now: datetime, say: Translator, words: Words) -> str:
    """A moment as one says it of things that have just happened: today, or the day without its year.

    Example:
        >>> at = parse("2026-11-24T08:12:00.000000Z")
        >>> lately(at, at, Translator("da"), Words("da"))
        'I dag kl. 09.12'
        >>> lately(at, parse("2026-11-25T08:00:00.000000Z"), Translator("en"), Words("en"))
        '24 Nov at 09:12'
    """
    today, day = (at.astimezone(DANISH_TIME).date() for at in (now, moment))
    said = say("Today") if day == today else words.short_day(day, today)
    return say("{day} at {time}", day=said, time=words.time(moment))

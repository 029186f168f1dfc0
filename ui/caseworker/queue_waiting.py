"""What stands beside the queue: cases that wait for somebody, and what a person wanted to look after today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby

import sqlalchemy as sa

from config.translate import Translator
from config.words import DANISH_TIME, Words
from models.case_acts import CaseAct, acts_of_many
from models.clock import FAR_DAY
from models.waiting_queue import FollowUp, WaitingCase
from ui.caseworker.afterwards.failing import why_waits
from ui.caseworker.deadlines import Deadline, Due, said
from ui.caseworker.identity import identity_of
from ui.caseworker.machine_roles import Named
from ui.caseworker.queue import LATER, NEVER, TODAY, WEEK, Group, QueueWords, Row, group_of
from ui.web.addresses import case_path

HEADINGS = {TODAY: "Today", WEEK: "This week", LATER: "Later", NEVER: "No last day"}
BEGINS = {"asked", "hearing", "parked"}
WAITING_KINDS = (*BEGINS, "reminded", "dispatch_failed", "reopened")
FOLLOWING_KINDS = ("follow_up", "followed_up")
LONGEST_REASON = 140
Acts = Mapping[Named, Sequence[CaseAct]]


@dataclass(frozen=True)
class FollowUpRow:
    """One thing that somebody wanted to look after."""

    when: str
    href: str
    name: str
    case_id: str
    what: str
    is_protected: bool


def acts_of_cases(
    connection: sa.Connection, cases: Sequence[WaitingCase | FollowUp], kinds: Sequence[str]
) -> Acts:
    """Acts of some kinds of the cases of one page."""
    found: dict[Named, Sequence[CaseAct]] = {}
    for key in dict.fromkeys(case.case_type for case in cases):
        ids = [case.case_id for case in cases if case.case_type == key]
        found |= {(key, one): acts for one, acts in acts_of_many(connection, key, ids, kinds).items()}
    return found


def waiting_groups(cases: Sequence[WaitingCase], acts: Acts, words: QueueWords) -> tuple[Group, ...]:
    """One page of cases that wait, in groups; whose waiting ends first stands first."""
    today = words.now.astimezone(DANISH_TIME).date()

    def group(case: WaitingCase) -> int:
        if case.awaiting_until == FAR_DAY:
            return NEVER
        return group_of(date.fromisoformat(case.awaiting_until), today)

    return tuple(
        Group(words.say(HEADINGS[number]), tuple(waiting_row(case, acts, words) for case in few))
        for number, few in groupby(cases, key=group)
    )


def waiting_row(case: WaitingCase, acts: Acts, words: QueueWords) -> Row:
    """One case that waits: until when, and for what."""
    what = waited_for(case, acts.get((case.case_type, case.case_id), ()), words.say)
    return words.named_row(case, due=ends(case.awaiting_until, words), next_step=what, note=holder_of(case, words))


def ends(until: str, words: QueueWords) -> Due:
    """The last day of waiting as a list shows it."""
    if until == FAR_DAY:
        return Due(words.say("No last day"))
    noon = datetime.combine(date.fromisoformat(until), time(12), DANISH_TIME)
    return said(Deadline("decide", noon), words.now, words.say, Words(words.language))


def waited_for(case: WaitingCase, acts: Sequence[CaseAct], say: Translator) -> str:
    """What a case waits for, in the words of whoever let it wait."""
    if case.awaiting == "dispatch":
        why = why_waits(acts, say.language)
        if why is not None:
            return say("Open it, and try again to send the letter. {why}", why=shortened(why))
        return say("The case is decided and its letter is to be sent")
    if case.awaiting == "hearing":
        return say("The citizen's answer in the hearing")
    begun = beginning(case, acts)
    if begun is None:
        return say("An answer") if case.awaiting != "parked" else say("Parked")
    if case.awaiting == "parked":
        return say("Parked: {reason}", reason=shortened(str(begun.content["reason"])))
    reminders = [act for act in acts if act.kind == "reminded" and act.about_act == begun.id]
    asked = say("An answer from {whom}", whom=str(begun.content["whom"]))
    return say("{asked}, reminded", asked=asked) if reminders else asked


def beginning(case: WaitingCase, acts: Sequence[CaseAct]) -> CaseAct | None:
    """The act that a case's waiting began with: the newest of those that end on that very day."""
    ending = {
        act.about_act if act.kind == "reminded" else act.id for act in acts if act.until == case.awaiting_until
    }
    begun = [act for act in acts if act.kind in BEGINS and act.id in ending]
    same = [act for act in begun if act.content.get("of", act.kind) == case.awaiting]
    return same[-1] if same else None


def holder_of(case: WaitingCase, words: QueueWords) -> str | None:
    """Who has a case that waits, where it is not the reader's own."""
    if case.assigned_to is None:
        return words.say("Nobody has taken it")
    if case.assigned_to == words.user_id:
        return None
    return words.say("{name} has the case", name=words.around.holders.get(case.assigned_to, ""))


def follow_up_rows(found: Sequence[FollowUp], acts: Acts, words: QueueWords) -> tuple[FollowUpRow, ...]:
    """What is to be looked after today, the oldest first."""
    today = words.now.astimezone(DANISH_TIME).date()
    rows = []
    for case in found:
        day = date.fromisoformat(case.follow_up_on)
        when = words.say("Today") if day == today else Words(words.language).short_day(day, today)
        identity = identity_of(words.around.citizens.get(case.citizen_ref or ""), case.case_id)
        wanted = [act for act in acts.get((case.case_type, case.case_id), ()) if act.kind == "follow_up"]
        what = shortened(str(wanted[-1].content["what"])) if wanted else words.say("Look at the case again")
        path = case_path(case.case_type, case.case_id)
        rows.append(FollowUpRow(when, path, identity.name, case.case_id, what, identity.is_protected))
    return tuple(rows)


def shortened(text: str, most: int = LONGEST_REASON) -> str:
    """The beginning of a text on one line.

    Example:
        >>> shortened("a  b\\nc"), shortened("one two three", 8)
        ('a b c', 'one two…')
    """
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"

"""How the citizen complains of a decision: by when, to whom, and that the office looks at the case again first.

The municipality gets the complaint and looks again (genvurdering); where the decision stands, the complaint goes
on with the municipality's reasons, within the weeks that the case type's file gives.
"""

from __future__ import annotations

from datetime import date

from config.translate import Translator
from config.words import DANISH_TIME, Words
from explain.letters.letter_facts import facts_from_text
from models.clock import parse
from models.deciding_time import appeal_from
from models.decision_store import Decided
from models.letters import StoredLetter
from ui.caseworker.case_record import CaseRecord


def letter_of(decision: Decided, case: CaseRecord) -> StoredLetter | None:
    """The letter that told of a decision; None where none was sent."""
    return next((one for one in case.letters if one.decision_id == decision.id), None)


def told_on(decision: Decided, case: CaseRecord) -> date:
    """The day of a decision as the citizen knows it: that of its letter, else the day it was made."""
    letter = letter_of(decision, case)
    if letter is not None:
        return date.fromisoformat(letter.dated)
    return parse(decision.decided_at).astimezone(DANISH_TIME).date()


def last_day_to_complain(decision: Decided, case: CaseRecord) -> date | None:
    """The last day that the sent letter names; None before it is sent, and where nobody can complain."""
    letter = letter_of(decision, case)
    told = None if letter is None else facts_from_text(letter.document).decision
    return None if told is None or told.appeal is None else told.appeal.last_day


def can_be_complained_of(decision: Decided, case: CaseRecord) -> bool:
    """Whether the letter will name a last day: not where the citizen gets all, nor where nobody can complain."""
    declared, appeal = case.case_type.outcomes.get(decision.outcome), appeal_from(case.case_type, decision.outcome)
    is_in_favour = declared is not None and declared.fully_in_favour
    return not is_in_favour and appeal is not None and appeal.none is None


def guidance(decision: Decided, case: CaseRecord, say: Translator, words: Words) -> tuple[str, ...]:
    """What a caseworker must know when a citizen is dissatisfied, in sentences."""
    appeal = appeal_from(case.case_type, decision.outcome)
    if appeal is None:
        return (say("Look at what the citizen is dissatisfied with, and whether the decision stands."),)
    if appeal.none is not None:
        return (appeal.none.because.say(words.language),)
    if appeal.lodge_with not in (None, "municipality"):
        return (
            say("A complaint is to go to {place}. Send it on, and note that you did.", place=appeal.lodge_with),
        )
    sentences = [say("A complaint needs no form: the citizen may write or say it.")]
    if appeal.reassess_weeks:
        sentences.append(
            say.counted(
                "The citizen has a right to have us look at the case again first. If the decision stands, the"
                " complaint goes to {body} with our reasons, {n} week after it came at the latest.",
                "The citizen has a right to have us look at the case again first. If the decision stands, the"
                " complaint goes to {body} with our reasons, {n} weeks after it came at the latest.",
                appeal.reassess_weeks,
                body=appeal.body,
            )
        )
    else:
        sentences.append(say("{body} answers the complaint.", body=appeal.body))
    return tuple(sentences)

"""What the citizen can do about a decision: appeal, see the file, bring new facts."""

from __future__ import annotations

from datetime import datetime

from config.bilingual import Language
from config.case_type import CaseType
from config.translate import Translator
from config.words import DANISH_TIME, Words
from explain.letters.letter_facts import AppealInWords, LetterFacts
from models.decision_store import Decided


def appeal_sentences(
    decided: Decided, case_type: CaseType, letter: LetterFacts | None, now: datetime, language: Language
) -> tuple[str, ...]:
    """How to complain, as the letter told it; before that from when on the time runs."""
    say = Translator(language)
    if letter is None or letter.decision is None:
        return not_yet(decided, case_type, say)
    told = letter.decision
    if told.appeal is not None:
        return lodged(told.appeal, letter.sender.phone, now, language)
    if told.why_no_appeal is not None:
        return (told.why_no_appeal.say(language),)
    return (say("The citizen got all that was asked for, so the letter holds no guidance on appeal."),)


def lodged(appeal: AppealInWords, phone: str, now: datetime, language: Language) -> tuple[str, ...]:
    """Last day, to whom, and what happens then."""
    say, is_over = Translator(language), now.astimezone(DANISH_TIME).date() > appeal.last_day
    day = Words(language).day(appeal.last_day)
    late = say("The last day to appeal was {day}. Take it in all the same: {body} says whether it is too late.",
               day=day, body=appeal.body)  # fmt: skip
    last = late if is_over else say("Appeal by {day} at the latest.", day=day)
    if appeal.lodge_with:
        where = say("The appeal is sent to {body}.", body=appeal.lodge_with)
    else:
        where = say("The appeal is made to us, in writing or on the telephone, {phone}.", phone=phone)
    then = say("{body} answers it.", body=appeal.body)
    if appeal.reassess_weeks:
        then = say.counted(
            "We look at the case again within {n} week. Where the decision stands, {body} gets the appeal.",
            "We look at the case again within {n} weeks. Where the decision stands, {body} gets the appeal.",
            appeal.reassess_weeks,
            body=appeal.body,
        )
    return (last, where, then, say("It is free, and needs no reasons."))


def not_yet(decided: Decided, case_type: CaseType, say: Translator) -> tuple[str, ...]:
    """The letter has not gone out, so no time runs."""
    outcome = case_type.outcomes.get(decided.outcome)
    unsent = say("The letter is not sent from here, so no last day to appeal is on record.")
    if outcome is not None and outcome.fully_in_favour:
        return (say("The citizen got all that was asked for, so the letter holds no guidance on appeal."),)
    appeal = case_type.appeal if outcome is None or outcome.appeal is None else outcome.appeal
    if appeal is None or appeal.body is None or appeal.weeks is None:
        return (unsent,)
    rule = say.counted(
        "The time is {n} week from the day the citizen gets the letter, and {body} hears the appeal.",
        "The time is {n} weeks from the day the citizen gets the letter, and {body} hears the appeal.",
        appeal.weeks,
        body=appeal.body,
    )
    return (unsent, rule)


def rights(letter: LetterFacts | None, say: Translator) -> tuple[str, ...]:
    """What everybody can do, whatever was decided."""
    return (
        say("Bring new facts: then we look at whether the case is to be taken up again."),
        say("See the file (forvaltningsloven § 9): we answer within 7 working days, or say why it takes longer."),
        say("Have a fact set right, or object to our using it; complain of that to Datatilsynet."),
        say("Let somebody else speak for them (forvaltningsloven § 8)."),
        *([say("Call us on {phone}.", phone=letter.sender.phone)] if letter is not None else []),
    )

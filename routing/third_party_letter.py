"""The letter that asks somebody else than the citizen for facts (retssikkerhedsloven § 11 a).

It holds no more of the citizen than their name and what is asked for: nothing of what the case is about or says,
never the CPR number, never a protected address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from config.errors import InputError, RefusedError
from explain.letters.appeal_date import last_day_to_answer
from explain.letters.letter_facts import LetterFacts, Missing, Recipient, ThirdPartyAsked, both, facts_from_text
from models.citizens import Citizen
from models.letters import StoredLetter
from routing.letter_making import refuse_unknown_fields, refuse_without_party
from routing.letter_parts import as_compared, letter_facts, name_of, refuse_to_give_away, today
from routing.letter_record import LetterCase, LetterDesk

BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s.\-\u2010-\u2014]+(?=\d)")


@dataclass(frozen=True)
class Question:
    """What somebody is asked.

    Attributes:
        fields: names of facts of the case type.
        wanted: what is asked for in a caseworker's own words.
        ground: why the law lets us ask; `by_consent` where the citizen has said yes.
    """

    whom: Recipient
    fields: Sequence[str]
    wanted: str
    ground: str
    by_consent: bool


def third_party_facts(desk: LetterDesk, case: LetterCase, question: Question) -> LetterFacts:
    """The letter that asks somebody else.

    Raises:
        InputError: nothing is asked for, or no such fact.
        RefusedError: the case has no party, or the letter says more of the citizen than it may.
    """
    refuse_without_party(case)
    if not question.fields and not question.wanted:
        raise InputError("nothing is asked for; choose a fact, or write what you ask for")
    declared = refuse_unknown_fields(case, question.fields)
    # What is meant by a fact, and not `asked_words`, which says what stands in the case.
    missing = tuple(
        Missing(label=declared[name].label, meaning=declared[name].meaning) for name in question.fields
    )
    asked = ThirdPartyAsked(wanted=question.wanted, by_consent=question.by_consent, ground=question.ground)
    return to_somebody_else(desk, case, question.whom, missing, asked)


def reminder_to_third_party(desk: LetterDesk, case: LetterCase, sent: StoredLetter) -> LetterFacts:
    """The letter that was sent once more, which says that it reminds of the first.

    Raises:
        RefusedError: it says more of the citizen than it may now.
    """
    first = facts_from_text(sent.document)
    if first.third_party is None:
        raise InputError("the letter that is to be reminded of asked no third party")
    facts = to_somebody_else(desk, case, first.recipient, first.missing, first.third_party)
    return facts.model_copy(update={"reminds_of": first.dated})


def to_somebody_else(
    desk: LetterDesk,
    case: LetterCase,
    whom: Recipient,
    missing: tuple[Missing, ...],
    asked: ThirdPartyAsked,
) -> LetterFacts:
    """A letter with the citizen's name and no other word of the case."""
    general = letter_facts(desk, case, "third_party_request", today(desk))
    facts = general.model_copy(
        update={
            "recipient": whom,
            "on_behalf_of": name_of(case),
            "case": general.case.model_copy(update={"type_name": both("", ""), "law": ""}),
            "missing": missing,
            "third_party": asked,
            "answer_by": usual_last_day(desk),
        }
    )
    refuse_to_give_away(case, facts)
    if case.citizen is not None and names_cpr(f"{asked.wanted}\n{asked.ground}\n{whom.name}", case.citizen):
        raise RefusedError("the citizen's CPR number stands in this letter to somebody else; take it out")
    return facts


def usual_last_day(desk: LetterDesk) -> date:
    """The last day to answer a letter by post that is sent today."""
    return last_day_to_answer(
        today(desk),
        digital=False,
        days=desk.municipality.answer_within_days,
        delivery_working_days=desk.municipality.letter_delivery_working_days,
    )


def names_cpr(text: str, citizen: Citizen) -> bool:
    """Whether a text holds the citizen's whole CPR number, however it is written.

    Example:
        >>> names_cpr("Se 140592 - 0000.", Citizen("c1", "Freja Holm", "1405920000"))
        True
        >>> names_cpr("Født 14.05.92", Citizen("c1", "Freja Holm", "1405920000"))
        False
    """
    own = digits(citizen.cpr or "")
    return bool(own) and own in BETWEEN_DIGITS.sub("", text)


def names_protected_address(text: str, citizen: Citizen) -> bool:
    """Whether a text holds the citizen's street although their address is protected."""
    return citizen.protected_address and bool(citizen.street) and as_compared(citizen.street) in as_compared(text)


def digits(text: str) -> str:
    """The digits of a text.

    Example:
        >>> digits("140592-0000")
        '1405920000'
    """
    return "".join(one for one in text if one.isdigit())

"""From one case on record to a letter's facts: a decision, a hearing, a request for information, a receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import sqlalchemy as sa

from config.bilingual import Bilingual
from config.case_type import CaseType
from config.criteria import decide, lines_of
from config.errors import InputError, RefusedError
from config.fields import Field
from config.outcomes import Appeal
from explain.letters.appeal_date import last_day_to_appeal
from explain.letters.calculation_words import steps_of
from explain.letters.letter_facts import (
    AppealInWords,
    DecisionInWords,
    HearingPoint,
    LetterFacts,
    Missing,
    OwnTexts,
    Receipt,
    Recipient,
    both,
)
from explain.letters.weighed import weighed
from models.clock import parse
from models.decision_store import Decided, decision_by_id
from models.letters import letters_where
from models.tables import LETTER
from models.workspace_kind import letters_since
from routing.letter_machine import machine_part
from routing.letter_parts import answer_by, letter_facts, refuse_to_give_away, today, with_own_texts
from routing.letter_record import LetterCase, LetterDesk
from routing.letter_words import (
    as_sentences,
    asked_words,
    data_used,
    fact_words,
    source_words,
    unsaid,
    uses_example_amounts,
    words_of,
)
from routing.standards import day_of

WHY_HEARD = both(
    "Den kan få betydning for, om du får hjælp, og for hvor meget.",
    "It may count for whether you get help, and for how much.",
)


def decision_facts(
    desk: LetterDesk,
    connection: sa.Connection,
    case: LetterCase,
    *,
    outcome: str | None = None,
    own_reasons: str = "",
) -> LetterFacts:
    """The letter of a case's decision, or of a decision that somebody means to make (`outcome`, a draft).

    Raises:
        InputError: the case type has no such outcome.
        RefusedError: the case has no decision and none is proposed; or the case type does not say how to complain;
            or it would tell somebody else a protected address.
    """
    decided, case_type = case.decided, case.case_type
    name = decided.outcome if decided is not None else outcome
    if name is None:
        raise RefusedError(f"case {case.case_id} is not decided, so there is no letter about it yet")
    if name not in case_type.outcomes:
        raise InputError(f"case type '{case_type.key}' has no outcome '{name}'; write it under `outcomes`")
    declared = case_type.outcomes[name]
    criterion = criterion_behind(case, name)
    lines = lines_of(case_type, case.facts, case.received_on, 0)
    counted = weighed(case_type, name, criterion, case.facts)
    steps = steps_of(case_type, [line for line in lines if line.name in counted.lines])
    line = None if criterion is None else case_type.criteria[criterion]
    reasons = own_reasons if decided is None else _own_words(decided, line is not None)
    appeal = appeal_of(case_type, name)
    own = declared.letter
    dated = today(desk)
    facts = letter_facts(desk, case, "decision", dated).model_copy(
        update={
            "own_texts": None if own is None else OwnTexts(title=own.title, text=own.result),
            "words": words_of(case, lines),
            "data_used": data_used(case, counted.facts),
            "machine": machine_part(desk, connection, case, calculated=bool(steps)),
            "decision": DecisionInWords(
                outcome=name,
                label=declared.label,
                in_favour=declared.fully_in_favour,
                law=(line.legal_basis if line else case_type.legal_basis) or "",
                because=None if line is None else unsaid(as_sentences(line.because), reasons),
                own_reasons=reasons,
                steps=steps,
                appeal=_appeal(desk, case, appeal, dated),
                why_no_appeal=None if appeal is None or appeal.none is None else appeal.none.because,
                replaces=replaced_on(connection, decided),
            ),
            "example_amounts": bool(steps) and uses_example_amounts(case_type),
        }
    )
    refuse_to_give_away(case, facts)
    return facts


def replaced_on(connection: sa.Connection, decided: Decided | None) -> date | None:
    """The day of the decision that one replaces, as the citizen knows it: that of its letter if one was sent.

    A decision that no letter told of since letters are sent from here is not known to the citizen: the one before
    counts.
    """
    if decided is None or decided.replaces is None:
        return None
    letters = letters_where(connection, LETTER.c.decision_id == decided.replaces)
    if letters:
        return date.fromisoformat(letters[0].dated)
    replaced = decision_by_id(connection, decided.replaces)
    if replaced.decided_at >= letters_since(connection):
        return replaced_on(connection, replaced)
    return day_of(parse(replaced.decided_at))


def appeal_of(case_type: CaseType, outcome: str) -> Appeal | None:
    """How to complain of an outcome, or why nobody can; None where it gives the citizen everything.

    Raises:
        RefusedError: the case type does not say, and a letter without guidance breaks the law.
    """
    declared = case_type.outcomes[outcome]
    if declared.fully_in_favour:
        return declared.appeal if declared.appeal is not None and declared.appeal.none is not None else None
    appeal = declared.appeal or case_type.appeal
    if appeal is None:
        raise RefusedError(
            f"case type '{case_type.key}' does not say how a citizen complains of '{outcome}'; write `appeal` in"
            " its file, or `none` and why"
        )
    return appeal


def hearing_facts(desk: LetterDesk, case: LetterCase, points: Sequence[HearingPoint]) -> LetterFacts:
    """The letter that hears the citizen about facts held against them (partshøring, Forvaltningsloven § 19).

    Raises:
        InputError: there is nothing to hear about.
        RefusedError: the case has no party to hear, or the letter would tell somebody else a protected address.
    """
    refuse_without_party(case)
    if not points:
        raise InputError("a hearing needs at least one fact; choose which")
    facts = with_own_texts(letter_facts(desk, case, "hearing", today(desk)), case, case.case_type.letters.hearing)
    facts = facts.model_copy(update={"points": tuple(points), "answer_by": answer_by(desk, case)})
    refuse_to_give_away(case, facts)
    return facts


def information_facts(
    desk: LetterDesk, case: LetterCase, fields: Sequence[str], reminds_of: date | None = None
) -> LetterFacts:
    """The letter that asks the citizen for facts (Retssikkerhedsloven § 11); `fields` are names of the case type.

    With `reminds_of` it reminds of the letter of that day, and says so.

    Raises:
        InputError: there is nothing to ask for, or no such field.
        RefusedError: the case has no party to ask.
    """
    refuse_without_party(case)
    declared = refuse_unknown_fields(case, fields)
    if not fields:
        raise InputError(f"nothing is asked for; choose among {', '.join(declared)}")
    missing = tuple(Missing(label=declared[name].label, meaning=asked_words(case, name)) for name in fields)
    known = {"missing": missing, "answer_by": answer_by(desk, case), "reminds_of": reminds_of}
    if reminds_of is not None:
        return letter_facts(desk, case, "reminder", today(desk)).model_copy(update=known)
    own = case.case_type.letters.information_request
    facts = with_own_texts(letter_facts(desk, case, "information_request", today(desk)), case, own)
    return facts.model_copy(update=known)


def refuse_unknown_fields(case: LetterCase, fields: Sequence[str]) -> Mapping[str, Field]:
    """The facts of the case type, among which all of these are.

    Raises:
        InputError: there is no such fact.
    """
    declared = case.case_type.fields
    unknown = [name for name in fields if name not in declared]
    if unknown:
        raise InputError(
            f"'{unknown[0]}' is no fact of '{case.case_type.key}'; choose among {', '.join(declared)}"
        )
    return declared


def receipt_facts(desk: LetterDesk, case: LetterCase, recipient: Recipient | None = None) -> LetterFacts:
    """The receipt: to the citizen, or, of a case that ends without a decision, to whoever reported (`recipient`).

    Whoever reports is no party: that receipt names no fact, and nothing of the person whom the report is about.
    """
    case_type = case.case_type
    is_decided = bool(case_type.outcomes)
    days = case_type.deadlines.decide_within_days
    received = parse(case.file["received_at"])
    registers = {
        field.source.da: field.source
        for field in case_type.fields.values()
        if field.source is not None and not field.is_applied_with
    }
    told = Receipt(
        is_decided=is_decided,
        is_scored=case_type.weight == "light",
        decide_by=None if days is None or not is_decided else day_of(received + timedelta(days=days)),
        contact_within_hours=case_type.deadlines.contact_within_hours,
        sources=tuple(registers.values()) if is_decided else (),
    )
    facts = with_own_texts(letter_facts(desk, case, "receipt", today(desk)), case, case_type.letters.receipt)
    if is_decided:
        return facts.model_copy(update={"receipt": told})
    return facts.model_copy(
        update={"receipt": told, "recipient": recipient or Recipient(), "on_behalf_of": "", "words": {}}
    )


def hearing_point(
    case: LetterCase, name: str, *, stated: Bilingual | None = None, why: Bilingual | None = None
) -> HearingPoint:
    """A fact of the case as a point of a hearing; without `why` it is said that it may count."""
    return HearingPoint(
        label=case.case_type.fields[name].label,
        value=fact_words(case, name),
        source=source_words(case, name),
        stated=stated,
        why=why or WHY_HEARD,
    )


def criterion_behind(case: LetterCase, outcome: str) -> int | None:
    """The number of the criterion that gives this outcome by the facts; None where none does."""
    found = decide(case.case_type, case.facts, case.received_on)
    number = int(found.criterion[0])
    return number if number >= 0 and case.case_type.criteria[number].outcome == outcome else None


def proposed_outcome(case: LetterCase) -> str | None:
    """The outcome of the machine's draft: where it was to draft, what the criteria give; else None."""
    if case.assessment is None or case.assessment["route"] != "draft":
        return None
    value = decide(case.case_type, case.facts, case.received_on).outcome.value(0)
    return value if isinstance(value, str) else None


def draft_facts(desk: LetterDesk, connection: sa.Connection, case: LetterCase) -> LetterFacts | None:
    """The letter that belongs to the machine's draft of an open case; None where it was not to draft.

    A type without criteria has drafts of letters without an outcome: what is missing is asked for, else a receipt.
    """
    if case.assessment is None or case.assessment["route"] != "draft":
        return None
    if case.case_type.criteria:
        outcome = proposed_outcome(case)
        return None if outcome is None else decision_facts(desk, connection, case, outcome=outcome)
    missing = [
        name
        for name, field in case.case_type.fields.items()
        if field.is_applied_with and case.facts.columns[name].value(0) is None
    ]
    return information_facts(desk, case, missing) if missing else receipt_facts(desk, case)


def _own_words(decided: Decided, is_said: bool) -> str:
    """What the person wrote; nothing where a draft was approved as it was and the criterion says the same."""
    return "" if is_said and decided.draft_use == "approved" else decided.reasons


def refuse_without_party(case: LetterCase) -> None:
    """Of a report about somebody, nothing but a receipt goes out: whoever reported is no party."""
    if not case.case_type.outcomes:
        raise RefusedError(
            f"cases of '{case.case_type.key}' end without a decision, so a receipt is the only letter about them"
        )


def _appeal(desk: LetterDesk, case: LetterCase, appeal: Appeal | None, dated: date) -> AppealInWords | None:
    if appeal is None or appeal.body is None or appeal.weeks is None:
        return None
    return AppealInWords(
        body=appeal.body,
        weeks=appeal.weeks,
        last_day=last_day_to_appeal(
            dated,
            digital=case.is_digital,
            weeks=appeal.weeks,
            delivery_working_days=desk.municipality.letter_delivery_working_days,
        ),
        lodge_with="" if appeal.lodge_with in (None, "municipality") else appeal.lodge_with,
        reassess_weeks=appeal.reassess_weeks,
    )

"""A draft as its page says it: proposal, reason and law, what to check, and the text that an approval stores."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from config.bilingual import Language
from config.names import humanised
from config.outcomes import Criterion
from config.translate import Translator
from config.words import Words
from models.clock import parse
from routing.drafting import Draft
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.checks import CheckRow, check_rows
from ui.caseworker.lately import lately


@dataclass(frozen=True)
class DraftPart:
    """One draft in one reader's language.

    Attributes:
        amount: what is granted, in kroner, under the name that its line has; None where the type names no sum.
        more: how many further facts would change what follows, beyond those to check.
        reasons: what an approval stores as the reasons: the criterion and its law, in Danish as the records are.
        asks_hearing: whether whoever approves says how it stands with the hearing.
    """

    made_at: str
    outcome_key: str
    outcome: str
    amount: tuple[str, str] | None
    because: str
    legal_basis: str
    checks: tuple[CheckRow, ...]
    check_heading: str
    next_step: str
    more: int
    reasons: str
    asks_hearing: bool


def draft_part(draft: Draft, case: CaseRecord, now: datetime, language: Language) -> DraftPart:
    """The draft of one case."""
    assert case.assessment is not None
    say, words, case_type = Translator(language), Words(language), case.case_type
    rows = check_rows(draft, case_type, language)
    return DraftPart(
        made_at=lately(parse(case.assessment["made_at"]), now, say, words),
        outcome_key=draft.outcome,
        outcome=case_type.outcomes[draft.outcome].label.say(language),
        amount=amount_of(draft, case, language),
        because=draft.criterion.because.say(language),
        legal_basis=draft.criterion.legal_basis,
        checks=rows,
        check_heading=check_heading(len(rows), say, words),
        next_step=next_step(len(rows), say, words),
        more=len(draft.decisive) - len(rows),
        reasons=reasons_of(draft.criterion),
        asks_hearing=not case_type.outcomes[draft.outcome].fully_in_favour,
    )


def reasons_of(criterion: Criterion) -> str:
    """The criterion and its law as one line of Danish."""
    because = criterion.because.da.rstrip(".")
    return f"{because}. {criterion.legal_basis}."


def amount_of(draft: Draft, case: CaseRecord, language: Language) -> tuple[str, str] | None:
    """The name of the sum that is granted, and the sum."""
    pays = case.case_type.pays
    line = next((one for one in case.case_type.calculation if one.name == pays), None)
    result = next((one.result for one in draft.lines if one.name == pays), None)
    if line is None or result is None:
        return None
    name = line.label.say(language) if line.label else humanised(line.name)
    return name, Words(language).value("number", float(result), line.unit or "DKK")


def check_heading(number: int, say: Translator, words: Words) -> str:
    """What to do, as a heading."""
    if number == 0:
        return say("Nothing to check")
    return say.counted("Check one fact", "Check {words} facts", number, words=words.spelled(number))


def next_step(number: int, say: Translator, words: Words) -> str:
    """What to do, as a row of the queue says it."""
    if number == 0:
        return say("Read the draft, and sign")
    return say.counted(
        "Check one fact, and sign", "Check {words} facts, and sign", number, words=words.spelled(number)
    )

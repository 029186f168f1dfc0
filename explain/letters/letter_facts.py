"""The one data object that a letter is made of: everything that any language or format of it says of the case.

Words are there in both languages, days as days; what stands here is stored with the letter and makes it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import Field, ValidationError

from config.bilingual import Bilingual
from config.errors import TamperError
from config.letter_placeholders import LetterKind
from config.model import Model
from models.audit import canonical

Expected = Literal["more", "less", "usual"]
DraftUse = Literal["approved", "changed", "discarded"]


class Sender(Model):
    """The municipality, by the department that writes."""

    name: str
    department: Bilingual
    street: str
    town: str
    phone: str
    email: str
    website: str
    hours: Bilingual


class Recipient(Model):
    """Who gets the letter: the citizen, or whoever acts for them. All is empty where nobody knows who it is; a
    citizen's protected address is left out."""

    name: str = ""
    first_name: str = ""
    street: str = ""
    town: str = ""
    digital_post: bool = False


class Signer(Model):
    """The person who decided, or who works on the case."""

    name: str
    title: Bilingual
    phone: str


class CaseInWords(Model):
    """Which case it is about."""

    case_id: str
    type_name: Bilingual
    law: str = ""
    received_on: date


class Step(Model):
    """One line of the calculation in words."""

    label: Bilingual
    how: Bilingual
    result: Bilingual
    law: str = ""


class DataUsed(Model):
    """One fact that weighed, where it came from and when."""

    label: Bilingual
    value: Bilingual
    source: Bilingual
    fetched_on: date | None = None


class AppealInWords(Model):
    """Who hears a complaint and by when it must be made. `lodge_with` is empty where that is the municipality."""

    body: str
    weeks: int
    last_day: date
    lodge_with: str = ""
    reassess_weeks: int | None = None


class DecisionInWords(Model):
    """What was decided and on what ground.

    Attributes:
        because: the criterion that gives this outcome; None where a person's judgment does.
        own_reasons: what the person who decided wrote, as it was written, in whatever language.
        appeal: None where the decision is fully in the citizen's favour, or nobody can complain.
        replaces: the day of the decision that this one replaces; None where it is the first.
    """

    outcome: str
    label: Bilingual
    in_favour: bool
    law: str = ""
    because: Bilingual | None = None
    own_reasons: str = ""
    steps: tuple[Step, ...] = ()
    appeal: AppealInWords | None = None
    why_no_appeal: Bilingual | None = None
    replaces: date | None = None


class MachinePart(Model):
    """What a machine did with the case and what it did not do. Reasons are whole sentences, at most three."""

    scored: bool = False
    expected: Expected = "usual"
    reasons: tuple[Bilingual, ...] = ()
    withheld: tuple[Bilingual, ...] = ()
    drafted: bool = False
    draft_use: DraftUse | None = None
    calculated: bool = False


class HearingPoint(Model):
    """A fact that the citizen is heard about: what it is, from where, what they said, and why it matters."""

    label: Bilingual
    value: Bilingual
    source: Bilingual
    why: Bilingual
    stated: Bilingual | None = None


class Missing(Model):
    """What the citizen is asked for."""

    label: Bilingual
    meaning: Bilingual | None = None


class ThirdPartyAsked(Model):
    """What somebody else is asked for in a caseworker's own words, and why the law lets us ask."""

    wanted: str = ""
    by_consent: bool = False
    ground: str


class Receipt(Model):
    """What is said to somebody whose case has come in."""

    is_decided: bool = True
    is_scored: bool = False
    decide_by: date | None = None
    contact_within_hours: int | None = None
    sources: tuple[Bilingual, ...] = ()


class Word(Model):
    """What a case type's own text says for one name; it counts as no where there is nothing, none or zero."""

    words: Bilingual
    is_something: bool = True


class OwnTexts(Model):
    """The case type's own texts with placeholders: the title, and the first paragraph (a decision's result)."""

    title: Bilingual
    text: Bilingual


class LetterFacts(Model):
    """One letter's facts.

    Attributes:
        dated: the day the letter is sent.
        own_texts: None where the case type has none for this letter.
        words: what `own_texts` may name: facts, amounts and lines of the calculation, in words.
        on_behalf_of: the citizen, where the letter goes to somebody else.
        reminds_of: the day of the letter that this one reminds of.
        made_with: versions of the texts and of the case type.
    """

    kind: LetterKind
    dated: date
    sender: Sender
    recipient: Recipient
    signer: Signer | None = None
    case: CaseInWords
    own_texts: OwnTexts | None = None
    words: dict[str, Word] = Field(default_factory=dict)
    data_used: tuple[DataUsed, ...] = ()
    decision: DecisionInWords | None = None
    machine: MachinePart = MachinePart()
    points: tuple[HearingPoint, ...] = ()
    missing: tuple[Missing, ...] = ()
    answer_by: date | None = None
    on_behalf_of: str = ""
    reminds_of: date | None = None
    third_party: ThirdPartyAsked | None = None
    receipt: Receipt = Receipt()
    is_demo: bool = False
    example_amounts: bool = False
    made_with: dict[str, int] = Field(default_factory=dict)

    def as_text(self) -> str:
        """The facts as they are stored: one line of JSON, always the same for the same facts."""
        return canonical(self.model_dump(mode="json"))


def facts_from_text(text: str) -> LetterFacts:
    """The facts that `as_text` wrote.

    Raises:
        TamperError: the text is not what was stored.
    """
    try:
        return LetterFacts.model_validate_json(text)
    except ValidationError:
        raise TamperError("a stored letter cannot be read; run 'stafet audit verify'") from None


def both(da: str, en: str) -> Bilingual:
    """The same words in both languages."""
    return Bilingual(da=da, en=en)


def in_one_language(value: Any, language: str) -> Any:
    """`value` with each pair of words (exactly da and en) replaced by the words of one language.

    Example:
        >>> in_one_language({"label": {"da": "Alder", "en": "Age"}, "n": [1]}, "da")
        {'label': 'Alder', 'n': [1]}
    """
    if isinstance(value, Mapping):
        if set(value) == {"da", "en"}:
            return value[language]
        return {key: in_one_language(item, language) for key, item in value.items()}
    return [in_one_language(item, language) for item in value] if isinstance(value, list | tuple) else value

"""What a letter's texts can say: the placeholders of each kind of letter, its lists, and what the law asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

LetterKind = Literal["decision", "hearing", "information_request", "receipt", "reminder", "third_party_request"]
KINDS: tuple[LetterKind, ...] = get_args(LetterKind)

OF_EVERY_LETTER: Mapping[str, str] = {
    "name": "the whole name of whoever gets the letter, empty where it is not known",
    "first_name": "their first name, empty where it is not known",
    "on_behalf_of": "the citizen's name where the letter goes to somebody else; empty where it goes to them",
    "municipality": "the municipality's name",
    "department": "who writes, by the name that citizens know",
    "phone": "telephone of the department",
    "email": "e-mail of the department",
    "website": "where a citizen serves themselves",
    "hours": "when the telephone is answered",
    "signer.name": "who decided, or works on the case; empty where nobody does yet",
    "signer.title": "that person's title",
    "signer.phone": "that person's telephone, else the department's",
    "case.id": "the case's number",
    "case.type": "the case type's name",
    "case.about": "the same with a small first letter, to stand inside a sentence",
    "case.law": "the law that the case type rests on, to stand inside a sentence",
    "case.received_on": "the day the case was received",
    "dated": "the day the letter is sent",
    "title": "the case type's own title of this letter, empty where it has none",
    "is_demo": "yes where everybody and everything is invented",
    "example_amounts": "yes where an amount is an example that the municipality has not confirmed",
}

_TEXTS: Mapping[str, str] = {"opening": "the case type's own first paragraph, empty where it has none"}
_ANSWER: Mapping[str, str] = {"answer_by": "the last day to answer, with its weekday"}

OF_KIND: Mapping[LetterKind, Mapping[str, str]] = {
    "decision": {
        "result": "what was decided, in the case type's own words",
        "outcome": "the outcome's label",
        "in_favour": "yes where the decision is fully in the citizen's favour",
        "law": "the law that decided, to stand inside a sentence",
        "because": "the criterion in words, empty where a person's judgment decided",
        "own_reasons": "what the person who decided wrote as reasons, as it was written",
        "replaces": "the day of the decision that this one replaces, empty where it is the first",
        "appeal.is_possible": "yes where the citizen can complain and is not fully satisfied",
        "appeal.last_day": "the last day to complain, with its weekday",
        "appeal.weeks": "within how many weeks of receipt",
        "appeal.body": "who decides the complaint in the end",
        "appeal.lodge_with": "where to send it, empty where that is the municipality",
        "appeal.reassess_weeks": "within how many weeks the municipality looks again, empty where it does not",
        "appeal.why_none": "why nobody can complain, empty where somebody can",
        "machine.scored": "yes where the machine said how much work the case would take",
        "machine.expects_more": "yes where it expected more work than usual",
        "machine.expects_less": "yes where it expected less work than usual",
        "machine.drafted": "yes where the machine drafted the decision",
        "machine.draft_approved": "yes where the draft became the decision as it was",
        "machine.draft_changed": "yes where the draft was changed",
        "machine.draft_discarded": "yes where the draft was not used",
        "machine.calculated": "yes where the amounts were calculated by fixed rules",
        "machine.withheld": "what the citizen kept from the machine, empty where nothing was",
    },
    "hearing": {**_TEXTS, **_ANSWER},
    "information_request": {**_TEXTS, **_ANSWER},
    "receipt": {
        **_TEXTS,
        "is_decided": "yes where the case ends with a decision to the reader; not so for a report about a child",
        "is_scored": "yes where a machine may say how much work such a case takes",
        "decide_by": "the day by which the municipality means to decide, empty where it has set none",
        "contact_within_hours": "within how many hours the case is looked at, empty where nothing is said",
        "sources": "the registers that facts are fetched from, in a row; empty where there are none",
    },
    "reminder": {**_ANSWER, "reminds_of": "the day of the letter that this one reminds of"},
    "third_party_request": {
        **_ANSWER,
        "reminds_of": "the day of the letter that this one reminds of, empty in the first",
        "wanted": "what is asked for in the caseworker's own words, empty where they chose facts alone",
        "by_consent": "yes where the citizen has said yes to the question",
        "ground": "why the law lets us ask, in the caseworker's own words",
    },
}

_MISSING = {"missing": {"label": "what is missing", "meaning": "what is meant by it"}}

LISTS: Mapping[LetterKind, Mapping[str, Mapping[str, str]]] = {
    "decision": {
        "calculation": {
            "label": "what is calculated",
            "how": "how, in words",
            "result": "what comes out",
            "law": "its law, empty where none is cited",
        },
        "data_used": {
            "label": "the fact",
            "value": "what it is",
            "source": "where it comes from",
            "fetched_on": "the day it was recorded",
        },
        "machine_reasons": {"sentence": "what the machine looked at, and towards how much work it points"},
    },
    "hearing": {
        "points": {
            "label": "the fact",
            "value": "what it is",
            "source": "where it comes from",
            "stated": "what the citizen has stated, empty where nothing was",
            "why": "why it matters",
        }
    },
    "information_request": _MISSING,
    "receipt": {},
    "reminder": _MISSING,
    "third_party_request": _MISSING,
}
"""The lists that `each` can name, and what `item` holds for each line."""

REQUIRED: Mapping[LetterKind, Mapping[str, str]] = {
    "decision": {
        "result": "a decision says what was decided",
        "law": "reasons cite the rules: forvaltningsloven § 24",
        "own_reasons": "reasons give the main considerations: forvaltningsloven § 24",
        "calculation": "reasons give the facts that weighed: forvaltningsloven § 24",
        "data_used": "reasons give the facts that weighed: forvaltningsloven § 24",
        "machine.scored": "a citizen is told what a machine did",
        "machine.drafted": "a citizen is told what a machine did",
        "machine_reasons": "a citizen is told why: AI Act, article 86",
        "appeal.last_day": "guidance on complaints: forvaltningsloven § 25",
        "appeal.body": "guidance on complaints: forvaltningsloven § 25",
        "signer.name": "a decision names who decided: forvaltningsloven § 32 b",
        "signer.phone": "a citizen can call who decided",
    },
    "hearing": {
        "points": "a hearing shows the facts: forvaltningsloven § 19",
        "answer_by": "a hearing gives time to answer: forvaltningsloven § 19",
    },
    "information_request": {
        "missing": "the letter says what is missing",
        "answer_by": "the letter says by when to answer",
    },
    "receipt": {"case.id": "the letter gives the case's number"},
    "reminder": {
        "missing": "the letter says what is missing",
        "answer_by": "the letter says by when to answer",
        "reminds_of": "a reminder says what it reminds of",
    },
    "third_party_request": {
        "on_behalf_of": "whoever is asked must know about whom",
        "missing": "the letter says what is asked for",
        "wanted": "the letter says what is asked for",
        "ground": "others are asked with consent or where a law says so: retssikkerhedsloven § 11 a",
        "answer_by": "the letter says by when to answer",
        "reminds_of": "a reminder says what it reminds of",
    },
}
"""What a kind of letter must say somewhere, and why."""


FLAGS: frozenset[str] = frozenset(
    name
    for meanings in (OF_EVERY_LETTER, *OF_KIND.values())
    for name, meaning in meanings.items()
    if meaning.startswith("yes where")
)
"""Placeholders that a condition can ask about and that cannot be written out; lists are of the same kind."""


def placeholders_of(kind: LetterKind) -> frozenset[str]:
    """Everything that the texts of one kind may name; a list only in a condition, which asks if it is empty.

    Example:
        >>> "appeal.last_day" in placeholders_of("decision"), "appeal.last_day" in placeholders_of("receipt")
        (True, False)
    """
    return frozenset(OF_EVERY_LETTER) | frozenset(OF_KIND[kind]) | frozenset(LISTS[kind])


def unwritable_of(kind: LetterKind) -> frozenset[str]:
    """What the texts of one kind can ask about but not write out."""
    return FLAGS | frozenset(LISTS[kind])

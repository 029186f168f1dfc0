"""A closed case as it lay there at first: its facts as they came, and nothing of what was made of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa

from config.bilingual import Language
from config.case_type import CaseType
from config.columns import Frame
from config.translate import Translator
from config.words import Words
from engine.stated import stated_from_json
from engine.typed_facts import frame_from_json
from models.case_reader import facts_history
from models.clock import parse
from routing.built_in import with_every_declared_field
from routing.what_if import fields_that_count
from ui.caseworker.facts import source_of
from ui.caseworker.handling.act_form import Option
from ui.caseworker.practice.drawing import DecidedCase


@dataclass(frozen=True)
class FirstFact:
    """One fact as it came; `stated` what the application says, where that is something else."""

    label: str
    value: str
    source: str
    stated: str | None = None


@dataclass(frozen=True)
class AtFirst:
    """A case without a name or number, in one reader's language.

    Attributes:
        texts: running text, read before any table.
        left: what the law leaves to a person, all of it.
    """

    type_name: str
    legal_basis: str
    received: str
    texts: tuple[FirstFact, ...]
    facts: tuple[FirstFact, ...]
    missing: tuple[str, ...]
    left: tuple[str, ...]
    outcomes: tuple[Option, ...]


def at_first(connection: sa.Connection, case: DecidedCase, language: Language) -> AtFirst:
    """The case as its first facts tell it."""
    case_type, case_id = case.case_type, str(case.file["case_id"])
    history = facts_history(connection, case_type.key, case_id)
    first = history[0] if history else {"facts": "{}", "stated": None}
    ids = np.array([case_id], dtype=object)
    facts = with_every_declared_field(frame_from_json(ids, [first["facts"]], case_type), case_type)
    stated = stated_from_json(ids, [first["stated"]], case_type) or Frame(ids)
    shown = shown_fields(case_type)
    rows = {name: fact_at_first(name, case_type, facts, stated, language) for name in shown}
    texts = [row for name, row in rows.items() if row is not None and case_type.fields[name].type == "text"]
    return AtFirst(
        type_name=case_type.name.say(language),
        legal_basis=case_type.legal_basis or "",
        received=Words(language).day(parse(case.file["received_at"])),
        texts=tuple(texts),
        facts=tuple(row for row in rows.values() if row is not None and row not in texts),
        missing=tuple(case_type.fields[name].label.say(language) for name, row in rows.items() if row is None),
        left=tuple(one.say(language) for one in case_type.untested_by_machine),
        outcomes=tuple(Option(key, one.label.say(language)) for key, one in case_type.outcomes.items()),
    )


def shown_fields(case_type: CaseType) -> list[str]:
    """The fields that are shown: a protected one only where the law of the case type looks at it."""
    counting = fields_that_count(case_type)
    return [name for name, one in case_type.fields.items() if not one.protected or name in counting]


def fact_at_first(
    name: str, case_type: CaseType, facts: Frame, stated: Frame, language: Language
) -> FirstFact | None:
    """One fact, None where nobody had given it."""
    field, value = case_type.fields[name], facts.columns[name].value(0)
    claim = stated.columns[name].value(0) if name in stated.columns else None
    if value is None:
        return None
    words = Words(language)
    return FirstFact(
        label=field.label.say(language),
        value=words.fact(field, value),
        source=source_of(field, Translator(language)),
        stated=None if claim is None or claim == value else words.fact(field, claim),
    )

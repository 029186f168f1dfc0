"""A case type: the language that data people and domain people share, read from a file and checked as a whole."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field as Key
from pydantic import model_validator

from config.amounts import Amount, Table
from config.asked_for import AskedFor
from config.bilingual import Bilingual
from config.calculation import CalculationLine
from config.case_type_checks import first_problem
from config.case_type_tests import CaseTest, with_facts_of_others
from config.effort_rule import EffortRule
from config.errors import InputError, RefusedError
from config.fields import Field, LogColumns
from config.letter_words import Letters
from config.model import Exact, Model, Text, Whole, wrong
from config.names import NAME_ADVICE, Name, humanised
from config.outcomes import LABELS, USUAL_OUTCOMES, Appeal, Criterion, Outcome, Untested
from config.validation import complaints_about, validate
from config.yaml_source import read_yaml

__all__ = ["CaseType", "Field", "read_case_type"]

_KEY = re.compile(r"[a-z][a-z0-9_]{0,49}")


class Deadlines(Model):
    """Statutory and local clocks: days to the decision, hours to the first contact."""

    decide_within_days: Annotated[Whole, Key(ge=1, le=3650)] | None = None
    contact_within_hours: Annotated[Whole, Key(ge=1, le=8760)] | None = None


class Retention(Model):
    """How long a closed case is kept, and on what ground."""

    years: Annotated[Exact, Key(gt=0, le=120)]
    basis: Text | None = None


class CaseType(Model):
    """One case type file. `key` is the file's name without its ending and stands in no file."""

    key: str = Key(exclude=True)
    name: Bilingual
    asks_for: AskedFor | None = None
    legal_basis: Text | None = None
    status: Literal["trial", "live"] = "trial"
    model_basis: Text | None = None
    weight: Literal["light", "heavy"] = "light"
    kle: Text | None = None
    log: LogColumns = LogColumns()
    fields: dict[Name, Field] = Key(default_factory=dict)
    complexity: EffortRule | None = None
    amounts: dict[Name, Amount] = Key(default_factory=dict)
    tables: dict[Name, Table] = Key(default_factory=dict)
    calculation: tuple[CalculationLine, ...] = ()
    pays: Name | None = None
    criteria: tuple[Criterion, ...] = ()
    outcomes: dict[Name, Outcome] = USUAL_OUTCOMES
    assessed_as: dict[Name, Bilingual] = Key(default_factory=dict)
    untested_by_machine: tuple[Untested, ...] = ()
    letters: Letters = Letters()
    appeal: Appeal | None = None
    deadlines: Deadlines = Deadlines()
    retention: Retention | None = None
    checklist: tuple[Bilingual, ...] = ()
    tests: tuple[CaseTest, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _fill_in(cls, raw: Any) -> Any:
        """A field's column and label, and an outcome's label, follow from their names unless they are written.

        A test that is like another one has its facts.
        """
        if not isinstance(raw, dict):
            return raw
        filled = dict(raw)
        if isinstance(raw.get("fields"), dict):
            filled["fields"] = {name: _field(name, value) for name, value in raw["fields"].items()}
        if isinstance(raw.get("outcomes"), dict):
            filled["outcomes"] = {name: _outcome(name, value) for name, value in raw["outcomes"].items()}
        if isinstance(raw.get("tests"), list):
            filled["tests"] = with_facts_of_others(raw["tests"])
        return filled

    @model_validator(mode="after")
    def _is_one_whole(self) -> CaseType:
        problem = first_problem(self)
        if problem is not None:
            path, sentence = problem
            raise wrong(sentence, *path)
        return self

    @property
    def effort_rule(self) -> EffortRule:
        """The rule that says which cases are complex.

        Raises:
            RefusedError: a heavy case type has none, for it gets no score.
        """
        if self.complexity is None:
            raise RefusedError(f"case type '{self.key}' has no `complexity`; a heavy case type is never scored")
        return self.complexity


def _field(name: str, value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    label = value.get("label")
    words = humanised(name)
    return {"column": name, **value, "label": {"da": words, "en": words} if label is None else label}


def _outcome(name: str, value: Any) -> Any:
    if not isinstance(value, dict) or value.get("label") is not None:
        return value
    words = humanised(name)
    return {**value, "label": LABELS.get(name, {"da": words, "en": words})}


def read_case_type(text: str | bytes, *, name: str, file: str | Path) -> CaseType:
    """The case type written in `text`; `name` is the file's stem, `file` stands in error messages.

    Raises:
        InputError: with file:line:column, for the first thing in the file that cannot be used.

    Example:
        >>> text = "{name: {da: Bøde, en: Fine}, complexity: {within_days: 60, any: [{days: {above: 30}}]}}"
        >>> fine = read_case_type(text, name="fines", file="fines.yaml")
        >>> fine.key, fine.status, list(fine.outcomes)
        ('fines', 'trial', ['granted', 'partly_granted', 'refused'])
    """
    check_case_type_name(name)
    return validate(read_yaml(text, file), CaseType, key=name)


def mistakes_in(text: str | bytes, *, name: str, file: str | Path) -> list[InputError]:
    """Everything that is wrong in the keys of a case type file, in its order, so that it can be mended at once.

    What does not agree across the file is said one thing at a time, once its keys are right.
    """
    try:
        complaints = complaints_about(read_yaml(text, file), CaseType, key=check_case_type_name(name))
    except InputError as error:
        return [error]
    return [] if isinstance(complaints, CaseType) else complaints


def check_case_type_name(name: str) -> str:
    """The name itself, if it can be a case type's, a file's and an address's.

    Raises:
        InputError: it cannot.
    """
    if not _KEY.fullmatch(name):
        raise InputError(f"'{name[:60]}' cannot be the name of a case type; {NAME_ADVICE}, at most 50 in all")
    return name

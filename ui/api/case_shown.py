"""A case as JSON: what its page shows and no more, under the names that `CasePage` and its parts have.

A field that is named here is taken from the attribute of the same name; what is not named is not sent. All cases
have the same fields: of a case that must be blind those of the machine's part are null, as they are where the
machine has none, for `page_of` has left them out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict


class Shown(BaseModel):
    """What is read from attributes of the same names."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class Choice(Shown):
    """One thing that can be chosen: `key` is what is sent back."""

    key: str
    label: str


class Citizen(Shown):
    """Whom the case is about; the last four digits of the CPR number are hidden."""

    name: str
    cpr: str | None
    is_protected: bool


class Clock(Shown):
    """The hours that the law gives."""

    left: str
    until: str
    hours: int
    is_over: bool


class Due(Shown):
    """A deadline in words; `tag` says how late it is."""

    text: str
    tag: str | None


class Fact(Shown):
    """One fact in words; `machine` says whether the machine sees it, `value` is null where it is missing."""

    name: str
    label: str
    value: str | None
    source: str
    age: str
    basis: str
    seen: str
    corrected: tuple[str, ...]
    counts: bool
    machine: str | None


class Facts(Shown):
    """The facts that are known, those first that the law looks at."""

    known: tuple[Fact, ...]


class Contradiction(Shown):
    """A fact of which the application says something else; `is_held` where the citizen is to be heard about it."""

    label: str
    stated: str
    value: str
    source: str
    is_held: bool


class Question(Shown):
    """Something that was asked for and has not been answered."""

    number: int
    text: str
    until: str
    is_over: bool


class Standing(Shown):
    """What the case waits for; `newest` is what acts send back as `seen`."""

    waits: str | None
    why: str | None
    hearing: Question | None
    questions: tuple[Question, ...]
    follow_up: str | None
    is_conflicted: bool
    newest: int


class Moment(Shown):
    """One line of the timeline."""

    text: str
    at: str
    written: str


class View(Shown):
    """A person's own first view."""

    by: str
    at: str
    leans: str
    expects: str
    weighs: str


class MachinesView(Shown):
    """The machine's view, beside a person's."""

    expects: str
    number: str
    proposes: str | None
    both: str


class Own(Shown):
    """The person's own view: `is_asked` where nothing else is taken before it."""

    is_asked: bool
    view: View | None
    machine: MachinesView | None
    outcome_choices: tuple[Choice, ...]
    effort_choices: tuple[Choice, ...]


class Scale(Shown):
    """The complexity: of a hundred such cases so many took extra work; it is about work, never about rights."""

    of_100: int
    sentence: str


class Reason(Shown):
    """One reason for the complexity."""

    field: str | None
    label: str
    pull: str
    sentence: str


class Scored(Shown):
    """The complexity of the case and its reasons."""

    scale: Scale
    expects: str
    heading: str
    bars: tuple[Reason, ...]
    effort: str
    is_novel: bool
    adds_up: bool
    simple_if: tuple[str, ...]


class Machine(Shown):
    """The machine's part: where the rules placed the case and why, its gates, and what it made of the work."""

    made_at: str
    placed: str
    because: str | None
    closed: tuple[str, ...]
    open: tuple[str, ...]
    assessed: Scored | None


class Check(Shown):
    """A fact to check before a draft is approved; `field` is what is sent back."""

    field: str
    label: str
    effects: tuple[str, ...]
    stated: str | None
    value: str | None
    source: str
    is_contradicted: bool


class Draft(Shown):
    """What the machine proposes; it is no decision."""

    outcome_key: str
    outcome: str
    amount: tuple[str, str] | None
    because: str
    legal_basis: str
    reasons: str
    checks: tuple[Check, ...]
    asks_hearing: bool


class SumLine(Shown):
    """One line of the calculation."""

    label: str
    how: str
    result: str
    law: str


class Sums(Shown):
    """The calculation."""

    lines: tuple[SumLine, ...]
    law: str


class SimilarCase(Shown):
    """A closed case like this one; its outcome comes once the reader has chosen one."""

    case_id: str
    likeness: str
    alike: tuple[str, ...]
    apart: tuple[str, ...]
    took: str
    work: str
    outcome: str | None


class Similar(Shown):
    """Closed cases like this one."""

    cases: tuple[SimilarCase, ...]
    tells_outcome: bool
    not_compared: tuple[str, ...]


def found(finding: Callable[[], object]) -> object:
    """What a page leaves to be found when it is shown."""
    return finding()


class Missing(Shown):
    """A fact that nobody has given."""

    name: str
    label: str


class Ended(Shown):
    """How the case ended."""

    outcome: str
    reasons: str
    by: str
    at: str
    number: int
    round: int
    draft_use: str | None


class CaseShown(Shown):
    """One case as the person who is signed in may see it now; `CasePage` says what each part is.

    `round`, `assessment_id` and `opened` are sent back with a decision.
    """

    case_type: str
    case_id: str
    type_name: str
    is_heavy: bool
    is_decided: bool
    is_open: bool
    identity: Citizen
    asked_for: str | None
    due: Due
    clock: Clock | None
    team: str
    holder: str | None
    is_mine: bool
    standing: Standing
    facts: Facts
    missing: tuple[Missing, ...]
    contradictions: tuple[Contradiction, ...]
    held_against: str | None
    judgment: tuple[str, ...]
    checklist: tuple[str, ...]
    timeline: tuple[Moment, ...]
    is_blind: bool
    own: Own
    machine: Machine | None
    draft: Draft | None
    sums: Sums | None
    similar: Annotated[Similar | None, BeforeValidator(found)]
    choices: tuple[Choice, ...]
    hearings: tuple[Choice, ...]
    ended: Ended | None
    round: int
    assessment_id: int | None
    opened: str

"""The visitor's own part of a case's page: whether their view is asked now, and it beside the machine's after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from config.bilingual import Language
from config.translate import Translator
from models.first_views import views_since
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.draft_part import DraftPart
from ui.caseworker.firstview.view import EXPECTS, View, efforts, leanings, view_in_words
from ui.caseworker.handling.act_form import Option
from ui.caseworker.machine_part import MachinePart


@dataclass(frozen=True)
class MachinesView:
    """What the machine made of the case, in the terms of a first view.

    Attributes:
        proposes: the outcome of its draft; None where it made none.
        both: whether it and the person expect the same work.
    """

    at: str
    expects: str
    number: str
    proposes: str | None
    both: str


@dataclass(frozen=True)
class OwnPart:
    """What of a page is about people's own views.

    Attributes:
        is_asked: the one thing to do now is to store a view; nothing else is taken before.
        view: the visitor's; of a decided case that of whoever decided it. None where none was given.
        machine: what stands beside it; None where the page is blind, or nothing was scored.
        outcome_choices, effort_choices: what can be chosen.
        typed: what a form for it begins with.
    """

    is_asked: bool
    view: View | None
    machine: MachinesView | None
    outcome_choices: tuple[Option, ...]
    effort_choices: tuple[Option, ...]


def own_part(
    case: CaseRecord,
    *,
    viewer: int,
    may_decide: bool,
    is_blind: bool,
    machine: MachinePart | None,
    draft: DraftPart | None,
    now: datetime,
    language: Language,
) -> OwnPart:
    """The part of one visitor; `machine` and `draft` are None where the page is blind."""
    whose = viewer if case.decision is None else case.decision.decided_by_id
    given = views_since(case.acts, whose)
    view = view_in_words(given[-1], len(given), case.case_type, now, language) if given else None
    return OwnPart(
        is_asked=is_blind and may_decide and not given,
        view=view,
        machine=None if view is None or machine is None else beside(view, machine, draft, language),
        outcome_choices=leanings(case.case_type, language),
        effort_choices=efforts(language),
    )


def beside(view: View, machine: MachinePart, draft: DraftPart | None, language: Language) -> MachinesView | None:
    """The machine's view beside a person's; None where it has none."""
    if machine.assessed is None:
        return None
    say, expected = Translator(language), machine.assessed.expects
    agreed = say("The person and the machine expect the same work.")
    apart = say(
        "The person and the machine do not expect the same work. Both views are kept, so that both can learn."
    )
    return MachinesView(
        at=machine.made_at,
        expects=say(EXPECTS[expected]),
        number=machine.assessed.scale.sentence,
        proposes=None if draft is None else draft.outcome,
        both=agreed if view.effort == expected else apart,
    )

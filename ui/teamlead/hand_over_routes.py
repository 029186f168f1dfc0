"""The page on which a team lead hands over an absent colleague's cases, some at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import Response

from config.errors import StafetError
from config.translate import Translator, sentences
from models.citizens import citizens_named
from ui.caseworker.identity import identity_of
from ui.caseworker.machine_roles import Named
from ui.caseworker.queue_query import MOST_COUNTED
from ui.teamlead.handing_over import (
    AT_ONCE,
    TEAM,
    Colleague,
    HandedOver,
    Target,
    cases_of,
    hand_over,
    holders,
    takers,
)
from ui.web.addresses import case_path
from ui.web.forms import CSRF_FIELD
from ui.web.language import language_of
from ui.web.page_errors import bad_form
from ui.web.site import site_of

STAYS = "stays"
CASE = "case:"
LONGEST_NOTE = 10_000
STRANGE = "The form names somebody or something that this page does not have; load the page again."

router = APIRouter()


@dataclass(frozen=True)
class Typed:
    """What the form says; `cases` has a choice for each case, "" for that of all."""

    to: str = ""
    note: str = ""
    cases: Mapping[Named, str] = field(default_factory=dict)


@router.get("/team/hand-over", name="hand_over_cases")
def hand_over_cases(request: Request) -> Response:
    """Whose cases, and whom they go to."""
    return show(request, request.query_params.get("from", ""), Typed())


@router.post("/team/hand-over", name="hand_cases_over")
def hand_cases_over(request: Request) -> Response:
    """Hand the cases of the form over, or show it again with what keeps it from being done."""
    values = dict(request.state.form.values)
    values.pop(CSRF_FIELD, None)
    from_user, typed = values.pop("from", ""), typed_in(values)
    site, lead, say = site_of(request), request.state.visitor.user, Translator(language_of(request))
    if not typed.note.strip():
        return show(
            request, from_user, typed, problem=("note", say("Write a note: the colleagues read it in the case"))
        )
    if len(typed.note) > LONGEST_NOTE:
        return show(request, from_user, typed, problem=("note", say("The note is too long; write it shorter")))
    if not typed.to and any(not choice for choice in typed.cases.values()):
        return show(request, from_user, typed, problem=("to", say("Choose whom the cases go to")))
    with site.database.read() as connection:
        may_take = {one.id for one in takers(connection, lead.team or "")}
    if not from_user.isascii() or not from_user.isdigit() or len(from_user) > 15:
        raise bad_form(STRANGE)
    targets = targets_of(typed, may_take - {int(from_user)})
    try:
        with site.database.write() as connection:
            told = hand_over(
                connection, lead, request.state.visitor.present.id, int(from_user), targets, typed.note.strip()
            )
    except StafetError as refused:
        return show(request, from_user, typed, problem=("to", in_words(str(refused), request)))
    return show(request, from_user, Typed(), told=told)


def typed_in(values: Mapping[str, str]) -> Typed:
    """The form's fields.

    Raises:
        PageError: it holds a field that is not ours.
    """
    cases = {}
    for name, choice in values.items():
        if name in ("to", "note"):
            continue
        case_type, slash, case_id = name.removeprefix(CASE).partition("/")
        if not name.startswith(CASE) or not slash:
            raise bad_form(STRANGE)
        cases[case_type, case_id] = choice
    return Typed(values.get("to", ""), values.get("note", ""), cases)


def targets_of(typed: Typed, may_take: set[int]) -> dict[Named, Target]:
    """Whom each case goes to; a case that stays is not there.

    Raises:
        PageError: somebody is named who may not take cases of this team.
    """
    allowed: dict[str, Target] = {TEAM: None, **{str(one): one for one in may_take}}
    wanted = {named: choice or typed.to for named, choice in typed.cases.items()}
    if any(choice not in allowed and choice != STAYS for choice in wanted.values()) or (
        typed.to and typed.to not in allowed
    ):
        raise bad_form(STRANGE)
    return {named: allowed[choice] for named, choice in wanted.items() if choice != STAYS}


def show(
    request: Request,
    from_user: str,
    typed: Typed,
    *,
    problem: tuple[str, str] | None = None,
    told: HandedOver | None = None,
) -> Response:
    """The page with what was typed, what keeps it from being done, or what was done."""
    site, lead, say = site_of(request), request.state.visitor.user, Translator(language_of(request))
    with site.database.read() as connection:
        team = lead.team or ""
        having = holders(connection, team, MOST_COUNTED) if team else []
        absent = next((one for one in having if str(one.id) == from_user), None)
        cases = cases_of(connection, team, absent.id) if absent else []
        people = [one for one in takers(connection, team) if absent is None or one.id != absent.id]
        citizens = citizens_named(connection, {case.citizen_ref for case in cases if case.citizen_ref})
        in_force = site.current.read(connection)
    rows = []
    for case in cases:
        known = in_force.case_types.get(case.case_type)
        rows.append({
            "field": f"{CASE}{case.case_type}/{case.case_id}",
            "href": case_path(case.case_type, case.case_id),
            "case_id": case.case_id,
            "identity": identity_of(citizens.get(case.citizen_ref or ""), case.case_id),
            "type_name": known.name.say(language_of(request)) if known else case.case_type,
            "choice": typed.cases.get((case.case_type, case.case_id), ""),
        })  # fmt: skip
    return site.pages.page(
        request,
        "team_hand_over.html",
        title=say("Hand over an absent colleague's cases"),
        status=HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK,
        holders=having,
        absent=absent,
        rows=rows,
        choices=choices_of(people, say),
        typed=typed,
        problem=problem,
        told=[] if told is None else told_in_words(told, say),
        rest=0 if absent is None else max(0, absent.cases - AT_ONCE),
    )


def choices_of(people: list[Colleague], say: Translator) -> list[tuple[str, str]]:
    """Whom cases can go to."""
    return [(TEAM, say("The team, for anybody to take")), *((str(one.id), one.full_name) for one in people)]


def told_in_words(told: HandedOver, say: Translator) -> list[str]:
    """What became of the cases."""
    said = [say.counted("{n} case was handed over.", "{n} cases were handed over.", len(told.done))]
    if told.left:
        words = "{n} case had changed hands or been decided meanwhile, and was left as it is."
        many = "{n} cases had changed hands or been decided meanwhile, and were left as they are."
        said.append(say.counted(words, many, len(told.left)))
    for _, case_id in told.conflicts:
        said.append(
            say("Case {case_id} stays: whom you chose has declared a conflict of interest in it.", case_id=case_id)
        )
    return said


def in_words(sentence: str, request: Request) -> str:
    """A refusal of the records in the reader's language."""
    forms = sentences(language_of(request)).get(sentence)
    words = forms[0] if forms else sentence
    return f"{words[:1].upper()}{words[1:]}"

"""The page of a team's month, which ends in a proposal for the rules or a note in a case type.

Caseworkers and the team lead read it and write on it alike: whoever met the case writes best what it teaches, and
a note changes nothing by itself. A note bears its writer's name; answers and disagreements bear none.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import cast

import sqlalchemy as sa
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from config.translate import Translator
from config.words import Words
from models.clock import parse
from models.database import serialise
from models.team_notes import NoteKind, TeamNote, change_team_note, team_notes, write_team_note
from ui.caseworker.decision_form import Problem, number_in
from ui.caseworker.handling.act_form import LONGEST_WORDS, ActForm, Option, problems_of, wrong_text
from ui.caseworker.month.gathered import gathered
from ui.caseworker.month.months import MonthAt, month_in, month_of
from ui.caseworker.month.said import month_said
from ui.web.language import language_of
from ui.web.page_errors import bad_form, no_such_page, not_allowed
from ui.web.pages import team_in_words
from ui.web.site import site_of

KINDS = {"rule_proposal": "A proposal for the rules", "case_type_note": "A note in the case type"}

router = APIRouter()


@router.get("/month", name="this_month")
def this_month(request: Request) -> Response:
    """On to the month that it is."""
    return RedirectResponse(f"/month/{month_of(site_of(request).database.clock()).name}", status_code=303)


@router.get("/month/{month}", name="team_month")
def team_month(request: Request, month: str) -> Response:
    """What the team's month teaches, and what the team has noted of it."""
    return show(request, asked_month(request, month), ActForm())


@router.post("/month/{month}", name="store_team_note")
def store_team_note(request: Request, month: str) -> Response:
    """Keep a note of the team's; the same form sent twice leaves one."""
    sent, say = request.state.form.only("kind", "case_type", "text"), Translator(language_of(request))
    asked, visitor = asked_month(request, month), request.state.visitor
    typed = {**sent, "text": sent["text"].strip()}
    about = about_choices(request)
    if sent["case_type"] not in ("", *(one.key for one in about)):
        raise bad_form("The form holds a field that this page does not have; load the page again.")
    unnamed = Problem("case_type", "case_type", say("Choose the case type that the note is in"))
    unchosen = Problem("kind", "kind-rule_proposal", say("Choose what it is"))
    form = ActForm(
        typed,
        problems_of(
            None if sent["kind"] in KINDS else unchosen,
            unnamed if sent["kind"] == "case_type_note" and not sent["case_type"] else None,
            wrong_text("text", typed["text"], LONGEST_WORDS, say("Write the note"), say),
        ),
    )
    if form.problems or visitor.user.team is None:
        return show(request, asked, form)
    kind = cast(NoteKind, sent["kind"])
    with site_of(request).database.write() as connection:
        serialise(connection)
        if not is_noted(connection, visitor.user.team, asked, visitor.user.id, typed):
            write_team_note(
                connection,
                team=visitor.user.team,
                month=asked.name,
                kind=kind,
                text=typed["text"],
                sign_in_id=visitor.present.id,
                case_type=typed["case_type"] or None,
            )
    return RedirectResponse(f"/month/{asked.name}#notes", status_code=303)


@router.post("/month/{month}/notes/{number}/remove", name="remove_team_note")
def remove_team_note(request: Request, month: str, number: str) -> Response:
    """Take a note away: its writer may, and the team lead.

    Raises:
        PageError: the team has no such note, or it is a colleague's.
    """
    request.state.form.only()
    asked, visitor = asked_month(request, month), request.state.visitor
    with site_of(request).database.write() as connection:
        notes = [] if visitor.user.team is None else team_notes(connection, visitor.user.team, asked.name)
        found = next((one for one in notes if one.id == number_in(number)), None)
        if found is None:
            raise no_such_page()
        if not may_remove(found, request):
            raise not_allowed()
        change_team_note(connection, found.id, found.team, text=None, sign_in_id=visitor.present.id)
    return RedirectResponse(f"/month/{asked.name}#notes", status_code=303)


def asked_month(request: Request, month: str) -> MonthAt:
    """The month in the address.

    Raises:
        PageError: it is none, or lies ahead.
    """
    found = month_in(month, site_of(request).database.clock())
    if found is None:
        raise no_such_page()
    return found


def is_noted(connection: sa.Connection, team: str, month: MonthAt, user_id: int, typed: dict[str, str]) -> bool:
    """Whether the same person has noted the very same already."""
    same = (typed["kind"], typed["case_type"], typed["text"], user_id)
    noted = team_notes(connection, team, month.name)
    return any((one.kind, one.case_type or "", one.text, one.by_id) == same for one in noted)


def about_choices(request: Request) -> tuple[Option, ...]:
    """The case types that a note can be about, none of them first."""
    site, language = site_of(request), language_of(request)
    with site.database.read() as connection:
        case_types = site.current.read(connection).case_types
    named = sorted((one.name.say(language), key) for key, one in case_types.items())
    return (Option("", Translator(language)("No single case type")), *(Option(key, name) for name, key in named))


def may_remove(note: TeamNote, request: Request) -> bool:
    """Whether the visitor may take a note of their team away."""
    user = request.state.visitor.user
    return bool(note.by_id == user.id or user.role == "team_lead")


def show(request: Request, month: MonthAt, form: ActForm) -> Response:
    """The page with its form in some state."""
    site, language, team = site_of(request), language_of(request), request.state.visitor.user.team
    say, words, now = Translator(language), Words(language), site.database.clock()
    with site.database.read() as connection:
        found = {} if team is None else gathered(connection, team, month.since, month.until)
        notes = [] if team is None else team_notes(connection, team, month.name)
        case_types = site.current.read(connection).case_types
    title = say("The team's month: {month}", month=words.month(month.first_day))
    return site.pages.page(
        request,
        "team_month.html",
        title=f"{say('Something is missing')}: {title}" if form.problems else title,
        status=HTTPStatus.BAD_REQUEST if form.problems else HTTPStatus.OK,
        heading=title,
        has_team=team is not None,
        team_name=team_in_words(team, site.pages.municipality, language),
        month=month.name,
        before=Option(month.before.name, words.month(month.before.first_day)),
        after=Option(month.next.name, words.month(month.next.first_day)) if month != month_of(now) else None,
        types=month_said(found, case_types, language),
        notes=[
            {
                "id": one.id,
                "kind": say(KINDS[one.kind]),
                "about": case_types[one.case_type].name.say(language) if one.case_type in case_types else None,
                "text": one.text,
                "by": one.by,
                "at": words.moment(parse(one.at)),
                "may_remove": may_remove(one, request),
            }
            for one in notes
        ],
        about=about_choices(request),
        kinds=tuple(Option(key, say(label)) for key, label in KINDS.items()),
        form=form,
    )

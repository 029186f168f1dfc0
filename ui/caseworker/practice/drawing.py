"""Draws the next case for practice by a keyed hash, so that nobody can pick one or foresee a planted error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from config.case_type import CaseType
from models.database import serialise
from models.decision_store import Decided, decisions_of
from models.people import User
from models.practice import PracticeAnswer, ask_for_practice, practice_of
from models.practice_cases import case_for_practice, is_for_practice
from models.queue import case_file
from routing.decided_then import case_type_then
from routing.draws import drawn_numbers
from routing.in_force import InForce
from ui.caseworker.case_record import assessment_for
from ui.caseworker.practice.machines_view import both_views
from ui.web.models_read import ModelsRead
from ui.web.site import Site

PLANTED_SHARE = 0.3
"""In so many cases what the machine is shown to say is wrong on purpose."""


@dataclass(frozen=True)
class DecidedCase:
    """A closed case with what it was decided on."""

    file: Mapping[str, Any]
    decided: Decided
    case_type: CaseType
    assessment: Mapping[str, Any]


@dataclass(frozen=True)
class Drawing:
    """What a draw rests on: what is in force, the secret of the draw, and the models that have spoken."""

    in_force: InForce
    draw_key: bytes
    models: ModelsRead


def next_for(site: Site, user: User) -> PracticeAnswer | None:
    """The case that a person has not finished, else a new one; None where there is none.

    Raises:
        StafetError: what the machine said of the case cannot be read any more.
    """
    with site.database.read() as connection:
        begun = practice_of(connection, user.id)
        unfinished = unfinished_of(connection, begun, user)
        drawing = Drawing(site.current.read(connection), site.opened.draw_key, site.models)
        found = None if unfinished is not None else drawn_for(connection, drawing, user, len(begun))
    if found is None:
        return unfinished
    with site.database.write() as connection:
        serialise(connection)
        meanwhile = unfinished_of(connection, practice_of(connection, user.id), user)
        return meanwhile or ask_for_practice(connection, **found)


def drawn_for(connection: sa.Connection, drawing: Drawing, user: User, begun: int) -> dict[str, Any] | None:
    """What is put to a person next, after so many cases; None where nothing fits."""
    if user.team is None:
        return None
    place = drawn_numbers(drawing.draw_key, f"practice:{user.id}", "", [begun])[0]
    light = [key for key, one in drawing.in_force.case_types.items() if one.weight == "light" and one.outcomes]
    named = case_for_practice(connection, user_id=user.id, team=user.team, case_types=light, place=float(place))
    return None if named is None else asked(connection, drawing, user, named)


def unfinished_of(connection: sa.Connection, begun: list[PracticeAnswer], user: User) -> PracticeAnswer | None:
    """The case that somebody has begun and not finished, unless they knew it or it was withdrawn since."""
    if not begun or begun[-1].is_finished or begun[-1].is_known:
        return None
    newest = begun[-1]
    return newest if is_for_practice(connection, (newest.case_type, newest.case_id), user.team) else None


def asked(connection: sa.Connection, drawing: Drawing, user: User, named: tuple[str, str]) -> dict[str, Any]:
    """One case with the view of the machine that the person is to meet, as `ask_for_practice` takes it."""
    case = decided_case(connection, drawing.in_force, named)
    views = both_views(
        connection, drawing.models, case.assessment, case.decided, case.case_type, case.file["received_at"]
    )
    number = drawn_numbers(drawing.draw_key, f"planted:{user.id}", named[0], [named[1]])[0]
    planted = bool(number < PLANTED_SHARE)
    shown = views.planted if planted else views.said
    return {
        "user_id": user.id,
        "case_type": named[0],
        "case_id": named[1],
        "planted": planted,
        "machine_said": {"shown": shown.as_json(), "said": views.said.as_json()},
    }


def decided_case(connection: sa.Connection, in_force: InForce, named: tuple[str, str]) -> DecidedCase:
    """A closed case with its last decision, and the case type as it stood then."""
    file, decisions = case_file(connection, *named), tuple(decisions_of(connection, *named))
    assessment = assessment_for(connection, *named, decisions)
    assert file is not None
    assert assessment is not None
    case_type = case_type_then(connection, decisions[-1]) or in_force.case_type(named[0])
    return DecidedCase(file, decisions[-1], case_type, assessment)

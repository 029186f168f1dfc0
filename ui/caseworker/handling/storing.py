"""Stores an act that a page has let through, if the case still stands so that this person may do it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from fastapi import Request

from config.errors import RefusedError
from models.act_kinds import KINDS
from models.act_store import record_act
from models.case_acts import CaseAct, acts_of
from models.case_waiting import DISPATCH
from models.database import serialise
from models.people import User
from models.queue import case_file, take_case
from ui.caseworker.decision_form import number_in
from ui.caseworker.handling.standing import is_conflicted
from ui.web.site import site_of

NOT_TYPED = frozenset({"letter_id", "from_user"})
"""What the first of two equal forms may have changed before the second comes."""


TOLD_FIRST = frozenset(
    {
        "note",
        "handed_over",
        "parked",
        "follow_up",
        "asked",
        "reminded",
        "answered",
        "hearing",
        "hearing_answered",
        "second_reader_asked",
        "second_read",
    }
)
"""Acts that hold what a person wrote of the case as they saw it."""
TAKEN_WITH = frozenset({"asked", "hearing", "parked", "follow_up"})
"""Acts after which somebody must look after the case: one that nobody has is taken by whoever begins them."""
SILENT = frozenset({"worked"})
"""Acts that change nothing of how a case stands."""
MOVED = "the case has moved on while you were writing; read what has happened, and save again"


class MovedError(RefusedError):
    """Others have acted on the case since its page was shown."""


class DoneAlreadyError(RefusedError):
    """The very same form was sent before: nothing is stored a second time."""


def store_act(
    request: Request,
    kind: str,
    content: Mapping[str, Any],
    *,
    seen: str,
    about_act: int | None = None,
    to_user: int | None = None,
    until: str | None = None,
    anybody: bool = False,
) -> None:
    """Store one act under the visitor's sign-in; a form that is sent twice is stored once.

    `anybody` in the team may do it, whoever has taken the case.

    Raises:
        RefusedError: a colleague has taken the case, it lies with another team, or the records refuse the act.
    """
    try:
        with site_of(request).database.write() as connection:
            store_within(
                connection, request, kind, content, seen=seen, about_act=about_act, to_user=to_user, until=until,
                anybody=anybody,
            )  # fmt: skip
    except DoneAlreadyError:
        return


def store_within(
    connection: sa.Connection,
    request: Request,
    kind: str,
    content: Mapping[str, Any],
    *,
    seen: str,
    about_act: int | None = None,
    to_user: int | None = None,
    until: str | None = None,
    anybody: bool = False,
) -> CaseAct:
    """The same inside the caller's unit of work.

    Raises:
        DoneAlreadyError: this form was sent before.
        RefusedError: as `store_act`.
    """
    known, visitor = request.state.case_file, request.state.visitor
    key, case_id = str(known["case_type"]), str(known["case_id"])
    serialise(connection)
    acts = acts_of(connection, key, case_id)
    refuse_repeated(acts, visitor.user, kind, content, (about_act, to_user, until), seen)
    file = case_file(connection, key, case_id)
    refuse_unfit(file, acts, visitor.user, anybody=anybody)
    refuse_decided(file, kind)
    refuse_moved(acts, visitor.user, kind, seen)
    if kind in TAKEN_WITH:
        take_case(connection, key, case_id, visitor.user.id)
    return record_act(
        connection,
        case_type=key,
        case_id=case_id,
        sign_in_id=visitor.present.id,
        kind=kind,
        content=content,
        about_act=about_act,
        to_user=to_user,
        until=until,
    )


def refuse_repeated(
    acts: Sequence[CaseAct],
    user: User,
    kind: str,
    content: Mapping[str, Any],
    rest: tuple[int | None, int | None, str | None],
    seen: str,
) -> None:
    """A form that was sent before has left the very same act, newer than all that the form was shown with."""
    number = number_in(seen)
    said = {key: value for key, value in content.items() if key not in NOT_TYPED}
    for act in acts:
        same = act.kind == kind and act.by_id == user.id and (act.about_act, act.to_user, act.until) == rest
        if same and number is not None and act.id > number and said.items() <= act.content.items():
            raise DoneAlreadyError("this has been stored already")


def refuse_unfit(
    file: Mapping[str, Any] | None, acts: Sequence[CaseAct], user: User, *, anybody: bool = False
) -> None:
    """The case is still the team's, the person may take part in it, and no colleague has taken it."""
    if file is None or file["team"] is None or file["team"] != user.team:
        raise RefusedError("the case has gone to another team meanwhile")
    if is_conflicted(acts, user.id):
        raise RefusedError("you have declared that you may take no part in this case")
    if not anybody and file["assigned_to"] not in (None, user.id) and user.role != "team_lead":
        raise RefusedError("a colleague has taken the case; ask them, or a team lead")


def refuse_decided(file: Mapping[str, Any] | None, kind: str) -> None:
    """What is done on the way to a decision is not done to a case that is decided and waits for its letter."""
    if file is not None and file["awaiting"] == DISPATCH and KINDS[kind].case == "open":
        raise RefusedError("the case is decided, and waits for its letter only")


def refuse_moved(acts: Sequence[CaseAct], user: User, kind: str, seen: str) -> None:
    """Whoever wrote while a colleague acted is told so once; sent again, with that in view, it is stored."""
    if kind in TOLD_FIRST and acts_since(acts, seen, user.id):
        raise MovedError(MOVED)


def acts_since(acts: Sequence[CaseAct], seen: str, user_id: int) -> list[CaseAct]:
    """What others have done to a case since a page of it was shown."""
    number = number_in(seen)
    if number is None:
        return []
    return [act for act in acts if act.id > number and act.by_id != user_id and act.kind not in SILENT]


def refuse_conflicted(connection: sa.Connection, case_type: str, case_id: str, user_id: int) -> None:
    """Nobody decides or assesses a case in which they may take no part.

    Raises:
        RefusedError: the person has declared a conflict of interest.
    """
    serialise(connection)
    if is_conflicted(acts_of(connection, case_type, case_id), user_id):
        raise RefusedError("you have declared that you may take no part in this case")

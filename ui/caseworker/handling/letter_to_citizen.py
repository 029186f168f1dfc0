"""The letter that asks the citizen for facts: made from the case as it stands, sent together with its act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from fastapi import Request

from config.bilingual import Bilingual
from explain.letters.letter_facts import LetterFacts
from models.letters import StoredLetter
from routing.letter_making import hearing_facts, hearing_point, information_facts
from routing.letter_parts import answer_by
from routing.letter_record import LetterCase, LetterDesk, read_letter_case
from routing.outbox import send_letter
from ui.caseworker.handling.storing import DoneAlreadyError, store_within
from ui.caseworker.letter_preview import desk_of
from ui.web.site import site_of


def desk_and_case(request: Request) -> tuple[LetterDesk, LetterCase]:
    """What a letter about the case in the address rests on; it is signed by whoever sends it.

    Raises:
        InputError: municipality.yaml cannot be used.
    """
    site, file = site_of(request), request.state.case_file
    with site.database.read() as connection:
        desk = desk_of(site, site.current.read(connection))
        found = read_letter_case(connection, desk.opened, file["case_type"], file["case_id"])
    return desk, replace(found, handler=request.state.visitor.user)


def usual_answer_by(request: Request) -> date:
    """The last day to answer a letter that is sent today, as the municipality has set it.

    Raises:
        InputError: municipality.yaml cannot be used.
    """
    return answer_by(*desk_and_case(request))


def request_letter(
    request: Request, fields: Sequence[str], until: str, reminds_of: date | None = None
) -> tuple[LetterDesk, LetterFacts]:
    """The letter that asks for these facts by that day; with `reminds_of` it reminds of the letter of that day.

    Raises:
        StafetError: it cannot be made; the sentence says why.
    """
    desk, found = desk_and_case(request)
    facts = information_facts(desk, found, fields, reminds_of)
    return desk, facts.model_copy(update={"answer_by": date.fromisoformat(until)})


def hearing_letter(
    request: Request, stated: Mapping[str, Bilingual | None], why: str, until: str
) -> tuple[LetterDesk, LetterFacts]:
    """The letter that hears the citizen about facts until that day; `why` they count, as it was written.

    `stated` names the facts, each with what the application says of it where that is something else.

    Raises:
        StafetError: it cannot be made; the sentence says why.
    """
    desk, found = desk_and_case(request)
    reason = Bilingual(da=why, en=why)
    points = [hearing_point(found, name, stated=said, why=reason) for name, said in stated.items()]
    facts = hearing_facts(desk, found, points)
    return desk, facts.model_copy(update={"answer_by": date.fromisoformat(until)})


def send_with_act(
    request: Request, kind: str, content: Mapping[str, Any], fields: Sequence[str], until: str, **act: Any
) -> None:
    """Send the letter and store the act that it belongs to, both or neither; a form that is sent twice sends once.

    Raises:
        StafetError: the letter cannot be made or sent, or the act is refused.
    """
    send_along(request, *request_letter(request, fields, until), kind, content, until, **act)


def send_along(
    request: Request,
    desk: LetterDesk,
    facts: LetterFacts,
    kind: str,
    content: Mapping[str, Any],
    until: str,
    **act: Any,
) -> None:
    """Send a letter that is made and store its act, both or neither.

    Raises:
        StafetError: as `send_with_act`.
    """
    file = request.state.case_file

    def along(connection: sa.Connection, letter: StoredLetter) -> None:
        store_within(connection, request, kind, {**content, "letter_id": letter.id}, until=until, **act)

    try:
        actor = request.state.visitor.user.actor
        send_letter(desk.opened, file["case_type"], file["case_id"], facts, actor=actor, then=along)
    except DoneAlreadyError:
        return

"""Records a person's correction of one fact: a new version of the case's facts, sealed, with its reason."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from config.errors import InputError, RefusedError
from models.accounts import DECIDING_ROLES
from models.case_reader import facts_history
from models.case_salts import case_subject
from models.case_waiting import DISPATCH
from models.correction_history import origin_of, with_values
from models.database import serialise
from models.decision_store import actor_of, refuse_missing_case
from models.queue import case_file, declared_conflict
from models.recording import record_row
from models.tables import CASE_FACTS, CASE_FILE, SIGN_IN, USER_ACCOUNT

LONGEST_REASON = 2_000


class StaleFactsError(RefusedError):
    """The facts have changed since the page was made; nothing was stored."""

    def __init__(self) -> None:
        super().__init__("the facts have changed meanwhile; look at them again")


def record_correction(
    connection: sa.Connection,
    *,
    case_type: str,
    case_id: str,
    sign_in_id: int,
    field: str,
    value: float | bool | str | None,
    reason: str,
    expected_version: int,
    is_blind: bool = False,
) -> int:
    """Store the facts with one value replaced, and append the audit entry, all or nothing; returns the version.

    `value` is as facts are stored (`facts_as_json`), None where the fact is not known. `expected_version` is the
    version that the person's page showed, 0 where none was stored. `is_blind` says that the machine's part was
    withheld from the person.

    Raises:
        StaleFactsError: that is no longer the newest version.
        InputError: no such case, no reason, or the value stands there already.
        RefusedError: the case is closed or somebody else's, or the sign-in is not that of somebody who may.
    """
    refuse_unsaid(reason)
    unit = serialise(connection)
    refuse_missing_case(connection, case_type, case_id)
    refuse_not_at_work(connection, case_type, case_id, sign_in_id, unit.now)
    history = facts_history(connection, case_type, case_id)
    newest: dict[str, Any] = history[-1] if history else {"version": 0, "facts": "{}", "stated": None}
    if newest["version"] != expected_version:
        raise StaleFactsError
    if json.loads(newest["facts"]).get(field) == value:
        raise InputError(f"{field} of case {case_id} has this value already; correct it to another")
    row, _ = record_row(
        connection,
        CASE_FACTS,
        {
            "case_type": case_type,
            "case_id": case_id,
            "version": expected_version + 1,
            "facts": with_values(newest["facts"], {field: value}),
            "recorded_at": unit.now,
            "origin": origin_of(sign_in_id, is_blind=is_blind),
            "reason": reason.strip(),
            "stated": newest["stated"],
        },
        actor=actor_of(connection, sign_in_id),
        action="case.fact_corrected",
        subject=case_subject(connection, case_type, case_id),
        payload={"case_type": case_type, "version": expected_version + 1, "sign_in": sign_in_id},
    )
    return int(row["version"])


def refuse_unsaid(reason: str) -> None:
    """A correction has a reason, and the reason an end."""
    if not reason.strip():
        raise InputError("a correction needs its reason; write why the fact is wrong")
    if len(reason) > LONGEST_REASON:
        raise InputError(f"the reason is longer than {LONGEST_REASON} characters; shorten it")


def refuse_not_at_work(connection: sa.Connection, case_type: str, case_id: str, sign_in_id: int, now: str) -> None:
    """Only who may decide the case corrects its facts, under a live sign-in, while it is open."""
    who = connection.execute(
        sa.select(
            SIGN_IN, USER_ACCOUNT.c.kind, USER_ACCOUNT.c.role, USER_ACCOUNT.c.team, USER_ACCOUNT.c.disabled_at
        )
        .join(USER_ACCOUNT, USER_ACCOUNT.c.id == SIGN_IN.c.user_id)
        .where(SIGN_IN.c.id == sign_in_id)
    ).first()
    if who is None:
        raise RefusedError("a step in a case needs a person's sign-in, and this one is not on record")
    refuse_who_may_not(dict(who._mapping), now)
    file = case_file(connection, case_type, case_id) or {}
    if file["status"] != "open" or file["awaiting"] == DISPATCH:
        raise RefusedError("this case is not open, so this can no longer be done")
    if file["team"] is None or file["team"] != who.team or file["assigned_to"] not in (None, who.user_id):
        raise RefusedError("the case lies with somebody else, who alone can correct its facts")
    same = (CASE_FILE.c.case_type == case_type) & (CASE_FILE.c.case_id == case_id)
    if connection.execute(sa.select(CASE_FILE.c.case_id).where(same & declared_conflict(who.user_id))).first():
        raise RefusedError("you have declared a conflict of interest in this case and take no part in it")


def refuse_who_may_not(who: Mapping[str, Any], now: str) -> None:
    """The sign-in is live, and that of a natural person who handles cases."""
    if who["kind"] != "person":
        raise RefusedError("only a natural person handles a case; the machine and its services cannot")
    if who["role"] not in DECIDING_ROLES:
        raise RefusedError("only a caseworker or a team lead handles a case")
    if who["disabled_at"] is not None:
        raise RefusedError("this user has been disabled and can no longer handle cases")
    if who["purpose"] != "session":
        raise RefusedError("this sign-in was made for another act; sign in to handle cases")
    if who["at"] > now or who["expires_at"] <= now or who["ended_at"] is not None:
        raise RefusedError("the sign-in was not live when the case was handled; sign in again")

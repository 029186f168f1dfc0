"""Records a person's decision: one wins, the other is told by whom and when, and keeps their text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from config.errors import InputError, RefusedError
from models.audit import canonical
from models.case_salts import case_subject
from models.case_waiting import CLOSED, DISPATCH, change, of_case
from models.clock import FAR_DAY
from models.database import serialise
from models.published_outcomes import in_favour
from models.recording import record_row
from models.tables import CASE_FILE, DECISION, SIGN_IN, USER_ACCOUNT

DraftUse = Literal["approved", "changed", "discarded"]
Hearing = Literal["held", "nothing_held", "exception"]
CHECK_ANSWERS = ("agrees", "differs")


@dataclass(frozen=True)
class Decided:
    """A decision as stored.

    Attributes:
        draft_use: what the person made of the machine's draft; None where there was none.
        checks: what the person found of the facts that they were asked to check, field -> `agrees` or `differs`;
            None where nothing was asked.
        fully_in_favour: whether the outcome is, by the case type in force then; None before this was kept.
        hearing: how it stood with the hearing (partshøring); None where none is asked for.
    """

    id: int
    case_type: str
    case_id: str
    round: int
    sign_in_id: int
    assessment_id: int | None
    outcome: str
    reasons: str
    decided_at: str
    replaces: int | None
    decided_by: str
    decided_by_id: int
    draft_use: str | None = None
    checks: Mapping[str, str] | None = None
    fully_in_favour: bool | None = None
    hearing: Hearing | None = None


class AlreadyDecidedError(RefusedError):
    """Somebody else decided the case first; `decision` is theirs."""

    def __init__(self, decision: Decided) -> None:
        self.decision = decision
        super().__init__(
            f"case {decision.case_id} was decided by {decision.decided_by} at {decision.decided_at[:16]}Z"
            f" ({decision.outcome}); nothing of yours was stored"
        )


def record_decision(
    connection: sa.Connection,
    *,
    case_type: str,
    case_id: str,
    sign_in_id: int,
    outcome: str,
    reasons: str,
    assessment_id: int | None = None,
    expected_round: int = 1,
    draft_use: DraftUse | None = None,
    checks: Mapping[str, str] | None = None,
    hearing: Hearing | None = None,
    awaits_dispatch: bool = False,
) -> Decided:
    """Store a decision, close its case and append the audit entry, all or nothing.

    `expected_round` is the round that the person's page was about (1 for a first decision); `draft_use` and
    `checks` as in `Decided`. A decision that is not fully in the citizen's favour needs reasons and says by
    `hearing` how it stands with the hearing. With `awaits_dispatch` the case is not closed yet: it waits until the
    decision's letter is stored, which closes it.

    Raises:
        AlreadyDecidedError: the round is taken.
        InputError: no such case is on record, or a check is answered otherwise than it can be.
        RefusedError: the database refuses it: no live sign-in, no right to decide, case not open, no outcome, a
            use of a draft that was not there, a conflict of interest, reasons or hearing that are missing.
    """
    refuse_unknown_answers(checks or {})
    now = serialise(connection).now
    replaced = decision_before(connection, case_type, case_id, expected_round)
    values = {
        "case_type": case_type,
        "case_id": case_id,
        "round": expected_round,
        "sign_in_id": sign_in_id,
        "assessment_id": assessment_id,
        "outcome": outcome,
        "reasons": reasons,
        "decided_at": now,
        "replaces": None if replaced is None else replaced.id,
        "draft_use": draft_use,
        "checks": None if checks is None else canonical(dict(checks)),
        "fully_in_favour": in_favour(connection, case_type, outcome),
        "hearing": hearing,
    }
    row, _ = record_row(
        connection,
        DECISION,
        values,
        actor=actor_of(connection, sign_in_id),
        action="case.decided",
        subject=case_subject(connection, case_type, case_id),
        payload={"case_type": case_type, "round": expected_round, "sign_in": sign_in_id},
    )
    if awaits_dispatch:
        change(connection, of_case(case_type, case_id), {"awaiting": DISPATCH, "awaiting_until": FAR_DAY})
    else:
        close_case(connection, case_type, case_id, now)
    return decision_by_id(connection, int(row["id"]))


def decision_before(connection: sa.Connection, case_type: str, case_id: str, round_: int) -> Decided | None:
    """The decision that one of this round replaces; None where it is the first.

    Raises:
        InputError: no such case is on record.
        AlreadyDecidedError: the round is taken.
    """
    refuse_missing_case(connection, case_type, case_id)
    earlier = decisions_of(connection, case_type, case_id)
    if earlier and earlier[-1].round >= round_:
        raise AlreadyDecidedError(earlier[-1])
    return earlier[-1] if earlier else None


def refuse_unknown_answers(checks: Mapping[str, str]) -> None:
    """A fact that was checked agrees or differs."""
    for name, answer in checks.items():
        if answer not in CHECK_ANSWERS:
            raise InputError(f"the check of '{name}' is answered by {answer!r}; answer agrees or differs")


def refuse_missing_case(connection: sa.Connection, case_type: str, case_id: str) -> None:
    """The case must be on record; in PostgreSQL its row is held, so that two deciders queue up."""
    same = (CASE_FILE.c.case_type == case_type) & (CASE_FILE.c.case_id == case_id)
    if connection.execute(sa.select(CASE_FILE.c.case_id).where(same).with_for_update()).first() is None:
        raise InputError(f"case {case_id} of {case_type} is not on record; import it first")


def actor_of(connection: sa.Connection, sign_in_id: int) -> str:
    """The user behind a sign-in, as the audit trail names one."""
    user_id = connection.execute(sa.select(SIGN_IN.c.user_id).where(SIGN_IN.c.id == sign_in_id)).scalar()
    if user_id is None:
        raise RefusedError("a decision needs a person's sign-in, and this one is not on record")
    return f"user:{user_id}"


def close_case(connection: sa.Connection, case_type: str, case_id: str, now: str) -> None:
    """A decided case is closed, waits for nothing and leaves the queue."""
    change(connection, of_case(case_type, case_id), CLOSED | {"closed_at": now})


def joined() -> sa.Select[Any]:
    """Decisions with the name of whoever decided."""
    people = (USER_ACCOUNT.c.full_name.label("decided_by"), USER_ACCOUNT.c.id.label("decided_by_id"))
    columns = [column for column in DECISION.c if column.name != "audit_batch"]
    return (
        sa.select(*columns, *people)
        .join(SIGN_IN, SIGN_IN.c.id == DECISION.c.sign_in_id)
        .join(USER_ACCOUNT, USER_ACCOUNT.c.id == SIGN_IN.c.user_id)
    )


def decisions_of(connection: sa.Connection, case_type: str, case_id: str) -> list[Decided]:
    """Every decision of one case, first round first."""
    same = (DECISION.c.case_type == case_type) & (DECISION.c.case_id == case_id)
    return [as_decided(row) for row in connection.execute(joined().where(same).order_by(DECISION.c.round))]


def decision_by_id(connection: sa.Connection, decision_id: int) -> Decided:
    """One decision that is known to be there."""
    return as_decided(connection.execute(joined().where(DECISION.c.id == decision_id)).one())


def as_decided(row: sa.Row[Any]) -> Decided:
    """A row of `joined` as a value."""
    checks = None if row.checks is None else json.loads(row.checks)
    return Decided(**{**row._mapping, "checks": checks})

"""A person stops drafting at once, with a reason; only a steward gives it back, with a reason, into shadow.

Stopping and giving back are on record with the person's sign-in. The open cases are assessed again in the same
breath, so that no draft made before stays on offer; where that cannot be done the state holds all the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from config.case_type import CaseType
from config.columns import Frame
from config.errors import RefusedError, StafetError
from config.evaluation import Evaluation
from config.routing_rules import FloorRule, Route, Rules
from models import audit
from models.case_type_states import Phase, State, set_state, state_of
from models.database import serialise
from models.people import User
from routing.assessing import assess_open_cases
from routing.built_in import constant
from routing.going_live import STEWARD, LiveSignIn
from routing.in_force import InForce
from routing.publishing import Opened
from routing.sequences import WATCHED

TEAM_LEAD = "team_lead"
LONGEST_REASON = 2_000


@dataclass(frozen=True)
class Acted:
    """A state set by a person; `why_not_assessed` says what kept the open cases from being assessed again."""

    state: State
    assessed: int = 0
    why_not_assessed: str | None = None


def may_stop(user: User, in_force: InForce, name: str) -> bool:
    """Whether somebody may stop drafting of a case type: a steward, or the lead of a team that handles it.

    Where the rules name no team for it, any team lead may.
    """
    if user.role == STEWARD:
        return True
    teams = teams_that_handle(in_force.rules, in_force.case_type(name))
    return user.role == TEAM_LEAD and (not teams or user.team in teams)


def teams_that_handle(rules: Rules, case_type: CaseType) -> frozenset[str]:
    """Every team that some case of this type could go to, as far as the rules can tell without a case."""
    known = {"case_type": constant(case_type.key, 1), "weight": constant(case_type.weight, 1)}
    asked = Evaluation(Frame(np.array(["any"], dtype=object), known), today=None)
    conditional: tuple[FloorRule | Route, ...] = (*rules.always_caseworker, *rules.routes)
    teams = [rule.team for rule in conditional if asked.of(rule.when).possible[0]]
    return frozenset(team for team in (*teams, rules.default.team) if team is not None)


def stop_drafting(opened: Opened, name: str, sign_in: LiveSignIn, reason: str) -> Acted:
    """Stop drafting of a case type at once, in shadow or in drafting.

    Raises:
        RefusedError: no right to it, no reason, or there is nothing to stop.
        InputError: no such case type.
    """
    refuse_absent(opened, sign_in)
    if not may_stop(sign_in.user, opened.in_force, name):
        raise RefusedError("only a steward, or the lead of a team that handles such cases, stops drafting")
    return _act(opened, name, sign_in, reason, to="stopped", action="drafting.stopped")


def give_back(opened: Opened, name: str, sign_in: LiveSignIn, reason: str) -> Acted:
    """Give drafting back to a case type that was stopped: it begins in shadow, with a new sequence of reviews.

    Raises:
        RefusedError: not a steward, no reason, or the type is not stopped.
        InputError: no such case type.
    """
    refuse_absent(opened, sign_in)
    if sign_in.user.role != STEWARD:
        raise RefusedError("only a steward gives drafting back")
    return _act(opened, name, sign_in, reason, to="shadow", action="drafting.given_back")


def refuse_absent(opened: Opened, sign_in: LiveSignIn) -> None:
    """The sign-in must be under way."""
    if sign_in.user.disabled_at is not None or sign_in.expires_at <= opened.database.now:
        raise RefusedError("you are not signed in any more; sign in again")


def reason_given(reason: str) -> str:
    """The reason without spaces around it.

    Raises:
        RefusedError: there is none, or it is longer than anybody reads.
    """
    said = reason.strip()
    if not said:
        raise RefusedError("say why; the reason is kept with the act")
    if len(said) > LONGEST_REASON:
        raise RefusedError("the reason is longer than 2,000 characters; shorten it")
    return said


def _act(opened: Opened, name: str, sign_in: LiveSignIn, reason: str, *, to: Phase, action: str) -> Acted:
    said, actor = reason_given(reason), sign_in.user.actor
    opened.in_force.case_type(name)
    with opened.database.write() as connection:
        serialise(connection)
        before = state_of(connection, name)
        refuse_unfit(before, to)
        state = set_state(connection, name, weight="light", status="live", phase=to, actor=actor, reason=said)
        payload = {"sign_in": sign_in.id}
        audit.append(connection, actor=actor, action=action, subject=f"case_type:{name}", payload=payload)
    try:
        assessed = assess_open_cases(opened.again(), name)
    except StafetError as error:
        return Acted(state, why_not_assessed=error.sentence)
    return Acted(state, assessed.stored)


def refuse_unfit(state: State | None, to: Phase) -> None:
    """Only what goes on can be stopped, and only what was stopped can be given back."""
    if state is None or state.weight == "heavy" or state.status != "live":
        raise RefusedError("only a light case type that is live can be in shadow or draft")
    if to == "stopped" and state.phase not in WATCHED:
        raise RefusedError("drafting is stopped already")
    if to == "shadow" and state.phase != "stopped":
        raise RefusedError("drafting is not stopped, so there is nothing to give back")

"""Going live: a steward's act that puts the case type's file in force, in shadow, with its promise measured."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import sqlalchemy as sa

from config.case_type import CaseType, read_case_type
from config.case_type_edit import set_status
from config.case_type_file import read_case_type_text
from config.case_type_proof import run_case_type_tests
from config.completeness import missing_before_live
from config.errors import InputError, Place, RefusedError
from config.routing_rules import Rules
from engine.guarantee import Guarantee
from engine.whole_file import written_whole
from models import audit
from models.case_type_states import Phase, State, set_state
from models.people import User
from models.publication import publish
from models.workspace_kind import is_demo
from routing.adopting import read_text
from routing.history_of import history_of
from routing.in_force import InForce, load_model, rules_in_force, rules_of
from routing.measurements import calibration_digest, next_attempt, record_guarantee
from routing.measuring import Measured, Terms, measure, was_measured
from routing.publishing import Opened
from routing.standards import day_of
from routing.state_reasons import GONE_LIVE

STEWARD = "steward"


class LiveSignIn(Protocol):
    """A sign-in that is under way: `models.sign_ins.SignedIn` or `Present`."""

    @property
    def id(self) -> int:
        """Its number on record."""

    @property
    def user(self) -> User:
        """Who is signed in."""

    @property
    def expires_at(self) -> str:
        """When it ends by itself, as stored text."""


@dataclass(frozen=True)
class WentLive:
    """A case type that has gone live. `guarantee` is None without a model, or where nothing could be measured."""

    case_type: CaseType
    version: int
    state: State
    guarantee: Guarantee | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Remeasured:
    """The promise as it will be in force, and what has to be put on record for it, if it was measured anew."""

    guarantee: Guarantee | None = None
    model_version: str | None = None
    digest: str = ""
    measured: Measured | None = None
    notes: tuple[str, ...] = ()


def go_live(opened: Opened, name: str, sign_in: LiveSignIn) -> WentLive:
    """Publish the case type's file as it stands, with `status: live`; drafting then begins in shadow.

    Raises:
        RefusedError: not a steward, live already, or something is missing: every such thing is named.
        InputError: there is no such file, or it cannot be read.
    """
    refuse_others(opened, sign_in)
    text, case_type = live_text(opened, name)
    with opened.database.read() as connection:
        refuse_incomplete(opened, case_type, examples_confirmed=is_demo(connection))
        promise = measure_as_live(opened, connection, case_type)
    actor = sign_in.user.actor
    with opened.database.write() as connection:
        published = publish(connection, "case_type", name, text, proposed_by=actor)
        state = set_state(
            connection, name, weight=case_type.weight, status="live", phase=phase_of(case_type), actor=actor,
            reason=GONE_LIVE,
        )  # fmt: skip
        audit.append(
            connection, actor=actor, action="case_type.live", subject=f"case_type:{name}",
            payload={"version": published.version, "sha256": published.sha256, "sign_in": sign_in.id},
        )  # fmt: skip
        if promise.measured is not None and promise.model_version is not None:
            record_guarantee(
                connection, name, promise.model_version, promise.measured.guarantee, promise.measured.figures,
                digest=promise.digest, actor=actor,
            )  # fmt: skip
    file = opened.workspace.case_type_file(name)
    with written_whole(file) as unfinished:
        unfinished.write_text(set_status(read_text(file), "live", file=file), encoding="utf-8")
    return WentLive(case_type, published.version, state, promise.guarantee, promise.notes)


def phase_of(case_type: CaseType) -> Phase:
    """Drafting begins in shadow; a heavy type never drafts, so no phase of drafting ever begins."""
    return "shadow" if case_type.weight == "light" else "stopped"


def refuse_others(opened: Opened, sign_in: LiveSignIn) -> None:
    """Only a steward who is signed in now lets the machine near a citizen's case."""
    user = sign_in.user
    if user.role != STEWARD:
        raise RefusedError(
            f"{user.name} is a {user.role.replace('_', ' ')}, and only a steward lets a case type go live"
        )
    if user.disabled_at is not None or sign_in.expires_at <= opened.database.now:
        raise RefusedError(f"{user.name} is not signed in any more; sign in again")


def live_text(opened: Opened, name: str) -> tuple[str, CaseType]:
    """The file's text with `status: live`, and the case type that it declares; refused where the rules break."""
    if name in opened.in_force.states and opened.in_force.states[name].status == "live":
        raise RefusedError(f"case type '{name}' is live already; publish a changed file to put it in force")
    file = opened.workspace.case_type_file(name)
    if not file.is_file():
        opened.in_force.case_type(name)
        raise InputError(f"the file of case type '{name}' is gone; put it back", Place(file))
    text = set_status(read_case_type_text(file), "live", file=file)
    return text, read_case_type(text, name=name, file=file)


def refuse_incomplete(opened: Opened, case_type: CaseType, *, examples_confirmed: bool) -> None:
    """Refuse with all that is missing: bases, sources, failed tests, rules that would no longer hold."""
    today = day_of(opened.database.clock())
    found = [
        finding.en
        for finding in missing_before_live(case_type, today=today, examples_confirmed=examples_confirmed)
        if finding.level == "error"
    ]
    found += [
        f"Test failed: {test.sentence_en}"
        for test in run_case_type_tests(case_type, today=today)
        if not test.passed
    ]
    try:
        _rules_as_live(opened, case_type)
    except InputError as error:
        found.append(f"The rules in force would no longer hold: {error}.")
    if found:
        raise RefusedError(f"case type '{case_type.key}' cannot go live yet: {' '.join(found)}")


def measure_as_live(opened: Opened, connection: sa.Connection, case_type: CaseType) -> Remeasured:
    """Test the promise for the cases that the machine could then draft, unless that very test was made before."""
    model = load_model(connection, opened.workspace, case_type)
    if model.trained is None or model.version is None:
        return Remeasured(notes=() if model.why_none is None else (model.why_none,))
    terms = Terms(_as_live(opened, case_type), case_type, day_of(opened.database.clock()))
    past = history_of(connection, case_type)
    digest = calibration_digest(model.trained, case_type, past.history)
    if was_measured(connection, model.version, digest, terms, past, model.trained):
        return Remeasured(model.guarantee)
    attempt = next_attempt(connection, case_type.key, model.version, digest)
    try:
        measured = measure(terms, past, model.trained, attempt=attempt)
    except InputError as error:
        return Remeasured(notes=(f"The promise could not be measured, so nothing will be drafted: {error}.",))
    return Remeasured(measured.guarantee, model.version, digest, measured)


def _rules_as_live(opened: Opened, case_type: CaseType) -> Rules:
    case_types = {**opened.in_force.case_types, case_type.key: case_type}
    with opened.database.read() as connection:
        return rules_of(rules_in_force(connection), case_types)


def _as_live(opened: Opened, case_type: CaseType) -> InForce:
    """What would be in force with this case type live."""
    name, before = case_type.key, opened.in_force
    state = State(name, case_type.weight, "live", phase_of(case_type), opened.database.now)
    return replace(
        before, case_types={**before.case_types, name: case_type}, states={**before.states, name: state}
    )

"""A person stops drafting at once, with a reason; a steward alone gives it back, into shadow."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from config.case_type import CaseType
from config.errors import RefusedError
from config.routing_rules import read_rules
from models.accounts import ROLES
from models.assessments import IS_NEWEST
from models.audit_verify import verify
from models.case_type_states import changes_of, set_state
from models.people import User
from models.sign_ins import SignedIn
from routing.assessing import assess_open_cases
from routing.going_live import go_live
from routing.publishing import Opened, open_workspace
from routing.relay import Cases
from routing.stopping import give_back, may_stop, stop_drafting, teams_that_handle

SignInAs = Callable[[Opened, str], SignedIn]


@pytest.fixture(scope="session")
def drafting_root(
    trained_root: Path,
    sign_in_as: SignInAs,
    invented: Callable[[int, int], Cases],
    import_open: Callable[[Opened, Cases], None],
    all_consenting: Callable[[Cases], Cases],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, SignedIn]:
    """A live type that drafts, with open drafts, to be copied; and the steward who is signed in there."""
    root = Path(shutil.copytree(trained_root, tmp_path_factory.mktemp("drafting") / "ws"))
    opened = open_workspace(root)
    steward = sign_in_as(opened, "steward")
    go_live(opened, "grant", steward)
    with opened.database.write() as connection:
        set_state(connection, "grant", weight="light", status="live", phase="drafting", actor="system")
    import_open(opened, all_consenting(invented(300, 51)))
    assess_open_cases(opened.again(), "grant")
    opened.database.close()
    return root, steward


@pytest.fixture
def drafting(drafting_root: tuple[Path, SignedIn], tmp_path: Path) -> Iterator[Opened]:
    """A copy of it, opened."""
    opened = open_workspace(Path(shutil.copytree(drafting_root[0], tmp_path / "drafting")))
    assert offered(opened)
    yield opened
    opened.database.close()


@pytest.fixture
def steward(drafting_root: tuple[Path, SignedIn]) -> SignedIn:
    """The steward who let it go live."""
    return drafting_root[1]


def offered(opened: Opened) -> int:
    """How many open cases have a draft as their newest assessment."""
    newest = f"SELECT a.id FROM case_file c JOIN assessment a ON {IS_NEWEST}"
    with opened.database.read() as connection:
        return len(connection.exec_driver_sql(f"{newest} WHERE a.route = 'draft' AND c.status = 'open'").all())


def phase_of(opened: Opened) -> str:
    return opened.again().in_force.states["grant"].phase


@pytest.mark.parametrize("role", ["steward", "team_lead"])
def test_drafting_is_stopped_at_once_and_no_draft_stays_on_offer(
    drafting: Opened, steward: SignedIn, sign_in_as: SignInAs, role: str
) -> None:
    person = steward if role == "steward" else in_team(sign_in_as(drafting, role), "intake")
    done = stop_drafting(drafting, "grant", person, "  The scale is wrong since Monday. ")
    assert (done.state.phase, done.state.reason) == ("stopped", "The scale is wrong since Monday.")
    assert done.assessed > 0
    assert offered(drafting) == 0
    with drafting.database.read() as connection:
        last = changes_of(connection, "grant")[-1]
        query = "SELECT actor, payload FROM audit WHERE action = 'drafting.stopped'"
        actor, payload = connection.exec_driver_sql(query).one()
    assert (last.phase, last.actor, last.reason) == ("stopped", person.user.actor, done.state.reason)
    assert actor == person.user.actor
    assert f'"sign_in":{person.id}' in payload
    assert "scale" not in payload
    assert verify(drafting.database, drafting.heads) == []


def in_team(signed_in: SignedIn, team: str) -> SignedIn:
    return replace(signed_in, user=replace(signed_in.user, team=team))


@pytest.mark.parametrize("role", ["caseworker", "auditor"])
def test_nobody_else_stops_drafting(drafting: Opened, sign_in_as: SignInAs, role: str) -> None:
    with pytest.raises(RefusedError, match="only a steward, or the lead of a team"):
        stop_drafting(drafting, "grant", in_team(sign_in_as(drafting, role), "intake"), "why not")
    assert phase_of(drafting) == "drafting"


def test_the_lead_of_a_team_that_gets_no_such_cases_does_not_stop_them(
    drafting: Opened, sign_in_as: SignInAs
) -> None:
    with pytest.raises(RefusedError, match="only a steward, or the lead of a team"):
        stop_drafting(drafting, "grant", in_team(sign_in_as(drafting, "team_lead"), "parks"), "why not")
    assert phase_of(drafting) == "drafting"


@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 2001])
def test_without_a_reason_that_can_be_kept_nothing_is_stopped_or_given_back(
    drafting: Opened, steward: SignedIn, reason: str
) -> None:
    with pytest.raises(RefusedError, match="reason"):
        stop_drafting(drafting, "grant", steward, reason)
    assert phase_of(drafting) == "drafting"
    stop_drafting(drafting, "grant", steward, "wrong scale")
    with pytest.raises(RefusedError, match="reason"):
        give_back(drafting, "grant", steward, reason)
    assert phase_of(drafting) == "stopped"


def test_only_a_steward_gives_drafting_back_and_it_begins_in_shadow(
    drafting: Opened, steward: SignedIn, sign_in_as: SignInAs
) -> None:
    stop_drafting(drafting, "grant", steward, "wrong scale")
    lead = in_team(sign_in_as(drafting, "team_lead"), "intake")
    with pytest.raises(RefusedError, match="only a steward gives drafting back"):
        give_back(drafting, "grant", lead, "mended")
    assert phase_of(drafting) == "stopped"
    done = give_back(drafting, "grant", steward, "The scale is mended.")
    assert (done.state.phase, done.state.reason) == ("shadow", "The scale is mended.")
    assert offered(drafting) == 0


def test_what_is_stopped_is_not_stopped_again_and_what_goes_on_is_not_given_back(
    drafting: Opened, steward: SignedIn
) -> None:
    with pytest.raises(RefusedError, match="not stopped"):
        give_back(drafting, "grant", steward, "mended")
    stop_drafting(drafting, "grant", steward, "wrong scale")
    with pytest.raises(RefusedError, match="stopped already"):
        stop_drafting(drafting, "grant", steward, "wrong scale")


def test_a_type_in_trial_is_neither_stopped_nor_given_back(workspace: Opened, steward: SignedIn) -> None:
    for act in (stop_drafting, give_back):
        with pytest.raises(RefusedError, match="only a light case type that is live"):
            act(workspace, "grant", steward, "why not")
    assert phase_of(workspace) == "trial"


def test_a_sign_in_that_has_expired_stops_nothing(drafting: Opened, steward: SignedIn) -> None:
    with pytest.raises(RefusedError, match="sign in again"):
        stop_drafting(drafting, "grant", replace(steward, expires_at=drafting.database.now), "wrong scale")
    assert phase_of(drafting) == "drafting"


def test_the_stop_holds_where_the_model_file_is_gone_and_says_what_is_left_to_do(
    drafting: Opened, steward: SignedIn
) -> None:
    for file in Path(drafting.workspace.trained_folder("grant", "1")).iterdir():
        file.unlink()
    done = stop_drafting(drafting, "grant", steward, "wrong scale")
    assert done.why_not_assessed
    assert phase_of(drafting) == "stopped"


TEAMS = """
teams: {intake: {}, senior: {}, parks: {}, heavy: {}}
always_caseworker:
  - {name: Heavy, when: {weight: {equals: heavy}}, team: heavy}
routes:
  - {name: Trees, when: {case_type: {equals: trees}}, to: caseworker, team: parks}
  - {name: Rich, when: {income: {above: 10}, case_type: {equals: grant}}, to: caseworker, team: senior}
  - {name: Poor, when: {income: {below: 10}}, to: draft}
default: {to: caseworker, team: intake}
"""


def test_the_teams_that_handle_a_type_are_those_that_the_rules_could_send_a_case_to(grant: CaseType) -> None:
    rules = read_rules(TEAMS, file="routing.yaml", case_types={"grant": grant, "trees": grant})
    assert teams_that_handle(rules, grant) == {"intake", "senior"}


@pytest.mark.parametrize("role", ROLES)
def test_where_the_rules_name_no_team_any_team_lead_may_stop(
    workspace: Opened, grant: CaseType, role: str
) -> None:
    rules = read_rules("default: {to: caseworker}", file="routing.yaml", case_types={"grant": grant})
    user = User(1, role, role, role, None, "person", "", None, None)
    allowed = may_stop(user, replace(workspace.in_force, rules=rules), "grant")
    assert allowed == (role in ("steward", "team_lead"))

"""Going live: a steward's act, refused while anything is missing, beginning in shadow."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from config.errors import InputError, RefusedError
from models.publication import publish
from models.sign_ins import SignedIn
from models.training_store import measurements_of
from routing.going_live import go_live
from routing.in_force import RULES
from routing.publishing import Opened

SignInAs = Callable[[Opened, str], SignedIn]


def file_of(opened: Opened) -> Path:
    return opened.workspace.case_type_file("grant")


@pytest.mark.parametrize("role", ["caseworker", "team_lead", "auditor"])
def test_only_a_steward_lets_a_case_type_go_live(workspace: Opened, sign_in_as: SignInAs, role: str) -> None:
    with pytest.raises(RefusedError, match="only a steward"):
        go_live(workspace, "grant", sign_in_as(workspace, role))
    assert workspace.again().in_force.states["grant"].status == "trial"


def test_a_steward_whose_sign_in_has_expired_is_refused(workspace: Opened, steward: SignedIn) -> None:
    expired = replace(steward, expires_at=workspace.database.now)
    with pytest.raises(RefusedError, match="sign in again"):
        go_live(workspace, "grant", expired)


def test_everything_that_is_missing_is_named_at_once(workspace: Opened, steward: SignedIn) -> None:
    text = file_of(workspace).read_text()
    text = text.replace("model_basis: Loven § 9", "").replace(
        "basis: Loven § 5, label: {da: Gæld", "label: {da: Gæld"
    )
    text = text.replace("source: ansøgning, basis: Loven § 5, label: {da: Kanal", "label: {da: Kanal")
    failing = "tests: [{name: Poor, facts: {income: 100}, expect: {outcome: refused}}]\n"
    file_of(workspace).write_text(text + failing)
    with pytest.raises(RefusedError) as refused:
        go_live(workspace, "grant", steward)
    told = str(refused.value)
    for part in ("model_basis", "fields.debt.basis", "fields.channel.source", "fields.channel.basis", "Poor"):
        assert part in told
    assert workspace.again().in_force.states["grant"].status == "trial"
    assert "status: trial" in file_of(workspace).read_text()


def test_a_case_type_goes_live_in_shadow_with_its_file_as_it_stands(workspace: Opened, steward: SignedIn) -> None:
    written = file_of(workspace).read_text()
    went = go_live(workspace, "grant", steward)
    again = workspace.again().in_force
    assert (again.states["grant"].status, again.states["grant"].phase) == ("live", "shadow")
    assert again.case_type_versions["grant"] == went.version == 2
    assert again.case_type("grant").status == "live"
    assert file_of(workspace).read_text() == written.replace("status: trial  # ours", "status: live  # ours")


def test_the_act_is_on_record_with_the_stewards_sign_in(workspace: Opened, steward: SignedIn) -> None:
    go_live(workspace, "grant", steward)
    with workspace.database.read() as connection:
        query = "SELECT actor, payload FROM audit WHERE action = 'case_type.live'"
        actor, payload = connection.exec_driver_sql(query).one()
    assert actor == steward.user.actor
    assert json.loads(payload)["sign_in"] == steward.id


def test_the_promise_is_measured_for_the_cases_that_the_rules_let_through(
    workspace: Opened, steward: SignedIn
) -> None:
    with workspace.database.read() as connection:
        (first,) = measurements_of(connection, "grant", "1")
    went = go_live(workspace, "grant", steward)
    with workspace.database.read() as connection:
        _, second = measurements_of(connection, "grant", "1")
    assert (first["population"], first["k"]) == ("could_draft", 1)
    assert (second["population"], second["k"]) == ("in_force", 2)
    assert second["level"] == pytest.approx(first["level"] / 3)
    assert went.guarantee is not None
    assert went.guarantee.population == "in_force"


def test_the_very_same_test_is_not_made_twice(workspace: Opened, steward: SignedIn) -> None:
    text = workspace.workspace.routing_file.read_text().replace("to: draft", "to: caseworker")
    with workspace.database.write() as connection:
        publish(connection, "rules", RULES, text)
    went = go_live(workspace.again(), "grant", steward)
    with workspace.database.read() as connection:
        assert len(measurements_of(connection, "grant", "1")) == 1
    assert went.guarantee is not None
    assert went.guarantee.population == "could_draft"


def test_a_live_type_does_not_go_live_again(workspace: Opened, steward: SignedIn) -> None:
    go_live(workspace, "grant", steward)
    with pytest.raises(RefusedError, match="live already"):
        go_live(workspace.again(), "grant", steward)


def test_a_heavy_type_goes_live_without_ever_drafting(workspace: Opened, steward: SignedIn) -> None:
    heavy = file_of(workspace).read_text().replace("weight: light", "weight: heavy")
    file_of(workspace).write_text(heavy)
    went = go_live(workspace, "grant", steward)
    assert (went.state.status, went.state.weight, went.state.phase) == ("live", "heavy", "stopped")
    assert went.guarantee is None


def test_a_file_that_breaks_the_rules_in_force_does_not_go_live(workspace: Opened, steward: SignedIn) -> None:
    broken = file_of(workspace).read_text().replace("  savings: {type: number,", "  funds: {type: number,")
    file_of(workspace).write_text(broken)
    with pytest.raises(RefusedError, match="rules in force would no longer hold"):
        go_live(workspace, "grant", steward)


def test_a_file_that_is_gone_or_unknown_is_told(workspace: Opened, steward: SignedIn) -> None:
    file_of(workspace).unlink()
    with pytest.raises(InputError, match="put it back"):
        go_live(workspace, "grant", steward)
    with pytest.raises(InputError, match="there is no case type 'fines'"):
        go_live(workspace, "fines", steward)

"""Assessing again and again: an assessment is added where something that counts has changed, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from engine.log import read_log
from models.case_store import put_cases
from models.case_type_states import set_state
from models.publication import publish
from models.sign_ins import SignedIn
from models.tables import ASSESSMENT, CASE_FILE
from routing.assessing import Run, assess_log, assess_open_cases
from routing.going_live import go_live
from routing.in_force import RULES, load_model
from routing.publishing import Opened, open_workspace
from routing.relay import Cases
from routing.training_run import train_case_type

Invented = Callable[[int, int], Cases]
Import = Callable[[Opened, Cases], None]


def rows(opened: Opened, *columns: str) -> list[tuple[object, ...]]:
    names = ", ".join(columns or ("*",))
    with opened.database.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(f"SELECT {names} FROM assessment ORDER BY id")]


def draft(opened: Opened) -> Opened:
    """As if the shadow phase had been passed."""
    with opened.database.write() as connection:
        set_state(connection, "grant", weight="light", status="live", phase="drafting", actor="user:1")
    return opened.again()


def test_assessing_again_adds_nothing(workspace: Opened, invented: Invented, import_open: Import) -> None:
    import_open(workspace, invented(60, 21))
    first, second = assess_open_cases(workspace, "grant"), assess_open_cases(workspace, "grant")
    assert (first.stored, first.unchanged) == (60, 0)
    assert (second.stored, second.unchanged) == (0, 60)
    assert second.tally.routes == first.tally.routes == {"draft": 0, "caseworker": 60}
    assert len(rows(workspace)) == 60


def test_only_cases_with_new_facts_or_answers_are_assessed_again(
    workspace: Opened, invented: Invented, import_open: Import
) -> None:
    cases = invented(40, 22)
    import_open(workspace, cases)
    assess_open_cases(workspace, "grant")
    income = cases.facts.columns["income"]
    other = income.values.copy()
    other[3] = 12_345.0
    consents = {"savings": np.where(np.arange(40) == 7, 1 - (cases.consents["savings"] == 1), -1).astype(np.int8)}
    changed = replace(
        cases, facts=cases.facts.with_columns({"income": replace(income, values=other)}), consents=consents
    )
    import_open(workspace, changed)
    again = assess_open_cases(workspace, "grant")
    assert (again.stored, again.unchanged) == (2, 38)
    assert {row[0] for row in rows(workspace, "case_id")[-2:]} == {"22-3", "22-7"}


def test_new_rules_a_new_model_a_new_state_each_ask_for_new_assessments(
    workspace: Opened, invented: Invented, import_open: Import, steward: SignedIn
) -> None:
    import_open(workspace, invented(20, 23))
    assert assess_open_cases(workspace, "grant").stored == 20
    with workspace.database.write() as connection:
        text = workspace.workspace.routing_file.read_text().replace("share: 0.3", "share: 0.4")
        publish(connection, "rules", RULES, text)
    assert assess_open_cases(workspace.again(), "grant").stored == 20
    train_case_type(workspace.again(), "grant")
    assert assess_open_cases(workspace.again(), "grant").stored == 20
    go_live(workspace.again(), "grant", steward)
    assert assess_open_cases(workspace.again(), "grant").stored == 20
    live = draft(workspace)
    assert assess_open_cases(live, "grant").stored == 20
    assert assess_open_cases(live, "grant").stored == 0


def test_a_trial_type_is_measured_and_not_queued_and_a_live_one_is_queued(
    workspace: Opened, invented: Invented, import_open: Import, steward: SignedIn
) -> None:
    import_open(workspace, invented(20, 24))
    assess_open_cases(workspace, "grant")
    queued = CASE_FILE.select().where(CASE_FILE.c.status == "open").where(CASE_FILE.c.queue_by.is_not(None))
    with workspace.database.read() as connection:
        assert len(connection.execute(queued).all()) == 0
    go_live(workspace, "grant", steward)
    assess_open_cases(workspace.again(), "grant")
    with workspace.database.read() as connection:
        assert len(connection.execute(queued).all()) == 20


def test_drafts_are_stored_where_every_gate_is_open_and_nowhere_else(
    workspace: Opened,
    invented: Invented,
    import_open: Import,
    steward: SignedIn,
    all_consenting: Callable[[Cases], Cases],
) -> None:
    import_open(workspace, all_consenting(invented(600, 25)))
    go_live(workspace, "grant", steward)
    live = draft(workspace)
    now = assess_open_cases(live, "grant")
    assert now.tally.drafts > 0
    with workspace.database.read() as connection:
        stored = connection.execute(ASSESSMENT.select()).mappings().all()
    drafts = [row for row in stored if row["route"] == "draft"]
    assert len(drafts) == now.tally.drafts
    assert all(row["gates_closed"] == "[]" and not row["drawn"] and row["floor_rule"] is None for row in drafts)
    drawn = [row for row in stored if row["drawn"]]
    assert drawn
    assert all(row["gates_closed"] == '["blind_review"]' and row["sampling_probability"] == 0.3 for row in drawn)


def test_a_model_that_learnt_from_a_field_now_protected_scores_nothing(
    workspace: Opened, invented: Invented, import_open: Import
) -> None:
    import_open(workspace, invented(10, 26))
    file = workspace.workspace.case_type_file("grant")
    text = file.read_text().replace("channel: {type: category,", "channel: {type: category, protected: true,")
    file.write_text(text.replace("- {when: {channel", "- {when: {income"))
    rules = workspace.workspace.routing_file.read_text().replace(
        "channel: {equals: post}", "single: {is_true: true}"
    )
    with workspace.database.write() as connection:
        publish(connection, "rules", RULES, rules)
    again = open_workspace(workspace.workspace.root)
    assert again.in_force.case_type("grant").fields["channel"].protected
    now = assess_open_cases(again, "grant")
    assert "'channel'" in str(now.why_no_model)
    assert "stafet train grant" in str(now.why_no_model)
    assert rows(again, "raw_score", "model_version")[-10:] == [(None, None)] * 10
    again.database.close()


def test_the_model_in_force_is_the_newest_on_record(workspace: Opened) -> None:
    train_case_type(workspace, "grant")
    with workspace.database.read() as connection:
        model = load_model(connection, workspace.workspace, workspace.in_force.case_type("grant"))
    assert model.version == "2"


CASES = """case_id,activity,timestamp,resource,case:income,case:channel,case:single,case:start,case:note,case:debt
a,receive,2024-06-01T10:00:00,u,100,desk,true,2024-06-10,hello,50
b,receive,2024-06-02T10:00:00,u,,post,,2024-06-10,,
"""


def test_a_file_is_assessed_and_nothing_is_stored(workspace: Opened, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text(CASES)
    case_type = workspace.in_force.case_type("grant")
    log = read_log(tmp_path / "cases.csv", case_type.log, first_events_only=True)
    now = assess_log(workspace, "grant", log, Run(out=tmp_path / "out.parquet"))
    assert now.tally.cases == 2
    assert rows(workspace) == []
    table = pq.read_table(tmp_path / "out.parquet").to_pylist()
    for row in table:
        told = sum(value for value in row["contributions"].values())
        assert told + row["base_value"] == pytest.approx(row["raw_score"], abs=1e-6)
        reasons = sum(reason["contribution"] for reason in row["reasons"])
        assert reasons == pytest.approx(told, abs=1e-9)
        assert row["rule"] == "Children"


def test_a_case_that_is_closed_meanwhile_is_left_alone(
    workspace: Opened, invented: Invented, import_open: Import
) -> None:
    cases = invented(5, 27)
    import_open(workspace, cases)
    from models.arriving import Arriving

    empty = np.array([], dtype=np.intp)
    closing = Arriving(
        case_ids=[str(cases.facts.case_ids[0])], received_at=cases.arrivals[:1], case_of_event=empty,
        event_times=np.array([], dtype="datetime64[us]"), activities=[], resources=[],
        closed_at=cases.arrivals[:1] + np.timedelta64(9, "D"),
    )  # fmt: skip
    with workspace.database.write() as connection:
        put_cases(connection, "grant", closing)
    assert assess_open_cases(workspace, "grant").tally.cases == 4

"""Promise 4: every assessment can be made again to the same bits, whatever has changed since."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import pytest

from config.columns import Frame, coded, numbers
from config.errors import InputError, TamperError
from engine.feature import Feature
from models.case_type_states import set_state
from models.clock import stamp_many
from models.publication import publish
from models.sign_ins import SignedIn
from models.tables import ASSESSMENT, WORKSPACE_FACT
from models.workspace_kind import CALENDAR_DAYS_UNTIL
from routing.assessing import assess_open_cases
from routing.going_live import go_live
from routing.history_of import history_of
from routing.in_force import RULES
from routing.publishing import Opened, open_workspace
from routing.recompute import Loaded, inputs_then, recompute
from routing.relay import Cases
from routing.training_run import train_case_type

Invented = Callable[[int, int], Cases]
Import = Callable[[Opened, Cases], None]


def stored(opened: Opened) -> list[Mapping[str, Any]]:
    with opened.database.read() as connection:
        return [dict(row) for row in connection.execute(ASSESSMENT.select().order_by(ASSESSMENT.c.id)).mappings()]


def differences(opened: Opened, *, every: int = 1) -> list[object]:
    return differences_of(opened, stored(opened)[::every])


def differences_of(opened: Opened, rows: list[Mapping[str, Any]]) -> list[object]:
    with opened.database.read() as connection:
        loaded: Loaded = {}
        return [one for row in rows for one in recompute(opened, connection, row, loaded)]


def test_every_assessment_is_made_again_to_the_same_bits_after_everything_has_changed(
    workspace: Opened,
    invented: Invented,
    import_open: Import,
    steward: SignedIn,
    all_consenting: Callable[[Cases], Cases],
) -> None:
    cases = all_consenting(invented(25, 31))
    import_open(workspace, cases)
    assess_open_cases(workspace, "grant")
    go_live(workspace, "grant", steward)
    assess_open_cases(workspace.again(), "grant")
    with workspace.database.write() as connection:
        set_state(connection, "grant", weight="light", status="live", phase="drafting", actor="user:1")
    import_open(workspace, all_consenting(invented(25, 33)))
    assess_open_cases(workspace.again(), "grant")

    income = replace(cases.facts.columns["income"], values=np.full(25, 7.0))
    answers = {"debt": np.zeros(25, dtype=np.int8), "savings": np.ones(25, dtype=np.int8)}
    assert cases.stated is not None
    said = cases.stated.with_columns({"income": income})
    changed = replace(cases, facts=cases.facts.with_columns({"income": income}), stated=said, consents=answers)
    import_open(workspace, changed)
    with workspace.database.write() as connection:
        text = workspace.workspace.routing_file.read_text().replace("below: 18", "below: 30")
        publish(connection, "rules", RULES, text)
    assess_open_cases(workspace.again(), "grant")
    train_case_type(workspace.again(), "grant")
    with workspace.database.write() as connection:
        set_state(connection, "grant", weight="light", status="live", phase="stopped", actor="user:1")

    again = workspace.again()
    rows = stored(again)
    assert len(rows) == 200
    drafts = [row for row in rows if row["route"] == "draft"]
    assert drafts
    assert differences_of(again, drafts + rows[::4]) == []


def test_what_was_stated_alone_makes_a_new_assessment_and_both_are_made_again(
    workspace: Opened, invented: Invented, import_open: Import
) -> None:
    """The facts stay as they are; the route moves by the contradictions."""
    known = {
        "income": numbers("number", [300.0]),
        "channel": coded("category", ["desk"]),
        "single": numbers("boolean", [True]),
        "start": numbers("date", [19_800.0]),
        "note": coded("text", ["n1"]),
        "debt": numbers("number", [50.0]),
        "citizen_age": numbers("integer", [40.0]),
    }
    cases = invented(1, 37)
    ids = cases.facts.case_ids
    otherwise = {"income": numbers("number", [400.0]), "single": numbers("boolean", [False])}
    for stated in (known, otherwise, otherwise, known):
        import_open(workspace, replace(cases, facts=Frame(ids, known), stated=Frame(ids, stated)))
        assess_open_cases(workspace, "grant")
    rows = stored(workspace)
    assert [row["facts_version"] for row in rows] == [1, 2, 3]
    assert [row["rule"] == "Two answers" for row in rows] == [False, True, False]
    assert differences_of(workspace, rows) == []


def test_an_assessment_of_before_counts_days_of_24_hours(
    workspace: Opened, invented: Invented, import_open: Import
) -> None:
    import_open(workspace, invented(60, 34))
    assess_open_cases(workspace, "grant")
    rows = stored(workspace)
    assert differences_of(workspace, rows) == []
    with workspace.database.write() as connection:
        until = max(row["made_at"] for row in rows)
        connection.execute(WORKSPACE_FACT.insert().values(key=CALENDAR_DAYS_UNTIL, value=until))
    arrived = dict(zip(invented(60, 34).facts.case_ids, invented(60, 34).arrivals, strict=True))
    over_weekend = {
        row["case_id"]: stamp_many(arrived[row["case_id"]][None] + np.timedelta64(2, "D"))[0]
        for row in rows
        if row["rule"] == "Early contact" and not np.is_busday(arrived[row["case_id"]].astype("M8[D]") + 2)
    }
    assert over_weekend
    with workspace.database.read() as connection:
        for row in rows:
            found = recompute(workspace, connection, row)
            if row["case_id"] in over_weekend:
                assert [(one.column, one.recomputed) for one in found] == [
                    ("contact_by", over_weekend[row["case_id"]])
                ]


def test_a_changed_value_is_found_and_named(workspace: Opened, invented: Invented, import_open: Import) -> None:
    import_open(workspace, invented(1, 32))
    assess_open_cases(workspace, "grant")
    (row,) = stored(workspace)
    bits = np.nextafter(row["raw_score"], np.inf)
    with workspace.database.read() as connection:
        found = recompute(workspace, connection, {**row, "raw_score": bits, "team": "age of reason"})
    assert {one.column for one in found} == {"raw_score", "team"}


def test_an_assessment_without_a_model_is_made_again_without_one(
    workspace: Opened, invented: Invented, import_open: Import
) -> None:
    root = workspace.workspace.root
    workspace.database.close()
    (root / "stafet.db").rename(root / "old.db")
    for path in (root / "audit-heads").glob("*.jsonl"):
        path.unlink()
    fresh = open_workspace(root)
    import_open(fresh, invented(3, 33))
    assess_open_cases(fresh, "grant")
    assert [row["model_version"] for row in stored(fresh)] == [None] * 3
    assert differences(fresh) == []
    fresh.database.close()


def test_a_model_file_changed_by_a_byte_is_not_recomputed_with(
    workspace: Opened, invented: Invented, import_open: Import
) -> None:
    import_open(workspace, invented(1, 34))
    assess_open_cases(workspace, "grant")
    path = workspace.workspace.trained_folder("grant", "1") / "model.skops"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(TamperError, match="not the file that was recorded"):
        differences(workspace)


def test_what_is_no_longer_stored_is_told(workspace: Opened, invented: Invented, import_open: Import) -> None:
    import_open(workspace, invented(1, 35))
    assess_open_cases(workspace, "grant")
    (row,) = stored(workspace)
    with workspace.database.read() as connection:
        for changed, sentence in (
            ({"facts_version": 9}, "no longer stored"),
            ({"rules_version": 9}, "version 9 of the rules"),
            ({"case_type_version": 9}, "version 9 of case type"),
            ({"model_version": "9"}, "model 9"),
        ):
            with pytest.raises(InputError, match=sentence):
                recompute(workspace, connection, {**row, **changed})


@pytest.mark.parametrize("holds_every_input", [False, True])
def test_derived_inputs_are_taken_as_stored_and_all_others_made_from_the_facts(
    workspace: Opened, invented: Invented, import_open: Import, holds_every_input: bool
) -> None:
    import_open(workspace, invented(1, 37))
    assess_open_cases(workspace, "grant")
    (row,) = stored(workspace)
    with workspace.database.read() as connection:
        loaded: Loaded = {}
        recompute(workspace, connection, row, loaded)
        model = loaded["grant", "1"]
        before = inputs_then(connection, row, model)
        arrivals = Feature("arrivals_7_days", "number", is_derived=True)
        with_derived = replace(model, features=(*model.features[:-1], arrivals))
        kept = np.append(np.zeros(len(before) - 1), 3.0) if holds_every_input else np.array([3.0])
        made = inputs_then(connection, {**row, "inputs": kept.tobytes()}, with_derived)
    assert made[-1] == 3.0
    np.testing.assert_array_equal(made[:-1], before[:-1])


@pytest.fixture
def postgresql_url(postgresql_server: str) -> str:
    """The URL of a fresh, empty PostgreSQL database."""
    name = f"routing_{uuid.uuid4().hex}"
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return postgresql_server.replace("/postgres?", f"/{name}?")


@pytest.mark.postgresql
def test_postgresql_gives_the_same_bits(
    trained_root: Path, tmp_path: Path, postgresql_url: str, invented: Invented, import_open: Import
) -> None:
    for part in ("case_types", "routing.yaml"):
        source = trained_root / part
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tmp_path / part)
    opened = open_workspace(tmp_path, postgresql_url)
    import_open(opened, replace(invented(300, 36), consents={}))
    with opened.database.read() as connection:
        past = history_of(connection, opened.in_force.case_type("grant"))
    assert past.history.facts.case_ids.tolist() == [f"36-{number}" for number in range(300)]
    train_case_type(opened, "grant")
    assert assess_open_cases(opened, "grant").stored == 300
    assert assess_open_cases(opened, "grant").unchanged == 300
    assert differences(opened, every=60) == []
    opened.database.close()

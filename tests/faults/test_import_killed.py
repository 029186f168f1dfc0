"""Promise 6: an import, batch or publish killed at any moment and run again loses nothing and doubles nothing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from models.audit_verify import verify
from models.database import Database, open_database
from models.heads import open_heads
from models.migrate import upgrade

REPOSITORY = Path(__file__).parents[2]
CASES, BLOCKS, KILLS = 800, 4, 6

WORK = f"""
import sys
from pathlib import Path
import numpy as np, pyarrow as pa
from models.arriving import Arriving
from models.assessment_store import store_assessments
from models.case_reader import cases_to_assess
from models.case_store import put_cases
from models.case_type_states import set_state
from models.citizens import ToldOfCitizens
from models.clock import stamp
from models.database import open_database
from models.heads import open_heads
from models.migrate import upgrade
from models.publication import publish
import adbc_driver_sqlite.dbapi, adbc_driver_postgresql.dbapi, pandas, sqlalchemy.dialects.postgresql.psycopg

url, folder = sys.argv[1], Path(sys.argv[2])
print("ready", flush=True)
database = open_database(url, heads=open_heads(folder / "audit-heads", folder / "keys"))
upgrade(database)
with database.write() as connection:
    publish(connection, "rules", "routing", "default: intake")
    set_state(connection, "fines", weight="light", status="live", phase="drafting", actor="system")
for block in range({BLOCKS}):
    ids = [f"A{{block}}-{{row:05d}}" for row in range({CASES})]
    received = np.datetime64("2026-01-01", "us") + np.arange(len(ids)) * np.timedelta64(1, "m")
    events = np.repeat(np.arange(len(ids)), 3)
    with database.write() as connection:
        put_cases(connection, "fines", Arriving(
            ids, received, events, received[events] + np.tile([0, 1, 1], len(ids)).astype("timedelta64[h]"),
            ["Register", "Call", "Call"] * len(ids), [None] * len(events), facts=['{{"amount":1}}'] * len(ids),
            consents={{"amount": np.ones(len(ids), dtype=np.int8)}},
            stated=[f'{{{{"amount":{{row % 3}}}}}}' for row in range(len(ids))],
            citizen_refs=[f"B-{{block}}-{{row // 2}}" for row in range(len(ids))],
            citizens=ToldOfCitizens(
                [f"B-{{block}}-{{row}}" for row in range(len(ids) // 2)],
                {{"name": [f"Name {{row}}" for row in range(len(ids) // 2)]}})))
    with database.read() as connection:
        waiting = cases_to_assess(connection, "fines", model_version="1", rules_version=1, case_type_version=1)
    rows = pa.table({{
        "case_type": ["fines"] * len(waiting), "case_id": pa.array(waiting, pa.string()),
        "made_at": [database.now] * len(waiting),
        "model_version": ["1"] * len(waiting), "rules_version": [1] * len(waiting),
        "case_type_version": [1] * len(waiting), "facts_version": [1] * len(waiting),
        "weight": ["light"] * len(waiting), "raw_score": [0.5] * len(waiting), "route": ["draft"] * len(waiting),
        "team": ["intake"] * len(waiting), "gates_closed": ["[]"] * len(waiting),
        "drawn": [False] * len(waiting)}})
    store_assessments(database, rows, queue=True)
    with database.write() as connection:
        publish(connection, "letters", f"letter {{block}}", "Dear citizen")
print("done", flush=True)
"""


def start(url: str, folder: Path) -> subprocess.Popen[str]:
    """The work in a process of its own, past its imports."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-c", WORK, url, str(folder)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def finish(process: subprocess.Popen[str]) -> float:
    """Let the work end by itself; returns the seconds it took."""
    begun = time.monotonic()
    out, err = process.communicate(timeout=300)
    assert out == "done\n", err
    return time.monotonic() - begun


def counts(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Everything that must be there once, without what differs from run to run (times, salts, numbers)."""
    queries = {
        "case_file": "SELECT case_id, received_at, status, team, queue_by, citizen_ref FROM case_file",
        "case_event": "SELECT case_id, at, activity, resource, occurrence FROM case_event",
        "case_facts": "SELECT case_id, version, facts, stated FROM case_facts",
        "citizen": "SELECT ref, name, protected_address, digital_post FROM citizen",
        "consent": "SELECT case_id, field, answer, answered_at FROM consent",
        "salts": "SELECT case_id FROM case_salt",
        "assessment": "SELECT case_id, raw_score, route FROM assessment",
        "published": "SELECT kind, name, version, content FROM published",
        "state": "SELECT name, phase FROM case_type_state",
        "acts": "SELECT action, subject FROM audit WHERE action <> 'trail.begun'",
    }
    with database.read() as connection:
        return {name: sorted(map(tuple, connection.execute(sa.text(query)))) for name, query in queries.items()}


def opened(url: str, folder: Path) -> Database:
    database = open_database(url, heads=open_heads(folder / "audit-heads", folder / "keys"))
    upgrade(database)
    return database


def test_work_killed_at_any_moment_and_run_again_is_whole(database_url: str, tmp_path: Path) -> None:
    untouched = tmp_path / "untouched"
    untouched.mkdir()
    whole_seconds = finish(start(str(untouched / "stafet.db"), untouched))
    whole = opened(str(untouched / "stafet.db"), untouched)
    expected = counts(whole)
    whole.close()
    assert len(expected["assessment"]) == len(expected["case_file"]) == CASES * BLOCKS
    assert len(expected["case_event"]) == 3 * CASES * BLOCKS
    assert len(expected["citizen"]) == CASES * BLOCKS / 2

    chance = random.Random(7)
    interrupted = 0
    for _ in range(KILLS):
        process = start(database_url, tmp_path)
        time.sleep(chance.uniform(0.02, whole_seconds / 3))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        interrupted += process.returncode == -signal.SIGKILL
        database = opened(database_url, tmp_path)
        assert database.heads is not None
        assert verify(database, database.heads) == []
        partial = counts(database)
        assert {row[-1] for row in partial["case_file"]} == {row[0] for row in partial["citizen"]}
        for name, rows in partial.items():
            if name not in ("acts", "case_file"):
                assert len(rows) == len(set(rows)), f"{name} holds something twice"
                assert set(rows) <= set(expected[name]), name
        database.close()
    assert interrupted >= KILLS / 2
    finish(start(database_url, tmp_path))
    finish(start(database_url, tmp_path))
    database = opened(database_url, tmp_path)
    assert database.heads is not None
    found = counts(database)
    acts, acts_expected = found.pop("acts"), expected.pop("acts")
    assert found == expected
    assert verify(database, database.heads) == []
    assert set(acts) == set(acts_expected)
    database.close()


@pytest.mark.parametrize("moment", ["pending", "committed"])
def test_killed_on_either_side_of_the_commit(database_url: str, tmp_path: Path, moment: str) -> None:
    """The two narrow places: after the head was signed and before the commit, and right after the commit."""
    opened(database_url, tmp_path).close()
    patch = f"""
import os, sqlalchemy.engine, models.heads
if {moment == "pending"!r}:
    sqlalchemy.engine.Connection._commit_impl = lambda *_: os.kill(os.getpid(), 9)
else:
    models.heads.Heads.committed = lambda *_: os.kill(os.getpid(), 9)
"""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-c", patch + WORK, database_url, str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    database = opened(database_url, tmp_path)
    assert database.heads is not None
    assert verify(database, database.heads) == []
    with database.read() as connection:
        stored = connection.execute(sa.text("SELECT count(*) FROM published")).scalar_one()
    assert stored == (0 if moment == "pending" else 1)
    finish(start(database_url, tmp_path))
    assert verify(database, database.heads) == []
    database.close()

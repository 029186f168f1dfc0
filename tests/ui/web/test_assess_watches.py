"""`stafet assess` looks at the blind reviews before it assesses, and says what moved."""

from __future__ import annotations

import json
import sqlite3

import numpy as np
import pandas as pd
import pytest

from models.arriving import Arriving
from models.assessments import IS_NEWEST
from models.case_store import put_cases
from routing.publishing import open_workspace
from ui.cli import run

MUCH_LATER = np.datetime64("2031-01-01T08:00", "us")


def worked_on_hard(workspace) -> int:
    """Every drawn case is done again and again within its horizon, which is over now; how many there are."""
    with sqlite3.connect(workspace / "stafet.db") as connection:
        query = f"SELECT c.case_id, c.received_at FROM case_file c JOIN assessment a ON {IS_NEWEST}"
        drawn = connection.execute(f"{query} WHERE a.drawn").fetchall()
    received = pd.to_datetime([at for _, at in drawn]).tz_localize(None).to_numpy().astype("datetime64[us]")
    steps = 9
    again = np.tile(np.arange(1, steps + 1), len(drawn)) * np.timedelta64(1, "D")
    arriving = Arriving(
        case_ids=[*(case_id for case_id, _ in drawn), "later"],
        received_at=np.append(received, MUCH_LATER),
        case_of_event=np.append(np.repeat(np.arange(len(drawn)), steps), len(drawn)),
        event_times=np.append(np.repeat(received, steps) + again, MUCH_LATER),
        activities=[*["Examine"] * steps * len(drawn), "Register"],
        resources=[None] * (steps * len(drawn) + 1),
    )
    opened = open_workspace(workspace)
    with opened.database.write() as connection:
        put_cases(connection, "subsidy", arriving)
    opened.database.close()
    return len(drawn)


def test_a_broken_promise_stops_the_shadow_before_anything_is_assessed(
    workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    drawn = worked_on_hard(workspace)
    assert run(["--workspace", str(workspace), "assess", "subsidy", "--json"]) == 0
    out, err = capsys.readouterr()
    assert f"the blind reviews say that the promise is broken, so drafting is stopped; of {drawn} blind" in err
    assert "blind_review" not in json.loads(out)["gates_closed"]
    assert run(["--workspace", str(workspace), "assess", "subsidy", "--json"]) == 0
    assert "promise is broken" not in capsys.readouterr().err


def test_a_live_types_new_model_is_said_to_begin_in_shadow(workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--workspace", str(workspace), "train", "subsidy"]) == 0
    assert "The case type is live, so the new model begins in shadow" in capsys.readouterr().err

"""What the engine finds out of the invented municipality, against the truth that the simulator knows."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from engine.log import read_log
from engine.typed_facts import facts
from models.case_store import put_cases
from routing.intake import intake
from routing.publishing import open_workspace
from routing.training_run import train_case_type
from ui.demo.simulator.log import application_log, event_log
from ui.demo.simulator.truth import area_under_roc

BEFORE_DRIFT = ("daycare_subsidy", "health_supplement", "dental_aid", "rent_deposit_loan", "assistive_devices")


def chance(complex_cases: int) -> float:
    """By how much an area under the curve that rests on few complex cases lies beside the true one."""
    return 0.35 / np.sqrt(complex_cases)


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    workspace = open_workspace(tmp_path_factory.mktemp("reached"), names=BEFORE_DRIFT)
    yield workspace
    workspace.database.close()


@pytest.mark.parametrize(
    "name",
    [
        *BEFORE_DRIFT[:2],
        *(pytest.param(name, marks=pytest.mark.long) for name in BEFORE_DRIFT[2:]),
    ],
)
def test_the_engine_comes_near_what_anybody_could_know_and_not_beyond(opened, world, name, tmp_path):
    cases = world.cases[name]
    until = np.datetime64(world.drifts_from if name == "dental_aid" else world.calendar.last + timedelta(days=1))
    kept = cases.received < until
    work = cases.work
    steps = np.flatnonzero(kept[work.case])
    done = (each[steps] for each in (work.case, work.at, work.activities, work.people))
    file = tmp_path / f"{name}.parquet"
    event_log(application_log(cases), *done).to_parquet(file)
    case_type = opened.in_force.case_type(name)
    read = read_log(file, case_type.log)
    assert len(facts(read, case_type)) == kept.sum()
    with opened.database.write() as connection:
        put_cases(connection, name, intake(read, case_type, all_closed=True).arriving)
    reached = train_case_type(opened, name).report.auc
    newest = np.flatnonzero(kept)[-len(read) // 5 :]
    known = area_under_roc(cases.at_intake[newest], cases.is_complex[newest])
    assert abs(reached - known) < 0.04 + chance(int(cases.is_complex[newest].sum()))

"""The applications of one case type, read as any municipality's log is, before they are lived through."""

from __future__ import annotations

from engine.log import read_log
from engine.typed_facts import facts
from routing.intake import intake
from routing.publishing import Opened
from ui.demo.running import Running
from ui.demo.simulator.log import application_log
from ui.demo.simulator.simulate import World
from ui.demo.told import Told
from ui.demo.verdicts import verdicts

FOLDER = "demo"


def running_type(opened: Opened, world: World, name: str) -> Running:
    """Write the applications of one type to a file in the workspace, read it, and begin at the first of them."""
    cases, case_type = world.cases[name], opened.in_force.case_type(name)
    folder = opened.workspace.root / FOLDER
    folder.mkdir(exist_ok=True)
    file = folder / f"{name}.csv"
    application_log(cases).to_csv(file, index=False)
    log = read_log(file, case_type.log)
    rows = {case_id: row for row, case_id in enumerate(log.case_ids.tolist())}
    order = [rows[case_id] for case_id in cases.case_ids.tolist()]
    decided = verdicts(case_type, facts(log, case_type), log.arrivals, cases.leaning)
    assert order == list(range(len(cases)))
    arriving = intake(log, case_type).arriving
    return Running(world, cases, arriving, decided, Told(case_type, arriving))

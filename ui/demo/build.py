"""Builds the demo workspace: two invented years, lived through day by day by the product's own code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from importlib import resources
from pathlib import Path

import numpy as np

from config.words import DANISH_TIME
from config.workspace import Workspace
from engine.log import read_log
from engine.typed_facts import facts
from models.workspace_kind import mark_as_demo
from routing.intake import intake
from routing.publishing import Opened, open_workspace
from ui.demo.accounts import add_staff
from ui.demo.case_type_files import write_case_types
from ui.demo.clock import SetClock
from ui.demo.morning import assess, take_in
from ui.demo.office import Office, acts_between, as_datetime, as_moment
from ui.demo.plan import LIVES
from ui.demo.running import Running
from ui.demo.simulator.log import application_log
from ui.demo.simulator.simulate import World, simulate
from ui.demo.standing import Latest, latest_assessments
from ui.demo.steward import live_by_steward, train_by_steward
from ui.demo.verdicts import Verdicts, verdicts

SEED = 2026
NIGHT = time(5, 30)
APPLICATIONS = "applications"
TRAINED_BEFORE = timedelta(days=2)
HELD_UP_DAYS_AGO = range(5, 12)

Say = Callable[[str], None]


@dataclass
class Build:
    """A demo on its way: the world, the workspace, and how far each case type has come."""

    world: World
    clock: SetClock
    opened: Opened
    office: Office
    types: dict[str, Running]
    verdicts: dict[str, Verdicts]
    say: Say
    live: list[str] = field(default_factory=list)
    latest: dict[str, dict[str, Latest]] = field(default_factory=dict)
    since: np.datetime64 = field(default_factory=lambda: np.datetime64("1970-01-01", "us"))

    def live_through(self) -> None:
        """Every day from the first to today, as far as it has gone."""
        day = self.world.calendar.first
        while day <= self.world.calendar.last:
            if day.day == 1 and day.month % 3 == 1:
                self.say(f"{day:%B %Y}")
            self._day(day)
            day += timedelta(days=1)

    def _day(self, day: date) -> None:
        now = self.world.now
        night = datetime.combine(day, NIGHT, DANISH_TIME)
        is_working = bool(self.world.calendar.is_working(np.array([day], dtype="datetime64[D]"))[0])
        if night <= now and is_working:
            self._morning(day, night)
        midnight = datetime.combine(day + timedelta(days=1), time(), DANISH_TIME)
        self._office_hours(min(midnight, now))

    def _morning(self, day: date, night: datetime) -> None:
        self.clock.move_to(night)
        self._take_in()
        self._steward(day)
        self._assess()

    def _take_in(self) -> None:
        now = as_moment(self.clock.at)
        with self.opened.database.write() as connection:
            for running in self.types.values():
                take_in(connection, running, now)

    def _steward(self, day: date) -> None:
        ago = (self.world.calendar.last - day).days
        for one in LIVES:
            before = self._planned(one.days_ago)
            if one.is_trained and self._planned(one.days_ago + TRAINED_BEFORE.days) == ago:
                self.say(f"training {one.case_type}")
                self.opened = train_by_steward(self.opened, one.case_type)
            if before == ago:
                self.say(f"{one.case_type} goes live")
                self.opened = live_by_steward(self.opened, one.case_type)
                self.live.append(one.case_type)

    def _planned(self, days_ago: int) -> int:
        """The nearest working day to so many days ago, not before it."""
        planned = np.array([self.world.calendar.last - timedelta(days=days_ago)], dtype="datetime64[D]")
        working = self.world.calendar.working_days_after(planned, np.array([0]))[0]
        return int((np.datetime64(self.world.calendar.last) - working).astype(int))

    def _assess(self) -> None:
        for name in self.live:
            self.latest[name] = assess(self.opened, self.types[name])

    def _office_hours(self, until: datetime) -> None:
        acts = acts_between(self.types, self.since, as_moment(until))
        self.since = as_moment(until)
        if not acts:
            return
        with self.opened.database.write() as connection:
            for act in acts:
                running = act.running
                if act.row is None:
                    self.clock.move_to(as_datetime(act.at))
                    take_in(connection, running, as_moment(self.clock.at))
                    continue
                latest = self.latest.get(running.name, {}).get(str(running.cases.case_ids[act.row]))
                number = None if latest is None else latest.id
                self.office.decide(connection, running, self.verdicts[running.name], act.row, number)


def build(root: Path, now: datetime, say: Say, *, seed: int = SEED, scale: float = 1.0) -> Build:
    """Make the workspace in `root`, which is empty or not there, as it stands `now`."""
    world = simulate(seed, now, scale=scale)
    workspace = Workspace(root).create()
    write_case_types(workspace)
    workspace.routing_file.write_bytes((resources.files("ui.demo") / "routing.yaml").read_bytes())
    clock = SetClock(datetime.combine(world.calendar.first - timedelta(days=1), time(9), DANISH_TIME))
    opened = open_workspace(root, clock=clock)
    with opened.database.write() as connection:
        mark_as_demo(connection)
        users = add_staff(connection)
    build = Build(world, clock, opened, Office(clock, users), {}, {}, say)
    for name in world.cases:
        build.types[name], build.verdicts[name] = _prepared(opened, world, name)
    build.live_through()
    return build


def _prepared(opened: Opened, world: World, name: str) -> tuple[Running, Verdicts]:
    """The applications of one type, read as any municipality's log is."""
    cases, case_type = world.cases[name], opened.in_force.case_type(name)
    folder = opened.workspace.root / "demo" / APPLICATIONS
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.csv"
    application_log(cases).to_csv(file, index=False)
    log = read_log(file, case_type.log)
    assert log.case_ids.tolist() == cases.case_ids.tolist()
    running = Running(world, cases, intake(log, case_type).arriving)
    return running, verdicts(case_type, facts(log, case_type), log.arrivals, cases.leaning)

"""Builds the demo workspace: two invented years, lived through day by day by the product's own code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property, partial
from importlib import resources
from pathlib import Path

import numpy as np

from config.words import DANISH_TIME
from config.workspace import Workspace
from models.clock import stamp
from models.workspace_kind import begin_letters, mark_as_demo
from routing.outbox import dispatch_pending
from routing.publishing import Opened, open_workspace
from routing.sequences import WATCHED
from ui.demo.accounts import add_staff
from ui.demo.applications import running_type
from ui.demo.case_type_files import write_case_types
from ui.demo.clock import SetClock
from ui.demo.desks import lay_on_desks
from ui.demo.ledger import Ledger
from ui.demo.morning import assess, take_in
from ui.demo.office import Deed, Due, Office, as_datetime, as_moment, due_between, reports_between
from ui.demo.plan import LIVES, NEVER_DRAFTED, STOPPED, STOPPED_DAYS_AGO, TRAINED_AGAIN, WORTH_TRAINING_AGAIN
from ui.demo.running import Running
from ui.demo.screen.screen import Screen
from ui.demo.simulator.simulate import World, simulate
from ui.demo.standing import Latest
from ui.demo.steward import is_proved, live_by_steward, stop_by_team_lead, train_by_steward
from ui.web.models_read import ModelsRead

SEED = 2026
NIGHT, EARLY = time(5, 30), time(7, 20)
TRAINED_BEFORE = timedelta(days=2)
HELD_UP_DAYS_AGO = range(5, 12)
WATCHED_ON = (0,)
ASSESSED_ON, ASSESSED_NIGHTLY_FOR = (0, 3), timedelta(days=21)
LETTERS_FOR = 2
"""Decisions of so many working days before today, and of today, are told by letters from here."""

Say = Callable[[str], None]


@dataclass
class Build:
    """A demo on its way: the world, the workspace, and how far each case type has come."""

    world: World
    clock: SetClock
    opened: Opened
    office: Office
    types: dict[str, Running]
    say: Say
    ledger: Ledger
    screen: Screen
    live: list[str] = field(default_factory=list)
    latest: dict[str, dict[str, Latest]] = field(default_factory=dict)
    since: np.datetime64 = field(default_factory=lambda: np.datetime64("1970-01-01", "us"))
    has_held_up: bool = False
    assessed_at_dawn: set[str] = field(default_factory=set)

    def live_through(self) -> None:
        """Every day from the first to today, as far as it has gone."""
        day = self.world.calendar.first
        while day <= self.world.calendar.last:
            if day.day == 1 and day.month % 3 == 1:
                self.ledger.store()
                self.say(f"{day:%B %Y}")
            self._day(day)
            day += timedelta(days=1)
        self.clock.move_to(self.world.now)
        self._take_in()
        self._assess(self.world.calendar.last)
        for running in self.types.values():
            lay_on_desks(self.ledger.connection, running, self.office.users, as_moment(self.world.now))

    def _day(self, day: date) -> None:
        now = self.world.now
        night = datetime.combine(day, NIGHT, DANISH_TIME)
        if night <= now and day in self.working_days:
            self._office_hours(night)
            self.clock.move_to(night)
            self._take_in()
            self._steward(day)
            if self.live:
                self._assess(day)
        midnight = datetime.combine(day + timedelta(days=1), time(), DANISH_TIME)
        self._office_hours(min(midnight, now))
        if day >= self.first_letters:
            self.ledger.store()
            dispatch_pending(self.opened)

    @cached_property
    def first_letters(self) -> date:
        """The day whose decisions are the first to be told by letters from here."""
        return self.world.calendar.working_day_before(self.world.calendar.last, LETTERS_FOR)

    @cached_property
    def working_days(self) -> frozenset[date]:
        """The days on which people work."""
        days = self.world.calendar.days
        return frozenset(days[self.world.calendar.is_working(days)].tolist())

    def _take_in(self) -> None:
        now = as_moment(self.clock.at)
        for running in self.types.values():
            take_in(self.ledger, running, now)

    def _steward(self, day: date) -> None:
        ago = (self.world.calendar.last - day).days
        for one in LIVES:
            if one.is_trained and self._planned(one.days_ago + TRAINED_BEFORE.days) == ago:
                self.say(f"training {one.case_type}")
                self._come_early(day)
                self.opened = train_by_steward(self.opened, one.case_type, self.office.users)
            if self._planned(one.days_ago) == ago:
                self.say(f"{one.case_type} goes live")
                self._come_early(day)
                self.opened = live_by_steward(self.opened, one.case_type)
                self.live.append(one.case_type)
        for name, days_ago in TRAINED_AGAIN.items():
            if ago in map(self._planned, days_ago):
                self._train_again(name, day)
        if self._planned(STOPPED_DAYS_AGO) == ago:
            self._stop(day)

    def _train_again(self, name: str, day: date) -> None:
        if len(self.types[name].cases) < WORTH_TRAINING_AGAIN or is_proved(self.opened, name):
            return
        self.say(f"training {name} again")
        self._come_early(day)
        self.opened = train_by_steward(self.opened, name, self.office.users)
        self.assessed_at_dawn.add(name)

    def _stop(self, day: date) -> None:
        self._come_early(day)
        if self.opened.again().in_force.states[STOPPED].phase in WATCHED:
            self.say(f"{STOPPED} is stopped")
            self.opened = stop_by_team_lead(self.opened, STOPPED)
            self.assessed_at_dawn.add(STOPPED)

    def _come_early(self, day: date) -> None:
        self.ledger.store()
        self.clock.move_to(datetime.combine(day, EARLY, DANISH_TIME))

    def _planned(self, days_ago: int) -> int:
        """The nearest working day to so many days ago, not before it."""
        planned = np.array([self.world.calendar.last - timedelta(days=days_ago)], dtype="datetime64[D]")
        working = self.world.calendar.working_days_after(planned, np.array([0]))[0]
        return int((np.datetime64(self.world.calendar.last) - working).astype(int))

    def _assess(self, day: date) -> None:
        self.ledger.store()
        for name in self.live:
            if not self._is_assessed_on(day, name):
                continue
            is_watched = day.weekday() in WATCHED_ON or day == self.world.calendar.last
            self.opened, self.latest[name], said = assess(self.opened, self.types[name], is_watched=is_watched)
            if said is not None:
                self.say(said)
        self.assessed_at_dawn.clear()
        ago = (self.world.calendar.last - day).days
        if ago in HELD_UP_DAYS_AGO and not self.has_held_up:
            self.has_held_up = self._hold_one_up()

    def _is_assessed_on(self, day: date, name: str) -> bool:
        """Every night where a draft may come of it, and of late; else twice a week, to save time.

        Where a steward's or a team lead's act has assessed the cases already, people decide by what it says.
        """
        if name in self.assessed_at_dawn:
            return True
        may_draft = name not in NEVER_DRAFTED and self.opened.in_force.states[name].phase in WATCHED
        is_late = day > self.world.calendar.last - ASSESSED_NIGHTLY_FOR
        return may_draft or is_late or day.weekday() in ASSESSED_ON

    def _hold_one_up(self) -> bool:
        """Somebody is off sick: a citizen who should be called within days is not called, and waits today."""
        for name in self.live:
            for case_id, latest in self.latest[name].items():
                running = self.types[name]
                row = running.row_of(case_id)
                is_untouched = running.decided_at[row] > as_moment(self.clock.at) and latest.contact_by is not None
                if is_untouched and not running.cases.kind.is_heavy:
                    running.hold_up(row, as_moment(self.world.now + timedelta(days=30)))
                    return True
        return False

    def _office_hours(self, until: datetime) -> None:
        since, self.since = self.since, as_moment(until)
        due = due_between(self.types, since, self.since)
        deeds = [Deed(one.at, partial(self._decide, one)) for one in due]
        for running in self.types.values():
            deeds += [
                Deed(at, partial(self._report, running, at)) for at in reports_between(running, since, self.since)
            ]
        deeds += self.screen.deeds(self.opened, due, self.latest, since, self.since)
        for deed in sorted(deeds, key=lambda one: one.at):
            deed.do()

    def _decide(self, due: Due) -> None:
        running, row = due.running, due.row
        latest = self.latest.get(running.name, {}).get(str(running.cases.case_ids[row]))
        decided = self.office.decide(
            self.ledger.connection,
            running,
            row,
            None if latest is None else latest.id,
            is_draft=bool(running.is_drafted[row]) and not self.screen.draft_is_hidden(running, row),
            before_signing=partial(self.screen.before_signing, running, row),
        )
        self.screen.after_signing(running, row, decided)

    def _report(self, running: Running, at: np.datetime64) -> None:
        self.clock.move_to(as_datetime(at))
        take_in(self.ledger, running, as_moment(self.clock.at))


def build(root: Path, now: datetime, say: Say, *, seed: int = SEED, scale: float = 1.0) -> Build:
    """Make the workspace in `root`, which is empty or not there, as it stands `now`."""
    say("inventing people and cases")
    world = simulate(seed, now, scale=scale)
    workspace = Workspace(root).create()
    write_case_types(workspace)
    for name in ("routing.yaml", "municipality.yaml"):
        (workspace.root / name).write_bytes((resources.files("ui.demo") / name).read_bytes())
    clock = SetClock(datetime.combine(world.calendar.first - timedelta(days=1), time(9), DANISH_TIME))
    opened = open_workspace(root, clock=clock)
    try:
        with opened.database.write() as connection:
            mark_as_demo(connection)
            letters_from = world.calendar.working_day_before(world.calendar.last, LETTERS_FOR)
            begin_letters(connection, stamp(datetime.combine(letters_from, time(), DANISH_TIME)))
            users = add_staff(connection)
        types = {name: running_type(opened, world, name) for name in world.cases}
        with Ledger(opened.database) as ledger:
            office = Office(clock, users)
            screen = Screen(world, office, ledger, types, ModelsRead(workspace))
            made = Build(world, clock, opened, office, types, say, ledger, screen)
            made.live_through()
    finally:
        opened.database.close()
    return made

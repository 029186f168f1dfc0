"""What people do on the review screen in the course of a day, beside what they decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property, partial

import numpy as np

from config.words import DANISH_TIME
from models.clock import stamp
from models.decision_store import Decided, Hearing
from models.team_notes import write_team_note
from routing.publishing import Opened
from routing.standards import day_of
from ui.caseworker.complexity_scale import Effort
from ui.caseworker.month.months import MonthAt, month_of
from ui.caseworker.practice.drawing import Drawing
from ui.demo.ledger import Ledger
from ui.demo.office import Deed, Due, Office, as_datetime, as_moment
from ui.demo.plan import SCREEN_MONTHS
from ui.demo.running import Running
from ui.demo.screen.answers import answer
from ui.demo.screen.manners import MANNERS
from ui.demo.screen.meetings import PlannedNote, meeting_of, months_before, planned_notes
from ui.demo.screen.opinions import Opinion, dice, first_opinion
from ui.demo.screen.pages import Page, pages_of
from ui.demo.screen.practising import planned, practise
from ui.demo.screen.remarks import Remarks
from ui.demo.screen.views import minutes_of, store_view, store_work
from ui.demo.simulator.simulate import World
from ui.demo.standing import Latest
from ui.web.models_read import ModelsRead

OPENS, LEAST = time(7, 30), timedelta(minutes=1)
"""Nobody opens a case before the town hall does, nor signs it within a minute."""

SIGNS_IN_BEFORE = timedelta(minutes=2)


@dataclass
class AtWork:
    """A case that somebody has open; `opened` as the form keeps it."""

    page: Page
    opinion: Opinion
    random: np.random.Generator
    opened: str = ""


@dataclass
class Screen:
    """The review screen of the invented office, from its first day on.

    Attributes:
        at_work: the cases that somebody has open, by type and row.
    """

    world: World
    office: Office
    ledger: Ledger
    types: Mapping[str, Running]
    models: ModelsRead
    drawing: Drawing = field(init=False)
    at_work: dict[tuple[str, int], AtWork] = field(default_factory=dict)

    @cached_property
    def remarks(self) -> Remarks:
        """What people say of the machine."""
        return Remarks(self.models)

    @cached_property
    def since(self) -> date:
        """The first day on which the office has it."""
        return months_before(self.month, SCREEN_MONTHS).first_day

    @property
    def month(self) -> MonthAt:
        """The month of today."""
        return month_of(self.world.now)

    @cached_property
    def planned(self) -> list[Deed]:
        """Practice and the teams' notes: what is done on a day of its own."""
        days = self.world.calendar.days
        working = days[self.world.calendar.is_working(days) & (days >= np.datetime64(self.since))].tolist()
        deeds = [
            Deed(as_moment(at), partial(self._practise, who, at, progress))
            for who in MANNERS
            for at, progress in planned(self.world.seed, who, working)
        ]
        for note in planned_notes():
            month = months_before(self.month, note.months_ago)
            at = meeting_of(month, working)
            deeds.append(Deed(as_moment(at), partial(self._note, note, month.name, at)))
        return deeds

    def deeds(
        self,
        opened: Opened,
        due: Sequence[Due],
        latest: Mapping[str, Mapping[str, Latest]],
        since: np.datetime64,
        until: np.datetime64,
    ) -> list[Deed]:
        """What is done between two moments, beside the decisions that are `due` then."""
        today = day_of(as_datetime(until) - LEAST)
        if today < self.since:
            return []
        self.drawing = Drawing(opened.in_force, opened.draw_key, self.models)
        deeds = [one for one in self.planned if since < one.at <= until]
        for name, running in self.types.items():
            rows = np.array([one.row for one in due if one.running is running], dtype=np.intp)
            if running.cases.kind.is_heavy or not len(rows):
                continue
            pages = pages_of(
                self.ledger.connection,
                running,
                rows,
                latest.get(name, {}),
                opened.in_force,
                draw_key=opened.draw_key,
                today=today,
            )
            deeds += [self._opening(page, today) for page in pages]
        return deeds

    def draft_is_hidden(self, running: Running, row: int) -> bool:
        """Whether whoever decides a case may not see its draft."""
        found = self.at_work.get((running.name, row))
        return found is not None and found.page.is_hidden

    def before_signing(self, running: Running, row: int, hearing: Hearing | None, sign_in: int) -> None:
        """What is answered while the case is still open."""
        found = self.at_work.get((running.name, row))
        if found is None:
            return
        connection, page, in_force = self.ledger.connection, found.page, self.drawing.in_force
        if answer(connection, page, in_force, MANNERS[page.who], hearing, sign_in, found.random):
            self.office.clock.move_to(self.office.clock.at)

    def after_signing(self, running: Running, row: int, decided: Decided | None) -> None:
        """What is stored of a decision, and said of the machine once it is made."""
        found = self.at_work.pop((running.name, row), None)
        if found is None or decided is None:
            return
        connection, page = self.ledger.connection, found.page
        signed_in_at = self.office.signed_in_at(page.who)
        store_work(connection, page, decided, opened=found.opened, signed_in_at=signed_in_at)
        self.office.clock.move_to(self.office.clock.at)
        self.remarks.remark(
            connection, page, found.opinion, decided, MANNERS[page.who], decided.sign_in_id, found.random
        )

    def _opening(self, page: Page, today: date) -> Deed:
        """Whoever is to decide a case opens it."""
        running, manner = page.running, MANNERS[page.who]
        random = dice(self.world.seed, "case", running.name, page.row)
        expected = self.remarks.expected(self.ledger.connection, page)
        most: Effort = "usual" if expected == "complex" else expected
        work = AtWork(page, first_opinion(running, page.row, manner, random, most=most), random)
        self.at_work[running.name, page.row] = work
        signs = as_datetime(running.decided_at[page.row])
        opens = signs - max(LEAST, timedelta(minutes=minutes_of(page, manner, random)))
        earliest = datetime.combine(today, OPENS, DANISH_TIME)
        at = min(max(opens, earliest), signs - LEAST)
        return Deed(as_moment(at), partial(self._open, work, at))

    def _open(self, work: AtWork, at: datetime) -> None:
        """Open a case, and say what one makes of it where that is asked."""
        connection, clock = self.ledger.connection, self.office.clock
        clock.move_to(at - SIGNS_IN_BEFORE)
        sign_in = self.office.sign_in_of(connection, work.page.who)
        clock.move_to(at)
        if work.page.is_asked:
            store_view(connection, work.page, work.opinion, sign_in, work.random)
        work.opened = stamp(clock.at)

    def _practise(self, who: str, at: datetime, progress: float) -> None:
        self.office.clock.move_to(at)
        practise(
            self.ledger.connection,
            self.drawing,
            self.office.users[who],
            self.types,
            self.office.clock,
            seed=self.world.seed,
            progress=progress,
        )

    def _note(self, note: PlannedNote, month: str, at: datetime) -> None:
        connection, clock = self.ledger.connection, self.office.clock
        clock.move_to(at - SIGNS_IN_BEFORE)
        sign_in = self.office.sign_in_of(connection, note.by)
        clock.move_to(at)
        write_team_note(
            connection,
            team=note.team,
            month=month,
            kind=note.kind,
            text=note.text,
            sign_in_id=sign_in,
            case_type=note.case_type,
        )

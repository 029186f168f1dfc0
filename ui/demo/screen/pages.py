"""The pages on which the decisions of a day are made: what the machine said, what is withheld, what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from routing.in_force import InForce
from ui.caseworker.blindness import are_blind, until_decided
from ui.caseworker.firstview.dilemmas import raised
from ui.demo.running import Running
from ui.demo.standing import Latest


@dataclass(frozen=True)
class Page:
    """A case before whoever decides it.

    Attributes:
        is_asked: their own view is asked before anything of the machine's is shown.
        is_hidden: that stays so until they have decided.
        questions: what the rules ask them, by its place.
    """

    running: Running
    row: int
    who: str
    latest: Latest | None
    is_asked: bool
    is_hidden: bool
    questions: tuple[int, ...] = ()

    @property
    def case_id(self) -> str:
        """The case's number."""
        return str(self.running.cases.case_ids[self.row])

    @property
    def facts(self) -> dict[str, object]:
        """The facts as texts ask of them, and whether application and register part."""
        drawn = self.running.cases.drawn
        told = {name: values[self.row] for name, values in drawn.facts.items()}
        return told | {"contradicts": "true" if self.running.told.contradicts[self.row] else "false"}


def pages_of(
    connection: sa.Connection,
    running: Running,
    rows: NDArray[np.intp],
    latest: Mapping[str, Latest],
    in_force: InForce,
    *,
    draw_key: bytes,
    today: date,
) -> list[Page]:
    """The pages of some cases of one type, by the rules by which the product withholds and asks."""
    ids = {row: str(running.cases.case_ids[row]) for row in rows.tolist()}
    scored = {one: latest[one] for one in ids.values() if one in latest and latest[one].is_scored}
    asked, hidden = withheld(connection, scored, in_force, running.name, draw_key=draw_key, today=today)
    shown = {row: scored[one] for row, one in ids.items() if one in scored and one not in hidden}
    questions = questions_of(running, shown, in_force, today)
    return [
        Page(
            running=running,
            row=row,
            who=str(running.decided_by[row]),
            latest=latest.get(one),
            is_asked=one in asked,
            is_hidden=one in hidden,
            questions=questions.get(row, ()),
        )
        for row, one in ids.items()
    ]


def withheld(
    connection: sa.Connection,
    scored: Mapping[str, Latest],
    in_force: InForce,
    name: str,
    *,
    draw_key: bytes,
    today: date,
) -> tuple[frozenset[str], frozenset[str]]:
    """Of which cases a view is asked first, and which of them stay blind until they are decided."""
    if not scored:
        return frozenset(), frozenset()
    case_type, said = in_force.case_types[name], {one: latest.said for one, latest in scored.items()}
    asked = are_blind(connection, case_type, said, in_force, draw_key=draw_key, today=today, viewed=())
    drawn = {one: bool(row["drawn"]) for one, row in said.items()}
    stay = until_decided(connection, name, drawn, in_force.rules, draw_key)
    return asked, frozenset(one for one, stays in zip(drawn, stay.tolist(), strict=True) if stays)


def questions_of(
    running: Running, shown: Mapping[int, Latest], in_force: InForce, today: date
) -> dict[int, tuple[int, ...]]:
    """What the rules ask in each case, by the questions' places."""
    if not shown:
        return {}
    said = [latest.said for latest in shown.values()]
    known = running.told.known(
        np.array(list(shown), dtype=np.intp),
        status=in_force.states[running.name].status,
        complexity=np.array([row["complexity"] for row in said], dtype=np.float64),
        novel=np.array([bool(row["novel"]) for row in said]),
    )
    asked = raised(known, in_force.rules, today)
    return {row: tuple(place for place in asked if asked[place][n]) for n, row in enumerate(shown)}

"""A demo workspace with the six shipped case types, and cases made of the boundary tests inside their files."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from config.case_type import CaseType
from config.workspace import Workspace, shipped_case_types
from models.arriving import Arriving
from models.case_store import put_cases
from models.citizens import Citizen, put_citizens
from models.decision_store import Decided, record_decision
from models.people import add_user, users
from models.sign_ins import SignedIn, begin_sign_in
from models.workspace_kind import mark_as_demo
from routing.letter_record import LetterCase, LetterDesk, letter_desk, read_letter_case
from routing.publishing import Opened, open_workspace
from tests.conftest import cheap_passwords

RECEIVED = datetime.now(UTC).replace(microsecond=0) - timedelta(days=22)
REASONS = (
    "Vi har set på det, du har skrevet, og på det, vi har fra andre.\n\nDet talte mest, at du har sendt os en god"
    " forklaring."
)


@dataclass
class Office:
    """A workspace at work, with one caseworker signed in."""

    opened: Opened
    sign_in: SignedIn
    made: int = field(default=0)

    def case(self, case_type: str, facts: Mapping[str, Any], **given: Any) -> str:
        """A case received three weeks ago; `given` changes its citizen."""
        self.made += 1
        case_id, ref = f"2026-{self.made:05d}", f"ref-{self.made}"
        values: dict[str, Any] = {
            "name": "Jonas Brandt Lauridsen",
            "cpr": "000000-0000",
            "street": "Møllestien 8",
            "town": "9998 Egeby",
            **given,
        }
        with self.opened.database.write() as connection:
            put_citizens(connection, [Citizen(ref, **values)])
            put_cases(connection, case_type, arriving(case_id, ref, facts))
        return case_id

    def decide(self, case_type: str, case_id: str, outcome: str, reasons: str = REASONS, **given: Any) -> Decided:
        declared = self.opened.in_force.case_types[case_type].outcomes[outcome]
        given.setdefault("hearing", None if declared.fully_in_favour else "nothing_held")
        with self.opened.database.write() as connection:
            return record_decision(
                connection,
                case_type=case_type,
                case_id=case_id,
                sign_in_id=self.sign_in.id,
                outcome=outcome,
                reasons=reasons,
                **{"hearing": "nothing_held", **given},
            )

    def desk(self) -> LetterDesk:
        return letter_desk(self.opened)

    def letter_case(self, case_type: str, case_id: str, decided: Decided | None = None) -> LetterCase:
        with self.opened.database.read() as connection:
            return read_letter_case(connection, self.opened, case_type, case_id, decided)


def arriving(case_id: str, ref: str, facts: Mapping[str, Any]) -> Arriving:
    received = np.array([RECEIVED.replace(tzinfo=None)], dtype="datetime64[us]")
    return Arriving(
        case_ids=[case_id],
        received_at=received,
        case_of_event=np.zeros(1, dtype=np.intp),
        event_times=received,
        activities=["Received"],
        resources=[None],
        facts=[as_stored(facts)],
        citizen_refs=[ref],
    )


def as_stored(facts: Mapping[str, Any]) -> str:
    """The facts of a boundary test as an import stores them."""
    plain = {
        name: str(value)
        if isinstance(value, date)
        else value
        if isinstance(value, bool | int | str)
        else float(value)
        for name, value in facts.items()
        if value is not None
    }
    return json.dumps(plain, ensure_ascii=False)


def facts_for(case_type: CaseType, outcome: str) -> Mapping[str, Any]:
    """Facts of a boundary test that gives this outcome; where judgment gives it, of one left open."""
    expecting = {one.expect.get("outcome"): one.facts for one in reversed(case_type.tests)}
    everything = {
        "lasting_impairment": True, "device_group": "koerestol", "purpose": "daily", "already_bought": False,
        "price": 12400, "earlier_grants": 1, "assessment_text": "Kan gå 50 meter.", "citizen_age": 71,
    }  # fmt: skip
    return expecting.get(outcome) or expecting.get("undecided") or everything


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo workspace with all six case types and one caseworker; copy it, do not change it."""
    root = tmp_path_factory.mktemp("shipped") / "ws"
    workspace = Workspace(root)
    workspace.copy_missing_examples()
    for name in shipped_case_types():
        workspace.copy_shipped_case_type(name)
    opened = open_workspace(root)
    with opened.database.write() as connection, cheap_passwords():
        mark_as_demo(connection)
        add_user(
            connection,
            name="mette",
            full_name="Mette Kjærgaard",
            role="caseworker",
            team="intake",
            password="correct horse battery",
            phone="00 12 34 57",
        )
    opened.database.close()
    return root


@contextmanager
def at_work(shipped: Path, root: Path) -> Iterator[Office]:
    """An office in a copy of the workspace, with the caseworker signed in."""
    shutil.copytree(shipped, root)
    opened = open_workspace(root)
    with opened.database.write() as connection:
        sign_in = begin_sign_in(connection, users(connection)[0], method="password")
    yield Office(opened, sign_in)
    opened.database.close()


@pytest.fixture
def office(shipped: Path, tmp_path: Path) -> Iterator[Office]:
    """An office of this test's own."""
    with at_work(shipped, tmp_path / "ws") as one:
        yield one


@pytest.fixture(scope="session")
def shared_office(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office to which tests add cases and otherwise change nothing."""
    with at_work(shipped, tmp_path_factory.mktemp("shared") / "ws") as one:
        yield one


@pytest.fixture
def facts_of() -> Callable[[CaseType, str], Mapping[str, Any]]:
    return facts_for

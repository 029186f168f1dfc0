"""Records to break: an upgraded database of each kind, cases in it, people, and a file as an attacker opens it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import sqlalchemy as sa

from config.words import DANISH_TIME
from models.act_store import record_act
from models.arriving import Arriving
from models.assessment_store import store_assessments
from models.case_acts import CaseAct
from models.case_store import Imported, put_cases
from models.case_type_states import set_state
from models.citizens import Citizen, put_citizens
from models.clock import parse, stamp
from models.database import Database, open_database
from models.decision_store import Decided, record_decision
from models.documents import Document, store_document
from models.heads import Heads, open_heads
from models.letters import LetterFile, StoredLetter, store_letter
from models.migrate import upgrade
from models.people import User, add_user
from models.professional_assessments import Assessed, record_professional_assessment
from models.publication import publish
from models.sign_ins import SignedIn, begin_sign_in
from tests.conftest import fresh_database

PASSWORD = "a long enough password"
FINES = """
name: {da: Bøde, en: Fine}
complexity: {within_days: 60, any: [{days: {above: 30}}]}
deadlines: {decide_within_days: 28}
outcomes:
  granted: {label: {da: Bevilget, en: Granted}, fully_in_favour: true}
  refused: {label: {da: Afslag, en: Refused}, fully_in_favour: false}
"""


@dataclass
class Records:
    """An upgraded database with its heads, and short ways to put things into it."""

    database: Database
    heads: Heads
    made: int = field(default=0)

    def cases(self, ids: list[str], case_type: str = "fines", **given: Any) -> Imported:
        with self.database.write() as connection:
            return put_cases(connection, case_type, arriving(ids, **given))

    def user(self, name: str = "anna", role: str = "caseworker", **given: Any) -> User:
        with self.database.write() as connection:
            return add_user(connection, name=name, full_name=name.title(), role=role, **given)

    def sign_in(self, user: User, **given: Any) -> SignedIn:
        with self.database.write() as connection:
            return begin_sign_in(connection, user, method="password", **given)

    def state(self, phase: str = "drafting", weight: str = "light", status: str = "live") -> None:
        with self.database.write() as connection:
            set_state(connection, "fines", weight=weight, status=status, phase=phase, actor="system")  # type: ignore[arg-type]

    def assess(self, ids: list[str], *, few: int = 500, **given: Any) -> int:
        self.made += 1
        rows = [assessed(case_id, self.database, self.made, **given) for case_id in ids]
        return store_assessments(self.database, pa.Table.from_pylist(rows), queue=True, few=few)

    def decide(self, case_id: str, sign_in: SignedIn, **given: Any) -> Decided:
        newest = self.one(
            "SELECT max(id) FROM assessment WHERE case_type = 'fines' AND case_id = :case_id", case_id=case_id
        )
        values = {"outcome": "granted", "reasons": "because", "assessment_id": newest, **given}
        if not self.one("SELECT count(*) FROM published_outcome"):
            self.publish_type()
        with self.database.write() as connection:
            return record_decision(connection, case_type="fines", case_id=case_id, sign_in_id=sign_in.id, **values)

    def report(self, case_id: str, sign_in: SignedIn, **given: Any) -> Assessed:
        values = {"result": "no_danger", "reasons": "the child is safe tonight", **given}
        with self.database.write() as connection:
            return record_professional_assessment(
                connection, case_type="fines", case_id=case_id, sign_in_id=sign_in.id, **values
            )

    def act(self, case_id: str, sign_in: SignedIn | None, kind: str, content: Any = None, **given: Any) -> CaseAct:
        sign_in_id = None if sign_in is None else sign_in.id
        values = {"kind": kind, "content": content or {}, **given}
        with self.database.write() as connection:
            return record_act(connection, case_type="fines", case_id=case_id, sign_in_id=sign_in_id, **values)

    def document(self, case_id: str, sign_in: SignedIn, **given: Any) -> Document:
        values = {
            "name": "lejekontrakt.pdf",
            "media_type": "application/pdf",
            "content": b"%PDF-1.7 \x00\xff lejer",
            "source": "borgeren",
            "citizen_has_seen": True,
            **given,
        }
        with self.database.write() as connection:
            return store_document(connection, case_type="fines", case_id=case_id, sign_in_id=sign_in.id, **values)

    def letter(self, case_id: str, **given: Any) -> StoredLetter:
        values = {
            "kind": "receipt",
            "decision_id": None,
            "language": "da",
            "channel": "folder",
            "dated": str(parse(self.database.now).astimezone(DANISH_TIME).date()),
            "document": '{"title":"Vi har fået din ansøgning"}',
            "files": [
                LetterFile("da", "txt", "Vi har fået din ansøgning".encode()),
                LetterFile("da", "pdf", b"%PDF-1.7 \x00\xff da"),
                LetterFile("en", "pdf", b"%PDF-1.7 \x00\xff en"),
            ],
            "actor": "system",
            **given,
        }
        with self.database.write() as connection:
            return store_letter(connection, case_type="fines", case_id=case_id, **values)

    def citizens(self, *citizens: Citizen) -> int:
        with self.database.write() as connection:
            return put_citizens(connection, citizens)

    def publish(self, content: str, name: str = "routing") -> None:
        with self.database.write() as connection:
            publish(connection, "rules", name, content)

    def publish_type(self, content: str = FINES) -> None:
        """A case type in force, which nobody is decided without; the text in force is not published again."""
        with self.database.write() as connection:
            publish(connection, "case_type", "fines", content)

    def all(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        with self.database.read() as connection:
            return [tuple(row) for row in connection.execute(sa.text(query), values)]

    def one(self, query: str, **values: Any) -> Any:
        return self.all(query, **values)[0][0]

    def run(self, statement: str, **values: Any) -> None:
        """A statement as anybody with a connection could send it."""
        with self.database.write() as connection:
            connection.execute(sa.text(statement), values)


def arriving(ids: list[str], **given: Any) -> Arriving:
    """Cases a minute apart, each with two events and an amount."""
    n = len(ids)
    received = np.datetime64("2026-01-01T08:00", "us") + np.arange(n) * np.timedelta64(1, "m")
    values: dict[str, Any] = {
        "case_ids": ids,
        "received_at": received,
        "case_of_event": np.repeat(np.arange(n), 2),
        "event_times": np.repeat(received, 2) + np.tile([0, 3600], n).astype("timedelta64[s]"),
        "activities": ["Register", "Examine"] * n,
        "resources": ["bo", None] * n,
        "facts": [f'{{"amount":{row}}}' for row in range(n)],
    }
    return Arriving(**{**values, **given})


def assessed(case_id: str, database: Database, number: int, **given: Any) -> dict[str, Any]:
    """One assessment, a draft unless told otherwise."""
    values = {
        "case_type": "fines",
        "case_id": case_id,
        "made_at": stamp(database.clock() + timedelta(microseconds=number)),
        "model_version": "1",
        "rules_version": 1,
        "case_type_version": 1,
        "facts_version": 1,
        "weight": "light",
        "raw_score": -1.25,
        "complexity": 0.1,
        "base_value": -2.0,
        "inputs": np.array([1.0, np.nan]).tobytes(),
        "contributions": np.array([0.5, 0.25]).tobytes(),
        "novel": False,
        "route": "draft",
        "team": "intake",
        "gates_closed": "[]",
        "drawn": False,
    }
    return {**values, **given}


def heads_in(folder: Path) -> Heads:
    """The signed heads that lie in a folder, and the keys beside them."""
    return open_heads(folder / "audit-heads", folder / "keys")


@pytest.fixture
def heads(tmp_path: Path) -> Heads:
    return heads_in(tmp_path)


@pytest.fixture(scope="session")
def upgraded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An upgraded SQLite database to copy, for migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("upgraded") / "stafet.db"
    database = open_database(path)
    upgrade(database)
    database.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture(scope="session")
def upgraded_template(postgresql_server: str) -> Iterator[str]:
    """An upgraded PostgreSQL database to copy, by name."""
    with fresh_database(postgresql_server) as url:
        database = open_database(url)
        upgrade(database)
        database.close()
        yield str(sa.make_url(url).database)


@pytest.fixture
def upgraded_postgresql(postgresql_server: str, upgraded_template: str) -> Iterator[str]:
    """The URL of a fresh upgraded PostgreSQL database."""
    with fresh_database(postgresql_server, upgraded_template) as url:
        yield url


@pytest.fixture
def sqlite_records(tmp_path: Path, upgraded_file: Path, heads: Heads) -> Iterator[Records]:
    """An upgraded SQLite database, for what only a file can suffer."""
    shutil.copy(upgraded_file, tmp_path / "stafet.db")
    database = open_database(tmp_path / "stafet.db", heads=heads)
    yield Records(database, heads)
    database.close()


@pytest.fixture
def postgresql_records(upgraded_postgresql: str, heads: Heads) -> Iterator[Records]:
    """An upgraded PostgreSQL database."""
    database = open_database(upgraded_postgresql, heads=heads, busy_seconds=20)
    yield Records(database, heads)
    database.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def records(request: pytest.FixtureRequest) -> Records:
    """An upgraded database of each kind."""
    found: Records = request.getfixturevalue(f"{request.param}_records")
    return found


@pytest.fixture
def make_arriving() -> Callable[..., Arriving]:
    return arriving


@pytest.fixture
def make_assessment() -> Callable[..., dict[str, Any]]:
    return assessed


def fill(records: Records) -> None:
    """Put something into every sealed table."""
    records.publish("default: {to: caseworker, team: intake}")
    records.state()
    records.cases(["A1", "A2", "A3"], consents={"amount": np.array([1, 0, -1], dtype=np.int8)})
    records.assess(["A1", "A2", "A3"])
    signed_in = records.sign_in(records.user(phone="87 12 34 56"))
    decided = records.decide(
        "A1", signed_in, assessment_id=1, draft_use="approved", checks={"amount": "agrees", "note": "differs"}
    )
    records.letter("A1", kind="decision", decision_id=decided.id)
    records.act("A2", signed_in, "note", {"text": "Ringede: bor hos sin søster", "sort": "oral"})
    records.document("A2", signed_in)
    records.report("A3", signed_in)


FILLED = ("audit-heads", "keys")
"""What lies beside a database: the signed heads of its trail, and the keys."""


@pytest.fixture(scope="session")
def filled_folder(tmp_path_factory: pytest.TempPathFactory, upgraded_file: Path) -> Path:
    """A SQLite database with something in every sealed table, and what lies beside it; to copy."""
    folder = tmp_path_factory.mktemp("filled")
    shutil.copy(upgraded_file, folder / "stafet.db")
    filled(open_database(folder / "stafet.db", heads=heads_in(folder)))
    with closing(sqlite3.connect(folder / "stafet.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder


@pytest.fixture(scope="session")
def filled_template(
    tmp_path_factory: pytest.TempPathFactory, postgresql_server: str, upgraded_template: str
) -> Iterator[tuple[str, Path]]:
    """The same in PostgreSQL: the name of a database to copy, and the folder of what lies beside it."""
    folder = tmp_path_factory.mktemp("filled-postgresql")
    with fresh_database(postgresql_server, upgraded_template) as url:
        filled(open_database(url, heads=heads_in(folder)))
        yield str(sa.make_url(url).database), folder


def filled(database: Database) -> None:
    """Fill a database that is closed after."""
    assert database.heads is not None
    fill(Records(database, database.heads))
    database.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def full(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Records]:
    """Records with something in every sealed table, in a database of each kind."""
    with ExitStack() as until_done:
        if request.param == "sqlite":
            folder: Path = request.getfixturevalue("filled_folder")
            url = str(shutil.copy(folder / "stafet.db", tmp_path / "stafet.db"))
        else:
            name, folder = request.getfixturevalue("filled_template")
            server = request.getfixturevalue("postgresql_server")
            url = until_done.enter_context(fresh_database(server, name))
        for part in FILLED:
            shutil.copytree(folder / part, tmp_path / part)
        database = open_database(url, heads=heads_in(tmp_path), busy_seconds=20)
        until_done.callback(database.close)
        yield Records(database, heads_in(tmp_path), made=1)

"""A site with real cases of an invented log, live in shadow, and browsers without scripts to visit it."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from fastapi.testclient import TestClient
from httpx import Response
from ruamel.yaml import YAML

from config.settings import Settings
from models.assessments import IS_NEWEST
from models.clock import Clock, system_clock
from models.people import add_user
from models.publication import publish
from routing.in_force import RULES
from routing.publishing import Opened, open_workspace
from tests.conftest import cheap_passwords
from ui.web.app import create_app

PASSWORD = "correct horse battery"
PEOPLE = {
    "mette": ("caseworker", "intake", "Mette Kjærgaard"),
    "linda": ("caseworker", "intake", "Linda Friis"),
    "tom": ("team_lead", "intake", "Tom Ravn"),
    "other": ("caseworker", "senior", "Olga Ther"),
    "birgit": ("steward", None, "Birgit Lassen"),
    "anders": ("auditor", None, "Anders And"),
    "ulla": ("caseworker", None, "Ulla Uden"),
}
ROUTING = """
guarantee: {max_complex_share: 0.3, confidence: 0.8}
teams: {intake: {per_week: 400}, senior: {}}
routes:
  - {name: Great amounts, when: {amount: {at_least: 14000}}, to: caseworker, team: senior, contact_within: 2d}
  - {name: Simple online cases, when: {channel: {equals: online}}, to: draft}
default: {to: caseworker, team: intake}
first_view: {when: {complexity: {at_least: 0.6}}, share: 0.2}
"""


def as_a_steward_would(file: Path) -> None:
    """Fill in what a case type must say before it goes live."""
    yaml = YAML()
    written = yaml.load(file)
    written["name"] = {"da": "Tilskud", "en": "Subsidy"}
    written["legal_basis"] = written["model_basis"] = "Tilskudsloven § 4"
    for name, one in written["fields"].items():
        one["source"], one["basis"] = "application", "Retssikkerhedsloven § 11 a"
        one["meaning"] = {"da": f"Hvad {name} er", "en": f"What {name} is"}
    written["deadlines"] = {"decide_within_days": 28}
    written["retention"] = {"years": 5, "basis": "Arkivloven"}
    written["appeal"] = {"body": "Ankestyrelsen", "weeks": 4}
    yaml.dump(written, file)


def open_cases(closed_log: Path, path: Path) -> Path:
    """Eighty cases under new names of which only the first event has happened, within the last three weeks."""
    log = pd.read_csv(closed_log, dtype=str, keep_default_na=False).groupby("case_id", sort=False).head(1).tail(80)
    at = pd.Timestamp.now("UTC").floor("s") - pd.to_timedelta(np.linspace(20, 1, len(log)), unit="D")
    log["timestamp"] = pd.Series(at).dt.strftime("%Y-%m-%dT%H:%M:%SZ").to_numpy()
    log["case_id"] = [f"2026-{4200 + number:05d}" for number in range(len(log))]
    log.loc[log.index[3], "area"] = ""
    log.to_csv(path, index=False)
    return path


@pytest.fixture(scope="session")
def run_commands() -> Callable[..., None]:
    """Run commands on a workspace, one after another; whoever is asked for a password gives the right one."""
    from ui.cli import run

    def run_all(workspace: Path, *commands: list[str]) -> None:
        with pytest.MonkeyPatch.context() as monkeypatch:
            monkeypatch.setattr("ui.passwords.ask", lambda _: PASSWORD)
            for command in commands:
                assert run(["--workspace", str(workspace), *command]) == 0, command

    return run_all


@pytest.fixture(scope="session")
def staffed_workspace(
    trained_workspace: Path,
    closed_log: Path,
    run_commands: Callable[..., None],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A live workspace with people and open cases that nothing has assessed yet; copy it, do not change it."""
    folder = tmp_path_factory.mktemp("staffed")
    workspace = Path(shutil.copytree(trained_workspace, folder / "workspace"))
    as_a_steward_would(workspace / "case_types" / "subsidy.yaml")
    own = (workspace / "municipality.yaml").read_text(encoding="utf-8").replace("example: true\n", "")
    (workspace / "municipality.yaml").write_text(own, encoding="utf-8")
    (workspace / "keys" / "draw.key").write_text(bytes(range(32)).hex(), encoding="ascii")
    opened = open_workspace(workspace)
    with opened.database.write() as connection, cheap_passwords():
        publish(connection, "rules", RULES, ROUTING)
        for name, (role, team, full_name) in PEOPLE.items():
            add_user(connection, name=name, full_name=full_name, role=role, team=team, password=PASSWORD)
    opened.database.close()
    run_commands(
        workspace,
        ["live", "subsidy", "--by", "birgit"],
        ["import", "subsidy", str(open_cases(closed_log, folder / "open.csv"))],
    )
    return workspace


@pytest.fixture(scope="session")
def live_workspace(
    staffed_workspace: Path, run_commands: Callable[..., None], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The same with its cases assessed; copy it, do not change it."""
    workspace = Path(shutil.copytree(staffed_workspace, tmp_path_factory.mktemp("live") / "workspace"))
    run_commands(workspace, ["assess", "subsidy"])
    return workspace


@contextmanager
def unguarded(workspace: Path, table: str) -> Iterator[sqlite3.Connection]:
    """A workspace's database in which one table's rows can be changed past its guards, until the block ends."""
    with sqlite3.connect(workspace / "stafet.db") as connection:
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
        guards = connection.execute(query, [table]).fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, text in guards:
            connection.execute(text)


@dataclass
class Browser:
    """Somebody's browser: it sends forms as a page would, with the page's own token."""

    client: TestClient
    page: str = ""
    asked: list[str] = field(default_factory=list)

    def get(self, address: str, **headers: str) -> Response:
        return self._kept(self.client.get(address, headers=headers))

    def post(self, address: str, csrf: str | None = None, **fields: str) -> Response:
        token = re.search(r'name="csrf" value="([^"]*)"', self.page)
        sent = {"csrf": csrf if csrf is not None else token[1] if token else "", **fields}
        return self._kept(self.client.post(address, data=sent))

    def sign_in(self, name: str, password: str = PASSWORD) -> Response:
        return self.post("/sign-in", name=name, password=password, next="/", csrf="unused")

    def view(self, address: str, **changes: str) -> Response:
        """Open a case in order to decide it: where the person's own view is asked first, it is given."""
        opened = self.get(address)
        if f'action="{address}/first-view"' not in self.page:
            return opened
        hidden = dict(re.findall(r'type="hidden" name="(seen|assessment)" value="([^"]*)"', self.page))
        given = {"leans": "refused", "effort": "usual", "weighs": "The amount.", **changes}
        return self.post(f"{address}/first-view", **{**hidden, **given})

    def search(self, text: str) -> Response:
        if "/cases/search" not in self.page:
            self.get("/cases")
        return self.post("/cases/search", search=text)

    @property
    def due(self) -> str:
        """What the case's page says of its deadline."""
        said = re.search(r"<dt>Deadline</dt>.*?</dd>", self.page)[0]
        return " ".join(re.sub(r"<[^>]+>", " ", said).split())

    def _kept(self, response: Response) -> Response:
        self.page = response.text
        self.asked.append(str(response.url))
        return response

    @property
    def words(self) -> str:
        """The page as it is read: without tags, on one line."""
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.page)).split())


@dataclass
class Visited:
    """A running site and its workspace."""

    opened: Opened
    app: object
    language: str = "en"

    def browser(self, name: str | None = None) -> Browser:
        client = TestClient(
            self.app,
            base_url="http://localhost",
            headers={"origin": "http://localhost"},
            cookies={"stafet_language": self.language},
            raise_server_exceptions=False,
        )
        browser = Browser(client)
        if name is not None:
            assert browser.sign_in(name).status_code == 200
        return browser

    def one(self, query: str, *values: object) -> tuple:
        """The first row of a query on the workspace's database."""
        with sqlite3.connect(self.opened.workspace.database_file) as connection:
            return connection.execute(query, values).fetchone()

    def address(self, where: str, act: str = "") -> str:
        """The address of the first open case for which something holds."""
        query = (
            f"SELECT c.case_id FROM case_file c JOIN assessment a ON {IS_NEWEST}"
            f" WHERE c.status = 'open' AND {where} ORDER BY c.case_id"
        )
        return f"/cases/subsidy/{self.one(query)[0]}" + (f"/{act}" if act else "")


@pytest.fixture
def workspace(live_workspace: Path, tmp_path: Path) -> Path:
    """A live workspace of this test's own."""
    return Path(shutil.copytree(live_workspace, tmp_path / "workspace"))


@pytest.fixture
def visit(workspace: Path) -> Iterator[Callable[..., Visited]]:
    """Open a site: visit(), with other settings: visit(session_hours=1), or with a clock of one's own."""
    opened = []

    def begin(
        *, language: str = "en", host: str = "127.0.0.1", clock: Clock = system_clock, **settings: object
    ) -> Visited:
        opened.append(open_workspace(workspace, clock=clock))
        app = create_app(opened[-1], Settings(workspace=workspace, **settings), host=host)
        return Visited(opened[-1], app, language)

    yield begin
    for one in opened:
        one.database.close()


@pytest.fixture
def site(visit: Callable[..., Visited]) -> Visited:
    """A site as it comes."""
    return visit()


SEEN = "a.drawn = 0 AND c.team = 'intake' AND a.complexity < 0.6"
"""Cases of which the rules do not ask a view first; a fifth of them is asked all the same."""


@pytest.fixture
def seen_case(site: Visited) -> str:
    """The address of a case of which every fact is known and whose page shows the machine's view."""
    from routing.draws import FIRST_VIEW, drawn_numbers

    ids = [f"2026-{number:05d}" for number in range(4200, 4280)]
    numbers = drawn_numbers(site.opened.draw_key, FIRST_VIEW, "subsidy", ids)
    shown = ", ".join(f"'{one}'" for one, number in zip(ids, numbers, strict=True) if number >= 0.2)
    known = "EXISTS (SELECT 1 FROM case_facts f WHERE f.case_id = c.case_id AND f.facts LIKE '%area%')"
    return site.address(f"{SEEN} AND {known} AND c.case_id IN ({shown})")

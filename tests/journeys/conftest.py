"""A real server on real receipt cases, and browsers that fail on whatever a strict page must never do."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright
from ruamel.yaml import YAML

from models.case_type_states import set_state
from routing.publishing import open_workspace
from routing.weekly_share import ShareSet, monday_of, record_share

PASSWORD = "correct horse battery"
REPOSITORY = Path(__file__).parent.parent.parent
AXE = REPOSITORY / "node_modules" / "axe-core" / "axe.min.js"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WATCH = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI}`);
});
"""
FOCUS = """() => {
  const at = document.activeElement;
  const seen = at.type === "radio" ? getComputedStyle(at.nextElementSibling, "::before") : getComputedStyle(at);
  return seen.outlineStyle + " " + seen.outlineWidth;
}"""
WORDS = {
    "org_group": ("Modtagende enhed", "Receiving unit"),
    "channel": ("Kanal", "Channel"),
    "department": ("Afdeling", "Department"),
    "group": ("Gruppe", "Group"),
    "startdate": ("Ansøgt den", "Applied on"),
    "deadline": ("Lovens frist", "Statutory deadline"),
    "enddate_planned": ("Ventet afsluttet", "Planned end"),
}


@dataclass(frozen=True)
class Town:
    """A workspace, worked on by the command line that is installed."""

    workspace: Path

    def stafet(self, *arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run the console script, which must succeed."""
        ran = self.try_stafet(*arguments, stdin=stdin)
        assert ran.returncode == 0, ran.stderr
        return ran

    def try_stafet(self, *arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run the console script."""
        command = [Path(sys.executable).parent / "stafet", "--workspace", self.workspace, *arguments]
        return subprocess.run(command, input=stdin, capture_output=True, text=True, check=False)

    def add_user(self, name: str, role: str, full_name: str, team: str | None = None) -> None:
        """Add a person with the password of these tests."""
        team_option = ["--team", team] if team else []
        self.stafet(
            "user", "add", name, "--role", role, "--full-name", full_name, *team_option, stdin=f"{PASSWORD}\n"
        )


def fill_in(file: Path, criteria: list[dict[str, Any]] | None = None) -> None:
    """What a steward writes into the file before the case type can go live."""
    yaml = YAML()
    written = yaml.load(file)
    written["name"] = {"da": "Byggetilladelse", "en": "Building permit"}
    written["legal_basis"], written["model_basis"] = "Byggeloven § 16", "Byggeloven § 16 a"
    for name, one in written["fields"].items():
        da, en = WORDS[name]
        one["label"], one["meaning"] = {"da": da, "en": en}, {"da": f"{da} i sagen", "en": f"{en} of the case"}
        one["source"], one["basis"] = "application", "Forvaltningsloven § 32"
    written["deadlines"] = {"decide_within_days": 28}
    written["retention"] = {"years": 5, "basis": "Arkivloven"}
    written["appeal"] = {"body": "Byggeklageenheden", "weeks": 4}
    if criteria is not None:
        written["criteria"] = criteria
    yaml.dump(written, file)


def write_open_cases(log: Path, path: Path) -> Path:
    """The log's last sixty cases as if just received: first events alone, new numbers, times moved to now."""
    events = pd.read_csv(log, dtype=str, keep_default_na=False)
    first = events.groupby("case_id", sort=False).head(1).copy()
    at = pd.to_datetime(first["timestamp"], utc=True, format="ISO8601")
    first = first.loc[at.sort_values().index[-60:]]
    moved_by = pd.Timestamp.now("UTC") - at.max() - pd.Timedelta(hours=3)
    for name in ("timestamp", "case:startdate", "case:deadline", "case:enddate_planned"):
        times = pd.to_datetime(first[name].replace("", None), utc=True, format="ISO8601") + moved_by
        first[name] = times.dt.strftime("%Y-%m-%dT%H:%M:%SZ").fillna("")
    first["case:enddate"] = ""
    first["case_id"] = [f"2026-{4200 + number:05d}" for number in range(len(first))]
    first.to_csv(path, index=False)
    return path


def fix_the_draw(workspace: Path) -> None:
    """A draw key that is the same in every run, so that the same cases are blind."""
    (workspace / "keys").mkdir(parents=True)
    (workspace / "keys" / "draw.key").write_text(bytes(range(32)).hex() + "\n", encoding="ascii")


@pytest.fixture(scope="session")
def town(logs_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Town:
    """Receipt cases from the log to the queue, by the commands that people use."""
    folder = tmp_path_factory.mktemp("town")
    town = Town(folder / "workspace")
    fix_the_draw(town.workspace)
    town.stafet("onboard", logs_dir / "receipt.csv.gz", "--as", "receipt")
    file = town.workspace / "case_types" / "receipt.yaml"
    assert town.try_stafet("live", "receipt", "--by", "birgit", stdin=f"{PASSWORD}\n").returncode != 0
    fill_in(file)
    town.add_user("mette", "caseworker", "Mette Kjærgaard", "intake")
    town.add_user("linda", "caseworker", "Linda Friis", "intake")
    town.add_user("birgit", "steward", "Birgit Lassen")
    told = json.loads(town.stafet("check", "receipt", "--json").stdout)
    assert told["case_types"][0]["may_go_live"]
    town.stafet("train", "receipt")
    town.stafet("live", "receipt", "--by", "birgit", stdin=f"{PASSWORD}\n")
    town.stafet("import", "receipt", write_open_cases(logs_dir / "receipt.csv.gz", folder / "open.csv"))
    assert json.loads(town.stafet("assess", "receipt", "--json").stdout)["cases"] == 60
    return town


ROUTING = """
guarantee: {max_complex_share: 0.5, confidence: 0.6}
teams: {intake: {per_week: 400}}
routes: [{name: Objective, when: {criteria_decided: {is_true: true}}, to: draft}]
default: {to: caseworker, team: intake}
first_view: {share: 0.1}
blind_review: {share: 0.1}
"""
CRITERIA = [
    {
        "when": {"channel": {"equals": "Internet"}},
        "outcome": "granted",
        "because": {"da": "Ansøgningen kom digitalt.", "en": "The application came digitally."},
        "legal_basis": "Byggeloven § 16",
    }
]


def write_named_cases(log: Path, path: Path) -> Path:
    """The open cases with citizens; each states how it came."""
    cases = pd.read_csv(write_open_cases(log, path), dtype=str, keep_default_na=False)
    cases["case:citizen_ref"] = [f"citizen-{number}" for number in range(len(cases))]
    cases["case:citizen:name"] = [f"Freja Holm Nr{number}" for number in range(len(cases))]
    cases["case:citizen:cpr"] = [f"14059200{number:02d}" for number in range(len(cases))]
    cases["case:stated:channel"] = cases["case:channel"]
    cases.to_csv(path, index=False)
    return path


def write_reports(path: Path) -> Path:
    """Three reports about children that came two hours ago."""
    at = pd.Timestamp.now("UTC").floor("s") - pd.Timedelta(hours=2)
    names = ["case_id", "activity", "timestamp", "resource"]
    names += ["case:received_from", "case:concern", "case:child_age"]
    rest = ("Underretning modtaget", f"{at:%Y-%m-%dT%H:%M:%SZ}", "", "skole", "vold", 8)
    pd.DataFrame([(f"U-{number}", *rest) for number in (1, 2, 3)], columns=names).to_csv(path, index=False)
    return path


def let_it_draft(workspace: Path) -> None:
    """Move the case type on from its shadow, and make the municipality's file its own."""
    file = workspace / "municipality.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("example: true\n", ""), encoding="utf-8")
    opened = open_workspace(workspace)
    with opened.database.write() as connection:
        set_state(connection, "receipt", weight="light", status="live", phase="drafting", actor="system")
        record_share(connection, "receipt", ShareSet(monday_of(datetime.now(UTC)), 0.1, drafts_a_week=400.0))
    opened.database.close()


@pytest.fixture(scope="session")
def drafting_town(logs_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Town:
    """Receipt cases that the machine drafts, and reports about children."""
    folder = tmp_path_factory.mktemp("drafting")
    town = Town(folder / "workspace")
    fix_the_draw(town.workspace)
    (town.workspace / "routing.yaml").write_text(ROUTING, encoding="utf-8")
    town.stafet("onboard", logs_dir / "receipt.csv.gz", "--as", "receipt")
    file = town.workspace / "case_types" / "receipt.yaml"
    fill_in(file, criteria=CRITERIA)
    town.add_user("mette", "caseworker", "Mette Kjærgaard", "intake")
    town.add_user("birgit", "steward", "Birgit Lassen")
    town.stafet("train", "receipt")
    town.stafet("import", "child_report", write_reports(folder / "reports.csv"))
    for name in ("receipt", "child_report"):
        town.stafet("live", name, "--by", "birgit", stdin=f"{PASSWORD}\n")
    let_it_draft(town.workspace)
    town.stafet("import", "receipt", write_named_cases(logs_dir / "receipt.csv.gz", folder / "open.csv"))
    town.stafet("assess", "receipt")
    town.stafet("assess", "child_report")
    return town


@pytest.fixture(scope="session")
def address(town: Town) -> Iterator[str]:
    """Where `stafet serve` serves the town."""
    yield from served(town)


@pytest.fixture(scope="session")
def drafting_address(drafting_town: Town) -> Iterator[str]:
    """Where `stafet serve` serves the town in which the machine drafts."""
    yield from served(drafting_town)


def served(town: Town) -> Iterator[str]:
    """Serve a town for as long as it is needed; gives the address."""
    command = [Path(sys.executable).parent / "stafet", "--workspace", town.workspace, "serve", "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    found = re.search(r"http://[\d.]+:\d+", server.stdout.readline())
    assert found is not None
    urllib.request.urlopen(f"{found[0]}/health", timeout=60).read()
    yield found[0]
    server.terminate()
    server.wait(timeout=30)


@pytest.fixture(scope="session")
def chromium(chromium_path: str) -> Iterator[Browser]:
    """One browser for all journeys, without a window and without a call home."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Watched:
    """A browser window that remembers what no page may do."""

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open one of the site's pages."""
        self.page.goto(self.address + path)

    def sign_in(self, name: str = "mette") -> None:
        """Sign in, from whatever page asks for it."""
        self.go("/sign-in")
        self.page.fill("#name", name)
        self.page.fill("#password", PASSWORD)
        self.follow("main button[type=submit]")

    def follow(self, selector: str) -> None:
        """Click on what leads to another page, and be there when it has come."""
        with self.page.expect_navigation():
            self.page.click(selector)

    def press_until(self, selector: str, key: str = "Tab") -> None:
        """Press a key until an element has the focus, which must be seen; at most eighty times."""
        for _ in range(80):
            self.page.keyboard.press(key)
            if self.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                assert self.page.evaluate(FOCUS) == "solid 3px"
                return
        pytest.fail(f"{selector} is not reached by {key}")

    def press(self, key: str) -> None:
        """Press a key that leads to another page, and be there when it has come."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def saw(self, message: ConsoleMessage) -> None:
        """An error in the console is a fault; a page that answers with 4xx logs one, and is looked at by tests."""
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            self.faults.append(message.text)

    def asked(self, request: Request) -> None:
        """A request to anywhere else is a fault."""
        if not request.url.startswith(self.address):
            self.faults.append(f"asked for {request.url}")

    def axe(self) -> list[str]:
        """Whatever axe-core finds on the page."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: Any = self.page.evaluate("async () => (await axe.run()).violations")
        return [f"{self.page.url} {one['id']}: {one['nodes'][0]['html']}" for one in found]


@pytest.fixture
def window(chromium: Browser, address: str) -> Iterator[Callable[..., Watched]]:
    """Open windows; at the end of a test none of them may have a fault."""
    yield from windows(chromium, address)


@pytest.fixture
def drafting_window(chromium: Browser, drafting_address: str) -> Iterator[Callable[..., Watched]]:
    """The same, onto the town in which the machine drafts."""
    yield from windows(chromium, drafting_address)


def windows(chromium: Browser, address: str) -> Iterator[Callable[..., Watched]]:
    """Open windows onto an address, and see at the end that none had a fault."""
    contexts: list[BrowserContext] = []
    opened: list[Watched] = []

    def begin(*, width: int = 1280, language: str = "da", scripts: bool = True) -> Watched:
        context = chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        context.add_cookies([{"name": "stafet_language", "value": language, "url": address}])
        context.add_init_script(WATCH)
        watched = Watched(context.new_page(), address)
        watched.page.on("console", watched.saw)
        watched.page.on("pageerror", lambda error: watched.faults.append(str(error)))
        context.on("request", watched.asked)
        contexts.append(context)
        opened.append(watched)
        return watched

    yield begin
    for context in contexts:
        context.close()
    assert [fault for watched in opened for fault in watched.faults] == []


@pytest.fixture
def axe_core() -> Path:
    """axe-core, which `make setup` takes from npm; on the build server it must be there."""
    if not AXE.is_file():
        if os.environ.get("CI") == "true":
            pytest.fail("no axe-core: run make setup with npm", pytrace=False)
        pytest.skip("left out: no axe-core: run make setup with npm")
    return AXE

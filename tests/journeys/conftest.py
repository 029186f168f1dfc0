"""A real server on real receipt cases, and browsers that fail on whatever a strict page must never do."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from tests.journeys.town import PASSWORD, Town, build_drafting_town, build_town, copy_of

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


@pytest.fixture(scope="session")
def town(logs_dir: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Town:
    """Receipt cases from the log to the queue."""
    return copy_of("shadow", build_town, logs_dir, tmp_path_factory, worker_id)


@pytest.fixture(scope="session")
def drafting_town(logs_dir: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Town:
    """Receipt cases that the machine drafts, and reports about children."""
    return copy_of("drafting", build_drafting_town, logs_dir, tmp_path_factory, worker_id)


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

    def give_view(self) -> None:
        """Store an own view of the case, where its page asks for one first."""
        if self.page.locator("#view form").count():
            self.page.click("label[for=leans-not-yet]")
            self.page.click("label[for=effort-usual]")
            self.follow(".bar .button-primary")

    def answer_hearing(self) -> None:
        """Say that nothing is held against the citizen that they do not know of."""
        self.page.click("label[for=hearing-nothing_held]")

    def search(self, text: str) -> None:
        """Look for cases from the queue's page."""
        self.go("/cases")
        self.page.fill("#search", text)
        self.follow("form[role=search] button")

    def press_until(self, selector: str, key: str = "Tab") -> None:
        """Press a key until an element has the focus, which must be seen; at most eighty times."""
        for _ in range(80):
            self.page.keyboard.press(key)
            if self.page.locator(selector).evaluate_all("(all) => all.includes(document.activeElement)"):
                assert self.page.evaluate(FOCUS) == "solid 3px"
                return
        pytest.fail(f"{selector} is not reached by {key}")

    def press(self, key: str) -> None:
        """Press a key that leads to another page, and be there when it has come."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def saw(self, message: ConsoleMessage) -> None:
        """An error in the console is a fault; a page that answers with 4xx logs one, and is looked at by tests."""
        where = message.location["url"]
        is_part = "/static/" in where or where.endswith(".ico")
        if message.type == "error" and (is_part or "the server responded with a status of 4" not in message.text):
            self.faults.append(f"{message.text} {where}")

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

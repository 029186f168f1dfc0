"""Takes the pictures of docs/images from a demo workspace: python tests/journeys/screenshots.py [WORKSPACE]"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).parent.parent.parent / "docs" / "images"
SIZE = {"width": 1280, "height": 1080}
USER, PASSWORD = "mette", "egeby-demo"
CHECKED = 2
"""So many facts of the draft are checked on its picture; the bar names the rest."""


@contextmanager
def served(workspace: Path) -> Iterator[str]:
    """Serve a workspace; gives the address."""
    command = [Path(sys.executable).parent / "stafet", "--workspace", workspace, "serve", "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        found = re.search(r"http://[\d.]+:\d+", server.stdout.readline())
        assert found is not None, "the workspace could not be served"
        yield found[0]
    finally:
        server.terminate()
        server.wait(timeout=30)


def take(page: Page, name: str) -> None:
    """One picture of what the window shows."""
    page.screenshot(path=PICTURES / f"{name}.png")


def open_first(page: Page, address: str, role: str, shows: str) -> None:
    """Open the first case with this role of the machine whose page shows something: best one's own, or free."""
    for name in ("mine", "free", "team"):
        for path in listed(page, f"{address}/cases?list={name}", role):
            page.goto(f"{address}{path}")
            if page.locator(shows).count():
                return
    raise LookupError(f"no case of the team has {role!r} and {shows!r}")


def listed(page: Page, first: str, role: str) -> Iterator[str]:
    """The paths of a list's cases with this role of the machine, page after page of the list."""
    following: str | None = first
    while following is not None:
        page.goto(following)
        links = page.locator(f".queue tbody tr:has-text('{role}') th a").all()
        after = page.locator(".foot a", has_text="Vis de næste sager")
        href = after.get_attribute("href") if after.count() else None
        following = None if href is None else urljoin(first, href)
        yield from [str(link.get_attribute("href")) for link in links]


def all_pictures(page: Page, address: str) -> None:
    """The day of a caseworker: the queue, the kinds of cases, what comes after a decision, and practice."""
    page.goto(f"{address}/sign-in")
    page.fill("#name", USER)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/cases")
    take(page, "queue")
    open_first(page, address, "Udkast klar", ".checks tbody tr:nth-child(3)")
    for label in page.locator(".checks label[for$=-agrees]").all()[:CHECKED]:
        label.click()
    page.evaluate("scrollTo(0, 0)")
    take(page, "draft")
    open_first(page, address, "Intet udkast", "#machine .mach")
    page.evaluate("document.querySelector('#why').scrollIntoView()")
    take(page, "complex")
    open_first(page, address, "Tung sag: bruges ikke", "#clock")
    take(page, "report")
    open_first(page, address, "Venter på din vurdering", "#view form")
    page.evaluate("document.querySelector('#view').scrollIntoView()")
    take(page, "own-view")
    open_first(page, address, "Intet udkast", "#missing:has-text('stemmer ikke')")
    page.goto(f"{page.url}/hear")
    take(page, "hearing")
    page.goto(f"{address}/cases?list=decided")
    decided = page.locator(".queue tbody th a").first.get_attribute("href")
    for name in ("decided", "talk-sheet"):
        page.goto(f"{address}{decided}/{name}")
        take(page, name)
    page.goto(f"{address}/practice")
    take(page, "practice")
    page.goto(f"{address}/me")
    take(page, "own-figures")


def main(workspace: Path) -> None:
    """Serve the workspace and take every picture, in Danish."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("STAFET_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with served(workspace) as address, sync_playwright() as playwright:
        arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        context = browser.new_context(viewport=SIZE)
        context.add_cookies([{"name": "stafet_language", "value": "da", "url": address}])
        all_pictures(context.new_page(), address)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "stafet-demo"))

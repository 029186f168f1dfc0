"""Everything that a visitor of the demo reads says that people, cases and amounts are invented."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pypdf import PdfReader
from starlette.routing import Mount

from config.settings import Settings
from routing.publishing import open_workspace
from ui.demo.accounts import PASSWORD
from ui.web.app import create_app

PAGES = {
    "da": "En demonstration: alle mennesker, sager og beløb er opdigtede.",
    "en": "A demonstration: all people, cases and amounts are invented.",
}
LETTERS = {"da": "Personer og sager er opdigtede", "en": "People and cases are made up"}
NO_PAGES = {"health", "icon", "static", "letter", "draft_letter", "team_csv", "signed_in"} | {
    "api_description", "api_session", "api_queue", "api_case",
}  # fmt: skip
FILLED = {"language": "da", "field": "channel", "number": "1", "month": "2026-09"}
"""What stands in an address beside the case."""
VISITORS = (None, "mette", "hanne", "ulla", "karen", "birgit", "viggo")
VISITS = [
    *(("da", user) for user in VISITORS),
    *(("en", user) for user in VISITORS[:2]),
    *(pytest.param("en", user, marks=pytest.mark.long) for user in VISITORS[2:]),
]
CASES = (
    "SELECT c.case_type, c.case_id FROM case_file c WHERE c.status = 'open' GROUP BY c.case_type UNION ALL"
    " SELECT d.case_type, d.case_id FROM decision d WHERE d.id IN (SELECT max(decision_id) FROM letter)"
)


@pytest.fixture(scope="module")
def app(small_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    """The pages of a copy, since signing in is put on record."""
    root = Path(shutil.copytree(small_demo, tmp_path_factory.mktemp("says") / "demo"))
    opened = open_workspace(root)
    yield create_app(opened, Settings(workspace=root))
    opened.database.close()


def rows(root: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(f"file:{root / 'stafet.db'}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()


def addresses(app, root: Path) -> set[str]:
    """Every page of the app, for an open case of each type, a decided one and one that is not there."""
    routes = []
    for route in app.routes:
        inner = getattr(route, "original_router", None)
        routes += list(inner.routes) if inner is not None else [route]
    pages = [
        one for one in routes if not isinstance(one, Mount) and "GET" in one.methods and one.name not in NO_PAGES
    ]
    cases = [*rows(root, CASES), ("daycare_subsidy", "nothing")]
    return {
        page.path.format(case_type=case_type, case_id=case_id, **FILLED)
        for page in pages
        for case_type, case_id in cases
    }


@pytest.mark.parametrize(("language", "user"), VISITS)
def test_every_page_of_every_visitor_says_so(app, small_demo, user, language):
    with TestClient(app, base_url="http://127.0.0.1") as browser:
        browser.get(f"/language/{language}")
        if user is not None:
            token = re.search(r'name="csrf" value="([^"]*)"', browser.get("/sign-in").text)
            browser.post(
                "/sign-in",
                data={"name": user, "password": PASSWORD, "next": "/", "csrf": token[1] if token else ""},
                headers={"origin": "http://127.0.0.1"},
            )
        seen = set()
        for address in sorted(addresses(app, small_demo)):
            if address.startswith("/language/"):
                continue
            page = browser.get(address)
            assert PAGES[language] in page.text, (address, page.status_code)
            seen.add(page.status_code)
        assert seen <= ({200, 401, 403} if user is None else {200, 403, 404, 409})


def test_every_letter_that_was_sent_says_so_in_all_languages_and_formats(small_demo):
    files = rows(small_demo, "SELECT language, format, content FROM letter_file")
    assert {(language, form) for language, form, _ in files} == {
        (a, b) for a in LETTERS for b in ("html", "txt", "pdf")
    }
    for language, form, content in files:
        if form == "pdf":
            text = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
        else:
            text = content.decode()
        assert LETTERS[language] in " ".join(text.replace("­", "").split()), (language, form)

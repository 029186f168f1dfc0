"""A heavy case names similar closed cases too: by its facts as they are known, without a model or a number."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from html import unescape
from typing import Any

import pandas as pd
import pytest
from ruamel.yaml import YAML

from models.publication import publish
from tests.ui.web.drafting.test_heavy_cases import ADDRESS

HIDDEN = "How they ended is hidden until you have stored what you find yourself."
CLOSED = [
    # received_from, concern, child_age, siblings: the first is U-0 itself, as it stands
    ("skole", "vold", 8, 1),
    ("skole", "vold", 17, 2),
    ("politi", "vold", 3, 1),
    ("anonym", "konflikt", 12, 3),
]


def history(path: Any) -> Any:
    """Closed reports, each with a second step of a week later."""
    rows = []
    for number, facts in enumerate(CLOSED):
        for day, activity in (("2026-10-01", "Received"), ("2026-10-08", "Assessed")):
            rows.append((f"OLD-{number}", activity, f"{day}T09:0{number}:00Z", f"r{number}", *facts))
    names = ["received_from", "concern", "child_age", "siblings"]
    columns = ["case_id", "activity", "timestamp", "resource", *(f"case:{name}" for name in names)]
    pd.DataFrame(rows, columns=columns).to_csv(path, index=False)
    return path


@pytest.fixture
def reports(drafting: Any, run_commands: Callable[..., None], tmp_path: Any) -> Any:
    """A site where four reports of last month are closed and lie with the team."""
    run_commands(
        drafting.opened.workspace.root,
        ["import", "child_report", str(history(tmp_path / "old.csv")), "--closed"],
    )
    with sqlite3.connect(drafting.opened.workspace.database_file) as connection:
        connection.execute("UPDATE case_file SET team = 'intake' WHERE case_id LIKE 'OLD-%'")
    return drafting


def assess(browser: Any, address: str, outcome: str) -> Any:
    browser.get(address)
    form = re.search(rf'action="{address}/assessment".*?</form>', browser.page, re.DOTALL)[0]
    hidden = dict(re.findall(r'type="hidden" name="(assessment)" value="([^"]*)"', form))
    return browser.post(f"{address}/assessment", **hidden, outcome=outcome, reasons="Spoke with the school.")


def part(browser: Any) -> str:
    found = re.search(r'<section id="similar">.*?</section>', browser.page, re.DOTALL)
    return "" if found is None else found[0]


def numbers(browser: Any) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/cases/child_report/([^"]+)"', part(browser))


def said(browser: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", part(browser))).split())


def test_reports_most_like_this_one_are_named_nearest_first_and_what_looks_protected_is_not_compared(reports):
    mette = reports.browser("mette")
    mette.get(ADDRESS)
    assert numbers(mette) == ["OLD-0", "OLD-1", "OLD-2"]
    assert "3 of 3 facts are alike, or nearly" in said(mette)
    assert "Every fact counts alike." in said(mette)
    assert "The report comes from: School" in said(mette)
    assert "The report comes from: Police, here School" in said(mette)
    assert "The child's age" not in "".join(re.findall(r"<tbody>.*?</tbody>", part(mette), re.DOTALL))
    assert "goes closely together with what is: The child's age." in said(mette)
    assert "7 days, 1 caseworker" in said(mette)
    for word in ("machine", "Of 100", "Extra work"):
        assert word not in part(mette), word


def test_how_they_ended_comes_with_ones_own_assessment(reports):
    mette, linda = reports.browser("mette"), reports.browser("linda")
    mette.get(ADDRESS)
    assert HIDDEN in said(mette)
    assert "Not decided in Stafet" not in mette.page
    other = "/cases/child_report/U-1"
    assess(linda, other, "screening")
    mette.get(ADDRESS)
    assert "Screening" not in part(mette)
    assess(mette, ADDRESS, "mapping")
    reports.app.state.site.closed.kept.clear()
    mette.get(ADDRESS)
    assert HIDDEN not in mette.words
    assert "U-1" in numbers(mette)
    assert "Screening by barnets lov § 18" in said(mette)
    assert "Not decided in Stafet" in said(mette)


def test_what_the_citizen_keeps_to_themselves_is_not_compared(reports):
    yaml, file = YAML(), reports.opened.workspace.root / "case_types" / "child_report.yaml"
    written = yaml.load(file)
    written["fields"]["concern"]["model_use"] = "with_consent"
    yaml.dump(written, file)
    with reports.opened.database.write() as connection:
        publish(connection, "case_type", "child_report", file.read_text(encoding="utf-8"))
    mette = reports.browser("mette")
    mette.get(ADDRESS)
    assert numbers(mette)
    assert "Concern" not in part(mette)


def test_another_team_s_reports_are_not_named(reports):
    with sqlite3.connect(reports.opened.workspace.database_file) as connection:
        connection.execute("UPDATE case_file SET team = 'senior' WHERE case_id LIKE 'OLD-%'")
    mette = reports.browser("mette")
    mette.get(ADDRESS)
    assert part(mette) == ""


def test_nothing_is_compared_until_a_page_shows_it(reports):
    mette, kept = reports.browser("mette"), reports.app.state.site.closed.kept
    for act in ("note", "hand-over", "park", "documents"):
        assert mette.get(f"{ADDRESS}/{act}").status_code == 200
    assert kept == {}
    mette.get(ADDRESS)
    assert len(kept) == 1
    kept.clear()
    assert assess(mette, ADDRESS, "mapping").url.path == f"{ADDRESS}/decided"
    assert len(kept) == 1, "read for the page with the form, and not when it was sent"
    kept.clear()
    mette.get(f"{ADDRESS}/decided")
    assert kept == {}

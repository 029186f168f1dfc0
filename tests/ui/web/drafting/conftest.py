"""The same site where the machine drafts, reports about children come in, and everybody has a name."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import sqlalchemy as sa
from ruamel.yaml import YAML

from models.case_type_states import set_state
from models.citizens import Citizen, put_citizens
from models.publication import publish
from routing.in_force import RULES
from routing.publishing import open_workspace
from routing.weekly_share import ShareSet, monday_of, record_share

ROUTING = """
guarantee: {max_complex_share: 0.3, confidence: 0.8}
teams: {intake: {per_week: 400}, senior: {}}
routes:
  - {name: Great amounts, when: {amount: {at_least: 14000}}, to: caseworker, team: senior, contact_within: 2d}
  - {name: Simple online cases, when: {channel: {equals: online}}, to: draft}
default: {to: caseworker, team: intake}
first_view: {when: {complexity: {at_least: 0.6}}, share: 0.2}
blind_review: {share: 0.3}
"""


def with_criteria(file: Path) -> None:
    """Let the case type's criteria decide by one amount, which a register gives and the application states."""
    yaml = YAML()
    written = yaml.load(file)
    written["fields"]["amount"] |= {"source": "eIndkomst", "unit": "DKK"}
    written["amounts"] = {"most": {"unit": "DKK", "example": True, "values": {date(2020, 1, 1): 9000}}}
    written["calculation"] = [
        {
            "name": "paid",
            "min": ["amount", "most"],
            "unit": "DKK",
            "label": {"da": "Tilskuddet", "en": "The grant"},
        }
    ]
    written["pays"] = "paid"
    law = {"legal_basis": "Tilskudsloven § 5"}
    written["criteria"] = [
        {"when": {"amount": {"at_most": "most"}}, "outcome": "granted",
         "because": {"da": "Beløbet er under grænsen.", "en": "The amount is below the limit."}, **law},
        {"when": {"amount": {"above": "most"}}, "outcome": "refused",
         "because": {"da": "Beløbet er over grænsen.", "en": "The amount is above the limit."}, **law},
    ]  # fmt: skip
    letter = {"title": {"da": "Du får tilskud", "en": "You get a grant"}}
    letter["result"] = {"da": "Du får {{ paid }}.", "en": "You get {{ paid }}."}
    written["outcomes"]["granted"]["letter"] = letter
    yaml.dump(written, file)


def named_cases(log: Path, path: Path) -> Path:
    """The open cases of a log with citizens, of whom one has markup for a name, and with what they stated."""
    cases = pd.read_csv(log, dtype=str, keep_default_na=False)
    cases["case:citizen_ref"] = [f"citizen-{number}" for number in range(len(cases))]
    cases["case:citizen:name"] = [f"<b>Nr</b>{number} & Søn" for number in range(len(cases))]
    cases["case:citizen:cpr"] = [f"14059200{number:02d}" for number in range(len(cases))]
    cases["case:stated:amount"] = cases["case:amount"]
    cases.loc[cases.index[::4], "case:stated:amount"] = "1"
    cases.to_csv(path, index=False)
    return path


def reports(path: Path) -> Path:
    """Two reports about children: one came three hours ago, one yesterday morning."""
    now = pd.Timestamp.now("UTC").floor("s")
    received = [f"{now - pd.Timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}" for hours in (3, 30)]
    rows = [(f"U-{number}", "Received", at, "", "skole", "vold", 8, 1, 0) for number, at in enumerate(received)]
    names = ["case_id", "activity", "timestamp", "resource"]
    names += [f"case:{name}" for name in ("received_from", "concern", "child_age", "siblings", "stated:siblings")]
    pd.DataFrame(rows, columns=names).to_csv(path, index=False)
    return path


@pytest.fixture(scope="session")
def drafting_workspace(
    staffed_workspace: Path, run_commands: Callable[..., None], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The same town where the machine drafts, with blind reviews, and where reports about children come in."""
    folder = tmp_path_factory.mktemp("drafting")
    workspace = Path(shutil.copytree(staffed_workspace, folder / "workspace"))
    case_type = workspace / "case_types" / "subsidy.yaml"
    with_criteria(case_type)
    opened = open_workspace(workspace, names=["child_report"])
    with opened.database.write() as connection:
        publish(connection, "case_type", "subsidy", case_type.read_text(encoding="utf-8"))
        publish(connection, "rules", RULES, ROUTING)
        state = {"weight": "light", "status": "live", "phase": "drafting"}
        set_state(connection, "subsidy", **state, actor="system", reason="for these tests")
        record_share(connection, "subsidy", ShareSet(monday_of(datetime.now(UTC)), 0.3, drafts_a_week=70.0))
    opened.database.close()
    run_commands(
        workspace,
        ["import", "subsidy", str(named_cases(staffed_workspace.parent / "open.csv", folder / "named.csv"))],
        ["import", "child_report", str(reports(folder / "reports.csv"))],
        ["live", "child_report", "--by", "birgit"],
        ["assess", "subsidy"],
        ["assess", "child_report"],
    )
    return workspace


@pytest.fixture
def workspace(drafting_workspace: Path, tmp_path: Path) -> Path:
    """A workspace of this test's own in which the machine drafts."""
    return Path(shutil.copytree(drafting_workspace, tmp_path / "workspace"))


@pytest.fixture
def drafting(visit: Callable[..., Any]) -> Any:
    """The site as it comes."""
    return visit()


@pytest.fixture
def protected_case(drafting: Any) -> str:
    """The address of a case of a citizen whose address is protected."""
    found = str(drafting.address("c.team = 'intake' AND c.case_type = 'subsidy'"))
    hidden = Citizen("hidden-1", "Freja Holm", "1405920000", "Skjulevej 7", "9998 Egeby", protected_address=True)
    with drafting.opened.database.write() as connection:
        put_citizens(connection, [hidden])
        case = {"case": found.rpartition("/")[2]}
        connection.execute(sa.text("UPDATE case_file SET citizen_ref = 'hidden-1' WHERE case_id = :case"), case)
    return found


def send(browser: Any, address: str, **fields: str) -> Any:
    """Open an act's page and send its form, with what the page has put into hidden fields."""
    assert browser.get(address).status_code == 200
    found = re.findall(r'type="hidden" name="(seen|about)" value="([^"]*)"', browser.page)
    return browser.post(address.partition("?")[0], **{**dict(found), **fields})

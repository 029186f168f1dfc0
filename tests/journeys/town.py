"""Two towns that journeys visit, built by the commands that people use, once for all workers of a test run."""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from ruamel.yaml import YAML

from models.case_type_states import set_state
from models.people import add_user
from routing.publishing import open_workspace
from routing.weekly_share import ShareSet, monday_of, record_share
from tests.conftest import cheap_passwords

PASSWORD = "correct horse battery"
WORDS = {
    "org_group": ("Modtagende enhed", "Receiving unit"),
    "channel": ("Kanal", "Channel"),
    "department": ("Afdeling", "Department"),
    "group": ("Gruppe", "Group"),
    "startdate": ("Ansøgt den", "Applied on"),
    "deadline": ("Lovens frist", "Statutory deadline"),
    "enddate_planned": ("Ventet afsluttet", "Planned end"),
}

HELD = "department"
"""The one fact that does not come with the application; what some applications say of it is another thing."""
REGISTER = {"da": "Byggeregistret", "en": "The building register"}
CONTRADICTED = 4
"""So many of the newest cases; none of them came digitally, so the machine drafts none."""


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

    def add_people(self, *people: tuple[str, str, str, str | None]) -> None:
        """Add people by name, role, full name and team, with the password of these tests."""
        opened = open_workspace(self.workspace)
        with opened.database.write() as connection, cheap_passwords():
            for name, role, full_name, team in people:
                add_user(connection, name=name, role=role, full_name=full_name, team=team, password=PASSWORD)
        opened.database.close()


def fill_in(file: Path, criteria: list[dict[str, Any]] | None = None) -> None:
    """What a steward writes into the file before the case type can go live."""
    yaml = YAML()
    written = yaml.load(file)
    written["name"] = {"da": "Byggetilladelse", "en": "Building permit"}
    written["legal_basis"], written["model_basis"] = "Byggeloven § 16", "Byggeloven § 16 a"
    for name, one in written["fields"].items():
        da, en = WORDS[name]
        one["label"], one["meaning"] = {"da": da, "en": en}, {"da": f"{da} i sagen", "en": f"{en} of the case"}
        source = REGISTER if name == HELD else "application"
        one["source"], one["basis"] = source, "Forvaltningsloven § 32"
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


def copy_of(
    name: str,
    build: Callable[[Path, Path], None],
    logs_dir: Path,
    tmp_path_factory: pytest.TempPathFactory,
    worker: str,
) -> Town:
    """This worker's own copy of a town; the first worker to ask has it built, from the logs into a folder."""
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker == "master" else base.parent) / f"{name}-town"
    with Path(f"{shared}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not shared.exists():
            begun = Path(f"{shared}.begun")
            begun.mkdir()
            build(begun, logs_dir)
            begun.rename(shared)
    own = tmp_path_factory.mktemp(name) / "workspace"
    return Town(Path(shutil.copytree(shared / "workspace", own)))


def build_town(folder: Path, logs_dir: Path) -> None:
    """Receipt cases from the log to the queue."""
    town = Town(folder / "workspace")
    fix_the_draw(town.workspace)
    town.stafet("onboard", logs_dir / "receipt.csv.gz", "--as", "receipt")
    file = town.workspace / "case_types" / "receipt.yaml"
    assert town.try_stafet("live", "receipt", "--by", "birgit", stdin=f"{PASSWORD}\n").returncode != 0
    fill_in(file)
    town.add_people(
        ("mette", "caseworker", "Mette Kjærgaard", "intake"),
        ("linda", "caseworker", "Linda Friis", "intake"),
        ("birgit", "steward", "Birgit Lassen", None),
    )
    told = json.loads(town.stafet("check", "receipt", "--json").stdout)
    assert told["case_types"][0]["may_go_live"]
    town.stafet("train", "receipt")
    town.stafet("live", "receipt", "--by", "birgit", stdin=f"{PASSWORD}\n")
    town.stafet("import", "receipt", write_open_cases(logs_dir / "receipt.csv.gz", folder / "open.csv"))
    assert json.loads(town.stafet("assess", "receipt", "--json").stdout)["cases"] == 60


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
    cases.loc[cases.index[-CONTRADICTED:], "case:channel"] = "Desk"
    cases["case:stated:channel"] = cases["case:channel"]
    cases[f"case:stated:{HELD}"] = cases[f"case:{HELD}"]
    cases.loc[cases.index[-CONTRADICTED:], f"case:stated:{HELD}"] = "Experts"
    cases.to_csv(path, index=False)
    return path


def write_reports(path: Path) -> Path:
    """Four reports about children that came two hours ago."""
    at = pd.Timestamp.now("UTC").floor("s") - pd.Timedelta(hours=2)
    names = ["case_id", "activity", "timestamp", "resource"]
    names += ["case:received_from", "case:concern", "case:child_age"]
    rest = ("Underretning modtaget", f"{at:%Y-%m-%dT%H:%M:%SZ}", "", "skole", "vold", 8)
    pd.DataFrame([(f"U-{number}", *rest) for number in (1, 2, 3, 4)], columns=names).to_csv(path, index=False)
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


def build_drafting_town(folder: Path, logs_dir: Path) -> None:
    """Receipt cases that the machine drafts, and reports about children."""
    town = Town(folder / "workspace")
    fix_the_draw(town.workspace)
    (town.workspace / "routing.yaml").write_text(ROUTING, encoding="utf-8")
    town.stafet("onboard", logs_dir / "receipt.csv.gz", "--as", "receipt")
    file = town.workspace / "case_types" / "receipt.yaml"
    fill_in(file, criteria=CRITERIA)
    town.add_people(
        ("mette", "caseworker", "Mette Kjærgaard", "intake"),
        ("karen", "team_lead", "Karen Toft", "intake"),
        ("birgit", "steward", "Birgit Lassen", None),
    )
    town.stafet("train", "receipt")
    town.stafet("import", "child_report", write_reports(folder / "reports.csv"))
    for name in ("receipt", "child_report"):
        town.stafet("live", name, "--by", "birgit", stdin=f"{PASSWORD}\n")
    let_it_draft(town.workspace)
    town.stafet("import", "receipt", write_named_cases(logs_dir / "receipt.csv.gz", folder / "open.csv"))
    town.stafet("assess", "receipt")
    town.stafet("assess", "child_report")

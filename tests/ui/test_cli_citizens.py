"""A file that says who the citizens are and what they stated, through the real command line."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

CPR = "311299-6120"
ABOUT = "case:citizen_ref,case:citizen:name,case:citizen:cpr,case:citizen:protected_address"
HEADER = f"case_id,activity,timestamp,resource,case:amount,case:channel,case:stated:amount,{ABOUT}"
GOOD = [
    f"N-1,Register,2026-01-05T08:00:00Z,anna,4000,online,3500,B-1,Ida Møller,{CPR},yes",
    f"N-1,Examine,2026-01-06T08:00:00Z,bo,4000,online,3500,B-1,Ida Møller,{CPR},yes",
    "N-2,Register,2026-01-07T08:00:00Z,anna,900,desk,,B-2,Bo Holm,,no",
]


@pytest.fixture
def workspace(trained_workspace: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(trained_workspace, tmp_path / "workspace"))


@pytest.fixture
def file_of(tmp_path: Path):
    def write(*rows: str, header: str = HEADER) -> Path:
        path = tmp_path / "open.csv"
        path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
        return path

    return write


def asked(workspace: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(workspace / "stafet.db")) as connection:
        return connection.execute(query).fetchall()


def test_citizens_and_statements_are_stored_once_and_the_trail_is_whole(stafet, workspace, file_of):
    path = file_of(*GOOD)
    first = stafet("import", "subsidy", path, "--json")
    assert first.code == 0, first.err
    assert (first.json["cases_new"], first.json["citizens"]) == (2, 2)
    again = stafet("import", "subsidy", path, "--json").json
    assert (again["cases_new"], again["cases_changed"], again["citizens"], again["cases_handed"]) == (0, 0, 0, 0)
    assert asked(workspace, "SELECT ref, name, cpr, protected_address FROM citizen ORDER BY ref") == [
        ("B-1", "Ida Møller", CPR, 1),
        ("B-2", "Bo Holm", None, 0),
    ]
    stated = "SELECT case_id, stated FROM case_facts WHERE case_id LIKE 'N-%' ORDER BY case_id"
    assert asked(workspace, stated) == [("N-1", '{"amount":3500}'), ("N-2", None)]
    assert stafet("audit", "verify").code == 0


def test_nothing_of_a_citizen_is_said_or_kept_beside_the_database(stafet, workspace, file_of):
    said = ""
    for arguments in (
        ("import", "subsidy", file_of(*GOOD), "--json"),
        ("import", "subsidy", file_of(*GOOD, GOOD[2].replace("N-2", "N-3").replace("Bo Holm,", f"Eva,99{CPR}"))),
        ("assess", "subsidy", "--json"),
        ("audit", "verify"),
    ):
        ran = stafet(*arguments)
        assert ran.code == 0, ran.err
        said += ran.out + ran.err
    assert "CPR number of 1 case (N-3)" in said
    (trail,) = zip(*asked(workspace, "SELECT actor || action || subject || payload FROM audit"), strict=True)
    kept = [
        path.read_bytes().decode("utf-8", "replace")
        for path in workspace.rglob("*")
        if path.is_file() and not path.name.startswith("stafet.db")
    ]
    for text in (said, *trail, *kept):
        for secret in (CPR, "311299", "Ida Møller", "Bo Holm", "B-1", "B-2"):
            assert secret not in text


BAD = {
    "neither yes nor no": (
        GOOD[2].replace(",no", f",{CPR}"),
        "open.csv:4: column 'case:citizen:protected_address' of case 'N-2' says neither yes nor no",
    ),
    "a stated word for a number": (
        GOOD[2].replace("desk,,", "desk,much,"),
        "open.csv:4: 'much' in column 'case:stated:amount' of case 'N-2'",
    ),
    "a stated decimal comma": (
        GOOD[2].replace("desk,,", 'desk,"1.234,50",'),
        "use a decimal point: 1234.50",
    ),
}


@pytest.mark.parametrize("option", [[], ["--dry-run"], ["--closed"]], ids=["", "dry run", "closed"])
@pytest.mark.parametrize(("row", "sentence"), BAD.values(), ids=BAD.keys())
def test_a_bad_line_is_one_sentence_and_nothing_is_stored(stafet, workspace, file_of, row, sentence, option):
    ran = stafet("import", "subsidy", file_of(*GOOD[:2], row), *option)
    assert ran.code == 2
    assert ran.out == ""
    assert len(ran.err.strip().splitlines()) == 1
    assert sentence in ran.err
    assert CPR not in ran.err
    assert asked(workspace, "SELECT count(*) FROM citizen") == [(0,)]
    assert asked(workspace, "SELECT count(*) FROM case_file WHERE case_id LIKE 'N-%'") == [(0,)]


def test_citizens_without_a_reference_column_are_refused(stafet, workspace, file_of):
    header = HEADER.replace("case:citizen_ref,", "")
    ran = stafet("import", "subsidy", file_of(GOOD[2].replace("B-2,", ""), header=header))
    assert ran.code == 2
    assert "there is no column 'case:citizen_ref'" in ran.err


SAID = {
    "a citizen that changes within a case": (
        [GOOD[0], GOOD[1].replace("Ida Møller", "Ida Holm")],
        "column 'case:citizen:name' changes within 1 case (N-1)",
    ),
    "a number that cannot be one": ([GOOD[0].replace(CPR, "320199-1234")], "the CPR number of 1 case (N-1)"),
    "a citizen without a reference": ([GOOD[0].replace("B-1", "")], "1 case (N-1) tell of a citizen without"),
}


@pytest.mark.parametrize(("rows", "sentence"), SAID.values(), ids=SAID.keys())
def test_what_is_odd_is_said_and_the_case_is_taken(stafet, workspace, file_of, rows, sentence):
    ran = stafet("import", "subsidy", file_of(*rows))
    assert ran.code == 0, ran.err
    assert sentence in ran.err
    for secret in (CPR, "320199", "Ida"):
        assert secret not in ran.err + ran.out
    assert asked(workspace, "SELECT status FROM case_file WHERE case_id = 'N-1'") == [("open",)]


def test_a_stated_field_that_nobody_declared_is_left_out_and_said(stafet, workspace, file_of):
    header = HEADER.replace("case:stated:amount", "case:stated:fortune")
    ran = stafet("import", "subsidy", file_of(GOOD[0], header=header))
    assert ran.code == 0, ran.err
    assert "column 'case:stated:fortune' is left out, for subsidy declares no field 'fortune'" in ran.err
    assert asked(workspace, "SELECT DISTINCT stated FROM case_facts WHERE case_id = 'N-1'") == [(None,)]


def test_a_dry_run_counts_citizens_and_stores_none(stafet, workspace, file_of):
    ran = stafet("import", "subsidy", file_of(*GOOD), "--dry-run", "--json")
    assert (ran.json["citizens"], ran.json["cases_new"], ran.json["dry_run"]) == (2, 2, True)
    assert asked(workspace, "SELECT count(*) FROM citizen") == [(0,)]
    assert stafet("audit", "verify").code == 0

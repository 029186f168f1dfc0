"""Sending letters: none lost, none twice, whatever stops a run; what was sent is stored to the byte."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from config.errors import InputError, RefusedError
from models.audit_verify import verify
from models.letters import decisions_without_letter, letter_file, letters_of
from routing.letter_making import decision_facts, information_facts, receipt_facts
from routing.outbox import Channel, Handover, dispatch_pending, folder_channel, ready_desk, send_letter
from routing.publishing import open_workspace

REPOSITORY = Path(__file__).parents[3]
OUTCOMES = ("granted", "refused", "granted")
RUN = """
import os, sys
from pathlib import Path
from routing.publishing import open_workspace
from routing.outbox import Channel, dispatch_pending, folder_channel

root, moment = Path(sys.argv[1]), sys.argv[2]
opened = open_workspace(root)
way = folder_channel(root / "outbox")
die = lambda *_: os.kill(os.getpid(), 9)

def hand_over(letter):
    if moment == "before": die()
    way.hand_over(letter)
    if moment == "after": die()

if moment == "second":
    handed = []
    def hand_over(letter):
        handed.append(letter)
        way.hand_over(letter)
        if len(handed) == 2: die()
if moment == "commit":
    import sqlalchemy.engine
    sqlalchemy.engine.Connection._commit_impl = die
dispatch_pending(opened, Channel("folder", hand_over))
"""


def decided(office, facts_of) -> list[str]:
    """Three decided cases whose letters wait."""
    kind = office.opened.in_force.case_types["dental_aid"]
    cases = [office.case("dental_aid", facts_of(kind, outcome)) for outcome in OUTCOMES]
    for case_id, outcome in zip(cases, OUTCOMES, strict=True):
        office.decide("dental_aid", case_id, outcome)
    return cases


def in_outbox(office) -> list[str]:
    folder = office.opened.workspace.root / "outbox"
    return sorted(one.name for one in folder.glob("*.pdf")) if folder.is_dir() else []


def problems(office) -> list[str]:
    return [str(one) for one in verify(office.opened.database, office.opened.database.heads)]


@pytest.mark.parametrize("moment", ["before", "after", "commit", "second"])
def test_a_run_killed_at_any_moment_and_run_again_sends_each_letter_once(office, facts_of, moment):
    cases = decided(office, facts_of)
    command = [sys.executable, "-c", RUN, str(office.opened.workspace.root), moment]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    killed = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    with office.opened.database.read() as connection:
        stored = sum(len(letters_of(connection, "dental_aid", case_id)) for case_id in cases)
    assert stored == (1 if moment == "second" else 0)
    dispatch_pending(office.opened)
    assert dispatch_pending(office.opened).sent == ()
    with office.opened.database.read() as connection:
        assert [len(letters_of(connection, "dental_aid", case_id)) for case_id in cases] == [1, 1, 1]
        assert decisions_without_letter(connection) == []
    assert in_outbox(office) == [f"decision-{number:06d}.pdf" for number in (1, 2, 3)]
    assert problems(office) == []


def test_what_is_sent_is_stored_to_the_byte_in_every_language_and_format(office, facts_of):
    (case_id, *_) = decided(office, facts_of)
    dispatch_pending(office.opened)
    with office.opened.database.read() as connection:
        [letter] = letters_of(connection, "dental_aid", case_id)
        files = {
            (language, form): letter_file(connection, letter.id, language, form)
            for language in ("da", "en")
            for form in ("html", "txt", "pdf")
        }
    assert all(files.values())
    sent = office.opened.workspace.root / "outbox" / "decision-000001.pdf"
    assert files["da", "pdf"] == sent.read_bytes()
    assert letter.dated in letter.sent_at or letter.dated >= letter.sent_at[:10]


def test_a_channel_that_cannot_take_a_letter_leaves_it_waiting(office, facts_of):
    decided(office, facts_of)

    def refuse(_: Handover) -> None:
        raise InputError("the post is closed")

    with pytest.raises(InputError, match="the post is closed"):
        dispatch_pending(office.opened, Channel("post", refuse))
    with office.opened.database.read() as connection:
        assert len(decisions_without_letter(connection)) == 3
    assert len(dispatch_pending(office.opened).sent) == 3


def test_a_folder_that_is_a_file_is_said_with_its_place(office, facts_of, tmp_path):
    decided(office, facts_of)
    (tmp_path / "outbox").write_text("no folder")
    with pytest.raises(InputError, match="outbox: the letter cannot be put here"):
        dispatch_pending(office.opened, folder_channel(tmp_path / "outbox"))


def test_a_letter_of_an_outcome_leaves_with_its_decision_and_in_no_other_way(office, facts_of):
    kind = office.opened.in_force.case_types["dental_aid"]
    case_id = office.case("dental_aid", facts_of(kind, "granted"))
    with office.opened.database.read() as connection:
        facts = decision_facts(
            office.desk(), connection, office.letter_case("dental_aid", case_id), outcome="granted"
        )
    with pytest.raises(RefusedError, match="sent with its decision"):
        send_letter(office.opened, "dental_aid", case_id, facts, actor="user:1")
    assert in_outbox(office) == []


def test_a_receipt_is_sent_by_whoever_writes_it(office, facts_of):
    kind = office.opened.in_force.case_types["dental_aid"]
    case_id = office.case("dental_aid", facts_of(kind, "granted"))
    facts = receipt_facts(office.desk(), office.letter_case("dental_aid", case_id))
    letter = send_letter(office.opened, "dental_aid", case_id, facts, actor="user:1")
    assert (letter.kind, letter.decision_id) == ("receipt", None)
    [name] = in_outbox(office)
    assert name.startswith("letter-")
    assert problems(office) == []


def test_a_letter_without_a_decision_keeps_its_name_at_a_second_try_and_lends_it_to_no_other(office, facts_of):
    dental = office.opened.in_force.case_types["dental_aid"]
    case_id = office.case("dental_aid", facts_of(dental, "granted"))
    case = office.letter_case("dental_aid", case_id)
    asked = information_facts(office.desk(), case, ["bill_enclosed"])
    keys = []

    def hand_over_and_fail(letter) -> None:
        keys.append(letter.key)
        raise InputError("the line broke; try again")

    for _ in range(2):
        with pytest.raises(InputError, match="the line broke"):
            send_letter(
                office.opened,
                "dental_aid",
                case_id,
                asked,
                actor="mette",
                channel=Channel("post", hand_over_and_fail),
            )
    receipt = receipt_facts(office.desk(), case)
    way = Channel("post", lambda letter: keys.append(letter.key))
    send_letter(office.opened, "dental_aid", case_id, receipt, actor="mette", channel=way)
    assert keys[0] == keys[1]
    assert keys[2] != keys[0]


def test_two_letters_that_say_the_very_same_on_one_day_are_two_letters(office, facts_of):
    dental = office.opened.in_force.case_types["dental_aid"]
    case_id = office.case("dental_aid", facts_of(dental, "granted"))
    asked = information_facts(office.desk(), office.letter_case("dental_aid", case_id), ["bill_enclosed"])
    first, second = (
        send_letter(office.opened, "dental_aid", case_id, asked, actor="user:1", channel=None) for _ in range(2)
    )
    assert first.sha256 == second.sha256
    assert len(in_outbox(office)) == 2
    keys = []

    def hand_over_and_fail(letter) -> None:
        keys.append(letter.key)
        raise InputError("the line broke; try again")

    way = Channel("post", hand_over_and_fail)
    for _ in range(2):
        with pytest.raises(InputError, match="the line broke"):
            send_letter(office.opened, "dental_aid", case_id, asked, actor="user:1", channel=way)
    assert keys[0] == keys[1], "a third one keeps its own name at each try"
    assert f"{keys[0]}.pdf" not in in_outbox(office)
    assert problems(office) == []


def test_one_letter_that_cannot_be_made_is_named_and_holds_up_no_other(office, facts_of):
    dental = office.opened.in_force.case_types["dental_aid"]
    endless = office.case("dental_aid", facts_of(dental, "refused"))
    office.decide("dental_aid", endless, "refused", reasons="Vi kan ikke give dig hjælp. " * 3_000)
    cases = decided(office, facts_of)
    done = dispatch_pending(office.opened)
    assert [one.case_id for one in done.sent] == cases
    [(unsent, sentence)] = done.failed
    assert unsent.case_id == endless
    assert "makes the letter longer than 60000 characters" in sentence
    assert sentence.startswith("da.yaml (version 1):")


def test_nothing_is_sent_in_the_name_of_the_example_municipality(tmp_path):
    opened = open_workspace(tmp_path / "real")
    with pytest.raises(RefusedError, match=r"municipality\.yaml is the shipped example"):
        ready_desk(opened)
    file = tmp_path / "real" / "municipality.yaml"
    file.write_text(file.read_text().replace("example: true\n", ""))
    assert not ready_desk(opened).municipality.example
    opened.database.close()

"""A letter that cannot be sent keeps its case open and the time to complain unstarted, until it has left."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from datetime import UTC, date, datetime, timedelta

import pytest

from config.errors import InputError, RefusedError
from models.audit_verify import verify
from models.letters import Unsent
from routing.outbox import OUTBOX, dispatch, dispatch_pending
from tests.ui.web.afterwards.conftest import decide, form_on, reopen

FILE = "SELECT status, awaiting, closed_at FROM case_file WHERE case_id = ?"
FAILURES = "SELECT count(*) FROM case_act WHERE kind = 'dispatch_failed'"
EXAMPLE = "example: true\n"


def row(site, address: str) -> tuple:
    return site.one(FILE, address.rpartition("/")[2])


def listed(page: str) -> str:
    """The rows of a list, without the filter above it."""
    return page.partition("<table")[2]


@pytest.fixture
def municipality(site):
    """Make municipality.yaml the shipped example, or the office's own."""
    file = site.opened.workspace.root / "municipality.yaml"
    own = file.read_text(encoding="utf-8")

    def make(*, example: bool) -> None:
        file.write_text((EXAMPLE if example else "") + own, encoding="utf-8")

    return make


@pytest.fixture
def blocked(site):
    """The folder that letters leave by is a file."""
    outbox = site.opened.workspace.root / OUTBOX
    shutil.rmtree(outbox, ignore_errors=True)
    outbox.write_text("in the way")
    return outbox


@pytest.fixture
def undecided(site) -> str:
    return site.address("c.team = 'intake'")


@pytest.fixture
def waiting(site, blocked, undecided) -> str:
    """A case that mette has decided while letters cannot leave."""
    decide(site.browser("mette"), undecided)
    return undecided


@pytest.fixture
def address_of_told(site, waiting, blocked) -> str:
    """Another case, whose letter has left."""
    found = site.address("c.team = 'intake' AND c.awaiting IS NULL")
    blocked.unlink()
    decide(site.browser("mette"), found)
    shutil.rmtree(blocked)
    blocked.write_text("in the way")
    return str(found)


def test_the_letter_closes_the_case_and_begins_the_time_to_complain(site, undecided):
    mette = site.browser("mette")
    assert decide(mette, undecided).url.path == f"{undecided}/decided"
    sent_at, document = site.one("SELECT sent_at, document FROM letter WHERE decision_id = 1")
    assert row(site, undecided) == ("closed", None, sent_at)
    last = date.fromisoformat(json.loads(document)["decision"]["appeal"]["last_day"])
    said = f"The last day to complain is {last.day} {last:%B %Y}."
    assert said in mette.words
    mette.get(undecided)
    assert said in mette.words


def test_a_letter_that_cannot_leave_keeps_the_case_open_and_says_why(site, waiting):
    assert row(site, waiting) == ("open", "dispatch", None)
    assert site.one("SELECT count(*) FROM letter") == (0,)
    mette = site.browser("mette")
    mette.get(waiting)
    for words in (
        "Waits until the letter about the decision can be sent",
        "The folder that letters leave by takes none.",
        "The time to complain has not begun",
        "Waits for its letter",
        "The letter about the decision could not be sent",
    ):
        assert words in mette.words, words
    assert "The last day to complain is" not in mette.words
    assert mette.page.count("button-primary") == 1
    mette.get(f"{waiting}/decided")
    assert "the letter could not be sent" in mette.words
    assert "The last day to complain is" not in mette.words
    assert verify(site.opened.database, site.opened.heads) == []


def test_a_case_that_waits_for_its_letter_is_decided_for_everybody(site, undecided, blocked):
    mette, linda = site.browser("mette"), site.browser("linda")
    linda.view(undecided)
    late = {**form_on(linda, undecided, "decide"), "outcome": "granted", "reasons": "", "hearing": ""}
    decide(mette, undecided)
    assert linda.post(f"{undecided}/decide", **late).status_code == 409
    assert "Mette Kjærgaard decided the case while you were writing" in linda.words
    for browser in (mette, linda):
        browser.get(undecided)
        for act in ("decide", "claim", "first-view", "park", "hear", "ask", "facts"):
            assert f"{undecided}/{act}" not in browser.page, act
    linda.post(f"{undecided}/claim")
    next_week = str(datetime.now(UTC).date() + timedelta(days=7))
    assert linda.post(f"{undecided}/park", seen="0", reason="x", until=next_week).status_code == 409
    (mette_id,) = site.one("SELECT id FROM user_account WHERE name = 'mette'")
    query = "SELECT status, awaiting, assigned_to FROM case_file WHERE case_id = ?"
    assert site.one(query, undecided.rpartition("/")[2]) == ("open", "dispatch", mette_id)
    assert site.one("SELECT count(*) FROM decision") == (1,)
    assert linda.post(f"{undecided}/reopen", seen="0", decision="1", ground="other", reason="x").status_code == 400
    assert site.one("SELECT count(*) FROM case_act WHERE kind = 'reopened'") == (0,)


def test_it_stands_in_the_list_of_what_waits_with_why_and_what_to_do(site, waiting):
    mette, number = site.browser("mette"), waiting.rpartition("/")[2]
    for chosen in ("mine", "team", "free"):
        mette.get(f"/cases?list={chosen}")
        assert number not in listed(mette.page)
    mette.get("/cases?list=waiting")
    assert number in listed(mette.page)
    assert "Open it, and try again to send the letter. The folder that letters leave by takes none." in mette.words
    assert "Waits for your view" not in listed(mette.page)


def test_the_caseworker_tries_again_and_the_case_is_closed(site, waiting, blocked):
    linda = site.browser("linda")
    linda.get(waiting)
    assert linda.post(f"{waiting}/send-letter").status_code == 409
    assert "The letter could not be sent this time either." in linda.words
    assert site.one(FAILURES) == (1,), "one reason is told once"
    blocked.unlink()
    assert linda.post(f"{waiting}/send-letter").url.path == waiting
    assert row(site, waiting)[:2] == ("closed", None)
    assert "The last day to complain is" in linda.words
    assert linda.post(f"{waiting}/send-letter").url.path == waiting
    assert site.one("SELECT count(*) FROM letter") == (1,)
    assert len(list(blocked.glob("*.pdf"))) == 1


def test_the_command_sends_what_waits_and_tells_why_it_cannot(site, waiting, blocked, municipality):
    for _ in range(2):
        with pytest.raises(InputError, match="the letter cannot be put here"):
            dispatch_pending(site.opened)
    assert site.one(FAILURES) == (1,)
    municipality(example=True)
    for _ in range(2):
        with pytest.raises(RefusedError, match="shipped example"):
            dispatch_pending(site.opened)
    assert site.one(FAILURES) == (2,), "another reason is told again"
    municipality(example=False)
    blocked.unlink()
    assert len(dispatch_pending(site.opened).sent) == 1
    assert row(site, waiting)[:2] == ("closed", None)


def test_an_office_that_is_not_set_up_is_told_so_and_its_case_waits(site, undecided, municipality):
    municipality(example=True)
    site.language = "da"
    mette = site.browser("mette")
    decide(mette, undecided)
    assert row(site, undecided)[:2] == ("open", "dispatch")
    mette.get(undecided)
    assert "Filen municipality.yaml er stadig det medfølgende eksempel" in mette.words
    municipality(example=False)
    mette.post(f"{undecided}/send-letter")
    assert row(site, undecided)[0] == "closed"


def test_one_letter_that_cannot_be_made_waits_and_says_why(site, undecided, case_type):
    case_type(None)
    mette = site.browser("mette")
    decide(mette, undecided)
    assert row(site, undecided) == ("open", "dispatch", None)
    mette.get(undecided)
    assert "The case type does not say how a citizen complains of this outcome." in mette.words
    assert len(dispatch_pending(site.opened.again()).failed) == 1
    assert site.one(FAILURES) == (1,)


def test_forged_fields_and_another_teams_case_send_nothing(site, waiting):
    mette = site.browser("mette")
    mette.get(waiting)
    assert mette.post(f"{waiting}/send-letter", decision="1").status_code == 400
    mette.get("/cases")
    elsewhere = site.address("c.team = 'senior'")
    assert mette.post(f"{elsewhere}/send-letter").status_code == 404
    still_open = site.address("c.team = 'intake' AND c.awaiting IS NULL")
    assert mette.post(f"{still_open}/send-letter").url.path == still_open
    assert site.one(FAILURES) == (1,)


def test_a_failure_of_the_first_round_is_not_told_of_the_second(site, waiting, blocked):
    mette = site.browser("mette")
    blocked.unlink()
    mette.get(waiting)
    mette.post(f"{waiting}/send-letter")
    reopen(mette, waiting)
    assert "Waits until the letter" not in mette.words
    shutil.rmtree(blocked)
    blocked.write_text("in the way again")
    decide(mette, waiting, reasons="Anew")
    assert site.one(FAILURES) == (2,)
    assert row(site, waiting)[:2] == ("open", "dispatch")


def test_a_case_whose_letter_can_never_be_sent_is_reopened_and_that_letter_never_leaves(site, waiting, blocked):
    linda, number = site.browser("linda"), waiting.rpartition("/")[2]
    linda.get(waiting)
    assert "If the letter can never be sent, reopen the case and decide it anew." in linda.words
    linda.get(f"{waiting}/reopen")
    assert "Its letter is not sent once you have reopened the case" in linda.words
    assert re.findall(r'name="ground" id="ground-([a-z_]+)"', linda.page) == ["unsent"]
    before = site.one("SELECT contact_by, queue_by FROM case_file WHERE case_id = ?", number)
    assert reopen(linda, waiting, ground="unsent", reason="No <b>address</b>").url.path == waiting
    query = (
        "SELECT status, awaiting, assigned_to, taken_up_at, contact_by, queue_by FROM case_file WHERE case_id = ?"
    )
    (linda_id,) = site.one("SELECT id FROM user_account WHERE name = 'linda'")
    assert site.one(query, number) == ("open", None, linda_id, None, *before)
    assert "No &lt;b&gt;address&lt;/b&gt;" in linda.page
    assert "The time to complain has not begun" not in linda.words
    assert "the time counts from the reopening" not in linda.words
    assert "The deadline before was" not in linda.words
    blocked.unlink()
    assert dispatch_pending(site.opened).sent == ()
    assert linda.post(f"{waiting}/send-letter").url.path == waiting
    assert site.one("SELECT count(*) FROM letter") == (0,)
    assert decide(linda, waiting, reasons="Anew").url.path == f"{waiting}/decided"
    decided, document = site.one("SELECT decision_id, document FROM letter")
    assert (decided, json.loads(document)["decision"]["replaces"]) == (2, None)
    assert row(site, waiting)[0] == "closed"
    assert verify(site.opened.database, site.opened.heads) == []


def test_a_letter_in_the_hands_of_a_run_is_not_sent_once_the_case_is_reopened(site, waiting, blocked):
    linda = site.browser("linda")
    reopen(linda, waiting, ground="unsent")
    blocked.unlink()
    assert dispatch(site.opened, [Unsent("subsidy", waiting.rpartition("/")[2], 1)]).sent == ()
    assert site.one("SELECT count(*) FROM letter") == (0,)
    assert list(blocked.parent.glob(f"{OUTBOX}/*.pdf")) == []


def test_only_the_ground_that_there_is_reopens_such_a_case_and_no_told_one(
    site, waiting, blocked, address_of_told
):
    linda = site.browser("linda")
    for ground in ("complaint", "other", "whim", ""):
        assert reopen(linda, waiting, ground=ground).status_code == 400
    assert reopen(linda, address_of_told, ground="unsent").status_code == 400
    assert site.one("SELECT count(*) FROM case_act WHERE kind = 'reopened'") == (0,)


def test_a_case_whose_letter_nobody_has_tried_to_send_is_not_reopened(site, waiting):
    with sqlite3.connect(site.opened.workspace.database_file) as connection:
        (guard,) = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'guard_case_act_no_delete'"
        ).fetchone()
        connection.execute("DROP TRIGGER guard_case_act_no_delete")
        connection.execute("DELETE FROM case_act WHERE kind = 'dispatch_failed'")
        connection.execute(guard)
    linda = site.browser("linda")
    linda.get(waiting)
    assert f"{waiting}/reopen" not in linda.page
    sent = {"seen": "0", "decision": "1", "ground": "unsent", "reason": "x"}
    assert linda.post(f"{waiting}/reopen", **sent).status_code == 409
    assert "This case is not closed, so it cannot be reopened." in linda.words

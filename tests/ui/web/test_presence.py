"""Who has a case before them: told to colleagues on its page and in the lists, and in nobody's way."""

from __future__ import annotations

import sqlite3
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

HERE = "Linda Friis is looking at the case now"


@pytest.fixture
def address(site) -> str:
    return site.address("c.team = 'intake'")


def test_a_colleague_who_has_the_case_before_them_is_named_on_its_page_and_in_the_queue(site, address):
    mette, linda = site.browser("mette"), site.browser("linda")
    linda.get(address)
    mette.get(address)
    assert HERE in mette.words
    mette.get("/cases?list=team")
    assert mette.words.count(HERE) == 1
    linda.get("/cases?list=team")
    assert HERE not in linda.words


def test_three_colleagues_are_named_and_the_rest_counted():
    from ui.caseworker.presence.said import said

    assert said(["A", "B", "C", "D", "E"], "en") == "A, B, C and 2 more are looking at the case now"


def test_whoever_opens_an_act_of_the_case_is_there_too(site, address):
    mette, linda = site.browser("mette"), site.browser("linda")
    linda.get(f"{address}/park")
    mette.get(f"{address}/park")
    assert HERE in mette.words


def test_an_open_page_says_that_it_is_there_and_learns_who_else_is(site, address):
    mette, linda = site.browser("mette"), site.browser("linda")
    mette.get(address)
    linda.get(address)
    assert mette.post(f"{address}/here").text == HERE
    mette.get(address)
    linda.post(f"{address}/here", leaves="yes")
    assert mette.post(f"{address}/here").text == ""


def test_a_presence_without_a_sign_for_five_minutes_is_forgotten(visit):
    moments = [datetime.now(UTC)]
    site = visit(clock=lambda: moments[-1])
    address = site.address("c.team = 'intake'")
    mette, linda = site.browser("mette"), site.browser("linda")
    linda.get(address)
    moments.append(moments[-1] + timedelta(minutes=4))
    mette.get(address)
    assert HERE in mette.words
    moments.append(moments[-1] + timedelta(minutes=2))
    mette.get(address)
    assert HERE not in mette.words
    linda.get("/cases")
    linda.get(site.address("c.team = 'intake' AND c.case_id <> '" + address.rpartition("/")[2] + "'"))
    query = "SELECT count(*) FROM presence p JOIN user_account u ON u.id = p.user_id WHERE u.name = 'linda'"
    assert site.one(query) == (1,)


def test_an_open_page_alone_does_not_keep_a_sign_in_alive(visit):
    moments = [datetime.now(UTC)]
    site = visit(clock=lambda: moments[-1])
    address = site.address("c.team = 'intake'")
    mette = site.browser("mette")
    mette.get(address)
    token = mette.page.partition('name="csrf" value="')[2].partition('"')[0]
    for _ in range(3):
        moments.append(moments[-1] + timedelta(minutes=19))
        assert mette.post(f"{address}/here", csrf=token).status_code == 200
    moments.append(moments[-1] + timedelta(minutes=10))
    assert mette.post(f"{address}/here", csrf=token).status_code == 401


def test_another_teams_case_tells_nothing(site):
    mette = site.browser("mette")
    mette.get("/cases")
    assert mette.post(site.address("c.team = 'senior'", "here")).status_code == 404
    assert site.one("SELECT count(*) FROM presence") == (0,)


def test_while_the_database_is_locked_one_thread_waits_to_write_and_the_others_go(site, address):
    from ui.caseworker.presence.presences import Presences

    presences, database = Presences(), site.opened.database
    mette, linda = (site.one("SELECT id FROM user_account WHERE name = ?", name)[0] for name in ("mette", "linda"))
    case_id = address.rpartition("/")[2]
    locking = sqlite3.connect(site.opened.workspace.database_file, isolation_level=None)
    locking.execute("BEGIN IMMEDIATE")
    writer = threading.Thread(target=presences.tell, args=(database, (mette, "subsidy", case_id)))
    writer.start()
    while presences.waiting or not presences.writer.locked():
        time.sleep(0.01)
    begun = time.monotonic()
    presences.tell(database, (linda, "subsidy", case_id))
    assert time.monotonic() - begun < 0.5
    assert site.browser().get("/health").status_code == 200
    locking.execute("ROLLBACK")
    writer.join(timeout=30)
    assert site.one("SELECT count(*) FROM presence") == (2,)

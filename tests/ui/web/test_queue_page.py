"""The queue: nearest deadline first, page after page, whose case is next and why, and never a score."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.translate import Translator
from config.words import Words
from models.clock import FAR_FUTURE
from models.queue import QueuedCase
from ui.caseworker.deadlines import Deadline, said
from ui.caseworker.queue import GROUPS, QueueWords, group_of
from ui.caseworker.queue_place import read_key, written_key

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def ids(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/cases/subsidy/([^"]+)"', page)


def test_pages_of_the_queue_hold_every_case_of_the_team_once(site):
    browser = site.browser("mette")
    browser.get("/cases?list=team")
    found = ids(browser.page)
    while more := re.search(r'href="(/cases\?list=team&amp;after=[^"]+)"', browser.page):
        browser.get(more[1].replace("&amp;", "&"))
        found += ids(browser.page)
    open_cases = site.one("SELECT count(*) FROM case_file WHERE team = 'intake' AND status = 'open'")[0]
    assert len(found) == len(set(found)) == open_cases > 25


def test_the_queue_tells_nothing_of_what_the_machine_thinks(site):
    browser = site.browser("other")
    for name in ("team", "free", "mine"):
        browser.get(f"/cases?list={name}")
        rest = re.sub(
            r"<svg class=\"sprite\".*?</svg>|<select.*?</select>|<link[^>]*>", "", browser.page, flags=re.DOTALL
        )
        for word in ("complexity", "score", "Great amounts", "priority", "Draft ready", "of 100", "drawn"):
            assert word not in rest, word


def test_the_next_case_is_ones_own_before_one_that_nobody_has_taken(site):
    browser = site.browser("mette")
    browser.get("/cases")
    first = re.search(r'class="case-name">([^<]+)<', browser.page)[1]
    assert first == ids(browser.page)[0]
    assert "Nobody has taken it" in browser.words
    later = ids(browser.page)[-1]
    browser.get(f"/cases/subsidy/{later}")
    browser.post(f"/cases/subsidy/{later}/claim")
    browser.get("/cases")
    assert re.search(r'class="case-name">([^<]+)<', browser.page)[1] == later
    assert "It is yours" in browser.words


def test_a_taken_case_leaves_the_free_list_and_comes_back_when_it_is_given_back(site):
    mette, linda = site.browser("mette"), site.browser("linda")
    address = site.address("c.team = 'intake'")
    number = address.rpartition("/")[2]
    mette.get(address)
    mette.post(f"{address}/claim")
    linda.get("/cases?list=free")
    assert number not in ids(linda.page)
    linda.get("/cases?list=team")
    assert "Mette Kjærgaard is working on it" in linda.words
    assert linda.get(address).status_code == 200
    assert linda.post(f"{address}/release").status_code == 200
    assert site.one("SELECT assigned_to FROM case_file WHERE case_id = ?", number)[0] is not None
    mette.get(address)
    mette.post(f"{address}/release")
    linda.get("/cases?list=free")
    assert number in ids(linda.page)


def test_who_comes_second_to_a_case_is_told(site):
    mette, linda = site.browser("mette"), site.browser("linda")
    address = site.address("c.team = 'intake'")
    linda.get(address)
    mette.get(address)
    mette.post(f"{address}/claim")
    assert linda.post(f"{address}/claim").status_code == 409
    assert "Somebody else was faster" in linda.words
    assert "Mette Kjærgaard has taken the case" in linda.words


def test_a_case_is_found_by_the_beginning_of_its_number_within_the_team_alone(site):
    browser, senior = site.browser("mette"), site.browser("other")
    number = site.address("c.team = 'intake'").rpartition("/")[2]
    browser.search(number)
    assert ids(browser.page) == [number]
    browser.search("2026-042")
    assert len(ids(browser.page)) == 20
    senior.search(number)
    assert ids(senior.page) == []
    assert "No case of your team fits" in senior.words
    for strange in ("%25", "'; DROP", "_", "<b>", "%", "\\", "*"):
        assert browser.search(strange).status_code == 200
        assert ids(browser.page) == []


def test_nothing_written_leads_back_to_the_lists(site):
    browser = site.browser("mette")
    for nothing in ("", "  ", "\U0010ffff"):
        assert browser.search(nothing).url.path == "/cases"
        assert len(ids(browser.page)) == 25


def test_lists_that_do_not_exist_and_places_that_nobody_wrote_break_nothing(site):
    browser = site.browser("mette")
    assert browser.get("/cases?list=everything").status_code == 404
    assert browser.get("/cases?list=team&after=nonsense").status_code == 200
    assert len(ids(browser.page)) == 25


def test_somebody_without_a_team_is_told_what_to_do(site):
    browser = site.browser("ulla")
    browser.get("/cases?list=team")
    assert "You belong to no team yet" in browser.words


def test_cases_that_no_rule_has_seen_are_said(site):
    browser = site.browser("mette")
    browser.get("/cases")
    assert "have not been asked about" not in browser.words
    with site.opened.database.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO case_file (case_type, case_id, received_at, status, row_version)"
            " VALUES ('subsidy', 'new', '2026-11-24T09:00:00.000000Z', 'open', 1)"
        )
    browser.get("/cases")
    assert "have not been asked about" in browser.words


@given(st.tuples(*[st.text(st.characters(categories=["L", "N", "P"]), max_size=20)] * 4))
def test_a_place_in_the_queue_is_read_back_as_it_was_written(key):
    assert read_key(written_key(key)) == key


@given(st.text(max_size=40))
def test_any_other_place_is_no_place(text):
    assert read_key(text) is None or len(read_key(text)) == 4


@pytest.mark.parametrize(
    ("due", "group"),
    [
        (date(2026, 11, 20), "Today and overdue"),
        (date(2026, 11, 24), "Today and overdue"),
        (date(2026, 11, 25), "This week"),
        (date(2026, 11, 29), "This week"),
        (date(2026, 11, 30), "Later"),
    ],
)
def test_deadlines_fall_into_groups_and_the_week_ends_on_sunday(due, group):
    assert GROUPS[group_of(due, date(2026, 11, 24))] == group


@pytest.mark.parametrize(
    ("hours", "kind", "text", "tag"),
    [
        (3, "contact", "Today at 13:00", None),
        (-1, "contact", "Today at 09:00", "Over"),
        (24, "contact", "Tomorrow at 10:00", None),
        (24, "decide", "Tomorrow", None),
        (72, "decide", "Fri 27 Nov", None),
        (-72, "decide", "21 Nov", "3 days over"),
        (240, "decide", "4 Dec", None),
    ],
)
def test_a_deadline_is_said_as_a_caseworker_reads_it(hours, kind, text, tag):
    due = said(Deadline(kind, NOW + timedelta(hours=hours)), NOW, Translator("en"), Words("en"))
    assert (due.text, due.tag) == (text, tag)


RECEIVED = "2026-11-20T08:00:00.000000Z"


def queued(case_id: str, contact_by: str | None, queue_by: str, **more: Any) -> QueuedCase:
    return QueuedCase(
        **{
            "case_type": "gone",
            "case_id": case_id,
            "received_at": RECEIVED,
            "team": "t",
            "priority": None,
            "contact_by": contact_by,
            "queue_by": queue_by,
            "assigned_to": None,
            "citizen_ref": None,
            **more,
        }
    )


@pytest.mark.parametrize(
    ("case", "why"),
    [
        (queued("A", None, RECEIVED, priority="high"), "Nobody has taken it, and it is of high priority."),
        (queued("A", None, RECEIVED, priority="high", assigned_to=1), "It is yours, and of high priority."),
        (
            queued("A", None, "2026-11-25T22:59:59.999999Z", decide_by="2026-11-25", assigned_to=1),
            "It is yours, and of your cases it is due first: tomorrow.",
        ),
        (
            queued("A", "2026-11-24T15:00:00.000000Z", "2026-11-24T15:00:00.000000Z", priority="high"),
            "Nobody has taken it, and of the team's cases it is due first: today at 16:00.",
        ),
        (queued("A", None, FAR_FUTURE), "Nobody has taken it, and of the team's cases it has waited longest."),
    ],
)
def test_the_next_case_says_why_it_comes_first(case, why):
    assert QueueWords("en", {}, 1, NOW).next_case(case).why == why


def test_within_a_page_the_nearest_deadline_stands_first_and_what_is_urgent_before_it():
    soon, late = "2026-11-24T15:00:00.000000Z", "2026-12-24T15:00:00.000000Z"
    cases = [
        queued("urgent", None, RECEIVED, priority="high"),
        queued("soon", soon, soon),
        queued("late", late, late),
        queued("whenever", None, FAR_FUTURE),
    ]
    groups = QueueWords("en", {}, 1, NOW).groups(cases)
    assert [(group.heading, [row.case_id for row in group.rows]) for group in groups] == [
        ("To be taken first", ["urgent"]),
        ("Today and overdue", ["soon"]),
        ("Later", ["late"]),
        ("Without a deadline", ["whenever"]),
    ]

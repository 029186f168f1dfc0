"""Practice on closed cases: one's own answer, then the machine's view, then what happened; it decides nothing."""

from __future__ import annotations

import re

import pytest

from models.act_store import record_act
from models.audit_verify import verify
from models.people import find_user
from routing.draws import drawn_numbers
from tests.ui.web.drafting.test_correcting import correct
from tests.ui.web.drafting.test_drafts import AGREES, hidden
from tests.ui.web.drafting.test_talk_sheet import FROM, decide
from ui.caseworker.practice.drawing import PLANTED_SHARE

ANSWER = {"outcome": "granted", "effort": "usual", "sure": "80"}
LATER = ("Proposes", "Expects", "It points to", "The machine", "planted", "Linda", "2026-0", "Nr", "Decided by")
"""What nobody may read before their own answer."""


@pytest.fixture
def mette(drafting):
    return drafting.browser("mette")


@pytest.fixture
def linda(drafting):
    return drafting.browser("linda")


def close_by_hand(site, browser, cases: int) -> list[str]:
    """So many cases that a colleague decides against the machine's mind or with it; their addresses."""
    return [decide(site, browser, "granted", "", where="1 = 1") for _ in range(cases)]


def begin(browser) -> str:
    """Take a case for practice; its address."""
    browser.get("/practice")
    return browser.post("/practice").url.path


def finish(browser, agrees: str = "no", **changes: str) -> str:
    """Take a case and go through with it; its address."""
    address = begin(browser)
    browser.post(address, **{**ANSWER, **changes})
    browser.post(f"{address}/agree", agrees=agrees)
    return address


def is_planted(site, number: str) -> bool:
    """Whether mette meets an error in this case."""
    with site.opened.database.read() as connection:
        user = find_user(connection, "mette")
    return bool(drawn_numbers(site.opened.draw_key, f"planted:{user.id}", "subsidy", [number])[0] < PLANTED_SHARE)


def rows(site) -> list[dict]:
    with site.opened.database.read() as connection:
        found = connection.exec_driver_sql("SELECT * FROM practice_answer ORDER BY id")
        return [dict(row._mapping) for row in found]


def test_the_own_answer_comes_first_then_the_machines_view_then_what_happened(drafting, mette, linda):
    close_by_hand(drafting, linda, 1)
    address = begin(mette)
    assert re.fullmatch(r"/practice/\d+", address)
    assert "Facts, as they were when the case came" in mette.words
    assert "What would you decide?" in mette.words
    work = mette.page[mette.page.index("<main") :]
    assert [word for word in LATER if word in work] == []
    mette.post(address, **ANSWER)
    assert "You would decide: Granted. You were 80 per cent sure." in mette.words
    assert "Do you agree with this?" in mette.words
    assert "work in most cases" in mette.words.replace("work than in", "work in").replace("work as in", "work in")
    work = mette.page[mette.page.index("<main") :]
    assert [word for word in ("planted", "Linda", "2026-0", "What happened") if word in work] == []
    mette.post(f"{address}/agree", agrees="no")
    for words in ("You would have decided as it was decided.", "What the machine really said", "planted",
                  "It was decided", "Measured over", "steps"):  # fmt: skip
        assert words in mette.words, words
    assert mette.page.count("button-primary") == 1


def test_it_is_no_decision_and_leaves_no_trace_but_the_persons_own(drafting, mette, linda):
    close_by_hand(drafting, linda, 2)
    tables = ("decision", "case_act", "audit", "assessment", "letter")
    before = [drafting.one(f"SELECT count(*) FROM {table}")[0] for table in tables]
    finish(mette)
    assert [drafting.one(f"SELECT count(*) FROM {table}")[0] for table in tables] == before
    assert len(rows(drafting)) == 1
    assert verify(drafting.opened.database, drafting.opened.heads) == []
    tom = drafting.browser("tom")
    tom.get("/practice")
    assert "You have 0 finished answers." in tom.words
    mette.get("/practice")
    assert "You have 1 finished answers." in mette.words


def test_cases_that_one_has_decided_are_never_drawn(drafting, mette, linda):
    close_by_hand(drafting, mette, 2)
    mette.get("/practice")
    assert mette.post("/practice").status_code == 200
    assert "There is no closed case of your team that you have not worked on yourself." in mette.words
    (address,) = close_by_hand(drafting, linda, 1)
    begin(mette)
    assert rows(drafting)[0]["case_id"] == address.rpartition("/")[2]


def test_nobody_can_draw_again_before_the_case_is_finished(drafting, mette, linda):
    close_by_hand(drafting, linda, 3)
    first = begin(mette)
    assert begin(mette) == first
    mette.post(first, **ANSWER)
    assert begin(mette) == first
    mette.get("/practice")
    assert f'href="{first}"' in mette.page
    mette.post(f"{first}/agree", agrees="yes")
    assert begin(mette) != first
    assert len(rows(drafting)) == 2


def test_the_same_form_shows_a_planted_error_and_what_was_really_said(drafting, mette, linda):
    with drafting.opened.database.read() as connection:
        query = f"SELECT c.case_id {FROM} AND a.route <> 'draft' AND a.drawn = 0 ORDER BY c.case_id"
        numbers = [str(row[0]) for row in connection.exec_driver_sql(query)]
    chosen = [[one for one in numbers if is_planted(drafting, one) is planted][:3] for planted in (True, False)]
    shells, told = {True: set(), False: set()}, []
    for number in [*chosen[0], *chosen[1]]:
        decide(drafting, linda, "granted", "", where=f"c.case_id = '{number}'")
        address, planted = begin(mette), is_planted(drafting, number)
        mette.post(address, **ANSWER)
        main = mette.page[mette.page.index("<main") : mette.page.index("Facts, as they were")]
        main = re.sub(r'value="[^"]{20,}"|/practice/\d+|\d+ \w+ 2026', "", main)
        shells[planted].add(re.sub(r'(<div class="mach">.*?</p>).*?</div>', r"\1", main, flags=re.DOTALL))
        mette.post(f"{address}/agree", agrees="no")
        told.append((planted, "We had planted an error" in mette.words, "and you found it" in mette.words))
    assert [one for one, *_ in told] == [True] * 3 + [False] * 3
    assert all(planted == said == found for planted, said, found in told)
    assert shells[True] == shells[False] != set()
    mette.get("/practice")
    assert re.search(r"\w+ 2026 6 6 3 3 ", mette.words)


def test_a_planted_draft_proposes_what_neither_the_machine_nor_the_person_chose(drafting, mette, linda):
    with drafting.opened.database.read() as connection:
        query = f"SELECT c.case_id {FROM} AND a.route = 'draft'"
        drafts = [str(row[0]) for row in connection.exec_driver_sql(query)]
    seen = set()
    for number in drafts:
        address, planted = f"/cases/subsidy/{number}", is_planted(drafting, number)
        linda.get(address)
        if "Approve and sign" not in linda.words or planted in seen:
            continue
        linda.post(f"{address}/approve", **hidden(linda, address), **AGREES)
        practice = begin(mette)
        mette.post(practice, **ANSWER)
        seen.add(planted)
        right, wrong = (
            "Proposes: Granted. The amount is below",
            "Proposes: Refused. The amount is above the limit.",
        )
        assert (right in mette.words, wrong in mette.words) == (not planted, planted)
        mette.post(f"{practice}/agree", agrees="yes")
        assert right in mette.words
        assert ("and you agreed with it" in mette.words) is True
    assert seen == {True, False}


def test_the_first_answer_counts_and_a_form_sent_twice_changes_nothing(drafting, mette, linda):
    close_by_hand(drafting, linda, 1)
    address = begin(mette)
    mette.post(address, **ANSWER)
    mette.post(address, **{**ANSWER, "outcome": "refused", "sure": "50"})
    mette.post(f"{address}/agree", agrees="no")
    mette.post(f"{address}/agree", agrees="yes")
    (row,) = rows(drafting)
    assert (row["outcome"], row["sure"]) == ("granted", 80)
    assert '"agrees":false' in row["machine_said"]
    assert "You would have decided" in mette.words


def test_the_machines_view_cannot_be_fetched_by_agreeing_first(drafting, mette, linda):
    close_by_hand(drafting, linda, 1)
    address = begin(mette)
    mette.post(f"{address}/agree", agrees="yes")
    assert "What would you decide?" in mette.words
    assert "Do you agree with this?" not in mette.words
    assert "agrees" not in rows(drafting)[0]["machine_said"]


def test_what_is_missing_is_said_on_top_and_at_the_field(drafting, mette, linda):
    close_by_hand(drafting, linda, 1)
    address = begin(mette)
    assert mette.post(address, outcome="granted", effort="much", sure="81").status_code == 400
    assert "2 things are missing" in mette.words
    assert mette.page.count("Choose how sure you are") == 2
    assert re.search(r'id="outcome-granted" value="granted" checked', mette.page)
    assert rows(drafting)[0]["answered_at"] is None
    mette.post(address, **ANSWER)
    assert mette.post(f"{address}/agree", agrees="perhaps").status_code == 400
    assert mette.page.count("Say whether you agree") == 2


@pytest.mark.parametrize("sent", [{**ANSWER, "user_id": "2"}, {**ANSWER, "planted": "0"}])
def test_a_forged_field_is_refused(drafting, mette, linda, sent):
    close_by_hand(drafting, linda, 1)
    address = begin(mette)
    assert mette.post(address, **sent).status_code == 400
    assert rows(drafting)[0]["answered_at"] is None


@pytest.mark.parametrize("number", ["99", "0", "x", "1' OR 1=1", "9" * 40])
def test_somebody_elses_practice_cannot_be_told_from_one_that_is_not_there(drafting, mette, linda, number):
    close_by_hand(drafting, linda, 1)
    address = begin(mette)
    tom = drafting.browser("tom")
    assert tom.get(address).status_code == 404
    theirs = tom.words
    assert tom.get(f"/practice/{number}").status_code == 404
    assert tom.words == theirs
    assert tom.post(address, **ANSWER).status_code in (403, 404)
    assert rows(drafting)[0]["answered_at"] is None


def test_a_case_that_is_taken_up_again_is_withdrawn(drafting, mette, linda):
    (case,) = close_by_hand(drafting, linda, 1)
    address = begin(mette)
    with drafting.opened.database.write() as connection:
        sign_in, number = connection.exec_driver_sql("SELECT sign_in_id, id FROM decision").one()
        record_act(
            connection,
            case_type="subsidy",
            case_id=case.rpartition("/")[2],
            sign_in_id=sign_in,
            kind="reopened",
            content={"decision_id": number, "ground": "complaint", "reason": "New papers."},
        )
    assert mette.get(address).status_code == 409
    assert "is no longer practice" in mette.words
    assert mette.post(address, **ANSWER).status_code == 409
    assert rows(drafting)[0]["answered_at"] is None
    assert mette.post("/practice").status_code == 200
    assert "There is no closed case" in mette.words


def test_a_case_whose_facts_were_set_right_is_left_out_for_the_machine_saw_others(drafting, mette, linda):
    number = drafting.one(f"SELECT c.case_id {FROM} AND a.route <> 'draft' ORDER BY c.case_id")[0]
    address = f"/cases/subsidy/{number}"
    linda.view(address)
    linda.post(f"{address}/claim")
    correct(linda, address, "amount", "4321")
    decide(drafting, linda, "granted", "", where=f"c.case_id = '{number}'")
    mette.get("/practice")
    mette.post("/practice")
    assert "There is no closed case" in mette.words
    assert rows(drafting) == []


def test_somebody_without_a_team_and_an_auditor_get_no_case(drafting):
    ulla = drafting.browser("ulla")
    ulla.get("/practice")
    assert "You belong to no team yet" in ulla.words
    assert "Take a case" not in ulla.words
    assert ulla.post("/practice").status_code == 200
    assert drafting.browser("anders").get("/practice").status_code == 403


def test_every_word_is_danish_to_a_dane(visit):
    site = visit(language="da")
    linda, mette = site.browser("linda"), site.browser("mette")
    close_by_hand(site, linda, 1)
    pages = []
    mette.get("/practice")
    pages.append(mette.words)
    address = mette.post("/practice").url.path
    pages.append(mette.words)
    mette.post(address, outcome="granted")
    pages.append(mette.words)
    mette.post(address, **ANSWER)
    pages.append(mette.words)
    mette.post(f"{address}/agree", agrees="yes")
    pages.append(mette.words)
    mette.get("/practice")
    pages.append(mette.words)
    for page in pages:
        assert not re.search(r"\b(the|of|you|what|case|would)\b", page), page


def test_a_case_that_one_happens_to_know_gives_way_to_another_and_counts_nowhere(drafting, mette, linda):
    close_by_hand(drafting, linda, 2)
    first = begin(mette)
    assert "I know this case" in mette.words
    second = mette.post(f"{first}/known").url.path
    assert re.fullmatch(r"/practice/\d+", second)
    assert second != first
    known, other = rows(drafting)
    assert known["case_id"] != other["case_id"]
    assert (known["answered_at"], known["outcome"]) == (None, None)
    assert mette.get(first).url.path == "/practice"
    assert mette.post(first, **ANSWER).url.path == "/practice"
    assert rows(drafting)[0]["answered_at"] is None
    assert f'href="{second}"' in mette.page
    mette.post(second, **ANSWER)
    assert "I know this case" not in mette.words
    assert mette.post(f"{second}/known").url.path == second
    mette.post(f"{second}/agree", agrees="no")
    assert "I know this case" not in mette.words
    assert mette.post(f"{second}/known").url.path == second
    assert rows(drafting)[1]["answered_at"] is not None
    mette.get("/practice")
    assert "You have 1 finished answers." in mette.words
    mette.post("/practice")
    assert "There is no closed case of your team" in mette.words, "a known case is not drawn again"


def test_the_last_case_set_aside_leads_back_with_a_word_and_no_field_or_other_persons_case_is_taken(
    drafting, mette, linda
):
    close_by_hand(drafting, linda, 1)
    address = begin(mette)
    assert mette.post(f"{address}/known", outcome="granted").status_code == 400
    linda.get("/practice")
    assert linda.post(f"{address}/known").status_code == 404
    assert linda.post("/practice/x/known").status_code == 404
    mette.get(address)
    mette.post(f"{address}/known")
    assert "There is no closed case of your team" in mette.words

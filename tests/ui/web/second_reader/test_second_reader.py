"""A colleague asked to read a case along finds it in their queue and answers, or the team lead in their place."""

from __future__ import annotations

import json
import re

import pytest

from models.audit_verify import verify
from tests.ui.web.firstview.conftest import addresses, give, skeleton

ASKED = {"to": "2", "words": "Is the <b>amount</b> right?"}


@pytest.fixture
def address(seen_case) -> str:
    return seen_case


def send(browser, address: str, act: str, **fields: str):
    assert browser.get(f"{address}/{act}").status_code == 200
    form = re.search(rf'action="{address}/{act}".*?</form>', browser.page, re.DOTALL)
    hidden = [] if form is None else re.findall(r'type="hidden" name="(seen|about)" value="([^"]*)"', form[0])
    return browser.post(f"{address}/{act}", **{**dict(hidden), **fields})


def acts(site, kind: str) -> list[tuple]:
    with site.opened.database.read() as connection:
        query = f"SELECT id, to_user, about_act, content FROM case_act WHERE kind = '{kind}' ORDER BY id"
        return [(*row[:3], json.loads(row[3])) for row in connection.exec_driver_sql(query)]


def test_the_people_of_these_tests_have_these_numbers(site):
    assert site.one("SELECT name FROM user_account WHERE id = 2") == ("linda",)


def test_a_colleague_finds_the_request_in_their_queue_and_answers_it(site, address):
    mette, linda = site.browser("mette"), site.browser("linda")
    mette.get(address)
    assert "Ask a colleague to read along" in mette.words
    assert send(mette, address, "second-reader", **ASKED).url.path == address
    assert "Mette Kjærgaard asked Linda Friis to read along" in mette.words
    assert "There is no answer yet." in mette.words
    linda.get("/cases")
    box = re.search(r'<section class="follow-ups" aria-labelledby="reading">.*?</section>', linda.page, re.DOTALL)[
        0
    ]
    assert f'href="{address}"' in box
    assert "Mette Kjærgaard asks you. Is the &lt;b&gt;amount&lt;/b&gt; right?" in box
    mette.get("/cases")
    assert "You are asked to read along" not in mette.words
    linda.get(address)
    assert "You are asked to read along" in linda.words
    assert linda.page.count("button-primary") == 1
    assert (
        send(linda, address, "second-read", agrees="no", words="The <i>rent</i> is missing.").url.path == address
    )
    assert "Linda Friis read the case and does not agree" in linda.words
    assert "You are asked to read along" not in linda.words
    linda.get("/cases")
    assert "You are asked to read along" not in linda.words
    mette.get(address)
    section = re.search(r'<section id="second-reader">.*?</section>', mette.page, re.DOTALL)[0]
    assert "The second reader does not agree" in section
    assert "The &lt;i&gt;rent&lt;/i&gt; is missing." in section
    [(number, to, _, said)] = acts(site, "second_reader_asked")
    assert (to, said) == (2, {"words": ASKED["words"]})
    assert acts(site, "second_read")[0][2:] == (number, {"agrees": False, "words": "The <i>rent</i> is missing."})
    assert verify(site.opened.database, site.opened.heads) == []


def test_only_the_colleague_who_was_asked_answers(site, address):
    mette, linda = site.browser("mette"), site.browser("linda")
    send(mette, address, "second-reader", **ASKED)
    about = str(acts(site, "second_reader_asked")[0][0])
    for end in ("", f"?about={about}"):
        assert mette.get(f"{address}/second-read{end}").url.path == address
    answer = mette.post(f"{address}/second-read", agrees="yes", words="For Linda", about=about)
    assert answer.status_code == 409
    assert "Nobody waits for your answer as second reader" in mette.words
    assert "For Linda" in mette.page
    assert linda.post(f"{address}/second-read", agrees="yes", about="1; DROP").url.path.startswith(address)
    assert acts(site, "second_read") == []


def test_a_team_lead_answers_in_the_place_of_a_colleague_who_is_away_and_it_is_said(site, address):
    mette, linda, tom = (site.browser(name) for name in ("mette", "linda", "tom"))
    send(mette, address, "second-reader", **ASKED)
    about = acts(site, "second_reader_asked")[0][0]
    assert "Answer in Linda Friis's place" not in mette.words
    tom.get(address)
    assert f'href="{address}/second-read?about={about}"' in tom.page
    assert "You are asked to read along" not in tom.words
    assert tom.get(f"{address}/second-read").url.path == address
    for wrong in ("77", "x", "-1"):
        assert tom.get(f"{address}/second-read?about={wrong}").url.path == address
    tom.get(f"{address}/second-read?about={about}")
    assert "You answer in Linda Friis's place as team lead" in tom.words
    seen = re.search(r'name="seen" value="(\d+)"', tom.page)[1]
    sent = {"agrees": "yes", "words": "Read for <Linda>.", "about": str(about), "seen": seen}
    for _ in range(2):
        assert tom.post(f"{address}/second-read", **sent).url.path == address
    assert acts(site, "second_read") == [
        (about + 1, None, about, {"agrees": True, "words": "Read for <Linda>."}),
    ]
    assert "Tom Ravn answered in Linda Friis's place." in tom.words
    assert "Tom Ravn, in Linda Friis's place, read the case and agrees" in tom.words
    assert "Read for &lt;Linda&gt;." in tom.page
    linda.get("/cases")
    assert "You are asked to read along" not in linda.words
    late = linda.post(f"{address}/second-read", agrees="no", words="My own", about=str(about), seen=str(about))
    assert late.status_code == 409
    assert "My own" in linda.page
    assert len(acts(site, "second_read")) == 1


def test_a_team_lead_who_has_the_case_or_asked_themselves_does_not_answer_for_the_colleague(site, address):
    tom, linda = site.browser("tom"), site.browser("linda")
    send(tom, address, "second-reader", **ASKED)
    about = str(acts(site, "second_reader_asked")[0][0])
    tom.get(address)
    assert "Answer in Linda Friis's place" not in tom.words
    assert tom.post(f"{address}/second-read", agrees="yes", words="x", about=about).status_code == 409
    send(linda, address, "second-reader", to="1", words="")
    about = str(acts(site, "second_reader_asked")[-1][0])
    tom.get(address)
    assert "Answer in Mette Kjærgaard's place" in tom.words
    tom.post(f"{address}/claim")
    assert "Answer in Mette Kjærgaard's place" not in tom.words
    assert tom.post(f"{address}/second-read", agrees="yes", words="x", about=about).status_code == 409
    assert acts(site, "second_read") == []


def test_another_colleague_is_asked_instead_and_the_first_is_not_waited_for_any_more(site, address):
    mette, linda, tom = (site.browser(name) for name in ("mette", "linda", "tom"))
    send(mette, address, "second-reader", **ASKED)
    first = acts(site, "second_reader_asked")[0][0]
    assert f'href="{address}/second-reader?about={first}"' in mette.page
    mette.get(f"{address}/second-reader?about={first}")
    assert "Linda Friis is not waited for any more" in mette.words
    assert "Linda Friis</option>" not in mette.page
    hidden = dict(re.findall(r'type="hidden" name="(seen|about)" value="([^"]*)"', mette.page))
    for _ in range(2):
        assert mette.post(f"{address}/second-reader", to="3", words="Please", **hidden).url.path == address
    (_, instead) = acts(site, "second_reader_asked")
    assert instead[1:3] == (3, first)
    assert "Mette Kjærgaard asked Linda Friis to read along. Now Tom Ravn is asked instead." in mette.words
    assert "Mette Kjærgaard asked Tom Ravn to read along instead of Linda Friis" in mette.words
    assert mette.get(f"{address}/second-reader?about={first}").url.path == address
    late = mette.post(f"{address}/second-reader", to="2", words="Again <x>", about=str(first), seen=hidden["seen"])
    assert late.status_code == 409
    assert "Again &lt;x&gt;" in mette.page
    linda.get("/cases")
    assert "You are asked to read along" not in linda.words
    linda.get(address)
    refused = linda.post(f"{address}/second-read", agrees="no", words="Mine", about=str(first), seen="0")
    assert (refused.status_code, "Mine" in linda.page) == (409, True)
    tom.get("/cases")
    assert "You are asked to read along" in tom.words
    assert send(tom, address, "second-read", agrees="yes", words="").url.path == address
    assert "Tom Ravn read the case and agrees" in tom.words
    assert acts(site, "second_read")[0][2] == instead[0]
    assert verify(site.opened.database, site.opened.heads) == []


def test_a_colleague_who_may_take_no_part_cannot_be_asked_and_cannot_answer(site, address):
    mette, linda = site.browser("mette"), site.browser("linda")
    send(mette, address, "second-reader", **ASKED)
    send(linda, address, "conflict", grounds="My sister", to="")
    assert linda.get(f"{address}/second-read").url.path == address
    about = str(acts(site, "second_reader_asked")[0][0])
    linda.post(f"{address}/second-read", agrees="yes", about=about)
    assert acts(site, "second_read") == []
    linda.get("/cases")
    assert "You are asked to read along" not in linda.words
    mette.get(f"{address}/second-reader")
    assert "Linda Friis" not in re.search(r"<select.*?</select>", mette.page, re.DOTALL)[0]
    assert send(mette, address, "second-reader", **ASKED).status_code == 400
    assert len(acts(site, "second_reader_asked")) == 1


@pytest.mark.parametrize("to", ["", "1", "4", "999", "2; DROP", "linda"])
def test_oneself_another_team_or_nobody_cannot_be_asked_and_the_words_are_kept(site, address, to):
    mette = site.browser("mette")
    assert send(mette, address, "second-reader", to=to, words="Kept <words>").status_code == 400
    assert mette.page.count("Choose whom you ask") == 2
    assert "Kept &lt;words&gt;" in mette.page
    assert acts(site, "second_reader_asked") == []


@pytest.mark.parametrize(
    ("sent", "missing"),
    [
        ({"agrees": "", "words": "Words"}, "Say whether you agree"),
        ({"agrees": "maybe", "words": "Words"}, "Say whether you agree"),
        ({"agrees": "no", "words": " "}, "Write what you see otherwise"),
        ({"agrees": "yes", "words": "æ" * 100_000}, "Shorten the text to at most 10000 characters"),
    ],
)
def test_what_is_missing_is_said_at_its_field(site, address, sent, missing):
    send(site.browser("mette"), address, "second-reader", **ASKED)
    linda = site.browser("linda")
    assert send(linda, address, "second-read", **sent).status_code == 400
    assert linda.page.count(missing) == 2
    assert sent["words"] in linda.page
    assert acts(site, "second_read") == []


def test_a_request_and_an_answer_sent_twice_are_stored_once(site, address):
    mette, linda = site.browser("mette"), site.browser("linda")
    mette.get(f"{address}/second-reader")
    for _ in range(2):
        assert mette.post(f"{address}/second-reader", **ASKED, seen="0").url.path == address
    about = str(acts(site, "second_reader_asked")[0][0])
    linda.get(f"{address}/second-read")
    for _ in range(2):
        sent = {"agrees": "yes", "words": "Fine", "about": about, "seen": about}
        assert linda.post(f"{address}/second-read", **sent).url.path == address
    assert len(acts(site, "second_reader_asked")) == len(acts(site, "second_read")) == 1


@pytest.mark.parametrize("act", ["second-reader", "second-read"])
def test_a_forged_field_is_refused(site, address, act):
    mette = site.browser("mette")
    mette.get(address)
    assert mette.post(f"{address}/{act}", to="2", agrees="yes", by="tom", kind="decision").status_code == 400
    assert acts(site, "second_reader_asked") == acts(site, "second_read") == []


def test_whoever_does_not_have_the_case_cannot_ask(site, address):
    mette, linda = site.browser("mette"), site.browser("linda")
    mette.get(address)
    mette.post(f"{address}/claim")
    linda.get(address)
    assert "Ask a colleague to read along" not in linda.words
    assert linda.get(f"{address}/second-reader").url.path == address
    assert linda.post(f"{address}/second-reader", to="3", words="").status_code == 409
    assert acts(site, "second_reader_asked") == []


def test_a_request_ends_with_the_case(site, address):
    mette, linda = site.browser("mette"), site.browser("linda")
    send(mette, address, "second-reader", **ASKED)
    mette.get(address)
    hidden = dict(re.findall(r'type="hidden" name="(round|assessment)" value="([^"]*)"', mette.page))
    mette.post(f"{address}/decide", **hidden, outcome="granted", reasons="", hearing="")
    assert site.one("SELECT count(*) FROM decision") == (1,)
    linda.get("/cases")
    assert "You are asked to read along" not in linda.words
    assert linda.get(f"{address}/second-read").url.path == address


def test_blind_pages_stay_alike_whoever_reads_along(site):
    kinds, mette, pages = addresses(site), site.browser("mette"), set()
    for address in kinds.values():
        mette.get(address)
        send(mette, address, "second-reader", **ASKED)
        mette.get(address)
        pages.add(skeleton(mette.page))
    assert len(pages) == 1


def test_what_a_reader_found_who_may_have_seen_the_machines_part_waits_for_ones_own_view(site):
    address = addresses(site)["asked"]
    mette, linda = site.browser("mette"), site.browser("linda")
    send(mette, address, "second-reader", **ASKED)
    give(linda, address)
    send(linda, address, "second-read", agrees="no", words="The machine says <b>72</b>.")
    mette.get(address)
    assert "72" not in mette.words
    assert "does not agree" not in mette.words
    assert "Has read the case. The answer is shown when your own view is in" in mette.words
    mette.get(f"{address}/note")
    late = mette.post(f"{address}/note", note="Late", note_sort="note", note_source="", seen="0")
    assert late.status_code == 409
    assert "72" not in mette.words, "what happened meanwhile is told as the case's page tells it"
    give(mette, address)
    assert "The machine says &lt;b&gt;72&lt;/b&gt;." in mette.page
    assert "The second reader does not agree" in mette.words


def test_what_a_reader_found_who_has_seen_nothing_stands_there_at_once(site):
    address = addresses(site)["drawn"]
    mette, linda = site.browser("mette"), site.browser("linda")
    send(mette, address, "second-reader", **ASKED)
    send(linda, address, "second-read", agrees="no", words="The rent is missing.")
    mette.get(address)
    assert "The second reader does not agree" in mette.words
    assert mette.page.count("The rent is missing.") == 2


def test_the_pages_speak_danish(visit):
    site = visit(language="da")
    address = addresses(site)["drawn"]
    mette, linda = site.browser("mette"), site.browser("linda")
    mette.get(f"{address}/second-reader")
    assert "Bed en kollega læse med" in mette.words
    send(mette, address, "second-reader", **ASKED)
    linda.get(address)
    assert "Du er bedt om at læse med" in linda.words
    linda.get(f"{address}/second-read")
    for words in ("Svar som medlæser", "Jeg er ikke enig", "Gem mit svar"):
        assert words in linda.words

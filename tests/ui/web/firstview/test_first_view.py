"""A person's own view comes first: stored before anything of the machine's is sent, and theirs alone."""

from __future__ import annotations

import json
import re

import pytest
from starlette.requests import Request

from config.errors import RefusedError
from models.assessment_store import latest_assessment, store_assessment
from models.audit_verify import verify
from models.clock import stamp, system_clock
from models.queue import case_file
from models.sign_ins import present
from tests.ui.web.firstview.conftest import OF_THE_MACHINE, VIEW, give, skeleton, typed
from ui.caseworker.firstview.needing import case_with_view
from ui.web.visitor import PLAIN_COOKIE, Visitor

KINDS = ("drawn", "asked", "random")
BLIND = "They are shown after your own view"
UNTIL_DECIDED = "Here they come with the decision"


def views(site) -> list[dict]:
    with site.opened.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT content FROM case_act WHERE kind = 'first_view' ORDER BY id")
        return [json.loads(row[0]) for row in rows]


def test_before_the_view_all_three_kinds_have_one_and_the_same_page(site, kinds):
    browser, pages = site.browser("mette"), set()
    for address in kinds.values():
        browser.get(address)
        assert browser.page.count("button-primary") == 1
        assert "Store my view, and go on" in browser.words
        assert "Sign and store the decision" not in browser.words
        assert BLIND in browser.words
        pages.add(skeleton(browser.page))
    assert len(pages) == 1


def test_after_the_view_drawn_and_random_cases_stay_blind_and_alike(site, kinds):
    browser, pages = site.browser("mette"), set()
    for why in ("drawn", "random"):
        assert give(browser, kinds[why]).url.path == kinds[why]
        assert UNTIL_DECIDED in browser.words
        assert "Sign and store the decision" in browser.words
        page = re.sub(r'<svg class="sprite".*?</svg>', "", browser.page, flags=re.DOTALL)
        assert not [word for word in OF_THE_MACHINE if word in page]
        pages.add(skeleton(browser.page))
        browser.get(f"{kinds[why]}/first-view")
        pages.add(skeleton(browser.page))
    assert len(pages) == 2


def test_a_case_that_the_rules_ask_about_shows_both_views_side_by_side_after(site, kinds):
    browser = site.browser("mette")
    give(browser, kinds["asked"])
    assert BLIND not in browser.words
    assert UNTIL_DECIDED not in browser.words
    both = re.search(r'<section id="both">.*?</section>', browser.page, re.DOTALL)[0]
    assert "Your view and the machine&#39;s" in both
    assert both.index('class="own') < both.index('class="mach"')
    assert "Expects more work than in most cases." in both
    assert "Leans to: Refused." in both
    assert "The &lt;b&gt;amount&lt;/b&gt;." in both
    assert "Of 100 cases like this" in both
    assert "Why the case came to you" in browser.words
    assert browser.page.count("button-primary") == 1


def test_what_one_person_was_shown_is_still_hidden_from_a_colleague_who_has_given_no_view(site, kinds):
    mette, linda = site.browser("mette"), site.browser("linda")
    give(mette, kinds["asked"])
    mette.post(
        f"{kinds['asked']}/feedback", **typed(mette, kinds["asked"], "feedback"), words="Secret <i>word</i>"
    )
    assert "said that the machine&#39;s reasons are wrong" in mette.page
    linda.get(kinds["asked"])
    assert BLIND in linda.words
    for word in (*OF_THE_MACHINE, "Secret", "reasons are wrong"):
        assert word not in re.sub(r'<svg class="sprite".*?</svg>', "", linda.page, flags=re.DOTALL), word
    assert "Mette Kjærgaard stored a first view" in linda.words
    assert "&lt;b&gt;amount" not in linda.page, "a colleague may have written it after seeing the machine's part"
    give(mette, kinds["drawn"])
    linda.get(kinds["drawn"])
    of_drawn = skeleton(linda.page)
    linda.get(kinds["asked"])
    assert skeleton(linda.page) == of_drawn


def test_lists_show_the_machines_part_to_nobody_else(site, kinds):
    mette, linda = site.browser("mette"), site.browser("linda")
    give(mette, kinds["asked"])
    give(mette, kinds["drawn"])
    give(mette, kinds["random"])

    def listed(browser, address, choice):
        found, page = set(), f"/cases?list=team&{choice}"
        while page:
            browser.get(page)
            found |= set(re.findall(r'<th scope="row"><a href="([^"]+)"', browser.page))
            more = re.search(r'href="(/cases\?[^"]*after=[^"]+)">', browser.page)
            page = more[1].replace("&amp;", "&") if more else ""
        return address in found

    assert not listed(mette, kinds["asked"], "role=own_view")
    assert listed(mette, kinds["drawn"], "role=own_view")
    assert listed(mette, kinds["random"], "role=own_view")
    assert listed(linda, kinds["asked"], "role=own_view")
    tom = site.browser("tom")
    tom.get("/team/cases.csv")
    row = next(line for line in tom.page.splitlines() if kinds["asked"].rpartition("/")[2] in line)
    assert "judge for yourself" in row


@pytest.mark.parametrize("why", KINDS)
def test_nobody_decides_before_their_view_and_the_text_goes_on_with_it(site, kinds, why):
    browser, address = site.browser("mette"), kinds[why]
    browser.get(address)
    early = {"outcome": "refused", "reasons": "Two hours of <work>", "hearing": "nothing_held", "round": "1"}
    early |= {"assessment": typed(browser, address)["assessment"], "kept": "0 decide"}
    assert browser.post(f"{address}/decide", **early).status_code == 409
    assert "Store your own view first." in browser.words
    assert "Two hours of &lt;work&gt;" in browser.page
    assert BLIND in browser.words
    assert browser.post(f"{address}/approve", round="1", assessment=early["assessment"]).status_code == 409
    assert site.one("SELECT count(*) FROM decision") == (0,)
    give(browser, address)
    form = re.search(r'<form[^>]*action="[^"]*/decide".*?</form>', browser.page, re.DOTALL)[0]
    assert "Two hours of &lt;work&gt;" in form
    assert 'value="refused" checked' in form
    assert site.one("SELECT count(*) FROM decision") == (0,)


def test_the_view_is_asked_for_once_more_at_the_moment_of_storing(site, kinds):
    browser, address = site.browser("mette"), kinds["drawn"]
    request = Request({"type": "http", "app": site.app, "headers": []})
    request.state.visitor = Visitor(present(site.opened.database, browser.client.cookies[PLAIN_COOKIE]))
    with site.opened.database.read() as connection:
        request.state.case_file = case_file(connection, "subsidy", address.rpartition("/")[2])
        with pytest.raises(RefusedError, match="store your own first view of the case before you decide it"):
            case_with_view(request, connection)
    give(browser, address)
    with site.opened.database.read() as connection:
        assert case_with_view(request, connection).case_id == address.rpartition("/")[2]


def test_a_case_that_was_shown_and_is_drawn_since_is_blind_again_for_everybody(site, kinds):
    mette, linda, address = site.browser("mette"), site.browser("linda"), kinds["asked"]
    give(mette, address)
    assert "Of 100 cases like this" in mette.words
    with site.opened.database.write() as connection:
        newest = latest_assessment(connection, "subsidy", address.rpartition("/")[2])
        drawn = {**newest, "drawn": True, "made_at": stamp(system_clock())}
        del drawn["id"], drawn["audit_batch"]
        store_assessment(connection, drawn, queue=True)
    for browser in (mette, linda):
        browser.get(address)
        page = re.sub(r'<svg class="sprite".*?</svg>', "", browser.page, flags=re.DOTALL)
        assert not [word for word in OF_THE_MACHINE if word in page]
    assert UNTIL_DECIDED in mette.get(address).text.replace("&#39;", "'")
    assert BLIND in linda.words


def test_the_view_is_an_act_and_each_version_is_kept(site, kinds):
    browser, address = site.browser("mette"), kinds["drawn"]
    give(browser, address, leans="not-yet", weighs="")
    browser.get(f"{address}/first-view")
    assert 'value="not-yet" checked' in browser.page
    again = typed(browser, address)
    browser.post(f"{address}/first-view", **again, leans="granted", effort="simple", weighs="Changed")
    first, second = views(site)
    assert (first["outcome"], first["effort"], first["weighs"]) == (None, "complex", "")
    assert (second["outcome"], second["effort"], second["weighs"]) == ("granted", "simple", "Changed")
    assert first["assessment_id"] == int(again["assessment"])
    assert "Leans to: Granted." in browser.words
    assert verify(site.opened.database, site.opened.heads) == []


def test_a_form_sent_twice_is_stored_once(site, kinds):
    browser, address = site.browser("mette"), kinds["asked"]
    browser.get(address)
    sent = {**typed(browser, address), **VIEW}
    for _ in range(2):
        assert browser.post(f"{address}/first-view", **sent).url.path == address
    assert len(views(site)) == 1


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"leans": ""}, "Choose what you lean to, or that you cannot say yet"),
        ({"leans": "invented"}, "Choose what you lean to, or that you cannot say yet"),
        ({"effort": ""}, "Choose how much work you expect"),
        ({"effort": "huge"}, "Choose how much work you expect"),
        ({"weighs": "æ" * 100_000}, "Shorten the text to at most 10000 characters"),
    ],
)
def test_what_is_missing_is_said_twice_and_what_was_typed_is_kept(site, kinds, changes, missing):
    browser = site.browser("mette")
    sent = {"weighs": "Kept <word>", **changes}
    assert give(browser, kinds["drawn"], **sent).status_code == 400
    assert browser.page.count(missing) == 2
    assert ("Kept &lt;word&gt;" if len(sent["weighs"]) < 100 else "æ" * 100_000) in browser.page
    assert views(site) == []


@pytest.mark.parametrize("changes", [{"assessment": "1; DROP"}, {"by": "linda"}, {"kind": "decision"}])
def test_a_forged_field_is_refused(site, kinds, changes):
    browser = site.browser("mette")
    assert give(browser, kinds["drawn"], **changes).status_code == 400
    assert views(site) == []


def test_a_view_of_another_assessment_is_not_stored_and_kept(site, kinds):
    other = site.one("SELECT id FROM assessment WHERE case_id <> ?", kinds["drawn"].rpartition("/")[2])[0]
    browser = site.browser("mette")
    assert give(browser, kinds["drawn"], assessment=str(other)).status_code == 409
    assert "assessed anew since you opened this page" in browser.words
    assert "The &lt;b&gt;amount&lt;/b&gt;." in browser.page
    assert views(site) == []


def test_another_teams_case_and_one_that_asks_for_none_take_no_view(site, kinds, seen_case):
    browser = site.browser("mette")
    browser.get(seen_case)
    assert 'id="view"' not in browser.page
    number = re.search(r'name="assessment" value="(\d+)"', browser.page)[1]
    assert browser.post(f"{seen_case}/first-view", **VIEW, assessment=number).status_code == 409
    assert browser.get(f"{seen_case}/first-view").url.path == seen_case
    elsewhere = site.address("c.team = 'senior'")
    browser.get(kinds["drawn"])
    assert browser.post(f"{elsewhere}/first-view", **VIEW).status_code == 404
    assert views(site) == []


def test_a_colleagues_case_asks_for_no_view(site, kinds):
    mette, linda = site.browser("mette"), site.browser("linda")
    mette.get(kinds["asked"])
    mette.post(f"{kinds['asked']}/claim")
    linda.get(kinds["asked"])
    assert 'id="view"' not in linda.page
    assert "Mette Kjærgaard has taken the case and decides it." in linda.words
    assert not [word for word in OF_THE_MACHINE[:3] if word in linda.words]
    number = re.search(r'name="assessment" value="(\d+)"', mette.page)[1]
    assert linda.post(f"{kinds['asked']}/first-view", **VIEW, assessment=number).status_code == 409


@pytest.mark.parametrize("why", KINDS)
def test_after_the_decision_the_first_view_stands_beside_the_machines(site, kinds, why):
    browser, address = site.browser("mette"), kinds[why]
    give(browser, address)
    sent = typed(browser, address, "decide")
    browser.post(f"{address}/decide", **sent, outcome="refused", reasons="By § 4.", hearing="nothing_held")
    assert "Expects more work than in most cases. Leans to: Refused." in browser.words
    assert "Of 100 cases like this" in browser.words
    assert re.search("The person and the machine (do not )?expect the same work", browser.words)
    browser.get(address)
    assert "The first view and the machine's" in browser.words


def test_the_page_speaks_danish(visit):
    from tests.ui.web.firstview.conftest import addresses

    site = visit(language="da")
    browser = site.browser("mette")
    browser.get(addresses(site)["asked"])
    for words in (
        "Din første vurdering",
        "Hvad hælder du til lige nu?",
        "Kan ikke siges endnu",
        "Gem min vurdering",
    ):
        assert words in browser.words
    give(browser, addresses(site)["asked"])
    assert "Din vurdering og maskinens" in browser.words
    assert "Ret min vurdering" in browser.words

"""What is typed into the small forms of the case's page, feedback and the rules' questions, is not lost either."""

from __future__ import annotations

import re

import pytest

from models.publication import publish
from routing.correcting import assess_anew
from routing.in_force import RULES
from tests.ui.web.conftest import ROUTING
from tests.ui.web.firstview.conftest import typed
from tests.ui.web.firstview.test_dilemmas import DILEMMAS
from tests.ui.web.writing.test_kept_words import SHOWN, TEXT, kept


def part(page: str, name: str) -> str:
    """The form that is kept under a name."""
    return next(one for one in page.split("<form")[1:] if re.search(rf'name="kept" value="\d+ {name}"', one))


@pytest.fixture
def asked(site, address) -> str:
    with site.opened.database.write() as connection:
        publish(connection, "rules", RULES, ROUTING + DILEMMAS)
    return address


@pytest.mark.parametrize(("on", "other"), [("explanation", "route"), ("route", "explanation")])
def test_feedback_that_is_kept_comes_back_into_its_own_form_and_goes_when_it_is_stored(
    site, address, form, on, other
):
    mette = site.browser("mette")
    mette.get(address)
    name, sent = f"feedback-{on}", {"on": on, "words": TEXT, "feature": ""}
    assert mette.post(f"{address}/text?back={address}", **form(mette, name), **sent).url.path == address
    assert kept(site) == [["mette", name, {"feature": "", "words": TEXT}]]
    assert SHOWN in part(mette.page, name).partition("</form>")[0]
    assert SHOWN not in part(mette.page, f"feedback-{other}").partition("</form>")[0]
    assert f"<details open><summary>{'The reasons' if on == 'explanation' else 'The case'}" in mette.page
    assert "Your draft from" in mette.words
    assert mette.post(f"{address}/feedback", **{**form(mette, name), **sent}).url.path == address
    assert kept(site) == []
    assert "<details open>" not in mette.page


def test_feedback_that_is_refused_is_kept_under_one_name_and_forgotten_when_it_is_sent_again(site, address, form):
    mette = site.browser("mette")
    mette.get(address)
    sent = {**form(mette, "feedback-route"), "on": "route", "words": TEXT}
    assess_anew(site.opened, "subsidy", address.rpartition("/")[2])
    assert mette.post(f"{address}/feedback", **sent).status_code == 409
    assert SHOWN in mette.page
    again = {**sent, **form(mette, "feedback-route")}
    assert kept(site) == [["mette", "feedback-route", {"words": TEXT}]]
    assert mette.post(f"{address}/feedback", **again).url.path == address
    assert kept(site) == []
    assert site.one("SELECT count(*) FROM case_act WHERE kind = 'feedback'") == (1,)


def test_an_answer_to_a_question_is_kept_in_the_form_of_that_question(site, asked, form):
    mette = site.browser("mette")
    mette.get(asked)
    rules = re.findall(r'name="rule" value="([^"]+)"', mette.page)
    names = [f"dilemma-{rule.replace('.', '-')}" for rule in rules]
    assert len(set(names)) == 2
    sent = {"rule": rules[1], "answer": "no", "words": TEXT}
    assert mette.post(f"{asked}/text?back={asked}", **form(mette, names[1]), **sent).url.path == asked
    mine, other = (part(mette.page, name).partition("</form>")[0] for name in (names[1], names[0]))
    assert SHOWN in mine
    assert re.search(r'value="no" checked', mine)
    assert SHOWN not in other
    assert "checked" not in other
    ids = re.findall(r' id="([^"]+)"', mette.page)
    assert len(ids) == len(set(ids))
    mette.post(f"{asked}/text-discarded?back={asked}", kept=form(mette, names[1])["kept"])
    assert kept(site) == []
    missing = mette.post(f"{asked}/dilemma", **form(mette, names[0]), rule=rules[0], answer="", words=TEXT)
    assert missing.status_code == 400
    assert kept(site) == [["mette", names[0], {"answer": "", "words": TEXT}]]
    again = {**form(mette, names[0]), "rule": rules[0], "answer": "yes", "words": TEXT}
    assert mette.post(f"{asked}/dilemma", **again).url.path == asked
    assert kept(site) == []


def test_what_one_person_typed_is_in_nobody_elses_form(site, address, form):
    mette, linda = site.browser("mette"), site.browser("linda")
    mette.get(address)
    mette.post(f"{address}/text?back={address}", **form(mette, "feedback-route"), on="route", words=TEXT)
    linda.get(address)
    assert SHOWN not in linda.page


def test_a_forged_rule_names_no_form(site, asked):
    mette = site.browser("mette")
    mette.get(asked)
    hidden = {**typed(mette, asked, "dilemma"), "rule": "3.1;DROP"}
    assert mette.post(f"{asked}/dilemma", **hidden, answer="yes", words=TEXT).status_code == 409
    assert SHOWN in mette.page
    assert site.one("SELECT count(*) FROM case_act WHERE kind = 'dilemma'") == (0,)

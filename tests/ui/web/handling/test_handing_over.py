"""A case goes to a colleague of the same team or back to the team; whoever may take no part never decides it."""

from __future__ import annotations

import re

import pytest

from models.audit_verify import verify

LONG = "æ" * 10_000


def number(site, name: str) -> str:
    return str(site.one("SELECT id FROM user_account WHERE name = ?", name)[0])


def holder(site, address: str) -> str | None:
    query = "SELECT u.name FROM case_file c LEFT JOIN user_account u ON u.id = c.assigned_to WHERE c.case_id = ?"
    return site.one(query, address.rpartition("/")[2])[0]


def test_a_case_goes_to_a_colleague_with_a_note(site, address, send):
    mette = site.browser("mette")
    answer = send(mette, f"{address}/hand-over", to=number(site, "linda"), note="<b>Rent</b> is missing.")
    assert answer.url.path == address
    assert holder(site, address) == "linda"
    assert "Mette Kjærgaard handed the case over to Linda Friis" in mette.words
    assert "&lt;b&gt;Rent&lt;/b&gt; is missing." in mette.page
    assert "Linda Friis has taken the case and decides it." in mette.words
    assert verify(site.opened.database, site.opened.heads) == []


def test_a_case_goes_back_to_the_team(site, address, send):
    mette = site.browser("mette")
    mette.get(address)
    mette.post(f"{address}/claim")
    send(mette, f"{address}/hand-over", to="team", note="")
    assert holder(site, address) is None
    assert "Mette Kjærgaard gave the case back to the team" in mette.words


@pytest.mark.parametrize("to", ["other", "birgit", "anders", "mette"])
def test_nobody_of_another_team_or_role_is_chosen(site, address, send, to):
    mette = site.browser("mette")
    assert send(mette, f"{address}/hand-over", to=number(site, to), note="Kept text").status_code == 400
    assert "Kept text" in mette.page
    assert holder(site, address) is None


@pytest.mark.parametrize("to", ["", "0", "-1", "1e9", "nobody", "9" * 30])
def test_a_forged_colleague_is_refused(site, address, send, to):
    mette = site.browser("mette")
    assert send(mette, f"{address}/hand-over", to=to).status_code == 400
    assert mette.page.count("Choose who goes on with the case") == 2


def test_a_form_sent_twice_hands_over_once(site, address):
    mette = site.browser("mette")
    mette.get(f"{address}/hand-over")
    for _ in range(2):
        answer = mette.post(f"{address}/hand-over", seen="0", to=number(site, "linda"), note="Once")
        assert answer.url.path == address
    assert site.one("SELECT count(*) FROM case_act") == (1,)


def test_a_colleagues_case_is_handed_over_by_a_team_lead_alone(site, address, send):
    mette, linda, tom = (site.browser(name) for name in ("mette", "linda", "tom"))
    linda.get(address)
    linda.post(f"{address}/claim")
    assert send(mette, f"{address}/hand-over", to="team").status_code == 409
    assert "A colleague has taken the case; ask them, or a team lead." in mette.words
    assert holder(site, address) == "linda"
    send(tom, f"{address}/hand-over", to=number(site, "mette"))
    assert holder(site, address) == "mette"


@pytest.mark.parametrize(("act", "fields"), [("hand-over", {"to": "team"}), ("conflict", {"grounds": "Mine"})])
def test_another_teams_case_is_not_there(site, act, fields):
    mette, elsewhere = site.browser("mette"), site.address("c.team = 'senior'")
    mette.get("/cases")
    assert mette.get(f"{elsewhere}/{act}").status_code == 404
    mette.get("/cases")
    assert mette.post(f"{elsewhere}/{act}", seen="0", **fields).status_code == 404
    assert site.one("SELECT count(*) FROM case_act") == (0,)


def test_whoever_may_take_no_part_has_the_case_no_longer_and_never_decides_it(site, address, send):
    mette = site.browser("mette")
    mette.view(address)
    mette.post(f"{address}/claim")
    decision = dict(re.findall(r'type="hidden" name="(round|assessment)" value="([^"]*)"', mette.page))
    assert send(mette, f"{address}/conflict", grounds="My <i>brother</i>.").url.path == address
    assert holder(site, address) is None
    assert "Mette Kjærgaard takes no part in the case" in mette.words
    assert "My &lt;i&gt;brother&lt;/i&gt;." in mette.page
    assert "You have said that you may take no part in this case." in mette.words
    assert 'id="form"' not in mette.page
    typed = {"outcome": "refused", "reasons": "For the amount.", "hearing": "nothing_held"}
    answer = mette.post(f"{address}/decide", **decision, **typed)
    assert answer.status_code == 409
    assert mette.post(f"{address}/claim").status_code == 409
    assert "You have said that you may take no part in this case." in mette.words
    assert site.one("SELECT count(*) FROM decision") == (0,)
    assert holder(site, address) is None


def test_the_case_goes_from_a_conflicted_person_to_the_colleague_they_name_and_not_back(site, address, send):
    mette, linda = site.browser("mette"), site.browser("linda")
    send(mette, f"{address}/conflict", grounds=LONG, to=number(site, "linda"))
    assert holder(site, address) == "linda"
    assert LONG in mette.page
    assert send(linda, f"{address}/hand-over", to=number(site, "mette")).status_code == 400
    assert "Mette Kjærgaard</option>" not in linda.page
    assert holder(site, address) == "linda"


def test_somebody_who_does_not_have_the_case_does_not_move_it_by_a_conflict(site, address, send):
    mette, linda = site.browser("mette"), site.browser("linda")
    linda.get(address)
    linda.post(f"{address}/claim")
    assert send(mette, f"{address}/conflict", grounds="Mine", to=number(site, "tom")).status_code == 400
    send(mette, f"{address}/conflict", grounds="Mine")
    assert holder(site, address) == "linda"


def test_grounds_are_needed(site, address, send):
    mette = site.browser("mette")
    assert send(mette, f"{address}/conflict", grounds=" ").status_code == 400
    assert mette.page.count("Write why you may take no part") == 2
    assert send(mette, f"{address}/conflict", grounds=f"{LONG}x").status_code == 400
    assert site.one("SELECT count(*) FROM case_act") == (0,)


def test_a_conflicted_person_writes_no_note(site, address, send):
    mette = site.browser("mette")
    send(mette, f"{address}/conflict", grounds="Mine")
    assert send(mette, f"{address}/note", note="All the same").status_code == 409
    assert "You have declared that you may take no part in this case." in mette.words

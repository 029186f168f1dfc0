"""A team lead hands over an absent colleague's cases: to named people or the team, with a note, to nobody else."""

from __future__ import annotations

import json
import re

import pytest

from models.people import find_user
from models.queue import take_case

NOTE = "Linda er syg. <b>Ring</b> først."


@pytest.fixture
def held(site) -> list[str]:
    """Three cases that Linda has."""
    query = "SELECT case_id FROM case_file WHERE team = 'intake' ORDER BY case_id LIMIT 1 OFFSET ?"
    cases = [site.one(query, place)[0] for place in range(3)]
    with site.opened.database.write() as connection:
        for case in cases:
            take_case(connection, "subsidy", case, user_id(site, "linda"))
    return cases


def user_id(site, name: str) -> int:
    with site.opened.database.read() as connection:
        return find_user(connection, name).id


def tom_at(site):
    tom = site.browser("tom")
    tom.get(f"/team/hand-over?from={user_id(site, 'linda')}")
    return tom


def send(tom, site, cases, **fields):
    chosen = {f"case:subsidy/{case}": "" for case in cases}
    return tom.post("/team/hand-over", **{"from": str(user_id(site, "linda")), "note": NOTE, **chosen, **fields})


def holder(site, case: str):
    return site.one("SELECT assigned_to FROM case_file WHERE case_id = ?", case)[0]


def test_all_cases_go_to_one_person_but_those_chosen_otherwise(site, held):
    tom, mette = tom_at(site), user_id(site, "mette")
    assert [f'name="case:subsidy/{case}"' in tom.page for case in held] == [True] * 3
    first, second, third = held
    choice = {f"case:subsidy/{second}": "team", f"case:subsidy/{third}": "stays"}
    assert send(tom, site, held, to=str(mette), **choice).status_code == 200
    assert [holder(site, case) for case in held] == [mette, None, user_id(site, "linda")]
    assert "2 cases were handed over." in tom.words
    kind, content, to_user = site.one("SELECT kind, content, to_user FROM case_act WHERE case_id = ?", first)
    assert (kind, to_user) == ("handed_over", mette)
    said = json.loads(content)
    assert (said["because"], said["from_user"], said["note"]) == ("absence", user_id(site, "linda"), NOTE)
    assert send(tom, site, [first], to="team").status_code == 200
    assert "1 case had changed hands" in tom.words
    assert holder(site, first) == mette


@pytest.mark.parametrize("forged", ["other", "birgit", "linda", "ulla"])
def test_nobody_outside_the_team_and_not_the_absent_one_can_be_named(site, held, forged):
    tom = tom_at(site)
    for fields in (
        {"to": str(user_id(site, forged))},
        {"to": "team", f"case:subsidy/{held[0]}": str(user_id(site, forged))},
    ):
        assert send(tom, site, held, **fields).status_code == 400
        tom.get("/team")
    assert {holder(site, case) for case in held} == {user_id(site, "linda")}


@pytest.mark.parametrize(
    "fields",
    [{"to": "999"}, {"to": "-1"}, {"to": "x"}, {"to": "team", "by": "2"}, {"to": "team", "case:": "team"},
     {"to": "team", "from": "x"}, {"to": "team", "from": "²"}],
)  # fmt: skip
def test_forged_fields_hand_nothing_over(site, held, fields):
    tom = tom_at(site)
    assert send(tom, site, held, **fields).status_code == 400
    assert {holder(site, case) for case in held} == {user_id(site, "linda")}


def test_cases_of_another_team_are_left(site, held):
    (foreign,) = site.one("SELECT case_id FROM case_file WHERE team = 'senior' LIMIT 1")
    with site.opened.database.write() as connection:
        take_case(connection, "subsidy", foreign, user_id(site, "linda"))
    tom = tom_at(site)
    assert foreign not in tom.page
    send(tom, site, [foreign, "nothing"], to="team")
    assert holder(site, foreign) == user_id(site, "linda")
    assert "2 cases had changed hands" in tom.words


def test_without_a_note_or_a_name_nothing_moves_and_what_was_typed_is_kept(site, held):
    tom = tom_at(site)
    assert send(tom, site, held, to="team", note=" ").status_code == 400
    assert re.search(r'<option value="team" selected>', tom.page)
    assert send(tom, site, held, to="").status_code == 400
    assert "&lt;b&gt;Ring&lt;/b&gt;" in tom.page
    assert send(tom, site, held, to="team", note="x" * 10_001).status_code == 400
    assert {holder(site, case) for case in held} == {user_id(site, "linda")}


def test_a_case_does_not_go_to_whoever_declared_a_conflict_in_it(site, held):
    from models.act_store import record_act
    from models.sign_ins import begin_sign_in

    with site.opened.database.write() as connection:
        signed = begin_sign_in(connection, find_user(connection, "mette"), method="password")
        record_act(connection, case_type="subsidy", case_id=held[0], sign_in_id=signed.id, kind="conflict",
                   content={"grounds": "min nabo"})  # fmt: skip
    tom = tom_at(site)
    send(tom, site, held, to=str(user_id(site, "mette")))
    assert f"Case {held[0]} stays" in tom.words
    assert [holder(site, case) == user_id(site, "mette") for case in held] == [False, True, True]


def test_cases_of_somebody_who_has_left_can_still_be_handed_over(site, held):
    from models.people import disable_user

    with site.opened.database.write() as connection:
        disable_user(connection, find_user(connection, "linda"), actor="system")
    tom = tom_at(site)
    send(tom, site, held, to="team")
    assert {holder(site, case) for case in held} == {None}


def test_a_caseworker_cannot_hand_over_anybodys_cases(site, held):
    mette = site.browser("mette")
    mette.get("/cases")
    assert send(mette, site, held, to="team").status_code == 403
    assert {holder(site, case) for case in held} == {user_id(site, "linda")}

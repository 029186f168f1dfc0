"""What people do to a case is kept word for word, under their own sign-in; the database asks for what belongs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from config.errors import InputError, RefusedError
from models.act_kinds import KINDS
from models.audit_verify import verify
from models.case_acts import acts_of, acts_of_many
from models.erasing import erase_case
from models.people import disable_user
from models.second_readers import asked_to_read
from models.sign_ins import end_sign_in

DAY = "2099-12-07"
ASKED = {"of": "citizen", "whom": "Ida", "text": "Send din lejekontrakt"}


@pytest.fixture
def signed_in(records: Any) -> Any:
    records.cases(["A1", "A2"])
    return records.sign_in(records.user())


def insert(records: Any, **given: Any) -> None:
    """An act as raw SQL would write it, past every function of ours."""
    values = {"case_id": "A1", "sign_in": 1, "kind": "note", "at": records.database.now, "about": None, "to": None,
              "until": None, **given}  # fmt: skip
    records.run(
        "INSERT INTO case_act (case_type, case_id, sign_in_id, at, kind, about_act, to_user, until, content,"
        " audit_batch) VALUES ('fines', :case_id, :sign_in, :at, :kind, :about, :to, :until, '{}', 'x')",
        **values,
    )


def test_note_of_a_hundred_thousand_characters_is_kept_word_for_word(records: Any, signed_in: Any) -> None:
    text = "Æ\n" * 50_000
    act = records.act("A1", signed_in, "note", {"text": text, "sort": "oral", "source": "telefon"})
    with records.database.read() as connection:
        assert acts_of(connection, "fines", "A1") == [act]
        assert acts_of(connection, "fines", "A2") == []
    assert act.content == {"text": text, "sort": "oral", "source": "telefon", "contact": False}
    assert (act.by, act.kind, act.sign_in_id) == ("Anna", "note", signed_in.id)
    with pytest.raises(InputError, match=r"note: text: .*100000"):
        records.act("A1", signed_in, "note", {"text": text + "x"})
    assert verify(records.database, records.heads) == []


def test_trail_says_what_kind_of_act_and_nothing_of_the_case(records: Any, signed_in: Any) -> None:
    records.act("A1", signed_in, "conflict", {"grounds": "min nabo"})
    action, actor, subject, payload = records.all(
        "SELECT action, actor, subject, payload FROM audit ORDER BY seq DESC LIMIT 1"
    )[0]
    assert (action, actor) == ("case.acted", "user:1")
    assert '"kind":"conflict"' in payload
    for secret in ("A1", "nabo"):
        assert secret not in subject + payload


def test_answers_are_acts_about_the_question(records: Any, signed_in: Any) -> None:
    asked = records.act("A1", signed_in, "asked", ASKED, until=DAY)
    records.act("A1", signed_in, "reminded", about_act=asked.id, until=DAY)
    answered = records.act("A1", signed_in, "answered", {"how": "mail"}, about_act=asked.id)
    assert (answered.about_act, answered.content) == (asked.id, {"how": "mail", "text": ""})
    with records.database.read() as connection:
        found = acts_of_many(connection, "fines", ["A1", "A2"], {"asked", "answered"})
    assert {case_id: [act.kind for act in acts] for case_id, acts in found.items()} == {
        "A1": ["asked", "answered"]
    }


@pytest.mark.parametrize(
    ("kind", "content", "sentence"),
    [
        ("note", {"text": "  "}, "note: text: an empty text stands here"),
        ("note", {"text": "x", "colour": "red"}, "note: colour: "),
        ("note", {"text": 7}, "note: text: "),
        ("shouted", {}, "no act is called 'shouted'"),
        ("hearing", {"points": []}, "hearing: points: "),
        ("hearing_exception", {"number": 7, "reasons": "x"}, "hearing_exception: number: "),
        ("complaint", {"decision_id": 1, "received_on": "i går"}, "complaint: received_on: "),
        ("complaint", {"decision_id": 1, "received_on": "2026-11-23"}, "case A1 has no decision with number 1"),
        ("asked", {**ASKED, "letter_id": 4}, "case A1 has no letter with number 4"),
    ],
)
def test_content_that_a_kind_does_not_have_is_refused(
    records: Any, signed_in: Any, kind: str, content: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(InputError, match=sentence):
        records.act("A1", signed_in, kind, content)
    assert records.one("SELECT count(*) FROM case_act") == 0


@pytest.mark.parametrize("until", ["soon", "2026-02-30", "20261207"])
def test_last_day_must_be_a_day(records: Any, signed_in: Any, until: str) -> None:
    with pytest.raises(InputError, match="is no day"):
        records.act("A1", signed_in, "parked", {"reason": "ferie"}, until=until)


def test_nothing_is_handed_to_somebody_who_has_been_shut_out(records: Any, signed_in: Any) -> None:
    bo = records.user("bo")
    with records.database.write() as connection:
        disable_user(connection, bo, actor="system")
    with pytest.raises(InputError, match="no longer works here"):
        records.act("A1", signed_in, "handed_over", to_user=bo.id)


def test_team_lead_answers_for_a_second_reader_and_nobody_else_does(records: Any, signed_in: Any) -> None:
    records.run("UPDATE case_file SET team = 'intake'")
    bo, lead = records.user("bo", team="intake"), records.sign_in(records.user("tom", "team_lead", team="intake"))
    elsewhere = records.sign_in(records.user("ida", "team_lead", team="senior"))
    asked = records.act("A1", signed_in, "second_reader_asked", to_user=bo.id)
    own = records.act("A2", lead, "second_reader_asked", to_user=bo.id)
    for who, about, case, sentence in [
        (elsewhere, asked, "A1", "or the team lead in their place"),
        (lead, own, "A2", "whoever asked for a second reader"),
        (lead, own, "A1", "in the same case"),
    ]:
        with pytest.raises(RefusedError, match=sentence):
            records.act(case, who, "second_read", {"agrees": True}, about_act=about.id)
    records.run("UPDATE case_file SET assigned_to = (SELECT id FROM user_account WHERE name = 'tom')")
    with pytest.raises(RefusedError, match="or the team lead in their place"):
        records.act("A1", lead, "second_read", {"agrees": True}, about_act=asked.id)
    records.run("UPDATE case_file SET assigned_to = NULL")
    assert records.act("A1", lead, "second_read", {"agrees": True}, about_act=asked.id).by == "Tom"
    with pytest.raises(RefusedError, match="has been answered meanwhile"):
        records.act("A1", records.sign_in(bo), "second_read", {"agrees": False}, about_act=asked.id)
    with pytest.raises(RefusedError, match="has been answered meanwhile"):
        records.act("A1", signed_in, "second_reader_asked", to_user=bo.id, about_act=asked.id)


def test_colleague_who_is_not_waited_for_any_more_finds_no_request(records: Any, signed_in: Any) -> None:
    records.run("UPDATE case_file SET team = 'intake'")
    bo, eva = (records.user(name, team="intake") for name in ("bo", "eva"))
    asked = records.act("A1", signed_in, "second_reader_asked", to_user=bo.id)
    elsewhere = records.act("A2", signed_in, "second_reader_asked", to_user=bo.id)
    with pytest.raises(RefusedError, match="in the same case"):
        records.act("A1", signed_in, "second_reader_asked", to_user=eva.id, about_act=elsewhere.id)
    instead = records.act("A1", signed_in, "second_reader_asked", to_user=eva.id, about_act=asked.id)
    with records.database.read() as connection:
        waiting = {one.id: [act.id for act in asked_to_read(connection, one.id, "intake")] for one in (bo, eva)}
    assert waiting == {bo.id: [elsewhere.id], eva.id: [instead.id]}
    with pytest.raises(RefusedError, match="another colleague has been asked instead"):
        records.act("A1", records.sign_in(bo), "second_read", {"agrees": True}, about_act=asked.id)
    with pytest.raises(RefusedError, match="another colleague has been asked instead"):
        records.act("A1", signed_in, "second_reader_asked", to_user=bo.id, about_act=asked.id)


def test_only_the_colleague_who_was_asked_is_the_second_reader(records: Any, signed_in: Any) -> None:
    bo = records.user("bo", team="intake")
    asked = records.act("A1", signed_in, "second_reader_asked", to_user=bo.id)
    with pytest.raises(RefusedError, match="only the colleague who was asked"):
        records.act("A1", signed_in, "second_read", {"agrees": True}, about_act=asked.id)
    read = records.act("A1", records.sign_in(bo), "second_read", {"agrees": True}, about_act=asked.id)
    assert read.by == "Bo"
    with pytest.raises(RefusedError, match="not yourself"):
        records.act("A1", records.sign_in(bo), "second_reader_asked", to_user=bo.id)


RAW = {
    "no such kind": ({"kind": "shouted"}, "no such step"),
    "nobody": ({"sign_in": None}, "needs a person's sign-in, save"),
    "somebody for the machine": ({"kind": "dispatch_failed"}, "needs a person's sign-in, save"),
    "a sign-in that is not there": ({"sign_in": 77}, "this one is not on record"),
    "another case": ({"case_id": "A9"}, "refers to something that is not on record"),
    "long ago": ({"at": "2020-01-01T00:00:00.000000Z"}, "not live when the case was handled"),
    "machine long ago": (
        {"kind": "dispatch_failed", "sign_in": None, "at": "2020-01-01T00:00:00.000000Z"},
        "is not now",
    ),
    "no form of a time": ({"kind": "dispatch_failed", "sign_in": None, "at": "now"}, "must be UTC text"),
    "about nothing": ({"kind": "answered"}, "names the earlier one"),
    "about another kind": ({"kind": "answered", "about": 1}, "names the earlier one"),
    "about another case": ({"kind": "answered", "about": 2, "case_id": "A2"}, "names the earlier one"),
    "a note about a note": ({"about": 1}, "is about no earlier one"),
    "no day": ({"kind": "parked"}, "names its last day"),
    "a day too many": ({"until": DAY}, "names its last day"),
    "a wrong day": ({"kind": "parked", "until": "soon"}, "names its last day"),
    "a colleague too many": ({"to": 1}, "names the colleague"),
    "no colleague": ({"kind": "second_reader_asked"}, "names the colleague"),
    "reopening an open case": ({"kind": "reopened"}, "not closed, so it cannot be reopened"),
}


@pytest.mark.parametrize(("given", "sentence"), RAW.values(), ids=RAW.keys())
def test_act_that_lacks_what_belongs_to_it_is_refused_by_the_database(
    records: Any, signed_in: Any, given: dict[str, Any], sentence: str
) -> None:
    records.act("A1", signed_in, "note", {"text": "x"})
    records.act("A1", signed_in, "asked", ASKED, until=DAY)
    with pytest.raises(RefusedError, match=sentence):
        insert(records, **given)


@pytest.mark.parametrize("role", ["steward", "auditor"])
def test_steward_and_auditor_handle_no_case(records: Any, role: str) -> None:
    records.cases(["A1"])
    records.sign_in(records.user(role=role))
    with pytest.raises(RefusedError, match="only a caseworker or a team lead handles"):
        insert(records)


def test_nobody_acts_after_signing_out_or_under_another_purpose(records: Any, signed_in: Any) -> None:
    with pytest.raises(RefusedError, match="another act; sign in to handle"):
        records.act("A1", records.sign_in(records.user("bo"), purpose="publish rules"), "note", {"text": "x"})
    with records.database.write() as connection:
        end_sign_in(connection, signed_in.id)
    with pytest.raises(RefusedError, match="not live when the case was handled"):
        records.act("A1", signed_in, "note", {"text": "x"})
    eva = records.sign_in(records.user("eva"), longest=timedelta(microseconds=1))
    with pytest.raises(RefusedError, match="not live when the case was handled"):
        records.act("A1", eva, "note", {"text": "x"})


def test_closed_case_takes_notes_and_no_new_questions(records: Any, signed_in: Any) -> None:
    records.decide("A1", signed_in)
    records.act("A1", signed_in, "note", {"text": "ringede efter afgørelsen"})
    for kind in sorted(name for name, kind in KINDS.items() if kind.case == "open"):
        until = DAY if KINDS[kind].until else None
        with pytest.raises(RefusedError, match="can no longer be done"):
            insert(records, kind=kind, until=until)


def test_machine_says_by_itself_that_a_letter_could_not_be_sent(records: Any, signed_in: Any) -> None:
    decided = records.decide("A1", signed_in)
    act = records.act("A1", None, "dispatch_failed", {"decision_id": decided.id, "why": "ingen postkasse"})
    assert (act.by, act.sign_in_id) == (None, None)
    assert records.one("SELECT actor FROM audit ORDER BY seq DESC LIMIT 1") == "system"


def test_acts_are_erased_with_their_case(records: Any, signed_in: Any) -> None:
    asked = records.act("A1", signed_in, "asked", ASKED, until=DAY)
    records.act("A1", signed_in, "answered", {"how": "mail", "text": "her er den"}, about_act=asked.id)
    records.act("A2", signed_in, "note", {"text": "x"})
    with records.database.write() as connection:
        erase_case(connection, "fines", "A1", basis="arkivloven", actor="user:1")
    assert records.all("SELECT case_id FROM case_act") == [("A2",)]
    assert verify(records.database, records.heads) == []

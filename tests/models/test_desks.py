"""What people keep while they work: no word is lost, nobody works unseen, and all of it goes in time."""

from __future__ import annotations

from typing import Any

import pytest

from config.errors import InputError, RefusedError
from models.erasing import erase_case
from models.people import disable_user
from models.practice import answer_practice, ask_for_practice, practice_of
from models.presence import be_present, leave, leave_before, others_present, present_in
from models.team_notes import change_team_note, notes_in_case_type, team_notes, write_team_note
from models.text_drafts import SavedElsewhereError, forget_text, keep_text, text_of, texts_of
from models.user_settings import keep_setting, settings_of

FORM = {"user_id": 1, "case_type": "fines", "case_id": "A1", "form": "decision"}


@pytest.fixture
def people(records: Any) -> list[Any]:
    """Anna is user 1 and Bo user 2."""
    records.cases(["A1", "A2"])
    return [records.user(), records.user("bo")]


def test_what_was_typed_is_kept_until_it_is_sent(records: Any, people: Any) -> None:
    typed = {"reasons": "Æ, ø og\nå", "outcome": ""}
    with records.database.write() as connection:
        first = keep_text(connection, **FORM, content=typed)
        second = keep_text(connection, **FORM, content={**typed, "outcome": "refused"}, over=first.row_version)
        assert text_of(connection, *FORM.values()) == second
        assert text_of(connection, 2, "fines", "A1", "decision") is None
        assert (first.row_version, second.row_version) == (1, 2)
        forget_text(connection, *FORM.values())
        assert text_of(connection, *FORM.values()) is None


def test_text_of_another_window_is_told_and_not_overwritten(records: Any, people: Any) -> None:
    with records.database.write() as connection:
        keep_text(connection, **FORM, content={"reasons": "one"})
        with pytest.raises(SavedElsewhereError, match="another window") as told:
            keep_text(connection, **FORM, content={"reasons": "two"})
        assert told.value.draft.content == {"reasons": "one"}


def test_all_texts_of_a_case_are_read_at_once_and_only_the_version_that_was_sent_is_forgotten(
    records: Any, people: Any
) -> None:
    with records.database.write() as connection:
        keep_text(connection, **FORM, content={"reasons": "one"})
        keep_text(connection, **{**FORM, "form": "note"}, content={"note": "two"})
        keep_text(connection, **{**FORM, "case_id": "A2"}, content={"reasons": "of another case"})
        keep_text(connection, **{**FORM, "user_id": 2}, content={"reasons": "of somebody else"})
        found = texts_of(connection, 1, "fines", "A1")
        assert {form: dict(one.content) for form, one in found.items()} == {
            "decision": {"reasons": "one"},
            "note": {"note": "two"},
        }
        forget_text(connection, *FORM.values(), version=2)
        assert set(texts_of(connection, 1, "fines", "A1")) == {"decision", "note"}
        forget_text(connection, *FORM.values(), version=1)
        assert set(texts_of(connection, 1, "fines", "A1")) == {"note"}
        assert text_of(connection, 2, "fines", "A1", "decision") is not None


def test_who_is_in_which_case_of_a_list_is_asked_at_once(records: Any, people: Any) -> None:
    before = records.database.now
    with records.database.write() as connection:
        for user_id, case_id in ((1, "A1"), (2, "A1"), (1, "A2")):
            be_present(connection, user_id, "fines", case_id)
        asked = {("fines", "A1"), ("fines", "A2"), ("other", "A1")}
        found = present_in(connection, asked, but=2, since=before)
        assert {case: len(names) for case, names in found.items()} == {("fines", "A1"): 1, ("fines", "A2"): 1}
        assert set(present_in(connection, {("fines", "A1")}, but=1, since=before)) == {("fines", "A1")}
        assert present_in(connection, asked, but=2, since="9999") == {}
        assert present_in(connection, set(), but=2, since=before) == {}


def test_endless_text_and_text_of_no_case_are_refused(records: Any, people: Any) -> None:
    with pytest.raises(InputError, match="shorten it"), records.database.write() as connection:
        keep_text(connection, **FORM, content={"reasons": "x" * 500_001})
    with pytest.raises(RefusedError, match="not on record"), records.database.write() as connection:
        keep_text(connection, **{**FORM, "case_id": "A9"}, content={})


def test_people_see_who_else_has_the_case_before_them(records: Any, people: Any) -> None:
    before = records.database.now
    with records.database.write() as connection:
        for _ in range(2):
            be_present(connection, 1, "fines", "A1")
        be_present(connection, 2, "fines", "A1")
        (anna,) = others_present(connection, "fines", "A1", but=2, since=before)
        assert (anna.full_name, anna.user_id) == ("Anna", 1)
        assert anna.first_seen_at <= anna.seen_at
        assert others_present(connection, "fines", "A2", but=2, since=before) == []
        leave(connection, 1, "fines", "A1")
        assert others_present(connection, "fines", "A1", but=2, since=before) == []
        after = records.database.now
        assert others_present(connection, "fines", "A1", but=1, since=after) == []
        leave_before(connection, 2, after)
        assert others_present(connection, "fines", "A1", but=1, since="") == []


def test_settings_are_each_persons_own(records: Any, people: Any) -> None:
    with records.database.write() as connection:
        keep_setting(connection, 1, "queue.filter", "parked")
        keep_setting(connection, 1, "queue.filter", "mine")
        keep_setting(connection, 1, "shortcuts", "off")
        keep_setting(connection, 1, "shortcuts", None)
        assert settings_of(connection, 1) == {"queue.filter": "mine"}
        assert settings_of(connection, 2) == {}
        with pytest.raises(InputError, match="at most 20000"):
            keep_setting(connection, 1, "x", "y" * 20_001)


def test_first_practice_answer_counts_and_is_its_persons_own(records: Any, people: Any) -> None:
    given = {
        "user_id": 1,
        "case_type": "fines",
        "case_id": "A1",
        "planted": True,
        "machine_said": {"effort": "complex"},
    }
    with records.database.write() as connection:
        asked = ask_for_practice(connection, **given)
        assert answer_practice(connection, asked.id, 2, outcome="granted", effort="simple", sure=90) is None
        answered = answer_practice(connection, asked.id, 1, outcome=None, effort="complex", sure=60)
        assert answered is not None
        assert (answered.outcome, answered.effort, answered.sure, answered.planted) == (None, "complex", 60, True)
        assert answer_practice(connection, asked.id, 1, outcome="granted", effort="simple", sure=90) is None
        assert practice_of(connection, 1) == [answered]
        assert practice_of(connection, 1, since=records.database.now) == []
        assert practice_of(connection, 2) == []
    with pytest.raises(RefusedError, match="between 0 and 100"):
        records.run("UPDATE practice_answer SET sure = 101")


def test_team_notes_are_changed_by_their_team_alone(records: Any, people: Any) -> None:
    anna, bo = (records.sign_in(person) for person in people)
    given = {"team": "intake", "month": "2026-11", "kind": "rule_proposal", "sign_in_id": anna.id}
    with records.database.write() as connection:
        note = write_team_note(connection, text="høje beløb til Bo", **given)
        assert team_notes(connection, "intake", "2026-11") == [note]
        assert team_notes(connection, "intake", "2026-10") == team_notes(connection, "senior", "2026-11") == []
        assert not change_team_note(connection, note.id, "senior", text="x", sign_in_id=bo.id)
        assert change_team_note(connection, note.id, "intake", text="til Bo og Eva", sign_in_id=bo.id)
        (changed,) = team_notes(connection, "intake", "2026-11")
        assert (changed.text, changed.by) == ("til Bo og Eva", "Bo")
        assert change_team_note(connection, note.id, "intake", text=None, sign_in_id=bo.id)
        assert team_notes(connection, "intake", "2026-11") == []
    for wrong, sentence in (({"kind": "joke"}, "rule_proposal or"), ({"month": "November"}, "has its month")):
        with pytest.raises(RefusedError, match=sentence), records.database.write() as connection:
            write_team_note(connection, text="x", **{**given, **wrong})


def test_a_note_in_a_case_type_is_found_by_it_whichever_team_wrote_it(records: Any, people: Any) -> None:
    anna, bo = (records.sign_in(person) for person in people)
    note = {"month": "2026-11", "kind": "case_type_note"}
    with records.database.write() as connection:
        first = write_team_note(
            connection, team="intake", text="Ring først", sign_in_id=anna.id, case_type="fines", **note
        )
        then = write_team_note(
            connection, team="senior", text="Spørg på skrift", sign_in_id=bo.id, case_type="fines", **note
        )
        write_team_note(connection, team="senior", text="x", sign_in_id=bo.id, case_type="loans", **note)
        assert notes_in_case_type(connection, "fines") == [then, first]
    with pytest.raises(InputError, match="names the case type"), records.database.write() as connection:
        write_team_note(connection, team="senior", text="x", sign_in_id=bo.id, **note)


@pytest.mark.parametrize("how", ["erased", "shut out"])
def test_what_lay_on_a_desk_goes_with_the_case_or_with_the_persons_access(
    records: Any, people: Any, how: str
) -> None:
    with records.database.write() as connection:
        for case_id in ("A1", "A2"):
            keep_text(connection, **{**FORM, "case_id": case_id}, content={"reasons": "x"})
            be_present(connection, 1, "fines", case_id)
            ask_for_practice(
                connection, user_id=1, case_type="fines", case_id=case_id, planted=False, machine_said=None
            )
        keep_setting(connection, 1, "shortcuts", "off")
    with records.database.write() as connection:
        if how == "erased":
            erase_case(connection, "fines", "A1", basis="arkivloven", actor="system")
        else:
            disable_user(connection, people[0], actor="system")
    left = [("A2",)] if how == "erased" else []
    for table in ("text_draft", "presence", "practice_answer"):
        assert records.all(f"SELECT case_id FROM {table}") == left
    assert records.one("SELECT count(*) FROM user_setting") == len(left)

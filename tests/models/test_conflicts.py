"""Whoever may take no part in a case (forvaltningsloven § 3) takes none; it goes to somebody who can have it."""

from __future__ import annotations

from typing import Any

import pytest

from config.errors import RefusedError
from models.audit_verify import verify
from models.people import disable_user


@pytest.fixture
def anna(records: Any) -> Any:
    """Somebody who has declared a conflict of interest in A1 and not in A2."""
    records.cases(["A1", "A2"])
    signed_in = records.sign_in(records.user(team="intake"))
    records.act("A1", signed_in, "conflict", {"grounds": "min nabo"})
    return signed_in


def insert(records: Any, **given: Any) -> None:
    """An act as raw SQL would write it, past every function of ours."""
    values = {"case_id": "A1", "sign_in": 1, "kind": "note", "at": records.database.now, "to": None, "until": None}
    records.run(
        "INSERT INTO case_act (case_type, case_id, sign_in_id, at, kind, to_user, until, content, audit_batch)"
        " VALUES ('fines', :case_id, :sign_in, :at, :kind, :to, :until, '{}', 'x')",
        **{**values, **given},
    )


@pytest.mark.parametrize("kind", ["note", "resumed", "first_view", "feedback", "represented", "hearing_exception"])
def test_whoever_may_take_no_part_does_nothing_more_in_the_case(records: Any, anna: Any, kind: str) -> None:
    with pytest.raises(RefusedError, match="you may take no part in this case"):
        insert(records, kind=kind)
    insert(records, kind=kind, case_id="A2")
    assert records.one("SELECT count(*) FROM case_act") == 2


def test_whoever_may_take_no_part_hands_the_case_over(records: Any, anna: Any) -> None:
    bo = records.user("bo", team="intake")
    records.act("A1", anna, "handed_over", {"because": "conflict"}, to_user=bo.id)
    records.act("A1", records.sign_in(bo), "note", {"text": "jeg har den"})
    assert records.one("SELECT assigned_to FROM case_file WHERE case_id = 'A1'") == bo.id
    assert verify(records.database, records.heads) == []


def test_whoever_may_take_no_part_puts_no_document_into_the_case(records: Any, anna: Any) -> None:
    with pytest.raises(RefusedError, match="you may take no part in this case"):
        records.document("A1", anna)
    records.document("A2", anna)


def test_case_is_not_given_to_whoever_may_take_no_part(records: Any, anna: Any) -> None:
    with pytest.raises(RefusedError, match="is not given it"):
        records.run("UPDATE case_file SET assigned_to = 1 WHERE case_id = 'A1'")
    records.run("UPDATE case_file SET assigned_to = 1 WHERE case_id = 'A2'")
    bo = records.sign_in(records.user("bo", team="intake"))
    with pytest.raises(RefusedError, match="this colleague has declared"):
        records.act("A1", bo, "handed_over", to_user=1)
    records.act("A2", bo, "handed_over", to_user=1)


@pytest.mark.parametrize(
    ("role", "team"),
    [("auditor", "intake"), ("steward", "intake"), ("caseworker", None), ("team_lead", None)],
)
def test_case_goes_to_nobody_who_cannot_decide_it_in_a_team(
    records: Any, anna: Any, role: str, team: str | None
) -> None:
    other = records.user("other", role=role, team=team)
    for kind in ("handed_over", "second_reader_asked"):
        with pytest.raises(RefusedError, match="who has a team and still works here"):
            records.act("A2", anna, kind, to_user=other.id)
    lead = records.user("lead", role="team_lead", team="intake")
    records.act("A2", anna, "handed_over", to_user=lead.id)


def test_case_goes_to_nobody_who_has_left_and_to_no_machine(records: Any, anna: Any) -> None:
    bo = records.user("bo", team="intake")
    with records.database.write() as connection:
        disable_user(connection, bo, actor="system")
    robot = records.user("robot", team="intake", kind="service")
    for user in (bo, robot):
        with pytest.raises(RefusedError, match="who has a team and still works here"):
            insert(records, kind="handed_over", case_id="A2", to=user.id)

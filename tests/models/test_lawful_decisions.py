"""What the law asks before a case ends, the database asks: outcome, reasons, hearing, no conflict of interest."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from config.errors import RefusedError
from models.audit_verify import verify
from models.clock import danish_day
from models.database import open_database
from models.migrate import run_migrations, upgrade
from models.publication import publish
from models.published_outcomes import in_favour

HEARD = {"points": [{"field": "amount", "statement": "Du har 12.000 kr. i banken"}]}
EXCEPTION = {"number": 1, "reasons": "oplysningen kommer fra borgeren selv"}


@pytest.fixture
def anna(records: Any) -> Any:
    records.cases(["A1", "A2"])
    records.publish_type()
    return records.sign_in(records.user())


def day(records: Any, days: int) -> str:
    return danish_day(records.database.clock() + timedelta(days=days))


def insert(records: Any, **given: Any) -> None:
    """A refusal with reasons and nothing to be heard about, as raw SQL would write it past our functions."""
    values = {"outcome": "refused", "reasons": "indkomst", "at": records.database.now, "favour": False,
              "hearing": "nothing_held", "sign_in": 1, **given}  # fmt: skip
    records.run(
        "INSERT INTO decision (case_type, case_id, round, sign_in_id, outcome, reasons, decided_at, audit_batch,"
        " fully_in_favour, hearing) VALUES ('fines', 'A1', 1, :sign_in, :outcome, :reasons, :at, 'x', :favour,"
        " :hearing)",
        **values,
    )


def test_decision_keeps_whether_it_is_in_favour_and_how_it_stands_with_the_hearing(
    records: Any, anna: Any
) -> None:
    refused = records.decide("A1", anna, outcome="refused", hearing="nothing_held")
    granted = records.decide("A2", anna, outcome="granted", reasons="")
    assert (refused.fully_in_favour, refused.hearing) == (False, "nothing_held")
    assert (granted.fully_in_favour, granted.hearing) == (True, None)
    assert verify(records.database, records.heads) == []


WRONG = {
    "no reasons": ({"reasons": ""}, "needs reasons"),
    "blank reasons": ({"reasons": " \n\t "}, "needs reasons"),
    "no word of the hearing": ({"hearing": None}, "says how it stands with the hearing"),
    "another word": ({"hearing": "maybe"}, "the citizen was heard, or"),
    "said to be in favour": ({"favour": True}, "no such outcome now"),
    "not said to be in favour": ({"outcome": "granted"}, "no such outcome now"),
    "nothing said": ({"favour": None}, "no such outcome now"),
    "no such outcome": ({"outcome": "forgotten"}, "no such outcome now"),
    "no hearing held": ({"hearing": "held"}, "no hearing is on record"),
    "no exception": ({"hearing": "exception"}, "no exception from the hearing is on record"),
}


@pytest.mark.parametrize(("given", "sentence"), WRONG.values(), ids=WRONG.keys())
def test_decision_that_lacks_what_the_law_asks_is_refused_by_the_database(
    records: Any, anna: Any, given: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(RefusedError, match=sentence):
        insert(records, **given)
    assert records.one("SELECT count(*) FROM decision") == 0
    insert(records)


def test_outcome_is_that_of_the_version_in_force(records: Any, anna: Any) -> None:
    records.publish_type("outcomes: {refused: {fully_in_favour: true}, paid: {fully_in_favour: true}}")
    for stale in ({}, {"outcome": "granted", "favour": True}):
        with pytest.raises(RefusedError, match="no such outcome now"):
            insert(records, **stale)
    with records.database.read() as connection:
        assert in_favour(connection, "fines", "refused") is True
        assert in_favour(connection, "fines", "granted") is None
    records.publish_type("outcomes: {}")
    with pytest.raises(RefusedError, match="no such outcome now"):
        insert(records, favour=True)


def test_no_decision_while_the_citizen_is_being_heard(records: Any, anna: Any) -> None:
    heard = records.act("A1", anna, "hearing", HEARD, until=day(records, 14))
    for hearing in ("held", "nothing_held"):
        with pytest.raises(RefusedError, match="is being heard; wait"):
            insert(records, hearing=hearing)
    with pytest.raises(RefusedError, match="is being heard; wait"):
        insert(records, outcome="granted", favour=True, hearing=None)
    records.act("A1", anna, "hearing_answered", {"text": "Det er mine børns"}, about_act=heard.id)
    assert records.decide("A1", anna, outcome="refused", hearing="held").hearing == "held"


def test_hearing_of_another_case_is_none(records: Any, anna: Any) -> None:
    heard = records.act("A2", anna, "hearing", HEARD, until=day(records, 14))
    records.act("A2", anna, "hearing_answered", {"text": "Nej"}, about_act=heard.id)
    with pytest.raises(RefusedError, match="no hearing is on record"):
        insert(records, hearing="held")


def test_hearing_counts_as_held_once_its_last_day_has_passed(records: Any, anna: Any) -> None:
    records.act("A1", anna, "hearing", HEARD, until=day(records, 0))
    with pytest.raises(RefusedError, match="is being heard; wait"):
        insert(records, hearing="held")
    records.act("A2", anna, "hearing", HEARD, until=day(records, -2))
    assert records.decide("A2", anna, outcome="refused", hearing="held").hearing == "held"


def test_exception_after_the_hearing_began_ends_it_and_one_before_does_not(records: Any, anna: Any) -> None:
    records.act("A1", anna, "hearing_exception", EXCEPTION)
    records.act("A1", anna, "hearing", HEARD, until=day(records, 14))
    with pytest.raises(RefusedError, match="is being heard; wait"):
        insert(records, hearing="exception")
    records.act("A1", anna, "hearing_exception", EXCEPTION)
    with pytest.raises(RefusedError, match="no hearing is on record"):
        insert(records, hearing="held")
    assert records.decide("A1", anna, outcome="refused", hearing="exception").hearing == "exception"


def test_whoever_declared_a_conflict_ends_the_case_by_no_means(records: Any, anna: Any) -> None:
    records.act("A1", anna, "conflict", {"grounds": "min nabo"})
    for again in (anna, records.sign_in(records.user("bo"))):
        if again is anna:
            with pytest.raises(RefusedError, match="conflict of interest"):
                insert(records, sign_in=again.id)
            with pytest.raises(RefusedError, match="conflict of interest"):
                records.report("A1", again)
        else:
            assert records.decide("A1", again).outcome == "granted"
    assert records.report("A2", anna).case_id == "A2"


def test_conflict_holds_under_a_later_sign_in_of_the_same_person(records: Any, anna: Any) -> None:
    bo = records.user("bo")
    records.act("A1", records.sign_in(bo), "conflict", {"grounds": "min nabo"})
    with pytest.raises(RefusedError, match="conflict of interest"):
        records.decide("A1", records.sign_in(bo))


def test_outcomes_are_never_changed_and_belong_to_what_is_published(records: Any, anna: Any) -> None:
    for statement in ("UPDATE published_outcome SET fully_in_favour = true", "DELETE FROM published_outcome"):
        with pytest.raises(RefusedError, match="is never"):
            records.run(statement)
    for name, version in (("other", 1), ("fines", 2)):
        with pytest.raises(RefusedError, match="belongs to a published version"):
            records.run(f"INSERT INTO published_outcome VALUES ('{name}', {version}, 'x', true)")


def test_outcome_slipped_in_or_turned_is_found(records: Any, anna: Any) -> None:
    records.run("INSERT INTO published_outcome VALUES ('fines', 1, 'forgotten', true)")
    (fault,) = verify(records.database, records.heads)
    assert "fines, version 1, are not those that were published" in fault.sentence


def test_outcomes_published_before_the_upgrade_are_written_down_by_it(database_url: str, heads: Any) -> None:
    database = open_database(database_url, heads=heads)
    texts = {"fines": "fields: {}", "child_report": "outcomes: {}", "broken": "a: [", "list": "[1]"}
    with database.write() as connection:
        run_migrations(connection, "v0006")
        for name, text in texts.items():
            values = {"name": name, "text": text}
            connection.execute(
                sa.text(
                    "INSERT INTO published (kind, name, version, content, sha256, published_at, proposed_by,"
                    " audit_batch) VALUES ('case_type', :name, 1, :text, 'x', 'x', 'system', 'x')"
                ),
                values,
            )
    upgrade(database)
    with database.write() as connection:
        publish(connection, "rules", "routing", "default: {to: caseworker}")
    with database.read() as connection:
        rows = connection.execute(sa.text("SELECT * FROM published_outcome ORDER BY outcome")).all()
        assert [(row.case_type, row.outcome, bool(row.fully_in_favour)) for row in rows] == [
            ("fines", "granted", True),
            ("fines", "partly_granted", False),
            ("fines", "refused", False),
        ]
    database.close()

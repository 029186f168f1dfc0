"""Documents come back byte for byte, are put in by people who may, and go with their case."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from config.errors import InputError, RefusedError, TamperError
from models.audit_verify import verify
from models.documents import document_content, documents_of
from models.erasing import erase_case
from models.triggers import create_triggers, drop_triggers


@pytest.fixture
def anna(records: Any) -> Any:
    records.cases(["A1", "A2"])
    return records.sign_in(records.user())


def test_document_comes_back_byte_for_byte(records: Any, anna: Any) -> None:
    content = bytes(range(256)) * 100
    stored = records.document("A1", anna, content=content, citizen_has_seen=False)
    with records.database.read() as connection:
        assert documents_of(connection, "fines", "A1") == [stored]
        assert documents_of(connection, "fines", "A2") == []
        assert document_content(connection, "fines", "A1", stored.id) == content
        assert document_content(connection, "fines", "A2", stored.id) is None
    assert (stored.size, stored.by, stored.citizen_has_seen) == (25_600, "Anna", False)
    assert verify(records.database, records.heads) == []


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"content": b""}, "is empty"),
        ({"content": bytes(25_000_001)}, "larger than 25 MB"),
        ({"name": " "}, "needs a name"),
        ({"name": "x" * 256}, "needs a name"),
    ],
)
def test_unusable_document_is_refused(records: Any, anna: Any, given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        records.document("A1", anna, **given)


def test_document_needs_a_live_sign_in_of_somebody_who_may(records: Any, anna: Any) -> None:
    with pytest.raises(RefusedError, match="only a caseworker or a team lead handles"):
        records.document("A1", records.sign_in(records.user("eva", role="auditor")))
    with pytest.raises(InputError, match="not on record"):
        records.document("A9", anna)


def test_one_changed_byte_of_a_document_is_found(records: Any, anna: Any) -> None:
    stored = records.document("A1", anna, content=b"12.000 kr.")
    with records.database.write() as connection:
        drop_triggers(connection)
        connection.execute(sa.text("UPDATE document SET content = :content"), {"content": b"13.000 kr."})
        create_triggers(connection)
    (fault,) = verify(records.database, records.heads)
    assert fault.sentence == f"document {stored.id} is not the one that was stored"
    assert fault.seq is not None
    with records.database.read() as connection, pytest.raises(TamperError, match="restore the database"):
        document_content(connection, "fines", "A1", stored.id)


def test_act_names_only_a_document_of_its_own_case(records: Any, anna: Any) -> None:
    stored = records.document("A1", anna)
    content = {"name": "Jens Bisidder", "document_id": stored.id}
    with pytest.raises(InputError, match="A2 has no document"):
        records.act("A2", anna, "represented", content)
    assert records.act("A1", anna, "represented", content).content["document_id"] == stored.id


def test_document_is_erased_with_its_case(records: Any, anna: Any) -> None:
    records.document("A1", anna)
    with records.database.write() as connection:
        erase_case(connection, "fines", "A1", basis="arkivloven", actor="user:1")
    assert records.one("SELECT count(*) FROM document") == 0
    assert verify(records.database, records.heads) == []

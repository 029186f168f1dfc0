"""Users and sign-ins: hashed, throttled, ended, expired."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from config.errors import InputError, RefusedError
from models.database import Database, open_database
from models.migrate import upgrade
from models.passwords import is_password
from models.people import change_password, change_role, disable_user, find_user, user_by_id, users
from models.sign_ins import (
    FAILURES_BY_NAME,
    FAILURES_BY_SOURCE,
    IDLE,
    LONGEST,
    WINDOW,
    WRONG,
    end_sign_in,
    forget_attempts,
    present,
    sign_in_with_password,
)

PASSWORD = "correct horse battery"


@pytest.fixture
def people(records: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Anna, with a password that is hashed quickly so that throttling can be tried fifty times."""
    from argon2 import PasswordHasher

    monkeypatch.setattr("models.passwords.hasher", lambda: PasswordHasher(1, 8, 1))
    records.user(password=PASSWORD, team="intake")
    return records


def test_password_is_stored_as_argon2id(records: Any) -> None:
    records.user(password=PASSWORD)
    stored = records.one("SELECT password_hash FROM user_account")
    assert stored.startswith("$argon2id$")
    assert PASSWORD not in stored
    assert is_password(stored, PASSWORD)
    assert not is_password(stored, PASSWORD + " ")
    assert not is_password(None, PASSWORD)
    assert not is_password("no hash", PASSWORD)


def test_signed_in_person_is_present_until_signed_out(people: Any) -> None:
    signed_in = sign_in_with_password(people.database, "anna", PASSWORD)
    here = present(people.database, signed_in.token)
    assert here is not None
    assert (here.user, here.csrf_secret, here.purpose) == (signed_in.user, signed_in.csrf_secret, "session")
    assert (here.user.role, here.user.team) == ("caseworker", "intake")
    assert present(people.database, signed_in.token + "x") is None
    with people.database.write() as connection:
        end_sign_in(connection, signed_in.id)
    assert present(people.database, signed_in.token) is None


def test_token_itself_is_stored_nowhere(people: Any) -> None:
    signed_in = sign_in_with_password(people.database, "anna", PASSWORD)
    for table in ("sign_in", "audit", "sign_in_attempt"):
        assert signed_in.token not in repr(people.all(f"SELECT * FROM {table}"))


@pytest.mark.parametrize(
    ("name", "password"), [("anna", "wrong"), ("nobody", PASSWORD), ("anna", ""), ("\udcff", "x")]
)
def test_wrong_name_and_wrong_password_sound_alike(people: Any, name: str, password: str) -> None:
    with pytest.raises(RefusedError) as told:
        sign_in_with_password(people.database, name, password)
    assert str(told.value) == WRONG
    assert people.one("SELECT count(*) FROM sign_in_attempt WHERE succeeded") == 0


def test_unknown_user_costs_as_much_hashing_as_a_known_one(people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from argon2 import PasswordHasher

    checked: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # noqa: A002 - the library's own name
            checked.append("verified")
            return super().verify(hash, password)

    monkeypatch.setattr("models.passwords.hasher", lambda: Counting(1, 8, 1))
    for name in ("anna", "nobody"):
        with pytest.raises(RefusedError):
            sign_in_with_password(people.database, name, "wrong")
    assert checked == ["verified", "verified"]


def test_too_many_wrong_passwords_are_throttled_where_they_come_from(people: Any) -> None:
    for _ in range(FAILURES_BY_SOURCE):
        with pytest.raises(RefusedError, match="wrong"):
            sign_in_with_password(people.database, "anna", "guess", source="10.0.0.1")
    with pytest.raises(RefusedError, match=r"too many wrong passwords; try again after \d\d:\d\d UTC"):
        sign_in_with_password(people.database, "anna", PASSWORD, source="10.0.0.1")
    assert sign_in_with_password(people.database, "anna", PASSWORD, source="10.0.0.2").user.name == "anna"


def test_guessing_from_many_places_is_throttled_too(people: Any) -> None:
    for number in range(FAILURES_BY_NAME):
        with pytest.raises(RefusedError, match="wrong"):
            sign_in_with_password(people.database, "anna", "guess", source=f"10.0.0.{number}")
    with pytest.raises(RefusedError, match="too many"):
        sign_in_with_password(people.database, "anna", PASSWORD, source="10.1.1.1")


def later(records: Any, step: timedelta) -> Database:
    """The same database with its clock ahead."""
    return Database(records.database.engine, "later", lambda: datetime.now(UTC) + step, records.heads)


def test_throttle_ends_after_a_quarter_of_an_hour(people: Any) -> None:
    for _ in range(FAILURES_BY_SOURCE):
        with pytest.raises(RefusedError):
            sign_in_with_password(people.database, "anna", "guess")
    from models.people import find_user
    from models.sign_ins import refuse_throttled

    ahead = later(people, WINDOW + timedelta(seconds=5))
    with ahead.read() as connection:
        name_hash = people.one("SELECT name_hash FROM sign_in_attempt LIMIT 1")
        refuse_throttled(connection, ahead, name_hash, "")
        with pytest.raises(RefusedError, match="too many"):
            refuse_throttled(connection, people.database, name_hash, "")
        assert find_user(connection, "anna") is not None


def test_sign_in_expires_when_idle_and_at_the_latest_after_a_working_day(people: Any) -> None:
    signed_in = sign_in_with_password(people.database, "anna", PASSWORD)
    assert present(later(people, IDLE - timedelta(minutes=1)), signed_in.token) is not None
    assert present(later(people, 2 * IDLE - timedelta(minutes=5)), signed_in.token) is not None
    assert present(later(people, 4 * IDLE), signed_in.token) is None
    assert present(later(people, LONGEST + timedelta(seconds=5)), signed_in.token) is None


def test_being_seen_is_written_at_most_once_a_minute(people: Any) -> None:
    signed_in = sign_in_with_password(people.database, "anna", PASSWORD)
    seen = people.one("SELECT seen_at FROM sign_in")
    present(people.database, signed_in.token)
    assert people.one("SELECT seen_at FROM sign_in") == seen
    present(later(people, timedelta(minutes=2)), signed_in.token)
    assert people.one("SELECT seen_at FROM sign_in") > seen


@pytest.mark.parametrize("act", ["disable", "role", "password"])
def test_what_changes_a_user_ends_their_sign_ins(people: Any, act: str) -> None:
    signed_in = sign_in_with_password(people.database, "anna", PASSWORD)
    user = signed_in.user
    with people.database.write() as connection:
        if act == "disable":
            disable_user(connection, user, actor="user:9")
        elif act == "role":
            change_role(connection, user, role="steward", team=None, actor="user:9")
        else:
            change_password(connection, user, "another long password", actor="user:9")
    assert present(people.database, signed_in.token) is None
    if act == "disable":
        with pytest.raises(RefusedError, match="wrong"):
            sign_in_with_password(people.database, "anna", PASSWORD)
    elif act == "password":
        assert sign_in_with_password(people.database, "anna", "another long password").user.id == user.id


def test_service_cannot_sign_in_with_a_password(people: Any) -> None:
    people.user("robot", kind="service", password=PASSWORD)
    with pytest.raises(RefusedError, match="wrong"):
        sign_in_with_password(people.database, "robot", PASSWORD)


def test_users_are_listed_by_name_without_secrets(people: Any) -> None:
    people.user("åse", role="steward")
    with people.database.read() as connection:
        found = users(connection)
        assert find_user(connection, "åse") == user_by_id(connection, 2) == found[1]
        assert find_user(connection, "nobody") is None
    assert [user.name for user in found] == ["anna", "åse"]
    assert "argon2" not in repr(found)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": ""}, "the user name ''"),
        ({"name": " anna"}, "without spaces around"),
        ({"name": "an\nna"}, "printable"),
        ({"name": "a" * 201}, "1 to 200"),
        ({"role": "boss"}, "'boss' is unknown; choose one of caseworker"),
        ({"password": "short"}, "5 characters; choose one of at least 8"),
        ({"password": "x" * 2000}, "at most 1024"),
    ],
)
def test_unusable_user_is_refused_in_one_sentence(records: Any, given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        records.user(**{"name": "anna", **given})
    assert records.one("SELECT count(*) FROM user_account") == 0


def test_taken_name_is_refused(people: Any) -> None:
    with pytest.raises(InputError, match="'anna' is taken"):
        people.user("anna")


def test_old_tries_are_forgotten(people: Any) -> None:
    with pytest.raises(RefusedError):
        sign_in_with_password(people.database, "anna", "guess")
    with people.database.write() as connection:
        assert forget_attempts(connection) == 0
    with later(people, timedelta(days=2)).write() as connection:
        assert forget_attempts(connection) == 1


def test_sign_in_cannot_begin_in_another_year(database_url: str, heads: Any) -> None:
    from models.people import add_user
    from models.sign_ins import begin_sign_in

    database = open_database(database_url, heads=heads, clock=lambda: datetime(2020, 1, 1, tzinfo=UTC))
    upgrade(database)
    with database.write() as connection:
        user = add_user(connection, name="anna", full_name="Anna", role="caseworker")
    with pytest.raises(RefusedError, match="begins now"), database.write() as connection:
        begin_sign_in(connection, user, method="password")
    database.close()

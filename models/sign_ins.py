"""Signing in: a password checked and throttled, a token of which only the hash is stored, an end to everything."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from config.errors import RefusedError
from models.clock import parse, stamp
from models.database import Database, serialise, unit_of
from models.passwords import is_password
from models.people import FIELDS, User, as_user
from models.recording import record_row
from models.tables import SIGN_IN, SIGN_IN_ATTEMPT, USER_ACCOUNT

SESSION = "session"
LONGEST = timedelta(hours=12)
IDLE = timedelta(minutes=60)
SEEN_EVERY = timedelta(minutes=1)
WINDOW = timedelta(minutes=15)
FAILURES_BY_SOURCE = 5
FAILURES_BY_NAME = 50
MOST_LOOKED_AT = 5000
WRONG = "the name or the password is wrong"


class ThrottledError(RefusedError):
    """Too many wrong passwords, just now."""


@dataclass(frozen=True)
class SignedIn:
    """A sign-in that has just begun. `token` goes to the browser and is stored nowhere."""

    id: int
    user: User
    token: str
    csrf_secret: str
    expires_at: str


@dataclass(frozen=True)
class Present:
    """Whoever a token belongs to, here and now."""

    id: int
    user: User
    csrf_secret: str
    purpose: str
    at: str
    expires_at: str


def sign_in_with_password(
    database: Database,
    name: str,
    password: str,
    *,
    source: str = "",
    purpose: str = SESSION,
    longest: timedelta = LONGEST,
) -> SignedIn:
    """Sign a person in. The slow hash runs outside any unit of work; every try is counted.

    `source` is where the try comes from (an address), so that somebody guessing elsewhere locks nobody out.

    Raises:
        ThrottledError: too many tries.
        RefusedError: wrong name or password (the same words for both), or the database lets nobody in now.
    """
    name_hash = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    with database.read() as connection:
        refuse_throttled(connection, database, name_hash, source)
        query = sa.select(USER_ACCOUNT).where(USER_ACCOUNT.c.name == name)
        row = connection.execute(query).first() if name.isprintable() else None
    stored = None if row is None or row.disabled_at is not None or row.kind != "person" else row.password_hash
    is_right = is_password(stored, password)
    with database.write() as connection:
        now = unit_of(connection).now
        attempt = {"name_hash": name_hash, "source": source, "at": now, "succeeded": is_right}
        connection.execute(SIGN_IN_ATTEMPT.insert().values(**attempt))
        if is_right and row is not None:
            user = as_user(dict(row._mapping))
            return begin_sign_in(connection, user, method="password", purpose=purpose, longest=longest)
    raise RefusedError(WRONG)


def refuse_throttled(connection: sa.Connection, database: Database, name_hash: str, source: str) -> None:
    """Refuse further tries after too many failures within a quarter of an hour."""
    since = stamp(database.clock() - WINDOW)
    attempts = SIGN_IN_ATTEMPT.c
    recent = (attempts.name_hash == name_hash) & (attempts.at > since) & sa.not_(attempts.succeeded)
    query = sa.select(attempts.source, sa.func.count(), sa.func.min(attempts.at)).where(recent)
    found = connection.execute(query.group_by(attempts.source)).all()
    of_source = sum(count for place, count, _ in found if place == source)
    if of_source >= FAILURES_BY_SOURCE or sum(count for _, count, _ in found) >= FAILURES_BY_NAME:
        again = parse(min(first for _, _, first in found)) + WINDOW
        raise ThrottledError(f"too many wrong passwords; try again after {again:%H:%M} UTC")


def begin_sign_in(
    connection: sa.Connection,
    user: User,
    *,
    method: str,
    purpose: str = SESSION,
    longest: timedelta = LONGEST,
) -> SignedIn:
    """Begin a sign-in of somebody whose identity has been shown by `method`.

    Raises:
        RefusedError: the user has been disabled (said by the database).
    """
    unit = serialise(connection)
    now = unit.clock()
    token, csrf_secret = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    row, _ = record_row(
        connection,
        SIGN_IN,
        {
            "user_id": user.id,
            "at": stamp(now),
            "method": method,
            "purpose": purpose,
            "token_hash": hash_of(token),
            "csrf_secret": csrf_secret,
            "expires_at": stamp(now + longest),
            "seen_at": stamp(now),
        },
        actor=user.actor,
        action="signed_in",
        subject=user.actor,
        payload={"method": method, "purpose": purpose},
    )
    return SignedIn(int(row["id"]), user, token, csrf_secret, row["expires_at"])


def hash_of(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def present(database: Database, token: str, *, is_seen: bool = True) -> Present | None:
    """Who holds this token now; None where it is unknown, ended, expired, idle too long, or its user disabled.

    Being seen is written at most once a minute, so that reading pages writes next to nothing; without `is_seen`
    the sign-in goes on lying idle.
    """
    now = database.clock()
    with database.read() as connection:
        both = sa.select(*user_columns(), SIGN_IN).join(SIGN_IN, SIGN_IN.c.user_id == USER_ACCOUNT.c.id)
        row = connection.execute(both.where(SIGN_IN.c.token_hash == hash_of(token))).first()
    if row is None or row.ended_at is not None or row.user_disabled_at is not None:
        return None
    if row.expires_at <= stamp(now) or row.seen_at <= stamp(now - IDLE):
        return None
    if is_seen and row.seen_at <= stamp(now - SEEN_EVERY):
        with database.write() as connection:
            connection.execute(SIGN_IN.update().where(SIGN_IN.c.id == row.id).values(seen_at=stamp(now)))
    stored = {
        name.removeprefix("user_"): value for name, value in row._mapping.items() if name.startswith("user_")
    }
    user = as_user({**stored, "id": row.user_id})
    return Present(row.id, user, row.csrf_secret, row.purpose, row.at, row.expires_at)


def earlier_sign_in(connection: sa.Connection, token: str, csrf_secret: str, *, since: str) -> int | None:
    """The person for whom a page with this secret was made, by a sign-in that ended after `since`; else None.

    It opens nothing: what they had typed may be put on their own desk, where they find it once they sign in again.
    The browser's token finds the sign-in at once; where it is lost, the last few thousand are looked at.
    """
    newest = sa.select(sa.func.max(SIGN_IN.c.id)).scalar_subquery()
    recent = SIGN_IN.c.id > newest - MOST_LOOKED_AT
    live = USER_ACCOUNT.c.disabled_at.is_(None) & (SIGN_IN.c.expires_at > since) & (SIGN_IN.c.purpose == SESSION)
    query = sa.select(SIGN_IN.c.user_id).join(USER_ACCOUNT, USER_ACCOUNT.c.id == SIGN_IN.c.user_id)
    same = SIGN_IN.c.csrf_secret == csrf_secret
    by_token = query.where(SIGN_IN.c.token_hash == hash_of(token), same, live)
    return connection.execute(by_token).scalar() or connection.execute(query.where(recent, same, live)).scalar()


def user_columns() -> list[sa.Label[object]]:
    """The user's columns, told apart from the sign-in's."""
    return [USER_ACCOUNT.c[name].label(f"user_{name}") for name in FIELDS if name != "id"]


def end_sign_in(connection: sa.Connection, sign_in_id: int) -> None:
    """End a sign-in; one that has ended stays as it is."""
    is_open = (SIGN_IN.c.id == sign_in_id) & SIGN_IN.c.ended_at.is_(None)
    connection.execute(SIGN_IN.update().where(is_open).values(ended_at=serialise(connection).now))


def forget_attempts(connection: sa.Connection) -> int:
    """Delete tries older than a day: they no longer throttle anybody."""
    old = SIGN_IN_ATTEMPT.c.at < stamp(unit_of(connection).clock() - timedelta(days=1))
    return connection.execute(SIGN_IN_ATTEMPT.delete().where(old)).rowcount

"""The users: added, listed, given another role or password, disabled; never deleted, for decisions name them."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from config.errors import InputError
from models import audit
from models.accounts import ROLES
from models.case_salts import SALT_BYTES
from models.database import serialise
from models.passwords import hash_password
from models.recording import record_row
from models.tables import PRACTICE_ANSWER, PRESENCE, SIGN_IN, TEXT_DRAFT, USER_ACCOUNT, USER_SETTING

LONGEST_NAME = 200
PHONE = re.compile(r"[+(]?[0-9](?:[ ()-]{0,2}[0-9]){2,29}")


@dataclass(frozen=True)
class User:
    """Who somebody is and what they may do; never a password."""

    id: int
    name: str
    full_name: str
    role: str
    team: str | None
    kind: str
    created_at: str
    disabled_at: str | None
    phone: str | None

    @property
    def actor(self) -> str:
        """How the audit trail names this user."""
        return f"user:{self.id}"


FIELDS = tuple(User.__dataclass_fields__)


def add_user(
    connection: sa.Connection,
    *,
    name: str,
    full_name: str,
    role: str,
    team: str | None = None,
    password: str | None = None,
    kind: Literal["person", "service"] = "person",
    phone: str | None = None,
    actor: str = audit.SYSTEM,
) -> User:
    """Add a user. A person without a password can sign in only by the municipality's own sign-in (OIDC).

    `phone` is what citizens read in the letters about cases that the person decides.

    Raises:
        InputError: the name, role, phone number or password cannot be used.
        RefusedError: the name is taken or kept for the machine.
    """
    refuse_unusable(name, full_name, role)
    refuse_unusable_phone(phone)
    if find_user(connection, name) is not None:
        raise InputError(f"the user name {name!r} is taken; choose another")
    row, _ = record_row(
        connection,
        USER_ACCOUNT,
        {
            "name": name,
            "full_name": full_name,
            "role": role,
            "team": team,
            "kind": kind,
            "password_hash": None if password is None else hash_password(password),
            "created_at": serialise(connection).now,
            "salt": os.urandom(SALT_BYTES),
            "phone": phone,
        },
        actor=actor,
        action="user.added",
        subject="users",
        payload={"role": role, "kind": kind, "team": team},
    )
    return as_user(row)


def refuse_unusable(name: str, full_name: str, role: str) -> None:
    """Names must be printable and roles known."""
    for what, text in {"user name": name, "full name": full_name}.items():
        if not text.strip() or text != text.strip() or len(text) > LONGEST_NAME or not text.isprintable():
            raise InputError(
                f"the {what} {text[:40]!r} cannot be used; give 1 to {LONGEST_NAME} printable characters"
                " without spaces around them"
            )
    if role not in ROLES:
        raise InputError(f"the role {role!r} is unknown; choose one of {', '.join(ROLES)}")


def refuse_unusable_phone(phone: str | None) -> None:
    """A phone number is written as people write it: digits, spaces, and + ( ) - between them."""
    if phone is not None and not PHONE.fullmatch(phone):
        raise InputError(
            f"the phone number {phone[:40]!r} cannot be used; write 3 to 30 digits, with spaces, '+', '-' or"
            " brackets between them, such as 87 12 34 56"
        )


def find_user(connection: sa.Connection, name: str) -> User | None:
    """The user of that name, None where there is none."""
    row = connection.execute(sa.select(USER_ACCOUNT).where(USER_ACCOUNT.c.name == name)).first()
    return None if row is None else as_user(dict(row._mapping))


def user_by_id(connection: sa.Connection, user_id: int) -> User | None:
    """The user of that number, None where there is none."""
    row = connection.execute(sa.select(USER_ACCOUNT).where(USER_ACCOUNT.c.id == user_id)).first()
    return None if row is None else as_user(dict(row._mapping))


def users(connection: sa.Connection) -> list[User]:
    """Every user, by name."""
    rows = connection.execute(sa.select(USER_ACCOUNT).order_by(USER_ACCOUNT.c.name))
    return [as_user(dict(row._mapping)) for row in rows]


def change_role(connection: sa.Connection, user: User, *, role: str, team: str | None, actor: str) -> None:
    """Give a user another role or team; sign-ins that are open end, so that the new role counts at once."""
    refuse_unusable(user.name, user.full_name, role)
    update(connection, user, {"role": role, "team": team})
    end_all(connection, user)
    payload = {"role": role, "team": team}
    audit.append(connection, actor=actor, action="user.role", subject=user.actor, payload=payload)


def change_password(connection: sa.Connection, user: User, password: str, *, actor: str) -> None:
    """Set a new password and end every open sign-in."""
    update(connection, user, {"password_hash": hash_password(password)})
    end_all(connection, user)
    audit.append(connection, actor=actor, action="user.password", subject=user.actor, payload={})


def disable_user(connection: sa.Connection, user: User, *, actor: str) -> None:
    """Shut a user out from now on; what they decided stays, what they kept on their desk goes."""
    for table in (TEXT_DRAFT, PRESENCE, USER_SETTING, PRACTICE_ANSWER):
        connection.execute(table.delete().where(table.c.user_id == user.id))
    update(connection, user, {"disabled_at": serialise(connection).now})
    end_all(connection, user)
    audit.append(connection, actor=actor, action="user.disabled", subject=user.actor, payload={})


def update(connection: sa.Connection, user: User, values: dict[str, Any]) -> None:
    """Change what may change of a user."""
    connection.execute(USER_ACCOUNT.update().where(USER_ACCOUNT.c.id == user.id).values(**values))


def end_all(connection: sa.Connection, user: User) -> None:
    """End every sign-in of a user that is still open."""
    is_open = (SIGN_IN.c.user_id == user.id) & SIGN_IN.c.ended_at.is_(None)
    connection.execute(SIGN_IN.update().where(is_open).values(ended_at=serialise(connection).now))


def as_user(row: dict[str, Any]) -> User:
    """A stored row as a value, without the password."""
    return User(**{name: row[name] for name in FIELDS})

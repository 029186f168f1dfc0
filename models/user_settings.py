"""What people have chosen for themselves, such as the filter of a list; it follows them to every browser."""

from __future__ import annotations

import sqlalchemy as sa

from config.errors import InputError
from models.tables import USER_SETTING

LONGEST = 20_000


def settings_of(connection: sa.Connection, user_id: int) -> dict[str, str]:
    """Everything that a person has chosen, by key."""
    query = sa.select(USER_SETTING.c.key, USER_SETTING.c.value).where(USER_SETTING.c.user_id == user_id)
    return {row.key: row.value for row in connection.execute(query)}


def keep_setting(connection: sa.Connection, user_id: int, key: str, value: str | None) -> None:
    """Keep what a person has chosen; None forgets it.

    Raises:
        InputError: it is far too long.
    """
    if value is not None and len(value) > LONGEST:
        raise InputError(f"a setting has at most {LONGEST} characters; shorten it")
    which = (USER_SETTING.c.user_id == user_id) & (USER_SETTING.c.key == key)
    connection.execute(USER_SETTING.delete().where(which))
    if value is not None:
        connection.execute(USER_SETTING.insert().values(user_id=user_id, key=key, value=value))

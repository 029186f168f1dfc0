"""To whom a case can go: those of the team who decide cases, save whoever may take no part in this one."""

from __future__ import annotations

import sqlalchemy as sa

from models.accounts import DECIDING_ROLES
from models.case_acts import acts_of
from models.people import User
from models.tables import USER_ACCOUNT
from ui.caseworker.handling.act_form import Option
from ui.caseworker.handling.standing import is_conflicted


def colleagues(connection: sa.Connection, case_type: str, case_id: str, user: User) -> tuple[Option, ...]:
    """The visitor's colleagues by name; `key` is their number."""
    account = USER_ACCOUNT.c
    here = (account.team == user.team) & (account.kind == "person") & account.disabled_at.is_(None)
    able = here & account.role.in_(DECIDING_ROLES) & (account.id != user.id)
    query = sa.select(account.id, account.full_name).where(able).order_by(account.full_name, account.id)
    acts = acts_of(connection, case_type, case_id)
    return tuple(
        Option(str(row.id), row.full_name) for row in connection.execute(query) if not is_conflicted(acts, row.id)
    )

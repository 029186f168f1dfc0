"""The accounts of the invented staff. They exist in a demo workspace alone, so their password is no secret."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from models.people import User, add_user
from ui.demo.simulator.staff import STAFF

PASSWORD = "egeby-demo"
SHOWN_FIRST = ("mette", "karen", "birgit")
"""A caseworker, a team lead and a steward: whom a newcomer signs in as."""


@dataclass(frozen=True)
class DemoSignIn:
    """Somebody a visitor of the demo may sign in as."""

    role: str
    user: str
    password: str

    @property
    def role_in_words(self) -> str:
        """The role in English, as pages translate it."""
        return self.role.replace("_", " ").capitalize()


def add_staff(connection: sa.Connection) -> dict[str, User]:
    """Add everybody, by user name."""
    return {
        one.user: add_user(
            connection,
            name=one.user,
            full_name=one.full_name,
            role=one.role,
            team=one.team,
            password=PASSWORD,
            phone=one.phone,
        )
        for one in STAFF
    }


def demo_sign_ins() -> list[DemoSignIn]:
    """All of them, the three to begin with first."""
    order = sorted(STAFF, key=lambda one: (one.user not in SHOWN_FIRST, STAFF.index(one)))
    return [DemoSignIn(one.role, one.user, PASSWORD) for one in order]


def first_sign_ins() -> list[DemoSignIn]:
    """The caseworker, the team lead and the steward."""
    return demo_sign_ins()[: len(SHOWN_FIRST)]

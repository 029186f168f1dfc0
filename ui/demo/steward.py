"""What the invented steward and a team lead do under their own sign-ins: train, take into use, stop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from models.database import Database
from models.people import User
from models.sign_ins import SignedIn, end_sign_in, sign_in_with_password
from routing.going_live import go_live
from routing.publishing import Opened
from routing.standards import standard_of
from routing.stopping import stop_drafting
from routing.training_run import train_case_type
from ui.demo.accounts import PASSWORD
from ui.demo.plan import STEWARD, TEAM_LEAD, WHY_STOPPED


@contextmanager
def signed_in(database: Database, name: str, purpose: str) -> Iterator[SignedIn]:
    """Somebody, signed in for one act."""
    begun = sign_in_with_password(database, name, PASSWORD, source="demo", purpose=purpose)
    try:
        yield begun
    finally:
        with database.write() as connection:
            end_sign_in(connection, begun.id)


def train_by_steward(opened: Opened, name: str, users: Mapping[str, User]) -> Opened:
    """Learn the complexity of a case type from what is on record by now."""
    train_case_type(opened, name, actor=users[STEWARD].actor)
    return opened.again()


def live_by_steward(opened: Opened, name: str) -> Opened:
    """Take a case type into use, as `stafet live` does."""
    with signed_in(opened.database, STEWARD, "live") as steward:
        go_live(opened, name, steward)
    return opened.again()


def is_proved(opened: Opened, name: str) -> bool:
    """Whether the promise is proved for some cases of a type."""
    with opened.database.read() as connection:
        guarantee = standard_of(opened, connection, name)[0].guarantee
    return guarantee is not None and guarantee.threshold is not None


def stop_by_team_lead(opened: Opened, name: str) -> Opened:
    """Stop drafting of a case type, as its team's lead may."""
    with signed_in(opened.database, TEAM_LEAD, "session") as lead:
        stop_drafting(opened, name, lead, WHY_STOPPED)
    return opened.again()

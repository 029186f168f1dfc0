"""What the invented steward does under her own sign-in: train a case type's model, and take the type into use."""

from __future__ import annotations

from models.sign_ins import end_sign_in, sign_in_with_password
from routing.going_live import go_live
from routing.publishing import Opened
from routing.training_run import train_case_type
from ui.demo.accounts import PASSWORD
from ui.demo.plan import STEWARD


def train_by_steward(opened: Opened, name: str) -> Opened:
    """Learn the complexity of a case type from what is on record by now."""
    train_case_type(opened, name)
    return opened.again()


def live_by_steward(opened: Opened, name: str) -> Opened:
    """Take a case type into use, as `stafet live` does."""
    database = opened.database
    signed_in = sign_in_with_password(database, STEWARD, PASSWORD, source="demo", purpose="live")
    try:
        go_live(opened, name, signed_in)
    finally:
        with database.write() as connection:
            end_sign_in(connection, signed_in.id)
    return opened.again()

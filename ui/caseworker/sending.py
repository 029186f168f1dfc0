"""Sends the letter of a decision at once where it can be sent; where not, it waits for the next dispatch."""

from __future__ import annotations

from dataclasses import replace

import structlog

from config.errors import StafetError
from models.letters import Unsent
from routing.outbox import dispatch
from ui.web.site import Site


def send_at_once(site: Site, case_type: str, case_id: str, decision: int) -> bool:
    """Whether the letter of a decision left; a decision stands whatever becomes of its letter."""
    with site.database.read() as connection:
        opened = replace(site.opened, in_force=site.current.read(connection))
    try:
        done = dispatch(opened, [Unsent(case_type, case_id, decision)])
    except StafetError as error:
        logged(str(error), decision)
        return False
    for _, reason in done.failed:
        logged(reason, decision)
    return bool(done.sent)


def logged(reason: str, decision: int) -> None:
    """Tell whoever runs the server why a letter waits."""
    structlog.get_logger("stafet.letters").warning("a letter waits", decision=decision, reason=reason)

"""What a person has chosen for all pages: today, whether single keys do something."""

from __future__ import annotations

import structlog
from fastapi import Request

from config.errors import StafetError
from models.people import User
from models.user_settings import settings_of
from ui.web.site import site_of

KEYS = "keys"
OFF = "off"


def has_keys(request: Request, user: User | None) -> bool:
    """Whether single keys do something for this person: they do until it is switched off (WCAG 2.1.4)."""
    if user is None:
        return False
    try:
        with site_of(request).database.read() as connection:
            return settings_of(connection, user.id).get(KEYS) != OFF
    except StafetError as error:
        structlog.get_logger("stafet.web").warning("a person's settings could not be read", reason=str(error))
        return False

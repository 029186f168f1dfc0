"""What every page of one server shares: the database, what is in force, the cookie's form, the templates."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.requests import Request

from config.bilingual import Language
from models.database import Database
from routing.publishing import Opened
from ui.caseworker.drafts_read import DraftsRead
from ui.caseworker.letters_kept import LettersKept
from ui.caseworker.presence.presences import Presences
from ui.caseworker.similar.closed_kept import ClosedKept
from ui.web.current import Current
from ui.web.models_read import ModelsRead
from ui.web.visitor import SessionCookie

if TYPE_CHECKING:
    from ui.web.pages import Pages


@dataclass(frozen=True)
class Site:
    """One running web app.

    Attributes:
        hosts: names in a Host header that are meant for this server.
        language: the language of a page until the reader chooses.
        session_hours: after how long a sign-in ends, whatever happens.
    """

    opened: Opened
    current: Current
    models: ModelsRead
    drafts: DraftsRead
    letters: LettersKept
    pages: Pages
    cookie: SessionCookie
    hosts: frozenset[str]
    language: Language
    session_hours: float
    presences: Presences = field(default_factory=Presences)
    closed: ClosedKept = field(default_factory=ClosedKept)

    @property
    def database(self) -> Database:
        """The records."""
        return self.opened.database


def site_of(request: Request) -> Site:
    """The site that a request came to."""
    site: Site = request.app.state.site
    return site

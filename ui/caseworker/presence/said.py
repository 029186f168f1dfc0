"""Who else has a case before them, as its page and the lists say it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa
from fastapi import Request
from starlette.background import BackgroundTask

from config.bilingual import Language
from config.translate import Translator
from config.words import Words
from models.clock import stamp
from models.presence import others_present, present_in
from ui.caseworker.presence.presences import FORGOTTEN_AFTER
from ui.web.language import language_of
from ui.web.site import Site, site_of

MOST_NAMED = 3


def arrival(request: Request, *, is_here: bool = True) -> BackgroundTask:
    """What tells colleagues that the visitor has the case in the address before them, once the page is sent."""
    site, file = site_of(request), request.state.case_file
    where = (request.state.visitor.user.id, str(file["case_type"]), str(file["case_id"]))
    return BackgroundTask(site.presences.tell, site.database, where, is_here=is_here)


def here_now(request: Request) -> str:
    """Who else looks at the case in the address; "" where nobody does."""
    site, file, user = site_of(request), request.state.case_file, request.state.visitor.user
    with site.database.read() as connection:
        others = others_present(connection, file["case_type"], file["case_id"], but=user.id, since=since(site))
    return said([one.full_name for one in others], language_of(request))


def here_in(
    connection: sa.Connection, site: Site, cases: Collection[tuple[str, str]], user_id: int, language: Language
) -> Mapping[tuple[str, str], str]:
    """Who else looks at each of the cases of a list."""
    found = present_in(connection, set(cases), but=user_id, since=since(site))
    return {case: said(names, language) for case, names in found.items()}


def since(site: Site) -> str:
    """From when on somebody counts as being there."""
    return stamp(site.database.clock() - FORGOTTEN_AFTER)


def said(names: Sequence[str], language: Language) -> str:
    """Names in a sentence, as many as one reads at a glance.

    Example:
        >>> said(["Linda Friis", "Tom Ravn"], "en"), said([], "en")
        ('Linda Friis and Tom Ravn are looking at the case now', '')
    """
    if not names:
        return ""
    say, more = Translator(language), len(names) - MOST_NAMED
    shown = [*names[:MOST_NAMED], *([say.counted("one more", "{n} more", more)] if more > 0 else [])]
    listed = Words(language).listed(shown)
    return say.counted(
        "{names} is looking at the case now", "{names} are looking at the case now", len(names), names=listed
    )

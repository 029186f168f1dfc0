"""Puts the web app together: one gate in front of every route, and nothing that was not asked for."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from importlib import resources
from pathlib import Path

import structlog
from fastapi import APIRouter, Depends, FastAPI, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from config.errors import StafetError
from config.municipality import Municipality
from config.settings import Settings
from config.workspace import Workspace
from models.workspace_kind import is_demo
from routing.letter_record import municipality_of
from routing.publishing import Opened
from ui.api.routes import ROUTERS as API
from ui.caseworker import (
    acts,
    assessment_acts,
    case_routes,
    draft_acts,
    letter_routes,
    queue_routes,
    queue_search_routes,
)
from ui.caseworker.afterwards.routes import ROUTERS as AFTERWARDS
from ui.caseworker.correcting import routes as correcting
from ui.caseworker.documents import routes as documents
from ui.caseworker.drafts_read import DraftsRead
from ui.caseworker.firstview.routes import ROUTERS as FIRST_VIEWS
from ui.caseworker.handling.routes import ROUTERS as HANDLING
from ui.caseworker.law import routes as law
from ui.caseworker.letters_kept import LettersKept
from ui.caseworker.month import routes as month
from ui.caseworker.own_figures import routes as own_figures
from ui.caseworker.parties.routes import ROUTERS as PARTIES
from ui.caseworker.practice import routes as practice
from ui.caseworker.presence import routes as presence
from ui.caseworker.second_reader import routes as second_reader
from ui.caseworker.talksheet import routes as talk_sheet
from ui.caseworker.writing import routes as writing
from ui.caseworker.writing.keeping import Forgetting
from ui.desk import routes as desk
from ui.oversight import drafting_routes, explaining_routes
from ui.oversight import routes as oversight
from ui.permissions import PERMISSIONS
from ui.signin import routes as signin
from ui.teamlead import hand_over_routes, team_routes
from ui.web import language
from ui.web.assets import Assets, KeptFiles
from ui.web.current import Current
from ui.web.fault_pages import Door, add_error_pages
from ui.web.guard import guard
from ui.web.headers import SafeHeaders
from ui.web.limits import BodyLimit
from ui.web.models_read import ModelsRead
from ui.web.pages import Pages, environment_of
from ui.web.site import Site, site_of
from ui.web.visitor import SessionCookie

LOOPBACK = ("localhost", "127.0.0.1", "::1")

router = APIRouter()


ROUTERS = (
    router,
    language.router,
    signin.router,
    queue_routes.router,
    queue_search_routes.router,
    acts.router,
    draft_acts.router,
    assessment_acts.router,
    case_routes.router,
    correcting.router,
    letter_routes.router,
    writing.router,
    presence.router,
    desk.router,
    *HANDLING,
    second_reader.router,
    law.router,
    *AFTERWARDS,
    *PARTIES,
    *FIRST_VIEWS,
    own_figures.router,
    practice.router,
    month.router,
    documents.router,
    talk_sheet.router,
    team_routes.router,
    hand_over_routes.router,
    oversight.router,
    drafting_routes.router,
    explaining_routes.router,
    *API,
)


def create_app(opened: Opened, settings: Settings | None = None, *, host: str = "127.0.0.1") -> FastAPI:
    """The web app of an opened workspace. `host` is the address that it is served on.

    Beside it and this machine's own names, the server answers to those in `settings.hosts` alone. Session cookies
    need https, save where the server is reached on this machine only.
    """
    settings = settings or Settings()
    folder = Path(str(resources.files("ui")))
    is_https = settings.https_only and not is_loopback(host)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(guard)])
    app.state.site = Site(
        opened=opened,
        current=Current(opened.in_force),
        models=ModelsRead(opened.workspace),
        drafts=DraftsRead(),
        letters=LettersKept(),
        pages=pages_of(opened, folder),
        cookie=SessionCookie(is_https),
        hosts=known_hosts((host, *settings.hosts)),
        language=settings.language,
        session_hours=settings.session_hours,
    )
    for part in ROUTERS:
        app.include_router(part)
    app.mount("/static", KeptFiles(directory=folder / "static"), name="static")
    add_error_pages(app)
    for middleware in (Forgetting, BodyLimit, Door):
        app.add_middleware(middleware)
    app.add_middleware(SafeHeaders, is_https=is_https)
    return app


def pages_of(opened: Opened, folder: Path) -> Pages:
    """The pages of a workspace, with what all of them say: whose they are, and whether all is invented."""
    with opened.database.read() as connection:
        is_invented = is_demo(connection)
    municipality = named_municipality(opened.workspace, may_be_example=is_invented)
    return Pages(environment_of(folder / "templates"), Assets(folder / "static"), municipality, is_invented)


def named_municipality(workspace: Workspace, *, may_be_example: bool) -> Municipality | None:
    """The municipality as pages name it; None where its file cannot be read, or is still the shipped example."""
    try:
        municipality = municipality_of(workspace)
    except StafetError as error:
        structlog.get_logger("stafet.web").warning("no municipality is named on the pages", reason=str(error))
        return None
    return municipality if may_be_example or not municipality.example else None


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own.

    Example:
        >>> is_loopback("127.0.0.1"), is_loopback("0.0.0.0")
        (True, False)
    """
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_every_network(host: str) -> bool:
    """Whether an address means all of this machine's, as 0.0.0.0 does."""
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def known_hosts(hosts: Iterable[str]) -> frozenset[str]:
    """The names under which the server answers; an address that means every network names nobody.

    Example:
        >>> sorted(known_hosts(["0.0.0.0", "Stafet.example"]))
        ['127.0.0.1', '::1', 'localhost', 'stafet.example']
    """
    named = {host.lower().rstrip(".") for host in hosts if not is_every_network(host)}
    return frozenset({*LOOPBACK, *named})


@router.get("/health", name="health")
def health(request: Request) -> Response:
    """Whether the server and its database answer."""
    with site_of(request).database.read() as connection:
        connection.exec_driver_sql("SELECT 1")
    return PlainTextResponse("ok")


@router.get("/favicon.ico", name="icon")
def icon(request: Request) -> Response:
    """The picture of the browser's tab, for what is shown without a page around it: letters and files."""
    return RedirectResponse(site_of(request).pages.assets.icon, status_code=301)


@router.get("/", name="home")
def home(request: Request) -> Response:
    """On to what the visitor's role is for: cases, or oversight."""
    decides = PERMISSIONS["queue"].allows(request.state.visitor.role)
    return RedirectResponse("/cases" if decides else "/oversight", status_code=303)

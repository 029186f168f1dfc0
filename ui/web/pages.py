"""Makes a page: a template, ready values, and the frame around every page (language, who is here, where to go)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from config.bilingual import Language
from config.municipality import Municipality
from config.translate import Translator
from explain.letters.document import glued
from models.people import User
from ui.desk.choices import has_keys
from ui.permissions import PERMISSIONS
from ui.web.assets import Assets
from ui.web.language import NAMES, language_of, the_other
from ui.web.visitor import Visitor

MENU = (
    ("queue", "/cases", "Cases"),
    ("team_cases", "/team", "Team"),
    ("oversight", "/oversight", "Oversight"),
    ("own_figures", "/me", "Your figures"),
    ("practice", "/practice", "Practice"),
    ("team_month", "/month", "The month"),
)
"""Route, address, English label: each is shown to those who may go there."""


@dataclass(frozen=True)
class MenuItem:
    """One place in the menu."""

    label: str
    href: str
    is_current: bool


@dataclass(frozen=True)
class Frame:
    """What is around every page."""

    language: Language
    title: str
    stylesheets: tuple[str, ...]
    scripts: tuple[str, ...]
    icon: str
    menu: tuple[MenuItem, ...]
    who: str | None
    signer: str | None
    csrf: str
    municipality: str | None
    is_demo: bool
    other_language: Language
    other_language_name: str
    other_language_href: str


@dataclass(frozen=True)
class Pages:
    """The templates of one site."""

    environment: Environment
    assets: Assets
    municipality: Municipality | None = None
    is_demo: bool = False

    def page(
        self, request: Request, template: str, *, title: str, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """A page in the reader's language; `title` is in that language already."""
        return HTMLResponse(self.text(request, template, title=title, **values), status_code=status)

    def text(self, request: Request, template: str, *, title: str, **values: Any) -> str:
        """The page's HTML."""
        language = language_of(request)
        frame = self.frame(request, language, title)
        return self.environment.get_template(template).render(frame=frame, t=Translator(language), **values)

    def frame(self, request: Request, language: Language, title: str) -> Frame:
        """The frame of one page."""
        say = Translator(language)
        visitor: Visitor = getattr(request.state, "visitor", Visitor())
        return Frame(
            language=language,
            title=title,
            stylesheets=self.assets.stylesheets,
            scripts=self.scripts(request, visitor.user),
            icon=self.assets.icon,
            menu=menu_of(visitor, request.url.path, say),
            who=who(visitor, self.municipality, language),
            signer=None if visitor.user is None else visitor.user.full_name,
            csrf=visitor.csrf,
            municipality=None if self.municipality is None else self.municipality.name,
            is_demo=self.is_demo,
            other_language=the_other(language),
            other_language_name=NAMES[the_other(language)],
            other_language_href=f"/language/{the_other(language)}?next={quote(here(request), safe='')}",
        )

    def scripts(self, request: Request, user: User | None) -> tuple[str, ...]:
        """The scripts of a page; none where nobody is signed in, and that for keys until it is switched off."""
        if user is None:
            return ()
        keys = (self.assets.keys,) if has_keys(request, user) else ()
        return (*self.assets.scripts, *keys)


def menu_of(visitor: Visitor, path: str, say: Translator) -> tuple[MenuItem, ...]:
    """The places where a visitor may go; nothing for somebody who is not signed in."""
    if visitor.user is None:
        return ()
    return tuple(
        MenuItem(say(label), href, path == href or path.startswith(f"{href}/"))
        for route, href, label in MENU
        if PERMISSIONS[route].allows(visitor.role)
    )


def who(visitor: Visitor, municipality: Municipality | None, language: Language) -> str | None:
    """A person's name and department as the header shows them; the team's key where no department is named."""
    user = visitor.user
    if user is None or not user.team:
        return None if user is None else user.full_name
    return f"{user.full_name}, {team_in_words(user.team, municipality, language)}"


def team_in_words(team: str | None, municipality: Municipality | None, language: Language) -> str:
    """A team under the name of its department; as the rules call it where no department is named."""
    if team is None:
        return Translator(language)("a team")
    named = None if municipality is None else municipality.departments.get(team)
    return Translator(language)("the team {team}", team=team) if named is None else named.name.say(language)


def here(request: Request) -> str:
    """The address of a page that can be read again; after a form that was not accepted the page it came from."""
    path = str(request.scope.get("raw_path", b"/").decode("ascii", "replace"))
    if request.method != "GET":
        return path.rpartition("/")[0] or "/"
    return f"{path}?{request.url.query}" if request.url.query else path


@cache
def environment_of(folder: Path) -> Environment:
    """Jinja with everything escaped, and an error for a name that a template was not given.

    One for every site of a process: a template takes longer to compile than most pages to make.
    """
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["glued"] = glued
    return environment

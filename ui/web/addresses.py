"""Addresses of pages: a case's number as one safe part of a path, and which addresses may follow a sign-in."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from ui.web.forms import is_control
from ui.web.page_errors import no_such_case

START = "/"
API = "/api"


def path_part(case_id: str) -> str:
    """A case id as one part of a path, whatever it holds: `~` and two hex digits stand for `/`, `~` and dots.

    Example:
        >>> path_part("2026-04417"), path_part("a/b c"), path_part("..")
        ('2026-04417', 'a~2Fb%20c', '~2E~2E')
    """
    part = case_id.replace("~", "~7E").replace("/", "~2F")
    if set(part) <= {"."}:
        part = part.replace(".", "~2E")
    return quote(part, safe="~")


def case_id_from(part: str) -> str:
    """The case id behind a part of a path that the server has unquoted.

    Raises:
        PageError: no case can have such an id.

    Example:
        >>> case_id_from("a~2Fb c"), case_id_from("~2E~2E")
        ('a/b c', '..')
    """
    case_id = re.sub("~(2F|7E|2E)", lambda found: chr(int(found[1], 16)), part)
    if any(is_control(character) or "\ud800" <= character <= "\udfff" for character in case_id):
        raise no_such_case()
    return case_id


def is_api(path: str) -> bool:
    """Whether an address is one of the JSON API's, which answers no request with a page.

    Example:
        >>> is_api("/api/cases"), is_api("/apiary"), is_api("/cases")
        (True, False, False)
    """
    return path == API or path.startswith(f"{API}/")


def case_path(case_type: str, case_id: str, act: str = "") -> str:
    """The address of a case's page, or of an act on it (`claim`, `release`, `decide`, `decided`).

    Example:
        >>> case_path("receipt", "case-1"), case_path("receipt", "case-1", "decide")
        ('/cases/receipt/case-1', '/cases/receipt/case-1/decide')
    """
    return f"/cases/{quote(case_type, safe='')}/{path_part(case_id)}" + (f"/{act}" if act else "")


def safe_next(wanted: str) -> str:
    """An address of this site to go on to; the start page for anything that could lead elsewhere.

    Example:
        >>> safe_next("/cases?list=team"), safe_next("//evil.example"), safe_next("https://evil.example")
        ('/cases?list=team', '/', '/')
    """
    if not wanted.startswith("/") or wanted.startswith(("//", "/\\")) or len(wanted) > 2000:
        return START
    if any(is_control(character) or character in "\n\t\\" for character in wanted) or not wanted.isascii():
        return START
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return START
    return START if parts.scheme or parts.netloc else wanted

"""Reads a posted form: small, plain text, and nothing in it that the page did not ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qsl

from starlette.requests import Request

from ui.web.page_errors import PageError, bad_form

CSRF_FIELD = "csrf"
KEPT_FIELD = "kept"
MOST_FIELDS = 240  # a form that asks for facts has a field for each of a case type's, which are at most 200
FORM_TYPE = "application/x-www-form-urlencoded"
JSON_TYPE = "application/json"
CSRF_HEADER = "X-Stafet-Token"
ALLOWED_CONTROLS = frozenset("\n\t")
CONTROL_CHARACTER = "The text holds an invisible control character; type it anew instead of pasting it."


@dataclass(frozen=True)
class Upload:
    """A file that came with a form, under the name that its sender gave it."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Form:
    """The fields of one posted form, each once, with line ends as `\\n`; `file` only of forms that ask for one."""

    values: Mapping[str, str] = field(default_factory=dict)
    file: Upload | None = None

    def only(self, *names: str) -> Mapping[str, str]:
        """The named fields, "" where one was not sent.

        Raises:
            PageError: the form holds another field.
        """
        strange = [name for name in self.values if name not in (*names, CSRF_FIELD, KEPT_FIELD)]
        if strange:
            raise bad_form("The form holds a field that this page does not have; load the page again.")
        return {name: self.values.get(name, "") for name in names}

    @property
    def csrf(self) -> str:
        """The token that shows that the form is ours."""
        return self.values.get(CSRF_FIELD, "")


async def read_form(request: Request) -> Form:
    """The form that was posted; an empty one for a page that is only read.

    Raises:
        PageError: it is no form, not UTF-8, has a field twice or far too many.
    """
    if request.method != "POST":
        return Form()
    if media_type(request) != FORM_TYPE:
        raise PageError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "The form could not be read",
            "Only forms of Stafet's own pages can be sent here.",
            code="no_form",
        )
    return parsed(await request.body())


def form_of_json(request: Request) -> Form:
    """What stands for a form where JSON was sent: its token, which the header carries, and no other field.

    Raises:
        PageError: what was sent calls itself something else.
    """
    if request.method == "POST" and media_type(request) != JSON_TYPE:
        raise PageError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "The form could not be read",
            "Send JSON, with the header Content-Type: application/json.",
            code="not_json",
        )
    return Form({CSRF_FIELD: request.headers.get(CSRF_HEADER, "")})


def media_type(request: Request) -> str:
    """What a request says that it sends."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def parsed(body: bytes) -> Form:
    """A form from its bytes.

    Example:
        >>> dict(parsed(b"outcome=granted&reasons=Line+one%0D%0Aline+two").values)
        {'outcome': 'granted', 'reasons': 'Line one\\nline two'}
    """
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except (UnicodeDecodeError, ValueError):
        raise bad_form("The form is not plain text, or has far too many fields; load the page again.") from None
    return Form(fields_of(pairs))


def fields_of(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The fields of a form by name.

    Raises:
        PageError: one stands there twice, or holds what no page can show.
    """
    values: dict[str, str] = {}
    for name, text in pairs:
        if name in values:
            raise bad_form("The form holds one field twice; load the page again.")
        values[name] = text.replace("\r\n", "\n").replace("\r", "\n")
    if any(is_control(character) for text in values.values() for character in text):
        refused = bad_form(CONTROL_CHARACTER)
        refused.form = Form(
            {name: "".join(one for one in text if not is_control(one)) for name, text in values.items()}
        )
        raise refused
    return values


def is_control(character: str) -> bool:
    """True for C0 and C1 control characters but line ends and tabs: no database or page can show them."""
    return (character < " " or "\x7f" <= character < "\xa0") and character not in ALLOWED_CONTROLS

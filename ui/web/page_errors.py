"""What ends a request early with a page: a heading and one sentence, said in the reader's language."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.web.forms import Form


class PageError(Exception):
    """An answer that is no page of its own: `heading` and `sentence` are English and translated when shown.

    `form` is what was sent, where it was refused while it was read; its page shows the texts in it again. `code`
    says the same to a system that asked by the API.
    """

    def __init__(self, status: HTTPStatus, heading: str, sentence: str, *, code: str) -> None:
        self.form: Form | None = None
        self.status = status
        self.heading = heading
        self.sentence = sentence
        self.code = code
        super().__init__(sentence)


class SignInNeeded(Exception):  # noqa: N818 - it is no error that nobody is signed in yet
    """Nobody is signed in, or no longer; the page asks for it and keeps what was typed."""


def no_such_page() -> PageError:
    """An address that leads nowhere."""
    return PageError(
        HTTPStatus.NOT_FOUND,
        "Page not found",
        "There is no page at this address; check it, or begin at the start page.",
        code="no_such_address",
    )


def no_such_case() -> PageError:
    """A case that is not there, or lies with another team: the two are not told apart."""
    return PageError(
        HTTPStatus.NOT_FOUND,
        "Case not found",
        "Your team has no case with this number; check the number, or ask your team lead who has it.",
        code="no_such_case",
    )


def not_allowed() -> PageError:
    """A page that is for others."""
    return PageError(
        HTTPStatus.FORBIDDEN,
        "Not open to you",
        "Your role does not give access to this page; ask your team lead if you need it.",
        code="not_allowed",
    )


def from_elsewhere(code: str = "foreign_origin") -> PageError:
    """A form that was not sent from one of our own pages, or from a page of an earlier sign-in."""
    return PageError(
        HTTPStatus.FORBIDDEN,
        "The form was not accepted",
        "The form came from an old page or from another site; go back, load the page again and send it once more.",
        code=code,
    )


def from_earlier() -> PageError:
    """A form from a page that the same person opened before they signed in again; what was typed is kept."""
    return PageError(
        HTTPStatus.FORBIDDEN,
        "The form was not accepted",
        "The page is from before you signed in again. Your text is kept as a draft; open the case again to go on.",
        code="wrong_token",
    )


def bad_form(sentence: str) -> PageError:
    """A form that cannot be read."""
    return PageError(HTTPStatus.BAD_REQUEST, "The form could not be read", sentence, code="unreadable")


def too_large() -> PageError:
    """A request that is larger than any of our forms."""
    return PageError(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "The form is too large",
        "The text is longer than a form can take; shorten it and send it again.",
        code="too_large",
    )

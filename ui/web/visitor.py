"""Who is asking: a person with a live sign-in behind a cookie, or nobody."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from models.database import Database
from models.people import User
from models.sign_ins import SESSION, Present, present

PLAIN_COOKIE = "stafet_session"
SECURE_COOKIE = "__Host-stafet_session"


@dataclass(frozen=True)
class Visitor:
    """Whoever sent a request; `present` is None for somebody who is not signed in."""

    present: Present | None = None

    @property
    def user(self) -> User | None:
        """The person, None where nobody is signed in."""
        return None if self.present is None else self.present.user

    @property
    def role(self) -> str | None:
        """The person's role."""
        return None if self.user is None else self.user.role

    @property
    def csrf(self) -> str:
        """The token that our own forms carry."""
        return "" if self.present is None else self.present.csrf_secret


@dataclass(frozen=True)
class SessionCookie:
    """The cookie that holds a sign-in's token; `is_https` makes it one that only https ever carries."""

    is_https: bool

    @property
    def name(self) -> str:
        """The cookie's name; `__Host-` binds it to this very server."""
        return SECURE_COOKIE if self.is_https else PLAIN_COOKIE

    def read(self, request: Request) -> str | None:
        """The token of a request."""
        return request.cookies.get(self.name)

    def give(self, response: Response, token: str) -> None:
        """Hand out a token; it ends with the browser, and earlier by the sign-in's own end."""
        response.set_cookie(self.name, token, httponly=True, samesite="lax", secure=self.is_https, path="/")

    def take_back(self, response: Response) -> None:
        """Let the browser forget the token."""
        response.delete_cookie(self.name, httponly=True, samesite="lax", secure=self.is_https, path="/")


def visitor_of(request: Request, cookie: SessionCookie, database: Database, *, is_seen: bool = True) -> Visitor:
    """Whoever a request's cookie belongs to; sign-ins for other acts than using the pages count for nothing.

    Without `is_seen` the sign-in lies idle all the same.
    """
    token = cookie.read(request)
    found = present(database, token, is_seen=is_seen) if token else None
    return Visitor(found if found is not None and found.purpose == SESSION else None)

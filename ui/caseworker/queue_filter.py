"""What of a list somebody wants to see: kept in the address, and remembered until tomorrow in a cookie."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar
from urllib.parse import parse_qsl, urlencode

from fastapi import Request
from starlette.responses import Response

from config.case_type import CaseType
from config.translate import Translator
from config.words import DANISH_TIME
from models.queue import Key
from ui.caseworker.queue_steps import ROLES, STEPS
from ui.web.site import site_of

COOKIE = "stafet_filter"
LONGEST = 400
AT_A_TIME = 50
MOST_READ = 500
"""A page looks at no more cases than these, so that a choice that fits few takes no longer in a long list."""


class Placed(Protocol):
    """A case that has a place in its list."""

    @property
    def key(self) -> Key:
        """Where it stands."""


Case = TypeVar("Case", bound=Placed)
Option = tuple[str, str, bool]
"""A choice's value, its name, and whether it is the one that is chosen."""


@dataclass(frozen=True)
class Filter:
    """A case type, a step and a role of the machine; "" where all are wanted."""

    type: str = ""
    step: str = ""
    role: str = ""

    def __bool__(self) -> bool:
        """Whether anything is left out."""
        return bool(self.type or self.step or self.role)

    @property
    def query(self) -> dict[str, str]:
        """The filter as part of an address; nothing where all is wanted."""
        return {name: value for name, value in asdict(self).items() if value}


def filter_of(request: Request, case_types: Mapping[str, CaseType]) -> Filter:
    """What the address asks for, else what was remembered; a choice that does not exist is none."""
    given: Mapping[str, str] = request.query_params
    if not names_any(request):
        given = dict(parse_qsl(request.cookies.get(COOKIE, "")[:LONGEST]))
    known: dict[str, Mapping[str, object]] = {"type": case_types, "step": STEPS, "role": ROLES}
    return Filter(**{name: given.get(name, "") for name in known if given.get(name, "") in known[name]})


def names_any(request: Request) -> bool:
    """Whether the address itself says what is wanted."""
    return any(name in request.query_params for name in ("type", "step", "role"))


def remember(request: Request, response: Response, chosen: Filter, now: datetime) -> None:
    """Keep what the address asked for until tomorrow's end: a forgotten choice must not hide cases for long."""
    if not names_any(request):
        return
    end = (now.astimezone(DANISH_TIME) + timedelta(days=2)).replace(hour=0, minute=0, second=0, microsecond=0)
    response.set_cookie(
        COOKIE,
        urlencode(chosen.query),
        max_age=int((end - now).total_seconds()) if chosen else 0,
        httponly=True,
        samesite="lax",
        secure=site_of(request).cookie.is_https,
        path="/",
    )


def options(chosen: Filter, case_types: Mapping[str, str], say: Translator) -> list[tuple[str, str, list[Option]]]:
    """The three choices of the form: name, label, and what can be chosen; `case_types` is key -> name."""
    known = {
        "type": (say("Case type"), case_types),
        "step": (say("Next step"), {key: say(label) for key, label in STEPS.items()}),
        "role": (say("The machine's role"), {key: say(label) for key, label in ROLES.items()}),
    }
    return [
        (name, label, [("", say("All"), not getattr(chosen, name))]
         + [(key, text, key == getattr(chosen, name)) for key, text in choices.items()])
        for name, (label, choices) in known.items()
    ]  # fmt: skip


def sift(
    read: Callable[[Key | None, int], Sequence[Case]],
    fitting: Callable[[Sequence[Case]], Sequence[Case]],
    after: Key | None,
    rows: int,
    *,
    at_a_time: int = AT_A_TIME,
) -> tuple[list[Case], Key | None]:
    """The next cases of a list that fit, and where the page after them begins (None: the list ends here)."""
    shown: list[Case] = []
    for _ in range(max(1, MOST_READ // at_a_time)):
        batch = read(after, at_a_time + 1)
        shown += fitting(batch[:at_a_time])
        if len(shown) > rows:
            return shown[:rows], shown[rows - 1].key
        if len(batch) <= at_a_time:
            return shown, None
        after = batch[at_a_time - 1].key
        if len(shown) == rows:
            break
    return shown, after

"""What the tests of kept words share: a case of the team, and a form as its page would send it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

HIDDEN = re.compile(r'type="hidden" name="(kept|seen|about|round|assessment|version)" value="([^"]*)"')


@pytest.fixture
def address(seen_case: str) -> str:
    """A case of the team that nobody has taken, and of which no view is asked first."""
    return seen_case


@pytest.fixture
def form() -> Callable[..., dict[str, str]]:
    """The hidden fields of one form of a page, by the name under which it is kept."""

    def found(browser: Any, name: str) -> dict[str, str]:
        forms = [
            one for one in browser.page.split("<form")[1:] if re.search(rf'name="kept" value="\d+ {name}"', one)
        ]
        return dict(HIDDEN.findall(forms[0].partition("</form>")[0]))

    return found

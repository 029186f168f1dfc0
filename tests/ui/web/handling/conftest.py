"""What the tests of acts share: a case of the team, and a form sent as its page would send it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def address(site) -> str:
    """A case of the team that nobody has taken."""
    return site.address("c.team = 'intake'")


@pytest.fixture
def send() -> Callable[..., Any]:
    """Open an act's page and send its form, with what the page has put into hidden fields."""

    def sent(browser: Any, address: str, **fields: str) -> Any:
        assert browser.get(address).status_code == 200
        found = re.findall(r'type="hidden" name="(seen|about)" value="([^"]*)"', browser.page)
        return browser.post(address.partition("?")[0], **{**dict(found), **fields})

    return sent

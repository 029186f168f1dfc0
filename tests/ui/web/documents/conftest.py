"""What the tests of documents share: a case of the team, and a form sent with a file as a browser sends it."""

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
def put() -> Callable[..., Any]:
    """Open a case's page of documents and send its form with a file; `name` None chooses none."""

    def sent(browser: Any, address: str, name: str | None, content: bytes = b"", **fields: str) -> Any:
        browser.get(f"{address}/documents")
        token = re.search(r'name="csrf" value="([^"]*)"', browser.page)
        seen = re.search(r'name="seen" value="(\d+)"', browser.page)
        data = {"csrf": token[1] if token else "", "seen": seen[1] if seen else "0"}
        data |= {"source": "citizen", "citizen_has_seen": "yes", **fields}
        if name is None:
            return browser._kept(without_file(browser, f"{address}/documents", data))
        file = (name, content, "text/html")
        return browser._kept(browser.client.post(f"{address}/documents", data=data, files={"file": file}))

    return sent


def without_file(browser: Any, address: str, fields: dict[str, str]) -> Any:
    """The form as browsers send it when no file was chosen: with a file that has no name."""
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{text}\r\n' for key, text in fields.items()
    ]
    parts.append('--x\r\nContent-Disposition: form-data; name="file"; filename=""\r\n')
    parts.append("Content-Type: application/octet-stream\r\n\r\n\r\n--x--\r\n")
    kind = {"content-type": "multipart/form-data; boundary=x"}
    return browser.client.post(address, content="".join(parts).encode(), headers=kind)

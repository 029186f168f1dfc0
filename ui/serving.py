"""Serves the pages: one process, or several that share a socket; nothing of what people do is logged."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from config.errors import InputError
from config.settings import Settings
from models.workspace_kind import is_demo
from routing.publishing import Opened, open_workspace
from ui.web.app import create_app, is_loopback
from ui.web.models_read import MOST_KEPT

HOST = "STAFET_SERVED_ON"
"""How the processes that `serve` starts are told the address."""


def app_of_environment() -> FastAPI:
    """The web app of the workspace that the environment names: what each serving process calls."""
    settings = Settings()
    opened = open_workspace(settings.workspace, settings.database)
    host = os.environ.get(HOST, "127.0.0.1")
    refuse_public_demo(opened, host)
    app = create_app(opened, settings, host=host)
    live = [name for name, state in opened.in_force.states.items() if state.status == "live"]
    app.state.site.models.read_ahead(opened.database, live[:MOST_KEPT])
    return app


def refuse_public_demo(opened: Opened, host: str) -> None:
    """A demo, whose passwords everybody knows, is served on this machine alone.

    Raises:
        InputError: another address is asked for.
    """
    with opened.database.read() as connection:
        is_public_demo = is_demo(connection) and not is_loopback(host)
    if is_public_demo:
        raise InputError(f"a demo is served on this machine alone, and not on {host}; leave --host out")


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there.

    Raises:
        InputError: there is no such address, or the port is taken or kept for the system.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        found = socket.socket(family)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # Each connection has it from here: without it a page waits 40 ms for the receipt of its own headers.
        found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        found.bind((host, port))
        found.listen()  # whoever comes before the app is ready waits instead of being refused
    except (OSError, OverflowError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        advice = "name another address with --host or port with --port"
        raise InputError(f"{host} port {port} cannot be served on ({reason}); {advice}") from error
    found.set_inheritable(True)
    return found


def serve_on(listener: socket.socket, host: str, workspace: Path, workers: int) -> None:
    """Serve until the process is told to stop."""
    os.environ |= {"STAFET_WORKSPACE": str(workspace.absolute()), HOST: host}
    uvicorn.run(
        "ui.serving:app_of_environment",
        factory=True,
        fd=listener.fileno(),
        workers=workers,
        log_level="warning",
        access_log=False,
        server_header=False,
    )

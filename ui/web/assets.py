"""Stylesheets, scripts and pictures: ours always, the design system's where it has been installed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import structlog
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

PARTS = ("case", "voices", "draft", "queue", "oversight", "writing", "sheet")
OWN_STYLESHEETS = ("stafet.css", *(f"css/{part}.css" for part in PARTS))
SCRIPTS = ("keeping", "presence")
KEYS_SCRIPT = "js/keys.js"
DESIGN_SYSTEM = "vendor/dkfds/css/dkfds.min.css"
A_DAY = "public, max-age=86400"


@dataclass(frozen=True)
class Assets:
    """The files below `folder`, each named with a mark of its content, so that a new one is fetched at once."""

    folder: Path

    @cached_property
    def stylesheets(self) -> tuple[str, ...]:
        """Addresses of the stylesheets in their order; without the design system pages are plain but whole."""
        if (self.folder / DESIGN_SYSTEM).is_file():
            return (self.address(DESIGN_SYSTEM), *map(self.address, OWN_STYLESHEETS))
        structlog.get_logger("stafet.web").warning(
            "the design system is not installed, so pages are shown in a plainer style; run 'make setup' with npm",
            missing=DESIGN_SYSTEM,
        )
        return tuple(map(self.address, OWN_STYLESHEETS))

    @cached_property
    def scripts(self) -> tuple[str, ...]:
        """Addresses of the scripts, without which every page works too."""
        return tuple(self.address(f"js/{name}.js") for name in SCRIPTS)

    @cached_property
    def keys(self) -> str:
        """The address of the script for single keys, which a person can switch off."""
        return self.address(KEYS_SCRIPT)

    @cached_property
    def icon(self) -> str:
        """The address of the small picture in the browser's tab."""
        return self.address("stafet.svg")

    def address(self, name: str) -> str:
        """Where a file is served, with the beginning of its hash."""
        digest = hashlib.sha256((self.folder / name).read_bytes()).hexdigest()
        return f"/static/{name}?v={digest[:12]}"


class KeptFiles(StaticFiles):
    """Files that a browser may keep for a day: they hold nothing personal, and their address changes with them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, marked as one to keep."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = A_DAY
        return response

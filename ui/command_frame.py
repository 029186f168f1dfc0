"""The frame around every command: its workspace and --json, its answer printed, its errors one sentence each."""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from config.errors import InputError, Place
from ui.answer import Answer, dumps, say, show, write

if TYPE_CHECKING:
    from config.settings import Settings
    from routing.publishing import Opened

WORKSPACE_HELP = "Folder of the workspace; else STAFET_WORKSPACE, else ./stafet-data."
JSON_HELP = "One JSON document on standard output and nothing else."
WorkspaceOption = Annotated[Path | None, typer.Option("--workspace", help=WORKSPACE_HELP, metavar="DIR")]
JsonOption = Annotated[bool, typer.Option("--json", help=JSON_HELP)]


@dataclass(frozen=True)
class Run:
    """How a command was called: the workspace that was named, if one was, and whether JSON is wanted."""

    workspace: Path | None
    json_wanted: bool

    def settings(self) -> Settings:
        """The settings, with the workspace named on the command line above the environment's."""
        from config.settings import Settings

        return Settings() if self.workspace is None else Settings(workspace=self.workspace)

    @contextmanager
    def opened(
        self, *, name: str | None = None, may_create: bool = False, is_quiet: bool = False
    ) -> Iterator[Opened]:
        """The workspace, opened; what its files say in vain is said as warnings unless it `is_quiet`.

        `name` is the case type that the command was given: a shipped one is copied when it is first named.

        Raises:
            InputError: it is not there (unless it may be created), or cannot be used.
        """
        from routing.publishing import open_workspace

        settings = self.settings()
        if not may_create and not settings.workspace.is_dir():
            advice = "name another with --workspace, or make this one with 'stafet onboard'"
            raise InputError(f"there is no workspace here; {advice}", Place(settings.workspace))
        opened = open_workspace(settings.workspace, settings.database, names=() if name is None else (name,))
        for warning in () if is_quiet else opened.warnings:
            say(warning)
        try:
            yield opened
        finally:
            opened.database.close()

    def say(self, sentence: str) -> None:
        """Progress, to standard error."""
        say(sentence)


def answering(command: Callable[..., Answer]) -> Callable[..., None]:
    """A function for typer from `command(run, ...) -> Answer`: it takes --workspace and --json as well."""

    @functools.wraps(command)
    def framed(context: typer.Context, workspace: Path | None, json_wanted: bool, **options: Any) -> None:
        run = Run(workspace or context.find_root().obj, json_wanted)
        answer = command(run, **options)
        show(answer, json_wanted=json_wanted)
        raise typer.Exit(answer.exit_code)

    own = list(inspect.signature(command, eval_str=True).parameters.values())[1:]
    keyword = inspect.Parameter.KEYWORD_ONLY
    framed.__signature__ = inspect.Signature(
        [
            inspect.Parameter("context", keyword, annotation=typer.Context),
            *(parameter.replace(kind=keyword) for parameter in own),
            inspect.Parameter("workspace", keyword, default=None, annotation=WorkspaceOption),
            inspect.Parameter("json_wanted", keyword, default=False, annotation=JsonOption),
        ]
    )
    return framed


def refuse(sentence: str, *, json_wanted: bool) -> None:
    """Print the one sentence of an error; with `json_wanted` standard output still holds one JSON document."""
    say(sentence)
    if json_wanted:
        write(sys.stdout, dumps({"error": sentence}))

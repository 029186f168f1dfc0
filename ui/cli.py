"""The command `stafet`: each command is a file in ui/commands, imported for its flags and run only when called."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import typer

from ui.command_frame import WorkspaceOption, refuse
from ui.faults import COULD_NOT, one_line, record, sentence_for

COMMANDS = (
    "demo",
    "onboard",
    "check",
    "import_cases",
    "train",
    "live",
    "assess",
    "rules",
    "letter",
    "dispatch",
    "report",
    "audit",
    "user",
    "serve",
)
"""Modules of ui/commands in the order of their use; each has `register(app)`."""

INTERRUPTED = 130

# Every version of typer keeps this class somewhere else; BadParameter, which it always names, is one of its kind.
USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[2]


def application() -> typer.Typer:
    """The typer application with every command, without colours, boxes or markup."""
    app = typer.Typer(
        name="stafet",
        help="Cases handed from machine to person, and every hand-over on record.",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
    )

    @app.callback()
    def remember_workspace(context: typer.Context, workspace: WorkspaceOption = None) -> None:
        context.obj = workspace

    for name in COMMANDS:
        importlib.import_module(f"ui.commands.{name}").register(app)
    return app


def main() -> None:
    """Run the command line; exits 0 done, 1 the answer is no, 2 it could not be done."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit code; nothing but an answer or one sentence is printed."""
    json_wanted = "--json" in arguments
    try:
        return int(application()(arguments or ["--help"], prog_name="stafet", standalone_mode=False) or 0)
    except USAGE_ERROR as error:
        refuse(usage_sentence(error), json_wanted=json_wanted)
        return COULD_NOT
    except (KeyboardInterrupt, typer.Abort):
        refuse("Stopped; run the command again to go on.", json_wanted=json_wanted)
        return INTERRUPTED
    except Exception as error:  # the edge of the program: whatever it is, a person gets one sentence
        sentence = sentence_for(error) or record(error, named_workspace(arguments))
        refuse(sentence, json_wanted=json_wanted)
        return int(getattr(error, "exit_code", COULD_NOT))


def usage_sentence(error: Exception) -> str:
    """A wrong flag or a missing argument in one line, with the help that tells more."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "stafet"
    message = one_line(getattr(error, "format_message", lambda: str(error))()).rstrip(".")
    return f"{path}: {message}; see '{path} --help'."


def named_workspace(arguments: list[str]) -> Path | None:
    """The workspace of a command line that failed, as far as it can be told."""
    import os

    for place, word in enumerate(arguments):
        if word.startswith("--workspace="):
            return Path(word.partition("=")[2])
        if word == "--workspace" and place + 1 < len(arguments):
            return Path(arguments[place + 1])
    return Path(os.environ.get("STAFET_WORKSPACE", "stafet-data"))


if __name__ == "__main__":
    main()

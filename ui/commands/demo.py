"""`stafet demo`: a municipality that does not exist, to look at and to try."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from config.errors import InputError
from ui.answer import Answer, show
from ui.command_frame import Run, answering

if TYPE_CHECKING:
    from ui.demo.accounts import DemoSignIn

HOST = "127.0.0.1"


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("demo")(answering(demo))


def demo(
    run: Run,
    port: Annotated[int, typer.Option("--port", help="The port; 0 takes a free one.", metavar="N")] = 8000,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Build the workspace and stop there.")] = False,
) -> Answer:
    """Build a sample municipality, all people and amounts invented, and serve it on this machine alone."""
    from ui.demo.accounts import first_sign_ins
    from ui.demo.making import make_demo
    from ui.serving import listening, serve_on

    settings = run.settings()
    if settings.database is not None:
        raise InputError("a demo keeps its records in its own folder; run it without STAFET_DATABASE")
    if not no_serve:
        listening(HOST, port).close()  # told at once, and not when the demo is built
    made = make_demo(settings.workspace, run.say)
    built = (
        f"The demo in {settings.workspace}: {made['closed']} closed and {made['open']} open cases,"
        f" {made['drafts']} of them drafted; all people and amounts are invented ({made['seconds']} s)."
    )
    if no_serve:
        return Answer(made, (built, *signing_in(first_sign_ins())))
    listener = listening(HOST, port)
    address = f"http://{HOST}:{listener.getsockname()[1]}"
    told = f"Serving it at {address}; stop it with Ctrl+C."
    show(
        Answer({**made, "address": address}, (built, told, *signing_in(first_sign_ins()))),
        json_wanted=run.json_wanted,
    )
    try:
        serve_on(listener, HOST, settings.workspace, 1)
    except KeyboardInterrupt:
        run.say("Stopped.")
    raise typer.Exit(0)


def signing_in(sign_ins: list[DemoSignIn]) -> tuple[str, ...]:
    """Whom one may sign in as, a line each."""
    return tuple(
        f"Sign in as {one.role.replace('_', ' ')}: {one.user}, password {one.password}" for one in sign_ins
    )

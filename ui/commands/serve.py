"""`stafet serve`: the pages."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.answer import Answer, show
from ui.command_frame import Run, answering


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("serve")(answering(serve))


def serve(
    run: Run,
    host: Annotated[str, typer.Option("--host", help="The address to serve on.", metavar="ADDRESS")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="The port; 0 takes a free one.", metavar="N")] = 8000,
    workers: Annotated[int, typer.Option("--workers", min=1, help="Processes that answer.", metavar="N")] = 1,
) -> Answer:
    """Serve the pages until it is stopped; on this machine alone unless told otherwise."""
    from ui.serving import listening, refuse_public_demo, serve_on

    with run.opened(may_create=True) as opened:
        refuse_public_demo(opened, host)
        workspace = opened.workspace.root
    listener = listening(host, port)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listener.getsockname()[1]}"
    begun = Answer(
        {"address": address, "workspace": str(workspace.absolute())},
        (f"Serving {workspace} at {address}; stop it with Ctrl+C.",),
    )
    show(begun, json_wanted=run.json_wanted)
    try:
        serve_on(listener, host, workspace, workers)
    except KeyboardInterrupt:
        run.say("Stopped.")
    raise typer.Exit(0)

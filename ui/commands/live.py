"""`stafet live NAME --by USER`: a steward puts a case type into use."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.answer import Answer
from ui.command_frame import Run, answering


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("live")(answering(live))


def live(
    run: Run,
    name: Annotated[str, typer.Argument(help="The case type.")],
    by: Annotated[str, typer.Option("--by", help="The steward who does it.", metavar="USER")],
) -> Answer:
    """Let a case type reach citizens: a steward's act, by password; drafting then begins in shadow."""
    from models.sign_ins import end_sign_in, sign_in_with_password
    from routing.going_live import go_live
    from ui.passwords import ask

    with run.opened(name=name) as opened:
        opened.in_force.case_type(name)
        signed_in = sign_in_with_password(opened.database, by, ask(by), source="command line", purpose="live")
        try:
            went = go_live(opened, name, signed_in)
        finally:
            with opened.database.write() as connection:
                end_sign_in(connection, signed_in.id)
    told = {
        "case_type": went.case_type.key,
        "status": went.state.status,
        "phase": went.state.phase,
        "version": went.version,
        "by": by,
        "notes": list(went.notes),
    }
    said = f"{went.case_type.key} is live in phase {went.state.phase}: version {went.version}, by {by}."
    return Answer(told, (said, *went.notes))

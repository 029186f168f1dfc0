"""`stafet dispatch`: sends the letters of decisions that have none yet."""

from __future__ import annotations

import typer

from ui.answer import Answer
from ui.command_frame import Run, answering


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("dispatch")(answering(dispatch))


def dispatch(run: Run) -> Answer:
    """Send the letter of every decision that has none yet; run again, it sends none twice."""
    from routing.outbox import OUTBOX, dispatch_pending

    with run.opened() as opened:
        done = dispatch_pending(opened)
        folder = opened.workspace.root / OUTBOX
    document = {
        "sent": [{"letter": one.id, "case_type": one.case_type, "case_id": one.case_id} for one in done.sent],
        "failed": [
            {"case_type": one.case_type, "case_id": one.case_id, "error": sentence}
            for one, sentence in done.failed
        ],
        "outbox": str(folder),
    }
    failed = tuple(f"No letter about case {one.case_id}: {sentence}" for one, sentence in done.failed)
    number = len(done.sent)
    letters = "1 letter was" if number == 1 else f"{number} letters were"
    told = "No letter was waiting." if not number and not failed else f"{letters} put into {folder}."
    return Answer(document, (told,), exit_code=int(bool(failed)), notes=failed)

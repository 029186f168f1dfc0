"""`stafet audit verify`: is the record whole?"""

from __future__ import annotations

import typer

from ui.answer import Answer
from ui.command_frame import Run, answering


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    group = typer.Typer(help="The audit trail.", rich_markup_mode=None)
    group.command("verify")(answering(verify))
    app.add_typer(group, name="audit")


def verify(run: Run) -> Answer:
    """Check the trail against its signed heads and the stored records; one sentence for each fault, and exit 1."""
    from config.errors import InputError, Place
    from config.workspace import Workspace
    from models.audit import last_entry
    from models.audit_verify import verify as faults_of
    from models.database import open_database
    from models.heads import open_heads

    settings = run.settings()
    workspace = Workspace(settings.workspace)
    if not (workspace.audit_heads.is_dir() or workspace.database_file.exists() or workspace.keys.is_dir()):
        raise InputError("there is no workspace here whose trail could be checked", Place(workspace.root))
    heads = open_heads(workspace.audit_heads, workspace.keys)
    # Not `open_workspace`: it would adopt files and build what is missing, and looking must change nothing.
    database = open_database(settings.database or workspace.database_file, heads=heads)
    try:
        faults = faults_of(database, heads)
        if faults:
            told = [{"kind": fault.kind, "seq": fault.seq, "sentence": fault.sentence} for fault in faults]
            document = {"sound": False, "entries": None, "key": heads.fingerprint, "faults": told}
            return Answer(document, tuple(fault.sentence for fault in faults), exit_code=1)
        with database.read() as connection:
            last = last_entry(connection)
    finally:
        database.close()
    entries = 0 if last is None else last.seq
    said = f"The audit trail is whole: {entries} entries, signed by key {heads.fingerprint}."
    return Answer({"sound": True, "entries": entries, "key": heads.fingerprint, "faults": []}, (said,))

"""`stafet check [NAME]`: what is wrong in a case type file, and what is missing before it may go live."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ui.answer import Answer
from ui.command_frame import Run, answering
from ui.commands.rules import Language

if TYPE_CHECKING:
    from pathlib import Path

    from config.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("check")(answering(check))


def check(
    run: Run,
    name: Annotated[str | None, typer.Argument(help="The case type; without it, all of them.")] = None,
    lang: Annotated[Language, typer.Option("--lang", help="Language of the sentences.")] = Language.EN,
) -> Answer:
    """Check case type files: what cannot be used, which tests fail, what to confirm before going live."""
    from datetime import UTC, datetime

    from config.words import DANISH_TIME
    from config.workspace import Workspace
    from ui.case_type_check import Checked, checked

    workspace = Workspace(run.settings().workspace)
    if name is not None:
        copy_if_shipped(run, workspace, name)
    names = workspace.case_type_names() if name is None else [name]
    confirmed, today = examples_confirmed(run, workspace), datetime.now(UTC).astimezone(DANISH_TIME).date()
    found = [checked(file_of(workspace, one), one, today=today, examples_confirmed=confirmed) for one in names]
    usable = [one for one in found if isinstance(one, Checked)]
    errors = tuple(str(error) for one in found if not isinstance(one, Checked) for error in one)
    document = {"case_types": [one.document() for one in usable]}
    sentences = tuple(sentence for one in usable for sentence in one.sentences(lang.value))
    if errors:
        return Answer({**document, "error": errors[0], "errors": errors}, sentences, exit_code=2, notes=errors)
    return Answer(document, sentences or (none_yet(workspace),), exit_code=int(any(one.is_no for one in usable)))


def none_yet(workspace: Workspace) -> str:
    """What to do in a workspace without a case type."""
    advice = "make one with 'stafet onboard', or copy a shipped one with 'stafet check dental_aid'"
    return f"There is no case type in {workspace.case_types} yet; {advice}."


def copy_if_shipped(run: Run, workspace: Workspace, name: str) -> None:
    """A shipped case type that is first named comes into the workspace, which is made if it has to be."""
    from config.workspace import shipped_case_types

    if name in shipped_case_types() and not workspace.case_type_file(name).exists():
        with run.opened(name=name, may_create=True):
            pass


def examples_confirmed(run: Run, workspace: Workspace) -> bool:
    """Whether example amounts count as confirmed, as they do in a demo; to find out changes nothing."""
    from sqlalchemy import inspect

    from models.database import open_database
    from models.tables import WORKSPACE_FACT
    from models.workspace_kind import is_demo

    settings = run.settings()
    if settings.database is None and not workspace.database_file.exists():
        return False
    database = open_database(settings.database or workspace.database_file)
    try:
        with database.read() as connection:
            return inspect(connection).has_table(WORKSPACE_FACT.name) and is_demo(connection)
    finally:
        database.close()


def file_of(workspace: Workspace, name: str) -> Path:
    """The file of a case type.

    Raises:
        InputError: it is not there; with the nearest name that is.
    """
    from config.errors import InputError, Place
    from config.validation import did_you_mean
    from config.workspace import shipped_case_types

    file = workspace.case_type_file(name)
    if not file.is_file():
        if name in shipped_case_types():  # else it would have been copied: the records have one of that name
            raise InputError(f"the file of case type '{name}' is gone; put it back", Place(file))
        known = did_you_mean(name, [*workspace.case_type_names(), *shipped_case_types()])
        raise InputError(f"there is no case type '{name}'; {known}", Place(file))
    return file

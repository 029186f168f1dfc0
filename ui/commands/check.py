"""`stafet check [NAME]`: what is wrong in a case type file, and what is missing before it may go live."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.answer import Answer
from ui.command_frame import Run, answering

if TYPE_CHECKING:
    from config.case_type import CaseType
    from config.confirm_marks import ToConfirm
    from config.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("check")(answering(check))


def check(
    run: Run, name: Annotated[str | None, typer.Argument(help="The case type; without it, all of them.")] = None
) -> Answer:
    """Check case type files: what cannot be used, which tests fail, what to confirm before going live."""
    from config.workspace import Workspace

    workspace = Workspace(run.settings().workspace)
    if name is not None:
        copy_if_shipped(run, workspace, name)
    names = workspace.case_type_names() if name is None else [name]
    confirmed = examples_confirmed(run, workspace)
    found = [_checked(*_read(workspace, one), examples_confirmed=confirmed) for one in names]
    sentences = [sentence for one in found for sentence in one.pop("sentences")]
    if not found:
        advice = "make one with 'stafet onboard', or copy a shipped one with 'stafet check dental_aid'"
        sentences = [f"There is no case type in {workspace.case_types} yet; {advice}."]
    is_no = any(one["failed_tests"] or (one["status"] == "live" and not one["may_go_live"]) for one in found)
    return Answer({"case_types": found}, tuple(sentences), exit_code=int(is_no))


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


def _read(workspace: Workspace, name: str) -> tuple[CaseType, list[ToConfirm]]:
    from config.case_type import read_case_type
    from config.case_type_file import read_case_type_text
    from config.confirm_marks import marked_to_confirm
    from config.errors import InputError, Place
    from config.validation import did_you_mean
    from config.workspace import shipped_case_types

    file = workspace.case_type_file(name)
    if not file.is_file():
        if name in shipped_case_types():  # else it would have been copied: the records have one of that name
            raise InputError(f"the file of case type '{name}' is gone; put it back", Place(file))
        known = did_you_mean(name, [*workspace.case_type_names(), *shipped_case_types()])
        raise InputError(f"there is no case type '{name}'; {known}", Place(file))
    case_type = read_case_type(read_case_type_text(file), name=name, file=file)
    return case_type, marked_to_confirm(file.read_text(encoding="utf-8-sig"))


def _checked(case_type: CaseType, to_confirm: list[ToConfirm], *, examples_confirmed: bool) -> dict[str, Any]:
    from datetime import UTC, datetime

    from config.case_type_proof import run_case_type_tests
    from config.completeness import missing_before_live

    missing = missing_before_live(case_type, examples_confirmed=examples_confirmed)
    failed = [test for test in run_case_type_tests(case_type, today=datetime.now(UTC).date()) if not test.passed]
    may_go_live = not failed and all(finding.level != "error" for finding in missing)
    verdict = "may go live" if may_go_live else "not ready to go live"
    return {
        "name": case_type.key,
        "status": case_type.status,
        "may_go_live": may_go_live,
        "missing": [{"level": one.level, "field": one.field, "da": one.da, "en": one.en} for one in missing],
        "to_confirm": [{"line": one.line, "da": one.words} for one in to_confirm],
        "failed_tests": [{"name": test.name, "da": test.sentence_da, "en": test.sentence_en} for test in failed],
        "tests": len(case_type.tests),
        "sentences": [
            f"{case_type.key}: {verdict}; {_passed(case_type, len(failed))}",
            *(f"  {one.level}: {one.en}" for one in missing),
            *(f"  confirm: line {one.line}: {one.words}" for one in to_confirm),
            *(f"  test failed: {test.sentence_en}" for test in failed),
        ],
    }


def _passed(case_type: CaseType, failed: int) -> str:
    tests = len(case_type.tests)
    return f"{tests - failed} of {tests} tests pass." if tests else "it has no tests."

"""`stafet check [NAME]`: what is wrong in a case type file, and what is missing before it may go live."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.answer import Answer
from ui.command_frame import Run, answering

if TYPE_CHECKING:
    from config.case_type import CaseType
    from config.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("check")(answering(check))


def check(
    run: Run, name: Annotated[str | None, typer.Argument(help="The case type; without it, all of them.")] = None
) -> Answer:
    """Check case type files: what cannot be used, which tests fail, what is missing before going live."""
    from config.workspace import Workspace

    workspace = Workspace(run.settings().workspace)
    names = workspace.case_type_names() if name is None else [name]
    found = [_checked(_read(workspace, one)) for one in names]
    sentences = [sentence for one in found for sentence in one.pop("sentences")]
    if not found:
        sentences = [f"There is no case type in {workspace.case_types} yet; make one with 'stafet onboard'."]
    is_no = any(one["failed_tests"] or (one["status"] == "live" and not one["may_go_live"]) for one in found)
    return Answer({"case_types": found}, tuple(sentences), exit_code=int(is_no))


def _read(workspace: Workspace, name: str) -> CaseType:
    from config.case_type import read_case_type
    from config.case_type_file import read_case_type_text
    from config.errors import InputError, Place
    from config.validation import did_you_mean

    file = workspace.case_type_file(name)
    if not file.is_file():
        known = did_you_mean(name, workspace.case_type_names())
        raise InputError(f"there is no case type '{name}'; {known}", Place(file))
    return read_case_type(read_case_type_text(file), name=name, file=file)


def _checked(case_type: CaseType) -> dict[str, Any]:
    from datetime import UTC, datetime

    from config.case_type_proof import run_case_type_tests
    from config.completeness import missing_before_live

    missing = missing_before_live(case_type)
    failed = [test for test in run_case_type_tests(case_type, today=datetime.now(UTC).date()) if not test.passed]
    may_go_live = not failed and all(finding.level != "error" for finding in missing)
    return {
        "name": case_type.key,
        "status": case_type.status,
        "may_go_live": may_go_live,
        "missing": [{"level": one.level, "field": one.field, "da": one.da, "en": one.en} for one in missing],
        "failed_tests": [{"name": test.name, "da": test.sentence_da, "en": test.sentence_en} for test in failed],
        "tests": len(case_type.tests),
        "sentences": [
            f"{case_type.key}: {'may go live' if may_go_live else 'not ready to go live'}.",
            *(f"  {one.level}: {one.en}" for one in missing),
            *(f"  test failed: {test.sentence_en}" for test in failed),
        ],
    }

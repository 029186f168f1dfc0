"""`stafet assess NAME [FILE]`: scores, explains, gates and routes cases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.answer import Answer
from ui.command_frame import Run, answering

if TYPE_CHECKING:
    from routing.assessing import AssessedNow
    from routing.watched import Watched


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("assess")(answering(assess))


def assess(
    run: Run,
    name: Annotated[str, typer.Argument(help="The case type.")],
    file: Annotated[Path | None, typer.Argument(help="A file of cases; else the workspace's open ones.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the assessments, reasons in words included, as .parquet.")
    ] = None,
    store: Annotated[
        bool, typer.Option("--store", help="With FILE: import its cases first, and store what is assessed.")
    ] = False,
    workers: Annotated[int, typer.Option("--workers", help="Threads that share the work.", metavar="N")] = 1,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", help="A Dask scheduler on this machine instead.", metavar="URL")
    ] = None,
) -> Answer:
    """Assess the workspace's open cases and store it, or those of a file by each one's first event."""
    from engine.log import read_log
    from routing import assessing
    from routing.watching import watch
    from ui.importing import FileToImport, import_file
    from ui.named_case_type import named_case_type

    asked = assessing.Run(out=out, workers=workers, scheduler=scheduler)
    with run.opened(name=name) as opened:
        case_type = named_case_type(opened, name)
        if file is not None and not store:
            log = read_log(file, case_type.log, first_events_only=True)
            return answer(assessing.assess_log(opened, name, log, asked), out)
        notes: tuple[str, ...] = ()
        if file is not None:
            notes = import_file(opened.database, case_type, FileToImport(file)).notes
        seen = watch(opened, name)
        if seen.has_moved:
            opened, notes = opened.again(), (*notes, moved(seen))
        return answer(assessing.assess_open_cases(opened, name, asked), out, notes)


def moved(seen: Watched) -> str:
    """What the watch has just done, and on what evidence."""
    assert seen.evidence is not None
    done = "drafting begins" if seen.phase == "drafting" else "drafting is stopped"
    told = seen.evidence.shadow if seen.phase == "drafting" else seen.evidence.all
    counted = f"of {told.labelled} blind reviews {told.complex} were complex"
    return f"{seen.name}: {seen.state.reason}, so {done}; {counted}, promised are at most {seen.promise:.0%}."


def answer(now: AssessedNow, out: Path | None, notes: tuple[str, ...] = ()) -> Answer:
    """What assessing came to, as a document and in sentences."""
    tally = now.tally
    told = {
        "cases": tally.cases,
        "routes": tally.routes,
        "gates_closed": tally.gates_closed,
        "simple_share": tally.simple_share,
        "stored": now.stored,
        "unchanged": now.unchanged,
        "seconds": round(now.seconds, 3),
        "cases_per_second": round(tally.cases / now.seconds, 1) if now.seconds else None,
    }
    gates = ", ".join(f"{name} {count}" for name, count in tally.gates_closed.items()) or "none"
    routes = f"{tally.drafts} to draft, {tally.routes['caseworker']} to a caseworker"
    sentences = [
        f"Assessed {tally.cases} cases in {now.seconds:.1f} s: {routes}.",
        f"Gates closed: {gates}.",
    ]
    if now.stored or now.unchanged:
        sentences.append(f"Stored {now.stored} assessments; {now.unchanged} cases keep the one they have.")
    if out is not None:
        sentences.append(f"Wrote {out}.")
    if now.why_no_model is not None:
        notes = (*notes, f"Nothing was scored: {now.why_no_model}")
    return Answer(told, tuple(sentences), notes=(*notes, *now.notes))

"""`stafet train NAME`: learns complexity from the workspace's cases, and says what it can promise."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer

from ui.answer import Answer
from ui.command_frame import Run, answering

if TYPE_CHECKING:
    from engine.training_report import GuaranteeFigures, TrainingReport

BEGINS_IN_SHADOW = (
    "The case type is live, so the new model begins in shadow:"
    " people decide every case until its blind reviews bear the promise out."
)


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("train")(answering(train))


def train(run: Run, name: Annotated[str, typer.Argument(help="The case type.")]) -> Answer:
    """Learn a case type's complexity, measure what it can promise, and put the model on record."""
    from routing.training_run import train_case_type
    from ui.named_case_type import named_case_type

    began = perf_counter()
    with run.opened(name=name) as opened:
        named_case_type(opened, name)
        trained = train_case_type(opened, name)
    document = trained.report.as_json(model_version=trained.version, seconds=round(perf_counter() - began, 3))
    notes = (*trained.report.notes, BEGINS_IN_SHADOW) if trained.begins_in_shadow else trained.report.notes
    return Answer(document, tuple(sentences(trained.report, trained.version)), notes=notes)


def sentences(report: TrainingReport, version: str) -> list[str]:
    """The figures in words."""
    learnt = f"version {version}, on {report.cases_labelled} labelled of {report.cases} cases"
    figures = {
        "ROC AUC": report.auc,
        "average precision": report.average_precision,
        "Brier score": report.brier,
        "calibration error": report.calibration_error,
    }
    return [
        f"Trained {report.case_type}, {learnt}; {report.base_rate:.1%} complex in {report.horizon_days:g} days.",
        f"Uses {len(report.features)} features: {', '.join(report.features)}.",
        *(f"Left out {name}: {why}." for name, why in report.left_out.items()),
        f"On the untouched newest fifth: {', '.join(f'{name} {said(value)}' for name, value in figures.items())}.",
        promise_in_words(report.guarantee),
    ]


def promise_in_words(promise: GuaranteeFigures) -> str:
    """What is promised about the cases that a machine would draft, or why nothing is."""
    terms = f"at most {promise.max_complex_share:.0%} complex, with {promise.confidence:.0%} confidence"
    if promise.threshold is None:
        return f"No promise ({terms}), so nothing would be drafted: {promise.reason}"
    below = f"{promise.simple_share:.1%} of the untouched cases lie there"
    worked = f"{promise.simple_share_worked:.1%} without those of a single event"
    return f"Promise ({terms}): proven below a raw score of {promise.threshold:.3f}; {below}, {worked}."


def said(figure: float | None) -> str:
    """A figure with three decimals, or that there is none."""
    return "not known" if figure is None else f"{figure:.3f}"

"""Importing a file of cases into the workspace, again and again: all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from config.case_type import CaseType
from engine.log import EventLog, read_log
from models.case_store import Imported, put_cases
from models.consent_answers import answers_on_record
from models.database import Database
from routing.intake import Intake, intake
from ui.answer import Answer
from ui.file_evidence import evidence_of


@dataclass(frozen=True)
class FileToImport:
    """What `import` was asked: the file, how closed cases are told, and whether anything may change."""

    path: Path
    all_closed: bool = False
    closed_column: str | None = None
    dry_run: bool = False


class UndoneError(Exception):
    """Ends a unit of work without storing anything: what it would have changed has been counted."""


def import_file(database: Database, case_type: CaseType, asked: FileToImport) -> Answer:
    """Import one file.

    Raises:
        InputError: the file cannot be used, or the disk is full; nothing is changed.
    """
    log = read_log(asked.path, case_type.log)
    taken, imported = stored(database, case_type, log, asked)
    closed_at = taken.arriving.closed_at
    closed = 0 if closed_at is None else int((~np.isnat(closed_at)).sum())
    document: dict[str, Any] = {
        "case_type": case_type.key,
        "cases": len(log),
        "cases_new": imported.new_cases,
        "cases_changed": imported.changed_cases,
        "cases_closed_now": imported.closed_cases,
        "closed": closed,
        "open": len(log) - closed,
        "events": len(log.events),
        "events_new": imported.new_events,
        "consents_new": imported.new_consents,
        "citizens": imported.citizens,
        "cases_handed": imported.handed_cases,
        "facts_kept": imported.facts_kept,
        "corrections_kept": imported.corrections_kept,
        "cases_erased": imported.erased_cases,
        "values_left_out": dict(taken.values_left_out),
        "rows_without_case": log.rows_without_case,
        "dry_run": asked.dry_run,
    }
    return Answer(document, tuple(sentences(document)), notes=taken.notes)


def stored(database: Database, case_type: CaseType, log: EventLog, asked: FileToImport) -> tuple[Intake, Imported]:
    """Store the log's cases in one unit of work, which a dry run throws away."""
    try:
        with database.write() as connection:
            taken = intake(
                log,
                case_type,
                all_closed=asked.all_closed,
                closed_column=asked.closed_column,
                on_record=answers_on_record(connection, case_type.key, log.case_ids),
            )
            imported = put_cases(connection, case_type.key, taken.arriving, evidence=evidence_of(log.file))
            if asked.dry_run:
                raise UndoneError
    except UndoneError:
        pass
    return taken, imported


def sentences(told: Mapping[str, Any]) -> list[str]:
    """The counts in words."""
    would = "Would store" if told["dry_run"] else "Stored"
    found = [
        f"Read {told['cases']} cases with {told['events']} events: {told['closed']} closed, {told['open']} open.",
        f"{would} {told['cases_new']} new cases, {told['events_new']} new events, {told['consents_new']} answers.",
        f"Changed facts: {told['cases_changed']} cases; closed now: {told['cases_closed_now']}.",
    ]
    if told["citizens"] or told["cases_handed"]:
        found.append(
            f"Citizens new or changed: {told['citizens']}; known cases that name another: {told['cases_handed']}."
        )
    for name, count in told["values_left_out"].items():
        found.append(f"{count} values of '{name}' were not stored: it needs a yes that was not given.")
    if told["facts_kept"]:
        found.append(f"{told['facts_kept']} known cases lack their first event in this file and keep their facts.")
    if told["corrections_kept"]:
        found.append(
            f"{told['corrections_kept']} cases keep facts that a person has corrected, though the file says"
            " otherwise; their pages show both."
        )
    if told["cases_erased"]:
        found.append(f"{told['cases_erased']} cases were deleted by law and stay deleted.")
    return found

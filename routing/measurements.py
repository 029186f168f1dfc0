"""The promise on record: which measurement of a model counts, and the number of the next one.

Measuring again on the same calibration cases is testing again, so each measurement is stored with a digest of
those cases, and the next one on them tests at a stricter level (QUALITY.md, "Measuring again is testing again").
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from config.case_type import CaseType
from engine.guarantee import GroupResult, Guarantee, Promise, Why
from engine.history import History
from engine.trained import TrainedComplexity
from engine.training_report import GuaranteeFigures
from models import audit
from models.training_store import ModelOnRecord, measurements_of, record_measurement, times_measured


def calibration_digest(trained: TrainedComplexity, case_type: CaseType, history: History) -> str:
    """SHA-256 (hex) of the ids of the model's labelled calibration cases; a new label among them changes it."""
    from engine.material import prepare

    material = prepare(case_type, history, cuts=trained.cuts)
    ids = sorted(str(case_id) for case_id in history.facts.case_ids[material.split.calibrate])
    return hashlib.sha256("\n".join(ids).encode()).hexdigest()


def next_attempt(connection: sa.Connection, case_type: str, model_version: str, digest: str) -> int:
    """The number of the next measurement of this model on these calibration cases, from 1."""
    return times_measured(connection, case_type, model_version, digest) + 1


def record_guarantee(
    connection: sa.Connection,
    case_type: str,
    model_version: str,
    guarantee: Guarantee,
    figures: GuaranteeFigures,
    *,
    digest: str,
    actor: str = audit.SYSTEM,
) -> None:
    """Put one measurement on record; from now on it is the promise in force of this model."""
    record_measurement(
        connection,
        case_type,
        model_version,
        k=guarantee.attempt,
        population=guarantee.population,
        level=guarantee.level,
        threshold=guarantee.threshold,
        calibration_digest=digest,
        result={"guarantee": guarantee_as_json(guarantee), "figures": asdict(figures)},
        actor=actor,
    )


def guarantee_in_force(
    connection: sa.Connection, on_record: ModelOnRecord, trained: TrainedComplexity
) -> Guarantee:
    """The newest measurement of a model; without one, what training measured."""
    measured = measurements_of(connection, on_record.case_type, on_record.version)
    return guarantee_from_json(measured[-1]["result"]["guarantee"]) if measured else trained.guarantee


def guarantee_as_json(guarantee: Guarantee) -> dict[str, Any]:
    """A guarantee in JSON's own types."""
    return asdict(guarantee)


def guarantee_from_json(stored: Mapping[str, Any]) -> Guarantee:
    """The inverse of `guarantee_as_json`, read back from JSON."""
    promise = {**stored["promise"], "also_within": tuple(stored["promise"]["also_within"])}
    return Guarantee(
        promise=Promise(**promise),
        population=stored["population"],
        attempt=stored["attempt"],
        level=stored["level"],
        groups=tuple(_group(one) for one in stored["groups"]),
        ungrouped=tuple(stored["ungrouped"]),
        why=_why(stored["why"]),
    )


def _group(stored: Mapping[str, Any]) -> GroupResult:
    cell = tuple((name, value) for name, value in stored["cell"])
    return GroupResult(cell, stored["cases"], stored["threshold"], _why(stored["why"]))


def _why(stored: Mapping[str, Any] | None) -> Why | None:
    return None if stored is None else Why(**stored)

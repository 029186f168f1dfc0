"""Records each trained model and each measurement of the promise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from models import audit
from models.database import serialise
from models.recording import record_row
from models.tables import MEASUREMENT, TRAINED_MODEL


@dataclass(frozen=True)
class ModelOnRecord:
    """One trained model: the hash its file must have, and what training found."""

    case_type: str
    version: str
    sha256: str
    trained_at: str
    case_type_version: int
    summary: Mapping[str, Any]


def record_model(
    connection: sa.Connection,
    case_type: str,
    version: str,
    *,
    sha256: str,
    case_type_version: int,
    summary: Mapping[str, Any],
    actor: str = audit.SYSTEM,
) -> ModelOnRecord:
    """Put a trained model on record; its file is written before, so that a model on record always has its file.

    Raises:
        RefusedError: this version is on record already.
    """
    unit = serialise(connection)
    values = {
        "case_type": case_type,
        "version": version,
        "sha256": sha256,
        "trained_at": unit.now,
        "case_type_version": case_type_version,
        "summary": audit.canonical(summary),
    }
    row, _ = record_row(
        connection,
        TRAINED_MODEL,
        values,
        actor=actor,
        action="model.trained",
        subject=f"case_type:{case_type}",
        payload={"version": version, "sha256": sha256, "case_type_version": case_type_version},
    )
    return as_model(row)


def models_of(connection: sa.Connection, case_type: str) -> list[ModelOnRecord]:
    """Every model of a case type, newest first."""
    mine = sa.select(TRAINED_MODEL).where(TRAINED_MODEL.c.case_type == case_type)
    rows = connection.execute(mine.order_by(TRAINED_MODEL.c.trained_at.desc(), TRAINED_MODEL.c.version.desc()))
    return [as_model(dict(row._mapping)) for row in rows]


def latest_model(connection: sa.Connection, case_type: str) -> ModelOnRecord | None:
    """The newest model of a case type, None where none was trained."""
    found = models_of(connection, case_type)
    return found[0] if found else None


def as_model(row: Mapping[str, Any]) -> ModelOnRecord:
    """A stored row as a value."""
    kept = {name: row[name] for name in ("case_type", "version", "sha256", "trained_at", "case_type_version")}
    return ModelOnRecord(**kept, summary=json.loads(row["summary"]))


def measurements_of(connection: sa.Connection, case_type: str, model_version: str) -> list[dict[str, Any]]:
    """Every measurement of a model, oldest first, with `result` as a mapping."""
    mine = (MEASUREMENT.c.case_type == case_type) & (MEASUREMENT.c.model_version == model_version)
    rows = connection.execute(sa.select(MEASUREMENT).where(mine).order_by(MEASUREMENT.c.id))
    return [{**row._mapping, "result": json.loads(row.result)} for row in rows]


def times_measured(connection: sa.Connection, case_type: str, model_version: str, calibration_digest: str) -> int:
    """How often a model was measured on the same calibration cases: the next measurement is `k` = this + 1."""
    mine = (MEASUREMENT.c.case_type == case_type) & (MEASUREMENT.c.model_version == model_version)
    same = mine & (MEASUREMENT.c.calibration_digest == calibration_digest)
    return int(
        connection.execute(sa.select(sa.func.coalesce(sa.func.max(MEASUREMENT.c.k), 0)).where(same)).scalar_one()
    )


def record_measurement(
    connection: sa.Connection,
    case_type: str,
    model_version: str,
    *,
    k: int,
    population: str,
    level: float,
    threshold: float | None,
    calibration_digest: str,
    result: Mapping[str, Any],
    actor: str = audit.SYSTEM,
) -> int:
    """Put one measurement on record; returns its id.

    Raises:
        RefusedError: the k-th measurement on these calibration cases is on record already.
    """
    unit = serialise(connection)
    values = {
        "case_type": case_type,
        "model_version": model_version,
        "k": k,
        "population": population,
        "level": level,
        "threshold": threshold,
        "measured_at": unit.now,
        "calibration_digest": calibration_digest,
        "result": audit.canonical(result),
    }
    row, _ = record_row(
        connection,
        MEASUREMENT,
        values,
        actor=actor,
        action="promise.measured",
        subject=f"case_type:{case_type}",
        payload={"model_version": model_version, "k": k, "population": population, "threshold": threshold},
    )
    return int(row["id"])

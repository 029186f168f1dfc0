"""Which models were trained, and every time the promise was measured on one."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Field

from models.record import NUMBER, WORDS, Record


class TrainedModel(Record, table=True):
    """One trained complexity: its file's hash and what training found; never changed."""

    __tablename__ = "trained_model"

    case_type: str = Field(sa_type=WORDS, primary_key=True)
    version: str = Field(sa_type=WORDS, primary_key=True)
    sha256: str = Field(sa_type=WORDS)
    trained_at: str = Field(sa_type=WORDS)
    case_type_version: int
    summary: str = Field(sa_type=WORDS)
    audit_batch: str = Field(sa_type=WORDS)


class Measurement(Record, table=True):
    """One test of the promise. Testing again on the same calibration cases costs level, so none may vanish."""

    __tablename__ = "measurement"
    __table_args__ = (
        sa.UniqueConstraint("case_type", "model_version", "calibration_digest", "k"),
        sa.ForeignKeyConstraint(
            ("case_type", "model_version"), ("trained_model.case_type", "trained_model.version")
        ),
        sa.CheckConstraint("k >= 1", name="measurement_counts_from_one"),
        sa.CheckConstraint("population IN ('could_draft', 'in_force')", name="measurement_population_is_known"),
    )

    id: int | None = Field(default=None, sa_type=NUMBER, primary_key=True)
    case_type: str = Field(sa_type=WORDS)
    model_version: str = Field(sa_type=WORDS)
    k: int
    population: str = Field(sa_type=WORDS)
    level: float
    threshold: float | None = None
    measured_at: str = Field(sa_type=WORDS)
    calibration_digest: str = Field(sa_type=WORDS)
    result: str = Field(sa_type=WORDS)
    audit_batch: str = Field(sa_type=WORDS)

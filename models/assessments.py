"""What the machine said of a case at one moment: score, reasons, gates and route, never changed."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Field

from models.cases import CASE, CASE_FILE
from models.record import NUMBER, WORDS, Record

IS_NEWEST = (
    "a.case_type = c.case_type AND a.case_id = c.case_id AND a.made_at = (SELECT max(m.made_at)"
    " FROM assessment m WHERE m.case_type = c.case_type AND m.case_id = c.case_id)"
)
"""SQL: `a` is the newest assessment of case `c`, by the unique index; a column that names it would be unsealed."""


class Assessment(Record, table=True):
    """One assessment.

    `inputs` holds what the facts cannot tell again: derived features, which look at the cases around. They and
    `contributions`, one a feature, are packed little-endian float64.
    """

    __tablename__ = "assessment"
    __table_args__ = (
        sa.ForeignKeyConstraint(CASE, CASE_FILE),
        sa.UniqueConstraint("case_type", "case_id", "made_at"),
        sa.CheckConstraint("weight IN ('light', 'heavy')", name="assessment_weight_is_known"),
        sa.CheckConstraint("route IN ('draft', 'caseworker')", name="assessment_route_is_known"),
        sa.CheckConstraint(
            "route <> 'draft' OR (weight = 'light' AND gates_closed = '[]' AND floor_rule IS NULL"
            " AND raw_score IS NOT NULL AND NOT drawn)",
            name="assessment_draft_needs_every_gate_open",
        ),
        sa.CheckConstraint(
            "weight <> 'heavy' OR (raw_score IS NULL AND complexity IS NULL AND base_value IS NULL"
            " AND inputs IS NULL AND contributions IS NULL)",
            name="assessment_heavy_has_no_score",
        ),
        sa.CheckConstraint("complexity >= 0 AND complexity <= 1", name="assessment_complexity_is_a_probability"),
        sa.CheckConstraint(
            "sampling_probability >= 0 AND sampling_probability <= 1",
            name="assessment_sampling_is_a_probability",
        ),
    )

    id: int | None = Field(default=None, sa_type=NUMBER, primary_key=True)
    case_type: str = Field(sa_type=WORDS)
    case_id: str = Field(sa_type=WORDS)
    made_at: str = Field(sa_type=WORDS)
    model_version: str | None = Field(default=None, sa_type=WORDS)
    rules_version: int
    case_type_version: int
    facts_version: int
    weight: str = Field(sa_type=WORDS)
    raw_score: float | None = None
    complexity: float | None = None
    base_value: float | None = None
    inputs: bytes | None = Field(default=None, sa_type=sa.LargeBinary)
    contributions: bytes | None = Field(default=None, sa_type=sa.LargeBinary)
    novel: bool | None = None
    route: str = Field(sa_type=WORDS)
    team: str | None = Field(default=None, sa_type=WORDS)
    priority: str | None = Field(default=None, sa_type=WORDS)
    contact_by: str | None = Field(default=None, sa_type=WORDS)
    rule: str | None = Field(default=None, sa_type=WORDS)
    floor_rule: str | None = Field(default=None, sa_type=WORDS)
    gates_closed: str = Field(default="[]", sa_type=WORDS)
    sampling_probability: float | None = None
    drawn: bool = False
    audit_batch: str = Field(sa_type=WORDS)

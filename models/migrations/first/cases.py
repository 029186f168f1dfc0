"""The first tables of a case: its file, history, consents, forgetting, assessments and decisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.migrations.first.types import NUMBER, WORDS


def make_case_file() -> None:
    """Case files and the orders in which they are read."""
    op.create_table(
        "case_file",
        sa.Column("case_type", WORDS, nullable=False),
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("received_at", WORDS, nullable=False),
        sa.Column("closed_at", WORDS, nullable=True),
        sa.Column("status", WORDS, nullable=False),
        sa.Column("channel", WORDS, nullable=True),
        sa.Column("team", WORDS, nullable=True),
        sa.Column("priority", WORDS, nullable=True),
        sa.Column("contact_by", WORDS, nullable=True),
        sa.Column("queue_by", WORDS, nullable=True),
        sa.Column("assigned_to", NUMBER, nullable=True),
        sa.Column("citizen_ref", WORDS, nullable=True),
        sa.Column("latest_assessment_id", NUMBER, nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name="case_closed_has_its_time"),
        sa.CheckConstraint("case_id <> ''", name="case_has_an_id"),
        sa.CheckConstraint("status IN ('open', 'closed')", name="case_status_is_known"),
        sa.ForeignKeyConstraint(["assigned_to"], ["user_account.id"], name="fk_case_file_assigned_to"),
        sa.PrimaryKeyConstraint("case_type", "case_id", name="pk_case_file"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_case_file_arrivals", "case_file", ["case_type", "status", "received_at", "case_id"], unique=False
    )
    op.create_index(
        "ix_case_file_mine",
        "case_file",
        ["assigned_to", "queue_by", "received_at", "case_type", "case_id"],
        unique=False,
        sqlite_where=sa.text("status = 'open' AND assigned_to IS NOT NULL"),
        postgresql_where=sa.text("status = 'open' AND assigned_to IS NOT NULL"),
    )
    op.create_index(
        "ix_case_file_queue",
        "case_file",
        ["team", "queue_by", "received_at", "case_type", "case_id"],
        unique=False,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )


def make_case_history() -> None:
    """What happened in a case, and what was known of it when."""
    op.create_table(
        "case_event",
        sa.Column("case_type", WORDS, nullable=False),
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("activity", WORDS, nullable=False),
        sa.Column("resource", WORDS, nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_type", "case_id"],
            ["case_file.case_type", "case_file.case_id"],
            name="fk_case_event_case_type_case_id",
        ),
        sa.PrimaryKeyConstraint(
            "case_type", "case_id", "at", "activity", "resource", "occurrence", name="pk_case_event"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "case_facts",
        sa.Column("case_type", WORDS, nullable=False),
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("facts", WORDS, nullable=False),
        sa.Column("recorded_at", WORDS, nullable=False),
        sa.Column("origin", WORDS, nullable=False),
        sa.Column("reason", WORDS, nullable=True),
        sa.Column("audit_batch", WORDS, nullable=False),
        sa.CheckConstraint("version >= 1", name="facts_version_counts_from_one"),
        sa.ForeignKeyConstraint(
            ["case_type", "case_id"],
            ["case_file.case_type", "case_file.case_id"],
            name="fk_case_facts_case_type_case_id",
        ),
        sa.PrimaryKeyConstraint("case_type", "case_id", "version", name="pk_case_facts"),
    )


def make_consent() -> None:
    """What a citizen said yes or no to."""
    op.create_table(
        "consent",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("case_type", WORDS, nullable=False),
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("field", WORDS, nullable=False),
        sa.Column("answer", WORDS, nullable=False),
        sa.Column("answered_at", WORDS, nullable=False),
        sa.Column("recorded_at", WORDS, nullable=False),
        sa.Column("audit_batch", WORDS, nullable=False),
        sa.CheckConstraint("answer IN ('yes', 'no')", name="consent_answer_is_yes_or_no"),
        sa.ForeignKeyConstraint(
            ["case_type", "case_id"],
            ["case_file.case_type", "case_file.case_id"],
            name="fk_consent_case_type_case_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_consent"),
        sa.UniqueConstraint(
            "case_type",
            "case_id",
            "field",
            "answered_at",
            "answer",
            name="uq_consent_case_type_case_id_field_answered_at_answer",
        ),
    )


def make_forgetting() -> None:
    """The salt behind a case's commitments, and the orders to erase a case."""
    op.create_table(
        "case_salt",
        sa.Column("case_type", WORDS, nullable=False),
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_type", "case_id"],
            ["case_file.case_type", "case_file.case_id"],
            name="fk_case_salt_case_type_case_id",
        ),
        sa.PrimaryKeyConstraint("case_type", "case_id", name="pk_case_salt"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "erasure",
        sa.Column("case_type", WORDS, nullable=False),
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("basis", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("case_type", "case_id", name="pk_erasure"),
    )


def make_assessment() -> None:
    """What the machine said."""
    op.create_table(
        "assessment",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("case_type", WORDS, nullable=False),
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("made_at", WORDS, nullable=False),
        sa.Column("model_version", WORDS, nullable=True),
        sa.Column("rules_version", sa.Integer(), nullable=False),
        sa.Column("case_type_version", sa.Integer(), nullable=False),
        sa.Column("facts_version", sa.Integer(), nullable=False),
        sa.Column("weight", WORDS, nullable=False),
        sa.Column("raw_score", sa.Float(), nullable=True),
        sa.Column("complexity", sa.Float(), nullable=True),
        sa.Column("base_value", sa.Float(), nullable=True),
        sa.Column("inputs", sa.LargeBinary(), nullable=True),
        sa.Column("contributions", sa.LargeBinary(), nullable=True),
        sa.Column("novel", sa.Boolean(), nullable=True),
        sa.Column("route", WORDS, nullable=False),
        sa.Column("team", WORDS, nullable=True),
        sa.Column("priority", WORDS, nullable=True),
        sa.Column("contact_by", WORDS, nullable=True),
        sa.Column("rule", WORDS, nullable=True),
        sa.Column("floor_rule", WORDS, nullable=True),
        sa.Column("gates_closed", WORDS, nullable=False),
        sa.Column("sampling_probability", sa.Float(), nullable=True),
        sa.Column("drawn", sa.Boolean(), nullable=False),
        sa.Column("audit_batch", WORDS, nullable=False),
        sa.CheckConstraint(
            "route <> 'draft' OR (weight = 'light' AND gates_closed = '[]' AND floor_rule IS NULL"
            " AND raw_score IS NOT NULL AND NOT drawn)",
            name="assessment_draft_needs_every_gate_open",
        ),
        sa.CheckConstraint("route IN ('draft', 'caseworker')", name="assessment_route_is_known"),
        sa.CheckConstraint(
            "weight <> 'heavy' OR (raw_score IS NULL AND complexity IS NULL AND base_value IS NULL"
            " AND inputs IS NULL AND contributions IS NULL)",
            name="assessment_heavy_has_no_score",
        ),
        sa.CheckConstraint("weight IN ('light', 'heavy')", name="assessment_weight_is_known"),
        sa.CheckConstraint("complexity >= 0 AND complexity <= 1", name="assessment_complexity_is_a_probability"),
        sa.CheckConstraint(
            "sampling_probability >= 0 AND sampling_probability <= 1", name="assessment_sampling_is_a_probability"
        ),
        sa.ForeignKeyConstraint(
            ["case_type", "case_id"],
            ["case_file.case_type", "case_file.case_id"],
            name="fk_assessment_case_type_case_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_assessment"),
        sa.UniqueConstraint("case_type", "case_id", "made_at", name="uq_assessment_case_type_case_id_made_at"),
    )


def make_decision() -> None:
    """What people decided."""
    op.create_table(
        "decision",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("case_type", WORDS, nullable=False),
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("sign_in_id", NUMBER, nullable=False),
        sa.Column("assessment_id", NUMBER, nullable=True),
        sa.Column("outcome", WORDS, nullable=False),
        sa.Column("reasons", WORDS, nullable=False),
        sa.Column("decided_at", WORDS, nullable=False),
        sa.Column("replaces", NUMBER, nullable=True),
        sa.Column("audit_batch", WORDS, nullable=False),
        sa.CheckConstraint("outcome <> ''", name="decision_has_an_outcome"),
        sa.CheckConstraint("round >= 1", name="decision_round_counts_from_one"),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name="fk_decision_assessment_id"),
        sa.ForeignKeyConstraint(
            ["case_type", "case_id"],
            ["case_file.case_type", "case_file.case_id"],
            name="fk_decision_case_type_case_id",
        ),
        sa.ForeignKeyConstraint(["replaces"], ["decision.id"], name="fk_decision_replaces"),
        sa.ForeignKeyConstraint(["sign_in_id"], ["sign_in.id"], name="fk_decision_sign_in_id"),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
        sa.UniqueConstraint("case_type", "case_id", "round", name="uq_decision_case_type_case_id_round"),
    )
    op.create_index("ix_decision_sign_in_id", "decision", ["sign_in_id"], unique=False)

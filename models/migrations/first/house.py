"""The first tables of what every case needs: the trail, what is in force, people and models."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.migrations.first.types import NUMBER, WORDS


def make_trail() -> None:
    """The audit trail, and what the workspace is."""
    op.create_table(
        "audit",
        sa.Column("seq", NUMBER, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("actor", WORDS, nullable=False),
        sa.Column("action", WORDS, nullable=False),
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("payload", WORDS, nullable=False),
        sa.Column("previous_hash", WORDS, nullable=False),
        sa.Column("hash", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
    )
    op.create_table(
        "workspace_fact",
        sa.Column("key", WORDS, nullable=False),
        sa.Column("value", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_workspace_fact"),
    )


def make_publishing() -> None:
    """What is in force."""
    op.create_table(
        "published",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", WORDS, nullable=False),
        sa.Column("sha256", WORDS, nullable=False),
        sa.Column("published_at", WORDS, nullable=False),
        sa.Column("proposed_by", WORDS, nullable=False),
        sa.Column("confirmed_by", WORDS, nullable=True),
        sa.Column("audit_batch", WORDS, nullable=False),
        sa.CheckConstraint("kind IN ('case_type', 'rules', 'letters')", name="published_kind_is_known"),
        sa.CheckConstraint("version >= 1", name="published_version_counts_from_one"),
        sa.PrimaryKeyConstraint("id", name="pk_published"),
        sa.UniqueConstraint("kind", "name", "version", name="uq_published_kind_name_version"),
    )
    op.create_table(
        "case_type_state",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("weight", WORDS, nullable=False),
        sa.Column("status", WORDS, nullable=False),
        sa.Column("phase", WORDS, nullable=False),
        sa.Column("since", WORDS, nullable=False),
        sa.Column("reason", WORDS, nullable=True),
        sa.CheckConstraint("phase IN ('trial', 'shadow', 'drafting', 'stopped')", name="state_phase_is_known"),
        sa.CheckConstraint(
            "phase NOT IN ('shadow', 'drafting') OR (weight = 'light' AND status = 'live')",
            name="state_only_a_light_live_type_drafts",
        ),
        sa.CheckConstraint("status IN ('trial', 'live')", name="state_status_is_known"),
        sa.CheckConstraint("weight IN ('light', 'heavy')", name="state_weight_is_known"),
        sa.PrimaryKeyConstraint("name", name="pk_case_type_state"),
    )


def make_people() -> None:
    """Users, their sign-ins, and failed passwords."""
    op.create_table(
        "user_account",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("full_name", WORDS, nullable=False),
        sa.Column("role", WORDS, nullable=False),
        sa.Column("team", WORDS, nullable=True),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("password_hash", WORDS, nullable=True),
        sa.Column("created_at", WORDS, nullable=False),
        sa.Column("disabled_at", WORDS, nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("audit_batch", WORDS, nullable=False),
        sa.CheckConstraint("kind <> 'person' OR lower(name) <> 'system'", name="account_system_is_no_person"),
        sa.CheckConstraint("kind IN ('person', 'service')", name="account_kind_is_known"),
        sa.CheckConstraint("name <> ''", name="account_has_a_name"),
        sa.CheckConstraint(
            "role IN ('caseworker', 'team_lead', 'steward', 'auditor')", name="account_role_is_known"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_user_account"),
        sa.UniqueConstraint("name", name="uq_user_account_name"),
    )
    op.create_table(
        "sign_in",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("user_id", NUMBER, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("method", WORDS, nullable=False),
        sa.Column("purpose", WORDS, nullable=False),
        sa.Column("token_hash", WORDS, nullable=False),
        sa.Column("csrf_secret", WORDS, nullable=False),
        sa.Column("expires_at", WORDS, nullable=False),
        sa.Column("seen_at", WORDS, nullable=False),
        sa.Column("ended_at", WORDS, nullable=True),
        sa.Column("audit_batch", WORDS, nullable=False),
        sa.CheckConstraint("expires_at > at", name="sign_in_lasts_a_while"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_sign_in_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in"),
        sa.UniqueConstraint("token_hash", name="uq_sign_in_token_hash"),
    )
    op.create_index("ix_sign_in_user_id", "sign_in", ["user_id"], unique=False)
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("name_hash", WORDS, nullable=False),
        sa.Column("source", WORDS, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_attempt"),
    )
    op.create_index("ix_sign_in_attempt_recent", "sign_in_attempt", ["name_hash", "at"], unique=False)


def make_training() -> None:
    """Models, and measurements of the promise."""
    op.create_table(
        "trained_model",
        sa.Column("case_type", WORDS, nullable=False),
        sa.Column("version", WORDS, nullable=False),
        sa.Column("sha256", WORDS, nullable=False),
        sa.Column("trained_at", WORDS, nullable=False),
        sa.Column("case_type_version", sa.Integer(), nullable=False),
        sa.Column("summary", WORDS, nullable=False),
        sa.Column("audit_batch", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("case_type", "version", name="pk_trained_model"),
    )
    op.create_table(
        "measurement",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("case_type", WORDS, nullable=False),
        sa.Column("model_version", WORDS, nullable=False),
        sa.Column("k", sa.Integer(), nullable=False),
        sa.Column("population", WORDS, nullable=False),
        sa.Column("level", sa.Float(), nullable=False),
        sa.Column("threshold", sa.Float(), nullable=True),
        sa.Column("measured_at", WORDS, nullable=False),
        sa.Column("calibration_digest", WORDS, nullable=False),
        sa.Column("result", WORDS, nullable=False),
        sa.Column("audit_batch", WORDS, nullable=False),
        sa.CheckConstraint("population IN ('could_draft', 'in_force')", name="measurement_population_is_known"),
        sa.CheckConstraint("k >= 1", name="measurement_counts_from_one"),
        sa.ForeignKeyConstraint(
            ["case_type", "model_version"],
            ["trained_model.case_type", "trained_model.version"],
            name="fk_measurement_case_type_model_version",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_measurement"),
        sa.UniqueConstraint(
            "case_type",
            "model_version",
            "calibration_digest",
            "k",
            name="uq_measurement_case_type_model_version_calibration_digest_k",
        ),
    )

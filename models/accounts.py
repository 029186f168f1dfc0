"""Who may use Stafet, when each was signed in, and how often a password failed."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Field

from models.record import NUMBER, WORDS, Record

ROLES = ("caseworker", "team_lead", "steward", "auditor")
DECIDING_ROLES = ("caseworker", "team_lead")


class UserAccount(Record, table=True):
    """A natural person, or a service that can never decide."""

    __tablename__ = "user_account"
    __table_args__ = (
        sa.CheckConstraint("kind IN ('person', 'service')", name="account_kind_is_known"),
        sa.CheckConstraint(
            "role IN ('caseworker', 'team_lead', 'steward', 'auditor')", name="account_role_is_known"
        ),
        sa.CheckConstraint("kind <> 'person' OR lower(name) <> 'system'", name="account_system_is_no_person"),
        sa.CheckConstraint("name <> ''", name="account_has_a_name"),
    )

    id: int | None = Field(default=None, sa_type=NUMBER, primary_key=True)
    name: str = Field(sa_type=WORDS, unique=True)
    full_name: str = Field(sa_type=WORDS)
    role: str = Field(sa_type=WORDS)
    team: str | None = Field(default=None, sa_type=WORDS)
    kind: str = Field(default="person", sa_type=WORDS)
    password_hash: str | None = Field(default=None, sa_type=WORDS)
    created_at: str = Field(sa_type=WORDS)
    disabled_at: str | None = Field(default=None, sa_type=WORDS)
    salt: bytes = Field(sa_type=sa.LargeBinary)
    audit_batch: str = Field(sa_type=WORDS)
    phone: str | None = Field(default=None, sa_type=WORDS)


class SignIn(Record, table=True):
    """One person's presence from `at` until it ends or expires; decisions hang on it."""

    __tablename__ = "sign_in"
    __table_args__ = (sa.CheckConstraint("expires_at > at", name="sign_in_lasts_a_while"),)

    id: int | None = Field(default=None, sa_type=NUMBER, primary_key=True)
    user_id: int = Field(sa_type=NUMBER, foreign_key="user_account.id", index=True)
    at: str = Field(sa_type=WORDS)
    method: str = Field(sa_type=WORDS)
    purpose: str = Field(sa_type=WORDS)
    token_hash: str = Field(sa_type=WORDS, unique=True)
    csrf_secret: str = Field(sa_type=WORDS)
    expires_at: str = Field(sa_type=WORDS)
    seen_at: str = Field(sa_type=WORDS)
    ended_at: str | None = Field(default=None, sa_type=WORDS)
    audit_batch: str = Field(sa_type=WORDS)


class SignInAttempt(Record, table=True):
    """A password that was tried; the name is kept as a hash, for people type passwords into the wrong box."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (sa.Index("ix_sign_in_attempt_recent", "name_hash", "at"),)

    id: int | None = Field(default=None, sa_type=NUMBER, primary_key=True)
    name_hash: str = Field(sa_type=WORDS)
    source: str = Field(sa_type=WORDS)
    at: str = Field(sa_type=WORDS)
    succeeded: bool

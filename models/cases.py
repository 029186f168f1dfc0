"""What is known of a case: whose it is, its file, events, facts, consents, its salt, the order to erase it."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Field

from models.record import NUMBER, WORDS, Record

CASE = ("case_type", "case_id")
CASE_FILE = ("case_file.case_type", "case_file.case_id")

QUEUED = "status = 'open' AND awaiting IS NULL"
"""The cases that somebody can go on with; queries say it in these words, so that the partial indexes answer."""
UNROUTED = f"{QUEUED} AND team IS NULL"
"""The cases that no rule has been asked about yet."""
WAITING = "status = 'open' AND awaiting IS NOT NULL"
"""The open cases that wait for somebody or for a day."""


def partial_index(name: str, where: str, *columns: str) -> sa.Index:
    """An index of the case files that are so."""
    condition = sa.text(where)
    return sa.Index(f"ix_case_file_{name}", *columns, sqlite_where=condition, postgresql_where=condition)


class CitizenRow(Record, table=True):
    """Who a citizen is, for letters and for those who call; no model, rule or figure ever sees it."""

    __tablename__ = "citizen"
    __table_args__ = (sa.CheckConstraint("ref <> ''", name="citizen_has_a_reference"),)

    ref: str = Field(sa_type=WORDS, primary_key=True)
    name: str | None = Field(default=None, sa_type=WORDS)
    cpr: str | None = Field(default=None, sa_type=WORDS)
    street: str | None = Field(default=None, sa_type=WORDS)
    town: str | None = Field(default=None, sa_type=WORDS)
    phone: str | None = Field(default=None, sa_type=WORDS)
    protected_address: bool = Field(default=False)
    digital_post: bool = Field(default=True)
    recorded_at: str = Field(sa_type=WORDS)


class CitizenWord(Record, table=True):
    """One word of a citizen's name, or the digits of their CPR number, to find them by."""

    __tablename__ = "citizen_word"
    __table_args__ = (
        sa.Index("ix_citizen_word_ref", "ref", "word"),
        {"sqlite_with_rowid": False},
    )

    word: str = Field(sa_type=WORDS, primary_key=True)
    ref: str = Field(sa_type=WORDS, primary_key=True, foreign_key="citizen.ref")


class CaseFile(Record, table=True):
    """One case as it stands now: open or closed, and where it waits. The only part of a case that changes."""

    __tablename__ = "case_file"
    __table_args__ = (
        sa.CheckConstraint("status IN ('open', 'closed')", name="case_status_is_known"),
        sa.CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name="case_closed_has_its_time"),
        sa.CheckConstraint("case_id <> ''", name="case_has_an_id"),
        partial_index("queue", QUEUED, "team", "queue_by", "received_at", *CASE),
        partial_index(
            "mine", f"{QUEUED} AND assigned_to IS NOT NULL", "assigned_to", "queue_by", "received_at", *CASE
        ),
        partial_index("waiting", WAITING, "team", "awaiting_until", "received_at", *CASE),
        partial_index(
            "waiting_mine",
            f"{WAITING} AND assigned_to IS NOT NULL",
            "assigned_to",
            "awaiting_until",
            "received_at",
            *CASE,
        ),
        partial_index("passed", WAITING, "awaiting_until"),
        partial_index("follow_up", "follow_up_on IS NOT NULL", "assigned_to", "follow_up_on", *CASE),
        partial_index("unrouted", UNROUTED, *CASE),
        partial_index("citizen", "citizen_ref IS NOT NULL", "citizen_ref"),
        sa.Index("ix_case_file_arrivals", "case_type", "status", "received_at", "case_id"),
        {"sqlite_with_rowid": False},
    )

    case_type: str = Field(sa_type=WORDS, primary_key=True)
    case_id: str = Field(sa_type=WORDS, primary_key=True)
    received_at: str = Field(sa_type=WORDS)
    closed_at: str | None = Field(default=None, sa_type=WORDS)
    status: str = Field(sa_type=WORDS)
    channel: str | None = Field(default=None, sa_type=WORDS)
    team: str | None = Field(default=None, sa_type=WORDS)
    priority: str | None = Field(default=None, sa_type=WORDS)
    contact_by: str | None = Field(default=None, sa_type=WORDS)
    queue_by: str | None = Field(default=None, sa_type=WORDS)
    assigned_to: int | None = Field(default=None, sa_type=NUMBER, foreign_key="user_account.id")
    citizen_ref: str | None = Field(default=None, sa_type=WORDS)
    row_version: int = Field(default=1)
    awaiting: str | None = Field(default=None, sa_type=WORDS)
    awaiting_until: str | None = Field(default=None, sa_type=WORDS)
    follow_up_on: str | None = Field(default=None, sa_type=WORDS)
    team_given: str | None = Field(default=None, sa_type=WORDS)
    taken_up_at: str | None = Field(default=None, sa_type=WORDS)
    decide_by: str | None = Field(default=None, sa_type=WORDS)


class CaseEvent(Record, table=True):
    """One completed event. The whole row is its key, so storing it twice changes nothing."""

    __tablename__ = "case_event"
    __table_args__ = (
        sa.ForeignKeyConstraint(CASE, CASE_FILE),
        {"sqlite_with_rowid": False},
    )

    case_type: str = Field(sa_type=WORDS, primary_key=True)
    case_id: str = Field(sa_type=WORDS, primary_key=True)
    at: str = Field(sa_type=WORDS, primary_key=True)
    activity: str = Field(sa_type=WORDS, primary_key=True)
    resource: str = Field(default="", sa_type=WORDS, primary_key=True)
    occurrence: int = Field(default=1, primary_key=True)


class CaseFacts(Record, table=True):
    """What was known of a case from one moment on; a correction is a new version."""

    __tablename__ = "case_facts"
    __table_args__ = (
        sa.ForeignKeyConstraint(CASE, CASE_FILE),
        sa.CheckConstraint("version >= 1", name="facts_version_counts_from_one"),
    )

    case_type: str = Field(sa_type=WORDS, primary_key=True)
    case_id: str = Field(sa_type=WORDS, primary_key=True)
    version: int = Field(primary_key=True)
    facts: str = Field(sa_type=WORDS)
    recorded_at: str = Field(sa_type=WORDS)
    origin: str = Field(sa_type=WORDS)
    reason: str | None = Field(default=None, sa_type=WORDS)
    audit_batch: str = Field(sa_type=WORDS)
    stated: str | None = Field(default=None, sa_type=WORDS)


class Consent(Record, table=True):
    """A citizen's answer about one field; a changed mind is a new row, and the latest answer counts."""

    __tablename__ = "consent"
    __table_args__ = (
        sa.ForeignKeyConstraint(CASE, CASE_FILE),
        sa.UniqueConstraint("case_type", "case_id", "field", "answered_at", "answer"),
        sa.CheckConstraint("answer IN ('yes', 'no')", name="consent_answer_is_yes_or_no"),
    )

    id: int | None = Field(default=None, sa_type=NUMBER, primary_key=True)
    case_type: str = Field(sa_type=WORDS)
    case_id: str = Field(sa_type=WORDS)
    field: str = Field(sa_type=WORDS)
    answer: str = Field(sa_type=WORDS)
    answered_at: str = Field(sa_type=WORDS)
    recorded_at: str = Field(sa_type=WORDS)
    audit_batch: str = Field(sa_type=WORDS)


class CaseSalt(Record, table=True):
    """32 random bytes that turn a case into commitments; without them nobody can tell which case was meant."""

    __tablename__ = "case_salt"
    __table_args__ = (
        sa.ForeignKeyConstraint(CASE, CASE_FILE),
        {"sqlite_with_rowid": False},
    )

    case_type: str = Field(sa_type=WORDS, primary_key=True)
    case_id: str = Field(sa_type=WORDS, primary_key=True)
    salt: bytes = Field(sa_type=sa.LargeBinary)


class Erasure(Record, table=True):
    """An order to delete a case's data at the end of retention: the only key to the delete triggers."""

    __tablename__ = "erasure"

    case_type: str = Field(sa_type=WORDS, primary_key=True)
    case_id: str = Field(sa_type=WORDS, primary_key=True)
    at: str = Field(sa_type=WORDS)
    basis: str = Field(sa_type=WORDS)

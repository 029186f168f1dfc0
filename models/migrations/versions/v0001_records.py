"""The records as they first stood: cases, people, models, assessments, decisions and the audit trail."""

from __future__ import annotations

from models.migrations.first import cases, house

revision = "v0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table of the first version."""
    house.make_trail()
    house.make_publishing()
    house.make_people()
    house.make_training()
    cases.make_case_file()
    cases.make_case_history()
    cases.make_consent()
    cases.make_forgetting()
    cases.make_assessment()
    cases.make_decision()

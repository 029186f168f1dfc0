"""What a workspace is, said once and never changed: above all whether its people are invented."""

from __future__ import annotations

from sqlmodel import Field

from models.record import WORDS, Record


class WorkspaceFact(Record, table=True):
    """One fact about the workspace. `demo` can be said only while it holds no case."""

    __tablename__ = "workspace_fact"

    key: str = Field(sa_type=WORDS, primary_key=True)
    value: str = Field(sa_type=WORDS)

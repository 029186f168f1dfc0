"""What every stored record shares: one metadata, named constraints, and the column types of both databases."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "%(constraint_name)s",
}

WORDS = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
"""Text that both databases order by its bytes, so that a page of a list is the same page in both."""

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
"""A row number: 64 bits in both databases."""

metadata = sa.MetaData(naming_convention=NAMES)


class Record(SQLModel, registry=registry(metadata=metadata)):
    """A row of one table; the classes say what is stored, the stores read and write it in bulk."""

    metadata = metadata


def table(record: type[Record]) -> sa.Table:
    """The table behind a record class."""
    return metadata.tables[str(record.__tablename__)]

"""Which outcomes each published case type has, and which of them are fully in the citizen's favour.

The rows follow from the published text and from nothing else; the database's own guards read them when it is asked
to store a decision, for SQL cannot read the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sqlalchemy as sa

from config.errors import StafetError
from config.outcomes import USUAL_OUTCOMES
from config.yaml_source import read_yaml
from models.row_check import RowsSealed
from models.tables import PUBLISHED, PUBLISHED_OUTCOME


def outcomes_in(content: str) -> Mapping[str, bool]:
    """Outcome -> whether it is fully in the citizen's favour, as a published case type says; none in other texts.

    Example:
        >>> outcomes_in("outcomes: {yes: {fully_in_favour: true}, partly: {fully_in_favour: false}}")
        {'yes': True, 'partly': False}
        >>> outcomes_in("fields: {}")
        {'granted': True, 'partly_granted': False, 'refused': False}
    """
    try:
        written = read_yaml(content, "published").value
    except StafetError:
        return {}
    if not isinstance(written, dict):
        return {}
    outcomes = written.get("outcomes", USUAL_OUTCOMES)
    if outcomes is USUAL_OUTCOMES:
        return {name: outcome.fully_in_favour for name, outcome in USUAL_OUTCOMES.items()}
    if not isinstance(outcomes, dict):
        return {}
    return {
        str(name): outcome["fully_in_favour"]
        for name, outcome in outcomes.items()
        if isinstance(outcome, dict) and isinstance(outcome.get("fully_in_favour"), bool)
    }


def store_outcomes(connection: sa.Connection, case_type: str, version: int, content: str) -> None:
    """Write down the outcomes of a case type that is published in the caller's unit of work."""
    rows = [
        {"case_type": case_type, "version": version, "outcome": outcome, "fully_in_favour": in_favour}
        for outcome, in_favour in outcomes_in(content).items()
    ]
    if rows:
        connection.execute(PUBLISHED_OUTCOME.insert(), rows)


def in_favour(connection: sa.Connection, case_type: str, outcome: str) -> bool | None:
    """Whether an outcome is fully in the citizen's favour by what is in force; None where no such one is."""
    of_type = (PUBLISHED.c.kind == "case_type") & (PUBLISHED.c.name == case_type)
    newest = sa.select(sa.func.max(PUBLISHED.c.version)).where(of_type).scalar_subquery()
    stored = PUBLISHED_OUTCOME.c
    which = (stored.case_type == case_type) & (stored.version == newest) & (stored.outcome == outcome)
    found = connection.execute(sa.select(stored.fully_in_favour).where(which)).scalar()
    return None if found is None else bool(found)


def check_outcomes(connection: sa.Connection, _rows: RowsSealed) -> Iterator[tuple[int | None, str]]:
    """A sentence for each published case type whose outcomes are not those that its text has."""
    found: dict[tuple[str, int], dict[str, bool]] = {}
    for row in connection.execute(sa.select(PUBLISHED_OUTCOME)):
        found.setdefault((row.case_type, row.version), {})[row.outcome] = bool(row.fully_in_favour)
    columns = (PUBLISHED.c.name, PUBLISHED.c.version, PUBLISHED.c.content)
    for name, version, content in connection.execute(sa.select(*columns).where(PUBLISHED.c.kind == "case_type")):
        if found.pop((name, version), {}) != outcomes_in(str(content)):
            yield None, f"the outcomes of case type {name}, version {version}, are not those that were published"
    for name, version in found:
        yield None, f"there are outcomes of case type {name}, version {version}, which was never published"

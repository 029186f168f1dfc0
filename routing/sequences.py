"""What the watch over a case type counts from, as follows from where the type has stood.

A *sequence* begins when a case type goes live, and again when a steward gives drafting back; the stop test runs on
through all of it. Within a sequence each shadow begins anew: at first, and whenever a new model is put in force.
"""

from __future__ import annotations

from collections.abc import Sequence as Many
from dataclasses import dataclass

import sqlalchemy as sa

from models.case_type_states import Change, changes_of, state_of

WATCHED = ("shadow", "drafting")


@dataclass(frozen=True)
class Sequence:
    """One sequence, going on or just stopped.

    Attributes:
        shadows: when each of its shadows began, oldest first, as stored text; never empty.
        drafting_since: since when the machine drafts, None where it does not.
    """

    shadows: tuple[str, ...]
    drafting_since: str | None = None

    @property
    def since(self) -> str:
        """When it began."""
        return self.shadows[0]

    @property
    def shadow_since(self) -> str:
        """When its newest shadow began."""
        return self.shadows[-1]


def sequence_of(changes: Many[Change]) -> Sequence | None:
    """The newest sequence; `changes` oldest first. None where the type has never been in shadow or drafting.

    Example:
        >>> went = [Change("light", "live", phase, day, None, "system") for phase, day in
        ...         [("trial", "1"), ("shadow", "2"), ("drafting", "3"), ("shadow", "4"), ("drafting", "5")]]
        >>> sequence_of(went)
        Sequence(shadows=('2', '4'), drafting_since='5')
        >>> sequence_of(went[:1]) is None
        True
    """
    shadows: list[str] = []
    drafting_since: str | None = None
    before = "trial"
    for change in changes:
        if change.phase in WATCHED:
            if before not in WATCHED:
                shadows = [change.since]
            elif change.phase == "shadow":
                shadows.append(change.since)
        drafting_since = change.since if change.phase == "drafting" else None
        before = change.phase
    return Sequence(tuple(shadows), drafting_since) if shadows else None


def present_sequence(connection: sa.Connection, name: str, until: str | None = None) -> Sequence | None:
    """A case type's newest sequence, as it was at a moment (stored text) where one is given.

    A type whose state was set before changes were kept counts from its present state.
    """
    changes = changes_of(connection, name, until)
    if not changes:
        state = state_of(connection, name)
        if state is not None and (until is None or state.since <= until):
            changes = [Change(state.weight, state.status, state.phase, state.since, state.reason, "system")]
    return sequence_of(changes)

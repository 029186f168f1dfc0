"""Draws that stay as they fell: a case keeps the review share of the day on which it first was a would-be draft.

Without that, a case drawn in shadow and still open when drafting begins would be offered as a draft after all, and
its review would never count. Those still open are the slow ones, so the reviews that are left would look simpler
than the cases are. The same would happen in every week whose share is lower than the one before.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from models.blind_reviews import first_shares
from models.clock import FAR_FUTURE
from routing.sequences import present_sequence
from routing.weekly_share import shares_set


def kept_shares(
    connection: sa.Connection, name: str, case_ids: Iterable[str], *, before: str = FAR_FUTURE, alone: bool = False
) -> NDArray[np.float64] | None:
    """Each case's review share since the newest shadow began, NaN where it was no would-be draft yet; (n,).

    Args:
        before: as things stood just before this moment (stored text).
        alone: there is one case, which may be closed; else all are open.

    None where the machine does not draft, or where no case has a share.
    """
    sequence = present_sequence(connection, name, before)
    if sequence is None or sequence.drafting_since is None:
        return None
    ids = list(case_ids)
    found = first_shares(connection, name, sequence.shadow_since, before=before, case_id=ids[0] if alone else None)
    if not found:
        return None
    return np.array([found.get(case_id, np.nan) for case_id in ids], dtype=np.float64)


def share_in_force(connection: sa.Connection, name: str, least: float, until: str) -> float:
    """The share of would-be drafts reviewed blind at a moment of drafting; the rules' own before any was set."""
    sequence = present_sequence(connection, name, until)
    if sequence is None or sequence.drafting_since is None:
        return least
    shares = shares_set(connection, name, sequence.drafting_since, until)
    return shares[-1].share if shares else least

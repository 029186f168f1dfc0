"""The share of would-be drafts that is reviewed blind in one week of drafting, the same for everybody all week.

p = min(1, max(the rules' share, 20 / mean weekly would-be drafts of the last eight weeks)), and never less than
half of what it was in any of the four weeks before: a flood of cases cannot thin out the reviews at once.
"""

from __future__ import annotations

from collections.abc import Sequence

REVIEWS_A_WEEK = 20
WEEKS_OF_DRAFTS = 8
WEEKS_TO_HALVE = 4


def review_share(least: float, weekly_drafts: float, before: Sequence[float] = ()) -> float:
    """The share of one week.

    Args:
        least: `blind_review.share` of the rules.
        weekly_drafts: mean number of would-be drafts a week over the last eight weeks.
        before: the shares of the last four weeks of this drafting, as far as there were any.

    Example:
        >>> review_share(0.05, 100), review_share(0.05, 1000), review_share(0.05, 8)
        (0.2, 0.05, 1.0)
        >>> review_share(0.05, 1000, before=(0.2, 0.2))
        0.1
    """
    wanted = max(least, REVIEWS_A_WEEK / weekly_drafts) if weekly_drafts > 0 else 1.0
    halved = max(before[-WEEKS_TO_HALVE:], default=0.0) / 2
    return min(1.0, max(wanted, halved))

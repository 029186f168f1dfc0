"""What the database asks of a case as it stands: what it can wait for, and until when."""

from __future__ import annotations

from models.refusals import Refusal

AWAITED = ("parked", "citizen", "third_party", "hearing", "dispatch")

CASE_WAITS_REFUSALS = (
    Refusal(
        f"NEW.awaiting NOT IN {AWAITED}",
        "a case waits because it was parked, for the citizen, a third party or a hearing, or for its letter",
    ),
    Refusal(
        "(NEW.awaiting IS NULL) <> (NEW.awaiting_until IS NULL)",
        "a case that waits has a last day, and one that does not has none",
    ),
)

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

CASE_REOPENED_REFUSALS = (
    Refusal(
        "OLD.status = 'closed' AND NEW.status <> 'closed' AND NOT EXISTS (SELECT 1 FROM case_act r"
        " WHERE r.case_type = OLD.case_type AND r.case_id = OLD.case_id AND r.kind = 'reopened'"
        " AND r.at >= OLD.closed_at)",
        "a closed case is opened again only by a person who says why",
    ),
)

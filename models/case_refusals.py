"""What the database asks of a case as it stands: what it can wait for, and until when."""

from __future__ import annotations

from models.act_refusals import conflict_of
from models.refusals import Refusal

OLD_CASE = "{row}.case_type = OLD.case_type AND {row}.case_id = OLD.case_id"
LAST_DECISION = f"d.round = (SELECT max(e.round) FROM decision e WHERE {OLD_CASE.format(row='e')})"
UNTOLD = (
    f"EXISTS (SELECT 1 FROM decision d WHERE {OLD_CASE.format(row='d')} AND {LAST_DECISION}"
    " AND NOT EXISTS (SELECT 1 FROM letter l WHERE l.decision_id = d.id){more})"
)
"""SQL: the last decision of the case has no letter yet."""
SINCE = (
    f"EXISTS (SELECT 1 FROM case_act x WHERE {OLD_CASE.format(row='x')} AND x.kind = '{{kind}}'"
    " AND x.at >= d.decided_at)"
)
"""SQL: an act of a kind has been done since that decision."""

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

CASE_TOLD_REFUSALS = (
    Refusal(
        "OLD.awaiting = 'dispatch' AND coalesce(NEW.awaiting, '') <> 'dispatch' AND "
        + UNTOLD.format(more=f" AND NOT {SINCE.format(kind='dispatch_failed')}"),
        "this case waits for the letter of its decision, and nothing else ends that",
    ),
    Refusal(
        "OLD.status = 'open' AND NEW.status = 'closed' AND 'dispatch' IN (OLD.awaiting, NEW.awaiting) AND "
        + UNTOLD.format(more=""),
        "this case is closed by the letter of its decision, which has not been sent",
    ),
    Refusal(
        "OLD.status = 'open' AND NEW.status = 'closed' AND "
        + UNTOLD.format(
            more=f" AND {SINCE.format(kind='dispatch_failed')} AND NOT {SINCE.format(kind='reopened')}"
        ),
        "this case is closed by the letter of its decision, which has not been sent",
    ),
)
"""A case whose decision was to be told by a letter is not closed before the letter is on record."""

CASE_ASSIGNED_REFUSALS = (
    Refusal(
        f"NEW.assigned_to IS NOT NULL AND {conflict_of('NEW.assigned_to')}",
        "whoever may take no part in a case is not given it",
    ),
)
"""A conflict of interest (forvaltningsloven § 3) keeps a case from a person for good."""

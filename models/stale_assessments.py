"""Whether an assessment still rests on what is known of its case: facts, the citizen's answers, no newer one."""

from __future__ import annotations

import sqlalchemy as sa

from models.refusals import Refusal
from models.tables import CONSENT

SAME = "{row}.case_type = NEW.case_type AND {row}.case_id = NEW.case_id"
SHOWN = "SELECT 1 FROM assessment a WHERE a.id = NEW.assessment_id AND "
FACTS_NOW = f"coalesce((SELECT max(f.version) FROM case_facts f WHERE {SAME.format(row='f')}), 0)"
SHOWN_BEFORE = "the case has been assessed anew since this page was shown"
FACTS_CHANGED = "the facts of the case have changed since it was assessed"
CONSENT_CHANGED = "the citizen has answered about the use of their data since the case was assessed"

STALE_REFUSALS = (
    Refusal(
        f"NEW.assessment_id IS NULL AND EXISTS (SELECT 1 FROM assessment m WHERE {SAME.format(row='m')})",
        "the case has been assessed, so a decision names the assessment that its page showed",
    ),
    Refusal(
        f"EXISTS ({SHOWN}EXISTS (SELECT 1 FROM assessment m WHERE {SAME.format(row='m')}"
        " AND m.made_at > a.made_at))",
        SHOWN_BEFORE,
    ),
    Refusal(f"EXISTS ({SHOWN}a.facts_version <> {FACTS_NOW})", FACTS_CHANGED),
    Refusal(
        f"EXISTS ({SHOWN}EXISTS (SELECT 1 FROM consent n WHERE {SAME.format(row='n')}"
        " AND n.recorded_at > a.made_at))",
        CONSENT_CHANGED,
    ),
)
"""Asked of a decision: it names the newest assessment if its case has one, which rests on what is known now."""

NEWEST = (
    f"SELECT 1 FROM assessment a WHERE {SAME.format(row='a')} AND a.made_at ="
    f" (SELECT max(m.made_at) FROM assessment m WHERE {SAME.format(row='m')}) AND "
)
STALE_REPORT_REFUSALS = (
    Refusal(f"EXISTS ({NEWEST}a.facts_version <> {FACTS_NOW})", FACTS_CHANGED),
    Refusal(
        f"EXISTS ({NEWEST}EXISTS (SELECT 1 FROM consent n WHERE {SAME.format(row='n')}"
        " AND n.recorded_at > a.made_at))",
        CONSENT_CHANGED,
    ),
)
"""Asked of a person's assessment, which names none of the machine's: the newest one rests on what is known now."""


def consents_changed(connection: sa.Connection, case_type: str, case_id: str, since: str) -> bool:
    """Whether an answer of the citizen has come on record after a moment."""
    same = (CONSENT.c.case_type == case_type) & (CONSENT.c.case_id == case_id)
    query = sa.select(CONSENT.c.id).where(same & (CONSENT.c.recorded_at > since)).limit(1)
    return connection.execute(query).first() is not None

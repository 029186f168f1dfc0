"""What the law asks before a case may end: the outcome as published, reasons, the hearing, and no party to it."""

from __future__ import annotations

from models.refusals import Refusal, danish_day

SAME = "{row}.case_type = NEW.case_type AND {row}.case_id = NEW.case_id"
ACT = f"SELECT 1 FROM case_act {{row}} WHERE {SAME} AND {{row}}.kind = '{{kind}}'"
HEARING = ACT.format(row="h", kind="hearing")
ANSWERED = "EXISTS (SELECT 1 FROM case_act a WHERE a.about_act = h.id AND a.kind = 'hearing_answered')"
PASSED = f"h.until < {danish_day('NEW.decided_at')}"
EXCEPTED = f"EXISTS ({ACT.format(row='x', kind='hearing_exception')} AND x.id > h.id)"
LAST_REOPENED = (
    f"coalesce((SELECT max(r.id) FROM case_act r WHERE {SAME.format(row='r')} AND r.kind = 'reopened'), 0)"
)
IN_FORCE = "SELECT max(p.version) FROM published p WHERE p.kind = 'case_type' AND p.name = NEW.case_type"

CONFLICTED = (
    "EXISTS (SELECT 1 FROM case_act a JOIN sign_in s ON s.id = a.sign_in_id"
    " JOIN sign_in m ON m.user_id = s.user_id"
    f" WHERE m.id = NEW.sign_in_id AND {SAME.format(row='a')} AND a.kind = 'conflict')"
)
"""SQL: whoever acts has declared a conflict of interest in the case."""

NO_CONFLICT = Refusal(
    CONFLICTED,
    "you have declared a conflict of interest in this case, so a colleague must end it",
)
"""Asked of whoever decides a case and of whoever assesses a report (forvaltningsloven § 3)."""

NO_CONFLICT_AT_ALL = Refusal(CONFLICTED, "you have declared that you may take no part in this case")
"""Asked of whoever puts a document into it."""

LAWFUL_DECISION_REFUSALS = (
    NO_CONFLICT,
    Refusal(
        "NEW.round > 1 AND NOT EXISTS (SELECT 1 FROM case_act r JOIN decision d ON d.id = NEW.replaces"
        f" WHERE {SAME.format(row='r')} AND r.kind = 'reopened' AND r.at >= d.decided_at)",
        "a case is decided anew only after it was reopened",
    ),
    Refusal(
        "NEW.fully_in_favour IS NULL OR NOT EXISTS (SELECT 1 FROM published_outcome o"
        " WHERE o.case_type = NEW.case_type AND o.outcome = NEW.outcome"
        f" AND o.fully_in_favour = NEW.fully_in_favour AND o.version = ({IN_FORCE}))",
        "the case type has no such outcome now; look at the case again and choose one",
    ),
    Refusal(
        "NOT NEW.fully_in_favour AND trim(NEW.reasons, ' \t\n') = ''",
        "a decision that is not fully in the citizen's favour needs reasons",
    ),
    Refusal(
        "NOT NEW.fully_in_favour AND NEW.hearing IS NULL",
        "a decision that is not fully in the citizen's favour says how it stands with the hearing",
    ),
    Refusal(
        "NEW.hearing NOT IN ('held', 'nothing_held', 'exception')",
        "the citizen was heard, or we hold nothing to be heard about, or an exception applies",
    ),
    Refusal(
        f"EXISTS ({HEARING} AND NOT {PASSED} AND NOT {ANSWERED} AND NOT {EXCEPTED})",
        "the citizen is being heard; wait for the answer or until the last day has passed",
    ),
    Refusal(
        f"NEW.hearing = 'held' AND NOT EXISTS ({HEARING} AND h.id > {LAST_REOPENED} AND ({PASSED} OR {ANSWERED}))",
        "no hearing is on record in this case; hold it first, or say why none is needed",
    ),
    Refusal(
        "NEW.hearing = 'exception' AND NOT EXISTS"
        f" ({ACT.format(row='x', kind='hearing_exception')} AND x.id > {LAST_REOPENED})",
        "no exception from the hearing is on record in this case; write it down first",
    ),
)

"""What the database refuses by itself, whoever asks: the promises written as conditions that must never hold.

Each refusal is a piece of SQL that both databases understand, true when the promise would be broken, and the
sentence that the person then reads. `triggers.py` turns them into triggers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from models.constraint_sentences import SENTENCES

Event = Literal["INSERT", "UPDATE", "DELETE", "TRUNCATE"]

CLOCK_SECONDS = 300
"""How far a moment may lie from the database's own clock; in a demo workspace, whose people are invented, any."""

DEMO = "EXISTS (SELECT 1 FROM workspace_fact f WHERE f.key = 'demo' AND f.value = 'yes')"
SECONDS_OFF = {
    "sqlite": "coalesce(abs(julianday({at}) - julianday('now')) * 86400.0, 1e9)",
    "postgresql": "coalesce(abs(extract(epoch FROM (({at})::timestamptz - clock_timestamp()))), 1e9)",
}


@dataclass(frozen=True)
class Refusal:
    """One thing that never happens: `wrong` is SQL over NEW and OLD, `sentence` what the person is told."""

    wrong: str
    sentence: str


@dataclass(frozen=True)
class Guard:
    """Refusals of one event on one table.

    `columns` narrows an UPDATE; `only` names the database that needs it (None: both); `new_rows` is the refusal
    written for a whole statement at once, which PostgreSQL uses in place of one row at a time.
    """

    name: str
    table: str
    event: Event
    refusals: tuple[Refusal, ...]
    columns: tuple[str, ...] = ()
    only: Literal["sqlite", "postgresql"] | None = None
    new_rows: str | None = None


def malformed(at: str) -> str:
    """SQL: true where a stored time is not `YYYY-MM-DDTHH:MM:SS.ffffffZ`."""
    return f"(length({at}) <> 27 OR substr({at}, 11, 1) <> 'T' OR substr({at}, 27, 1) <> 'Z')"


def far_from_now(at: str) -> str:
    """SQL with a placeholder for the dialect: true where a moment is not now, save in a demo workspace."""
    return f"(NOT {DEMO} AND {{seconds_off:{at}}} > {CLOCK_SECONDS})"


def never(table: str, what: str) -> list[Guard]:
    """Rows of this table are written once."""
    sentence = f"{what} is never changed"
    return [
        Guard(f"{table}_no_update", table, "UPDATE", (Refusal("1 = 1", sentence),)),
        Guard(f"{table}_no_delete", table, "DELETE", (Refusal("1 = 1", f"{what} is never deleted"),)),
    ]


def until_erased(table: str, what: str) -> Guard:
    """Rows of a case go only when an erasure of that case is on record."""
    ordered = "SELECT 1 FROM erasure e WHERE e.case_type = OLD.case_type AND e.case_id = OLD.case_id"
    sentence = f"{what} is deleted only when the case's erasure is on record"
    return Guard(f"{table}_no_delete", table, "DELETE", (Refusal(f"NOT EXISTS ({ordered})", sentence),))


def no_replace(table: str, *keys: tuple[str, ...]) -> Guard:
    """SQLite's INSERT OR REPLACE deletes without asking delete triggers unless a pragma is on: refuse it here."""
    refusals = []
    for key in keys:
        same = " AND ".join(f"t.{column} = NEW.{column}" for column in key)
        default = f"this {table} row is already on record and is never replaced"
        sentence = SENTENCES.get(f"uq_{table}_{'_'.join(key)}", default)
        refusals.append(Refusal(f"EXISTS (SELECT 1 FROM {table} t WHERE {same})", sentence))
    return Guard(f"{table}_no_replace", table, "INSERT", tuple(refusals), only="sqlite")


def no_truncate(table: str) -> Guard:
    """PostgreSQL's TRUNCATE passes row triggers: refuse it as a statement."""
    refusal = Refusal("1 = 1", f"the table {table} is never emptied")
    return Guard(f"{table}_no_truncate", table, "TRUNCATE", (refusal,), only="postgresql")


CASE = ("case_type", "case_id")

REPLACE_KEYS: dict[str, tuple[tuple[str, ...], ...]] = {
    "published": (("id",), ("kind", "name", "version")),
    "trained_model": (("case_type", "version"),),
    "measurement": (("id",), ("case_type", "model_version", "calibration_digest", "k")),
    "audit": (("seq",),),
    "workspace_fact": (("key",),),
    "erasure": (CASE,),
    "case_file": (CASE,),
    "case_facts": ((*CASE, "version"),),
    "case_salt": (CASE,),
    "consent": (("id",), (*CASE, "field", "answered_at", "answer")),
    "assessment": (("id",), (*CASE, "made_at")),
    "decision": (("id",), (*CASE, "round")),
    "user_account": (("id",), ("name",)),
    "sign_in": (("id",), ("token_hash",)),
}

SIGN_IN = "SELECT 1 FROM sign_in s JOIN user_account u ON u.id = s.user_id WHERE s.id = NEW.sign_in_id"

DECISION_REFUSALS = (
    Refusal(
        f"NOT EXISTS ({SIGN_IN})",
        "a decision needs a person's sign-in, and this one is not on record",
    ),
    Refusal(
        f"NOT EXISTS ({SIGN_IN} AND u.kind = 'person' AND lower(u.name) <> 'system')",
        "only a natural person decides a case; the machine and its services cannot",
    ),
    Refusal(
        f"NOT EXISTS ({SIGN_IN} AND u.role IN ('caseworker', 'team_lead'))",
        "only a caseworker or a team lead decides a case",
    ),
    Refusal(
        f"NOT EXISTS ({SIGN_IN} AND (u.disabled_at IS NULL OR u.disabled_at > NEW.decided_at))",
        "this user has been disabled and can no longer decide",
    ),
    Refusal(
        f"NOT EXISTS ({SIGN_IN} AND s.purpose = 'session')",
        "this sign-in was made for another act; sign in to decide cases",
    ),
    Refusal(malformed("NEW.decided_at"), "decided_at must be UTC text such as 2026-11-23T09:05:00.000000Z"),
    Refusal(
        f"NOT EXISTS ({SIGN_IN} AND s.at <= NEW.decided_at AND s.expires_at > NEW.decided_at"
        " AND (s.ended_at IS NULL OR s.ended_at > NEW.decided_at))",
        "the sign-in was not live when the case was decided; sign in again",
    ),
    Refusal(
        far_from_now("NEW.decided_at"),
        "the time of the decision is not now; check this machine's clock",
    ),
    Refusal(
        "NOT EXISTS (SELECT 1 FROM case_file c WHERE c.case_type = NEW.case_type AND c.case_id = NEW.case_id"
        " AND c.status = 'open')",
        "this case is not open, so it cannot be decided",
    ),
    Refusal(
        "NEW.round <> 1 + coalesce((SELECT max(d.round) FROM decision d WHERE d.case_type = NEW.case_type"
        " AND d.case_id = NEW.case_id), 0)",
        "this case has just been decided by somebody else",
    ),
    Refusal(
        "NEW.assessment_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM assessment a WHERE a.id = NEW.assessment_id"
        " AND a.case_type = NEW.case_type AND a.case_id = NEW.case_id)",
        "the assessment shown belongs to another case",
    ),
    Refusal(
        "(NEW.round > 1) <> (NEW.replaces IS NOT NULL) OR (NEW.replaces IS NOT NULL AND NOT EXISTS (SELECT 1"
        " FROM decision d WHERE d.id = NEW.replaces AND d.case_type = NEW.case_type AND d.case_id = NEW.case_id))",
        "a new decision refers to the one it replaces, and a first one to none",
    ),
)

STATE = "SELECT 1 FROM case_type_state t WHERE t.name = {row}.case_type AND t.weight = {row}.weight"
ASSESSMENT_WRONG = (
    f"NOT EXISTS ({STATE} AND ({{row}}.route <> 'draft' OR (t.status = 'live' AND t.phase = 'drafting')))"
)
ASSESSMENT_SENTENCE = (
    "an assessment carries its case type's own weight, and a draft needs a case type that is live and drafting"
)

ACCOUNT_FIXED = ("id", "name", "kind", "created_at", "salt", "audit_batch")
SIGN_IN_FIXED = (
    "id",
    "user_id",
    "at",
    "method",
    "purpose",
    "token_hash",
    "csrf_secret",
    "expires_at",
    "audit_batch",
)


def true_at_first() -> list[Guard]:
    """Guards of what must be true when a row is first written."""
    return [
        Guard("decision_by_a_person", "decision", "INSERT", DECISION_REFUSALS),
        Guard(
            "assessment_fits_its_type",
            "assessment",
            "INSERT",
            (Refusal(ASSESSMENT_WRONG.format(row="NEW"), ASSESSMENT_SENTENCE),),
            new_rows=ASSESSMENT_WRONG.format(row="n"),
        ),
        Guard(
            "audit_continues_the_chain",
            "audit",
            "INSERT",
            (
                Refusal(
                    "NEW.seq <> 1 + coalesce((SELECT max(a.seq) FROM audit a), 0)",
                    "an audit entry's number follows the one before",
                ),
                Refusal(
                    "NEW.seq > 1 AND NEW.previous_hash <> (SELECT a.hash FROM audit a WHERE a.seq = NEW.seq - 1)",
                    "an audit entry names the hash of the one before",
                ),
            ),
        ),
        Guard(
            "sign_in_begins_now",
            "sign_in",
            "INSERT",
            (
                Refusal(malformed("NEW.at"), "a sign-in's time must be UTC text"),
                Refusal(malformed("NEW.expires_at"), "a sign-in's end must be UTC text"),
                Refusal(
                    "EXISTS (SELECT 1 FROM user_account u WHERE u.id = NEW.user_id AND u.disabled_at <= NEW.at)",
                    "this user has been disabled and cannot sign in",
                ),
                Refusal(far_from_now("NEW.at"), "a sign-in begins now; check this machine's clock"),
            ),
        ),
        Guard(
            "workspace_fact_demo_from_the_start",
            "workspace_fact",
            "INSERT",
            (
                Refusal(
                    "NEW.key = 'demo' AND EXISTS (SELECT 1 FROM case_file)",
                    "a workspace that holds cases never becomes a demo",
                ),
            ),
        ),
    ]


def changed_a_little() -> list[Guard]:
    """Guards of rows of which only a part may change, and only in one direction."""
    fixed = "this part of {} is never changed"
    return [
        Guard("sign_in_fixed", "sign_in", "UPDATE", (Refusal("1 = 1", fixed.format("a sign-in")),), SIGN_IN_FIXED),
        Guard(
            "sign_in_stays_ended",
            "sign_in",
            "UPDATE",
            (
                Refusal(
                    "OLD.ended_at IS NOT NULL AND (NEW.ended_at IS NULL OR NEW.ended_at <> OLD.ended_at)",
                    "a sign-in that has ended stays ended",
                ),
            ),
            ("ended_at",),
        ),
        Guard(
            "account_fixed", "user_account", "UPDATE", (Refusal("1 = 1", fixed.format("a user")),), ACCOUNT_FIXED
        ),
        Guard(
            "case_file_fixed",
            "case_file",
            "UPDATE",
            (Refusal("1 = 1", "a case keeps its number and the time it was received"),),
            (*CASE, "received_at"),
        ),
    ]


def guards() -> list[Guard]:
    """Every guard, in the order in which they are made."""
    made: list[Guard] = [*true_at_first(), *changed_a_little()]
    for table, what in {
        "published": "what has been published",
        "trained_model": "a trained model's record",
        "measurement": "a measurement of the promise",
        "audit": "the audit trail",
        "workspace_fact": "a fact about the workspace",
        "erasure": "an order to erase a case",
    }.items():
        made += never(table, what)
    for table, what in {
        "assessment": "an assessment",
        "decision": "a decision",
        "case_facts": "what was recorded of a case",
        "consent": "a consent",
        "case_salt": "a case's salt",
        "case_event": "an event",
    }.items():
        made += [never(table, what)[0], until_erased(table, what)]
    made.append(until_erased("case_file", "a case"))
    made += [never(table, what)[1] for table, what in {"user_account": "a user", "sign_in": "a sign-in"}.items()]
    made.append(never("case_type_state", "a case type's state")[1])
    made += [no_replace(table, *keys) for table, keys in REPLACE_KEYS.items()]
    made += [no_truncate(table) for table in (*REPLACE_KEYS, "case_event", "case_type_state")]
    return made

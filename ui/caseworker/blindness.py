"""Whether a page must be blind: the machine's part is withheld until the person's own view is stored.

A drawn would-be draft, a case of which the rules ask the person's own view first, and a random share of the others
get one and the same page and row in a list, so that neither form nor silence tells which of them a case is. Where
a case is drawn, of the random share, or was corrected while blind, that view is the decision itself; of the others
a first view is enough, and only for the person who gave it (docs/decisions/0007-first-views.md).

Once decided, a case has shown all that it had to show, so one that is taken up again is not blind any more, drawn
or not. Taken up on a complaint it is blind once more, to each person until they have written a view of their own
since: the citizen has a right to a second look (genvurdering), and the design counts an appeal as blind.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from config.case_type import CaseType
from config.columns import Column, Frame
from config.evaluation import Evaluation
from config.routing_rules import Rules
from models.case_reader import load_cases
from models.correction_history import corrected_blind
from models.first_views import views_of, views_since
from models.reopenings import COMPLAINT, reopened_among
from routing.draws import FIRST_VIEW, drawn_numbers
from routing.in_force import InForce
from routing.relay import without_protected
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.known import known_of, known_of_many

OF_THE_ASSESSMENT = frozenset({"complexity", "novel"})
"""What a rule can ask about without looking at a case's facts."""


def is_blind(
    case: CaseRecord, rules: Rules, *, status: str, draw_key: bytes, today: date, viewer: int | None
) -> bool:
    """Whether the machine's part of this case must be withheld now from a person (their number).

    Nothing is withheld of a decided case, nor of one that the machine has not scored (a heavy one, above all). A
    page that was blind when a fact was corrected stays so, whatever the machine says of the new facts.
    """
    row = case.assessment
    if case.decision is not None or row is None or row["raw_score"] is None:
        return False
    if case.reopening is not None:
        return case.reopening.content["ground"] == COMPLAINT and not views_since(case.acts, viewer)
    if bool(row["drawn"]) or any(one.is_blind for one in case.corrections):
        return True
    if is_of_random_share(case, rules, draw_key):
        return True
    return not views_of(case.acts, viewer) and is_asked(case, rules, status, today)


def is_of_random_share(case: CaseRecord, rules: Rules, draw_key: bytes) -> bool:
    """Whether the case is one of those that are asked without a reason."""
    return bool(of_random_share(case.case_type.key, [case.case_id], rules, draw_key)[0])


def is_asked(case: CaseRecord, rules: Rules, status: str, today: date) -> bool:
    """Whether the rules ask for the person's own view first; where that cannot be told it is asked."""
    if rules.first_view.when is None:
        return False
    return bool(asked_by_rules(known_of(case, status), case.case_type, rules, today)[0])


def are_blind(
    connection: sa.Connection,
    case_type: CaseType,
    rows: Mapping[str, Mapping[str, Any]],
    in_force: InForce,
    *,
    draw_key: bytes,
    today: date,
    viewed: Collection[str],
) -> frozenset[str]:
    """Which of many open cases of one type must be blind: the same answer as `is_blind` for each.

    `rows` is case id -> assessment, `viewed` those that the reader has given a view of. Facts are read only where
    the rules ask about them.
    """
    scored = [one for one, row in rows.items() if row["raw_score"] is not None]
    grounds = reopened_among(connection, case_type.key, scored)
    again = frozenset(one for one, ground in grounds.items() if ground == COMPLAINT and one not in viewed)
    ids = [one for one in scored if one not in grounds]
    if not ids:
        return again
    rules = in_force.rules
    drawn = {one: bool(rows[one]["drawn"]) for one in ids}
    blind = until_decided(connection, case_type.key, drawn, rules, draw_key)
    if rules.first_view.when is not None:
        status = in_force.states[case_type.key].status
        known = known_rows(connection, case_type, ids, rows, rules, status)
        is_viewed = np.array([one in viewed for one in ids])
        blind |= asked_by_rules(known, case_type, rules, today) & ~is_viewed
    return again | frozenset(one for one, is_one in zip(ids, blind.tolist(), strict=True) if is_one)


def until_decided(
    connection: sa.Connection, key: str, drawn: Mapping[str, bool], rules: Rules, draw_key: bytes
) -> NDArray[np.bool_]:
    """Shape (n,): which cases of one type stay blind until they are decided; `drawn` is case id -> was drawn."""
    ids = list(drawn)
    corrected = corrected_blind(connection, key, ids)
    known = np.array([drawn[one] or one in corrected for one in ids], dtype=np.bool_)
    return known | of_random_share(key, ids, rules, draw_key)


def of_random_share(key: str, ids: Sequence[str], rules: Rules, draw_key: bytes) -> NDArray[np.bool_]:
    """Shape (n,): which cases of one type are asked without a reason."""
    return drawn_numbers(draw_key, FIRST_VIEW, key, ids) < rules.first_view.share


def asked_by_rules(known: Frame, case_type: CaseType, rules: Rules, today: date) -> NDArray[np.bool_]:
    """Shape (n,): of which cases the rules ask the person's own view, or it cannot be told whether they do."""
    assert rules.first_view.when is not None
    return Evaluation(without_protected(known, case_type), today).of(rules.first_view.when).possible


def known_rows(
    connection: sa.Connection,
    case_type: CaseType,
    ids: Sequence[str],
    rows: Mapping[str, Mapping[str, Any]],
    rules: Rules,
    status: str,
) -> Frame:
    """What the rules may ask of many cases, in the order of `ids`."""
    complexity = np.array([rows[one]["complexity"] for one in ids], dtype=np.float64)
    novel = np.array([bool(rows[one]["novel"]) for one in ids])
    assert rules.first_view.when is not None
    if rules.first_view.when.fields <= OF_THE_ASSESSMENT:
        columns = {
            "complexity": Column("number", complexity),
            "novel": Column("boolean", novel.astype(np.float64)),
        }
        return Frame(np.array(ids, dtype=object), columns)
    stored = load_cases(connection, case_type.key, case_ids=list(ids))
    place = {one: position for position, one in enumerate(ids)}
    order = np.array([place[one] for one in stored.case_ids.tolist()], dtype=np.intp)
    known = known_of_many(stored, case_type, status, complexity[order], novel[order])
    return known.take(np.argsort(order))

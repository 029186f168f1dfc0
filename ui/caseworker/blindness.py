"""Whether a page must be blind: the machine's part is withheld until the person's decision is stored.

A drawn would-be draft, a case of which the rules ask the person's own view first, and a random share of the others
get one and the same page, so that neither its form nor its silence tells which of them a case is.
"""

from __future__ import annotations

from datetime import date

from config.evaluation import Evaluation
from config.routing_rules import Rules
from routing.draws import FIRST_VIEW, drawn_numbers
from routing.relay import without_protected
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.known import known_of


def is_blind(case: CaseRecord, rules: Rules, *, status: str, draw_key: bytes, today: date) -> bool:
    """Whether the machine's part of this case must be withheld now.

    Nothing is withheld of a decided case, nor of one that the machine has not scored (a heavy one, above all).
    """
    row = case.assessment
    if case.decisions or row is None or row["raw_score"] is None:
        return False
    return bool(row["drawn"]) or is_of_random_share(case, rules, draw_key) or is_asked(case, rules, status, today)


def is_of_random_share(case: CaseRecord, rules: Rules, draw_key: bytes) -> bool:
    """Whether the case is one of those that are asked without a reason."""
    number = drawn_numbers(draw_key, FIRST_VIEW, case.case_type.key, [case.case_id])[0]
    return bool(number < rules.first_view.share)


def is_asked(case: CaseRecord, rules: Rules, status: str, today: date) -> bool:
    """Whether the rules ask for the person's own view first; where that cannot be told it is asked."""
    if rules.first_view.when is None:
        return False
    asked = without_protected(known_of(case, status), case.case_type)
    return bool(Evaluation(asked, today).of(rules.first_view.when).possible[0])

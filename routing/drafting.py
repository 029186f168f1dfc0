"""What the machine proposes for one light case: outcome, criterion and law, calculation, and what to check.

A draft is never a decision. It is made anew from facts and criteria whenever it is shown, and holds no score.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from config.calculation import ShownLine
from config.case_type import CaseType
from config.columns import Frame
from config.criteria import decide, lines_of
from config.outcomes import Criterion
from routing.decisive_facts import DecisiveFact, decisive_facts

MOST_CHECKS = 5
"""So many facts a person is asked to check before signing; more would be ticked unread."""


@dataclass(frozen=True)
class Draft:
    """A proposed outcome and what it rests on.

    Attributes:
        criterion: the line of the file that decides, with its reason in words and its law.
        lines: the calculation, line by line.
        decisive: every fact that would change what follows, the first to check first.
    """

    outcome: str
    criterion: Criterion
    lines: tuple[ShownLine, ...]
    decisive: tuple[DecisiveFact, ...]

    @property
    def checks(self) -> tuple[DecisiveFact, ...]:
        """The facts that a person must check before the draft can be approved."""
        return self.decisive[:MOST_CHECKS]


def draft_of(case_type: CaseType, facts_row: Frame, stated: Frame | None, judged_on: date) -> Draft | None:
    """The draft of one case, None where its criteria do not decide, or the outcome is a person's to propose.

    `facts_row` has one row, masked as the relay's criteria saw it; `judged_on` is the day whose amounts count.
    Whether every gate is open is the assessment's to say, and asked before.
    """
    if case_type.weight != "light":
        return None
    decided = decide(case_type, facts_row, judged_on)
    outcome = decided.outcome.value(0)
    if outcome is None:
        return None
    declared = case_type.outcomes[str(outcome)]
    if not (declared.fully_in_favour or declared.may_be_drafted):
        return None
    return Draft(
        outcome=str(outcome),
        criterion=case_type.criteria[int(decided.criterion[0])],
        lines=tuple(lines_of(case_type, facts_row, judged_on, 0)),
        decisive=decisive_facts(case_type, facts_row, stated, judged_on),
    )

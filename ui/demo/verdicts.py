"""What people decide in the invented past: what the criteria say, or where the law leaves room, how they lean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from config.case_type import CaseType
from config.columns import Frame
from config.criteria import Decided, decide
from models.decision_store import DraftUse
from ui.caseworker.draft_part import reasons_of
from ui.demo.reasons import CHECKED, EVERY_TYPE, OF_A_CHANGED_DRAFT, reason

DEVIATES_FROM = 0.98
"""Who leans further than this decides otherwise than the criteria: people err too, and that is measured."""

FOLLOWS_THE_RULE = 0.85
"""Where something is left to judgment, most come to what the criteria would have said."""

APPROVES, CHANGES = 0.93, 0.985

COMES_TO: Mapping[str, Mapping[str, float]] = {
    "daycare_subsidy": {
        "granted": 0.5,
        "partly_granted": 0.32,
        "refused": 0.1,
        "recalculated": 0.07,
        "repaid": 0.01,
    },
    "health_supplement": {"partly_granted": 0.72, "granted": 0.1, "refused": 0.18},
    "dental_aid": {"partly_granted": 0.72, "granted": 0.1, "refused": 0.18},
    "rent_deposit_loan": {"granted": 0.6, "refused": 0.35, "voluntary_loan": 0.05},
    "assistive_devices": {"granted": 0.6, "other_model": 0.17, "refused": 0.16, "redirected": 0.07},
}
"""What becomes of cases that no criterion decides."""


@dataclass(frozen=True)
class Verdicts:
    """What `n` cases of one type come to.

    Attributes:
        by_criteria: what the criteria decide.
        without_judgment: what they would decide, if nothing were left to judgment.
        leaning: (n,) a number in [0, 1) for each.
    """

    case_type: CaseType
    by_criteria: Decided
    without_judgment: Decided
    leaning: NDArray[np.float64]

    def outcome(self, row: int) -> str:
        """The outcome that a person chooses."""
        leaning = float(self.leaning[row])
        decided, likely = self._named(self.by_criteria, row), self._named(self.without_judgment, row)
        if decided is not None:
            return decided if leaning <= DEVIATES_FROM else self.another(leaning, but=decided)
        if likely is not None and leaning < FOLLOWS_THE_RULE:
            return likely
        return self.another(leaning, but=likely)

    def reasons(self, row: int, outcome: str, facts: Mapping[str, object], *, is_draft: bool) -> str:
        """A sentence or two, as people write them in a hurry; of a draft that is approved its own."""
        leaning, code = float(self.leaning[row]), int(self.by_criteria.criterion[row])
        if code >= 0 and self.case_type.criteria[code].outcome == outcome:
            criterion = self.case_type.criteria[code]
            if is_draft and self.draft_use(row) == "approved":
                return reasons_of(criterion)
            why = criterion.because.da.rstrip(".")
            return f"{why}. {reason(EVERY_TYPE, OF_A_CHANGED_DRAFT if is_draft else CHECKED, leaning, facts)}"
        return reason(self.case_type.key, outcome, leaning, facts)

    def draft_use(self, row: int) -> DraftUse:
        """What becomes of a draft: approved, mostly."""
        leaning = float(self.leaning[row])
        return "approved" if leaning < APPROVES else "changed" if leaning < CHANGES else "discarded"

    def another(self, leaning: float, *, but: str | None) -> str:
        """One of the usual outcomes, without one of them."""
        shares = {name: share for name, share in COMES_TO[self.case_type.key].items() if name != but}
        ends = np.cumsum(list(shares.values())) / sum(shares.values())
        return list(shares)[min(int(np.searchsorted(ends, leaning * 97 % 1, side="right")), len(shares) - 1)]

    def _named(self, decided: Decided, row: int) -> str | None:
        code = int(decided.outcome.values[row])
        return None if code < 0 else tuple(self.case_type.outcomes)[code]


def verdicts(
    case_type: CaseType, facts: Frame, arrivals: NDArray[np.datetime64], leaning: NDArray[np.float64]
) -> Verdicts:
    """What the criteria say of all cases, with everything before the person who decides."""
    without = case_type.model_copy(update={"untested_by_machine": ()})
    return Verdicts(case_type, decide(case_type, facts, arrivals), decide(without, facts, arrivals), leaning)

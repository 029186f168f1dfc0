"""What people decide in the invented past: what the criteria say, or where the law leaves room, how they lean."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from config.case_type import CaseType
from config.columns import Frame
from config.criteria import Decided, decide
from models.decision_store import DraftUse

DEVIATES_FROM = 0.98
"""Who leans further than this decides otherwise than the criteria: people err too, and that is measured."""
IN_FAVOUR = 0.66
APPROVES, CHANGES = 0.93, 0.985

CHECKED = "Oplysningerne er kontrolleret."
BY_JUDGMENT = (
    "Betingelserne i loven er opfyldt. Vi har lagt vægt på det, borgeren har fortalt, og på papirerne i sagen.",
    "En del af betingelserne i loven er opfyldt. Vi har lagt vægt på papirerne i sagen.",
    "Betingelserne i loven er ikke opfyldt. Vi har lagt vægt på papirerne og på borgerens egne oplysninger.",
)
OF_A_REPORT = "Underretningen er læst og drøftet med holdlederen. Der er talt med den, der har sendt den."


@dataclass(frozen=True)
class Verdicts:
    """What `n` cases of one type come to. `leaning` (n,) is a number in [0, 1) for each."""

    case_type: CaseType
    by_criteria: Decided
    leaning: NDArray[np.float64]

    def outcome(self, row: int) -> str:
        """The outcome that a person chooses."""
        code, leaning = int(self.by_criteria.outcome.values[row]), float(self.leaning[row])
        if code < 0:
            return self._leant(leaning)
        if leaning > DEVIATES_FROM:
            return self._other_than(self._names[code])
        return self._names[code]

    def reasons(self, row: int, outcome: str) -> str:
        """A sentence or two, as people write them in a hurry."""
        code = int(self.by_criteria.criterion[row])
        if code >= 0 and self.case_type.criteria[code].outcome == outcome:
            return f"{self.case_type.criteria[code].because.da.rstrip('.')}. {CHECKED}"
        if self.case_type.outcomes[outcome].fully_in_favour:
            return BY_JUDGMENT[0]
        return BY_JUDGMENT[2 if "refus" in outcome else 1]

    def draft_use(self, row: int) -> DraftUse:
        """What becomes of a draft: approved, mostly."""
        leaning = float(self.leaning[row])
        return "approved" if leaning < APPROVES else "changed" if leaning < CHANGES else "discarded"

    def result(self, row: int) -> str:
        """What a report about a child is assessed as."""
        results = list(self.case_type.assessed_as) or ["read"]
        return results[min(int(self.leaning[row] * len(results)), len(results) - 1)]

    @property
    def _names(self) -> tuple[str, ...]:
        return tuple(self.case_type.outcomes)

    def _leant(self, leaning: float) -> str:
        """In favour, in part or not; where a type has other outcomes, they share what is left."""
        favour = [name for name, one in self.case_type.outcomes.items() if one.fully_in_favour]
        others = [name for name in self._names if name not in favour]
        if leaning < IN_FAVOUR or not others:
            return favour[0] if favour else others[0]
        place = (leaning - IN_FAVOUR) / (1 - IN_FAVOUR)
        return others[min(int(place * len(others)), len(others) - 1)]

    def _other_than(self, outcome: str) -> str:
        others = [name for name in self._names if name != outcome]
        return others[0] if others else outcome


def verdicts(
    case_type: CaseType, facts: Frame, arrivals: NDArray[np.datetime64], leaning: NDArray[np.float64]
) -> Verdicts:
    """What the criteria say of all cases, with everything before the person who decides."""
    return Verdicts(case_type, decide(case_type, facts, arrivals), leaning)

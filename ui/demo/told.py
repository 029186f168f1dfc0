"""What the records hold of all cases of one type, read once: facts, statements, consents, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np
from numpy.typing import NDArray

from config.case_type import CaseType
from config.columns import Frame
from config.criteria import Decided, decide
from engine.masking import visible_to_model
from engine.stated import stated_from_json
from engine.typed_facts import frame_from_json
from models.arriving import Arriving
from routing.built_in import contradictions
from routing.relay import without_protected
from ui.caseworker.known import known


@dataclass(frozen=True)
class Told:
    """The `n` cases of one type as the records will hold them."""

    case_type: CaseType
    arriving: Arriving

    @cached_property
    def facts(self) -> Frame:
        """The facts as stored."""
        assert self.arriving.facts is not None
        return frame_from_json(self._ids, self.arriving.facts, self.case_type)

    @cached_property
    def stated(self) -> Frame | None:
        """What the applications state."""
        said = self.arriving.stated
        return None if said is None else stated_from_json(self._ids, said, self.case_type)

    @cached_property
    def by_criteria(self) -> Decided:
        """What the criteria propose of what the machine may see."""
        visible = visible_to_model(self.facts, self.case_type, self.arriving.consents)
        return decide(self.case_type, visible, self.arriving.received_at)

    def proposed(self, row: int) -> str | None:
        """The outcome that the criteria propose; None where they leave a case to a person."""
        return cast(str | None, self.by_criteria.outcome.value(row))

    @cached_property
    def contradicts(self) -> NDArray[np.bool_]:
        """Shape (n,): whether application and register part."""
        visible = visible_to_model(self.facts, self.case_type, self.arriving.consents)
        return contradictions(visible, self.stated, self.case_type) > 0

    def known(
        self, rows: NDArray[np.intp], *, status: str, complexity: NDArray[np.float64], novel: NDArray[np.bool_]
    ) -> Frame:
        """What rules may ask of some cases, given what the machine made of them."""
        found = known(
            self.facts.take(rows),
            self.case_type,
            {name: answers[rows] for name, answers in self.arriving.consents.items()},
            stated=None if self.stated is None else self.stated.take(rows),
            arrivals=self.arriving.received_at[rows],
            status=status,
            complexity=complexity,
            novel=novel,
        )
        return without_protected(found, self.case_type)

    @cached_property
    def _ids(self) -> NDArray[np.object_]:
        return np.array(self.arriving.case_ids, dtype=object)

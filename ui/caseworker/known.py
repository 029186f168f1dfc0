"""What rules and gates knew of one case, put together again from what is stored with its assessment."""

from __future__ import annotations

import numpy as np

from config.columns import Frame
from config.criteria import decide
from engine.masking import visible_to_model
from routing.built_in import with_built_in_fields
from ui.caseworker.case_record import CaseRecord


def known_of(case: CaseRecord, status: str) -> Frame:
    """One row: the facts as the machine may see them, and the built-in fields, score and outcome among them."""
    row = case.assessment or {}
    complexity, novel = row.get("complexity"), row.get("novel")
    visible = visible_to_model(case.facts, case.case_type, case.consents)
    return with_built_in_fields(
        visible,
        case.case_type,
        status=status,
        arrivals=case.arrivals,
        complexity=None if complexity is None else np.array([complexity], dtype=np.float64),
        novel=None if novel is None else np.array([bool(novel)]),
        decided=decide(case.case_type, visible, case.arrivals),
        stated=case.stated,
    )

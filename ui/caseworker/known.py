"""What rules and gates knew of cases, put together again from what is stored with their assessments."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from config.case_type import CaseType
from config.columns import Frame
from config.criteria import decide
from engine.masking import visible_to_model
from engine.stated import stated_from_json
from engine.typed_facts import frame_from_json
from models.case_reader import StoredCases
from routing.built_in import with_built_in_fields, with_every_declared_field
from ui.caseworker.case_record import CaseRecord

Answers = Mapping[str, NDArray[np.int8]]


def known_of(case: CaseRecord, status: str) -> Frame:
    """One row: the facts as the machine may see them, and the built-in fields, score and outcome among them."""
    row = case.assessment or {}
    complexity, novel = row.get("complexity"), row.get("novel")
    return known(
        case.facts,
        case.case_type,
        case.consents,
        stated=case.stated,
        arrivals=case.arrivals,
        status=status,
        complexity=None if complexity is None else np.array([complexity], dtype=np.float64),
        novel=None if novel is None else np.array([bool(novel)]),
    )


def known_of_many(
    stored: StoredCases,
    case_type: CaseType,
    status: str,
    complexity: NDArray[np.float64],
    novel: NDArray[np.bool_],
) -> Frame:
    """The same for stored cases, in their order."""
    facts = with_every_declared_field(frame_from_json(stored.case_ids, stored.facts, case_type), case_type)
    return known(
        facts,
        case_type,
        stored.consents,
        stated=stated_from_json(stored.case_ids, stored.stated, case_type),
        arrivals=stored.received_at,
        status=status,
        complexity=complexity,
        novel=novel,
    )


def known(
    facts: Frame,
    case_type: CaseType,
    consents: Answers,
    *,
    stated: Frame | None,
    arrivals: NDArray[np.datetime64],
    status: str,
    complexity: NDArray[np.float64] | None,
    novel: NDArray[np.bool_] | None,
) -> Frame:
    """Facts as the machine may see them, and the built-in fields."""
    visible = visible_to_model(facts, case_type, consents)
    return with_built_in_fields(
        visible,
        case_type,
        status=status,
        arrivals=arrivals,
        complexity=complexity,
        novel=novel,
        decided=decide(case_type, visible, arrivals),
        stated=stated,
    )

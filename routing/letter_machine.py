"""What a letter says of the machine: what it did with one case, why, and what it was not shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import numpy as np
import sqlalchemy as sa

from config.bilingual import Bilingual
from engine.masking import NOT_ANSWERED, hidden_from_model
from explain.letters.letter_facts import DraftUse, MachinePart
from explain.letters.machine_words import expected_work, reason_sentences
from explain.reasons import reasons_for
from routing.assessed_rows import unpacked
from routing.letter_record import LetterCase, LetterDesk


def machine_part(
    desk: LetterDesk, connection: sa.Connection, case: LetterCase, *, calculated: bool
) -> MachinePart:
    """The machine's part of a case; nothing at all where it was never asked, as in a heavy case.

    Raises:
        InputError, TamperError: the model that scored the case is gone, or not the one on record.
    """
    row = case.assessment
    if row is None:
        return MachinePart(calculated=calculated)
    use = None if case.decided is None else case.decided.draft_use
    drafted = row["route"] == "draft"
    part = MachinePart(calculated=calculated, drafted=drafted, draft_use=cast("DraftUse | None", use))
    if row["raw_score"] is None or row["complexity"] is None:
        return part
    model = desk.model(connection, case.case_type.key, row["model_version"])
    return part.model_copy(
        update={
            "scored": True,
            "expected": expected_work(float(row["complexity"]), model.report.base_rate),
            "reasons": reasons_of(row, case, model.features),
            "withheld": withheld_from_machine(case),
        }
    )


def reasons_of(row: Mapping[str, Any], case: LetterCase, features: Any) -> tuple[Bilingual, ...]:
    """The strongest reasons of a stored assessment, in sentences."""
    words = {name: column.value(0) for name, column in case.facts.columns.items() if column.kind == "category"}
    reasons = reasons_for(
        unpacked(row["contributions"]),
        unpacked(row["inputs"]),
        features,
        rare_words={name: word for name, word in words.items() if isinstance(word, str)},
    )
    return reason_sentences(reasons, case.case_type)


def withheld_from_machine(case: LetterCase) -> tuple[Bilingual, ...]:
    """Labels of what the citizen keeps from the machine."""
    found = []
    for name, declared in case.case_type.fields.items():
        is_theirs_to_say = declared.model_use in ("with_consent", "unless_refused")
        if not is_theirs_to_say or declared.protected or declared.type == "text":
            continue
        answers = case.consents.get(name, np.array([NOT_ANSWERED], dtype=np.int8))
        if hidden_from_model(declared.model_use, answers)[0]:
            found.append(declared.label)
    return tuple(found)

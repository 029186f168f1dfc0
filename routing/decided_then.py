"""What a decision rested on as things stood when it was made: case type, facts, and what would change it."""

from __future__ import annotations

import numpy as np
import sqlalchemy as sa

from config.case_type import CaseType
from config.columns import Frame
from engine.typed_facts import frame_from_json
from models.case_reader import facts_history
from models.clock import parse
from models.decision_store import Decided
from models.publication import version_at
from models.published_case_types import case_type_of
from routing.built_in import with_every_declared_field
from routing.decisive_facts import DecisiveFact, decisive_facts
from routing.standards import day_of
from routing.what_if import WhatIf


def case_type_then(connection: sa.Connection, decided: Decided) -> CaseType | None:
    """The case type that was in force when the case was decided; None where it is not on record."""
    published = version_at(connection, "case_type", decided.case_type, decided.decided_at)
    return None if published is None else case_type_of(published)


def facts_then(connection: sa.Connection, decided: Decided, case_type: CaseType) -> Frame:
    """One row: what was on record of the case when it was decided, with every field declared then."""
    history = facts_history(connection, decided.case_type, decided.case_id)
    known = [one for one in history if one["recorded_at"] <= decided.decided_at]
    text = known[-1]["facts"] if known else "{}"
    ids = np.array([decided.case_id], dtype=object)
    return with_every_declared_field(frame_from_json(ids, [text], case_type), case_type)


def would_change(
    case_type: CaseType, facts: Frame, decided: Decided, received_at: str
) -> tuple[DecisiveFact, ...]:
    """The facts that would have given another result; none where a person's judgment gave this one."""
    if not case_type.criteria:
        return ()
    judged_on = day_of(parse(received_at))
    if WhatIf(case_type, facts, judged_on).now.outcome != decided.outcome:
        return ()
    return decisive_facts(case_type, facts, None, judged_on)

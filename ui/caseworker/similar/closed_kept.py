"""The newest closed cases of a type, as a model sees them or as they are known, read once and kept for minutes.

A page compares a case with these alone, so that it takes as long with a million closed cases as with a thousand.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import sqlalchemy as sa
from numpy.typing import NDArray

from config.case_type import CaseType
from config.columns import Frame
from config.protected_words import looks_protected
from engine.effort import measure
from engine.encoding import encode
from engine.feature import Feature
from engine.likeness import spreads
from engine.masking import visible_to_comparison, visible_to_model
from engine.plain_features import plain_features
from engine.stand_ins import stand_ins
from engine.typed_facts import frame_from_json
from explain.similar import compared_facts
from models.case_reader import load_cases, load_events
from models.clock import stamp
from models.closed_cases import newest_closed
from routing.built_in import with_every_declared_field

MOST_CASES = 3_000
LOOKED_BACK = timedelta(days=730)
KEPT_FOR = timedelta(minutes=15)
MOST_KEPT = 16
Key = tuple[str, str, int]


@dataclass(frozen=True)
class ClosedCases:
    """Closed cases (n,) that people handled, in the order of their arrival.

    Attributes:
        teams: with whom each lies, None where nobody was given it.
        features: the p facts: those of the model, or plain ones where the type has none.
        inputs: (n, p) their values.
        efforts: columns events, handlers, rework and days within the case type's own horizon.
        spread: (p,) the range of each number.
        is_compared: (p,) which facts may be compared.
        stand_ins: fields that are not, because they stand in for a protected one.
    """

    case_ids: NDArray[np.object_]
    teams: NDArray[np.object_]
    features: tuple[Feature, ...]
    inputs: NDArray[np.float64]
    efforts: pd.DataFrame
    spread: NDArray[np.float64]
    is_compared: NDArray[np.bool_]
    stand_ins: tuple[str, ...]


@dataclass
class ClosedKept:
    """What was read, by case type, model ("" without one) and version of the case type; safe between threads.

    It may be some minutes old; how the few cases that a page shows stand is read anew.
    """

    kept: dict[Key, tuple[datetime, ClosedCases]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, key: Key, now: datetime, read: Callable[[], ClosedCases]) -> ClosedCases:
        """The closed cases of a type under a model."""
        with self.lock:
            found = self.kept.get(key)
        if found is not None and timedelta(0) <= now - found[0] < KEPT_FOR:
            return found[1]
        fresh = read()
        with self.lock:
            self.kept.pop(key, None)
            while len(self.kept) >= MOST_KEPT:
                self.kept.pop(next(iter(self.kept)))
            self.kept[key] = (now, fresh)
        return fresh


def read_closed(
    connection: sa.Connection, case_type: CaseType, learnt: tuple[Feature, ...] | None, now: datetime
) -> ClosedCases:
    """The newest closed cases of a type, save those that a machine drafted: how long they took says nothing.

    `learnt` are the features of the type's model, None where it has none and cases are compared as they are known.

    Raises:
        InputError: a field has another type than the one the model learnt.
    """
    found = newest_closed(connection, case_type.key, stamp(now - LOOKED_BACK), MOST_CASES)
    team_of = {one.case_id: one.team for one in found}
    stored = load_cases(connection, case_type.key, case_ids=list(team_of))
    by_people = ~np.isnan(stored.sampling)
    ids = stored.case_ids[by_people]
    facts = with_every_declared_field(frame_from_json(stored.case_ids, stored.facts, case_type), case_type)
    facts, arrivals = facts.take(np.flatnonzero(by_people)), stored.received_at[by_people]
    consents = {name: answers[by_people] for name, answers in stored.consents.items()}
    features = plain_features(case_type, facts) if learnt is None else learnt
    inputs = encode(features, visible(facts, case_type, consents, learnt is not None), arrivals)
    events = load_events(connection, case_type.key, case_ids=ids.tolist())
    fields = [one.field for one in features if not one.is_derived]
    protected = [name for name, one in case_type.fields.items() if one.protected and one.type != "text"]
    left_out = stand_ins(facts.columns, fields, protected) | protected_looking(case_type, fields)
    return ClosedCases(
        case_ids=ids,
        teams=np.array([team_of[one] for one in ids], dtype=object),
        features=features,
        inputs=inputs,
        efforts=measure(events, measured_within(case_type)).reindex(ids).fillna(0),
        spread=spreads(inputs, features),
        is_compared=compared_facts(features, left_out),
        stand_ins=tuple(name for name in fields if name in left_out),
    )


def visible(facts: Frame, case_type: CaseType, consents: Mapping[str, NDArray[np.int8]], has_model: bool) -> Frame:
    """What may be compared of cases: no more than their model sees, or what nobody has kept to themselves."""
    see = visible_to_model if has_model else visible_to_comparison
    return see(facts, case_type, consents)


def measured_within(case_type: CaseType) -> float:
    """Within how many days work is measured; a heavy type may name none."""
    return LOOKED_BACK.days if case_type.complexity is None else case_type.complexity.within_days


def protected_looking(case_type: CaseType, fields: list[str]) -> frozenset[str]:
    """Fields that are protected by now, or look so by their name or words, whatever a model has learnt."""
    declared = {name: case_type.fields[name] for name in fields if name in case_type.fields}
    return frozenset(
        name
        for name, one in declared.items()
        if one.protected or looks_protected(name, one.values or ()) is not None
    )

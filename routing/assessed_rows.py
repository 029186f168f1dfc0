"""Assessments as rows for the records: words, packed numbers and nulls, as the assessment store takes them."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from models.assessment_store import ASSESSMENT_SCHEMA
from models.clock import stamp_many
from models.leaves import fixed_width
from routing.assessed import Assessed
from routing.assessed_parquet import words
from routing.gates import names_of


def assessment_rows(assessed: Assessed, *, made_at: str, facts_versions: NDArray[np.int64]) -> pa.Table:
    """n rows with the columns of ASSESSMENT_SCHEMA.

    Args:
        made_at: stored text of the moment, the same for all.
        facts_versions: (n,) the version of each case's facts that was assessed.
    """
    n, scores = len(assessed), assessed.scores
    nothing = pa.nulls(n)
    columns = {
        "case_type": pa.repeat(assessed.case_type, n),
        "case_id": pa.array(assessed.case_ids, pa.string()),
        "made_at": pa.repeat(made_at, n),
        "model_version": nothing if scores is None else pa.repeat(assessed.versions.model, n),
        "rules_version": pa.repeat(assessed.versions.rules, n),
        "case_type_version": pa.repeat(assessed.versions.case_type, n),
        "facts_version": pa.array(facts_versions),
        "weight": pa.repeat(assessed.weight, n),
        "raw_score": nothing if scores is None else pa.array(scores.raw),
        "complexity": nothing if scores is None else pa.array(scores.complexity),
        "base_value": nothing if scores is None else pa.repeat(scores.base_value, n),
        "inputs": derived_inputs(assessed),
        "contributions": nothing if scores is None else packed(scores.contributions),
        "novel": nothing if scores is None else pa.array(scores.novel),
        "route": words(assessed.is_draft.astype(np.int16), ("caseworker", "draft")),
        "team": words(assessed.team, assessed.teams),
        "priority": words(assessed.priority, assessed.priorities),
        "contact_by": _moments(assessed.contact_by),
        "rule": words(assessed.rule, assessed.rule_names),
        "floor_rule": words(assessed.floor_rule, assessed.rule_names),
        "gates_closed": _gates_as_json(assessed.gates),
        "sampling_probability": pa.array(assessed.sampling_probability),
        "drawn": pa.array(assessed.drawn),
    }
    arrays = [columns[field.name].cast(field.type) for field in ASSESSMENT_SCHEMA]
    return pa.Table.from_arrays(arrays, schema=ASSESSMENT_SCHEMA)


def derived_inputs(assessed: Assessed) -> pa.Array:
    """The inputs of derived features, packed; nulls where there are none. The facts tell all others again."""
    is_derived = [feature.is_derived for feature in assessed.features]
    return packed(assessed.inputs[:, is_derived]) if any(is_derived) else pa.nulls(len(assessed))


def packed(values: NDArray[np.float64]) -> pa.Array:
    """Each row of (n, p) numbers as 8 p bytes, little-endian float64; `unpacked` reads one back."""
    return fixed_width(values.astype("<f8", copy=False))


def unpacked(values: bytes) -> NDArray[np.float64]:
    """One stored value back as (p,) numbers.

    Example:
        >>> unpacked(packed(np.array([[1.5, -2.0]]))[0].as_py()).tolist()
        [1.5, -2.0]
    """
    return np.frombuffer(values, dtype="<f8").astype(np.float64)


def _moments(moments: NDArray[np.datetime64]) -> pa.Array:
    return pa.nulls(len(moments)) if np.isnat(moments).all() else pa.array(stamp_many(moments), pa.string())


def _gates_as_json(gates: NDArray[np.uint16]) -> pa.Array:
    masks, which = np.unique(gates, return_inverse=True)
    texts = [json.dumps(names_of(int(mask)), separators=(",", ":")) for mask in masks]
    return pa.array(texts, pa.string()).take(pa.array(which))

"""What `assess --out` writes: a Parquet file with one row a case, contributions and sentences included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from config.case_type import CaseType
from config.errors import InputError, Place
from engine.feature import Feature
from engine.trained import Scores
from engine.whole_file import written_whole
from explain.batch_reasons import REASON_TYPE, reasons_column
from routing.assessed import Assessed
from routing.batch import Sink
from routing.gates import names_of
from routing.relay import Cases

NO_FEATURES = pa.map_(pa.string(), pa.float64())
"""Parquet has no struct without fields: a type that is never scored gets empty maps instead."""


def out_schema(features: Sequence[Feature]) -> pa.Schema:
    """The columns of the file; contributions are a struct with one double for each feature of the model."""
    contributions = pa.struct([(feature.field, pa.float64()) for feature in features])
    return pa.schema(
        [
            ("case_id", pa.string()),
            ("complexity", pa.float64()),
            ("raw_score", pa.float64()),
            ("base_value", pa.float64()),
            ("contributions", contributions if features else NO_FEATURES),
            ("reasons", pa.list_(REASON_TYPE)),
            ("novel", pa.bool_()),
            ("route", pa.string()),
            ("team", pa.string()),
            ("priority", pa.string()),
            ("rule", pa.string()),
            ("gates_closed", pa.list_(pa.string())),
            ("model_version", pa.string()),
            ("rules_version", pa.int64()),
        ]
    )


@contextmanager
def parquet_out(path: Path, features: Sequence[Feature], case_type: CaseType) -> Iterator[Sink]:
    """A sink that writes each block as one row group; the file appears only when the whole batch is done.

    Raises:
        InputError: the name does not end in .parquet, or the file cannot be written.
    """
    if path.suffix.lower() != ".parquet":
        raise InputError("assessments are written as Parquet; let the file's name end in .parquet", Place(path))
    schema = out_schema(features)
    with written_whole(path) as unfinished, pq.ParquetWriter(unfinished, schema, compression="zstd") as writer:

        def write(cases: Cases, assessed: Assessed) -> None:
            writer.write_table(out_table(cases, assessed, case_type, schema), row_group_size=max(len(assessed), 1))

        yield write


def out_table(cases: Cases, assessed: Assessed, case_type: CaseType, schema: pa.Schema) -> pa.Table:
    """One block as rows of the file; where nothing was scored numbers are null and lists are empty."""
    n, scores = len(assessed), assessed.scores
    columns: dict[str, Any] = {
        "case_id": pa.array(assessed.case_ids, pa.string()),
        "complexity": pa.nulls(n, pa.float64()) if scores is None else pa.array(scores.complexity),
        "raw_score": pa.nulls(n, pa.float64()) if scores is None else pa.array(scores.raw),
        "base_value": pa.nulls(n, pa.float64()) if scores is None else pa.repeat(scores.base_value, n),
        "contributions": _contributions(assessed.features, scores, n),
        "reasons": _reasons(cases, assessed, case_type),
        "novel": pa.repeat(False, n) if scores is None else pa.array(scores.novel),
        "route": words(assessed.is_draft.astype(np.int16), ("caseworker", "draft")),
        "team": words(assessed.team, assessed.teams),
        "priority": words(assessed.priority, assessed.priorities),
        "rule": words(assessed.rule, assessed.rule_names),
        "gates_closed": closed_gate_names(assessed.gates),
        "model_version": pa.repeat(pa.scalar(assessed.versions.model, pa.string()), n),
        "rules_version": pa.repeat(pa.scalar(assessed.versions.rules, pa.int64()), n),
    }
    return pa.table([columns[name] for name in schema.names], schema=schema)


def words(codes: NDArray[np.int16], names: Sequence[str]) -> pa.Array:
    """The word behind each code, null for -1.

    Example:
        >>> words(np.array([1, -1], dtype=np.int16), ("a", "b")).to_pylist()
        ['b', None]
    """
    return pa.array([*names], pa.string()).take(pa.array(codes, mask=codes < 0))


def closed_gate_names(gates: NDArray[np.uint16]) -> pa.ListArray:
    """For each case the names of its closed gates, an empty list where all are open."""
    masks, which = np.unique(gates, return_inverse=True)
    lists = pa.array([list(names_of(int(mask))) for mask in masks], pa.list_(pa.string()))
    return lists.take(pa.array(which))


def _contributions(features: Sequence[Feature], scores: Scores | None, n: int) -> pa.Array:
    if scores is None or not features:
        return pa.array([{}] * n, NO_FEATURES)
    by_feature = [pa.array(np.ascontiguousarray(column)) for column in scores.contributions.T]
    return pa.StructArray.from_arrays(by_feature, names=[feature.field for feature in features])


def _reasons(cases: Cases, assessed: Assessed, case_type: CaseType) -> pa.ListArray:
    if assessed.scores is None:
        return pa.array([[]] * len(assessed), pa.list_(REASON_TYPE))
    return reasons_column(
        assessed.scores.contributions, assessed.inputs, assessed.features, case_type, facts=cases.facts
    )

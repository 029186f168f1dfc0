"""Which fields may be learnt from, and what the model must know of each: its words, its usual value."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from config.case_type import CaseType
from config.columns import CODED, Column, Frame
from engine.encoding import encode_column
from engine.feature import Feature
from engine.left_out import ALL_RARE, FREE_TEXT, KEPT_FROM_MODEL, NEVER_SEEN, PROTECTED, RARE_BELOW_CASES

MOST_CODES = 250
"""With its rare code and NaN a category stays within the 255 bins of a tree, so each code can be split off."""
MANY_LEVELS = 50


def candidate_fields(case_type: CaseType) -> tuple[list[str], dict[str, str]]:
    """The fields that a model may learn from, and for each other one why it may not.

    Only what the case type declares is looked at: an undeclared column never reaches a model.
    """
    candidates, left_out = [], {}
    for name, declared in case_type.fields.items():
        if declared.protected:
            left_out[name] = PROTECTED
        elif declared.model_use == "never":
            left_out[name] = KEPT_FROM_MODEL
        elif declared.type == "text":
            left_out[name] = FREE_TEXT
        else:
            candidates.append(name)
    return candidates, left_out


def learn_features(
    names: Sequence[str],
    visible: Frame,
    arrival_days: NDArray[np.float64],
    derived: frozenset[str] = frozenset(),
) -> tuple[tuple[Feature, ...], dict[str, str]]:
    """What training cases (n,) say about each field, and for each field without anything to learn from, why.

    `visible` holds the training cases alone, already masked. A field with one value only is kept: no tree can
    split on it, and novelty sees when another value turns up.
    """
    features, left_out = [], {}
    for name in names:
        column = visible.columns.get(name)
        if column is None or bool(column.unknown.all()):
            left_out[name] = NEVER_SEEN
            continue
        if column.kind in CODED:
            feature = _category(name, column, is_derived=name in derived)
            if not feature.levels:
                left_out[name] = ALL_RARE
                continue
        else:
            feature = _number(name, column, arrival_days, is_derived=name in derived)
        features.append(feature)
    return tuple(features), left_out


def _category(name: str, column: Column, *, is_derived: bool) -> Feature:
    """Codes run from the commonest word down and carry no label: an order by complex share was no better."""
    codes = column.values[~column.unknown].astype(np.intp)
    cases = np.bincount(codes, minlength=len(column.levels))
    seen = sorted(np.flatnonzero(cases).tolist(), key=lambda code: (-cases[code], column.levels[code]))
    frequent = [code for code in seen if cases[code] >= RARE_BELOW_CASES][:MOST_CODES]
    many = len(seen) > MANY_LEVELS
    rare = () if many else tuple(sorted(column.levels[code] for code in seen[len(frequent) :]))
    return Feature(
        field=name,
        kind=column.kind,
        levels=tuple(column.levels[code] for code in frequent),
        rare_levels=rare,
        many_levels=many,
        usual=column.levels[seen[0]],
        usual_share=float(cases[seen[0]] / len(column)),
        is_derived=is_derived,
    )


def _number(name: str, column: Column, arrival_days: NDArray[np.float64], *, is_derived: bool) -> Feature:
    feature = Feature(field=name, kind=column.kind, is_derived=is_derived)
    values = encode_column(feature, column, arrival_days)
    known = values[~np.isnan(values)]
    if column.kind == "boolean":
        usual = float(known.mean() >= 0.5)
        return Feature(name, "boolean", usual=usual, usual_share=float((known == usual).sum() / len(column)))
    return Feature(name, column.kind, usual=float(np.median(known)), is_derived=is_derived)

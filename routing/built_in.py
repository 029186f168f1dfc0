"""The built-in fields that rules may ask about, as columns beside the case's own facts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from config.case_type import CaseType
from config.columns import CODED, Column, Frame
from config.conditions import Mask
from config.criteria import Decided
from engine.encoding import days_since_1970


def with_built_in_fields(
    visible: Frame,
    case_type: CaseType,
    *,
    status: str,
    arrivals: NDArray[np.datetime64],
    complexity: NDArray[np.float64] | None,
    novel: Mask | None,
    decided: Decided,
    stated: Frame | None = None,
) -> Frame:
    """The masked facts of n cases and what Stafet knows of each; unscored, `complexity` and `novel` are UNKNOWN.

    `channel` and `citizen_age` are the case type's own fields of that name, UNKNOWN where it has none. `stated` is
    what the applications say, rows as in `visible`; None where nothing is stated.
    """
    n_cases = len(visible)
    nothing = np.full(n_cases, np.nan)
    return visible.with_columns(
        {
            "case_type": constant(case_type.key, n_cases),
            "weight": constant(case_type.weight, n_cases),
            "status": constant(status, n_cases),
            "received_on": Column("date", np.floor(days_since_1970(arrivals))),
            "complexity": Column("number", nothing if complexity is None else complexity),
            "novel": Column("boolean", nothing if novel is None else novel.astype(np.float64)),
            "criteria_decided": Column("boolean", decided.is_decided.astype(np.float64)),
            "outcome": decided.outcome,
            "missing_facts": Column("integer", missing_facts(visible, case_type)),
            "contradictions": Column("integer", contradictions(visible, stated, case_type)),
        }
    )


def constant(word: str, n_cases: int) -> Column:
    """The same word for every case."""
    return Column("category", np.zeros(n_cases, dtype=np.int32), (word,))


def missing_facts(visible: Frame, case_type: CaseType) -> NDArray[np.float64]:
    """Shape (n,): how many declared facts the case lacks.

    A hidden value is not counted either way, and a protected one neither: routes may ask for this number.
    """
    lacking = np.zeros(len(visible))
    for name, declared in case_type.fields.items():
        if not declared.protected:
            column = visible.columns[name]
            lacking += column.missing if column.hidden is None else column.missing & ~column.hidden
    return lacking


def contradictions(visible: Frame, stated: Frame | None, case_type: CaseType) -> NDArray[np.float64]:
    """Shape (n,): of how many facts the application says otherwise; NaN where it says nothing of any.

    Hidden and protected facts count neither as stated nor as contradicted: routes may ask for this number.
    A fact that no register gives contradicts nothing.
    """
    differing, is_stated = np.zeros(len(visible)), np.zeros(len(visible), dtype=np.bool_)
    for name, declared in case_type.fields.items():
        said = None if stated is None else stated.columns.get(name)
        if said is None or declared.protected or name == "citizen_age":
            continue
        fact = visible.columns[name]
        counts = ~said.missing if fact.hidden is None else ~said.missing & ~fact.hidden
        is_stated |= counts
        differing += counts & ~fact.missing & _differs(fact, said)
    return np.where(is_stated, differing, np.nan)


def _differs(fact: Column, said: Column) -> Mask:
    """Shape (n,): the two values differ, where both are known; words are compared, not their codes."""
    if fact.kind not in CODED:
        return np.not_equal(fact.values, said.values)
    number = {level: code for code, level in enumerate(fact.levels)}
    as_fact = np.array([*(number.get(level, -2) for level in said.levels), -1], dtype=np.int32)
    return np.not_equal(fact.values, as_fact[said.values])


def with_every_declared_field(facts: Frame, case_type: CaseType) -> Frame:
    """The declared fields and no others; one that all cases lack is missing, so that absence has one form."""
    columns = {}
    for name, declared in case_type.fields.items():
        empty: NDArray[np.float64] | NDArray[np.int32] = (
            np.full(len(facts), -1, dtype=np.int32) if declared.type in CODED else np.full(len(facts), np.nan)
        )
        columns[name] = facts.columns.get(name) or Column(declared.type, empty)
    return Frame(facts.case_ids, columns)

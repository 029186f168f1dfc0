"""What the law or the citizen keeps from the model is hidden before a score or a rule can see it.

Where cases are compared without a model, what the citizen keeps to themselves is hidden too.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from config.case_type import CaseType
from config.columns import Frame

YES, NO, NOT_ANSWERED = 1, 0, -1


def hidden_from_model(model_use: str, answers: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Shape (n,): the value may not be used, by the field's `model_use` and the citizens' answers.

    Example:
        >>> answers = np.array([YES, NO, NOT_ANSWERED], dtype=np.int8)
        >>> hidden_from_model("with_consent", answers).tolist()
        [False, True, True]
        >>> hidden_from_model("unless_refused", answers).tolist()
        [False, True, False]
    """
    if model_use == "never":
        return np.ones(len(answers), dtype=np.bool_)
    if model_use == "with_consent":
        return np.not_equal(answers, YES)
    if model_use == "unless_refused":
        return np.equal(answers, NO)
    return np.zeros(len(answers), dtype=np.bool_)


def visible_to_model(frame: Frame, case_type: CaseType, consents: Mapping[str, NDArray[np.int8]]) -> Frame:
    """The declared fields of `frame`, each hidden where `model_use` or the citizen's answer says so.

    `consents` maps a field to int8 (n,): 1 yes, 0 no, -1 not answered; a field without answers counts as not
    answered. Protected fields stay visible, for the floor and for figures of fairness: `candidate_fields` in
    `engine/features.py` keeps them from the model. Columns that the case type does not declare are dropped.
    """
    columns = {}
    for name, declared in case_type.fields.items():
        if name not in frame.columns:
            continue
        column = frame.columns[name]
        where = hidden_from_model(declared.model_use, _answers(name, consents, len(frame)))
        columns[name] = column.hide(where) if where.any() else column
    return Frame(frame.case_ids, columns)


def visible_to_comparison(frame: Frame, case_type: CaseType, consents: Mapping[str, NDArray[np.int8]]) -> Frame:
    """The same without a model: `never` keeps a fact from models alone, the citizen from every comparison."""
    columns = {}
    for name, declared in case_type.fields.items():
        if name not in frame.columns:
            continue
        use = "always" if declared.model_use == "never" else declared.model_use
        columns[name] = frame.columns[name].hide(hidden_from_model(use, _answers(name, consents, len(frame))))
    return Frame(frame.case_ids, columns)


def withheld(frame: Frame, case_type: CaseType, consents: Mapping[str, NDArray[np.int8]]) -> NDArray[np.bool_]:
    """Shape (n,): the citizen keeps something from the model that it would otherwise use (the gate `consent`).

    What the law always hides (`never`), what is protected and free text are never used, so they are not withheld.
    """
    rows = np.zeros(len(frame), dtype=np.bool_)
    for name, declared in case_type.fields.items():
        up_to_citizen = declared.model_use in {"with_consent", "unless_refused"}
        if up_to_citizen and not declared.protected and declared.type != "text":
            rows |= hidden_from_model(declared.model_use, _answers(name, consents, len(frame)))
    return rows


def _answers(name: str, consents: Mapping[str, NDArray[np.int8]], n_cases: int) -> NDArray[np.int8]:
    return consents[name] if name in consents else np.full(n_cases, NOT_ANSWERED, dtype=np.int8)

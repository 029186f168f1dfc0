"""Facts as columns that can be compared without a model: nothing is learnt, and every word has its own code."""

from __future__ import annotations

from config.case_type import CaseType
from config.columns import Frame
from engine.feature import Feature


def plain_features(case_type: CaseType, frame: Frame) -> tuple[Feature, ...]:
    """One feature for each declared fact of `frame` that is neither protected nor free text, in the file's order.

    Example:
        >>> import numpy as np
        >>> from config.case_type import read_case_type
        >>> from config.columns import coded
        >>> text = "{name: {da: S, en: S}, weight: heavy, fields: {age: {type: integer, protected: true},"
        >>> text += " concern: {type: category, values: [school, home]}, words: {type: text}}}"
        >>> report = read_case_type(text, name="report", file="report.yaml")
        >>> frame = Frame(np.array(["A1"]), {"concern": coded("category", ["home"])})
        >>> [(one.field, one.levels) for one in plain_features(report, frame)]
        [('concern', ('school', 'home'))]
    """
    return tuple(
        Feature(name, one.type, levels=(one.values or ()) if one.type == "category" else ())
        for name, one in case_type.fields.items()
        if name in frame.columns and not one.protected and one.type != "text"
    )

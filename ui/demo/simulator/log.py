"""The invented cases as a log that their source system would export: one row a step, facts beside it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ui.demo.simulator.calendar import Moments
from ui.demo.simulator.kind import Values
from ui.demo.simulator.simulate import SimulatedCases


def application_log(cases: SimulatedCases) -> pd.DataFrame:
    """One row a case: its arrival, with all that is known at intake of the case and its citizen."""
    citizens = cases.applications.citizens
    columns: dict[str, Any] = {
        "case_id": cases.case_ids,
        "activity": cases.kind.applies,
        "timestamp": as_text(cases.received),
        "resource": "",
        "case:citizen_ref": citizens.refs,
        "case:citizen:name": citizens.names,
        "case:citizen:cpr": citizens.cprs,
        "case:citizen:street": citizens.streets,
        "case:citizen:town": citizens.towns,
        "case:citizen:phone": citizens.phones,
        "case:citizen:protected_address": _yes_or_no(citizens.protected_address),
        "case:citizen:digital_post": _yes_or_no(citizens.digital_post),
    }
    columns |= {f"case:{name}": as_written(values) for name, values in cases.drawn.facts.items()}
    columns |= {f"case:stated:{name}": as_written(values) for name, values in cases.drawn.stated.items()}
    columns |= {f"case:consent:{name}": answers for name, answers in cases.drawn.consents.items()}
    return pd.DataFrame(columns)


def event_log(
    applications: pd.DataFrame, case: NDArray[np.intp], at: Moments, activities: Values, people: Values
) -> pd.DataFrame:
    """One row a step, each with its case's columns beside it, as systems export them."""
    log = applications.iloc[case].reset_index(drop=True)
    log["activity"] = activities
    log["timestamp"] = as_text(at)
    log["resource"] = [who or "" for who in people.tolist()]
    return log


def as_text(moments: Moments) -> list[str]:
    """Moments as ISO 8601 in UTC, to the second."""
    return [f"{text}Z" for text in np.datetime_as_string(moments, unit="s").tolist()]


def as_written(values: Values) -> list[str]:
    """Values as a log writes them: nothing where nothing is known, whole numbers without a decimal point.

    Example:
        >>> as_written(np.array([12.0, 0.5, None, "brev"], dtype=object))
        ['12', '0.5', '', 'brev']
    """
    return [
        "" if one is None else f"{one:g}" if isinstance(one, float) and one < 1e6 else str(one)
        for one in values.tolist()
    ]


def _yes_or_no(values: NDArray[np.bool_]) -> list[str]:
    return ["yes" if one else "no" for one in values.tolist()]

"""What the engine learns from: cases in order of arrival, with their facts, events, consents and sampling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from config.columns import Frame


@dataclass(frozen=True)
class History:
    """`n` cases of one case type, ordered by arrival, ties by case id; every array is (n,) in that order.

    Attributes:
        facts: values known at the first event, as stored (consent is applied later, by `masking`).
        arrivals: datetime64[us], UTC: each case's first event.
        events: case_id, activity, timestamp (UTC), resource (None where missing), ordered by case and time;
            completed events only.
        observed_until: the end of observation: what happened later has not been seen.
        consents: field name -> int8 (n,): 1 yes, 0 no, -1 not answered.
        sampling: probability with which a person came to handle the case: 1.0 for an ordinary case, the blind
            review's share for a would-be draft that was drawn, NaN for a case the machine drafted (no label).
    """

    facts: Frame
    arrivals: NDArray[np.datetime64]
    events: pd.DataFrame
    observed_until: np.datetime64
    consents: Mapping[str, NDArray[np.int8]] = field(default_factory=dict)
    sampling: NDArray[np.float64] | None = None

    def __len__(self) -> int:
        return len(self.facts)

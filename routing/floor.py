"""The floor: cases that always go to a person, whatever stands below; what cannot be told goes there too."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from config.evaluation import Evaluation
from config.routing_rules import FloorRule
from routing.rules import first_true


def first_floor(floor: Sequence[FloorRule], evaluation: Evaluation) -> NDArray[np.int16]:
    """Shape (n,): position of the first floor rule that is true or unknown for the case, -1 where none is.

    A protected field may be asked about here, and only here: it can do no more than bring the case to a person.
    """
    return first_true([evaluation.of(rule.when).possible for rule in floor], len(evaluation.frame))

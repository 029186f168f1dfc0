"""Which facts make a case unlike those that the model has learnt from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.feature import Feature
from engine.novelty import Novelty


def unlike_fields(novelty: Novelty, inputs: NDArray[np.float64], features: Sequence[Feature]) -> tuple[str, ...]:
    """Fields whose own value was never seen, then those never seen together; `inputs` is one row (p,)."""
    never_missing = np.isnan(inputs) & ~novelty.may_be_missing
    own = np.flatnonzero((inputs < novelty.low) | (inputs > novelty.high) | never_missing)
    found = [features[int(position)].field for position in own]
    for pair in novelty.pairs:
        alone = replace(
            novelty,
            low=np.full(len(inputs), -np.inf),
            high=np.full(len(inputs), np.inf),
            may_be_missing=np.ones(len(inputs), dtype=np.bool_),
            pairs=(pair,),
        )
        if alone.is_novel(inputs[np.newaxis])[0]:
            found += [features[pair.first].field, features[pair.second].field]
    return tuple(dict.fromkeys(found))

"""First match over a frame: which rule takes each case, by the same masks for one case and for a million."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from config.conditions import Condition, Mask
from config.evaluation import Evaluation
from config.routing_rules import Route, Rules

NO_RULE = -1


def drafts_anything(rules: Rules) -> bool:
    """Whether any rule says draft."""
    return rules.default.to == "draft" or any(route.to == "draft" for route in rules.routes)


def first_true(masks: Sequence[Mask], n_cases: int) -> NDArray[np.int16]:
    """Shape (n_cases,): position of the first mask that is true for the case, `NO_RULE` where none is.

    Example:
        >>> first_true([np.array([False, True, False]), np.array([True, True, False])], 3).tolist()
        [1, 0, -1]
    """
    first = np.full(n_cases, NO_RULE, dtype=np.int16)
    for position in range(len(masks) - 1, -1, -1):
        np.copyto(first, np.int16(position), where=masks[position])
    return first


def matches(conditions: Sequence[Condition], evaluation: Evaluation) -> list[Mask]:
    """Where each condition is surely true; in `routes` an unknown one is no match."""
    return [evaluation.of(condition).true for condition in conditions]


def takers(routes: Sequence[Route], evaluation: Evaluation) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """For each case the route that matches first, and the first one among those that lead to a person.

    The second names team and priority of a case that its rule would draft and something sends to a person.
    """
    masks = matches([route.when for route in routes], evaluation)
    n_cases = len(evaluation.frame)
    to_people = [position for position, route in enumerate(routes) if route.to == "caseworker"]
    among_people = first_true([masks[position] for position in to_people], n_cases)
    position_of = np.array([*to_people, NO_RULE], dtype=np.int16)
    return first_true(masks, n_cases), position_of[among_people]

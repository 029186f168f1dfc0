"""The cases that the promise speaks of: those that pass the gates rule, criteria, consent and outcome.

The mask is made from facts, and from complexity where a rule asks about it: the calibrator has seen no calibration
label, so the promise stays honest. All other gates never enter it (QUALITY.md, "Population").
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from config.conditions import Condition
from config.routing_rules import Rules
from engine.guarantee import Population
from routing.gates import bits_of
from routing.relay import Cases, Standard, carry
from routing.rules import drafts_anything

POPULATION_GATES = np.uint16(bits_of(["rule", "criteria", "consent", "outcome"]))


def population_of(
    cases: Cases, standard: Standard, *, is_live: bool
) -> tuple[Population, NDArray[np.bool_] | None]:
    """`in_force` and the mask (n,) of its cases; `could_draft` and None (everybody) in trial, or without a rule
    that says draft. Novel cases are taken out by the engine.
    """
    if not is_live or not drafts_anything(standard.rules):
        return "could_draft", None
    return "in_force", passing(cases, standard)


def passing(cases: Cases, standard: Standard) -> NDArray[np.bool_]:
    """Shape (n,): the cases that pass the population's gates, each asked on the day it arrived."""
    shadow = replace(standard, phase="shadow")
    if not asks_for_today(standard.rules):
        passing_all: NDArray[np.bool_] = (carry(cases, shadow).gates & POPULATION_GATES) == 0
        return passing_all
    days = cases.arrivals.astype("datetime64[D]")
    mask = np.zeros(len(cases), dtype=np.bool_)
    for day in np.unique(days):
        rows = np.flatnonzero(days == day)
        closed = carry(cases.take(rows), replace(shadow, today=day.item())).gates
        mask[rows] = (closed & POPULATION_GATES) == 0
    return mask


def asks_the_model(rules: Rules) -> bool:
    """Whether the floor or a route asks about complexity or novelty, so that only a trained model can tell."""
    return any(when.fields & {"complexity", "novel"} for when in conditions_of(rules))


def asks_for_today(rules: Rules) -> bool:
    """Whether the floor or a route counts days from today."""
    return any(leaf.operator == "within" for when in conditions_of(rules) for leaf in when.leaves())


def conditions_of(rules: Rules) -> list[Condition]:
    """Every condition of the floor and the routes."""
    return [*(floor.when for floor in rules.always_caseworker), *(route.when for route in rules.routes)]

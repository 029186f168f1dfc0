"""Who takes each case: the rule that settles it, and the team, priority and contact deadline that follow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from config.case_type import CaseType
from config.conditions import Mask
from config.routing_rules import Default, FloorRule, Route, Rules
from routing.contact_days import after_working_days
from routing.rules import NO_RULE

PRIORITIES = ("low", "normal", "high")
Rule = FloorRule | Route | Default
Codes = NDArray[np.int16]


@dataclass(frozen=True)
class HandOver:
    """Where n cases go before the gates are asked; `rule` and `floor_rule` are codes into `Rules.names`.

    `says_draft` is where the rule drafts and the floor is silent. Codes of -1 mean none.
    """

    says_draft: Mask
    rule: Codes
    floor_rule: Codes
    team: Codes
    priority: Codes
    contact_by: NDArray[np.datetime64]


def hand_over(
    rules: Rules,
    *,
    floor: Codes,
    matched: Codes,
    among_people: Codes,
    arrivals: NDArray[np.datetime64],
    case_type: CaseType,
    counts_working_days: bool = True,
) -> HandOver:
    """From the positions of the floor rule, the first route, and the first route that leads to a person.

    What the floor rule does not say (team, priority, contact) the matching route says, then the first route that
    leads to a person, then the default: a case that its rule would draft and a gate holds back still has a team.
    """
    all_rules: tuple[Rule, ...] = (*rules.always_caseworker, *rules.routes, rules.default)
    default = len(all_rules) - 1
    in_all = np.array([*range(len(rules.always_caseworker), default), default], dtype=np.int16)
    on_floor = floor != NO_RULE
    settles = np.where(on_floor, floor, in_all[matched]).astype(np.int16)
    chain = [settles, in_all[matched], in_all[among_people], np.full(len(floor), default, dtype=np.int16)]
    drafts = np.array(
        [rule.to == "draft" for rule in rules.routes] + [rules.default.to == "draft"], dtype=np.bool_
    )
    teams = tuple(rules.teams)
    return HandOver(
        says_draft=~on_floor & drafts[matched],
        rule=settles,
        floor_rule=floor,
        team=_first_said(all_rules, chain, "team", lambda rule: teams.index(rule.team) if rule.team else NO_RULE),
        priority=_first_said(all_rules, chain, "priority", lambda rule: PRIORITIES.index(rule.priority)),
        contact_by=_contact_by(all_rules, chain, arrivals, case_type, counts_working_days),
    )


def _first_said(
    all_rules: Sequence[Rule], chain: Sequence[Codes], attribute: str, code: Callable[[Rule], int]
) -> Codes:
    """For each case what the first rule of its chain that says `attribute` says; the last one always does."""
    said = np.array([attribute in rule.model_fields_set for rule in all_rules])
    codes = np.array([code(rule) for rule in all_rules], dtype=np.int16)
    result = codes[chain[-1]]
    for rule in reversed(chain[:-1]):
        result = np.where(said[rule], codes[rule], result)
    return result


def _contact_by(
    all_rules: Sequence[Rule],
    chain: Sequence[Codes],
    arrivals: NDArray[np.datetime64],
    case_type: CaseType,
    counts_working_days: bool,
) -> NDArray[np.datetime64]:
    """The rules' deadline or the law's, whichever is earlier; NaT where neither sets one.

    A rule's hours, and the law's, run through nights and holidays; a rule's days are working days.
    """
    hours = case_type.deadlines.contact_within_hours
    by_law = arrivals + (np.timedelta64("NaT") if hours is None else np.timedelta64(hours, "h"))
    row = _first_said(all_rules, chain, "contact_within", _row_of(all_rules))
    lengths = [rule.contact_within for rule in all_rules]
    runs = [
        None if length is None or (counts_working_days and length.unit == "d") else length.timedelta
        for length in lengths
    ]
    by_rule = arrivals + np.array([*runs, None], dtype="timedelta64[us]")[row]
    if counts_working_days:
        days = [0 if length is None or length.unit != "d" else length.amount for length in lengths]
        by_rule = np.fmin(by_rule, after_working_days(arrivals, np.array([*days, 0])[row]))
    return np.asarray(np.fmin(by_rule, by_law), dtype="datetime64[us]")


def _row_of(all_rules: Sequence[Rule]) -> Callable[[Rule], int]:
    row = {id(rule): position for position, rule in enumerate(all_rules)}
    return lambda rule: NO_RULE if rule.contact_within is None else row[id(rule)]

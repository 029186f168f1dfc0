"""Assessments in columns: what the relay hands on, small codes instead of words so that a million cost little."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from config.conditions import Mask
from engine.trained import Feature, Scores
from routing.gates import GATE_NAMES, bits_of, names_of

RouteName = Literal["draft", "caseworker"]
NONE = -1


@dataclass(frozen=True)
class Versions:
    """What an assessment was made with."""

    case_type: int
    rules: int
    model: str | None


@dataclass(frozen=True)
class Assessed:
    """Assessments of n cases of one type; every array has n rows.

    Attributes:
        features: the model's p features, empty where nothing was scored.
        inputs: (n, p) the model's input; (n, 0) where nothing was scored.
        scores: None where nothing was scored: a heavy type, or no model.
        is_draft: (n,) True where every gate is open.
        rule: codes into `rule_names`: the floor rule, else the route, else the default.
        floor_rule: codes into `rule_names`, `NONE` where the floor is silent.
        team, priority: codes into `teams`, `priorities`; `NONE` where no rule names one.
        contact_by: datetime64[us], NaT where no contact is due.
        gates: bit `i` is set where gate `GATE_NAMES[i]` is closed.
        outcome: codes into `outcomes`, `NONE` where the criteria do not decide.
        sampling_probability: with which a person handles the case; below 1 for a would-be draft alone.
        drawn: drawn for blind review (in shadow: every would-be draft).
    """

    case_type: str
    weight: str
    versions: Versions
    case_ids: NDArray[np.object_]
    features: tuple[Feature, ...]
    inputs: NDArray[np.float64]
    scores: Scores | None
    rule_names: tuple[str, ...]
    teams: tuple[str, ...]
    priorities: tuple[str, ...]
    outcomes: tuple[str, ...]
    is_draft: Mask
    rule: NDArray[np.int16]
    floor_rule: NDArray[np.int16]
    team: NDArray[np.int16]
    priority: NDArray[np.int16]
    contact_by: NDArray[np.datetime64]
    gates: NDArray[np.uint16]
    outcome: NDArray[np.int16]
    sampling_probability: NDArray[np.float64]
    drawn: Mask

    def __len__(self) -> int:
        return len(self.case_ids)

    def take(self, rows: NDArray[np.intp] | slice) -> Assessed:
        """The rows named, in that order."""
        n_cases = len(self)
        columns = {
            one.name: getattr(self, one.name)[rows]
            for one in fields(self)
            if isinstance(getattr(self, one.name), np.ndarray) and len(getattr(self, one.name)) == n_cases
        }
        return replace(self, **columns, scores=None if self.scores is None else scores_of(self.scores, rows))

    def route_of(self, row: int) -> RouteName:
        """One case's route."""
        return "draft" if self.is_draft[row] else "caseworker"

    def rule_of(self, row: int) -> str:
        """The rule that settled one case's route."""
        return self.rule_names[int(self.rule[row])]

    def gates_closed_of(self, row: int) -> tuple[str, ...]:
        """One case's closed gates."""
        return names_of(int(self.gates[row]))

    def word_of(self, words: tuple[str, ...], code: int) -> str | None:
        """The word behind a code, None for `NONE`."""
        return None if code == NONE else words[code]


def scores_of(scores: Scores, rows: NDArray[np.intp] | slice) -> Scores:
    """The scores of the rows named."""
    return replace(
        scores,
        raw=scores.raw[rows],
        complexity=scores.complexity[rows],
        contributions=scores.contributions[rows],
        adds_up=scores.adds_up[rows],
        novel=scores.novel[rows],
    )


def gate_counts(gates: NDArray[np.uint16]) -> Mapping[str, int]:
    """How many cases each gate is closed for, gates that are open for all left out."""
    counts = {name: int((gates & np.uint16(bits_of([name])) != 0).sum()) for name in GATE_NAMES}
    return {name: count for name, count in counts.items() if count}

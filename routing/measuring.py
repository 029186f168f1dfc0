"""Measures the promise for what is, or would be, in force: at training, on going live, on publishing rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from config.case_type import CaseType
from engine.guarantee import Guarantee, Population, Promise
from engine.trained import TrainedComplexity
from engine.training_report import GuaranteeFigures
from models.training_store import measurements_of
from routing.history_of import Past
from routing.in_force import InForce, Model
from routing.measurements import guarantee_from_json
from routing.population import asks_the_model, population_of
from routing.rules import drafts_anything
from routing.standards import make_standard, promise_of


@dataclass(frozen=True)
class Measured:
    """One measurement of the promise, not yet on record."""

    guarantee: Guarantee
    figures: GuaranteeFigures


@dataclass(frozen=True)
class Terms:
    """What is measured: a case type under these rules, in its state, asked on this day."""

    in_force: InForce
    case_type: CaseType
    today: date
    everybody: bool = False

    @property
    def promise(self) -> Promise:
        """The promise as routing.yaml states it."""
        return promise_of(self.in_force.rules)

    @property
    def is_live(self) -> bool:
        """Whether the case type is live under these terms."""
        return self.in_force.states[self.case_type.key].status == "live"

    def before_training(self) -> Terms:
        """The terms of the first measurement: everybody, where only the model itself can tell who is in force."""
        rules = self.in_force.rules
        needs_model = self.is_live and drafts_anything(rules) and asks_the_model(rules)
        return replace(self, everybody=True) if needs_model else self

    def population(
        self, past: Past, trained: TrainedComplexity | None
    ) -> tuple[Population, NDArray[np.bool_] | None]:
        """The population and its mask (n,) over the past's cases."""
        model = Model(trained=trained)
        standard = make_standard(self.in_force, self.case_type, model, draw_key=b"", today=self.today)
        return population_of(past.cases, standard, is_live=self.is_live and not self.everybody)


def was_measured(
    connection: sa.Connection,
    model_version: str,
    digest: str,
    terms: Terms,
    past: Past,
    trained: TrainedComplexity,
) -> bool:
    """Whether the newest measurement made this very test: everybody, under the same promise, on the same cases."""
    made = measurements_of(connection, terms.case_type.key, model_version)
    if not made or terms.population(past, trained)[0] == "in_force":
        return False
    last = made[-1]
    promise = guarantee_from_json(last["result"]["guarantee"]).promise
    return (last["population"], last["calibration_digest"], promise) == ("could_draft", digest, terms.promise)


def measure(terms: Terms, past: Past, trained: TrainedComplexity, *, attempt: int) -> Measured:
    """Test the promise of a trained model again; `attempt` is the number of the test on these calibration cases.

    Raises:
        InputError: too few labelled cases to measure anything.
    """
    from engine.training import measure_again

    population, mask = terms.population(past, trained)
    guarantee, figures = measure_again(
        trained,
        terms.case_type,
        past.history,
        promise=terms.promise,
        population=population,
        in_population=mask,
        citizens=past.citizens,
        attempt=attempt,
    )
    return Measured(guarantee, figures)

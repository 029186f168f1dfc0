"""Made-up cases whose truth is known, and a model that learnt from them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from config.case_type import CaseType
from config.columns import Column, Frame
from engine.guarantee import Promise
from engine.history import History
from engine.log import read_log
from engine.onboarding import propose_case_type
from engine.trained import TrainedComplexity
from engine.training import train
from engine.typed_facts import facts

Simulate = Callable[..., tuple[CaseType, History]]


def simulated_cases(
    n_cases: int = 1500, seed: int = 0, *, days: float = 400.0, weekday_effect: float = 0.0, drift: float = 0.0
) -> tuple[CaseType, History]:
    """Cases of a made-up type whose effort goes with amount and channel; a complex case takes 20 days, else 2.

    `weekday_effect` and `drift` (over the whole log) are added to the log-odds of being complex.
    """
    random = np.random.default_rng(seed)
    at = np.sort(random.uniform(0, days, n_cases))
    arrivals = np.datetime64("2023-01-02", "us") + (at * 86_400e6).astype("timedelta64[us]")
    amount = random.gamma(2.0, 1000.0, n_cases).round()
    channel = random.integers(0, 4, n_cases).astype(np.int32)
    office = random.integers(0, 3, n_cases).astype(np.int32)
    debt = np.where(random.random(n_cases) < 0.2, np.nan, random.normal(0, 1, n_cases).round(2))
    heavy_day = np.isin(np.floor(at) % 7, (0, 1))
    log_odds = (
        amount / 1500 + (channel == 2) * 1.5 - 2.8 + weekday_effect * heavy_day + drift * at / max(days, 1.0)
    )
    is_complex = random.random(n_cases) < 1 / (1 + np.exp(-log_odds))
    ids = np.array([f"C{number:06d}" for number in range(n_cases)], dtype=object)
    steps = pd.to_timedelta(np.where(is_complex, 20, 2), unit="D")
    begun = pd.Series(pd.to_datetime(arrivals, utc=True))
    events = pd.concat(
        [
            pd.DataFrame({"case_id": ids, "activity": "receive", "timestamp": begun, "resource": "anna"}),
            pd.DataFrame({"case_id": ids, "activity": "decide", "timestamp": begun + steps, "resource": "bo"}),
        ]
    )
    until = np.datetime64(arrivals.max() + np.timedelta64(60, "D"), "us")
    events = events.sort_values(["case_id", "timestamp"], kind="stable").reset_index(drop=True)
    words = ("desk", "letter", "phone", "web")
    facts = Frame(
        ids,
        {
            "amount": Column("number", amount),
            "channel": Column("category", channel, words),
            "office": Column("category", office, ("east", "north", "west")),
            "debt": Column("number", debt),
            "age": Column("integer", random.integers(18, 90, n_cases).astype(float)),
            "note": Column("text", np.zeros(n_cases, dtype=np.int32), ("hello",)),
        },
    )
    answers = random.integers(-1, 2, n_cases).astype(np.int8)
    return simulated_type(), History(facts, arrivals, events, until, {"debt": answers})


def simulated_type(**changes: Any) -> CaseType:
    """The case type of `simulated_cases`."""

    def field(name: str, kind: str, **more: Any) -> dict[str, Any]:
        return {"column": name, "type": kind, "label": {"da": name, "en": name}, **more}

    fields = {
        "amount": field("amount", "number"),
        "channel": field("channel", "category", values=("desk", "letter", "phone", "web")),
        "office": field("office", "category", values=("east", "north", "west")),
        "debt": field("debt", "number", model_use="with_consent"),
        "age": field("age", "integer", protected=True),
        "note": field("note", "text"),
    }
    told = {
        "key": "grant",
        "name": {"da": "Tilskud", "en": "Grant"},
        "fields": {name: {**one, **changes.pop(name, {})} for name, one in fields.items()},
        "complexity": {"within_days": 30, "any": [{"days": {"above": 10}}]},
    }
    return CaseType.model_validate(told | changes)


@pytest.fixture(scope="session")
def simulate() -> Simulate:
    return simulated_cases


@pytest.fixture(scope="session")
def grant_type() -> Callable[..., CaseType]:
    return simulated_type


@pytest.fixture(scope="session")
def grants() -> tuple[CaseType, History]:
    return simulated_cases()


@pytest.fixture(scope="session")
def trained_grants(grants: tuple[CaseType, History]) -> TrainedComplexity:
    """Learnt from `grants`, with the promise that at most 20 % of the drafted cases are complex."""
    case_type, history = grants
    return train(case_type, history, promise=Promise(max_complex_share=0.2))


@pytest.fixture(scope="session")
def real_cases(logs_dir: Path) -> Callable[[str], tuple[CaseType, History]]:
    """One of the real logs, as onboarding proposes to read it."""

    @cache
    def read(name: str) -> tuple[CaseType, History]:
        log = read_log(logs_dir / f"{name}.csv.gz")
        case_type = propose_case_type(log, name).case_type
        known = facts(log, case_type)
        return case_type, History(known, log.arrivals, log.events, log.observed_until, log.consents)

    return read


@pytest.fixture(scope="session")
def real_model(real_cases: Callable[[str], tuple[CaseType, History]]) -> Callable[[str], TrainedComplexity]:
    """What one of the real logs teaches, with the promise that routing.yaml makes by default."""

    @cache
    def learn(name: str) -> TrainedComplexity:
        return train(*real_cases(name), promise=Promise())

    return learn

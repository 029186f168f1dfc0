"""What was never learnt from is always seen; what merely grows over time is not."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.case_type import CaseType
from config.columns import Column, Frame, coded
from engine.boosting import LabelledCases
from engine.encoding import encode
from engine.features import MANY_LEVELS
from engine.history import History
from engine.novelty import MOST_FALSE_ALARMS, Novelty, learn_novelty
from engine.trained import TrainedComplexity

START = np.datetime64("2024-01-01", "us")


def cases_of(**columns: Column) -> LabelledCases:
    n_cases = len(next(iter(columns.values())))
    arrivals = START + np.arange(n_cases) * np.timedelta64(1, "h")
    frame = Frame(np.arange(n_cases).astype(object), columns)
    return LabelledCases(frame, arrivals, np.arange(n_cases) % 4 == 0, np.ones(n_cases))


def is_novel(cases: LabelledCases, **changed: Column) -> np.ndarray:
    """Learn from the cases; then whether those in `changed` are novel."""
    features, _ = cases.features(list(cases.visible.columns))
    table = learn_novelty(cases, features)
    n_cases = len(next(iter(changed.values())))
    frame = Frame(np.arange(n_cases).astype(object), changed)
    return table.is_novel(encode(features, frame, np.repeat(START, n_cases)))


def channels(n_cases: int = 400) -> Column:
    return coded("category", [("desk", "post", "web")[row % 3] for row in range(n_cases)])


@settings(max_examples=40, deadline=None)
@given(word=st.text(min_size=1, max_size=8))
def test_a_word_never_seen_is_novel_and_a_known_one_is_not(word: str) -> None:
    novel = is_novel(cases_of(channel=channels()), channel=coded("category", [word, "post"]))
    assert novel[0] == (word not in {"desk", "post", "web"})
    assert not novel[1]


def test_in_a_field_of_many_words_an_unseen_one_is_rare_and_not_novel() -> None:
    many = coded("category", [f"w{row % (MANY_LEVELS + 1):02d}" for row in range(2000)])
    assert not is_novel(cases_of(diagnosis=many), diagnosis=coded("category", ["unheard of"])).any()


@settings(max_examples=40, deadline=None)
@given(beyond=st.floats(1e-3, 1e6))
def test_a_value_outside_the_seen_range_is_novel(beyond: float) -> None:
    amounts = Column("number", np.tile(np.arange(100.0), 5))
    novel = is_novel(
        cases_of(amount=amounts), amount=Column("number", np.array([-beyond, 99 + beyond, 0.0, 99.0]))
    )
    assert novel.tolist() == [True, True, False, False]


def test_steady_growth_is_no_alarm_and_a_jump_is() -> None:
    random = np.random.default_rng(0)
    growing = Column("number", np.arange(2000) * 1.0 + random.uniform(0, 50, 2000))
    novel = is_novel(cases_of(amount=growing), amount=Column("number", np.array([2300.0, 20_000.0, -100.0])))
    assert novel.tolist() == [False, True, True]


def test_words_that_never_met_though_both_are_common_are_novel_together() -> None:
    n_cases = 1200
    first = ["desk" if row % 2 else "web" for row in range(n_cases)]
    second = ["paper" if row % 2 else ("form", "mail")[row % 4 // 2] for row in range(n_cases)]
    cases = cases_of(channel=coded("category", first), form=coded("category", second))
    asked = coded("category", ["web", "desk"]), coded("category", ["paper", "paper"])
    assert is_novel(cases, channel=asked[0], form=asked[1]).tolist() == [True, False]


def test_a_missing_value_is_novel_only_where_training_never_lacked_it() -> None:
    gaps = Column("number", np.where(np.arange(400) % 5 == 0, np.nan, np.arange(400.0)))
    full = Column("number", np.arange(400.0))
    nothing = Column("number", np.array([np.nan]))
    assert not is_novel(cases_of(amount=gaps), amount=nothing).any()
    assert is_novel(cases_of(amount=full), amount=nothing).all()


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), n_cases=st.integers(200, 1500))
def test_false_alarms_on_the_later_window_are_few_when_words_stay_the_same(seed: int, n_cases: int) -> None:
    random = np.random.default_rng(seed)
    columns = {
        "amount": Column(
            "number", random.lognormal(0, 1.5, n_cases) + np.arange(n_cases) * random.uniform(0, 0.01)
        ),
        "debt": Column("number", random.normal(size=n_cases)),
        "channel": Column("category", random.integers(0, 3, n_cases).astype(np.int32), ("a", "b", "c")),
        "office": Column("category", random.integers(0, 4, n_cases).astype(np.int32), ("a", "b", "c", "d")),
    }
    cases = cases_of(**columns)
    features, _ = cases.features(list(columns))
    assert learn_novelty(cases, features).false_alarms <= MOST_FALSE_ALARMS


def test_new_words_that_keep_coming_are_reported_and_not_silenced() -> None:
    words = ["old" if row < 800 or row % 2 else f"new{row // 100}" for row in range(1000)]
    cases = cases_of(word=coded("category", words))
    features, _ = cases.features(["word"])
    table = learn_novelty(cases, features)
    assert table.false_alarms > MOST_FALSE_ALARMS
    assert is_novel(cases, word=coded("category", ["brand new"])).all()


def test_tables_are_the_same_for_one_case_and_a_million(
    grants: tuple[CaseType, History], trained_grants: TrainedComplexity
) -> None:
    random = np.random.default_rng(0)
    _, history = grants
    inputs = np.tile(trained_grants.inputs(history.facts, history.arrivals), (7, 1))[:10_000]
    inputs[random.random(inputs.shape) < 0.03] *= 10
    table: Novelty = trained_grants.novelty
    together = table.is_novel(inputs)
    assert 0 < together.mean() < 1
    assert [bool(table.is_novel(inputs[row : row + 1])[0]) for row in range(0, 10_000, 97)] == (
        together[::97].tolist()
    )


@pytest.mark.logs
@pytest.mark.parametrize("name", ["receipt", "hospital_billing", "traffic_fines", "fair_renting"])
def test_on_real_cases_false_alarms_are_few_and_what_was_never_seen_is_caught(
    real_cases: Callable[[str], tuple[CaseType, History]],
    real_model: Callable[[str], TrainedComplexity],
    name: str,
) -> None:
    _, history = real_cases(name)
    trained = real_model(name)
    assert trained.report.false_alarms <= MOST_FALSE_ALARMS
    usual = trained.inputs(history.facts, history.arrivals)[:200]
    for position, feature in enumerate(trained.features):
        changed = usual.copy()
        strange = feature.rare_code + 0.25 if feature.levels else trained.novelty.high[position] + 1.0
        changed[:, position] = strange
        assert feature.many_levels or feature.is_derived or trained.novelty.is_novel(changed).all()

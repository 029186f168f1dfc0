"""Training tells the truth about itself: same bits twice, labels known in time, clear words where it cannot."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.case_type import CaseType
from config.errors import InputError, RefusedError
from engine.guarantee import Promise
from engine.history import History
from engine.learning import learn
from engine.masking import visible_to_model
from engine.material import prepare
from engine.measures import auc
from engine.trained import Scores, TrainedComplexity
from engine.training import measure_again, train

Grants = tuple[CaseType, History]
Simulate = Callable[..., Grants]
PROMISE = Promise(max_complex_share=0.2)
TRAIN_JSON = {
    "case_type", "model_version", "cases", "cases_labelled", "base_rate", "base_rate_by_fifth", "horizon_days",
    "features", "left_out", "auc", "average_precision", "brier", "calibration_error", "guarantee", "seconds",
}  # fmt: skip
GUARANTEE_JSON = {
    "max_complex_share", "confidence", "population", "threshold", "reason", "simple_share", "simple_share_worked",
    "holdout_cases", "holdout_complex_share", "groups",
}  # fmt: skip


def scores_of(trained: TrainedComplexity, grants: Grants) -> Scores:
    return trained.score(inputs_of(trained, grants))


def inputs_of(trained: TrainedComplexity, grants: Grants) -> np.ndarray:
    case_type, history = grants
    return trained.inputs(visible_to_model(history.facts, case_type, history.consents), history.arrivals)


def first_cases(history: History, n_cases: int) -> History:
    kept = history.facts.case_ids[:n_cases]
    return replace(
        history,
        facts=history.facts.take(slice(0, n_cases)),
        arrivals=history.arrivals[:n_cases],
        events=history.events[history.events["case_id"].isin(kept)],
        consents={name: answers[:n_cases] for name, answers in history.consents.items()},
    )


def test_training_twice_gives_the_same_bits(grants: Grants, trained_grants: TrainedComplexity) -> None:
    again = train(*grants, promise=PROMISE)
    one, two = scores_of(trained_grants, grants), scores_of(again, grants)
    for name in ("raw", "complexity", "contributions", "novel"):
        assert getattr(one, name).tobytes() == getattr(two, name).tobytes()
    assert trained_grants.report == again.report


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.integers(0, 1400), size=st.integers(1, 90))
def test_a_case_has_the_same_bits_alone_and_in_any_frame(
    grants: Grants, trained_grants: TrainedComplexity, start: int, size: int
) -> None:
    case_type, history = grants
    rows = slice(start, start + size)
    part = trained_grants.inputs(
        visible_to_model(
            history.facts.take(rows), case_type, {n: answers[rows] for n, answers in history.consents.items()}
        ),
        history.arrivals[rows],
    )
    whole = inputs_of(trained_grants, grants)
    assert part.tobytes() == whole[rows].tobytes()
    some, everything = trained_grants.score(part), trained_grants.score(whole)
    for name in ("raw", "complexity", "contributions", "novel", "adds_up"):
        assert getattr(some, name).tobytes() == np.ascontiguousarray(getattr(everything, name)[rows]).tobytes()


def test_contributions_add_up_and_raw_scores_are_the_classifiers(
    grants: Grants, trained_grants: TrainedComplexity
) -> None:
    inputs = inputs_of(trained_grants, grants)
    scores = trained_grants.score(inputs)
    assert scores.adds_up.all()
    assert np.abs(scores.contributions.sum(axis=1) + scores.base_value - scores.raw).max() < 1e-9
    assert np.array_equal(scores.raw, trained_grants.classifier.decision_function(inputs))


def test_complexity_follows_the_truth_that_made_the_cases(simulate: Simulate) -> None:
    case_type, history = simulate(4000)
    trained = train(case_type, history, promise=PROMISE)
    report, late = trained.report, np.flatnonzero(history.arrivals >= trained.cuts[1])
    facts = history.facts.take(late).columns
    truth = facts["amount"].values / 1500 + (facts["channel"].values == 2) * 1.5
    best = auc(truth, prepare(case_type, history).labels.is_complex[late])
    assert report.auc is not None
    assert best is not None
    assert report.auc > best - 0.02
    assert report.features[:3] == ("amount", "channel", "office")
    assert set(report.left_out) >= {"age", "note"}


def test_the_report_has_every_key_of_train_json_and_no_nan(trained_grants: TrainedComplexity) -> None:
    told = trained_grants.report.as_json(model_version="1", seconds=1.5)
    assert set(told) >= TRAIN_JSON
    assert set(told["guarantee"]) == GUARANTEE_JSON
    assert json.loads(json.dumps(told, allow_nan=False)) == told


def test_groups_of_the_promise_are_told_one_by_one(grants: Grants) -> None:
    promise = Promise(max_complex_share=0.3, also_within=("channel", "age", "nowhere"))
    trained = train(*grants, promise=promise)
    groups = trained.report.guarantee.groups
    assert set(groups) == {"channel"}
    assert set(groups["channel"]) == {"desk", "letter", "phone", "web"}
    assert sum(group.n for group in groups["channel"].values()) <= 300
    assert set(trained.guarantee.ungrouped) == {"age", "nowhere"}


def test_only_the_population_is_asked(grants: Grants) -> None:
    case_type, history = grants
    light = history.facts.columns["amount"].values < 1500
    everybody = train(case_type, history, promise=PROMISE)
    some = train(case_type, history, promise=PROMISE, population="in_force", in_population=light)
    assert sum(group.cases for group in some.guarantee.groups) < sum(g.cases for g in everybody.guarantee.groups)
    assert some.report.guarantee.population == "in_force"
    nobody = train(
        case_type, history, promise=PROMISE, population="in_force", in_population=np.zeros(len(history), bool)
    )
    assert nobody.guarantee.threshold is None
    assert nobody.report.guarantee.reason


def test_the_yield_is_counted_on_untouched_cases_that_are_not_novel(
    grants: Grants, trained_grants: TrainedComplexity
) -> None:
    figures = trained_grants.report.guarantee
    assert figures.threshold is not None
    scores = scores_of(trained_grants, grants)
    untouched = grants[1].arrivals >= trained_grants.cuts[1]
    simple = (scores.raw < figures.threshold) & ~scores.novel & untouched
    assert figures.holdout_cases == untouched.sum()
    assert figures.simple_share == pytest.approx(simple.sum() / untouched.sum())


def test_measuring_again_finds_the_same_cases_and_spends_more_of_the_confidence(
    grants: Grants, trained_grants: TrainedComplexity
) -> None:
    first, figures = measure_again(trained_grants, *grants, promise=PROMISE, population="could_draft", attempt=1)
    assert first == trained_grants.guarantee
    assert figures == trained_grants.report.guarantee
    later, _ = measure_again(trained_grants, *grants, promise=PROMISE, population="could_draft", attempt=5)
    assert later.level < first.level


def test_an_open_alarm_vetoes(grants: Grants, trained_grants: TrainedComplexity) -> None:
    guarantee, _ = measure_again(
        trained_grants, *grants, promise=PROMISE, population="could_draft", attempt=1, alarms=["load has doubled"]
    )
    assert guarantee.threshold is None
    assert "load has doubled" in str(guarantee.why)


def test_labels_that_came_too_late_can_be_learnt_from_but_prove_nothing(simulate: Simulate) -> None:
    trained = train(*simulate(1500, days=25), promise=PROMISE)
    assert trained.report.auc is not None
    assert trained.guarantee.threshold is None
    assert "Too few labels were known" in str(trained.guarantee.why)
    assert trained.report.guarantee.simple_share == 0.0


def test_the_future_cannot_reach_the_model(grants: Grants) -> None:
    """Turn every verdict of cases after the fit part around: features, trees and probabilities stay the same."""
    case_type, history = grants
    cut = prepare(case_type, history).cuts[0]
    late = set(history.facts.case_ids[history.arrivals >= cut])
    events = history.events.copy()
    turned = events["case_id"].isin(late) & (events["activity"] == "decide")
    arrival = events.groupby("case_id")["timestamp"].transform("min")
    took = events["timestamp"] - arrival
    events.loc[turned, "timestamp"] = (arrival + (np.timedelta64(22, "D") - took))[turned]
    one, two = (prepare(case_type, h) for h in (history, replace(history, events=events)))
    assert not np.array_equal(one.labels.is_complex, two.labels.is_complex)
    first, second = learn(one, seed=0), learn(two, seed=0)
    assert first.features == second.features
    assert first.out_of_fold.tobytes() == second.out_of_fold.tobytes()
    assert first.left_out == second.left_out


def test_reviewed_drafts_count_as_many_and_drafted_cases_as_none(grants: Grants) -> None:
    case_type, history = grants
    sampling = np.ones(len(history))
    sampling[::10], sampling[1::10] = np.nan, 0.1
    trained = train(case_type, replace(history, sampling=sampling), promise=PROMISE)
    assert trained.report.cases_labelled == 1350
    assert trained.report.cases == 1500


@pytest.mark.parametrize("n_cases", [25, 50, 120])
def test_few_cases_give_a_model_that_proves_nothing(simulate: Simulate, n_cases: int) -> None:
    trained = train(*simulate(n_cases, days=300), promise=PROMISE)
    assert trained.guarantee.threshold is None
    assert trained.report.guarantee.reason
    scores = scores_of(trained, simulate(n_cases, days=300))
    assert scores.adds_up.all()
    assert ((scores.complexity > 0) & (scores.complexity < 1)).all()


def test_cases_that_all_arrived_at_once_are_learnt_from_and_that_is_said(simulate: Simulate) -> None:
    trained = train(*simulate(300, days=0.0), promise=PROMISE)
    assert trained.guarantee.threshold is None
    assert trained.report.auc is None
    assert any("same moment" in note for note in trained.report.notes)


def test_too_few_labelled_cases_are_an_error_that_says_how_many(grants: Grants) -> None:
    case_type, history = grants
    with pytest.raises(InputError, match=r"only 12 of 12 cases of 'grant' .* 20 are needed"):
        train(case_type, first_cases(history, 12), promise=PROMISE)


def test_one_kind_of_case_is_an_error_that_says_what_to_change(
    grants: Grants, grant_type: Callable[..., CaseType]
) -> None:
    never = grant_type(complexity={"within_days": 30, "any": [{"days": {"above": 29}}]})
    with pytest.raises(InputError, match="are simple, so there is nothing to tell apart; lower the thresholds"):
        train(never, grants[1], promise=PROMISE)
    always = grant_type(complexity={"within_days": 30, "any": [{"days": {"at_least": 0}}]})
    with pytest.raises(InputError, match="are complex, so there is nothing to tell apart; raise the thresholds"):
        train(always, grants[1], promise=PROMISE)


def test_nothing_to_learn_from_is_an_error_that_names_why(
    grants: Grants, grant_type: Callable[..., CaseType]
) -> None:
    hidden = {name: {"protected": True} for name in ("amount", "channel", "office", "debt")}
    with pytest.raises(InputError, match="no field is left to learn from: amount: protected"):
        train(grant_type(**hidden), grants[1], promise=PROMISE)


def test_a_heavy_type_gets_no_score(grants: Grants, grant_type: Callable[..., CaseType]) -> None:
    with pytest.raises(RefusedError, match="'grant' is heavy"):
        train(grant_type(weight="heavy"), grants[1], promise=PROMISE)


@pytest.mark.logs
def test_a_log_whose_effort_is_chance_is_not_drafted(real_model: Callable[[str], TrainedComplexity]) -> None:
    """Without its protected columns fair_renting says nothing about effort."""
    report = real_model("fair_renting").report
    assert report.guarantee.threshold is None
    assert report.auc is not None
    assert 0.47 <= report.auc <= 0.53
    assert set(report.features) == {"years_of_education"}


@pytest.mark.logs
def test_hospital_billing_keeps_its_promise_on_the_untouched_fifth(
    real_model: Callable[[str], TrainedComplexity],
) -> None:
    report = real_model("hospital_billing").report
    assert report.auc is not None
    assert report.auc >= 0.8
    assert report.guarantee.threshold is not None
    assert 0.3 <= report.guarantee.simple_share <= 0.5
    assert report.guarantee.simple_share_worked < report.guarantee.simple_share
    assert (report.guarantee.holdout_complex_share or 0.0) <= 0.05


@pytest.mark.logs
@pytest.mark.parametrize("name", ["receipt", "traffic_fines"])
def test_where_nothing_can_be_proved_the_reason_is_said(
    real_model: Callable[[str], TrainedComplexity], name: str
) -> None:
    guarantee = real_model(name).report.guarantee
    assert guarantee.threshold is None
    assert guarantee.reason
    assert guarantee.simple_share == 0.0

"""Small cautious trees rank cases as well as the usual rivals do on the same features, judged on later cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd
import pytest
from lightgbm import LGBMClassifier
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from config.case_type import CaseType
from engine.boosting import LabelledCases, grow, one_thread
from engine.encoding import encode
from engine.feature import Feature
from engine.history import History
from engine.material import Material, prepare
from engine.measures import auc
from engine.splits import rolling_windows
from engine.tuning import choose_settings, known_before

SPLITS = 5
Rival = Callable[[np.ndarray, np.ndarray, np.ndarray, tuple[Feature, ...]], np.ndarray]


def default_boosting(X: np.ndarray, y: np.ndarray, later: np.ndarray, _: tuple[Feature, ...]) -> np.ndarray:
    return HistGradientBoostingClassifier(random_state=0).fit(X, y).decision_function(later)


def random_forest(X: np.ndarray, y: np.ndarray, later: np.ndarray, _: tuple[Feature, ...]) -> np.ndarray:
    forest = RandomForestClassifier(300, min_samples_leaf=5, random_state=0, n_jobs=1)
    return forest.fit(np.nan_to_num(X, nan=-1e6), y).predict_proba(np.nan_to_num(later, nan=-1e6))[:, 1]


def one_hot_logistic(X: np.ndarray, y: np.ndarray, later: np.ndarray, features: tuple[Feature, ...]) -> np.ndarray:
    words = [position for position, feature in enumerate(features) if feature.levels]
    values = [position for position, feature in enumerate(features) if not feature.levels]
    model = make_pipeline(
        make_column_transformer(
            (OneHotEncoder(handle_unknown="ignore"), words),
            (make_pipeline(SimpleImputer(), StandardScaler()), values),
        ),
        LogisticRegression(max_iter=5000),
    )
    return model.fit(X, y).decision_function(later)


def light_gbm(X: np.ndarray, y: np.ndarray, later: np.ndarray, features: tuple[Feature, ...]) -> np.ndarray:
    def table(inputs: np.ndarray) -> pd.DataFrame:
        columns = {}
        for position, feature in enumerate(features):
            values = pd.Series(inputs[:, position])
            if feature.levels:
                codes = range(len(feature.levels) + 1)
                values = pd.Series(pd.Categorical(values.floordiv(1), categories=[float(code) for code in codes]))
            columns[f"f{position}"] = values
        return pd.DataFrame(columns)

    model = LGBMClassifier(random_state=0, n_jobs=1, verbose=-1).fit(table(X), y)
    return np.asarray(model.predict_proba(table(later)))[:, 1]


RIVALS: dict[str, Rival] = {
    "default boosting": default_boosting,
    "random forest": random_forest,
    "one-hot logistic": one_hot_logistic,
    "LightGBM": light_gbm,
}


def rolling_splits(material: Material) -> Iterable[tuple[LabelledCases, LabelledCases]]:
    cases = material.labelled(np.flatnonzero(material.labels.known))
    for earlier, later in rolling_windows(len(cases), SPLITS):
        judged = cases.take(later)
        yield known_before(cases.take(earlier), judged.arrivals[0], material.horizon), judged


def shortfall(material: Material, rivals: dict[str, Rival]) -> dict[str, tuple[float, float]]:
    """For each rival: its mean AUC minus ours over the splits, and what may be missing at most."""
    gaps: dict[str, list[float]] = {name: [] for name in rivals}
    for past, judged in rolling_splits(material):
        settings = choose_settings(past, material.names, material.horizon, seed=0)
        grown = grow(past, material.names, settings, seed=0)
        ours = auc(grown.raw(judged), judged.is_complex)
        X, later = (encode(grown.features, cases.visible, cases.arrivals) for cases in (past, judged))
        for name, rival in rivals.items():
            with one_thread():
                theirs = auc(np.round(rival(X, past.is_complex, later, grown.features), 12), judged.is_complex)
            assert ours is not None
            assert theirs is not None
            gaps[name].append(theirs - ours)
    return {
        name: (float(np.mean(gap)), max(0.01, 2 * float(np.std(gap, ddof=1)) / np.sqrt(len(gap))))
        for name, gap in gaps.items()
    }


@pytest.mark.long
@pytest.mark.logs
def test_trees_rank_like_a_one_hot_logistic_regression(
    real_cases: Callable[[str], tuple[CaseType, History]],
) -> None:
    gaps = shortfall(prepare(*real_cases("hospital_billing")), {"one-hot logistic": one_hot_logistic})
    missing, allowed = gaps["one-hot logistic"]
    assert missing <= allowed


@pytest.mark.long
@pytest.mark.logs
@pytest.mark.parametrize("name", ["receipt", "hospital_billing", "traffic_fines", "fair_renting"])
def test_trees_rank_like_the_best_rival(real_cases: Callable[[str], tuple[CaseType, History]], name: str) -> None:
    gaps = shortfall(prepare(*real_cases(name)), RIVALS)
    best = max(gaps, key=lambda rival: gaps[rival][0])
    missing, allowed = gaps[best]
    assert missing <= allowed, f"{best}: {gaps}"

"""The invented world of the benchmarks: a case type of 40 fields, its cases, and 150 trees of 8 leaves."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np

from config.case_type import CaseType, read_case_type
from config.columns import Column, Frame
from config.routing_rules import read_rules
from engine.boosting import LabelledCases, TreeSettings, grow
from engine.calibration import calibrate
from engine.contributions.exact import exact_contributions
from engine.guarantee import GroupResult, Guarantee, Promise
from engine.novelty import learn_novelty
from engine.trained import TrainedComplexity
from engine.training_report import GuaranteeFigures, TrainingReport
from routing.assessed import Versions
from routing.relay import Cases, Standard

KEY = "bench"
NUMBERS, CATEGORIES, BOOLEANS = 28, 9, 3
WORDS = ("desk", "fax", "letter", "mail", "phone", "web")
TRAINING_CASES = 20_000
TREES = 150

RULES = """
teams: {intake: {}, senior: {}, archive: {}}
always_caseworker:
  - {name: Unlike anything seen, when: {novel: {is_true: true}}}
routes:
  - {name: Early contact, when: {complexity: {at_least: 0.8}}, to: caseworker, team: senior, priority: high}
  - {name: Large sums, when: {number_0: {above: 1.5}, number_1: {above: 1.0}}, to: caseworker, team: senior}
  - {name: By letter, when: {word_0: {in: [letter, fax]}}, to: caseworker, team: archive}
  - {name: Simple, when: {complexity: {below: 0.3}}, to: draft}
default: {to: caseworker, team: intake}
"""


@cache
def case_type() -> CaseType:
    """Forty fields in three types, no criteria: what the machine may draft is a letter without an outcome."""
    names = [f"number_{i}: {{type: number, " for i in range(NUMBERS)]
    names += [f"word_{i}: {{type: category, values: [{', '.join(WORDS)}], " for i in range(CATEGORIES)]
    names += [f"truth_{i}: {{type: boolean, " for i in range(BOOLEANS)]
    fields = "\n".join(f"  {name}label: {{da: felt, en: field}}}}" for name in names)
    text = (
        "name: {da: Måling, en: Measuring}\nlegal_basis: Loven § 1\nweight: light\n"
        f"fields:\n{fields}\ncomplexity: {{within_days: 30, any: [{{rework: {{at_least: 1}}}}]}}\n"
    )
    return read_case_type(text, name=KEY, file=f"{KEY}.yaml")


def cases(n: int, seed: int) -> Cases:
    """`n` cases with gaps in every field, an hour or so apart."""
    random = np.random.default_rng(seed)
    columns = {}
    for name, field in case_type().fields.items():
        is_missing = random.random(n) < 0.05
        if field.type == "category":
            codes = random.integers(0, len(WORDS), n).astype(np.int32)
            columns[name] = Column("category", np.where(is_missing, -1, codes).astype(np.int32), WORDS)
        else:
            values = random.normal(size=n).round(3) if field.type == "number" else random.integers(0, 2, n) * 1.0
            columns[name] = Column(field.type, np.where(is_missing, np.nan, values))
    ids = np.array([f"C-{number:08d}" for number in range(n)], dtype=object)
    hours = np.arange(n).astype("timedelta64[m]")
    return Cases(Frame(ids, columns), np.datetime64("2020-01-01T08:00:00", "us") + hours)


@cache
def trained() -> TrainedComplexity:
    """150 trees of 8 leaves on all 40 features, learnt from labels that hang together with most of them."""
    known = cases(TRAINING_CASES, seed=1)
    random = np.random.default_rng(2)
    signal = np.zeros(len(known))
    for column in known.facts.columns.values():
        signal += random.normal() * np.nan_to_num(column.values.astype(np.float64))
    first, second = (np.nan_to_num(known.facts.columns[f"number_{i}"].values) for i in (0, 1))
    signal += 2.0 * first * second
    is_complex = signal + random.normal(size=len(known)) * signal.std() > np.quantile(signal, 0.6)
    labelled = LabelledCases(known.facts, known.arrivals, is_complex, np.ones(len(known)))
    names = list(case_type().fields)
    settings = TreeSettings(trees=TREES, leaf_cases=20, l2=1.0)
    grown = grow(labelled, names, settings, seed=0)
    if grown.classifier is None or len(grown.features) != NUMBERS + CATEGORIES + BOOLEANS:
        raise RuntimeError("the invented world has lost a feature")
    raw = grown.raw(labelled)
    figures = GuaranteeFigures(0.05, 0.95, "could_draft", None, None, 0.0, 0.0, 0, None, {})
    return TrainedComplexity(
        case_type=KEY,
        features=grown.features,
        classifier=grown.classifier,
        tables=exact_contributions(grown.classifier),
        calibrator=calibrate(raw, is_complex, labelled.weight),
        novelty=learn_novelty(labelled, grown.features),
        settings=settings,
        seed=0,
        cuts=(known.arrivals[-2], known.arrivals[-1]),
        guarantee=guarantee(float(np.quantile(raw, 0.3))),
        report=TrainingReport(
            KEY, len(known), len(known), float(is_complex.mean()), (), 30.0, tuple(names), {},
            None, None, None, None, figures, {}, 0.0, None,
        ),
    )  # fmt: skip


def guarantee(threshold: float) -> Guarantee:
    """A promise that is kept by the three tenths of safest cases."""
    return Guarantee(Promise(), "could_draft", 1, 0.025, (GroupResult((), 1000, threshold, None),), (), None)


def standard() -> Standard:
    """Everything in force, a case type that drafts."""
    rules = read_rules(RULES, file="routing.yaml", case_types={KEY: case_type()})
    return Standard(
        case_type=case_type(), rules=rules, trained=trained(), guarantee=trained().guarantee, phase="drafting",
        blind_share=0.05, draw_key=bytes(32), today=date(2026, 1, 1), versions=Versions(1, 1, "1"),
    )  # fmt: skip


def inputs(n: int, seed: int) -> np.ndarray:
    """The model's input (n, 40) of fresh cases."""
    fresh = cases(n, seed)
    return trained().inputs(fresh.facts, fresh.arrivals)

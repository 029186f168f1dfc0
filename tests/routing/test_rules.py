"""First match over a frame equals reading the rules by hand, one case and one rule after the other."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from config.columns import Column, Frame
from config.conditions import parse_condition
from config.evaluation import Evaluation
from config.routing_rules import FloorRule, Route
from routing.floor import first_floor
from routing.rule_overlap import covers, is_impossible
from routing.rules import NO_RULE, first_true, takers

numbers = st.sampled_from([1, 2, 3])
words = st.sampled_from(["x", "y"])
leaves = st.one_of(
    st.tuples(st.sampled_from(["at_least", "at_most", "above", "below", "equals"]), numbers).map(
        lambda pair: {"age": {pair[0]: pair[1]}}
    ),
    st.tuples(numbers, numbers).map(lambda pair: {"age": {"between": [min(pair), max(pair)]}}),
    words.map(lambda word: {"channel": {"equals": word}}),
    st.lists(words, min_size=1, max_size=2, unique=True).map(lambda chosen: {"channel": {"in": chosen}}),
    st.booleans().map(lambda value: {"channel": {"is_missing": value}}),
    st.booleans().map(lambda value: {"age": {"is_missing": value}}),
    st.booleans().map(lambda value: {"single": {"is_true": value}}),
)
conjunctions = st.lists(leaves, min_size=1, max_size=3).map(lambda parts: {"all": parts})
conditions = st.recursive(
    leaves,
    lambda inner: st.tuples(st.sampled_from(["all", "any", "none"]), st.lists(inner, min_size=1, max_size=3)).map(
        lambda pair: {pair[0]: pair[1]}
    ),
    max_leaves=6,
)


def every_case() -> Frame:
    """Each combination of a few values, missing and hidden ones included."""
    ages = [np.nan, 0.0, 1.0, 1.5, 2.0, 3.0, 4.0]
    rows = [(age, word, single, hide) for age in ages for word in (-1, 0, 1) for single in (np.nan, 0.0, 1.0)
            for hide in (False, True)]  # fmt: skip
    age, word, single, hide = (np.array(column) for column in zip(*rows, strict=True))
    hidden = hide.astype(np.bool_)
    return Frame(
        np.arange(len(rows)).astype(object),
        {
            "age": Column("number", age.astype(np.float64), hidden=hidden),
            "channel": Column("category", word.astype(np.int32), ("x", "y")),
            "single": Column("boolean", single.astype(np.float64), hidden=hidden),
        },
    )


CASES = every_case()


def routes_of(raw: list[tuple[dict[str, object], str]]) -> list[Route]:
    return [Route(name=f"r{n}", when=when, to=to) for n, (when, to) in enumerate(raw)]


@given(st.lists(st.tuples(conditions, st.sampled_from(["draft", "caseworker"])), max_size=5))
def test_the_first_route_that_surely_holds_takes_each_case(raw: list[tuple[dict[str, object], str]]) -> None:
    routes = routes_of(raw)
    matched, among_people = takers(routes, Evaluation(CASES))
    for row in range(0, len(CASES), 5):
        alone = CASES.take(np.array([row]))
        holding = [n for n, route in enumerate(routes) if route.when.evaluate(alone).true[0]]
        assert matched[row] == next(iter(holding), NO_RULE)
        people = [n for n in holding if routes[n].to == "caseworker"]
        assert among_people[row] == next(iter(people), NO_RULE)


@given(st.lists(conditions, max_size=4))
def test_the_floor_takes_what_holds_and_what_cannot_be_told(raw: list[dict[str, object]]) -> None:
    floor = [FloorRule(name=f"f{n}", when=when) for n, when in enumerate(raw)]
    found = first_floor(floor, Evaluation(CASES))
    for row in range(0, len(CASES), 5):
        alone = CASES.take(np.array([row]))
        taking = [n for n, rule in enumerate(floor) if not rule.when.evaluate(alone).false[0]]
        assert found[row] == next(iter(taking), NO_RULE)


@given(conjunctions, conjunctions)
def test_a_rule_is_called_covered_only_where_no_case_is_left_to_it(
    earlier: dict[str, object], later: dict[str, object]
) -> None:
    first, second = parse_condition(earlier), parse_condition(later)
    if covers(first, second):
        surely = second.evaluate(CASES)
        assert not (surely.true & ~first.evaluate(CASES).true).any()
        assert not (surely.possible & ~first.evaluate(CASES).possible).any()


@given(conjunctions)
def test_a_rule_is_called_impossible_only_where_no_case_matches(raw: dict[str, object]) -> None:
    condition = parse_condition(raw)
    if is_impossible(condition):
        assert not condition.evaluate(CASES).true.any()


def test_without_rules_no_rule_matches() -> None:
    assert first_true([], 2).tolist() == [NO_RULE, NO_RULE]

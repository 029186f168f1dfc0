"""Contradictions: of how many facts the application says otherwise, and nothing of what is kept from the model."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.case_type import CaseType
from config.columns import Column, Frame, coded, numbers
from engine.masking import visible_to_model
from engine.typed_facts import facts_as_json, frame_from_json
from routing.built_in import contradictions, with_every_declared_field

IDS = np.array(["a", "b", "c", "d"], dtype=object)


def counted(
    case_type: CaseType, facts: dict[str, Column], stated: dict[str, Column] | None, **consents: int
) -> list:
    """The numbers of four cases, None where UNKNOWN."""
    given_by = {name: np.full(4, answer, dtype=np.int8) for name, answer in consents.items()}
    whole = with_every_declared_field(Frame(IDS, facts), case_type)
    visible = visible_to_model(whole, case_type, given_by)
    found = contradictions(visible, None if stated is None else Frame(IDS, stated), case_type)
    return [None if np.isnan(number) else int(number) for number in found]


def test_what_the_application_says_otherwise_is_counted(grant: CaseType) -> None:
    facts = {
        "income": numbers("number", [100, 100, 100, None]),
        "channel": coded("category", ["web", "web", "post", "web"]),
        "single": numbers("boolean", [True, False, None, True]),
    }
    stated = {
        "income": numbers("number", [100, 99.5, 99.5, 100]),
        "channel": coded("category", ["web", "desk", None, None]),
        "single": numbers("boolean", [True, True, None, None]),
    }
    assert counted(grant, facts, stated) == [0, 3, 1, 0]


def test_where_nothing_was_stated_the_number_is_unknown(grant: CaseType) -> None:
    facts = {"income": numbers("number", [1, 2, 3, 4])}
    assert counted(grant, facts, None) == [None] * 4
    assert counted(grant, facts, {"income": numbers("number", [1, None, 4, None])}) == [0, None, 1, None]


def test_words_are_compared_and_not_their_codes(grant: CaseType) -> None:
    facts = {"channel": coded("category", ["post", "post", "web", "web"])}
    stated = {"channel": coded("category", ["post", "web", "web", "fax"])}
    assert counted(grant, facts, stated) == [0, 1, 0, 1]


@pytest.mark.parametrize("name", ["sickness", "origin", "citizen_age", "savings"])
def test_a_field_that_is_hidden_or_protected_says_nothing_either_way(grant: CaseType, name: str) -> None:
    kind = grant.fields[name].type
    if kind == "category":
        differing = coded("category", ["a", "a", "b", "x"]), coded("category", ["b", "a", None, "y"])
    else:
        differing = numbers(kind, [1, 2, 3, None]), numbers(kind, [2, 2, None, 4])
    assert counted(grant, {name: differing[0]}, {name: differing[1]}) == [None] * 4


def test_a_field_that_the_citizen_shows_is_compared_and_a_refused_one_is_not(grant: CaseType) -> None:
    facts, stated = {"debt": numbers("number", [1] * 4)}, {"debt": numbers("number", [2] * 4)}
    assert counted(grant, facts, stated) == [1] * 4
    assert counted(grant, facts, stated, debt=1) == [1] * 4
    assert counted(grant, facts, stated, debt=0) == [None] * 4


optional = st.none() | st.sampled_from([0.0, 1.0, 2.5])
four = st.lists(optional, min_size=4, max_size=4)


@given(
    facts=four, stated=four, words=st.lists(st.sampled_from([None, "desk", "post", "web"]), min_size=8, max_size=8)
)
def test_stored_and_read_again_the_number_is_the_same(
    grant: CaseType, facts: list[float | None], stated: list[float | None], words: list[str | None]
) -> None:
    known = {"income": numbers("number", facts), "channel": coded("category", words[:4])}
    said = {"income": numbers("number", stated), "channel": coded("category", words[4:])}
    back = [frame_from_json(IDS, facts_as_json(Frame(IDS, columns)), grant).columns for columns in (known, said)]
    assert counted(grant, dict(back[0]), dict(back[1])) == counted(grant, known, said)
    assert counted(grant, known, said) == [
        None
        if stated[row] is None and words[4 + row] is None
        else sum(
            fact is not None and told is not None and fact != told
            for fact, told in ((facts[row], stated[row]), (words[row], words[4 + row]))
        )
        for row in range(4)
    ]


answers = st.lists(st.sampled_from([-1, 0, 1]), min_size=4, max_size=4)
KEPT: dict[str, list[Any]] = {
    "debt": [None, 0.0, 1.0, 2.5],
    "savings": [None, 0.0, 1.0, 2.5],
    "sickness": [None, "a", "b"],
    "origin": [None, "x", "y"],
    "citizen_age": [None, 17.0, 70.0],
}
"""Fields that law or citizen keep from the model, or that are protected, with some values."""
kept_values = st.fixed_dictionaries(
    {name: st.lists(st.sampled_from(values), min_size=4, max_size=4) for name, values in KEPT.items()}
)


@given(
    one=kept_values, other=kept_values, stated=kept_values, other_stated=kept_values,
    debt=answers, savings=answers, income=four, income_stated=four,
)  # fmt: skip
def test_no_value_kept_from_the_model_moves_the_number_whatever_register_or_application_say(
    grant: CaseType,
    one: dict[str, list[Any]],
    other: dict[str, list[Any]],
    stated: dict[str, list[Any]],
    other_stated: dict[str, list[Any]],
    debt: list[int],
    savings: list[int],
    income: list[float | None],
    income_stated: list[float | None],
) -> None:
    """Promise 3: what is protected, hidden by law or refused counts neither as stated nor as differing."""
    is_hidden = {"debt": [answer == 0 for answer in debt], "savings": [answer != 1 for answer in savings]}

    def otherwise(values: dict[str, list[Any]], others: dict[str, list[Any]]) -> dict[str, list[Any]]:
        """Another value wherever the value is kept from the model, the same elsewhere."""
        return {
            name: [
                new if hidden else old
                for old, new, hidden in zip(
                    values[name], others[name], is_hidden.get(name, [True] * 4), strict=True
                )
            ]
            for name in values
        }

    def count(facts: dict[str, list[Any]], said: dict[str, list[Any]]) -> list[int | None]:
        known, told = (
            {name: columns_of(grant, name, values) for name, values in given.items()}
            | {"income": numbers("number", shown)}
            for given, shown in ((facts, income), (said, income_stated))
        )
        consents = {"debt": np.array(debt, np.int8), "savings": np.array(savings, np.int8)}
        whole = with_every_declared_field(Frame(IDS, known), grant)
        found = contradictions(visible_to_model(whole, grant, consents), Frame(IDS, told), grant)
        return [None if np.isnan(number) else int(number) for number in found]

    assert count(otherwise(one, other), otherwise(stated, other_stated)) == count(one, stated)


def columns_of(grant: CaseType, name: str, values: list[Any]) -> Column:
    kind = grant.fields[name].type
    return coded(kind, values) if kind == "category" else numbers(kind, values)

"""Contradictions: of how many facts the application says otherwise, and nothing of what is kept from the model."""

from __future__ import annotations

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

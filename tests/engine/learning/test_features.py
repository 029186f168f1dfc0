"""A feature is declared, unprotected and no free text; it is encoded the same for one case and a million."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.case_type import CaseType
from config.columns import Column, Frame, coded, numbers
from config.errors import InputError
from engine.encoding import UNSEEN_STEP, days_since_1970, encode
from engine.feature import Feature
from engine.features import MANY_LEVELS, candidate_fields, learn_features
from engine.left_out import RARE_BELOW_CASES

NOWHEN = np.array([], dtype="datetime64[us]")


def learnt(**columns: Column) -> tuple[dict[str, Feature], dict[str, str]]:
    n_cases = len(next(iter(columns.values())))
    frame = Frame(np.arange(n_cases).astype(object), columns)
    features, left_out = learn_features(list(columns), frame, np.zeros(n_cases))
    return {feature.field: feature for feature in features}, left_out


def words(*counted: tuple[str | None, int]) -> Column:
    return coded("category", [word for word, count in counted for _ in range(count)])


@settings(max_examples=40, deadline=None)
@given(
    protected=st.sets(st.sampled_from(["amount", "channel", "office", "debt"])),
    never=st.sets(st.sampled_from(["amount", "channel", "office", "debt"])),
)
def test_protected_hidden_and_text_fields_are_never_candidates(
    grant_type: Callable[..., CaseType], protected: set[str], never: set[str]
) -> None:
    changes = {
        name: {"protected": name in protected, "model_use": "never" if name in never else "always"}
        for name in ("amount", "channel", "office", "debt")
    }
    case_type = grant_type(**changes)
    candidates, left_out = candidate_fields(case_type)
    assert set(candidates) == {"amount", "channel", "office", "debt"} - protected - never
    assert set(candidates) | set(left_out) == set(case_type.fields)
    assert {"age", "note"} <= set(left_out)


def test_a_rare_word_an_unseen_one_and_a_missing_one_are_told_apart() -> None:
    feature = learnt(channel=words(("desk", 30), ("post", 20), ("fax", 3), (None, 2)))[0]["channel"]
    assert feature.levels == ("desk", "post")
    assert feature.rare_levels == ("fax",)
    frame = Frame(np.arange(4).astype(object), {"channel": coded("category", ["post", "fax", "smoke", None])})
    inputs = encode([feature], frame, np.zeros(4, dtype="datetime64[us]"))[:, 0]
    assert inputs[:3].tolist() == [1.0, 2.0, 2.0 + UNSEEN_STEP]
    assert np.isnan(inputs[3])


def test_a_field_with_many_words_takes_an_unseen_one_as_rare() -> None:
    many = words(*((f"w{number:02d}", 12) for number in range(MANY_LEVELS)), ("seldom", 1))
    feature = learnt(diagnosis=many)[0]["diagnosis"]
    assert feature.many_levels
    assert feature.rare_levels == ()
    frame = Frame(np.arange(1).astype(object), {"diagnosis": coded("category", ["never heard of"])})
    assert encode([feature], frame, np.zeros(1, dtype="datetime64[us]"))[0, 0] == feature.rare_code


def test_codes_do_not_depend_on_the_order_of_cases_or_of_levels() -> None:
    one = words(("desk", 30), ("post", 30), ("web", 40))
    turned = Column("category", (2 - one.values).astype(np.int32)[::-1].copy(), one.levels[::-1])
    assert learnt(channel=one)[0] == learnt(channel=turned)[0]


def test_the_usual_value_is_the_median_or_the_commonest_word() -> None:
    features, _ = learnt(
        amount=numbers("number", [*range(1, 12), *[None] * 9]),
        channel=words(("desk", 12), ("post", 8)),
        single=numbers("boolean", [*[True] * 15, *[None] * 5]),
    )
    assert features["amount"].usual == 6.0
    assert features["amount"].usual_share is None
    assert (features["channel"].usual, features["channel"].usual_share) == ("desk", 0.6)
    assert (features["single"].usual, features["single"].usual_share) == (1.0, 0.75)


def test_a_field_without_values_or_with_rare_words_alone_is_left_out_and_named() -> None:
    scattered = words(*((f"w{number}", RARE_BELOW_CASES - 1) for number in range(4)))
    empty = numbers("number", [None] * len(scattered))
    hidden = numbers("number", [1.0] * len(scattered)).hide(np.ones(len(scattered), dtype=bool))
    features, left_out = learnt(scattered=scattered, empty=empty, hidden=hidden)
    assert features == {}
    assert set(left_out) == {"scattered", "empty", "hidden"}


def test_a_date_enters_as_days_from_arrival() -> None:
    arrivals = np.array(["2024-03-01T12:00", "2024-03-05"], dtype="datetime64[us]")
    dates = Column("date", days_since_1970(np.array(["2024-03-03T12:00", "NaT"], dtype="datetime64[us]")))
    inputs = encode([Feature("due", "date")], Frame(np.arange(2).astype(object), {"due": dates}), arrivals)
    assert inputs[0, 0] == 2.0
    assert np.isnan(inputs[1, 0])


def test_a_field_whose_type_has_changed_asks_for_training_again() -> None:
    frame = Frame(np.arange(1).astype(object), {"amount": coded("category", ["much"])})
    with pytest.raises(InputError, match="'amount' is now of type category"):
        encode([Feature("amount", "number")], frame, np.zeros(1, dtype="datetime64[us]"))


def test_a_field_that_a_file_lacks_is_missing_throughout() -> None:
    inputs = encode([Feature("amount", "number")], Frame(np.arange(2).astype(object)), NOWHEN)
    assert np.isnan(inputs).all()


@settings(max_examples=50, deadline=None)
@given(
    rows=st.lists(st.tuples(st.sampled_from(["a", "b", "c", None]), st.none() | st.floats(width=64)), min_size=1)
)
def test_one_case_and_many_are_encoded_to_the_same_bits(rows: Sequence[tuple[str | None, float | None]]) -> None:
    features = (Feature("word", "category", levels=("b", "a")), Feature("number", "number"), Feature("on", "date"))
    n_cases = len(rows)
    arrivals = np.datetime64("2024-01-01", "us") + np.arange(n_cases) * np.timedelta64(12_345_678_901, "us")
    given_numbers = numbers("number", [number for _, number in rows])
    frame = Frame(
        np.arange(n_cases).astype(object),
        {
            "word": coded("category", [word for word, _ in rows]),
            "number": given_numbers,
            "on": Column("date", np.abs(given_numbers.values)),
        },
    )
    together = encode(features, frame, arrivals)
    for row in range(n_cases):
        alone = encode(features, frame.take(slice(row, row + 1)), arrivals[row : row + 1])
        assert alone.tobytes() == together[row : row + 1].tobytes()

"""Every YAML file is read by one mechanism: values with places, and one sentence for what cannot be read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import InputError
from config.yaml_nodes import MAX_ALIASES
from config.yaml_source import MAX_BYTES, Located, read_yaml


def _error(source: str | bytes) -> str:
    with pytest.raises(InputError) as raised:
        read_yaml(source, "f.yaml")
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_words_that_old_yaml_took_for_booleans_are_words() -> None:
    located = read_yaml("a: no\nb: on\nc: yes\nd: NO\ne: True", "f.yaml")
    assert located.value == {"a": "no", "b": "on", "c": "yes", "d": "NO", "e": "True"}


def test_numbers_are_exact_and_codes_with_leading_zeros_stay_words() -> None:
    located = read_yaml("a: 12\nb: 0.10\nc: 007\nd: -3\ne: 1e3\nf: 1_000", "f.yaml")
    assert located.value == {"a": 12, "b": Decimal("0.10"), "c": "007", "d": -3, "e": "1e3", "f": "1_000"}


def test_dates_and_nothing_are_read_as_such_and_quotes_make_words() -> None:
    located = read_yaml("a: 2024-02-29\nb: '2024-02-29'\nc:\nd: null\ne: 'null'\nf: ~", "f.yaml")
    assert located.value == {
        "a": date(2024, 2, 29),
        "b": "2024-02-29",
        "c": None,
        "d": None,
        "e": "null",
        "f": None,
    }


def test_every_value_and_key_has_its_place() -> None:
    located = read_yaml("a:\n  - {b: 1, c: 2}\n", "f.yaml")
    assert str(located.place(("a", 0, "c"))) == "f.yaml:2:15"
    assert str(located.place(("a", 0, "c"), of="key")) == "f.yaml:2:12"
    assert str(located.place(("a", 7, "x"))) == "f.yaml:2:3"


def test_a_part_keeps_its_places_in_the_whole_file() -> None:
    part = read_yaml("x: 1\na:\n  b: {c: 2}\n", "f.yaml").below("a", "b")
    assert part.value == {"c": 2}
    assert str(part.place(("c",))) == "f.yaml:3:10"


@pytest.mark.parametrize("source", ["", "\n\n", "# only a comment\n", "---\n...\n", b""])
def test_an_empty_file_is_named_as_such(source: str | bytes) -> None:
    assert "empty" in _error(source) or "single value" in _error(source)


@pytest.mark.parametrize(("source", "kind"), [("- a\n- b", "list"), ("word", "single value")])
def test_the_top_must_be_a_mapping(source: str, kind: str) -> None:
    assert kind in _error(source)


def test_a_key_given_twice_names_both_lines() -> None:
    message = _error("a: 1\nb: 2\na: 3\n")
    assert message.startswith("f.yaml:3:1:")
    assert "line 1" in message
    assert "line 3" in message


def test_a_tab_is_named_with_its_line() -> None:
    assert _error("a:\n\tb: 1\n").startswith("f.yaml:2:1: a tab")


def test_bytes_that_are_not_utf_8_name_line_and_byte() -> None:
    message = _error("a: 1\nb: sk\xe6g\n".encode("latin-1"))
    assert message.startswith("f.yaml:2:6:")
    assert "0xe6" in message
    assert "UTF-8" in message


def test_a_file_over_the_limit_is_not_read() -> None:
    assert "larger than 1 MB" in _error("a: " + "x" * MAX_BYTES)


@pytest.mark.parametrize("opening", ["[", "{a: "])
def test_deep_nesting_is_refused_where_it_begins(opening: str) -> None:
    assert "levels" in _error("a: " + opening * 5000)


def test_aliases_that_multiply_are_refused_before_they_do() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for level in range(1, 9):
        inner = ", ".join([f"*a{level - 1}"] * 5)
        lines.append(f"a{level}: &a{level} [{inner}]")
    assert "more than 100000 values" in _error("\n".join(lines))


def test_more_than_a_few_aliases_are_refused() -> None:
    assert "aliases" in _error("a: &a 1\nb: [" + ", ".join(["*a"] * (MAX_ALIASES + 1)) + "]")


def test_an_alias_may_share_a_block() -> None:
    located = read_yaml("a: &a {x: 1}\nb: *a\n", "f.yaml")
    assert located.value == {"a": {"x": 1}, "b": {"x": 1}}


def test_an_alias_to_itself_or_to_nothing_is_refused() -> None:
    assert "contains it" in _error("a: &a [*a]")
    assert "refers to nothing" in _error("a: *b")


@pytest.mark.parametrize("source", ["a: !!python/object/apply:os.system [ls]", "a: !secret x", "!!map {a: 1}"])
def test_tags_are_refused(source: str) -> None:
    assert "tag" in _error(source)


def test_a_second_document_is_refused_with_its_line() -> None:
    assert _error("a: 1\n---\nb: 2\n").startswith("f.yaml:2:1:")


@pytest.mark.parametrize("source", ["a: {b: 12,5}", "a: [1]\nb: {c: 0,65, d: 1}"])
def test_a_decimal_comma_in_a_mapping_is_recognised(source: str) -> None:
    assert "decimal comma" in _error(source)


@pytest.mark.parametrize("number", ["10.000", "1.234.567", "-62.500"])
def test_danish_thousands_are_not_taken_for_decimals(number: str) -> None:
    assert "two ways" in _error(f"a: {number}")


def test_three_decimals_can_be_written() -> None:
    assert read_yaml("a: 0.125\nb: 5.1250", "f.yaml").value == {"a": Decimal("0.125"), "b": Decimal("5.1250")}


def test_a_day_that_is_not_in_the_calendar_is_refused() -> None:
    assert "calendar" in _error("a: 2023-02-29")


def test_a_byte_order_mark_is_no_part_of_the_file() -> None:
    assert read_yaml("\ufeffa: 1".encode(), "f.yaml").value == {"a": 1}
    assert read_yaml("\ufeffa: 1", "f.yaml").value == {"a": 1}


def _attempt(source: str | bytes) -> Located | InputError:
    try:
        return read_yaml(source, "f.yaml")
    except InputError as error:
        return error


_yaml_like = st.text(alphabet="a:-[]{}#&*!|>'\"%@`,? \n\t12.\\x\u0085\ufeff")


@given(st.text() | _yaml_like | st.binary())
def test_anything_is_read_or_refused_with_a_place(source: str | bytes) -> None:
    found = _attempt(source)
    assert isinstance(found.value, dict) if isinstance(found, Located) else found.place is not None

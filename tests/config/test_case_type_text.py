"""What is written for a domain expert to edit is read back as the very same case type, comments and all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.case_type import CaseType, read_case_type
from config.case_type_edit import set_model_basis, set_status
from config.case_type_text import render_case_type
from config.yaml_source import read_yaml

_nasty = st.sampled_from(
    [
        "null",
        "no",
        "true",
        "12",
        "007",
        "1.5",
        "10.000",
        "2024-01-01",
        "a: b",
        "# not a comment",
        "- x",
        "{a",
        "[b]",
        "'",
        '"',
        "\\",
        "a\nb",
        "a\tb",
        " leading",
        "trailing ",
        "&a",
        "*a",
        "!x",
        "|",
        ">",
        "%",
        "@",
        "`",
        "æøåÆØÅ",
        "§ 43",
        "\u2028",
        "\x85",
        "\x7f",
        "\ufeff",
        "💡",
        "a,b",
        "?",
        "~",
        "<<",
        "=",
    ]
)
_words = _nasty | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_text = _words.filter(lambda text: bool(text.strip()))
_bilingual = st.fixed_dictionaries({"da": _words, "en": _words})
_name = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(
    lambda name: name not in ("all", "any", "none", "to", "status", "weight", "outcome", "novel", "channel")
)
_decimal = st.decimals(-(10**6), 10**6, places=3)


def _field(number: int) -> st.SearchStrategy[dict[str, Any]]:
    rest = {
        "column": st.just(f"case:column {number}"),
        "label": _bilingual,
        "meaning": st.none() | _bilingual,
        "source": st.none() | _text,
        "basis": st.none() | _text,
        "unit": st.none() | _text,
        "collected_with": st.sampled_from(["law", "consent"]),
        "model_use": st.sampled_from(["always", "unless_refused", "with_consent", "never"]),
        "protected": st.booleans(),
        "can_change": st.booleans(),
    }
    levels = st.lists(_words, min_size=1, max_size=5, unique=True)
    labelled = st.lists(_words, min_size=1, max_size=3, unique=True).flatmap(
        lambda words: st.fixed_dictionaries({
            "type": st.just("category"), "values": st.just(words), **rest,
            "value_labels": st.dictionaries(st.sampled_from(words), _bilingual),
        })
    )  # fmt: skip
    plain = st.sampled_from(["number", "integer", "boolean", "date", "text"])
    return (
        st.fixed_dictionaries({"type": plain, **rest})
        | st.fixed_dictionaries(
            {
                "type": st.just("category"),
                "values": levels,
                **rest,
            }
        )
        | labelled
    )


def _letter_text(names: list[str]) -> st.SearchStrategy[dict[str, str]]:
    """Words that hold no Jinja of their own, and perhaps a name or an `if`."""
    words = _text.filter(lambda text: not any(mark in text for mark in ("{", "}", "#", "\r")))
    parts = st.sampled_from([f"{{{{ {name} }}}}" for name in names] + ["{% if received_on %}x{% endif %}", ""])
    text = st.tuples(words, parts, words).map(" ".join)
    return st.fixed_dictionaries({"da": text, "en": text})


@st.composite
def case_types(draw: st.DrawFn) -> CaseType:
    names = draw(st.lists(_name, max_size=4, unique=True))
    measures = st.sampled_from(["events", "handlers", "rework", "days"])
    threshold = st.tuples(measures, st.sampled_from(["at_least", "above"]), st.floats(0, 500)).map(
        lambda parts: {parts[0]: {parts[1]: parts[2]}}
    )
    rule = {
        "within_days": draw(st.floats(0.01, 3000)),
        draw(st.sampled_from(["any", "all"])): draw(st.lists(threshold, min_size=1, max_size=4)),
    }
    text = _letter_text([*names, "x__limit", "citizen_first_name"])
    letter = st.fixed_dictionaries({"title": text, "result": text})
    own = st.fixed_dictionaries({"title": text, "text": text})
    kinds = st.sampled_from(["receipt", "information_request", "hearing"])
    choices = [{"when": {"citizen_age": {"below": 18}}, "value": "x__limit"}, {"value": draw(_decimal)}]
    return CaseType.model_validate(
        {
            "key": "key",
            "calculation": [{"name": "x__paid", "choose": choices, "legal_basis": draw(_text)}],
            "pays": draw(st.none() | st.just("x__paid")),
            "letters": draw(st.dictionaries(kinds, own)),
            "outcomes": {"given": {"fully_in_favour": True, "letter": draw(st.none() | letter)}},
            "name": draw(_bilingual),
            "legal_basis": draw(st.none() | _text),
            "model_basis": draw(st.none() | _text),
            "status": draw(st.sampled_from(["trial", "live"])),
            "kle": draw(st.none() | _text),
            "fields": {name: draw(_field(number)) for number, name in enumerate(names)},
            "complexity": rule,
            "amounts": {"x__limit": {"example": draw(st.booleans()), "values": {"2024-01-01": draw(_decimal)}}},
            "checklist": draw(st.lists(_bilingual, max_size=3)),
            "retention": draw(
                st.none() | st.fixed_dictionaries({"years": st.integers(1, 90), "basis": st.none() | _text})
            ),
            "untested_by_machine": draw(st.lists(_bilingual, max_size=2)),
            "deadlines": {"decide_within_days": draw(st.none() | st.integers(1, 99))},
        }
    )


@settings(max_examples=60, deadline=None)
@given(case_types(), st.dictionaries(_words, _words, max_size=3), _words)
def test_a_written_file_is_read_back_as_the_same_case_type(
    case_type: CaseType, left_out: dict[str, str], note: str
) -> None:
    notes = {"": note, "complexity": note} | dict.fromkeys(case_type.fields, note)
    text = render_case_type(case_type, left_out=left_out, notes=notes)
    assert read_case_type(text.encode(), name="key", file="key.yaml") == case_type


def test_the_contracts_example_is_written_and_read_back_whole(friplads_text: str) -> None:
    case_type = read_case_type(friplads_text, name="friplads", file="f.yaml")
    assert read_case_type(render_case_type(case_type), name="friplads", file="f.yaml") == case_type


def test_a_report_that_ends_without_a_decision_is_read_back_whole() -> None:
    text = (
        "name: {da: a, en: b}\nweight: heavy\noutcomes: {}\nassessed_as: {more: {da: Mere, en: More}}\n"
        "letters: {receipt: {title: {da: T, en: T}, text: {da: '{{ received_on }}', en: x}}}\n"
    )
    case_type = read_case_type(text, name="report", file="r.yaml")
    assert read_case_type(render_case_type(case_type), name="report", file="r.yaml") == case_type
    assert case_type.assessed_as["more"].da == "Mere"


def test_left_out_columns_and_notes_stand_as_comments(smallest_text: str) -> None:
    case_type = read_case_type(smallest_text + "fields: {sum: {type: number}}\n", name="fines", file="f.yaml")
    text = render_case_type(
        case_type, left_out={"enddate": "filled later:\nmissing in 30 %"}, notes={"sum": "seen in all cases"}
    )
    assert "  # - enddate: filled later: missing in 30 %\n" in text
    assert "  # seen in all cases\n  sum:\n" in text
    assert "    source: null\n    basis: null\n" in text


def test_every_block_has_its_words_in_both_languages(friplads_text: str) -> None:
    text = render_case_type(read_case_type(friplads_text, name="friplads", file="f.yaml"))
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if line and line[0] not in " #":
            assert lines[number - 1].startswith("# ")
    assert "# Hvad en sag kan ende med.\n# What a case can end with.\noutcomes:" in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nstatus: trial   # so far\nb: 2\n", "a: 1\nstatus: live   # so far\nb: 2\n"),
        ("a: 1\nstatus: 'trial'\n", "a: 1\nstatus: live\n"),
        ("# top\na: 1\n", "# top\nstatus: live\na: 1\n"),
        ("{a: 1}\n", "{status: live, a: 1}\n"),
        ("a: 1\r\nstatus: trial\r\n", "a: 1\r\nstatus: live\r\n"),
        ("status:\na: 1\n", "status: live\na: 1\n"),
    ],
)
def test_going_live_changes_one_word_and_no_comment(text: str, expected: str) -> None:
    assert set_status(text, "live") == expected
    assert read_yaml(set_status(text, "live"), "f.yaml").value["status"] == "live"


def test_a_whole_file_goes_live_and_back_unchanged(friplads_text: str) -> None:
    live = set_status(friplads_text, "live")
    assert read_case_type(live, name="f", file="f.yaml").status == "live"
    assert set_status(live, "trial") == friplads_text


@given(_text)
def test_a_law_for_the_model_is_written_whatever_it_holds_and_no_comment_is_lost(basis: str) -> None:
    text = "name: {da: a, en: b}\nweight: heavy\nmodel_basis: null   # ours to find\nkle: null\n"
    written = set_model_basis(text, basis, file="f.yaml")
    assert read_case_type(written, name="f", file="f.yaml").model_basis == basis
    assert "   # ours to find\n" in written
    assert set_model_basis(written, None) == text


@pytest.mark.parametrize(
    "text", ["name: {da: a, en: b}\nweight: heavy\n", "{name: {da: a, en: b}, weight: heavy}\n"]
)
def test_a_law_for_the_model_is_added_where_the_key_is_not_there(text: str) -> None:
    assert read_case_type(set_model_basis(text, "Lov 1"), name="f", file="f.yaml").model_basis == "Lov 1"


def test_dated_amounts_keep_their_days(friplads_text: str) -> None:
    case_type = read_case_type(friplads_text, name="f", file="f.yaml")
    again = read_case_type(render_case_type(case_type), name="f", file="f.yaml")
    assert sorted(again.amounts["full_subsidy_limit"].values) == [date(2024, 1, 1), date(2025, 1, 1)]

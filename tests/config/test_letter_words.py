"""Words of letters are checked where the file is read: a hole, a call or a typing mistake is one sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from config.case_type import CaseType, read_case_type
from config.errors import InputError
from config.letter_words import LetterText, names_in

OUTCOME = """\
outcomes:
  granted:
    fully_in_favour: true
    letter:
      title:  {da: Du får tilskud, en: You get a subsidy}
      result: {da: "Du får {{ income }}.", en: "You get {{ income }}."}
"""
HEAD = """\
name: {da: Tilskud, en: Subsidy}
complexity: {within_days: 6, any: [{days: {above: 3}}]}
fields: {income: {type: number}}
amounts: {limit: {values: {2024-01-01: 5}}}
calculation: [{name: rest, subtract: [limit, income]}]
"""
HEAVY = "name: {da: Underretning, en: Report}\nweight: heavy\nfields: {age: {type: integer}}\noutcomes: {}\n"
RECEIPT = 'letters: {receipt: {title: {da: Tak, en: Thanks}, text: {da: "TEXT", en: Thanks}}}\n'


def _read(text: str) -> CaseType:
    return read_case_type(text, name="subsidy", file="subsidy.yaml")


def _error(text: str) -> str:
    with pytest.raises(InputError) as raised:
        _read(text)
    message = str(raised.value)
    assert message.startswith("subsidy.yaml:")
    assert "\n" not in message
    return message


def test_facts_amounts_lines_and_words_of_every_letter_can_be_named() -> None:
    names = "{{ income }} {{ limit }} {{ rest }} {{ citizen_first_name }} {{ received_on }}"
    letter = _read(HEAD + OUTCOME.replace("{{ income }}", names)).outcomes["granted"].letter
    assert letter is not None
    assert letter.result.asks_for("da") == {"income", "limit", "rest", "citizen_first_name", "received_on"}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "Du får {{ income }}",
            "Du får {{ incom }}",
            "'{{ incom }}' is not known in this letter; did you mean 'income'?",
        ),
        ("You get {{ income }}", "You get {{ answer_by }}", "'{{ answer_by }}' is not known in this letter"),
        ("Du får {{ income }}", "Du får {{ income }", "cannot be read"),
        ("Du får {{ income }}", "Du får {% if income %}", "cannot be read"),
        ("Du får {{ income }}", "Du får {{ income.real }}", "'.real' stands in this text; only {{ name }}"),
        ("Du får {{ income }}", "Du får {{ income() }}", "a call stands in this text"),
        ("Du får {{ income }}", "Du får {{ income | upper }}", "the filter 'upper'"),
        ("Du får {{ income }}", "Du får {% for x in income %}{% endfor %}", "'for' stands in this text"),
        ("Du får {{ income }}", "Du får {% include 'x' %}", "'include' stands in this text"),
        ("Du får {{ income }}", "Du får {{ 'x' * 999999999 }}", "stands in this text"),
        ("Du får {{ income }}.", "a" * 4001, "at most 4000"),
        ("Du får {{ income }}.", " ", "write words"),
        ("result:", "resultat:", "did you mean 'result'?"),
        ("title:  {da: Du får tilskud, en: You get a subsidy}", "title: Du får tilskud", "a mapping"),
    ],
)
def test_each_mistake_in_a_letter_is_one_sentence_with_its_line(old: str, new: str, words: str) -> None:
    text = HEAD + OUTCOME
    assert old in text
    assert words in _error(text.replace(old, new, 1))


def test_the_place_is_that_of_the_language_whose_text_is_wrong() -> None:
    text = HEAD + OUTCOME.replace("You get {{ income }}", "You get {{ nothing }}")
    line = text[: text.index("{{ nothing }}")].count("\n") + 1
    column = text.splitlines()[line - 1].index('"You get') + 1
    assert _error(text).startswith(f"subsidy.yaml:{line}:{column}:")


def test_a_text_of_many_lines_says_in_which_one_it_breaks() -> None:
    assert "in its line 3" in _error(HEAVY + RECEIPT.replace("TEXT", "Tak\\n\\n{{ received_on"))


def test_a_receipt_to_the_sender_of_a_report_names_no_fact_of_the_child() -> None:
    assert _read(HEAVY + RECEIPT.replace("TEXT", "Vi fik den {{ received_on }}.")).letters.receipt is not None
    assert "'{{ age }}' is not known in this letter" in _error(HEAVY + RECEIPT.replace("TEXT", "{{ age }}"))
    assert "not known" in _error(HEAVY + RECEIPT.replace("TEXT", "{{ citizen_first_name }}"))


def test_a_letter_that_asks_for_an_answer_may_say_by_when() -> None:
    letters = 'letters: {hearing: {title: {da: Se, en: Look}, text: {da: "Svar {{ answer_by }}", en: "Answer"}}}\n'
    assert _read(HEAD + letters).letters.hearing is not None
    assert "not known" in _error(HEAD + letters.replace("hearing", "receipt"))


def test_a_case_that_ends_with_a_decision_is_not_assessed_as_something_else() -> None:
    assert "delete `assessed_as`" in _error(HEAD + "assessed_as: {more: {da: Mere, en: More}}\n")
    assert list(_read(HEAVY + "assessed_as: {more: {da: Mere, en: More}}\n").assessed_as) == ["more"]


def test_what_is_paid_is_a_line_of_the_calculation() -> None:
    assert _read(HEAD + "pays: rest\n").pays == "rest"
    assert "no line is called 'limit'" in _error(HEAD + "pays: limit\n")


def _names_or_sentence(text: str) -> tuple[frozenset[str], str]:
    try:
        return names_in(text), ""
    except PydanticCustomError as error:
        return frozenset(), error.message()


@given(st.text(max_size=60) | st.text("{}%# abif.()|", max_size=60))
def test_any_text_is_names_or_one_sentence(text: str) -> None:
    assert all(name.isidentifier() for name in _names_or_sentence(text)[0])
    assert "\n" not in _names_or_sentence(text)[1]


@pytest.mark.parametrize("text", [{"da": "Ja"}, {"da": "Ja", "en": None}, {"da": 1, "en": "Yes"}])
def test_both_languages_are_words(text: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        LetterText.model_validate(text)

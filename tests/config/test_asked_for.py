"""What the citizen asks for: a sentence of the case type file in which facts are words, and nothing is run."""

from __future__ import annotations

import pytest

from config.asked_for import AskedFor
from config.case_type import read_case_type
from config.errors import InputError

FILE = """
name: {{da: Tilskud, en: Subsidy}}
asks_for: {{da: "{da}", en: "It costs {{{{ price }}}}."}}
weight: heavy
fields:
  price: {{type: number, unit: DKK, label: {{da: Pris, en: Price}}}}
"""


@pytest.mark.parametrize(
    ("da", "says"),
    [
        ("{{ prise }} kr.", "did you mean 'price'"),
        ("{% if price %}x{% endif %}", "only {{ field }} can stand in this sentence"),
        ("{{ price.real }}", "only {{ field }} can stand in this sentence"),
        ("{{ price", "only {{ field }} can stand in this sentence"),
        (" ", "write words"),
        ("x" * 301, "at most 300"),
    ],
)
def test_a_sentence_that_cannot_be_filled_in_is_refused_with_its_place(da, says):
    with pytest.raises(InputError, match=r"^subsidy.yaml:3:\d+: ") as refused:
        read_case_type(FILE.format(da=da), name="subsidy", file="subsidy.yaml")
    assert says in str(refused.value)


def test_the_citizens_name_and_the_facts_may_stand_in_it():
    text = FILE.format(da="{{ citizen_first_name }} søger om {{price}}.")
    asked = read_case_type(text, name="subsidy", file="subsidy.yaml").asks_for
    assert asked.filled("da", {"citizen_first_name": "Freja", "price": "12 kr."}) == "Freja søger om 12 kr."


def test_what_a_citizen_is_called_is_never_read_as_a_placeholder():
    asked = AskedFor(da="{{ citizen_first_name }}: {{ price }}", en="x")
    assert asked.filled("da", {"citizen_first_name": "{{ price }}", "price": "1"}) == "{{ price }}: 1"


def test_with_a_fact_that_is_not_known_nothing_is_said():
    assert AskedFor(da="{{ price }}", en="x").filled("da", {"price": None}) is None
    assert AskedFor(da="{{ price }}", en="x").filled("da", {}) is None

"""Names and values that look protected are proposed as such, by whole words, in four languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.protected_words import looks_protected


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("case:gender", "sex"),
        ("køn", "sex"),
        ("koen", "sex"),
        ("geslacht", "sex"),
        ("Geschlecht", "sex"),
        ("case:age", "age"),
        ("Fødselsdato", "age"),
        ("fodselsdato", "age"),
        ("leeftijd", "age"),
        ("Alter", "age"),
        ("cpr_nr", "age"),
        ("ageGroup", "age"),
        ("oprindelse", "origin"),
        ("country_of_birth", "age"),
        ("ethnicity", "origin"),
        ("herkomst", "origin"),
        ("statsborgerskab", "citizenship"),
        ("citizen", "citizenship"),
        ("nationaliteit", "citizenship"),
        ("case:german speaking", "language"),
        ("modersmål", "language"),
        ("moedertaal", "language"),
        ("Muttersprache", "language"),
        ("religion", "religion"),
        ("trossamfund", "religion"),
        ("godsdienst", "religion"),
        ("case:diagnosis", "health"),
        ("sygdom", "health"),
        ("ziekte", "health"),
        ("Behinderung", "health"),
        ("married", "marital status"),
        ("civilstand", "marital status"),
        ("gift", "marital"),
        ("Familienstand", "marital status"),
        ("burgerlijke_staat", "marital status"),
        ("case:protected", "protected"),
    ],
)
def test_names_in_four_languages_are_recognised(name: str, sign: str) -> None:
    reason = looks_protected(name)
    assert reason is not None
    assert sign in reason


@pytest.mark.parametrize(
    "name",
    [
        "language_code2",
        "percentage",
        "stage",
        "message",
        "sagsalder",
        "alderdom",
        "usage",
        "sextant",
        "gift_amount",
        "kontaktform",
        "vehicleclass",
        "article",
        "amount",
        "department",
        "channel",
        "speciality",
        "yearsOfEducation",
        "citizen_ref",
        "orientation",
        "stamina",
        "homepage",
        "packaging",
    ],
)
def test_only_whole_words_count(name: str) -> None:
    reason = looks_protected(name)
    assert reason is None or (name == "language_code2" and "language" in reason)


@pytest.mark.parametrize(
    ("values", "sign"),
    [
        (["male", "female"], "sex"),
        (["M", "K"], "sex"),
        (["m", "f", "unknown"], "sex"),
        (["Mand", "Kvinde"], "sex"),
        (["vrouw", "man"], "sex"),
        (["männlich", "weiblich", "divers"], "sex"),
        (["gift", "ugift", "skilt"], "marital"),
        (["Married", "Single"], "marital"),
        (["ledig", "verwitwet"], "marital"),
        (["Danmark", "Syrien", "Polen"], "citizenship"),
        (["Denmark", "Germany"], "citizenship"),
        (["DK", "SE", "PL", "IQ"], "citizenship"),
        (["dansk", "arabisk"], "language"),
        (["Dutch", "Polish"], "language"),
        (["kristen", "muslimsk"], "religion"),
        (["catholic", "jewish", "other"], "religion"),
        (["010190-1234", "2412851234"], "CPR"),
        (["A01", "B20.1", "C50", "F32", "G40"], "health"),
        (["diabetes", "astma", "depression"], "health"),
    ],
)
def test_typical_values_are_recognised_whatever_the_name(values: list[str], sign: str) -> None:
    reason = looks_protected("c7", values)
    assert reason is not None
    assert sign in reason


@pytest.mark.parametrize(
    "values",
    [
        ["true", "false"],
        ["A", "C", "M"],
        ["yes", "no"],
        ["Internet", "Post", "Desk"],
        ["M"],
        ["1", "2", "3"],
        [],
        ["Group 1", "EMPTY"],
        ["Z", "SB", "E", "G", "H", "FA", "OE", "KD"],
        ["157.0", "7.0"],
        ["", " "],
    ],
)
def test_ordinary_values_are_left_alone(values: list[str]) -> None:
    assert looks_protected("c7", values) is None


@given(st.text(), st.lists(st.text(), max_size=20))
def test_any_name_and_values_get_an_answer(name: str, values: list[str]) -> None:
    reason = looks_protected(name, values)
    assert reason is None or reason

"""Numbers, kroner, days and sentences as readers of Danish and English write them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from config import translate
from config.errors import InputError
from config.translate import Translator, fill, sentences
from config.words import Words


@pytest.mark.parametrize(
    ("value", "da", "en"),
    [
        (1234.56, "1.234,56", "1,234.56"),
        (1234, "1.234", "1,234"),
        (Decimal("0.10"), "0,1", "0.1"),
        (-0.001, "0", "0"),
        (1e6, "1.000.000", "1,000,000"),
        (float("nan"), "ikke oplyst", "not given"),
        (0.125, "0,13", "0.13"),
    ],
)
def test_numbers(value: float | Decimal, da: str, en: str) -> None:
    assert Words("da").number(value) == da
    assert Words("en").number(value) == en


def test_kroner_show_oere_only_where_there_are_any() -> None:
    assert Words("da").kroner(Decimal("1234.50")) == "1.234,50 kr."
    assert Words("da").kroner(200300.0) == "200.300 kr."
    assert Words("en").kroner(1234.5) == "DKK 1,234.50"


def test_days_and_times() -> None:
    moment = datetime(2026, 11, 24, 13, 30, tzinfo=UTC)
    assert Words("da").day(date(2026, 11, 24)) == "24. november 2026"
    assert Words("en").day(date(2026, 11, 24)) == "24 November 2026"
    assert Words("da").time(moment) == "14.30"
    assert Words("en").moment(moment) == "24 November 2026 at 14:30"
    assert Words("da").moment(moment) == "24. november 2026 kl. 14.30"


def test_a_moment_near_midnight_falls_on_the_danish_day() -> None:
    assert Words("da").day(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)) == "1. juli 2026"


def test_facts_are_said_by_their_kind() -> None:
    da, en = Words("da"), Words("en")
    assert da.value("number", 16691.7, "DKK/month") == "16.691,70 kr. om måneden"
    assert en.value("number", 3.0, "km") == "3 km"
    assert da.value("boolean", 1.0) == "Ja"
    assert en.value("date", 19723.5) == "1 January 2024"
    assert da.value("category", "Desk") == "Desk"
    assert en.value("integer", None) == "not given"
    assert da.value("date", 1e30) == "ikke oplyst"


def test_lists_and_shares() -> None:
    assert Words("en").listed(["a", "b", "c"]) == "a, b and c"
    assert Words("da").listed(["a"]) == "a"
    assert Words("en").listed([]) == ""
    assert Words("da").of_100(0.72) == "72 af 100"
    assert Words("en").percent(0.055, 1) == "5.5 per cent"


@given(st.floats(allow_nan=True, allow_infinity=True), st.sampled_from(["da", "en"]))
def test_any_number_can_be_said(value: float, language: str) -> None:
    words = Words("da" if language == "da" else "en")
    assert words.number(value)
    assert words.value("number", value)


def test_a_value_is_put_in_once_and_never_read_as_a_slot() -> None:
    assert fill("{a} {b}", {"a": "{b}", "b": 2}) == "{b} 2"
    assert fill("{a.__class__} {a[0]} {A}", {"a": 1}) == "{a.__class__} {a[0]} {A}"
    with pytest.raises(KeyError):
        fill("{missing}", {})


def test_a_sentence_without_a_translation_is_noted() -> None:
    translator = Translator("da")
    assert translator("No such sentence, {name}.", name="x") == "No such sentence, x."
    assert translator.missing == {"No such sentence, {name}."}
    english = Translator("en")
    assert english("No such sentence.") == "No such sentence."
    assert english.missing == set()


def test_one_and_many_take_their_forms() -> None:
    assert Translator("en").counted("{n} case", "{n} cases", 1) == "1 case"
    assert Translator("en").counted("{n} case of {who}", "{n} cases of {who}", 3, who="Anne") == "3 cases of Anne"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "da").mkdir()
    monkeypatch.setattr(translate, "TRANSLATIONS", tmp_path)
    sentences.cache_clear()
    yield tmp_path / "da"
    sentences.cache_clear()


HEAD = (
    'msgid ""\nmsgstr ""\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)


def test_all_files_of_a_language_are_merged(folder) -> None:
    (folder / "a.po").write_text(HEAD + 'msgid "Yes"\nmsgstr "Ja"\n', encoding="utf-8")
    (folder / "b.po").write_text(
        HEAD + 'msgid "{n} case"\nmsgid_plural "{n} cases"\nmsgstr[0] "{n} sag"\nmsgstr[1] "{n} sager"\n',
        encoding="utf-8",
    )
    translator = Translator("da")
    assert translator("Yes") == "Ja"
    assert translator.counted("{n} case", "{n} cases", 2) == "2 sager"
    assert translator.counted("{n} case", "{n} cases", 1) == "1 sag"


def test_two_files_that_disagree_are_refused(folder) -> None:
    (folder / "a.po").write_text(HEAD + 'msgid "Yes"\nmsgstr "Ja"\n', encoding="utf-8")
    (folder / "b.po").write_text(HEAD + 'msgid "Yes"\nmsgstr "Jo"\n', encoding="utf-8")
    with pytest.raises(InputError, match="two ways"):
        Translator("da")


def test_an_unfinished_translation_is_not_used(folder) -> None:
    (folder / "a.po").write_text(
        HEAD + '#, fuzzy\nmsgid "Yes"\nmsgstr "Nej"\n\nmsgid "No"\nmsgstr ""\n', encoding="utf-8"
    )
    translator = Translator("da")
    assert (translator("Yes"), translator("No")) == ("Yes", "No")
    assert translator.missing == {"Yes", "No"}


def test_a_broken_file_is_named(folder) -> None:
    (folder / "a.po").write_bytes(b'msgid "x\xe6"\nmsgstr "y"\n')
    with pytest.raises(InputError, match=r"a\.po"):
        Translator("da")


TRANSLATED = sorted(Path(str(translate.TRANSLATIONS)).glob("*/*.po"))


@pytest.mark.parametrize("file", TRANSLATED, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_translations_keep_every_slot(file) -> None:
    for message in read_po(file.read_text(encoding="utf-8").splitlines(keepends=True)):
        said, translated = (one if isinstance(one, tuple) else (one,) for one in (message.id, message.string))
        slots = set(translate._SLOT.findall(" ".join(said)))
        for form in translated:
            assert set(translate._SLOT.findall(form)) <= slots | {"n"}, said

"""Sentences: what is seen and what is usual, in the reader's language, about work and nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.case_type import CaseType
from explain.derived_labels import DERIVED_LABELS
from explain.reasons import Reason, others_together
from explain.sentences import EFFECTS, ReasonSpeaker

NOW = [
    (
        Reason("income", "less", "some", -0.3, value=21_000.5, usual=25_000.0),
        (
            "Indkomst er 21.000,50 kr. om måneden (sædvanligt 25.000 kr. om måneden), og det hænger sammen med "
            "noget mindre arbejde."
        ),
        (
            "Income is DKK 21,000.50 a month (usually DKK 25,000 a month), and that goes together with "
            "somewhat less work."
        ),
    ),
    (
        Reason("points", "more", "little", 0.1, kind="integer", value=3.0, usual=3.0),
        "Klip er som sædvanligt 3, og det hænger sammen med lidt mere arbejde.",
        "Points is 3, as is usual, and that goes together with a little more work.",
    ),
    (
        Reason("appealed", "more", "much", 2.0, kind="boolean", value=1.0, usual=0.0, usual_share=0.9),
        "Svaret på »Påklaget« er ja (sædvanligt nej), og det hænger sammen med meget mere arbejde.",
        "The answer to “Appealed” is yes (usually no), and that goes together with much more work.",
    ),
    (
        Reason("vehicle", "more", "some", 0.3, kind="category", value="lorry", usual="car", usual_share=0.62),
        "Køretøj er »lorry« (sædvanligt »car«, i 62 af 100 sager), og det hænger sammen med noget mere arbejde.",
        "Vehicle is “lorry” (usually “car”, in 62 of 100 cases), and that goes together with somewhat more work.",
    ),
    (
        Reason("vehicle", "more", "some", 0.3, "rare", kind="category", value="bus", usual="car"),
        "Køretøj er »bus«, som er sjældent, og det hænger sammen med noget mere arbejde.",
        "Vehicle is “bus”, which is rare, and that goes together with somewhat more work.",
    ),
    (
        Reason("seen_on", "less", "little", -0.1, kind="date", value=-1.0, usual=-12.2),
        (
            "Set den er 1 dag før, at sagen kom (sædvanligt 12 dage før, at sagen kom), og det hænger sammen med "
            "lidt mindre arbejde."
        ),
        (
            "Seen on is 1 day before the case arrived (usually 12 days before the case arrived), and that goes "
            "together with a little less work."
        ),
    ),
    (
        Reason("amount", "more", "some", 0.2, "missing", usual=500.0),
        "»Beløb« er ikke kendt af maskinen (sædvanligt 500 kr.), og det hænger sammen med noget mere arbejde.",
        "“Amount” is not known to the machine (usually DKK 500), and that goes together with somewhat more work.",
    ),
    (
        Reason("amount", "more", "some", 0.2, value=1.0, usual=1.0, also=("points", "vehicle")),
        "Beløb (sammen med Klip og Køretøj) er som sædvanligt 1 kr., og det hænger sammen med noget mere arbejde.",
        "Amount (with Points and Vehicle) is DKK 1, as is usual, and that goes together with somewhat more work.",
    ),
    (
        Reason("weekday", "less", "some", -0.2, value=0.0, usual=4.0, is_derived=True),
        "Ugedagen, hvor sagen kom, er mandag (sædvanligt fredag), og det hænger sammen med noget mindre arbejde.",
        (
            "The weekday on which the case arrived is Monday (usually Friday), and that goes together with "
            "somewhat less work."
        ),
    ),
    (
        others_together(-0.7, 8),
        "8 andre tilsammen hænger sammen med meget mindre arbejde.",
        "8 others together go together with much less work.",
    ),
    (
        others_together(0.1, 1),
        "En anden oplysning hænger sammen med lidt mere arbejde.",
        "One other fact goes together with a little more work.",
    ),
]


@pytest.mark.parametrize(("reason", "da", "en"), NOW)
def test_a_reason_is_one_plain_sentence_in_both_languages(
    fines: CaseType, reason: Reason, da: str, en: str
) -> None:
    assert ReasonSpeaker(fines, "da")(reason) == da
    assert ReasonSpeaker(fines, "en")(reason) == en


FORBIDDEN = re.compile(r"because|fordi|percent|procent|per cent|plus|minus|score|model|entitle|berettig|%|[+]")


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("field", ["amount", "points", "appealed", "vehicle", "seen_on", "hour", None])
@pytest.mark.parametrize("form", ["value", "missing", "rare"])
def test_no_sentence_names_a_cause_points_or_entitlement(
    fines: CaseType, language: str, field: str | None, form: str
) -> None:
    speaker = ReasonSpeaker(fines, language)
    for direction, strength in EFFECTS:
        kind = fines.fields[field].type if field in fines.fields else "number"
        value = None if form != "value" else "car" if kind == "category" else 4.0
        usual = "bus" if kind == "category" else 1.0
        reason = Reason(
            field, direction, strength, 1.0, form, kind, value, usual, is_derived=field == "hour", others=3
        )
        sentence = speaker(reason)
        assert not FORBIDDEN.search(sentence)
        assert re.search("work|arbejde", sentence)
    assert not speaker.say.missing


def test_every_derived_feature_has_a_danish_label(fines: CaseType) -> None:
    speaker = ReasonSpeaker(fines, "da")
    labels = [speaker.label(name) for name in DERIVED_LABELS]
    assert not speaker.say.missing
    assert len(set(labels)) == len(labels)


@given(st.text(min_size=1, max_size=30))
def test_what_a_citizen_typed_is_never_read_as_a_slot(fines: CaseType, word: str) -> None:
    reason = Reason("vehicle", "more", "some", 0.3, kind="category", value=word + "{usual}", usual="car")
    assert word + "{usual}" in ReasonSpeaker(fines, "en")(reason)

"""The model card: every figure on record is on it, in both languages, and nothing on it runs."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from config.case_type import CaseType
from config.translate import sentences
from engine.guarantee import TOO_FEW
from engine.left_out import REASONS
from engine.training_report import GuaranteeFigures, TrainingReport
from explain.model_card import card_html, model_card
from explain.why_sentences import why_sentence

PROMISE = GuaranteeFigures(0.05, 0.95, "could_draft", None, "too few", 0.0, 0.0, 200, None, {})
REPORT = TrainingReport(
    case_type="fines", cases=1000, cases_labelled=900, base_rate=0.24,
    base_rate_by_fifth=(0.3, 0.25, 0.24, 0.22, 0.2), horizon_days=60.0, features=("amount", "vehicle"),
    left_out={"seen_on": "protected", "<b>x</b>": "free text"}, auc=0.71, average_precision=0.5, brier=0.2,
    calibration_error=None, guarantee=PROMISE, settings={}, false_alarms=0.03, holdout_novel_share=0.1,
    notes=("All labelled cases arrived at the same moment, so nothing later could judge the model.",),
)  # fmt: skip
WHY = {"sentence": TOO_FEW, "values": {"cases": 40, "share": 0.05, "needed": 72}}


def card(fines: CaseType, language: str, **changed: object) -> str:
    summary = REPORT.as_json(model_version="3", seconds=1.0) | changed
    made = model_card(fines, summary, model_version="3", trained_on="24 May", why=WHY, language=language)
    return card_html(made)


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_card_tells_what_is_on_record(fines: CaseType, language: str) -> None:
    html = card(fines, language)
    wanted = {
        "da": ["0,710", "Køretøj", "40 kontrolsager", "5 procent"],
        "en": ["0.710", "Vehicle", "40 calibration"],
    }
    assert all(words in html for words in wanted[language])
    assert ("tallet kendes ikke" in html) == (language == "da")


def test_the_danish_card_has_no_english_sentence(fines: CaseType) -> None:
    summary = REPORT.as_json(model_version="3", seconds=1.0)
    danish, english = (
        model_card(fines, summary, model_version="3", trained_on="24.5.", why=WHY, language=language)
        for language in ("da", "en")
    )
    for ours, theirs in zip(danish.sections, english.sections, strict=True):
        assert ours.heading != theirs.heading
        assert not set(ours.sentences) & set(theirs.sentences)


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_for_leaving_a_field_out_has_its_danish(fines: CaseType, reason: str) -> None:
    assert reason in sentences("da")
    html = card(fines, "da", left_out={"hour": reason})
    assert reason not in html
    assert "Timen, hvor sagen kom<" in html


def test_what_stands_on_the_card_is_never_markup(fines: CaseType) -> None:
    html = card(fines, "en")
    assert "<b>x" not in html
    assert "&lt;b&gt;" in html


def test_a_proved_promise_is_told_with_its_yield(fines: CaseType) -> None:
    proved = asdict(PROMISE) | {"threshold": -1.2, "simple_share": 0.4, "simple_share_worked": 0.1}
    html = card(fines, "en", guarantee=proved)
    assert "It is proved." in html
    assert "40 of 100" in html
    assert "10 of 100" in html


def test_the_newest_measurement_overrules_that_of_the_training(fines: CaseType) -> None:
    summary = REPORT.as_json(model_version="3", seconds=1.0)
    newest = asdict(PROMISE) | {"threshold": -1.2}
    made = model_card(fines, summary, model_version="3", trained_on="x", promise=newest, language="en")
    assert made.as_json()["guarantee"]["threshold"] == -1.2


def test_why_nothing_is_proved_is_said_in_danish_numbers() -> None:
    sentence = why_sentence(TOO_FEW, {"cases": 1200, "share": 0.05, "needed": 3000}, "da")
    assert "1.200 kontrolsager" in sentence
    assert "3.000" in sentence

"""Runs the boundary cases that stand inside a case type file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from config.case_type import CaseType
from config.case_type_names import SUPPLIED
from config.case_type_tests import UNDECIDED, CaseTest
from config.columns import Kind
from config.criteria import decide, lines_of
from config.one_case import frame_of
from config.words import Words


@dataclass(frozen=True)
class TestResult:
    """One test, number `index` from 0; the sentences say what differed and are empty where nothing did."""

    __test__ = False

    name: str
    index: int
    passed: bool
    sentence_da: str = ""
    sentence_en: str = ""


def run_case_type_tests(case_type: CaseType, *, today: date) -> list[TestResult]:
    """Every test of the file, in order; one without `judged_on` is judged on its `received_on`, else today."""
    return [_run(case_type, number, test, today) for number, test in enumerate(case_type.tests)]


def _run(case_type: CaseType, index: int, test: CaseTest, today: date) -> TestResult:
    kinds: dict[str, Kind] = {name: field.type for name, field in case_type.fields.items()}
    kinds |= {name: known.kind for name, known in SUPPLIED.items() if name in test.facts}
    frame = frame_of(kinds, [test.facts])
    received = test.facts.get("received_on")
    judged_on = test.judged_on or (received if isinstance(received, date) else today)
    outcome = decide(case_type, frame, judged_on, received if isinstance(received, date) else None).outcome.value(
        0
    )
    found: dict[str, Any] = {line.name: line.result for line in lines_of(case_type, frame, judged_on, 0)}
    found["outcome"] = outcome or UNDECIDED
    wrong = [(name, value, found[name]) for name, value in test.expect.items() if not _same(value, found[name])]
    if not wrong:
        return TestResult(test.name, index, True)
    da, en = Words("da"), Words("en")
    said_da = da.listed([f"{name} blev {_said(got, da)}, ikke {_said(value, da)}" for name, value, got in wrong])
    said_en = en.listed(
        [f"{name} came out as {_said(got, en)}, not {_said(value, en)}" for name, value, got in wrong]
    )
    return TestResult(test.name, index, False, f"{test.name}: {said_da}.", f"{test.name}: {said_en}.")


def _same(expected: Any, found: Any) -> bool:
    if expected is None or found is None or isinstance(expected, str) or isinstance(found, str):
        return bool(expected == found)
    return Decimal(expected) == Decimal(found)


def _said(value: Any, words: Words) -> str:
    if value is None:
        return words.nothing
    return f"'{value}'" if isinstance(value, str) else words.number(value)

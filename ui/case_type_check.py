"""One case type file, checked: what is missing, what to confirm and which tests fail, each with its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from config.bilingual import Language
from config.case_type import CaseType, mistakes_in, read_case_type
from config.case_type_file import read_case_type_text
from config.case_type_proof import TestResult, run_case_type_tests
from config.completeness import missing_before_live
from config.confirm_marks import ToConfirm, marked_to_confirm
from config.errors import InputError
from config.finding import Finding
from config.translate import Translator
from config.yaml_source import Located, read_yaml


@dataclass(frozen=True)
class Checked:
    """What `stafet check` says of a file that can be read."""

    case_type: CaseType
    located: Located
    missing: list[Finding]
    to_confirm: list[ToConfirm]
    failed: list[TestResult]

    @property
    def may_go_live(self) -> bool:
        """Whether neither a test nor anything missing is in the way."""
        return not self.failed and all(finding.level != "error" for finding in self.missing)

    @property
    def is_no(self) -> bool:
        """A test fails, or a live type misses what it needs to be live."""
        return bool(self.failed) or (self.case_type.status == "live" and not self.may_go_live)

    def line_of(self, path: tuple[str | int, ...]) -> int | None:
        """The line of a key, or of the block that it is missing from; None where nothing of it is written."""
        top = path[:1]
        return self.located.place(path).line if top in self.located.values else None

    def document(self) -> dict[str, Any]:
        """All of it for programs."""
        return {
            "name": self.case_type.key,
            "status": self.case_type.status,
            "may_go_live": self.may_go_live,
            "missing": [
                {
                    "level": one.level,
                    "field": one.field,
                    "line": self.line_of(one.path),
                    "da": one.da,
                    "en": one.en,
                }
                for one in self.missing
            ],
            "to_confirm": [{"line": one.line, "da": one.da, "en": one.say("en")} for one in self.to_confirm],
            "tests": len(self.case_type.tests),
            "failed_tests": [
                {
                    "name": test.name,
                    "line": self.line_of(("tests", test.index)),
                    "da": test.sentence_da,
                    "en": test.sentence_en,
                }
                for test in self.failed
            ],
        }

    def sentences(self, language: Language) -> Iterator[str]:
        """The verdict, then what is in the way, what is missing, what to confirm, each on a line."""
        say = Translator(language)
        verdict = say("may go live") if self.may_go_live else say("not ready to go live")
        tests, passed = len(self.case_type.tests), len(self.case_type.tests) - len(self.failed)
        told = (
            say("{passed} of {tests} tests pass", passed=passed, tests=tests) if tests else say("it has no tests")
        )
        yield f"{self.case_type.key}: {verdict}; {told}."
        for test in self.failed:
            sentence = test.sentence_da if language == "da" else test.sentence_en
            yield _line(say, say("test failed"), self.line_of(("tests", test.index)), sentence)
        for one in self.missing:
            level = say("before going live") if one.level == "error" else say("advice")
            yield _line(say, level, self.line_of(one.path), one.say(language))
        for mark in self.to_confirm:
            yield _line(say, say("confirm"), mark.line, f"{mark.say(language)}.")


def checked(file: Path, name: str, *, today: date, examples_confirmed: bool) -> Checked | list[InputError]:
    """The file checked, or each sentence about why it cannot be used."""
    try:
        text = read_case_type_text(file)
        case_type = read_case_type(text, name=name, file=file)
    except InputError as error:
        return _all_mistakes(file, name) or [error]
    return Checked(
        case_type,
        read_yaml(text, file),
        missing_before_live(case_type, today=today, examples_confirmed=examples_confirmed),
        marked_to_confirm(file.read_text(encoding="utf-8-sig")),
        [test for test in run_case_type_tests(case_type, today=today) if not test.passed],
    )


def _all_mistakes(file: Path, name: str) -> list[InputError]:
    """Every mistake in the keys, so that one look mends them all; none where the file itself cannot be read."""
    try:
        return mistakes_in(read_case_type_text(file), name=name, file=file)
    except InputError:
        return []


def _line(say: Translator, what: str, line: int | None, sentence: str) -> str:
    where = "" if line is None else f" {say('line {line}', line=line)}:"
    return f"  {what}:{where} {sentence}"

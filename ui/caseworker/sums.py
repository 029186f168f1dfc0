"""The calculation of a case line by line in words, and whether its amounts are only examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from config.amounts import Amount, Table
from config.bilingual import Language
from config.case_type import CaseType
from config.criteria import lines_of
from config.translate import Translator
from engine.masking import visible_to_model
from explain.letters.calculation_words import steps_of
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.standing_draft import judged_on

MOST_UNFOLDED = 5
"""A calculation of more lines than that shows its results, and the rest behind a fold."""


@dataclass(frozen=True)
class SumLine:
    """One line: what is calculated, how, what comes out, and its law where that is not the law of most lines."""

    label: str
    how: str
    result: str
    law: str


@dataclass(frozen=True)
class Sums:
    """A calculation.

    Attributes:
        results: what it comes to: the lines that decide something, or that no other line uses.
        lines: all of it; the same as `results` where it is short.
        law: that of most lines, said once; empty where none cites one.
    """

    results: tuple[SumLine, ...]
    lines: tuple[SumLine, ...]
    law: str


def sums_of(case: CaseRecord, language: Language) -> Sums | None:
    """The lines that came to a result, None without any.

    They tell what the criteria say, so a blind page does not show them.
    """
    visible = visible_to_model(case.facts, case.case_type, case.consents)
    shown = [one for one in lines_of(case.case_type, visible, judged_on(case), 0) if one.result is not None]
    lines, law = law_said_once(
        [
            SumLine(one.label.say(language), one.how.say(language), one.result.say(language), one.law)
            for one in steps_of(case.case_type, shown)
        ]
    )
    if not lines:
        return None
    names = results_of(case.case_type)
    results = tuple(line for one, line in zip(shown, lines, strict=True) if one.name in names)
    return Sums(lines if len(lines) <= MOST_UNFOLDED or not results else results, lines, law)


def results_of(case_type: CaseType) -> frozenset[str]:
    """The lines that the criteria look at, the sum granted, and those that no other line uses."""
    used = {name for line in case_type.calculation for name in line.names}
    looked_at = {leaf.field for one in case_type.criteria for leaf in one.when.leaves()}
    names = frozenset(line.name for line in case_type.calculation)
    return (names & looked_at) | (names - used) | (names & {case_type.pays})


def law_said_once(lines: Sequence[SumLine]) -> tuple[tuple[SumLine, ...], str]:
    """The lines with the commonest law taken out of each, and that law.

    Example:
        >>> lines = [SumLine("a", "", "1", "§ 1"), SumLine("b", "", "2", "§ 1"), SumLine("c", "", "3", "")]
        >>> law_said_once(lines)[1]
        '§ 1'
    """
    law = Counter(line.law for line in lines).most_common(1)[0][0] if lines else ""
    return tuple(replace(line, law="" if line.law == law else line.law) for line in lines), law


def example_notice(case_type: CaseType, day: date, language: Language) -> str | None:
    """What every page says that rests on amounts which the municipality has not confirmed; None where all are."""
    years = sorted(
        year
        for one in (*case_type.amounts.values(), *case_type.tables.values())
        if one.example and (year := year_of(one, day)) is not None
    )
    if not years:
        return None
    say = Translator(language)
    if years[0] == years[-1]:
        return say("The amounts are examples of {year}, which the municipality must confirm.", year=years[0])
    return say(
        "The amounts are examples of {first} to {last}, which the municipality must confirm.",
        first=years[0],
        last=years[-1],
    )


def year_of(one: Amount | Table, day: date) -> int | None:
    """The year from which the values in force on a day count."""
    days = list(one.values) if isinstance(one, Amount) else [row.valid_from for row in one.rows]
    in_force = [valid_from for valid_from in days if valid_from <= day]
    return max(in_force).year if in_force else None

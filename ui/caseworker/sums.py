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


@dataclass(frozen=True)
class SumLine:
    """One line: what is calculated, how, what comes out, and its law where that is not the law of most lines."""

    label: str
    how: str
    result: str
    law: str


@dataclass(frozen=True)
class Sums:
    """A calculation; `law` is that of most of its lines, said once, empty where none cites one."""

    lines: tuple[SumLine, ...]
    law: str


def sums_of(case: CaseRecord, language: Language) -> Sums | None:
    """The lines that came to a result, None without any.

    They tell what the criteria say, so a blind page does not show them.
    """
    visible = visible_to_model(case.facts, case.case_type, case.consents)
    shown = lines_of(case.case_type, visible, judged_on(case), 0)
    lines = [
        SumLine(one.label.say(language), one.how.say(language), one.result.say(language), one.law)
        for one in steps_of(case.case_type, shown)
    ]
    return law_said_once(lines) if lines else None


def law_said_once(lines: Sequence[SumLine]) -> Sums:
    """The lines with the commonest law taken out of each.

    Example:
        >>> lines = [SumLine("a", "", "1", "§ 1"), SumLine("b", "", "2", "§ 1"), SumLine("c", "", "3", "")]
        >>> law_said_once(lines).law
        '§ 1'
    """
    law = Counter(line.law for line in lines).most_common(1)[0][0]
    return Sums(tuple(replace(line, law="" if line.law == law else line.law) for line in lines), law)


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

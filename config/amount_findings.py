"""What amounts and scales still lack: examples not confirmed, no value in force, none of this year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from config.case_type import CaseType
from config.finding import Finding


@dataclass(frozen=True)
class Dated:
    """An amount or a scale as what concerns its days and its origin; `days` are those from which values count."""

    key: str
    name: str
    is_example: bool
    source: str | None
    days: tuple[date, ...]


def amount_findings(case_type: CaseType, today: date, *, examples_confirmed: bool) -> Iterator[Finding]:
    """Amounts by amount; `examples_confirmed` counts examples as the municipality's own, as a demo does."""
    for one in dated_of(case_type):
        if one.is_example and not examples_confirmed:
            yield Finding(
                "error",
                f"{one.key}.example",
                f"Tallene i '{one.name}' er eksempler; sæt kommunens egne og slet `example: true`.",
                f"The numbers of '{one.name}' are examples; set the municipality's and delete `example: true`.",
            )
        if one.source is None:
            key = f"{one.key}.source"
            en = f"The source of '{one.name}' is missing: {key}."
            yield Finding("warning", key, f"Kilden til '{one.name}' mangler: {key}.", en)
        yield from _in_force(one, today)


def dated_of(case_type: CaseType) -> list[Dated]:
    """Every amount and every scale of the file, in its order."""
    amounts = [
        Dated(f"amounts.{name}", name, amount.example, amount.source, tuple(sorted(amount.values)))
        for name, amount in case_type.amounts.items()
    ]
    tables = [
        Dated(
            f"tables.{name}",
            name,
            table.example,
            table.source,
            tuple(sorted({row.valid_from for row in table.rows})),
        )
        for name, table in case_type.tables.items()
    ]
    return amounts + tables


def _in_force(one: Dated, today: date) -> Iterator[Finding]:
    """None in force: every case is undecided. One that used to change each year and did not: perhaps forgotten."""
    begun = [day for day in one.days if day <= today]
    if not begun:
        yield Finding(
            "error",
            one.key,
            f"'{one.name}' har ingen værdi, der gælder i dag; den første gælder fra {one.days[0]}. "
            "Skriv en, der gælder nu.",
            f"'{one.name}' has no value in force today; its first counts from {one.days[0]}. "
            "Write one that counts now.",
        )
    elif len(one.days) > 1 and begun[-1].year < today.year:
        yield Finding(
            "warning",
            one.key,
            f"'{one.name}' har ingen værdi for {today.year}; den nyeste gælder fra {begun[-1]}. "
            "Skriv årets, eller bekræft, at den stadig gælder.",
            f"'{one.name}' has no value of {today.year}; the newest counts from {begun[-1]}. "
            "Write this year's, or confirm that it still holds.",
        )

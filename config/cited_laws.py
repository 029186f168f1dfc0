"""The law that a case type's file cites, in its order: each paragraph once, with everything that rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from config.bilingual import Bilingual
from config.case_type import CaseType
from config.names import humanised

Of = Literal["case_type", "criterion", "calculation", "fact", "model", "retention"]


@dataclass(frozen=True)
class Citation:
    """One thing that rests on a law: what it is, what it is called, and what the file says of it."""

    of: Of
    label: Bilingual
    text: Bilingual | None = None


@dataclass(frozen=True)
class Law:
    """One reference as the file writes it; `number` counts from 1 in the order of the file."""

    number: int
    reference: str
    citations: tuple[Citation, ...]

    @property
    def anchor(self) -> str:
        """Where it stands on the page of the law."""
        return f"law-{self.number}"


def laws_cited(case_type: CaseType) -> tuple[Law, ...]:
    """Every law of the file.

    Example:
        >>> from config.case_type import read_case_type
        >>> text = '''{name: {da: Bøde, en: Fine}, legal_basis: "Bødeloven § 1; Straffeloven § 2",
        ...   model_basis: Bødeloven § 1, complexity: {within_days: 60, any: [{days: {above: 30}}]}}'''
        >>> [(law.reference, [one.of for one in law.citations])
        ...     for law in laws_cited(read_case_type(text, name="fines", file="fines.yaml"))]
        [('Bødeloven § 1', ['case_type', 'model']), ('Straffeloven § 2', ['case_type'])]
    """
    found: dict[str, list[Citation]] = {}
    for text, citation in citations(case_type):
        for reference in references_in(text):
            if citation not in found.setdefault(reference, []):
                found[reference].append(citation)
    return tuple(Law(number, name, tuple(some)) for number, (name, some) in enumerate(found.items(), start=1))


def references_in(text: str | None) -> list[str]:
    """The references of one entry: laws are parted by semicolons, and begin with a capital as on their own.

    Example:
        >>> references_in("Barnets lov § 2; databeskyttelsesloven § 11"), references_in(None)
        (['Barnets lov § 2', 'Databeskyttelsesloven § 11'], [])
    """
    parts = [part.strip() for part in (text or "").split(";")]
    return [part[:1].upper() + part[1:] for part in parts if part]


def citations(case_type: CaseType) -> Iterator[tuple[str | None, Citation]]:
    """Each entry of the file that cites a law, and what rests on it."""
    yield case_type.legal_basis, Citation("case_type", case_type.name)
    for criterion in case_type.criteria:
        outcome = case_type.outcomes[criterion.outcome].label
        yield criterion.legal_basis, Citation("criterion", outcome, criterion.because)
    for line in case_type.calculation:
        yield line.legal_basis, Citation("calculation", line.label or same_in_both(humanised(line.name)))
    for field in case_type.fields.values():
        yield field.basis, Citation("fact", field.label, field.meaning)
    yield case_type.model_basis, Citation("model", case_type.name)
    if case_type.retention is not None:
        yield case_type.retention.basis, Citation("retention", case_type.name)


def same_in_both(words: str) -> Bilingual:
    """Words that are the same in both languages."""
    return Bilingual(da=words, en=words)

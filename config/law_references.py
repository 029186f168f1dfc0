"""Whether what stands as a law can be looked up: it names the law, and a paragraph, article or chapter of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from config.case_type import CaseType
from config.finding import Finding

_PLACE = r"(?:§{1,2} \d+(?![\w])|\b(?:art\.|artikel|kap\.|kapitel) ?\d+)"
_REFERENCE = re.compile(rf"[A-Za-zÆØÅæøå]{{2,}}[^§]*?{_PLACE}")


def names_a_law(text: str) -> bool:
    """Whether a reader can look the text up.

    Example:
        >>> [names_a_law(one) for one in ("Aktivloven § 82 a, stk. 1", "BEK 2058/2021 §§ 27-30", "GDPR art. 6")]
        [True, True, True]
        >>> [names_a_law(one) for one in ("§ 82 a", "Aktivloven §82a", "Aktivloven 82 a", "loven")]
        [False, False, False, False]
    """
    return _REFERENCE.search(text) is not None


def law_findings(case_type: CaseType) -> Iterator[Finding]:
    """A warning for each law of the file that cannot be looked up as it is written."""
    for key, text in _cited(case_type):
        if text is not None and not names_a_law(text):
            yield Finding(
                "warning",
                key,
                f"'{text}' kan ikke slås op; skriv lov og paragraf som i 'Aktivloven § 82 a, stk. 1': {key}.",
                f"'{text}' cannot be looked up; write law and paragraph as in 'Aktivloven § 82 a, stk. 1': {key}.",
            )


def _cited(case_type: CaseType) -> Iterator[tuple[str, str | None]]:
    yield "legal_basis", case_type.legal_basis
    yield "model_basis", case_type.model_basis
    for name, field in case_type.fields.items():
        yield f"fields.{name}.basis", field.basis
    for name, table in case_type.tables.items():
        yield f"tables.{name}.legal_basis", table.legal_basis
    for number, line in enumerate(case_type.calculation):
        yield f"calculation.{number}.legal_basis", line.legal_basis
    for number, criterion in enumerate(case_type.criteria):
        yield f"criteria.{number}.legal_basis", criterion.legal_basis

"""What rests on each law of a case type, in words; and the few laws that a case's page links to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from config.bilingual import Language
from config.case_type import CaseType
from config.cited_laws import Citation, Law, Of, laws_cited
from config.translate import Translator

WHAT: Mapping[Of, str] = {
    "case_type": "Cases of this kind are decided by it.",
    "criterion": "Decides when the outcome is “{label}”.",
    "calculation": "Gives the line “{label}” of the calculation.",
    "fact": "“{label}” may be held because of it.",
    "model": "Lets the municipality use a model in these cases.",
    "retention": "Says how long a case is kept.",
}
DECISIVE: frozenset[Of] = frozenset({"case_type", "criterion", "calculation"})
"""What a case's page links to; the ground of each fact stands beside the fact."""


@dataclass(frozen=True)
class Use:
    """One thing that rests on a law: a sentence, and the case type's own words where it has any."""

    sentence: str
    text: str


@dataclass(frozen=True)
class LawInWords:
    """One law as its page says it."""

    anchor: str
    reference: str
    uses: tuple[Use, ...]


@dataclass(frozen=True)
class LawLink:
    """One law as a case's page links to it."""

    href: str
    reference: str


def laws_in_words(case_type: CaseType, language: Language) -> tuple[LawInWords, ...]:
    """Every law of the file, in its order."""
    return tuple(
        LawInWords(law.anchor, law.reference, tuple(use(one, case_type, language) for one in law.citations))
        for law in laws_cited(case_type)
    )


def use(citation: Citation, case_type: CaseType, language: Language) -> Use:
    """One citation in the reader's language; a case that is not decided is handled by its law."""
    say, sentence = Translator(language), WHAT[citation.of]
    if citation.of == "case_type" and not case_type.outcomes:
        sentence = "Cases of this kind are handled by it."
    text = "" if citation.text is None else citation.text.say(language)
    return Use(say(sentence, label=citation.label.say(language)), text)


def law_links(case_type: CaseType) -> tuple[LawLink, ...]:
    """The laws by which a case of this type is decided."""
    return tuple(
        LawLink(law_href(case_type.key, law), law.reference) for law in laws_cited(case_type) if decides(law)
    )


def decides(law: Law) -> bool:
    """Whether a case is decided by it."""
    return any(one.of in DECISIVE for one in law.citations)


def law_href(key: str, law: Law | None = None) -> str:
    """The address of a case type's law, or of one law in it."""
    return f"/law/{quote(key)}" + (f"#{law.anchor}" if law else "")

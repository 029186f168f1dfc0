"""What moved the machine's estimate of the work, in sentences short enough for a letter."""

from __future__ import annotations

from collections.abc import Sequence

from config.bilingual import Bilingual, Language
from config.case_type import CaseType
from config.translate import Translator
from explain.letters.letter_facts import Expected, both
from explain.reasons import Direction, Reason, Strength
from explain.sentences import ReasonSpeaker

MOST_REASONS = 3
AS_USUAL = 0.05
"""A complexity this near to the usual one is called as usual: the letter is no place for a point more or less."""

POINTS: dict[tuple[Direction, Strength], str] = {
    ("more", "much"): "It points to much more work.",
    ("more", "some"): "It points to more work.",
    ("more", "little"): "It points to a little more work.",
    ("less", "much"): "It points to much less work.",
    ("less", "some"): "It points to less work.",
    ("less", "little"): "It points to a little less work.",
}


def expected_work(complexity: float, usual: float) -> Expected:
    """Whether more or less work than usual was expected.

    Example:
        >>> expected_work(0.72, 0.31), expected_work(0.30, 0.31), expected_work(0.02, 0.31)
        ('more', 'usual', 'less')
    """
    if abs(complexity - usual) < AS_USUAL:
        return "usual"
    return "more" if complexity > usual else "less"


def reason_sentences(reasons: Sequence[Reason], case_type: CaseType) -> tuple[Bilingual, ...]:
    """The strongest reasons, at most three, in both languages; the remainder is left out."""
    named = [reason for reason in reasons if reason.field is not None][:MOST_REASONS]
    da, en = ReasonSpeaker(case_type, "da"), ReasonSpeaker(case_type, "en")
    return tuple(both(_sentence(reason, da, "da"), _sentence(reason, en, "en")) for reason in named)


def _sentence(reason: Reason, speaker: ReasonSpeaker, language: Language) -> str:
    label = speaker.label(reason.field or "")
    label = (label[:1].upper() + label[1:]).removesuffix(",")
    say = Translator(language)
    return f"{_seen(reason, label, speaker, say)} {say(POINTS[reason.direction, reason.strength])}"


def _seen(reason: Reason, label: str, speaker: ReasonSpeaker, say: Translator) -> str:
    """What the machine saw, and what is usual."""
    usual = None if reason.usual is None else speaker.value(reason, reason.usual)
    if reason.form == "missing":
        return say("{label}: not known to it.", label=label)
    if reason.form == "rare":
        return say("{label}: a rare answer.", label=label)
    value = speaker.value(reason, reason.value)
    if usual is None:
        return _ended(say("{label}: {value}", label=label, value=value))
    if value == usual:
        return say("{label}: {value}, as is usual.", label=label, value=value)
    return _ended(
        say("{label}: {value}. Usually it is {usual}", label=label, value=value.rstrip("."), usual=usual)
    )


def _ended(sentence: str) -> str:
    """The sentence with one full stop, also where it ends with the dot of an abbreviation.

    Example:
        >>> _ended("Prisen er 12 kr."), _ended("Svaret er ja")
        ('Prisen er 12 kr.', 'Svaret er ja.')
    """
    return sentence if sentence.endswith(".") else f"{sentence}."

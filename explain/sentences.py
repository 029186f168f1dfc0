"""One plain sentence for each reason, in Danish and English: what is seen, what is usual, towards how much work.

It says "goes together with", never "because of", names no points, pluses or minuses, and speaks of work, never of
what the citizen is entitled to.
"""

from __future__ import annotations

from config.bilingual import Language
from config.case_type import CaseType
from config.translate import Translator
from config.words import Words
from explain.derived_labels import DERIVED_LABELS, derived_value
from explain.reasons import Direction, Reason, Strength

EFFECTS: dict[tuple[Direction, Strength], str] = {
    ("more", "much"): "{fact}, and that goes together with much more work.",
    ("more", "some"): "{fact}, and that goes together with somewhat more work.",
    ("more", "little"): "{fact}, and that goes together with a little more work.",
    ("less", "much"): "{fact}, and that goes together with much less work.",
    ("less", "some"): "{fact}, and that goes together with somewhat less work.",
    ("less", "little"): "{fact}, and that goes together with a little less work.",
}
OTHERS: dict[tuple[Direction, Strength], tuple[str, str]] = {
    ("more", "much"): (
        "One other fact goes together with much more work.",
        "{n} others together go together with much more work.",
    ),
    ("more", "some"): (
        "One other fact goes together with somewhat more work.",
        "{n} others together go together with somewhat more work.",
    ),
    ("more", "little"): (
        "One other fact goes together with a little more work.",
        "{n} others together go together with a little more work.",
    ),
    ("less", "much"): (
        "One other fact goes together with much less work.",
        "{n} others together go together with much less work.",
    ),
    ("less", "some"): (
        "One other fact goes together with somewhat less work.",
        "{n} others together go together with somewhat less work.",
    ),
    ("less", "little"): (
        "One other fact goes together with a little less work.",
        "{n} others together go together with a little less work.",
    ),
}


class ReasonSpeaker:
    """Says the reasons of one case type in one language.

    Example:
        >>> from config.case_type import read_case_type
        >>> text = '''{name: {da: Bøde, en: Fine}, complexity: {within_days: 60, any: [{days: {above: 30}}]},
        ...   fields: {amount: {type: number, unit: DKK, label: {da: Beløb, en: Amount}}}}'''
        >>> reason = Reason("amount", "more", "much", 0.9, value=1250.0, usual=500.0)
        >>> fines = read_case_type(text, name="fines", file="fines.yaml")
        >>> ReasonSpeaker(fines, "en")(reason)
        'Amount is DKK 1,250 (usually DKK 500), and that goes together with much more work.'
        >>> ReasonSpeaker(fines, "da")(reason)
        'Beløb er 1.250 kr. (sædvanligt 500 kr.), og det hænger sammen med meget mere arbejde.'
    """

    def __init__(self, case_type: CaseType, language: Language) -> None:
        self.case_type = case_type
        self.language = language
        self.say = Translator(language)
        self.words = Words(language)

    def __call__(self, reason: Reason) -> str:
        """The reason's sentence."""
        if reason.field is None:
            return self.say.counted(*OTHERS[reason.direction, reason.strength], reason.others)
        fact = self.fact(reason)
        return self.say(EFFECTS[reason.direction, reason.strength], fact=fact[:1].upper() + fact[1:])

    def label(self, field: str) -> str:
        """A field's label, or a derived feature's; the name itself where the case type no longer has the field."""
        declared = self.case_type.fields.get(field)
        if declared is not None:
            return declared.label.say(self.language)
        return self.say(DERIVED_LABELS[field]) if field in DERIVED_LABELS else field

    def fact(self, reason: Reason) -> str:
        """What is seen and what is usual, as the first half of a sentence."""
        assert reason.field is not None
        label = self.label(reason.field)
        if reason.also:
            label = self.say(
                "{label} (with {also})",
                label=label,
                also=self.words.listed([self.label(one) for one in reason.also]),
            )
        usual = None if reason.usual is None else self.value(reason, reason.usual)
        match reason.form:
            case "missing" if usual is None:
                return self.say("“{label}” is not known to the machine", label=label)
            case "missing":
                return self.say(
                    "“{label}” is not known to the machine (usually {usual})", label=label, usual=usual
                )
            case "rare" if reason.value is None:
                return self.say("{label} has a rare value", label=label)
            case "rare":
                word = self._word(reason, str(reason.value))
                return self.say("{label} is “{value}”, which is rare", label=label, value=word)
        value = self.value(reason, reason.value)
        if usual is None:
            return self.say("{label} is {value}", label=label, value=value)
        if value == usual:
            return self._as_usual(reason, label, value)
        return self._unlike_usual(reason, label, value, usual)

    def value(self, reason: Reason, value: float | str | None) -> str:
        """A value in words: with its unit, as yes or no, in quotes, or as days before or after the arrival."""
        if isinstance(value, str):
            word = self._word(reason, value)
            return f"“{word}”" if self.language == "en" else f"»{word}«"
        if value is None:
            return self.words.nothing
        if reason.is_derived and reason.field is not None:
            return derived_value(reason.field, value, self.words)
        if reason.kind == "boolean":
            return self.words.yes_no(value == 1.0).lower()
        if reason.kind == "date":
            return self._days_from_arrival(value)
        declared = self.case_type.fields.get(reason.field or "")
        return self.words.value("number", value, None if declared is None else declared.unit)

    def _word(self, reason: Reason, value: str) -> str:
        """A category's value as the case type says it to people."""
        declared = self.case_type.fields.get(reason.field or "")
        return value if declared is None else declared.said(value, self.language)

    def _as_usual(self, reason: Reason, label: str, value: str) -> str:
        if reason.kind == "boolean":
            return self.say("the answer to “{label}” is {value}, as is usual", label=label, value=value)
        return self.say("{label} is {value}, as is usual", label=label, value=value)

    def _unlike_usual(self, reason: Reason, label: str, value: str, usual: str) -> str:
        if reason.kind == "boolean":
            return self.say(
                "the answer to “{label}” is {value} (usually {usual})", label=label, value=value, usual=usual
            )
        if reason.usual_share is not None:
            share = self.words.of_100(reason.usual_share)
            return self.say(
                "{label} is {value} (usually {usual}, in {share} cases)",
                label=label,
                value=value,
                usual=usual,
                share=share,
            )
        return self.say("{label} is {value} (usually {usual})", label=label, value=value, usual=usual)

    def _days_from_arrival(self, days: float) -> str:
        whole = round(days)
        if whole == 0:
            return self.say("the day the case arrived")
        if whole > 0:
            return self.say.counted("{n} day after the case arrived", "{n} days after the case arrived", whole)
        return self.say.counted("{n} day before the case arrived", "{n} days before the case arrived", -whole)

"""What a department calls complex: thresholds on measured effort within so many days of arrival."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_serializer, model_validator

from config.bilingual import Language
from config.model import Model, Real, wrong
from config.validation import did_you_mean

Measure = Literal["events", "handlers", "rework", "days"]
Comparison = Literal["at_least", "above"]

_NOUNS: dict[str, dict[str, tuple[str, str]]] = {
    "da": {
        "events": ("hændelse", "hændelser"),
        "handlers": ("sagsbehandler", "sagsbehandlere"),
        "rework": ("gentagelse", "gentagelser"),
        "days": ("dag", "dage"),
    },
    "en": {
        "events": ("event", "events"),
        "handlers": ("caseworker", "caseworkers"),
        "rework": ("repeated step", "repeated steps"),
        "days": ("day", "days"),
    },
}
_SAID = {"da": {"at_least": "mindst", "above": "mere end"}, "en": {"at_least": "at least", "above": "more than"}}
_JOINED = {"da": {"any": "eller", "all": "og"}, "en": {"any": "or", "all": "and"}}


class Threshold(Model):
    """One comparison of one measure, written `{handlers: {at_least: 3}}` in the file."""

    measure: Measure
    operator: Comparison
    value: Annotated[Real, Field(ge=0)]

    @model_validator(mode="before")
    @classmethod
    def _from_file(cls, raw: Any) -> Any:
        if not isinstance(raw, dict) or set(raw) >= {"measure", "operator"}:
            return raw
        if len(raw) != 1:
            raise wrong("one measure is expected here, as in {handlers: {at_least: 3}}")
        measure, comparison = next(iter(raw.items()))
        if measure not in _NOUNS["en"]:
            raise wrong(f"unknown measure '{measure}'; {did_you_mean(str(measure), _NOUNS['en'])}")
        if not isinstance(comparison, dict) or len(comparison) != 1:
            raise wrong("one comparison is expected here, as in {at_least: 3}", measure)
        operator, value = next(iter(comparison.items()))
        if operator not in _SAID["en"]:
            raise wrong(f"unknown comparison '{operator}'; {did_you_mean(str(operator), _SAID['en'])}", measure)
        return {"measure": measure, "operator": operator, "value": value}

    @model_serializer
    def _to_file(self) -> dict[str, dict[str, float]]:
        return {self.measure: {self.operator: self.value}}

    def is_passed(self, value: float) -> bool:
        """Whether so much effort passes it."""
        return value >= self.value if self.operator == "at_least" else value > self.value

    def words(self, language: Language) -> str:
        """The comparison as part of a sentence."""
        number = f"{self.value:g}"
        one, many = _NOUNS[language][self.measure]
        if language == "da":
            number = number.replace(".", ",")
        return f"{_SAID[language][self.operator]} {number} {one if self.value == 1 else many}"


class EffortRule(Model):
    """A case is complex if, within `within_days` of its arrival, any (or all) of the thresholds is passed.

    Example:
        >>> rule = EffortRule(within_days=60, any=[{"handlers": {"at_least": 3}}, {"days": {"above": 30}}])
        >>> rule.words("da")
        'mindst 3 sagsbehandlere eller mere end 30 dage, inden for 60 dage fra sagens ankomst'
    """

    within_days: Annotated[Real, Field(gt=0, le=3650)]
    any: tuple[Threshold, ...] | None = None
    all: tuple[Threshold, ...] | None = None

    @model_validator(mode="after")
    def _one_list(self) -> EffortRule:
        if (self.any is None) == (self.all is None):
            raise wrong("write either 'any' or 'all', with a list of thresholds")
        if not self.thresholds:
            raise wrong("the list of thresholds is empty; write at least one")
        return self

    @property
    def combine(self) -> Literal["any", "all"]:
        """Whether one threshold is enough or all must be passed."""
        return "any" if self.any is not None else "all"

    @property
    def thresholds(self) -> tuple[Threshold, ...]:
        """The comparisons, in the file's order."""
        return self.any if self.any is not None else self.all or ()

    def words(self, language: Language) -> str:
        """The rule as a sentence for pages, without the final stop."""
        parts = [threshold.words(language) for threshold in self.thresholds]
        joined = parts[0]
        if len(parts) > 1:
            joined = f"{', '.join(parts[:-1])} {_JOINED[language][self.combine]} {parts[-1]}"
        days = f"{self.within_days:g}"
        if language == "da":
            unit = "dag" if self.within_days == 1 else "dage"
            return f"{joined}, inden for {days.replace('.', ',')} {unit} fra sagens ankomst"
        unit = "day" if self.within_days == 1 else "days"
        return f"{joined}, within {days} {unit} of the case's arrival"

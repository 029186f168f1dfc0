"""Rules as sentences, in Danish and English: what a condition asks, and where a rule sends the case."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from config.bilingual import Language
from config.case_type import CaseType
from config.conditions import All, AnyOf, Condition, Leaf, NoneOf, Scalar
from config.duration import Duration
from config.routing_rules import Default, FloorRule, Route, Rules
from config.translate import Translator
from config.words import Words

BUILT_IN = {
    "case_type": "the case type",
    "weight": "the weight of the case type",
    "status": "the status of the case type",
    "channel": "the channel",
    "received_on": "the day the case was received",
    "citizen_age": "the citizen's age",
    "complexity": "the expected work",
    "novel": "unlike earlier cases",
    "criteria_decided": "decided by the criteria",
    "outcome": "the outcome",
    "missing_facts": "the number of missing facts",
    "contradictions": "the number of contradictions",
}
YES_OR_NO = {
    "novel": ("the case is unlike earlier ones", "the case is like earlier ones"),
    "criteria_decided": ("the criteria decide the case", "the criteria do not decide the case"),
}
COMPARISONS = {
    "equals": "{field} is {value}",
    "in": "{field} is one of {value}",
    "at_least": "{field} is at least {value}",
    "at_most": "{field} is at most {value}",
    "above": "{field} is above {value}",
    "below": "{field} is below {value}",
    "within": "{field} is within {value} of today",
}


class RuleSpeaker:
    """Says conditions and rules in one language, fields by their labels in these case types."""

    def __init__(self, case_types: Iterable[CaseType], language: Language) -> None:
        self.language = language
        self.say = Translator(language)
        self.words = Words(language)
        self._labels: dict[str, str] = {}
        self._values: dict[tuple[str, str], str] = {("weight", one): self.say(one) for one in ("light", "heavy")}
        for case_type in case_types:
            self._values["case_type", case_type.key] = case_type.name.say(language)
            for name, declared in case_type.fields.items():
                self._labels.setdefault(name, declared.label.say(language))
                for word in declared.values or ():
                    self._values.setdefault((name, word), declared.said(word, language))

    def label(self, field: str) -> str:
        """A field in words; its name where no case type declares it."""
        if field in BUILT_IN and field not in self._labels:
            return self.say(BUILT_IN[field])
        return self._quoted(self._labels.get(field, field))

    def rules(self, rules: Rules) -> list[tuple[str, str]]:
        """(name, sentence) of every rule, the floor first, the default last."""
        said = [(one.name, self.floor(one)) for one in rules.always_caseworker]
        said += [(one.name, self.route(one)) for one in rules.routes]
        return [*said, ("default", self.default(rules.default))]

    def floor(self, rule: FloorRule) -> str:
        """One line of the floor."""
        return self.say(
            "If {condition}, or if that cannot be told, a person always takes the case{details}.",
            condition=self.condition(rule.when),
            details=self._details(rule),
        )

    def route(self, rule: Route) -> str:
        """One rule."""
        condition = self.condition(rule.when)
        if rule.to == "draft":
            return self.say("If {condition}, the machine may draft, if all gates are open.", condition=condition)
        return self.say(
            "If {condition}, a person takes the case{details}.", condition=condition, details=self._details(rule)
        )

    def default(self, rule: Default) -> str:
        """What happens to all other cases."""
        if rule.to == "draft":
            return self.say("In all other cases the machine may draft, if all gates are open.")
        return self.say("All other cases go to a person{details}.", details=self._details(rule))

    def condition(self, condition: Condition) -> str:
        """A condition in words, without a capital or full stop.

        Example:
            >>> from config.conditions import parse_condition
            >>> RuleSpeaker([], "en").condition(parse_condition({"citizen_age": {"below": 18}}))
            "the citizen's age is below 18"
        """
        match condition:
            case Leaf():
                return self.comparison(condition)
            case All(parts=parts):
                return self._joined(parts, "{first} and {second}")
            case AnyOf(parts=parts):
                return self._joined(parts, "{first} or {second}")
            case NoneOf(parts=parts):
                return self.say("none of this holds: {parts}", parts=self._joined(parts, "{first} or {second}"))
        raise TypeError(f"{type(condition).__name__} is no condition")

    def comparison(self, leaf: Leaf) -> str:
        """One comparison in words."""
        field = self.label(leaf.field)
        if leaf.operator == "is_missing":
            return self.say("{field} is not given" if leaf.value else "{field} is given", field=field)
        if leaf.operator == "is_true" and leaf.field in YES_OR_NO:
            return self.say(YES_OR_NO[leaf.field][not leaf.value])
        if leaf.operator == "is_true":
            answer = self.words.yes_no(bool(leaf.value)).lower()
            return self.say("{field} is answered {value}", field=field, value=answer)
        if leaf.operator == "between" and isinstance(leaf.value, tuple):
            low, high = (self._value(leaf.field, one) for one in leaf.value)
            return self.say("{field} is from {low} to {high}", field=field, low=low, high=high)
        if isinstance(leaf.value, tuple):
            value = self.words.listed([self._value(leaf.field, one) for one in leaf.value])
        else:
            value = self._value(leaf.field, leaf.value)
        return self.say(COMPARISONS[leaf.operator], field=field, value=value)

    def found(self, leaf: Leaf, verdict: str, value: str | None) -> str:
        """What was asked and what the case has."""
        asked = self.comparison(leaf)
        if value is None:
            return self.say("{asked}: not known", asked=asked)
        answer = self.words.yes_no(verdict == "holds").lower()
        if leaf.field in YES_OR_NO:
            return self.say("{asked}: {answer}", asked=asked, answer=answer)
        return self.say("{asked}: {answer}, it is {value}", asked=asked, answer=answer, value=value)

    def in_words(self, field: str, word: str) -> str:
        """A word that a fact has, as people read it."""
        return self._values.get((field, word), word)

    def _joined(self, parts: Iterable[Condition], both: str) -> str:
        said = [self.condition(part) if isinstance(part, Leaf) else f"({self.condition(part)})" for part in parts]
        return functools.reduce(lambda first, second: self.say(both, first=first, second=second), said)

    def _value(self, field: str, value: Scalar | Duration) -> str:
        match value:
            case Duration():
                return value.words(self.language)
            case bool():
                return self.words.yes_no(value).lower()
            case date():
                return self.words.day(value)
            case int() | float() | Decimal():
                return self.words.of_100(float(value)) if field == "complexity" else self.words.number(value)
        return self._quoted(self.in_words(field, value))

    def _quoted(self, word: str) -> str:
        return f"“{word}”" if self.language == "en" else f"»{word}«"

    def _details(self, rule: FloorRule | Route | Default) -> str:
        details = []
        if rule.team is not None:
            details.append(self.say("team {team}", team=rule.team))
        if rule.priority == "high":
            details.append(self.say("high priority"))
        elif rule.priority == "low":
            details.append(self.say("low priority"))
        if rule.contact_within is not None:
            length = rule.contact_within.words(self.language, working=True)
            details.append(self.say("contact within {length}", length=length))
        return f" ({', '.join(details)})" if details else ""

"""Why a case went where it went: every rule in order, whether it held, and the fact that settled it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from config.bilingual import Language
from config.case_type import CaseType
from config.columns import Frame
from config.conditions import All, AnyOf, Condition, Leaf, NoneOf
from config.evaluation import Evaluation
from config.routing_rules import DEFAULT_RULE
from routing.relay import Cases, Standard, what_is_known
from routing.rule_sentences import RuleSpeaker

Verdict = Literal["holds", "does not hold", "cannot be told"]


@dataclass(frozen=True)
class RuleVerdict:
    """One rule and one case.

    Attributes:
        part: always_caseworker, routes or default.
        takes_the_case: this is the rule that settled where the case goes.
        because: the comparisons that settled it, each with the case's own value.
    """

    name: str
    part: str
    to: str
    verdict: Verdict
    takes_the_case: bool
    because: tuple[str, ...] = ()


def explain_rules(
    case: Cases, standard: Standard, language: Language, case_types: Iterable[CaseType] = ()
) -> list[RuleVerdict]:
    """Every rule's verdict on one case, the floor first, the default last.

    `case` holds the one case; `case_types` are the workspace's others, for rules name their fields and words too.
    """
    if len(case) != 1:
        raise ValueError(f"one case is explained at a time, not {len(case)}")
    known = what_is_known(case, standard)
    speaker = RuleSpeaker([standard.case_type, *case_types], language)
    floor = _Asking("always_caseworker", known.facts, standard, speaker)
    routes = _Asking("routes", known.unprotected, standard, speaker)
    found = [floor.verdict(rule.name, "caseworker", rule.when) for rule in standard.rules.always_caseworker]
    found += [routes.verdict(rule.name, rule.to, rule.when) for rule in standard.rules.routes]
    found.append(RuleVerdict(DEFAULT_RULE, "default", standard.rules.default.to, "holds", True))
    taker = next(position for position, one in enumerate(found) if one.takes_the_case)
    return [replace(one, takes_the_case=position == taker) for position, one in enumerate(found)]


class _Asking:
    """Asks the rules of one part of the file about one case."""

    def __init__(self, part: str, facts: Frame, standard: Standard, speaker: RuleSpeaker) -> None:
        self.part = part
        self.facts = facts
        self.evaluation = Evaluation(facts, standard.today)
        self.speaker = speaker
        self.units = {name: declared.unit for name, declared in standard.case_type.fields.items()}

    def verdict(self, name: str, to: str, when: Condition) -> RuleVerdict:
        """The verdict; what cannot be told takes the case in the floor, and only there."""
        truth = self.verdict_of(when)
        takes = truth == "holds" or (truth == "cannot be told" and self.part == "always_caseworker")
        return RuleVerdict(name, self.part, to, truth, takes, tuple(self.because(when, truth)))

    def verdict_of(self, when: Condition) -> Verdict:
        """One of three values."""
        truth = self.evaluation.of(when)
        if truth.true[0]:
            return "holds"
        return "cannot be told" if truth.possible[0] else "does not hold"

    def because(self, when: Condition, verdict: Verdict) -> Iterator[str]:
        """The comparisons that have the verdict's value (inside `none`, the opposite one), or that are unknown."""
        for leaf, is_turned in _leaves(when, is_turned=False):
            own = self.verdict_of(leaf)
            wanted = _OPPOSITE[verdict] if is_turned else verdict
            if own == wanted:
                yield self.speaker.found(leaf, own, self.value(leaf.field))

    def value(self, field: str) -> str | None:
        """The case's own value in words; None where rules cannot know it."""
        column = self.facts.columns.get(field)
        if column is None or bool(column.unknown[0]):
            return None
        if field == "complexity":
            return self.speaker.words.of_100(float(column.values[0]))
        value = column.value(0)
        if column.kind == "category" and isinstance(value, str):
            return self.speaker.in_words(field, value)
        return self.speaker.words.value(column.kind, value, self.units.get(field))


_OPPOSITE: dict[Verdict, Verdict] = {
    "holds": "does not hold",
    "does not hold": "holds",
    "cannot be told": "cannot be told",
}


def _leaves(condition: Condition, *, is_turned: bool) -> Iterator[tuple[Leaf, bool]]:
    """Every comparison, and whether it stands inside an odd number of `none`."""
    match condition:
        case Leaf():
            yield condition, is_turned
        case All(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from _leaves(part, is_turned=is_turned)
        case NoneOf(parts=parts):
            for part in parts:
                yield from _leaves(part, is_turned=not is_turned)

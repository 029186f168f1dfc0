"""One sentence for each closed gate, with the fact that closed it; withheld where the view is blind.

In a blind view only gates that rest on plain facts of the type or the citizen's own answers are said. How many
others are closed is not said either: a lone closed gate would tell that the case was drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from config.bilingual import Language
from config.translate import Translator
from config.words import Words

REVEALING = frozenset({"rule", "criteria", "complexity", "novelty", "explanation", "outcome", "blind_review"})
"""Gates that tell, or let one guess, the score, the proposed outcome, the rule or the draw."""


@dataclass(frozen=True)
class GateFacts:
    """What closed the gates of one case; labels are in the reader's language.

    Attributes:
        rule: the rule that settled the route; None for the default.
        on_floor: that rule stands in the floor; `floor_is_unknown`: it cannot be told whether it applies.
        phase: trial, shadow, drafting or stopped.
        has_model: the case was scored. `is_proved`: the promise has a threshold for such cases.
        unlike: labels of what makes the case novel.
        withheld: labels of what the citizen keeps from the machine.
        outcome: label of the outcome that the criteria give.
    """

    rule: str | None = None
    on_floor: bool = False
    floor_is_unknown: bool = False
    phase: str = "trial"
    has_model: bool = False
    is_proved: bool = False
    complexity: float | None = None
    unlike: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    outcome: str | None = None


@dataclass(frozen=True)
class GateSentence:
    """One closed gate in words."""

    gate: str
    sentence: str


@dataclass(frozen=True)
class ClosedGates:
    """The closed gates that may be said; `some_are_held_back` until the person's own view is stored."""

    said: tuple[GateSentence, ...]
    some_are_held_back: bool = False


def gate_sentences(
    closed: Sequence[str], facts: GateFacts, language: Language, *, is_blind: bool = False
) -> ClosedGates:
    """The closed gates in words, in their fixed order.

    Example:
        >>> gates = gate_sentences(["weight", "complexity"], GateFacts(), "en", is_blind=True)
        >>> [one.sentence for one in gates.said], gates.some_are_held_back
        (['The case is heavy: such a case is never scored and never drafted.'], True)
    """
    speaker = _Speaker(facts, language)
    said = [gate for gate in closed if not (is_blind and gate in REVEALING)]
    return ClosedGates(tuple(GateSentence(gate, speaker.sentence(gate)) for gate in said), is_blind)


class _Speaker:
    def __init__(self, facts: GateFacts, language: Language) -> None:
        self.facts = facts
        self.say = Translator(language)
        self.words = Words(language)

    def sentence(self, gate: str) -> str:
        """The sentence of one gate; a gate that is not known here is named, so that none goes unsaid."""
        sentences: dict[str, Callable[[], str]] = {
            "rule": self.rule,
            "status": self.status,
            "weight": lambda: self.say("The case is heavy: such a case is never scored and never drafted."),
            "criteria": lambda: self.say("The criteria do not decide the case; it takes a person's judgment."),
            "complexity": self.complexity,
            "novelty": self.novelty,
            "explanation": lambda: self.say("The reasons do not add up to the machine's score."),
            "consent": self.consent,
            "outcome": self.outcome,
            "blind_review": lambda: self.say(
                "The case was drawn at random to be decided without the machine's proposal."
            ),
        }
        if gate not in sentences:
            return self.say("The gate “{gate}” is closed.", gate=gate)
        return sentences[gate]()

    def rule(self) -> str:
        """Which rule sends the case to a person."""
        facts = self.facts
        if facts.rule is None:
            return self.say("No rule lets the machine draft this case.")
        if facts.floor_is_unknown:
            return self.say(
                "It cannot be told whether the rule “{rule}” applies, so a person takes the case.", rule=facts.rule
            )
        if facts.on_floor:
            return self.say("The rule “{rule}” always sends such a case to a person.", rule=facts.rule)
        return self.say("The rule “{rule}” sends the case to a person.", rule=facts.rule)

    def status(self) -> str:
        """Why the case type does not draft now."""
        if self.facts.phase == "stopped":
            return self.say("Drafting is stopped for this case type.")
        return self.say("The case type is in trial: the machine is measured and drafts nothing.")

    def complexity(self) -> str:
        """Why the score keeps the machine from drafting."""
        facts = self.facts
        if not facts.has_model:
            return self.say("The machine has not scored the case.")
        if not facts.is_proved or facts.complexity is None:
            return self.say("It is not proven that drafts of such cases would keep the promise.")
        return self.say(
            "{share} cases like this one take complex effort, which is above the limit for drafts.",
            share=self.words.of_100(facts.complexity),
        )

    def novelty(self) -> str:
        """What makes the case unlike those before."""
        if not self.facts.unlike:
            return self.say("The case is unlike those that the machine has learnt from.")
        return self.say(
            "The case is unlike those that the machine has learnt from: {fields}.",
            fields=self.words.listed(self.facts.unlike),
        )

    def consent(self) -> str:
        """What the citizen keeps from the machine."""
        if not self.facts.withheld:
            return self.say("The citizen has not allowed the machine to use everything that it would need.")
        return self.say(
            "The citizen has not allowed the machine to use {fields}.",
            fields=self.words.listed(self.facts.withheld),
        )

    def outcome(self) -> str:
        """Which outcome only a person may propose."""
        if self.facts.outcome is None:
            return self.say("The outcome is not fully in the citizen's favour.")
        return self.say(
            "The outcome “{outcome}” is not fully in the citizen's favour, so a person drafts it.",
            outcome=self.facts.outcome,
        )

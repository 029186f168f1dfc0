"""What the machine said of a case, in words: why it came here, the complexity and its reasons, the gates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from config.bilingual import Language
from config.routing_rules import FloorRule, Route, Rules
from config.translate import Translator
from config.words import Words
from explain.reasons import reasons_for
from explain.sentences import ReasonSpeaker
from models.case_type_states import State
from models.clock import parse
from routing.in_force import InForce
from routing.standards import day_of
from ui.caseworker.case_record import CaseRecord, unpacked
from ui.caseworker.complexity_scale import LEVEL, Effort, Scale, expected_effort, scale_of
from ui.caseworker.gate_facts import closed_gate_sentences, gate_facts, open_gate_sentences
from ui.caseworker.lately import lately
from ui.caseworker.reason_bars import ReasonBar, reason_bars
from ui.caseworker.simple_if import simple_if
from ui.web.models_read import ModelInWords


@dataclass(frozen=True)
class Assessed:
    """The score of one case in words.

    Attributes:
        expects: how much work beside what is usual.
        effort: the department's own definition of extra work.
        is_novel: the case is unlike those the model has learnt from, so the score says little.
        adds_up: the reasons and the base value make the score.
        is_level: the model gives every case the same number.
        simple_if: what would have made the case simple, in sentences.
    """

    scale: Scale
    expects: Effort
    bars: tuple[ReasonBar, ...]
    heading: str
    effort: str
    is_novel: bool
    adds_up: bool
    is_level: bool
    simple_if: tuple[str, ...]


@dataclass(frozen=True)
class MachinePart:
    """What the machine did with one case; `assessed` is None where nothing was scored."""

    made_at: str
    placed: str
    because: str | None
    closed: tuple[str, ...]
    open: tuple[str, ...]
    assessed: Assessed | None


def machine_part(
    case: CaseRecord,
    in_force: InForce,
    model: ModelInWords | None,
    now: datetime,
    language: Language,
    team: str,
) -> MachinePart | None:
    """The machine's part of a case, None where it has not been asked yet; `team` as people call it."""
    row, say = case.assessment, Translator(language)
    if row is None:
        return None
    state: State = in_force.states[case.case_type.key]
    facts = gate_facts(case, in_force.rules, state, model, day_of(now), language)
    rule = row["floor_rule"] or row["rule"]
    same_rules = row["rules_version"] == in_force.rules_version
    return MachinePart(
        made_at=lately(parse(row["made_at"]), now, say, Words(language)),
        placed=say("The case lies with {team}.", team=team),
        because=because(rule, in_force.rules, language) if same_rules and not facts.floor_is_unknown else None,
        closed=closed_gate_sentences(facts, case, language),
        open=open_gate_sentences(case, language),
        assessed=None if model is None or case.inputs is None else assessed(case, case.inputs, model, language),
    )


def because(rule: str | None, rules: Rules, language: Language) -> str | None:
    """Why the team lead wrote the rule, where the file says so."""
    named: tuple[FloorRule | Route, ...] = (*rules.always_caseworker, *rules.routes)
    for one in named:
        if one.name == rule and one.because is not None:
            return one.because.say(language)
    return None


def assessed(case: CaseRecord, inputs: NDArray[np.float64], model: ModelInWords, language: Language) -> Assessed:
    """Score and reasons, from what is stored with the assessment and the `inputs` (p,) behind it."""
    row = case.assessment
    assert row is not None
    say = Translator(language)
    contributions = unpacked(row["contributions"])
    words = {name: column.value(0) for name, column in case.facts.columns.items() if column.kind == "category"}
    reasons = reasons_for(
        contributions,
        inputs,
        model.features,
        rare_words={name: value for name, value in words.items() if isinstance(value, str)},
    )
    gap = abs(float(contributions.sum()) + row["base_value"] - row["raw_score"])
    effort = case.case_type.effort_rule.words(language)
    return Assessed(
        scale=scale_of(row["complexity"], model.usual, model.limit, say),
        expects=expected_effort(row["complexity"], model.usual),
        bars=reason_bars(reasons, ReasonSpeaker(case.case_type, language)),
        heading=say(heading(row["complexity"] - model.usual, float(contributions.sum()))),
        effort=say("Extra work is your own definition: {effort}.", effort=effort),
        is_novel=bool(row["novel"]),
        adds_up=gap <= 1e-6,
        is_level=model.is_level,
        simple_if=simple_if(case, inputs, model, language),
    )


def heading(above_usual: float, pulled: float) -> str:
    """What the reasons explain, as English words.

    Neither more nor less work where the case is a usual one, or where number and reasons part.

    Example:
        >>> heading(0.2, 1.5), heading(0.2, -0.5)
        ('Why the machine expects more work', 'What the machine expects, and why')
        >>> heading(-0.03, -0.5)
        'What the machine expects, and why'
    """
    if above_usual * pulled < 0 or abs(above_usual) <= LEVEL:
        return "What the machine expects, and why"
    return "Why the machine expects more work" if pulled > 0 else "Why the machine expects less work"

"""The facts that closed the gates of one stored assessment, gathered for the sentences about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from config.bilingual import Language
from config.case_type import CaseType
from config.evaluation import Evaluation
from config.routing_rules import DEFAULT_RULE
from engine.masking import hidden_from_model
from explain.gate_sentences import GateFacts
from explain.sentences import ReasonSpeaker
from explain.unlike import unlike_fields
from routing.assessed_rows import unpacked
from routing.relay import Cases, Standard, what_is_known


def gate_facts(assessment: Mapping[str, Any], case: Cases, standard: Standard, language: Language) -> GateFacts:
    """What closed the gates of a row of `assessment`; `case` is the one case, `standard` what counted for it."""
    case_type, trained = standard.case_type, standard.trained
    speaker = ReasonSpeaker(case_type, language)
    rule, floor_rule = assessment["rule"], assessment["floor_rule"]
    unlike: tuple[str, ...] = ()
    if assessment["novel"] and trained is not None and assessment["inputs"] is not None:
        unlike = unlike_fields(trained.novelty, unpacked(assessment["inputs"]), trained.features)
    return GateFacts(
        rule=None if rule == DEFAULT_RULE else rule,
        on_floor=floor_rule is not None,
        floor_is_unknown=floor_rule is not None and is_unknown(floor_rule, case, standard),
        phase=standard.phase,
        has_model=assessment["raw_score"] is not None,
        is_proved=standard.guarantee is not None and standard.guarantee.threshold is not None,
        complexity=assessment["complexity"],
        unlike=tuple(speaker.label(name) for name in unlike),
        withheld=tuple(speaker.label(name) for name in withheld_fields(case, case_type)),
        outcome=outcome_label(case, standard, language),
    )


def is_unknown(floor_rule: str, case: Cases, standard: Standard) -> bool:
    """Whether it cannot be told if this rule of the floor applies to the case."""
    evaluation = Evaluation(what_is_known(case, standard).facts, standard.today)
    whens = [rule.when for rule in standard.rules.always_caseworker if rule.name == floor_rule]
    return any(bool(evaluation.of(when).unknown[0]) for when in whens)


def withheld_fields(case: Cases, case_type: CaseType) -> list[str]:
    """Fields that the citizen keeps from the model, of those that it might use."""
    found = []
    for name, declared in case_type.fields.items():
        answers = case.consents.get(name, np.full(1, -1, dtype=np.int8))
        is_theirs = declared.model_use in ("unless_refused", "with_consent") and not declared.protected
        if is_theirs and bool(hidden_from_model(declared.model_use, answers)[0]):
            found.append(name)
    return found


def outcome_label(case: Cases, standard: Standard, language: Language) -> str | None:
    """The label of the outcome that the criteria give, None where they do not decide."""
    outcome = what_is_known(case, standard).decided.outcome.value(0)
    return None if outcome is None else standard.case_type.outcomes[str(outcome)].label.say(language)

"""What closed or opened the gates of one case, gathered for the sentences that say so."""

from __future__ import annotations

import json
from datetime import date

import numpy as np

from config.bilingual import Language
from config.evaluation import Evaluation
from config.routing_rules import DEFAULT_RULE, Rules
from config.translate import Translator
from engine.masking import NOT_ANSWERED, hidden_from_model
from explain.gate_sentences import GateFacts, gate_sentences
from explain.sentences import ReasonSpeaker
from explain.unlike import unlike_fields
from models.case_type_states import State
from routing.gates import GATE_NAMES
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.known import known_of
from ui.web.models_read import ModelInWords

OPEN_GATES = {
    "rule": "The rules let the machine draft such a case.",
    "status": "Drafting is on for this case type.",
    "weight": "The case is light.",
    "criteria": "No judgment is left open by the criteria.",
    "complexity": "The expected work is below the limit for drafts.",
    "novelty": "The case resembles those the machine has learnt from.",
    "explanation": "The reasons add up to the machine's score.",
    "consent": "The citizen keeps nothing from the machine that it needs.",
    "outcome": "No outcome goes against the citizen.",
    "blind_review": "The case was not drawn to be decided without the machine's proposal.",
}


def closed_gate_sentences(facts: GateFacts, case: CaseRecord, language: Language) -> tuple[str, ...]:
    """One sentence for each closed gate."""
    return tuple(one.sentence for one in gate_sentences(closed_gates_of(case), facts, language).said)


def open_gate_sentences(case: CaseRecord, language: Language) -> tuple[str, ...]:
    """One sentence for each open gate."""
    say, closed = Translator(language), closed_gates_of(case)
    return tuple(say(OPEN_GATES[name]) for name in GATE_NAMES if name not in closed)


def closed_gates_of(case: CaseRecord) -> list[str]:
    """The closed gates as stored with the assessment."""
    return [] if case.assessment is None else list(json.loads(case.assessment["gates_closed"]))


def gate_facts(
    case: CaseRecord, rules: Rules, state: State, model: ModelInWords | None, today: date, language: Language
) -> GateFacts:
    """Everything that the sentences of the gates speak of."""
    row = case.assessment or {}
    known = known_of(case, state.status)
    outcome = known.columns["outcome"].value(0)
    declared = case.case_type.outcomes.get(outcome) if isinstance(outcome, str) else None
    rule = row.get("floor_rule") or row.get("rule")
    return GateFacts(
        rule=None if rule == DEFAULT_RULE else rule,
        on_floor=row.get("floor_rule") is not None,
        floor_is_unknown=any(
            one.name == row.get("floor_rule") and Evaluation(known, today).of(one.when).unknown[0]
            for one in rules.always_caseworker
        ),
        phase=state.phase,
        has_model=row.get("raw_score") is not None,
        is_proved=model is not None and model.limit is not None,
        complexity=row.get("complexity"),
        unlike=unlike_labels(case, model, language),
        withheld=withheld_labels(case, language),
        outcome=None if declared is None else declared.label.say(language),
    )


def unlike_labels(case: CaseRecord, model: ModelInWords | None, language: Language) -> tuple[str, ...]:
    """What makes the case novel, in the field's own words."""
    row = case.assessment
    if row is None or model is None or case.inputs is None or not row["novel"]:
        return ()
    speaker = ReasonSpeaker(case.case_type, language)
    fields = unlike_fields(model.novelty, case.inputs, model.features)
    return tuple(speaker.label(name) for name in fields)


def withheld_labels(case: CaseRecord, language: Language) -> tuple[str, ...]:
    """What the citizen keeps from the machine, in the field's own words."""
    labels = []
    for name, field in case.case_type.fields.items():
        if field.model_use not in ("with_consent", "unless_refused") or field.protected or field.type == "text":
            continue
        answer = case.consents.get(name, np.array([NOT_ANSWERED], dtype=np.int8))
        if hidden_from_model(field.model_use, answer)[0]:
            labels.append(field.label.say(language))
    return tuple(labels)

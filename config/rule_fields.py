"""What routing rules may ask about: the fields of all case types, and those that every case has."""

from __future__ import annotations

from collections.abc import Mapping

from config.case_type import CaseType
from config.condition_checks import Known

WEIGHTS = ("heavy", "light")
STATUSES = ("live", "trial")

FIELDS_OF_EVERY_CASE: Mapping[str, Known] = {
    "case_type": Known("category"),
    "weight": Known("category", WEIGHTS),
    "status": Known("category", STATUSES),
    "channel": Known("category"),
    "received_on": Known("date"),
    "citizen_age": Known("number", protected=True),
    "complexity": Known("number"),
    "novel": Known("boolean"),
    "criteria_decided": Known("boolean"),
    "outcome": Known("category"),
    "missing_facts": Known("integer"),
    "contradictions": Known("integer"),
}


def rule_fields(case_types: Mapping[str, CaseType]) -> dict[str, list[Known]]:
    """Every name a rule may use, with each declaration of it; `case_type` and `outcome` know their words."""
    fields: dict[str, list[Known]] = {name: [known] for name, known in FIELDS_OF_EVERY_CASE.items()}
    if case_types:
        outcomes = {outcome for case_type in case_types.values() for outcome in case_type.outcomes}
        fields["case_type"] = [Known("category", tuple(sorted(case_types)))]
        fields["outcome"] = [Known("category", tuple(sorted(outcomes)))]
    for _, case_type in sorted(case_types.items()):
        for name, field in case_type.fields.items():
            known = Known(field.type, field.values, field.protected)
            if name in FIELDS_OF_EVERY_CASE:  # `channel` and `citizen_age` may be declared as facts
                built_in = FIELDS_OF_EVERY_CASE[name]
                fields[name].append(Known(known.kind, None, built_in.protected or known.protected))
            else:
                fields.setdefault(name, []).append(known)
    return fields

"""The JSON Schema of one workspace's routing.yaml, so that an editor knows its fields and operators."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from config.case_type import CaseType
from config.conditions import CONDITION_SCHEMA
from config.conditions_schema import Schema, condition_schema, value_schema
from config.routing_rules import Rules
from config.rule_fields import rule_fields


def routing_schema(case_types: Mapping[str, CaseType]) -> Schema:
    """The schema for these case types. Protected fields complete in the floor and in invariants alone."""
    fields = rule_fields(case_types)
    unprotected = {name: known for name, known in fields.items() if not any(one.protected for one in known)}
    schema = _with_references(Rules.model_json_schema())
    parts = schema["$defs"]
    parts["condition"] = condition_schema(unprotected, name="condition")
    parts["floor_condition"] = condition_schema(fields, name="floor_condition")
    parts["FloorRule"]["properties"]["when"] = {"$ref": "#/$defs/floor_condition"}
    where = {key: parts["Never"]["properties"][key] for key in ("to", "team")}
    parts["Never"] = {
        **parts["floor_condition"],
        "properties": {**parts["floor_condition"]["properties"], **where},
        "minProperties": 2,
    }
    parts["RulesTest"]["properties"]["case"] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: value_schema(known) for name, known in sorted(fields.items())},
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _with_references(part: Any) -> Any:
    """The schema with a reference wherever a condition stands."""
    if isinstance(part, list):
        return [_with_references(one) for one in part]
    if not isinstance(part, dict):
        return part
    if part.get("title") == CONDITION_SCHEMA["title"] and part.get("type") == "object":
        return {"$ref": "#/$defs/condition"}
    return {key: _with_references(one) for key, one in part.items()}


def write_routing_schema(file: Path, case_types: Mapping[str, CaseType]) -> None:
    """Write the schema beside the rules; the file is rewritten whole."""
    text = json.dumps(routing_schema(case_types), ensure_ascii=False, indent=2, sort_keys=True)
    file.write_text(text + "\n", encoding="utf-8")

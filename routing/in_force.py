"""What counts now: the published case types and rules, how far each type has come, and its model and promise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from config.case_type import CaseType
from config.errors import InputError
from config.routing_rules import Rules, read_rules
from config.validation import did_you_mean
from config.workspace import Workspace
from engine.guarantee import Guarantee
from engine.trained import TrainedComplexity
from models.case_type_states import State, states
from models.publication import PublishedText, all_in_force, in_force
from models.published_case_types import case_type_of
from models.training_store import latest_model
from routing.measurements import guarantee_in_force

RULES = "routing"
"""The name under which routing.yaml is published."""


@dataclass(frozen=True)
class InForce:
    """Case types by key with their published versions, the rules, and each type's state."""

    case_types: Mapping[str, CaseType]
    case_type_versions: Mapping[str, int]
    rules: Rules
    rules_version: int
    states: Mapping[str, State]

    def case_type(self, name: str) -> CaseType:
        """One case type.

        Raises:
            InputError: none of that name is in force.
        """
        if name not in self.case_types:
            raise InputError(f"there is no case type '{name}'; {did_you_mean(name, self.case_types)}")
        return self.case_types[name]


@dataclass(frozen=True)
class Model:
    """The model that scores a case type now; `why_none` says in English why there is none."""

    version: str | None = None
    trained: TrainedComplexity | None = None
    guarantee: Guarantee | None = None
    why_none: str | None = None


def load_in_force(connection: sa.Connection) -> InForce:
    """Read what is published; the database always holds rules after `open_workspace`."""
    published = all_in_force(connection, "case_type")
    case_types = {one.name: case_type_of(one) for one in published}
    rules = in_force(connection, "rules", RULES)
    if rules is None:
        raise InputError("no rules are in force in this database; run any stafet command on it first")
    return InForce(
        case_types=case_types,
        case_type_versions={one.name: one.version for one in published},
        rules=rules_of(rules, case_types),
        rules_version=rules.version,
        states={state.name: state for state in states(connection)},
    )


def rules_in_force(connection: sa.Connection) -> PublishedText:
    """The rules in force, as published.

    Raises:
        InputError: nothing was ever published here.
    """
    rules = in_force(connection, "rules", RULES)
    if rules is None:
        raise InputError("no rules are in force in this database; run any stafet command on it first")
    return rules


def rules_of(published: PublishedText, case_types: Mapping[str, CaseType]) -> Rules:
    """Published rules, read against the case types in force."""
    place = f"routing.yaml (version {published.version})"
    return read_rules(published.content, file=place, case_types=case_types)


def load_model(connection: sa.Connection, workspace: Workspace, case_type: CaseType) -> Model:
    """The newest model on record, if it may still be used on this case type as published.

    Raises:
        InputError, TamperError: the model file is gone, or not the one on record.
    """
    if case_type.weight == "heavy":
        return Model(why_none="A heavy case type is never scored.")
    on_record = latest_model(connection, case_type.key)
    if on_record is None:
        return Model(why_none=f"No model is trained; run `stafet train {case_type.key}`.")
    from engine import model_file

    folder = workspace.trained_folder(case_type.key, on_record.version)
    trained = model_file.load(folder, case_type=case_type.key, expected_sha256=on_record.sha256)
    misfit = why_unfit(trained, case_type)
    if misfit is not None:
        return Model(why_none=misfit)
    return Model(on_record.version, trained, guarantee_in_force(connection, on_record, trained))


def why_unfit(trained: TrainedComplexity, case_type: CaseType) -> str | None:
    """Why a model may not score this case type any more: a field that it learnt from has changed since."""
    for feature in trained.features:
        if feature.is_derived:
            continue
        declared = case_type.fields.get(feature.field)
        if declared is None:
            reason = "is no longer declared"
        elif declared.protected or declared.model_use == "never":
            reason = "is now kept from the model"
        elif declared.type != feature.kind:
            reason = f"is now of type {declared.type}"
        else:
            continue
        return f"The model learnt from '{feature.field}', which {reason}; run `stafet train {case_type.key}`."
    return None

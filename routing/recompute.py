"""Recomputes a stored assessment to the same bits, from what is stored and nothing else (promise 4).

What counted then is gathered by the moment it was made: published versions, the model by its hash, the newest
measurement and the newest answer about consent before it, the case type's state from the audit trail. Inputs of
the model are made anew from the facts; derived features alone are taken as stored, for later imports change what
is known of the cases around.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from config.case_type import CaseType
from config.errors import InputError
from engine import model_file
from engine.guarantee import Guarantee
from engine.masking import visible_to_model
from engine.stated import stated_from_json
from engine.trained import TrainedComplexity
from engine.typed_facts import frame_from_json
from models.case_type_states import State
from models.clock import parse, parse_many
from models.publication import version_of
from models.published_case_types import case_type_of
from models.tables import AUDIT, CASE_FACTS, CASE_FILE, CONSENT, MEASUREMENT, PUBLISHED, TRAINED_MODEL
from models.workspace_kind import calendar_days_until
from routing.assessed_rows import assessment_rows, unpacked
from routing.built_in import with_every_declared_field
from routing.in_force import RULES, InForce, Model, rules_of
from routing.kept_draws import kept_shares, share_in_force
from routing.measurements import guarantee_from_json
from routing.publishing import Opened
from routing.relay import Cases, carry, inputs_of
from routing.standards import day_of, make_standard

NOT_RECOMPUTED = frozenset({"id", "audit_batch", "inputs"})
"""`inputs` holds what is taken as stored."""


@dataclass(frozen=True)
class Difference:
    """One column in which the stored assessment and the recomputed one differ."""

    column: str
    stored: Any
    recomputed: Any


Loaded = dict[tuple[str, str], TrainedComplexity]
"""Models already read, by case type and version: for who recomputes many assessments."""


def recompute(
    opened: Opened, connection: sa.Connection, assessment: Mapping[str, Any], loaded: Loaded | None = None
) -> list[Difference]:
    """What differs when a stored assessment (a row of `assessment`) is made again; empty where not a bit does.

    Raises:
        InputError: something that it was made with is no longer stored (its data may have been deleted by law).
        TamperError: the model file is not the one on record.
    """
    case_type = _case_type_then(connection, assessment)
    model = _model_then(opened, connection, assessment, {} if loaded is None else loaded)
    in_force = _in_force_then(connection, assessment, case_type)
    least, made_at = in_force.rules.blind_review.share, assessment["made_at"]
    standard = make_standard(
        in_force,
        case_type,
        model,
        draw_key=opened.draw_key,
        today=day_of(parse(made_at)),
        blind_share=share_in_force(connection, case_type.key, least, made_at),
    )
    standard = replace(standard, counts_working_days=made_at > calendar_days_until(connection))
    cases = _case_then(connection, assessment, case_type, model.trained)
    table = assessment_rows(
        carry(cases, standard),
        made_at=made_at,
        facts_versions=np.array([assessment["facts_version"]], dtype=np.int64),
    )
    made: dict[str, Any] = table.to_pylist()[0]
    return [
        Difference(name, assessment[name], value)
        for name, value in made.items()
        if name not in NOT_RECOMPUTED and not _same(assessment[name], value)
    ]


def inputs_then(
    connection: sa.Connection, assessment: Mapping[str, Any], trained: TrainedComplexity
) -> NDArray[np.float64]:
    """The model's input (p,) from which a stored assessment was made, `trained` being its model.

    Raises:
        InputError: something that it was made with is no longer stored.
    """
    case_type = _case_type_then(connection, assessment)
    cases = _case_then(connection, assessment, case_type, trained)
    visible = visible_to_model(with_every_declared_field(cases.facts, case_type), case_type, cases.consents)
    return inputs_of(visible, cases, trained).reshape(-1)


def _same(stored: Any, recomputed: Any) -> bool:
    if isinstance(stored, float) and isinstance(recomputed, float):
        return np.float64(stored).tobytes() == np.float64(recomputed).tobytes()
    return bool(stored == recomputed)


def _case_type_then(connection: sa.Connection, assessment: Mapping[str, Any]) -> CaseType:
    name, version = assessment["case_type"], assessment["case_type_version"]
    published = version_of(connection, "case_type", name, version)
    if published is None:
        raise InputError(f"version {version} of case type '{name}' is not on record; restore it from a backup")
    return case_type_of(published)


def _in_force_then(connection: sa.Connection, assessment: Mapping[str, Any], case_type: CaseType) -> InForce:
    """Rules of the stored version, read beside the case types of that moment, and the state from the trail."""
    version, made_at = assessment["rules_version"], assessment["made_at"]
    rules = version_of(connection, "rules", RULES, version)
    if rules is None:
        raise InputError(f"version {version} of the rules is not on record; restore it from a backup")
    case_types = {**_case_types_at(connection, made_at), case_type.key: case_type}
    return InForce(
        case_types=case_types,
        case_type_versions={case_type.key: assessment["case_type_version"]},
        rules=rules_of(rules, case_types),
        rules_version=version,
        states={case_type.key: _state_at(connection, case_type.key, made_at)},
    )


def _case_types_at(connection: sa.Connection, moment: str) -> dict[str, CaseType]:
    then = (PUBLISHED.c.kind == "case_type") & (PUBLISHED.c.published_at <= moment)
    newest = sa.select(PUBLISHED.c.name, sa.func.max(PUBLISHED.c.version)).where(then).group_by(PUBLISHED.c.name)
    found = [version_of(connection, "case_type", name, version) for name, version in connection.execute(newest)]
    return {one.name: case_type_of(one) for one in found if one is not None}


def _state_at(connection: sa.Connection, name: str, moment: str) -> State:
    subject = (AUDIT.c.action == "case_type.state") & (AUDIT.c.subject == f"case_type:{name}")
    query = sa.select(AUDIT.c.at, AUDIT.c.payload).where(subject & (AUDIT.c.at <= moment))
    row = connection.execute(query.order_by(AUDIT.c.seq.desc()).limit(1)).first()
    if row is None:
        raise InputError(f"the audit trail does not say where case type '{name}' stood at {moment}")
    told = json.loads(row.payload)
    return State(name, told["weight"], told["status"], told["phase"], row.at, told.get("reason"))


def _model_then(opened: Opened, connection: sa.Connection, assessment: Mapping[str, Any], loaded: Loaded) -> Model:
    name, version = assessment["case_type"], assessment["model_version"]
    if version is None:
        return Model()
    this = (TRAINED_MODEL.c.case_type == name) & (TRAINED_MODEL.c.version == version)
    sha256 = connection.execute(sa.select(TRAINED_MODEL.c.sha256).where(this)).scalar()
    if sha256 is None:
        raise InputError(f"model {version} of '{name}' is not on record; restore it from a backup")
    if (name, version) not in loaded:
        folder = opened.workspace.trained_folder(name, version)
        loaded[name, version] = model_file.load(folder, case_type=name, expected_sha256=sha256)
    trained = loaded[name, version]
    return Model(version, trained, _guarantee_then(connection, assessment, trained))


def _guarantee_then(
    connection: sa.Connection, assessment: Mapping[str, Any], trained: TrainedComplexity
) -> Guarantee:
    of_model = (MEASUREMENT.c.case_type == assessment["case_type"]) & (
        MEASUREMENT.c.model_version == assessment["model_version"]
    )
    then = sa.select(MEASUREMENT.c.result).where(of_model & (MEASUREMENT.c.measured_at <= assessment["made_at"]))
    result = connection.execute(then.order_by(MEASUREMENT.c.id.desc()).limit(1)).scalar()
    return trained.guarantee if result is None else guarantee_from_json(json.loads(result)["guarantee"])


def _case_then(
    connection: sa.Connection,
    assessment: Mapping[str, Any],
    case_type: CaseType,
    trained: TrainedComplexity | None,
) -> Cases:
    name, case_id = assessment["case_type"], assessment["case_id"]
    received_at = connection.execute(
        sa.select(CASE_FILE.c.received_at).where(
            (CASE_FILE.c.case_type == name) & (CASE_FILE.c.case_id == case_id)
        )
    ).scalar()
    known = _facts_then(connection, assessment)
    if received_at is None or known is None:
        raise InputError(f"the facts of case {case_id} are no longer stored, so it cannot be assessed again")
    ids = np.array([case_id], dtype=object)
    facts, stated = known
    return Cases(
        facts=frame_from_json(ids, [facts], case_type),
        stated=stated_from_json(ids, [stated], case_type),
        arrivals=parse_many([received_at]),
        consents=_consents_then(connection, assessment),
        derived=None if trained is None else _derived_as_stored(assessment, trained),
        kept_shares=kept_shares(connection, name, [case_id], before=assessment["made_at"], alone=True),
    )


def _facts_then(connection: sa.Connection, assessment: Mapping[str, Any]) -> tuple[str, str | None] | None:
    """Facts and what was stated in the stored version; '{}' and None for version 0, which stands for none."""
    if assessment["facts_version"] == 0:
        return "{}", None
    same = (CASE_FACTS.c.case_type == assessment["case_type"]) & (CASE_FACTS.c.case_id == assessment["case_id"])
    version = CASE_FACTS.c.version == assessment["facts_version"]
    row = connection.execute(sa.select(CASE_FACTS.c.facts, CASE_FACTS.c.stated).where(same & version)).first()
    return None if row is None else (row.facts, row.stated)


def _consents_then(connection: sa.Connection, assessment: Mapping[str, Any]) -> dict[str, NDArray[np.int8]]:
    """The latest answer to each field that was on record when the assessment was made."""
    same = (CONSENT.c.case_type == assessment["case_type"]) & (CONSENT.c.case_id == assessment["case_id"])
    known = same & (CONSENT.c.recorded_at <= assessment["made_at"])
    query = sa.select(CONSENT.c.field, CONSENT.c.answer).where(known)
    rows = connection.execute(query.order_by(CONSENT.c.answered_at, CONSENT.c.id))
    return {name: np.array([answer == "yes"], dtype=np.int8) for name, answer in rows}


def _derived_as_stored(assessment: Mapping[str, Any], trained: TrainedComplexity) -> NDArray[np.float64] | None:
    if assessment["inputs"] is None:
        return None
    stored, is_derived = unpacked(assessment["inputs"]), [feature.is_derived for feature in trained.features]
    holds_every_input = len(stored) == len(is_derived)  # as assessments were stored at first
    return stored[np.newaxis, is_derived] if holds_every_input else stored[np.newaxis]

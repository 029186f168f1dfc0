"""The standard that the relay carries a case type's cases by, gathered from what is in force."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

import sqlalchemy as sa

from config.case_type import CaseType
from config.routing_rules import Rules
from config.words import DANISH_TIME
from engine.guarantee import Guarantee, Promise
from models.case_type_states import State
from models.clock import stamp
from routing.assessed import Versions
from routing.in_force import InForce, Model, load_model
from routing.kept_draws import share_in_force
from routing.publishing import Opened
from routing.relay import Phase, Standard
from routing.rules import drafts_anything


def day_of(moment: datetime) -> date:
    """The day of a moment in Denmark."""
    return moment.astimezone(DANISH_TIME).date()


def standard_of(opened: Opened, connection: sa.Connection, name: str) -> tuple[Standard, Model]:
    """The standard for one case type, and the model it was made with.

    Raises:
        InputError, TamperError: no such case type, or its model file is not the one on record.
    """
    case_type = opened.in_force.case_type(name)
    model = load_model(connection, opened.workspace, case_type)
    now = opened.database.clock()
    share = share_in_force(connection, name, opened.in_force.rules.blind_review.share, stamp(now))
    standard = make_standard(
        opened.in_force, case_type, model, draw_key=opened.draw_key, today=day_of(now), blind_share=share
    )
    return standard, model


def promise_of(rules: Rules) -> Promise:
    """The promise as routing.yaml states it."""
    stated = rules.guarantee
    return Promise(stated.max_complex_share, stated.confidence, stated.also_within)


def guarantee_that_counts(guarantee: Guarantee | None, rules: Rules, *, is_live: bool) -> Guarantee | None:
    """The guarantee, if it proves what the rules promise of the cases that they let through; else None."""
    if guarantee is None or guarantee.promise != promise_of(rules):
        return None
    needs_in_force = is_live and drafts_anything(rules)
    return None if needs_in_force and guarantee.population != "in_force" else guarantee


def make_standard(
    in_force: InForce,
    case_type: CaseType,
    model: Model,
    *,
    draw_key: bytes,
    today: date,
    blind_share: float | None = None,
) -> Standard:
    """The standard from its parts; `blind_share` None is the share that the rules name."""
    state: State = in_force.states[case_type.key]
    return Standard(
        case_type=case_type,
        rules=in_force.rules,
        trained=model.trained,
        guarantee=guarantee_that_counts(model.guarantee, in_force.rules, is_live=state.status == "live"),
        phase=cast(Phase, state.phase),
        blind_share=in_force.rules.blind_review.share if blind_share is None else blind_share,
        draw_key=draw_key,
        today=today,
        versions=Versions(in_force.case_type_versions[case_type.key], in_force.rules_version, model.version),
        status="live" if state.status == "live" else "trial",
    )

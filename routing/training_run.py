"""Trains a case type on the workspace's cases: first the file, then the record of it and of the promise."""

from __future__ import annotations

from dataclasses import dataclass, replace

import sqlalchemy as sa

from config.case_type import CaseType
from engine.guarantee import Guarantee
from engine.trained import TrainedComplexity
from engine.training_report import TrainingReport
from models import audit
from models.case_type_states import set_state, state_of
from models.training_store import models_of, record_model
from routing.assessing import assess_open_cases
from routing.history_of import Past, history_of
from routing.measurements import calibration_digest, record_guarantee
from routing.measuring import Measured, Terms, measure
from routing.publishing import Opened
from routing.sequences import WATCHED
from routing.standards import day_of
from routing.state_reasons import NEW_MODEL


@dataclass(frozen=True)
class TrainedNow:
    """A model that has just been trained and put on record.

    Attributes:
        report: tells the promise as it is in force.
        begins_in_shadow: the case type is live, so that nothing is drafted before the promise is borne out anew.
    """

    version: str
    trained: TrainedComplexity
    guarantee: Guarantee
    report: TrainingReport
    begins_in_shadow: bool = False


def train_case_type(opened: Opened, name: str, *, seed: int = 0, actor: str = audit.SYSTEM) -> TrainedNow:
    """Learn the complexity of one case type and put model and promise on record, all or nothing.

    A full disk, or a run killed before the end, leaves the model that was in force. For a live type the new model
    begins in shadow, and drafts of the model before are taken back at once.

    Raises:
        RefusedError: a heavy case type.
        InputError: no such case type, too few cases to learn from, or the disk is full.
    """
    from engine import model_file

    case_type = opened.in_force.case_type(name)
    with opened.database.read() as connection:
        past = history_of(connection, case_type)
        version = str(1 + max((int(one.version) for one in models_of(connection, name)), default=0))
    trained, measured = _train(opened, case_type, past, seed)
    digest = calibration_digest(trained, case_type, past.history)
    sha256 = model_file.save(trained, opened.workspace.trained_folder(name, version))
    report = replace(trained.report, guarantee=measured[-1].figures)
    with opened.database.write() as connection:
        record_model(
            connection,
            name,
            version,
            sha256=sha256,
            case_type_version=opened.in_force.case_type_versions[name],
            summary=report.as_json(model_version=version, seconds=0.0),
            actor=actor,
        )
        for one in measured:
            record_guarantee(connection, name, version, one.guarantee, one.figures, digest=digest, actor=actor)
        before = begin_in_shadow(connection, name, actor)
    if before == "drafting":
        assess_open_cases(opened.again(), name)
    return TrainedNow(version, trained, measured[-1].guarantee, report, begins_in_shadow=before is not None)


def begin_in_shadow(connection: sa.Connection, name: str, actor: str) -> str | None:
    """Let a live type's new model begin in shadow; gives the phase that the one before had reached, None for none.

    The stop test's sequence goes on (QUALITY.md): a promise that was broken is not made good by training anew.
    """
    state = state_of(connection, name)
    if state is None or state.phase not in WATCHED:
        return None
    set_state(
        connection, name, weight=state.weight, status=state.status, phase="shadow", actor=actor, reason=NEW_MODEL,
        anew=True,
    )  # fmt: skip
    return state.phase


def _train(opened: Opened, case_type: CaseType, past: Past, seed: int) -> tuple[TrainedComplexity, list[Measured]]:
    """The model and its measurements. Where a rule asks the model itself, everybody is measured first, then, at
    the stricter level of a second test, the population that the rules let through.
    """
    from engine.training import train

    terms = Terms(opened.in_force, case_type, day_of(opened.database.clock()))
    first = terms.before_training()
    population, mask = first.population(past, None)
    trained = train(
        case_type, past.history, promise=terms.promise, population=population, in_population=mask,
        citizens=past.citizens, seed=seed,
    )  # fmt: skip
    measured = [Measured(trained.guarantee, trained.report.guarantee)]
    if first is not terms:
        measured.append(measure(terms, past, trained, attempt=2))
    return trained, measured

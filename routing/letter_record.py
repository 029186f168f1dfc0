"""Everything on record that a letter about one case rests on, as it stood when the case was decided."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from config.case_type import CaseType
from config.columns import Frame
from config.errors import InputError
from config.municipality import Municipality, read_municipality
from config.workspace import Workspace
from engine.trained import TrainedComplexity
from engine.typed_facts import frame_from_json
from models.assessment_store import latest_assessment
from models.case_acts import acts_of
from models.case_reader import facts_history, load_cases
from models.citizens import Citizen, citizen_of
from models.clock import parse
from models.correction_history import corrections_in
from models.decision_store import Decided
from models.people import User, user_by_id
from models.queue import case_file
from models.representatives import Representative, representative_of
from models.tables import ASSESSMENT, TRAINED_MODEL
from models.workspace_kind import is_demo
from routing.adopting import read_text
from routing.built_in import with_every_declared_field
from routing.publishing import Opened
from routing.standards import day_of

MUNICIPALITY_FILE = "municipality.yaml"


@dataclass
class LetterDesk:
    """What letters of many cases share: the workspace, the municipality, and models that are read once."""

    opened: Opened
    municipality: Municipality
    models: dict[tuple[str, str], TrainedComplexity] = field(default_factory=dict)

    def model(self, connection: sa.Connection, case_type: str, version: str) -> TrainedComplexity:
        """The model of that version, as it is on record.

        Raises:
            InputError, TamperError: it is gone, or not the one on record.
        """
        if (case_type, version) not in self.models:
            from engine import model_file

            this = (TRAINED_MODEL.c.case_type == case_type) & (TRAINED_MODEL.c.version == version)
            sha256 = connection.execute(sa.select(TRAINED_MODEL.c.sha256).where(this)).scalar()
            if sha256 is None:
                raise InputError(f"model {version} of '{case_type}' is not on record; restore it from a backup")
            folder = self.opened.workspace.trained_folder(case_type, version)
            loaded = model_file.load(folder, case_type=case_type, expected_sha256=sha256)
            self.models[case_type, version] = loaded
        return self.models[case_type, version]


def letter_desk(opened: Opened) -> LetterDesk:
    """The desk of a workspace.

    Raises:
        InputError: municipality.yaml cannot be used; the error names the place.
    """
    return LetterDesk(opened, municipality_of(opened.workspace))


def municipality_of(workspace: Workspace) -> Municipality:
    """The municipality as its file says now."""
    file = workspace.root / MUNICIPALITY_FILE
    return read_municipality(read_text(file), file)


@dataclass(frozen=True)
class LetterCase:
    """One case as a letter sees it.

    Attributes:
        file: its row in `case_file`.
        facts: one row with every declared field, as known when it was decided; now, where it is not.
        known_since: field -> the day on which its value came into the records.
        corrected: field -> the day on which a caseworker set its value right.
        assessment: what the machine said before the decision; None where it said nothing.
        handler: who decided, else who has taken the case.
        representative: who acts for the citizen now, and gets the letters; None where they act alone.
    """

    case_type: CaseType
    case_type_version: int
    file: Mapping[str, Any]
    facts: Frame
    known_since: Mapping[str, date]
    corrected: Mapping[str, date]
    consents: Mapping[str, NDArray[np.int8]]
    assessment: Mapping[str, Any] | None
    decided: Decided | None
    citizen: Citizen | None
    handler: User | None
    is_demo: bool
    representative: Representative | None = None

    @property
    def case_id(self) -> str:
        """The case's number."""
        return str(self.file["case_id"])

    @property
    def received_on(self) -> date:
        """The day it was received, in Denmark."""
        return day_of(parse(self.file["received_at"]))

    @property
    def is_digital(self) -> bool:
        """Whether who gets the letters has Digital Post; where nobody knows, a letter by post leaves more time."""
        if self.representative is not None:
            return self.representative.digital_post
        return self.citizen is not None and self.citizen.digital_post


def read_letter_case(
    connection: sa.Connection, opened: Opened, case_type: str, case_id: str, decided: Decided | None = None
) -> LetterCase:
    """One case from the records.

    Raises:
        InputError: there is no such case, or no such case type in force.
    """
    declared = opened.in_force.case_type(case_type)
    found = case_file(connection, case_type, case_id)
    if found is None:
        raise InputError(f"there is no case '{case_id}' of type '{case_type}'; check its id, or import it")
    file: dict[str, Any] = dict(found)
    history = _known_by(facts_history(connection, case_type, case_id), decided)
    text = history[-1]["facts"] if history else "{}"
    facts = frame_from_json(np.array([case_id], dtype=object), [text], declared)
    handler_id = decided.decided_by_id if decided is not None else file["assigned_to"]
    return LetterCase(
        case_type=declared,
        case_type_version=opened.in_force.case_type_versions[case_type],
        file=file,
        facts=with_every_declared_field(facts, declared),
        known_since=_known_since(history),
        corrected=_corrected(history),
        consents=load_cases(connection, case_type, case_ids=[case_id]).consents,
        assessment=_assessment(connection, case_type, case_id, decided),
        decided=decided,
        citizen=citizen_of(connection, file["citizen_ref"]),
        handler=None if handler_id is None else user_by_id(connection, handler_id),
        is_demo=is_demo(connection),
        representative=representative_of(acts_of(connection, case_type, case_id)),
    )


def _known_by(history: list[dict[str, Any]], decided: Decided | None) -> list[dict[str, Any]]:
    """The versions of the facts that were on record when the case was decided; the first in any case."""
    if decided is None:
        return history
    return [one for one in history if one["recorded_at"] <= decided.decided_at] or history[:1]


def _known_since(history: list[dict[str, Any]]) -> dict[str, date]:
    """The day from which each value has been the one that counts."""
    since: dict[str, date] = {}
    before: dict[str, Any] = {}
    for one in history:
        facts: dict[str, Any] = json.loads(one["facts"])
        day = day_of(parse(one["recorded_at"]))
        since |= {name: day for name, value in facts.items() if name not in before or before[name] != value}
        before = facts
    return since


def _corrected(history: list[dict[str, Any]]) -> dict[str, date]:
    """The day on which a person last corrected each fact; a file that said otherwise later changed nothing."""
    return {one.field: day_of(parse(one.at)) for one in corrections_in(history, {}) if not one.is_kept}


def _assessment(
    connection: sa.Connection, case_type: str, case_id: str, decided: Decided | None
) -> Mapping[str, Any] | None:
    """What the decision was made with; else the newest before it; before any decision, the newest."""
    if decided is None:
        return latest_assessment(connection, case_type, case_id)
    of_case = (ASSESSMENT.c.case_type == case_type) & (ASSESSMENT.c.case_id == case_id)
    if decided.assessment_id is not None:
        query = sa.select(ASSESSMENT).where(of_case & (ASSESSMENT.c.id == decided.assessment_id))
    else:
        earlier = of_case & (ASSESSMENT.c.made_at <= decided.decided_at)
        query = sa.select(ASSESSMENT).where(earlier).order_by(ASSESSMENT.c.id.desc()).limit(1)
    row = connection.execute(query).first()
    return None if row is None else dict(row._mapping)

"""Everything on record of one case, read in one view of the records: what its page and a decision rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from config.case_type import CaseType
from config.columns import Frame
from engine.stated import stated_from_json
from engine.typed_facts import frame_from_json
from models.assessment_store import latest_assessment
from models.case_acts import CaseAct, acts_of
from models.case_reader import facts_history, load_cases
from models.citizens import Citizen, citizen_of
from models.correction_history import Correction, is_as_told, named_corrections
from models.course import Course, course_ahead
from models.decision_store import Decided, decisions_of
from models.documents import Document, documents_of
from models.letters import StoredLetter, letters_of
from models.professional_assessments import Assessed, professional_assessment_of
from models.reopenings import Again, again_in, reopening_of
from models.tables import ASSESSMENT, CASE_EVENT
from routing.built_in import with_every_declared_field
from ui.caseworker.queue_query import names_of

MOST_EVENTS = 100


@dataclass(frozen=True)
class Event:
    """One completed event of a case."""

    at: str
    activity: str


@dataclass(frozen=True)
class CaseRecord:
    """One case as the records hold it.

    Attributes:
        file: its row in `case_file`.
        facts: one row with every declared field.
        stated: one row with every declared field: what the application says of it, missing where it says nothing.
        consents: field -> int8 (1,): 1 yes, 0 no, -1 not answered.
        facts_at: when the facts were last told by a file or register, and where they came from.
        facts_version: which version of the facts these are; 0 where none are stored.
        events: the newest `MOST_EVENTS`, newest first.
        assessment: the one that the decision that stands was made with, else the newest; None where there is none.
        acts: what people did to it on the way, first done first.
        colleagues: full names of those whom acts go to.
        documents: what was put into it, first stored first.
        inputs: (p,) from which the model made it; None where nothing was scored.
        decisions: first round first.
        assessed: what a person found of a case that is not decided but assessed.
        letters: those that were sent, the first one first.
        corrections: what people have set right among the facts, first one first.
        citizen: who the case is about; None where nobody is on record.
        holder: the full name of whoever has taken the case.
    """

    file: Mapping[str, Any]
    case_type: CaseType
    facts: Frame
    stated: Frame
    consents: Mapping[str, NDArray[np.int8]]
    facts_at: str | None
    facts_origin: str | None
    facts_version: int
    events: tuple[Event, ...]
    assessment: Mapping[str, Any] | None
    decisions: tuple[Decided, ...]
    assessed: Assessed | None
    letters: tuple[StoredLetter, ...]
    corrections: tuple[Correction, ...]
    citizen: Citizen | None
    holder: str | None
    acts: tuple[CaseAct, ...] = ()
    documents: tuple[Document, ...] = ()
    colleagues: Mapping[int, str] = field(default_factory=dict)
    inputs: NDArray[np.float64] | None = None

    @property
    def case_id(self) -> str:
        """The case's number."""
        return str(self.file["case_id"])

    @cached_property
    def reopening(self) -> CaseAct | None:
        """The act by which it was taken up again after its newest decision; None while that one stands."""
        return reopening_of(self.decisions, self.acts)

    @property
    def decision(self) -> Decided | None:
        """The decision that stands; None before the first, and while the case is taken up again."""
        return self.decisions[-1] if self.decisions and self.reopening is None else None

    @cached_property
    def again(self) -> Again | None:
        """How it was last taken up again; None for a case in its first round."""
        return again_in(self.acts, self.outcomes)

    @cached_property
    def outcomes(self) -> dict[int, str]:
        """The outcomes of its decisions, by their number."""
        return {one.id: one.outcome for one in self.decisions}

    @cached_property
    def course(self) -> Course:
        """What has moved its time, answers that are awaited taken to come on their last day."""
        return course_ahead(self.acts, self.outcomes, str(self.file["received_at"]))

    @property
    def owes_contact(self) -> bool:
        """Whether the citizen is to hear from the office by a time that a rule sets, and has not."""
        by_law = self.case_type.deadlines.contact_within_hours is not None
        return self.is_open and self.file["contact_by"] is not None and not by_law

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision, which one that waits for its letter does not."""
        return bool(self.file["status"] == "open") and self.decision is None

    @property
    def awaits_letter(self) -> bool:
        """Whether it was decided and is not closed, for its letter has not been sent."""
        return bool(self.file["status"] == "open") and self.decision is not None

    @cached_property
    def arrivals(self) -> NDArray[np.datetime64]:
        """When it was received: datetime64[us] (1,), UTC."""
        return np.array([self.file["received_at"].removesuffix("Z")], dtype="datetime64[us]")

    @property
    def next_round(self) -> int:
        """The number of the decision that comes next."""
        return len(self.decisions) + 1


def read_case(connection: sa.Connection, file: Mapping[str, Any], case_type: CaseType) -> CaseRecord:
    """The case behind one row of `case_file`."""
    key, case_id = case_type.key, str(file["case_id"])
    stored = load_cases(connection, key, case_ids=[case_id])
    facts = frame_from_json(stored.case_ids, stored.facts, case_type)
    stated = stated_from_json(stored.case_ids, stored.stated, case_type) or Frame(stored.case_ids)
    history = facts_history(connection, key, case_id)
    told = [one for one in history if is_as_told(one["origin"])] or history
    decisions = tuple(decisions_of(connection, key, case_id))
    acts = tuple(acts_of(connection, key, case_id))
    names = names_of(connection, [file["assigned_to"], *(act.to_user for act in acts)])
    return CaseRecord(
        file=file,
        case_type=case_type,
        facts=with_every_declared_field(facts, case_type),
        stated=with_every_declared_field(stated, case_type),
        consents=stored.consents,
        facts_at=told[-1]["recorded_at"] if told else None,
        facts_origin=told[-1]["origin"] if told else None,
        facts_version=int(stored.facts_versions[0]),
        events=events_of(connection, key, case_id),
        assessment=assessment_for(connection, key, case_id, () if reopening_of(decisions, acts) else decisions),
        decisions=decisions,
        assessed=professional_assessment_of(connection, key, case_id),
        letters=tuple(letters_of(connection, key, case_id)),
        corrections=named_corrections(connection, history),
        citizen=citizen_of(connection, file["citizen_ref"]),
        holder=names.get(file["assigned_to"]),
        acts=acts,
        documents=tuple(documents_of(connection, key, case_id)),
        colleagues=names,
    )


def assessment_for(
    connection: sa.Connection, case_type: str, case_id: str, decisions: tuple[Decided, ...]
) -> Mapping[str, Any] | None:
    """What the machine said when the case was decided; what it said last of one without a decision that stands."""
    if decisions and decisions[-1].assessment_id is not None:
        query = sa.select(ASSESSMENT).where(ASSESSMENT.c.id == decisions[-1].assessment_id)
        return dict(connection.execute(query).one()._mapping)
    return latest_assessment(connection, case_type, case_id)


def events_of(connection: sa.Connection, case_type: str, case_id: str) -> tuple[Event, ...]:
    """The newest events of a case, newest first."""
    of_case = (CASE_EVENT.c.case_type == case_type) & (CASE_EVENT.c.case_id == case_id)
    query = sa.select(CASE_EVENT.c.at, CASE_EVENT.c.activity).where(of_case)
    newest = query.order_by(CASE_EVENT.c.at.desc(), CASE_EVENT.c.activity).limit(MOST_EVENTS)
    return tuple(Event(row.at, row.activity) for row in connection.execute(newest))


def unpacked(stored: bytes) -> NDArray[np.float64]:
    """Packed little-endian numbers of an assessment back as (p,)."""
    return np.frombuffer(stored, dtype="<f8").astype(np.float64)

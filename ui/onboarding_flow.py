"""Onboarding a log: the proposal is written and published in trial and its cases stored, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from config.case_type import CaseType, check_case_type_name, read_case_type
from config.case_type_text import render_case_type
from config.errors import InputError, Place
from config.fields import LogColumns
from config.routing_rules import read_rules
from config.routing_schema import write_routing_schema
from config.workspace import Workspace
from engine.log import EventLog, read_log
from engine.onboarding import Proposal, propose_case_type
from engine.whole_file import written_whole
from models.audit import SYSTEM
from models.case_reader import count_cases
from models.case_store import put_cases
from models.case_type_states import set_state
from models.publication import in_force, publish
from routing.adopting import read_text
from routing.in_force import RULES
from routing.intake import intake
from routing.publishing import Opened
from routing.state_reasons import ONBOARDED
from ui.answer import Answer
from ui.command_frame import Run
from ui.file_evidence import evidence_of


@dataclass(frozen=True)
class LogToOnboard:
    """What `onboard` was asked: the log, the new case type's name, the log's columns, what to protect or not."""

    path: Path
    name: str
    columns: LogColumns
    protected: tuple[str, ...] = ()
    not_protected: tuple[str, ...] = ()


def onboard_log(run: Run, asked: LogToOnboard) -> Answer:
    """Onboard one log. A run that was cut short is finished by the same call again.

    Raises:
        InputError: the log cannot be used, or the case type is there already; nothing is changed.
    """
    check_case_type_name(asked.name)
    file = Workspace(run.settings().workspace).case_type_file(asked.name)
    if file.exists():
        with run.opened() as opened, opened.database.read() as connection:
            if any(count_cases(connection, asked.name).values()):
                raise already_there(asked.name, file)
    log = read_log(asked.path, asked.columns)
    proposal = propose_case_type(log, asked.name, protected=asked.protected, not_protected=asked.not_protected)
    text = render_case_type(proposal.case_type, left_out=proposal.left_out, notes=proposal.notes)
    if file.exists() and read_text(file) != text:
        raise already_there(asked.name, file)
    with run.opened(may_create=True) as opened:
        store(opened, proposal.case_type, text, log, file)
        in_force_now = opened.again().in_force
        write_routing_schema(opened.workspace.routing_schema_file, in_force_now.case_types)
    return answer(proposal, log, file)


def already_there(name: str, file: Path) -> InputError:
    """The sentence for a case type of that name that exists."""
    advice = "choose another name with --as, or add cases with 'stafet import'"
    return InputError(f"the case type '{name}' is there already; {advice}", Place(file))


def store(opened: Opened, case_type: CaseType, text: str, log: EventLog, file: Path) -> None:
    """Publish the case type in trial, store its cases as closed and write its file, in one unit of work."""
    name = case_type.key
    taken = intake(log, read_case_type(text, name=name, file=file), all_closed=True)
    was_there = file.exists()
    try:
        with opened.database.write() as connection:
            refuse_taken(connection, opened, case_type, text, file)
            publish(connection, "case_type", name, text)
            set_state(
                connection, name, weight="light", status="trial", phase="trial", actor=SYSTEM, reason=ONBOARDED
            )
            put_cases(connection, name, taken.arriving, evidence=evidence_of(log.file))
            with written_whole(file) as unfinished:
                unfinished.write_text(text, encoding="utf-8")
    except BaseException:
        if not was_there:
            file.unlink(missing_ok=True)
        raise


def refuse_taken(connection: Connection, opened: Opened, case_type: CaseType, text: str, file: Path) -> None:
    """Refuse a name that is published with another text, and a case type under which the rules would not hold."""
    published = in_force(connection, "case_type", case_type.key)
    if published is not None and published.content != text:
        raise already_there(case_type.key, file)
    rules = in_force(connection, "rules", RULES)
    if rules is not None:
        case_types = {**opened.in_force.case_types, case_type.key: case_type}
        read_rules(rules.content, file="routing.yaml (in force)", case_types=case_types)


def answer(proposal: Proposal, log: EventLog, file: Path) -> Answer:
    """What onboarding found, as a document and in sentences."""
    found = proposal.summary
    case_type, protected = proposal.case_type, set(found["protected"])
    sentences = [
        f"Wrote {file} in status trial and stored {len(log)} closed cases with {len(log.events)} events.",
        f"{len(case_type.fields)} fields: "
        + ", ".join(
            f"{name} ({field.type}{', protected' if name in protected else ''})"
            for name, field in case_type.fields.items()
        )
        + ".",
        *(f"Left out {column}: {why}." for column, why in proposal.left_out.items()),
        *(f"{sentence[:1].upper()}{sentence[1:]}." for sentence in found["proposes"]),
        f"Read and correct the file, then run 'stafet check {case_type.key}' and 'stafet train {case_type.key}'.",
    ]
    return Answer({**found, "file": str(file)}, tuple(sentences), notes=log.notes)

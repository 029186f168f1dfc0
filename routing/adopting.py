"""Files become what is in force: all of them on first use, a trial type's whenever its valid file has changed.

A file that cannot be used changes nothing; what was in force stays, and a sentence says so. A live type's file and
routing.yaml are proposals after first use (docs/decisions: a case type in trial adopts its file).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from config.case_type import CaseType, read_case_type
from config.case_type_edit import set_status
from config.case_type_file import read_case_type_text
from config.errors import InputError, Place, StafetError
from config.letter_texts import read_letter_texts
from config.routing_rules import read_rules
from config.workspace import EXAMPLES, Workspace
from models.case_type_states import State, set_state, states
from models.database import Database
from models.publication import PublishedText, all_in_force, publish
from models.published_case_types import case_type_of
from routing.in_force import RULES
from routing.state_reasons import IN_TRIAL

SHIPPED_RULES = EXAMPLES / "routing.yaml"
SHIPPED_LETTERS = EXAMPLES / "letters"


@dataclass
class Adoption:
    """What the files of a workspace ask for, compared with what is in force.

    Attributes:
        case_types: key -> text to publish as the next version.
        rules: text to publish as version 1, None where rules are in force already.
        letters: file name, as in `da.yaml` -> text to publish as version 1.
        warnings: sentences about files that changed nothing.
    """

    case_types: dict[str, str] = field(default_factory=dict)
    rules: str | None = None
    letters: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    @property
    def is_needed(self) -> bool:
        """Whether anything is to be published."""
        return bool(self.case_types or self.letters or self.rules is not None)


def copy_named(workspace: Workspace, database: Database, names: Iterable[str]) -> None:
    """Copy the shipped case types of these names, unless a file or the records have one of that name already.

    What the records have in force under that name stays: a shipped file must never take the place of a lost one.
    """
    with database.read() as connection:
        published = {one.name for one in all_in_force(connection, "case_type")}
    for name in names:
        if name not in published:
            workspace.copy_shipped_case_type(name)


def adopt_files(workspace: Workspace, database: Database) -> Adoption:
    """Publish what the files ask for, all of it or nothing; says what it was."""
    with database.read() as connection:
        adoption = compare(workspace, connection)
    if adoption.is_needed:
        with database.write() as connection:
            adoption = compare(workspace, connection)
            _publish(connection, adoption)
    return adoption


def compare(workspace: Workspace, connection: sa.Connection) -> Adoption:
    """What is to be published, and what cannot be."""
    adoption = Adoption()
    published = {one.name: one for one in all_in_force(connection, "case_type")}
    known = {state.name: state for state in states(connection)}
    in_force = {name: case_type_of(one) for name, one in published.items()}
    wanted = _changed_case_types(workspace, published, known, adoption)
    rules = next((one.content for one in all_in_force(connection, "rules") if one.name == RULES), None)
    _compare_rules(workspace, rules, in_force, wanted, adoption)
    _compare_letters(workspace, {one.name: one.content for one in all_in_force(connection, "letters")}, adoption)
    return adoption


def read_text(path: Path) -> str:
    """A file's text.

    Raises:
        InputError: it cannot be read, or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("this file is not UTF-8; save it as UTF-8", Place(path)) from None
    except OSError as error:
        raise InputError(
            f"this file cannot be read: {(error.strerror or 'unknown').lower()}", Place(path)
        ) from None


def _changed_case_types(
    workspace: Workspace,
    published: Mapping[str, PublishedText],
    known: Mapping[str, State],
    adoption: Adoption,
) -> dict[str, CaseType]:
    """Readable case types whose file is new, or has changed in trial; their texts go into `adoption`."""
    wanted: dict[str, CaseType] = {}
    for path in sorted(workspace.case_types.glob("*.yaml")) if workspace.case_types.is_dir() else []:
        name = path.stem
        before = published.get(name)
        try:
            text = read_case_type_text(path)
            is_live = name in known and known[name].status == "live"
            if before is not None and (is_live or before.content == text):
                continue
            case_type = read_case_type(text, name=name, file=path)
            if case_type.status == "live":  # only a steward's act makes a type live
                text = set_status(text, "trial", file=path)
                case_type = read_case_type(text, name=name, file=path)
            if before is None or before.content != text:
                wanted[name], adoption.case_types[name] = case_type, text
        except StafetError as error:
            stays = "version in force stays" if before is not None else "case type is not in force"
            adoption.warnings.append(f"{error}; the {stays}")
    return wanted


def _compare_rules(
    workspace: Workspace,
    rules: str | None,
    in_force: Mapping[str, CaseType],
    wanted: Mapping[str, CaseType],
    adoption: Adoption,
) -> None:
    """First use publishes routing.yaml; later the rules in force must hold under every adopted type."""
    if rules is None:
        rules = _first_rules(workspace, {**in_force, **wanted}, adoption)
        adoption.rules = rules
    accepted = _accepted(rules, in_force, wanted, adoption)
    _warn_of_broken_proposal(workspace, rules, accepted, adoption)


def _accepted(
    rules: str, in_force: Mapping[str, CaseType], wanted: Mapping[str, CaseType], adoption: Adoption
) -> dict[str, CaseType]:
    """The case types under which the rules hold: all that are wanted together, else those that each allow it."""
    if not wanted:  # the rules hold under what is in force already
        return dict(in_force)
    try:
        read_rules(rules, file="routing.yaml (in force)", case_types={**in_force, **wanted})
        return {**in_force, **wanted}
    except StafetError:
        accepted = dict(in_force)
    for name, case_type in wanted.items():
        try:
            read_rules(rules, file="routing.yaml (in force)", case_types={**accepted, name: case_type})
            accepted[name] = case_type
        except StafetError as error:
            del adoption.case_types[name]
            adoption.warnings.append(
                f"{name}.yaml is not adopted, because the rules in force would no longer hold: {error}"
            )
    return accepted


def _first_rules(workspace: Workspace, case_types: Mapping[str, CaseType], adoption: Adoption) -> str:
    """The workspace's own rules, or the shipped ones where those cannot be used."""
    try:
        text = read_text(workspace.routing_file)
        read_rules(text, file=workspace.routing_file, case_types=case_types)
    except StafetError as error:
        adoption.warnings.append(f"{error}; until it is mended every case goes to a caseworker, team intake")
        return SHIPPED_RULES.read_text(encoding="utf-8")
    return text


def _warn_of_broken_proposal(
    workspace: Workspace, rules: str, case_types: Mapping[str, CaseType], adoption: Adoption
) -> None:
    if adoption.rules is not None or not workspace.routing_file.is_file():
        return
    try:
        text = read_text(workspace.routing_file)
        if text != rules:
            read_rules(text, file=workspace.routing_file, case_types=case_types)
    except StafetError as error:
        adoption.warnings.append(f"{error}; the rules in force stay as they are")


def _compare_letters(workspace: Workspace, lettered: Mapping[str, str], adoption: Adoption) -> None:
    """First use publishes each language's texts; a file that cannot be used gives way to the shipped one."""
    for path in sorted(workspace.letters.glob("*.yaml")) if workspace.letters.is_dir() else []:
        published = lettered.get(path.name)
        try:
            text = read_text(path)
            if text != published:
                read_letter_texts(text, path)
            if published is None:
                adoption.letters[path.name] = text
        except StafetError as error:
            shipped = SHIPPED_LETTERS / path.name
            stays = "the texts in force stay" if published is not None else "the shipped texts count"
            if published is None and shipped.is_file():
                adoption.letters[path.name] = shipped.read_text(encoding="utf-8")
            elif published is None:
                stays = "no letter is written in that language"
            adoption.warnings.append(f"{error}; {stays} until it is mended")


def _publish(connection: sa.Connection, adoption: Adoption) -> None:
    for name, text in adoption.case_types.items():
        case_type = read_case_type(text, name=name, file=f"{name}.yaml")
        publish(connection, "case_type", name, text)
        set_state(
            connection, name, weight=case_type.weight, status="trial", phase="trial", actor="system",
            reason=IN_TRIAL,
        )  # fmt: skip
    if adoption.rules is not None:
        publish(connection, "rules", RULES, adoption.rules)
    for name, text in adoption.letters.items():
        publish(connection, "letters", name, text)

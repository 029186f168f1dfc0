"""Sends letters: each is handed over and stored in one unit of work, so that none is lost and none sent twice.

A letter is rendered first. Then, inside one write, it is stored and handed over under a key that is the same at
each try; whoever carries letters takes a key only once. A run killed between the two has stored nothing, and
the next run hands the letter over again under the same key.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from config.errors import InputError, Place, RefusedError, StafetError
from explain.letters.letter_facts import LetterFacts
from models.database import serialise
from models.decision_store import decision_by_id
from models.dispatch_failures import record_failures
from models.letters import (
    StoredLetter,
    Unsent,
    decisions_without_letter,
    is_to_be_sent,
    letters_where,
    store_letter,
)
from models.tables import LETTER
from models.workspace_kind import is_demo
from routing.letter_files import LetterMade, letters_made
from routing.letter_making import decision_facts
from routing.letter_record import LetterDesk, letter_desk, read_letter_case
from routing.publishing import Opened

LETTERS_AT_A_TIME = 50
SENT_LANGUAGE = "da"
SYSTEM = "system"
OUTBOX = "outbox"
STORED_AS = {"reminder": "information_request", "third_party_request": "information_request"}
"""Kinds of letters that the records know by a wider name; the letter's document tells them apart."""
AlongWith = Callable[[sa.Connection, StoredLetter], object]
"""Stores what belongs with a letter, in the unit of work that stores the letter."""


@dataclass(frozen=True)
class Handover:
    """What a channel is given: the PDF that is sent, under a key that names this letter at every try."""

    key: str
    language: str
    pdf: bytes
    is_digital: bool


@dataclass(frozen=True)
class Channel:
    """A way for letters to leave; `hand_over` takes a key that it has had before as the same letter."""

    name: str
    hand_over: Callable[[Handover], None]


@dataclass(frozen=True)
class Dispatched:
    """What became of the letters that waited: those sent, and those that could not be made, with the reason."""

    sent: tuple[StoredLetter, ...]
    failed: tuple[tuple[Unsent, str], ...] = ()


def folder_channel(folder: Path) -> Channel:
    """A folder that somebody empties: one PDF a letter, named by its key; the file appears whole or not at all."""

    def hand_over(letter: Handover) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _write_whole(folder, letter)
        except OSError as error:
            reason = (error.strerror or type(error).__name__).lower()
            raise InputError(
                f"the letter cannot be put here: {reason}; see to the folder", Place(folder)
            ) from None

    return Channel("folder", hand_over)


def _write_whole(folder: Path, letter: Handover) -> None:
    """The file under its name, on the disk itself: a letter that is stored must not be lost with the power."""
    beside = folder / f".{letter.key}.part"
    with beside.open("wb") as file:
        file.write(letter.pdf)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / f"{letter.key}.pdf")
    names = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(names)
    finally:
        os.close(names)


def dispatch_pending(opened: Opened, channel: Channel | None = None) -> Dispatched:
    """Send the letter of every decision that has none yet, first decided first.

    Raises:
        RefusedError: municipality.yaml is still the shipped example, and this is no demo.
        InputError: municipality.yaml or the letter texts cannot be used, or the channel cannot take a letter.
    """
    with opened.database.read() as connection:
        waiting = decisions_without_letter(connection)
    return dispatch(opened, waiting, channel) if waiting else Dispatched(())


def dispatch(opened: Opened, waiting: Sequence[Unsent], channel: Channel | None = None) -> Dispatched:
    """Send the letters of some decisions; one that has been sent meanwhile is left alone.

    Why a letter could not be sent is told on its case, which stays open and waits for it.

    Raises:
        RefusedError, InputError: as `dispatch_pending`.
    """
    sent: list[StoredLetter] = []
    failed: list[tuple[Unsent, StafetError]] = []
    try:
        desk, way = ready_desk(opened), channel or folder_channel(opened.workspace.root / OUTBOX)
        for some in _in_blocks(waiting):
            for unsent, made in _made(desk, some):
                if isinstance(made, StafetError):
                    failed.append((unsent, made))
                elif (stored := _send_decision(opened, way, unsent, made)) is not None:
                    sent.append(stored)
    except StafetError as error:
        refused = {unsent for unsent, _ in failed}
        failed += [(unsent, error) for unsent in waiting if unsent not in refused]
        raise
    finally:
        record_failures(opened.database, [(unsent, error.sentence) for unsent, error in failed])
    return Dispatched(tuple(sent), tuple((unsent, str(error)) for unsent, error in failed))


def send_letter(
    opened: Opened,
    case_type: str,
    case_id: str,
    facts: LetterFacts,
    *,
    actor: str,
    channel: Channel | None = None,
    then: AlongWith | None = None,
) -> StoredLetter:
    """Send a letter without a decision (a hearing, a request, a receipt) that somebody writes now.

    `then` stores what belongs with the letter in the same unit of work, before the channel gets it: where it
    refuses, no letter is stored and none leaves.

    Raises:
        InputError: it cannot be made, or the channel cannot take it.
        RefusedError: it is about an outcome, which only `dispatch_pending` sends; or municipality.yaml is still an
            example.
    """
    if facts.kind == "decision":
        raise RefusedError("a letter of an outcome is sent with its decision, and in no other way")
    ready_desk(opened)
    with opened.database.read() as connection:
        [made] = letters_made(connection, [(case_type, facts)])
    if isinstance(made, StafetError):
        raise made
    way = channel or folder_channel(opened.workspace.root / OUTBOX)
    with opened.database.write() as connection:
        return _store_and_hand_over(connection, way, case_type, case_id, made, None, actor, then)


def ready_desk(opened: Opened) -> LetterDesk:
    """The desk, if letters may leave it.

    Raises:
        RefusedError: the municipality is still the shipped example, and this is no demo.
    """
    desk = letter_desk(opened)
    with opened.database.read() as connection:
        if desk.municipality.example and not is_demo(connection):
            raise RefusedError(
                "no letter is sent while municipality.yaml is the shipped example; make it your own and delete its"
                " line 'example: true'"
            )
    return desk


def _in_blocks(waiting: Sequence[Unsent]) -> Iterator[Sequence[Unsent]]:
    for start in range(0, len(waiting), LETTERS_AT_A_TIME):
        yield waiting[start : start + LETTERS_AT_A_TIME]


def _made(desk: LetterDesk, waiting: Sequence[Unsent]) -> Iterator[tuple[Unsent, LetterMade | StafetError]]:
    """The letters of some decisions, rendered together; one that cannot be made does not hold up the others."""
    facts: dict[Unsent, LetterFacts] = {}
    with desk.opened.database.read() as connection:
        for unsent in waiting:
            try:
                facts[unsent] = _facts_of(desk, connection, unsent)
            except StafetError as error:
                yield unsent, error
        made = letters_made(connection, [(unsent.case_type, known) for unsent, known in facts.items()])
    yield from zip(facts, made, strict=True)


def _facts_of(desk: LetterDesk, connection: sa.Connection, unsent: Unsent) -> LetterFacts:
    decided = decision_by_id(connection, unsent.decision_id)
    case = read_letter_case(connection, desk.opened, unsent.case_type, unsent.case_id, decided)
    return decision_facts(desk, connection, case)


def _send_decision(opened: Opened, way: Channel, unsent: Unsent, made: LetterMade) -> StoredLetter | None:
    """Store and hand over one decision's letter; None where it was sent or the case taken up again meanwhile."""
    with opened.database.write() as connection:
        serialise(connection)
        if not is_to_be_sent(connection, unsent):
            return None
        return _store_and_hand_over(
            connection, way, unsent.case_type, unsent.case_id, made, unsent.decision_id, SYSTEM
        )


def _store_and_hand_over(
    connection: sa.Connection,
    way: Channel,
    case_type: str,
    case_id: str,
    made: LetterMade,
    decision_id: int | None,
    actor: str,
    then: AlongWith | None = None,
) -> StoredLetter:
    """Both or neither: what the channel refuses is not stored."""
    stored = store_letter(
        connection,
        case_type=case_type,
        case_id=case_id,
        kind=STORED_AS.get(made.facts.kind, made.facts.kind),
        decision_id=decision_id,
        language=SENT_LANGUAGE,
        channel=way.name,
        dated=made.facts.dated.isoformat(),
        document=made.facts.as_text(),
        files=made.files,
        actor=actor,
    )
    if then is not None:
        then(connection, stored)
    pdf = made.file(SENT_LANGUAGE, "pdf")
    way.hand_over(
        Handover(_key(connection, stored, decision_id), SENT_LANGUAGE, pdf, made.facts.recipient.digital_post)
    )
    return stored


def _key(connection: sa.Connection, stored: StoredLetter, decision_id: int | None) -> str:
    """The letter's name at every try: the decision's number; else what it says, as its own number is not yet sure.

    A number that a killed run used up goes to the next letter, and whoever carries letters would take that one
    for the first. Of letters that say the very same, as one that is asked again the same day, each has its place
    among them in its name.
    """
    if decision_id is not None:
        return f"decision-{decision_id:06d}"
    same = (LETTER.c.case_type == stored.case_type) & (LETTER.c.case_id == stored.case_id)
    earlier = len(letters_where(connection, same & (LETTER.c.sha256 == stored.sha256))) - 1
    said = "\n".join((stored.case_type, stored.case_id, stored.sha256, *([str(earlier)] if earlier else [])))
    return f"letter-{hashlib.sha256(said.encode()).hexdigest()[:16]}"

"""A caseworker sets one fact of an open case right: stored with its reason, then the case is assessed anew."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa

from config.errors import RefusedError, StafetError
from config.fields import Field
from engine.masking import NOT_ANSWERED, YES
from models.case_reader import load_cases
from models.corrections import record_correction
from routing.assessing import keeping, load_open
from routing.batch import blocks_of, carried, poured
from routing.publishing import Opened
from routing.standards import standard_of

Value = float | bool | str | None


@dataclass(frozen=True)
class Asked:
    """One fact of one case as a person wants it.

    Attributes:
        value: as facts are stored: a number, True or False, a word, a text, a day such as `2026-11-24`; None where
            the fact is not known.
        seen_version: the version of the facts on the person's page.
        is_blind: the machine's part was withheld from them.
    """

    case_type: str
    case_id: str
    field: str
    value: Value
    reason: str
    seen_version: int
    is_blind: bool = False


def correct(opened: Opened, asked: Asked, sign_in_id: int) -> str | None:
    """Store the correction, then assess the case anew; returns why that could not be done, None where it was.

    The correction stands either way: a draft that rested on the old facts has fallen with it, and the next
    `stafet assess` completes what is left.

    Raises:
        StaleFactsError, RefusedError, InputError: nothing was stored.
    """
    with opened.database.write() as connection:
        refuse_without_yes(connection, asked, opened.in_force.case_type(asked.case_type).fields[asked.field])
        record_correction(
            connection,
            case_type=asked.case_type,
            case_id=asked.case_id,
            sign_in_id=sign_in_id,
            field=asked.field,
            value=asked.value,
            reason=asked.reason,
            expected_version=asked.seen_version,
            is_blind=asked.is_blind,
        )
    try:
        assess_anew(opened, asked.case_type, asked.case_id)
    except StafetError as error:
        return str(error)
    return None


def may_be_held(field: Field, answer: int) -> bool:
    """Whether a value may be stored: what is collected with consent needs the citizen's yes.

    Example:
        >>> from config.bilingual import Bilingual
        >>> told = Field(column="c", type="text", label=Bilingual(da="a", en="a"), collected_with="consent")
        >>> may_be_held(told, YES), may_be_held(told, NOT_ANSWERED)
        (True, False)
    """
    return field.collected_with != "consent" or answer == YES


def refuse_without_yes(connection: sa.Connection, asked: Asked, field: Field) -> None:
    """The answer that counts is the one on record now."""
    consents = load_cases(connection, asked.case_type, case_ids=[asked.case_id]).consents
    answer = int(consents[asked.field][0]) if asked.field in consents else NOT_ANSWERED
    if asked.value is not None and not may_be_held(field, answer):
        raise RefusedError(
            "the citizen has not said yes to our holding this fact, so no value of it can be stored"
        )


def assess_anew(opened: Opened, name: str, case_id: str) -> None:
    """One open case through the relay, by what counts now; its draw stays as it fell.

    Raises:
        InputError, TamperError: the model's file is not the one on record.
    """
    made_at = opened.database.now
    with opened.database.read() as connection:
        standard, _ = standard_of(opened, connection, name)
        cases, stored = load_open(connection, standard, [case_id])
    is_due = np.ones(len(stored), dtype=np.bool_)
    queue = opened.in_force.states[name].status == "live"
    keep = keeping(opened.database, stored, is_due, made_at=made_at, actor="system", queue=queue)
    for _ in poured(carried(blocks_of(cases), standard), [keep]):
        pass

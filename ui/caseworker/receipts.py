"""The receipt to whoever made a report: whether it has been sent, and by when it must be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from config.words import DANISH_TIME, Words
from models.clock import parse
from models.working_days import working_days_later
from ui.caseworker.case_record import CaseRecord

WITHIN_WORKING_DAYS = 6
"""Barnets lov § 137: a report is acknowledged within so many working days."""


@dataclass(frozen=True)
class Receipt:
    """The receipt of one report.

    Attributes:
        sent_on: the day it was sent, None where it was not.
    """

    sent_on: str | None
    due: str
    is_over: bool

    @property
    def may_send(self) -> bool:
        """Whether it is still to be sent."""
        return self.sent_on is None


def receipt_of(case: CaseRecord, now: datetime, words: Words) -> Receipt | None:
    """The receipt of a case that ends without a decision, None for all others."""
    if case.case_type.outcomes or case.case_type.letters.receipt is None:
        return None
    received = parse(case.file["received_at"]).astimezone(DANISH_TIME).date()
    due = working_days_later(received, WITHIN_WORKING_DAYS)
    sent = next((letter for letter in case.letters if letter.kind == "receipt"), None)
    sent_on = None if sent is None else words.day(parse(sent.sent_at))
    return Receipt(sent_on, words.day(due), now.astimezone(DANISH_TIME).date() > due)

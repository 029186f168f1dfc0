"""What a person is asked to read along, as rows beside their queue."""

from __future__ import annotations

import json
from collections.abc import Sequence

from config.words import DANISH_TIME, Words
from models.clock import parse
from models.second_readers import ToRead
from ui.caseworker.identity import identity_of
from ui.caseworker.queue import QueueWords
from ui.caseworker.queue_waiting import FollowUpRow, shortened
from ui.web.addresses import case_path


def reading_rows(found: Sequence[ToRead], words: QueueWords) -> tuple[FollowUpRow, ...]:
    """One row a request: since when, whose case, who asks, and what they wrote."""
    return tuple(reading_row(one, words) for one in found)


def reading_row(one: ToRead, words: QueueWords) -> FollowUpRow:
    """One request in the reader's language."""
    day, today = (at.astimezone(DANISH_TIME).date() for at in (parse(one.at), words.now))
    identity = identity_of(words.around.citizens.get(one.citizen_ref or ""), one.case_id)
    written = shortened(str(json.loads(one.content)["words"]))
    asks = words.say("{name} asks you", name=one.by)
    return FollowUpRow(
        when=words.say("Today") if day == today else Words(words.language).short_day(day, today),
        href=case_path(one.case_type, one.case_id),
        name=identity.name,
        case_id=one.case_id,
        what=f"{asks}. {written}" if written else asks,
        is_protected=identity.is_protected,
    )

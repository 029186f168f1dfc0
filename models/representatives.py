"""Who acts for the citizen in a case (partsrepræsentation, forvaltningsloven § 8), as its acts have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.case_acts import CaseAct


@dataclass(frozen=True)
class Representative:
    """Whoever acts for the citizen now.

    Attributes:
        act: the number of the act by which they were put on record.
        document_id: the document that shows their power of attorney; None where it was said.
    """

    act: int
    name: str
    street: str
    town: str
    phone: str
    digital_post: bool
    document_id: int | None


def representative_of(acts: Sequence[CaseAct]) -> Representative | None:
    """The one put on record last, unless that has ended; None where the citizen acts alone."""
    ended = {act.about_act for act in acts if act.kind == "representation_ended"}
    for act in reversed(acts):
        if act.kind == "represented":
            return None if act.id in ended else as_representative(act)
    return None


def as_representative(act: CaseAct) -> Representative:
    """An act of the kind `represented` as a person."""
    said = act.content
    return Representative(
        act=act.id,
        name=str(said["name"]),
        street=said["street"] or "",
        town=said["town"] or "",
        phone=said["phone"] or "",
        digital_post=bool(said["digital_post"]),
        document_id=said["document_id"],
    )

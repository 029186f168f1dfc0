"""Who acts for the citizen, as the case's page names them beside the citizen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from config.translate import Translator
from models.case_acts import CaseAct
from models.documents import Document
from models.representatives import Representative, representative_of
from ui.web.addresses import case_path


@dataclass(frozen=True)
class RepresentativePart:
    """Whoever acts for the citizen.

    Attributes:
        act: the number of the act that put them on record.
        lines: address and telephone, those that are known.
        post: how letters reach them, in a sentence.
        shown_by: what shows that they may; `shown_href` is that document, None where it was said.
    """

    act: int
    name: str
    lines: tuple[str, ...]
    post: str
    shown_by: str
    shown_href: str | None


def representative_part(
    acts: Sequence[CaseAct], documents: Sequence[Document], say: Translator
) -> RepresentativePart | None:
    """Whoever acts for the citizen now, in the reader's language; None where they act alone."""
    found = representative_of(acts)
    return None if found is None else in_words(found, documents, say)


def in_words(one: Representative, documents: Sequence[Document], say: Translator) -> RepresentativePart:
    """A representative in the reader's language."""
    document = next((each for each in documents if each.id == one.document_id), None)
    return RepresentativePart(
        act=one.act,
        name=one.name,
        lines=tuple(line for line in (one.street, one.town, one.phone) if line),
        post=post_in_words(say, is_digital=one.digital_post),
        shown_by=say("The citizen has said so") if document is None else document.name,
        shown_href=None
        if document is None
        else case_path(document.case_type, document.case_id, f"documents/{document.id}"),
    )


def post_in_words(say: Translator, *, is_digital: bool) -> str:
    """How letters reach somebody."""
    return say("Letters go by Digital Post") if is_digital else say("Letters go by post")

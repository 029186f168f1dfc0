"""What others did to a case while somebody wrote: told beside the text, whose difference from theirs is marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Request

from config.translate import Translator
from config.words import Words
from models.clock import parse
from ui.caseworker.case_routes import record_of
from ui.caseworker.handling.act_form import SEEN, ActForm
from ui.caseworker.handling.act_words import told_of
from ui.caseworker.handling.storing import acts_since
from ui.caseworker.lately import lately
from ui.caseworker.timeline import told_acts
from ui.caseworker.writing.difference import Piece, difference
from ui.caseworker.writing.kept_form import is_text
from ui.web.language import language_of
from ui.web.site import site_of

OF_FORM = {
    "note": "note",
    "hand-over": "handed_over",
    "park": "parked",
    "follow-up": "follow_up",
    "answer": "answered",
    "hearing-answer": "hearing_answered",
    "second-read": "second_read",
}
"""The end of a form's address -> what it does."""


@dataclass(frozen=True)
class Meanwhile:
    """One thing that a colleague did, with what they wrote.

    Attributes:
        pieces: from their text to the visitor's own, where both did the same thing.
    """

    heading: str
    at: str
    by: str
    text: str
    pieces: tuple[Piece, ...]


def meanwhile(request: Request, form: ActForm, *, is_blind: bool) -> tuple[Meanwhile, ...]:
    """What others have done since the page of this form was shown, first done first, as far as it may be told."""
    language, now, user = language_of(request), site_of(request).database.clock(), request.state.visitor.user
    case, _, _ = record_of(request)
    say, words, mine = Translator(language), Words(language), longest_text(form.typed)
    found = []
    told_here = told_acts(case.acts, is_blind=is_blind, viewer=user.id)
    for act in acts_since(told_here, request.state.form.values.get(SEEN, ""), user.id):
        told = told_of(act, case, language)
        if told is None:
            continue
        heading, text = told
        is_same = act.kind == OF_FORM.get(request.scope["path"].rpartition("/")[2])
        pieces = difference(text, mine) if is_same and text and mine else ()
        found.append(Meanwhile(heading, lately(parse(act.at), now, say, words), act.by or "", text, pieces))
    return tuple(found)


def longest_text(typed: Mapping[str, str]) -> str:
    """The text that a person wrote into a form; "" where they chose only."""
    return max((value for value in typed.values() if is_text(value)), key=len, default="")

"""What has been typed into the small forms of a case's page about the machine's part, and not been sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ui.caseworker.firstview.dilemmas import DILEMMA, DilemmaPart
from ui.caseworker.firstview.feedback import FEEDBACK, ON
from ui.caseworker.handling.act_form import ActForm
from ui.caseworker.writing.kept_form import form_about
from ui.caseworker.writing.shown import CaseTexts, FormText


@dataclass(frozen=True)
class KeptWords:
    """One form: its kept text, and what is put back into it."""

    text: FormText
    form: ActForm


def kept_words(texts: CaseTexts, dilemmas: Sequence[DilemmaPart], back: str) -> dict[str, Mapping[str, KeptWords]]:
    """The forms of feedback by what they are on, those of questions by their rule; `back` is their page."""

    def kept(name: str) -> KeptWords:
        return KeptWords(texts.of(name, back), ActForm(texts.typed(name) or {}))

    return {
        FEEDBACK: {on: kept(form_about(FEEDBACK, {"on": on})) for on in ON},
        DILEMMA: {one.rule: kept(form_about(DILEMMA, {"rule": one.rule})) for one in dilemmas if one.is_asked},
    }

"""Puts a kept decision back into the form that ends a case, and shows it where there is no such form any more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ui.caseworker.checks import Checked, checked_in
from ui.caseworker.decision_form import BY_HAND, DecisionForm, typed_in
from ui.caseworker.writing.kept_form import is_text
from ui.caseworker.writing.shown import CaseTexts, FormText, TypedWords

if TYPE_CHECKING:
    from ui.caseworker.case_page import CasePage

DECIDE, ASSESSMENT = "decide", "assessment"
BY_HAND_NAMES = {use: f"{DECIDE}-{use}" for use in BY_HAND}
"""A decision by hand is kept under what becomes of the draft, so that it comes back as what it was."""


@dataclass(frozen=True)
class DecisionText:
    """The form that ends a case with what was kept of it.

    Attributes:
        unused: the texts that were kept and have no form any more, for the case is closed.
        waits: a decision by hand is kept and the draft is looked at meanwhile.
    """

    form: DecisionForm
    checked: Checked | None
    text: FormText
    unused: tuple[str, ...] = ()
    waits: bool = False


def decision_text(
    texts: CaseTexts, page: CasePage, form: DecisionForm, checked: Checked | None, *, wants_draft: bool
) -> DecisionText:
    """What was kept of the decision of a case is put back, unless this very request has sent it.

    A blind page never shows what was made of the draft's words.
    """
    names = names_for(page, form)
    newest = texts.newest(*names)
    posted = texts.posted if texts.posted in names else None
    name = posted or (newest.form if newest is not None else names[0])
    if wants_draft and page.draft is not None and not posted:
        return DecisionText(form, checked, texts.of(names[0], page.href()), waits=newest is not None)
    typed = None if posted or newest is None else texts.typed(name)
    text = texts.of(name, page.href())
    if typed is None:
        return DecisionText(form, checked, text)
    if not page.is_open:
        return DecisionText(form, checked, text, unused=tuple(one for one in typed.values() if is_text(one)))
    use = next((use for use, kept in BY_HAND_NAMES.items() if kept == name and page.draft is not None), "")
    filled = replace(form, typed=typed_in(TypedWords({**typed, "draft_use": use})))
    rows = () if page.draft is None else page.draft.checks
    return DecisionText(filled, checked_in(typed, rows), text)


def names_for(page: CasePage, form: DecisionForm) -> tuple[str, ...]:
    """Under which names this page's decision may be kept; the first one is that of a form that begins anew."""
    if not page.is_decided:
        return (ASSESSMENT,)
    if page.draft is None:
        seen = () if page.is_blind else (BY_HAND_NAMES["changed"],)
        return (DECIDE, BY_HAND_NAMES["discarded"], *seen)
    if form.typed.draft_use in BY_HAND_NAMES:
        return (BY_HAND_NAMES[form.typed.draft_use],)
    return tuple(BY_HAND_NAMES[use] for use in reversed(BY_HAND))

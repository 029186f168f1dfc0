"""Kept words as pages show them: put back into their form, with a quiet line that says from when they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from fastapi import Request

from config.bilingual import Language
from config.translate import Translator
from config.words import DANISH_TIME, Words
from models.clock import parse
from models.text_drafts import TextDraft, texts_of
from ui.caseworker.writing.keeping import ahead_of
from ui.caseworker.writing.kept_form import mark_of
from ui.web.addresses import case_path
from ui.web.language import language_of
from ui.web.site import site_of


class TypedWords(dict[str, str]):
    """What was typed, by field; "" for a field that was not sent."""

    def __missing__(self, name: str) -> str:
        return ""


@dataclass(frozen=True)
class FormText:
    """What is kept of one form, for its template.

    Attributes:
        mark: the value of the hidden field `kept`.
        keep: where the form goes to be kept alone; `discard` to be forgotten.
        fetched: that a kept text stands in the form, and from when it is; None where none was put back.
        elsewhere: that the same person has written in another window meanwhile.
        user_id: whose words they are; a script never sends them as somebody else's.
    """

    name: str
    mark: str
    keep: str
    discard: str
    back: str
    user_id: int
    fetched: str | None = None
    elsewhere: str | None = None


@dataclass(frozen=True)
class CaseTexts:
    """All that one person has typed into the forms of one case and not sent."""

    kept: Mapping[str, TextDraft]
    posted: str | None
    posted_version: int
    elsewhere: TextDraft | None
    case: tuple[str, str]
    user_id: int
    now: datetime
    language: Language

    def typed(self, *names: str) -> TypedWords | None:
        """The words to put back into a form, the newest of those under these names; None where none are kept.

        A form that this very request has sent shows what it sent.
        """
        if self.posted in names:
            return None
        newest = self.newest(*names)
        return None if newest is None else TypedWords(newest.content)

    def newest(self, *names: str) -> TextDraft | None:
        """The text that was kept last under one of these names."""
        found = [self.kept[name] for name in names if name in self.kept]
        return max(found, key=lambda one: one.saved_at, default=None)

    def of(self, name: str, back: str, *, is_put_back: bool = True) -> FormText:
        """What a form's template says of its kept text; `back` is the address of its page."""
        draft, say = self.kept.get(name), Translator(self.language)
        where = urlencode({"back": back})
        is_elsewhere = self.posted == name and self.elsewhere is not None
        fetched = None
        if draft is not None and is_put_back and self.posted != name:
            fetched = say("Your draft from {when} has been fetched.", when=self.when(draft))
        elsewhere = None
        if is_elsewhere and self.elsewhere is not None:
            elsewhere = written_elsewhere(self.elsewhere, self.when(self.elsewhere), say)
        version = self.posted_version if is_elsewhere else 0 if draft is None else draft.row_version
        return FormText(
            name=name,
            mark=mark_of(name, version),
            keep=f"{case_path(*self.case, 'text')}?{where}",
            discard=f"{case_path(*self.case, 'text-discarded')}?{where}",
            back=back,
            user_id=self.user_id,
            fetched=fetched,
            elsewhere=elsewhere,
        )

    def when(self, draft: TextDraft) -> str:
        """When a text was kept: the time of day, and the day where it is not today."""
        return when_kept(draft, self.now, self.language)


def when_kept(draft: TextDraft, now: datetime, language: Language) -> str:
    """When a text was kept, as a sentence goes on with it."""
    at, words = parse(draft.saved_at), Words(language)
    day, today = (moment.astimezone(DANISH_TIME).date() for moment in (at, now))
    time = words.time(at)
    if day == today:
        return time
    return Translator(language)("{day} at {time}", day=words.short_day(day, today), time=time)


def written_elsewhere(draft: TextDraft, when: str, say: Translator) -> str:
    """That the same person has written in another window."""
    return say("You wrote in another window at {when}. Both texts are kept.", when=when)


def case_texts(request: Request) -> CaseTexts:
    """What the visitor has typed into the forms of the case in the address."""
    site, file, user_id = site_of(request), request.state.case_file, request.state.visitor.user.id
    case, ahead = (str(file["case_type"]), str(file["case_id"])), ahead_of(request)
    with site.database.read() as connection:
        kept = texts_of(connection, user_id, *case)
    return CaseTexts(
        kept=kept,
        posted=None if ahead is None else ahead.sent.name,
        elsewhere=None if ahead is None else ahead.elsewhere,
        posted_version=0 if ahead is None else ahead.sent.version,
        case=case,
        user_id=user_id,
        now=site.database.clock(),
        language=language_of(request),
    )

"""What a kept form sends: its name, the kept text that its page was made from, and what a person has typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ui.web.forms import CSRF_FIELD, KEPT_FIELD, Form

MARK = re.compile(r"(\d{1,9}) ([a-z][a-z0-9_-]{0,99})")
PLAIN = re.compile(r"[0-9]{1,15}(\.[0-9]{1,15})?|[a-z]{1,20}")
ABOUT = ("about", "on", "rule")
"""Fields that say about what a form is."""
NEVER_KEPT = frozenset(
    {
        CSRF_FIELD,
        KEPT_FIELD,
        "seen",
        "about",
        "on",
        "rule",
        "opened",
        "round",
        "assessment",
        "version",
        "draft_use",
        "not_known",
        "decision",
    }
)
"""Fields that nobody types: what pages put into hidden fields, and buttons."""
FILLED_IN = frozenset({"note_sort", "received_on", "ground"})
"""What comes filled in, and alone is not worth keeping."""
LONGEST_NAME = 100
LONGEST_CHOICE = 60


@dataclass(frozen=True)
class KeptForm:
    """One form as it was sent; `version` is that of the kept text that its page showed, 0 where there was none."""

    name: str
    version: int
    content: Mapping[str, str]

    @property
    def is_blank(self) -> bool:
        """Whether nothing has been typed."""
        return not any(text.strip() for name, text in self.content.items() if name not in FILLED_IN)


def kept_form(form: Form) -> KeptForm | None:
    """The kept form that was sent; None for a form of which nothing is kept.

    Example:
        >>> kept_form(Form({"csrf": "x", "kept": "3 note", "note": "They called.", "seen": "7"}))
        KeptForm(name='note', version=3, content={'note': 'They called.'})
        >>> kept_form(Form({"note": "They called."})) is None
        True
    """
    found = MARK.fullmatch(form.values.get(KEPT_FIELD, ""))
    if found is None:
        return None
    typed = {name: text for name, text in form.values.items() if name not in NEVER_KEPT}
    return KeptForm(found[2], int(found[1]), {name: typed[name] for name in typed if len(name) <= LONGEST_NAME})


def form_about(name: str, values: Mapping[str, str]) -> str:
    """The name of one of several equal forms: what it is about stands after it.

    Example:
        >>> form_about("answer", {"about": "7"}), form_about("feedback", {"on": "route"}), form_about("note", {})
        ('answer-7', 'feedback-route', 'note')
        >>> form_about("dilemma", {"rule": "3.1"}), form_about("dilemma", {"rule": "3;DROP"})
        ('dilemma-3-1', 'dilemma')
    """
    found = next((values[field] for field in ABOUT if values.get(field)), "")
    return f"{name}-{found.replace('.', '-')}" if PLAIN.fullmatch(found) else name


def typed_texts(form: Form) -> list[str]:
    """The texts that a person has written into any form, to be shown to them again where it could not be used."""
    return [text for name, text in form.values.items() if name not in NEVER_KEPT and is_text(text)]


def is_text(value: str) -> bool:
    """Whether a value was written, and is no choice: those are short and of one word.

    Example:
        >>> is_text("They called."), is_text("nothing_held")
        (True, False)
    """
    return len(value) > LONGEST_CHOICE or any(one.isspace() for one in value.strip())


def mark_of(name: str, version: int) -> str:
    """The value of the hidden field that names a form and its kept text."""
    return f"{version} {name}"

"""Case types in a table: how far the machine may go with each, what its reviews have shown, since when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from config.bilingual import Language
from config.translate import Translator
from config.words import Words
from models.clock import parse
from models.training_store import ModelOnRecord
from routing.in_force import InForce
from routing.watched import Watched
from ui.oversight.drafting_words import DraftingSpeaker, phase_in_words


@dataclass(frozen=True)
class TypeRow:
    """One case type; `progress` is what its reviews have shown, in sentences."""

    name: str
    href: str
    state: str
    progress: tuple[str, ...]
    since: str
    model: str


def type_rows(
    in_force: InForce,
    seen: Mapping[str, Watched],
    models: Mapping[str, ModelOnRecord | None],
    language: Language,
) -> tuple[TypeRow, ...]:
    """Every case type in force, by key."""
    say, words = Translator(language), Words(language)
    rows = []
    for key in sorted(in_force.case_types):
        watched, model = seen[key], models.get(key)
        rows.append(
            TypeRow(
                name=in_force.case_types[key].name.say(language),
                href=f"/oversight/{quote(key, safe='')}",
                state=phase_in_words(watched, say),
                progress=DraftingSpeaker(watched, language).progress(),
                since=words.day(parse(watched.state.since)),
                model=say("None") if model is None else words.day(parse(model.trained_at)),
            )
        )
    return tuple(rows)

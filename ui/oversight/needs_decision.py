"""What somebody must see to, before any table: drafting that is stopped, and an alarm that is open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from config.bilingual import Language
from config.translate import Translator
from models.audit import SYSTEM
from routing.in_force import InForce
from routing.sequences import WATCHED
from routing.state_reasons import reason_in_words
from routing.watched import Watched


@dataclass(frozen=True)
class Needed:
    """One matter: what it is, what to know about it, and the page to see to it on."""

    said: str
    more: str
    href: str


def needs_decision(in_force: InForce, seen: Mapping[str, Watched], language: Language) -> tuple[Needed, ...]:
    """Every matter, by case type."""
    say = Translator(language)
    return tuple(
        Needed(said, more, f"/oversight/{quote(key, safe='')}/drafting")
        for key in sorted(seen)
        for said, more in matters(seen[key], in_force.case_types[key].name.say(language), say)
    )


def matters(watched: Watched, name: str, say: Translator) -> Iterator[tuple[str, str]]:
    """What one case type asks of somebody."""
    if watched.state.weight == "light" and watched.phase == "stopped":
        by_itself = watched.by == SYSTEM
        said = "{name}: drafting has stopped by itself." if by_itself else "{name}: drafting is stopped."
        why = reason_in_words(watched.state.reason, say)
        yield say(said, name=name), f"{say('It stays so until a steward gives drafting back.')} {why}"
    if watched.phase in WATCHED and watched.evidence is not None and watched.evidence.is_ringing:
        worse = say("{name}: the latest reviews look worse than those before.", name=name)
        yield worse, say("Find out why. The alarm stops nothing by itself.")

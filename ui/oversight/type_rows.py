"""Case types in a table: how far the machine may go with each, since when and why."""

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

PHASES = {
    "trial": "In trial: measured, nothing queued",
    "shadow": "Live, in shadow: people decide every case, and the promise is tested on them",
    "drafting": "Live: the machine drafts",
    "stopped": "Live: drafting is stopped",
}
HEAVY = "Live: heavy cases, handled by people alone"


@dataclass(frozen=True)
class TypeRow:
    """One case type."""

    name: str
    href: str
    state: str
    since: str
    model: str


def type_rows(
    in_force: InForce, models: Mapping[str, ModelOnRecord | None], language: Language
) -> tuple[TypeRow, ...]:
    """Every case type in force, by key."""
    say, words = Translator(language), Words(language)
    rows = []
    for key in sorted(in_force.case_types):
        state, model = in_force.states[key], models.get(key)
        is_heavy_live = state.weight == "heavy" and state.status == "live"
        rows.append(
            TypeRow(
                name=in_force.case_types[key].name.say(language),
                href=f"/oversight/{quote(key, safe='')}",
                state=say(HEAVY if is_heavy_live else PHASES[state.phase]),
                since=words.day(parse(state.since)),
                model=say("None") if model is None else words.day(parse(model.trained_at)),
            )
        )
    return tuple(rows)

"""What people say of the machine's part: its reasons are wrong, or the case should have gone elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from config.bilingual import Language
from config.translate import Translator
from models.case_acts import CaseAct
from ui.caseworker.handling.act_form import Option
from ui.caseworker.machine_part import MachinePart

FEEDBACK = "feedback"
ON: Mapping[str, str] = {
    "explanation": "The reasons are wrong",
    "route": "The case should have gone elsewhere",
}
"""What can be said, as the page says it."""

SAID: Mapping[str, str] = {
    "explanation": "You have said that the reasons are wrong. It stands in the timeline.",
    "route": "You have said that the case should have gone elsewhere. It stands in the timeline.",
}


def said_of_the_machine(acts: Sequence[CaseAct], user_id: int, language: Language) -> tuple[str, ...]:
    """What one person has said of it so far, each thing once."""
    found = {act.content["on"] for act in acts if act.kind == FEEDBACK and act.by_id == user_id}
    say = Translator(language)
    return tuple(say(sentence) for on, sentence in SAID.items() if on in found)


def wrong_reasons(machine: MachinePart | None, language: Language) -> tuple[Option, ...]:
    """The reasons one of which can be named as wrong; the first choice names none of them."""
    bars = () if machine is None or machine.assessed is None else machine.assessed.bars
    all_of_them = Option("", Translator(language)("No single one"))
    return (all_of_them, *(Option(bar.field, bar.label) for bar in bars if bar.field is not None))

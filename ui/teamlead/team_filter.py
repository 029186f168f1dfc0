"""Which of the team's open cases the lead wants to see, and how many there are by next step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from config.translate import Translator
from ui.caseworker.queue_filter import Option
from ui.caseworker.queue_steps import STEPS, Step
from ui.teamlead.team_cases import DUE, TeamRow


@dataclass(frozen=True)
class TeamFilter:
    """A case type, a next step and a time until the deadline; "" where all are wanted."""

    type: str = ""
    step: str = ""
    due: str = ""

    @property
    def query(self) -> dict[str, str]:
        """The filter as part of an address."""
        return {name: value for name, value in asdict(self).items() if value}

    def fits(self, row: TeamRow) -> bool:
        """Whether a case is wanted."""
        return self.type in ("", row.case_type) and self.step in ("", row.step) and self.due in ("", row.due)


@dataclass(frozen=True)
class StepCount:
    """How many cases have one next step, how many of them are late or due, and how old the oldest is."""

    step: Step
    name: str
    cases: int = 0
    over: int = 0
    week: int = 0
    oldest: int = 0

    def with_case(self, row: TeamRow) -> StepCount:
        """One case more."""
        return StepCount(
            self.step,
            self.name,
            self.cases + 1,
            self.over + (row.due == "over"),
            self.week + (row.due == "week"),
            max(self.oldest, row.days_old),
        )


def team_filter(given: Mapping[str, str], case_types: Iterable[str]) -> TeamFilter:
    """What an address asks for; a choice that does not exist is none."""
    known = {"type": set(case_types), "step": set(STEPS), "due": set(DUE)}
    return TeamFilter(**{name: given.get(name, "") for name in known if given.get(name, "") in known[name]})


def team_options(
    chosen: TeamFilter, case_types: Mapping[str, str], say: Translator
) -> list[tuple[str, str, list[Option]]]:
    """The choices of the form: name, label, and what can be chosen."""
    steps = {key: say(label) for key, label in STEPS.items() if key != "colleague"}
    known: dict[str, tuple[str, Mapping[str, str]]] = {
        "type": (say("Case type"), case_types),
        "step": (say("Next step"), steps),
        "due": (say("Deadline"), {key: say(label) for key, label in DUE.items()}),
    }
    return [
        (name, label, [("", say("All"), not getattr(chosen, name))]
         + [(key, text, key == getattr(chosen, name)) for key, text in choices.items()])
        for name, (label, choices) in known.items()
    ]  # fmt: skip


def by_step(rows: Iterable[TeamRow]) -> list[StepCount]:
    """Counts by next step, in the order of the steps; a step that no case has is left out."""
    counts: dict[Step, StepCount] = {}
    for row in rows:
        counts[row.step] = counts.get(row.step, StepCount(row.step, row.step_name)).with_case(row)
    return [counts[step] for step in STEPS if step in counts]

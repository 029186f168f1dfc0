"""From a log nobody prepared to a proposed case type: fields, what is left out, and what counts as complex."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np

from config.bilingual import Bilingual
from config.case_type import CaseType, check_case_type_name
from config.fields import Field
from config.names import humanised
from engine.effort import EffortClock, effort_clock, is_complex
from engine.horizon import HorizonProposal, propose_horizon
from engine.log import EventLog
from engine.profile.profile import Profile, ProfiledField, profile_log
from engine.profile.seen import SeenCases

TAKEN_AS_NAMES = "Few whole numbers, far apart, are taken as names; write `type: integer` if they are amounts."


@dataclass(frozen=True)
class Proposal:
    """A case type as `onboard` writes it, with everything that a person should hear about it.

    Attributes:
        case_type: in trial, weight light; no legal basis and no sources, which only people know.
        left_out: column -> why, one sentence.
        notes: sentences by what they are about: a field's name, `complexity`, or `""` for the whole file.
        summary: what `onboard --json` says, without `file`, the case type file that the caller writes.
    """

    case_type: CaseType
    left_out: dict[str, str]
    notes: dict[str, str]
    summary: dict[str, Any]


def propose_case_type(
    log: EventLog, name: str, *, protected: Collection[str] = (), not_protected: Collection[str] = ()
) -> Proposal:
    """Propose a case type called `name` for the log's closed cases; the flags overrule what looks protected.

    Raises InputError for a name that cannot be one, for decimal commas, for dates with and without offset in one
    column, and for flags that name no column.
    """
    check_case_type_name(name)
    clock = effort_clock(log.events)
    horizon = propose_horizon(clock, log.arrivals, log.observed_until)
    profile = profile_log(_seen(log, clock, horizon), protected=protected, not_protected=not_protected)
    words = humanised(name)
    case_type = CaseType.model_validate(
        {
            "key": name,
            "name": {"da": words, "en": words},
            "log": log.columns,
            "fields": {field: _field(field, seen, profile) for field, seen in profile.fields.items()},
            "complexity": horizon.rule,
        }
    )
    return Proposal(
        case_type, profile.left_out, _notes(log, profile, horizon), _summary(log, name, profile, horizon)
    )


def _seen(log: EventLog, clock: EffortClock, horizon: HorizonProposal) -> SeenCases:
    age = (log.observed_until - log.arrivals) / np.timedelta64(1, "D")
    days = horizon.rule.within_days
    return SeenCases(log, clock.within(np.inf), is_complex(clock.within(days), horizon.rule), age >= days)


def _field(name: str, seen: ProfiledField, profile: Profile) -> Field:
    words = humanised(name)
    return Field(
        column=seen.column,
        type=seen.kind,
        values=seen.words if seen.kind == "category" else None,
        label=Bilingual(da=words, en=words),
        protected=name in profile.protected,
    )


def _notes(log: EventLog, profile: Profile, horizon: HorizonProposal) -> dict[str, str]:
    notes = {name: f"Protected: {why}." for name, why in profile.protected.items()}
    notes |= {name: TAKEN_AS_NAMES for name, seen in profile.fields.items() if seen.is_coded and name not in notes}
    notes["complexity"] = _as_text(horizon.sentences)
    if log.notes:
        notes[""] = _as_text(log.notes)
    return notes


def _as_text(sentences: Collection[str]) -> str:
    return " ".join(f"{sentence[:1].upper()}{sentence[1:]}." for sentence in sentences)


def _summary(log: EventLog, name: str, profile: Profile, horizon: HorizonProposal) -> dict[str, Any]:
    return {
        "case_type": name,
        "cases": len(log),
        "events": len(log.events),
        "fields": list(profile.fields),
        "protected": list(profile.protected),
        "left_out": profile.left_out,
        "complexity": {"rule": horizon.rule.model_dump(mode="json", exclude_none=True), "share": horizon.share},
        "proposes": list(horizon.sentences),
    }

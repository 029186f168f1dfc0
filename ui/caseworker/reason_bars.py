"""Reasons as words and bars: solid to the right is more work, hatched to the left is less, all on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from config.translate import Translator
from explain.reasons import Direction, Reason, Strength
from explain.sentences import ReasonSpeaker

WIDTH = 300
MIDDLE = 100
"""The axis stands a third from the left: what draws towards more work is what a page is read for."""

PULLS: dict[tuple[Direction, Strength], str] = {
    ("more", "much"): "pulls strongly towards more work",
    ("more", "some"): "pulls somewhat towards more work",
    ("more", "little"): "pulls a little towards more work",
    ("less", "much"): "pulls strongly towards less work",
    ("less", "some"): "pulls somewhat towards less work",
    ("less", "little"): "pulls a little towards less work",
}


@dataclass(frozen=True)
class ReasonBar:
    """One reason: its words, and a bar from `x` that is `width` wide, in units of a picture `WIDTH` wide.

    Attributes:
        field: the feature that it is about; None for all others together.
    """

    label: str
    pull: str
    sentence: str
    is_more: bool
    x: float
    width: float
    field: str | None = None


def reason_bars(reasons: Sequence[Reason], speaker: ReasonSpeaker) -> tuple[ReasonBar, ...]:
    """The reasons in their order; the largest one fills its side."""
    scale = units_per_log_odds([reason.contribution for reason in reasons])
    return tuple(bar(reason, scale, speaker) for reason in reasons)


def units_per_log_odds(contributions: Sequence[float]) -> float:
    """How long a bar of one log-odds is, so that every bar fits its side.

    Example:
        >>> units_per_log_odds([1.0, -0.2]), units_per_log_odds([0.5, -2.0])
        (200.0, 50.0)
    """
    more = max((one for one in contributions if one > 0), default=0.0)
    less = max((-one for one in contributions if one < 0), default=0.0)
    return min(((room / size) for room, size in ((WIDTH - MIDDLE, more), (MIDDLE, less)) if size > 0), default=0.0)


def bar(reason: Reason, scale: float, speaker: ReasonSpeaker) -> ReasonBar:
    """One reason's words and bar."""
    say = speaker.say
    is_more = reason.direction == "more"
    width = round(abs(reason.contribution) * scale, 1)
    if reason.field is None:
        label = say.counted("{n} other fact", "{n} other facts together", reason.others)
        sentence = say("None of them moves much alone.")
    else:
        label = speaker.label(reason.field)
        fact = speaker.fact(reason)
        sentence = f"{fact[:1].upper()}{fact[1:]}."
    return ReasonBar(
        label=label,
        pull=pull(reason, say),
        sentence=sentence,
        is_more=is_more,
        x=float(MIDDLE) if is_more else round(MIDDLE - width, 1),
        width=width,
        field=reason.field,
    )


def pull(reason: Reason, say: Translator) -> str:
    """Direction and strength in words."""
    return say(PULLS[reason.direction, reason.strength])

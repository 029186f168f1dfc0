"""A person's own figures, one sentence each with its counts; held against nobody else's."""

from __future__ import annotations

from dataclasses import dataclass

from config.translate import Translator
from ui.caseworker.own_figures.figures import Figures

FEWEST = 5
"""A middle of fewer cases than this says nothing."""

DAYS = 90


@dataclass(frozen=True)
class Figure:
    """One figure: what it is about, and its sentence."""

    heading: str
    sentence: str


def figures_in_words(figures: Figures, say: Translator) -> tuple[Figure, ...]:
    """The figures in the order of the page; of nobody's decisions there is nothing more to say."""
    if not figures.decisions:
        return (Figure(say("Decisions"), say("You have decided no case in the last {days} days.", days=DAYS)),)
    return (
        Figure(say("Decisions"), decisions_said(figures, say)),
        Figure(say("Time"), time_said(figures, say)),
        Figure(say("Drafts"), drafts_said(figures, say)),
        Figure(say("Your first view, after you saw the machine's"), kept_said(figures, say)),
        Figure(say("Your first view, and the work it came to"), foreseen_said(figures, say)),
    )


def decisions_said(figures: Figures, say: Translator) -> str:
    """How many were decided."""
    return say.counted(
        "You have decided {n} case in the last {days} days.",
        "You have decided {n} cases in the last {days} days.",
        figures.decisions,
        days=DAYS,
    )


def time_said(figures: Figures, say: Translator) -> str:
    """How long half of them took at most."""
    if figures.minutes is None or figures.timed < FEWEST:
        return say("The time is known for {n} of them, which is too few to say anything.", n=figures.timed)
    return say.counted(
        "Half of them took at most {n} minute from opening the page to signing. "
        "The time is known for {timed} of them.",
        "Half of them took at most {n} minutes from opening the page to signing. "
        "The time is known for {timed} of them.",
        figures.minutes,
        timed=figures.timed,
    )


def drafts_said(figures: Figures, say: Translator) -> str:
    """What became of the machine's drafts."""
    approved, changed, unused = figures.drafts
    if not sum(figures.drafts):
        return say("None of them had a draft by the machine.")
    return say(
        "Of {whole} drafts you approved {approved} as they were, changed {changed} and did not use {unused}.",
        whole=sum(figures.drafts),
        approved=approved,
        changed=changed,
        unused=unused,
    )


def kept_said(figures: Figures, say: Translator) -> str:
    """How often the outcome stayed what it was before the machine's part was seen."""
    if not figures.kept.whole:
        return say("In none of them you named an outcome before you saw the machine's part.")
    return say(
        "Of {whole} cases in which you named an outcome before you saw the machine's part, you decided {part} so.",
        whole=figures.kept.whole,
        part=figures.kept.part,
    )


def foreseen_said(figures: Figures, say: Translator) -> str:
    """How often the work was as expected."""
    if not figures.foreseen.whole:
        return say("It is not known yet how much work any case took of which you gave a first view.")
    return say(
        "Of {whole} cases of which it is known by now how much work they took, your first view fitted {part}.",
        whole=figures.foreseen.whole,
        part=figures.foreseen.part,
    )

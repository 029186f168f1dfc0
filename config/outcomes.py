"""What a case can end with, which cases the file itself can decide, and how a citizen complains."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from config.bilingual import Bilingual
from config.conditions import When
from config.letter_words import OutcomeLetter
from config.model import Boolean, Model, Text, Whole, wrong
from config.names import Name


class NoAppeal(Model):
    """Why nobody can appeal."""

    because: Bilingual


class Appeal(Model):
    """Where and within how many weeks a decision can be appealed (klage), or `none` and why."""

    lodge_with: Text | None = None
    reassess_weeks: Annotated[Whole, Field(ge=0, le=52)] | None = None
    body: Text | None = None
    weeks: Annotated[Whole, Field(ge=1, le=104)] | None = None
    none: NoAppeal | None = None

    @model_validator(mode="after")
    def _whole_or_none(self) -> Appeal:
        if self.none is None and (self.body is None or self.weeks is None):
            raise wrong("an appeal needs `body` and `weeks`, or `none: {because: ...}`")
        if self.none is not None and (self.body or self.weeks or self.lodge_with or self.reassess_weeks):
            raise wrong("`none` stands alone; delete the other keys or `none`")
        return self


class Outcome(Model):
    """One way a case can end. Fully in the citizen's favour, it needs no reasons (FVL § 22)."""

    fully_in_favour: Boolean
    label: Bilingual
    may_be_drafted: Boolean = False
    appeal: Appeal | None = None
    letter: OutcomeLetter | None = None


class Criterion(Model):
    """One objective line: where `when` surely holds, and no line above did, the outcome follows by law."""

    when: When
    outcome: Name
    because: Bilingual
    legal_basis: Text


class Untested(Bilingual):
    """What the law leaves to judgment (skøn); where `when` holds or cannot be told, the criteria do not decide."""

    when: When | None = None


LABELS = {
    "granted": Bilingual(da="Bevilget", en="Granted"),
    "partly_granted": Bilingual(da="Delvist bevilget", en="Partly granted"),
    "refused": Bilingual(da="Afslag", en="Refused"),
}
USUAL_OUTCOMES = {
    name: Outcome(fully_in_favour=name == "granted", label=label) for name, label in LABELS.items()
}  # fmt: skip

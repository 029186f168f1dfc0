"""One column of the model's input, in the terms in which a person would ask about it."""

from __future__ import annotations

from dataclasses import dataclass

from config.columns import Kind


@dataclass(frozen=True)
class Feature:
    """One column of the model's input. A date enters as days from arrival, a category as ordinal codes.

    Attributes:
        field: the case type's field, or the derived feature's own name (`is_derived`).
        levels: the words behind the codes 0..len-1 of a category; rare and unseen levels share one more code.
        rare_levels: words seen in training, too seldom for a code of their own; empty where `many_levels`.
        many_levels: more than 50 words were seen in training, so an unseen one counts as rare, not as novel.
        usual: median of a number, commonest word of a category, in training cases; None where all are missing.
        usual_share: share of training cases with the usual word; None for a number.
        sibling_of: the first feature that this one says nearly the same as: both make one reason.
    """

    field: str
    kind: Kind
    levels: tuple[str, ...] = ()
    usual: float | str | None = None
    usual_share: float | None = None
    is_derived: bool = False
    rare_levels: tuple[str, ...] = ()
    many_levels: bool = False
    sibling_of: str | None = None

    @property
    def rare_code(self) -> float:
        """The code of rare words, after the last word's own."""
        return float(len(self.levels))

"""The facts of a case type: what each is called, where it comes from, and what may be done with it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator
from pydantic import Field as Key

from config.bilingual import Bilingual, Language
from config.columns import Kind
from config.model import Boolean, Model, Text, Word, wrong
from config.validation import did_you_mean


class LogColumns(Model):
    """Which columns of a log hold the case, the step, the time and the person."""

    case_id: Text = "case_id"
    activity: Text = "activity"
    timestamp: Text = "timestamp"
    resource: Text | None = "resource"


APPLICATION = "application"


def _in_both(value: Any) -> Any:
    """A name that is the same in both languages, such as a register's, is written once."""
    return {"da": value, "en": value} if isinstance(value, str) else value


InBoth = Annotated[Bilingual, BeforeValidator(_in_both)]


class Field(Model):
    """One fact, in words. `values` are a category's words; a value outside them counts as unseen.

    `value_labels` say a value as people read it, where the log's own word is a code.

    `model_use` hides the value from the model, never from the person who decides.
    """

    column: Text
    type: Kind
    values: tuple[Word, ...] | None = None
    value_labels: dict[Word, Bilingual] = Key(default_factory=dict)
    unit: Text | None = None
    label: Bilingual
    meaning: Bilingual | None = None
    source: InBoth | None = None
    basis: Text | None = None
    collected_with: Literal["law", "consent"] = "law"
    model_use: Literal["always", "unless_refused", "with_consent", "never"] = "always"
    protected: Boolean = False
    can_change: Boolean = False

    @model_validator(mode="after")
    def _values_fit_the_type(self) -> Field:
        if self.type == "category" and not self.values:
            raise wrong("a category needs its words; write `values: [..]`, or `type: text` for free text")
        if self.type != "category" and self.values is not None:
            raise wrong(f"'values' belong to a category, and this is a {self.type}; delete them", "values")
        if self.values is not None and len(set(self.values)) < len(self.values):
            twice = next(word for word in self.values if self.values.count(word) > 1)
            raise wrong(f"'{twice}' stands twice among the values; keep one", "values")
        for word in self.value_labels:
            if word not in (self.values or ()):
                near = did_you_mean(word, self.values or ())
                raise wrong(f"'{word}' is not among the field's values; {near}", "value_labels", word)
        return self

    @property
    def is_applied_with(self) -> bool:
        """Whether the citizen gives the fact, in the application."""
        return self.source is not None and self.source.da == APPLICATION

    def said(self, value: str, language: Language) -> str:
        """A category's value as people read it.

        Example:
            >>> label = Bilingual(da="Køn", en="Sex")
            >>> codes = {"k": Bilingual(da="Kvinde", en="Woman")}
            >>> field = Field(column="c", type="category", values=("k",), value_labels=codes, label=label)
            >>> field.said("k", "en")
            'Woman'
        """
        label = self.value_labels.get(value)
        return value if label is None else label.say(language)

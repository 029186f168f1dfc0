"""A boundary case that stands inside a case type file: facts, and what must follow from them."""

from __future__ import annotations

from datetime import date
from typing import Any

from config.model import Model, Text, shown, wrong

UNDECIDED = "undecided"


class CaseTest(Model):
    """`expect` names the outcome (or `undecided`) and results of lines (null where none can come out)."""

    name: Text
    judged_on: date | None = None
    facts: dict[str, Any]
    expect: dict[str, Any]

    def model_post_init(self, _: Any) -> None:
        """Refuse what is no plain value; what must suit a field's type is checked with the whole file."""
        for part in ("facts", "expect"):
            for key, value in getattr(self, part).items():
                if isinstance(value, dict | list | tuple):
                    raise wrong(f"{shown(value)} stands where one value is expected; write it alone", part, key)
        if not self.expect:
            raise wrong("nothing is expected here; write e.g. `expect: {outcome: granted}`", "expect")

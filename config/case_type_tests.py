"""A boundary case that stands inside a case type file: facts, and what must follow from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from config.model import Model, Text, shown, wrong
from config.validation import did_you_mean

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


def with_facts_of_others(tests: Sequence[Any]) -> list[Any]:
    """Tests as they are written, where `like: NAME` stands for the facts and the day of a test above.

    A test's own facts count above those; null says that a fact is missing.

    Example:
        >>> first = {"name": "On the limit", "facts": {"income": 100, "children": 0}, "expect": {}}
        >>> second = {"name": "One krone over", "like": "On the limit", "facts": {"income": 101}, "expect": {}}
        >>> with_facts_of_others([first, second])[1]
        {'name': 'One krone over', 'facts': {'income': 101, 'children': 0}, 'expect': {}}
    """
    above: dict[str, Any] = {}
    whole = []
    for number, test in enumerate(tests):
        filled = _like(test, above, number) if isinstance(test, dict) and "like" in test else test
        if isinstance(filled, dict) and isinstance(filled.get("name"), str):
            above[filled["name"]] = filled
        whole.append(filled)
    return whole


def _like(test: dict[str, Any], above: dict[str, Any], number: int) -> dict[str, Any]:
    named = test["like"]
    model = above.get(named) if isinstance(named, str) else None
    if model is None:
        near = did_you_mean(str(named), above)
        raise wrong(f"no test above is called {shown(named)}; {near}", "tests", number, "like")
    own = {key: value for key, value in test.items() if key != "like"}
    facts = own.get("facts", {})
    if not isinstance(facts, dict) or not isinstance(model.get("facts"), dict):
        return own
    day = {"judged_on": model["judged_on"]} if "judged_on" in model else {}
    return {**day, **own, "facts": {**model["facts"], **facts}}

"""docs/letters.md names every placeholder, list and rule of letters, with the meaning that the code gives it."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.letter_placeholders import KINDS, LISTS, OF_EVERY_LETTER, OF_KIND, REQUIRED

PAGE = (Path(__file__).parents[2] / "docs" / "letters.md").read_text(encoding="utf-8")


def lines() -> list[str]:
    told = [f"| `{name}` | {meaning} |" for name, meaning in OF_EVERY_LETTER.items()]
    for kind in KINDS:
        told += [f"| `{name}` | {meaning} |" for name, meaning in OF_KIND[kind].items()]
        for items in LISTS[kind].values():
            told += [f"| `item.{name}` | {meaning} |" for name, meaning in items.items()]
        told += [f"| {kind} | `{name}` | {why} |" for name, why in REQUIRED[kind].items()]
    return told


@pytest.mark.parametrize("line", lines())
def test_every_placeholder_stands_in_the_page(line):
    assert line in PAGE.splitlines()


@pytest.mark.parametrize("name", [name for kind in KINDS for name in LISTS[kind]])
def test_every_list_stands_in_the_page(name):
    assert f"The list `{name}`" in PAGE

"""The two ways in which a person works a page: with a mouse, and by keyboard alone, each by the same words."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.journeys.conftest import Watched

CHECKED = "(selector) => document.querySelector(selector).checked"


@dataclass
class Mouse:
    """Clicks on what is seen."""

    window: Watched

    def choose(self, name: str, value: str) -> None:
        """Choose one of several."""
        self.window.page.click(f"label[for='{name}-{value}']")

    def tick(self, name: str) -> None:
        """Tick a box, or take the tick away."""
        self.window.page.click(f"label[for='{name}']")

    def write(self, name: str, text: str) -> None:
        """Write into a field."""
        self.window.page.fill(f"#{name}", text)

    def unfold(self, selector: str) -> None:
        """Open what is folded away."""
        self.window.page.click(selector)

    def press(self, selector: str) -> None:
        """Press what leads to another page."""
        self.window.follow(selector)


@dataclass
class Keyboard:
    """Never touches a mouse: whatever it uses must take the focus, and show it."""

    window: Watched

    def choose(self, name: str, value: str) -> None:
        """Choose one of several: to the group by Tab, in it by arrows."""
        page, wanted = self.window.page, f"#{name}-{value}"
        self.window.press_until(f"input[name='{name}']")
        for _ in range(page.locator(f"input[name='{name}']").count()):
            if page.evaluate("(one) => document.activeElement.matches(one)", wanted):
                break
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Space")
        assert page.evaluate(CHECKED, wanted)

    def tick(self, name: str) -> None:
        """Tick a box, or take the tick away."""
        self.window.press_until(f"#{name}")
        self.window.page.keyboard.press("Space")

    def write(self, name: str, text: str) -> None:
        """Write into a field, over what stands in it."""
        self.window.press_until(f"#{name}")
        self.window.page.keyboard.press("Control+a")
        self.window.page.keyboard.type(text)

    def unfold(self, selector: str) -> None:
        """Open what is folded away."""
        self.window.press_until(selector)
        self.window.page.keyboard.press("Enter")

    def press(self, selector: str) -> None:
        """Press what leads to another page."""
        self.window.press_until(selector)
        self.window.press("Enter")


Hands = Mouse | Keyboard
WAYS = [("mouse", "da"), ("mouse", "en"), ("keyboard", "da"), ("keyboard", "en")]
"""Every journey is walked in both languages, each also by keyboard alone."""


def every_way(*, numbered: bool = False) -> list[object]:
    """`WAYS` as a test takes them, each after a number where it needs its own case; the last is long."""
    ways = [(number, *way) if numbered else way for number, way in enumerate(WAYS, 1)]
    return [pytest.param(*way, marks=[pytest.mark.long] if way[-2:] == WAYS[-1] else []) for way in ways]


def hands(way: str, window: Watched) -> Hands:
    """A person at a window."""
    return Mouse(window) if way == "mouse" else Keyboard(window)

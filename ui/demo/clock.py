"""A clock that is set by hand and never goes back: the invented past is lived in the order of its moments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

TICK = timedelta(milliseconds=1)
"""Two acts are never of one moment, so that the records can tell which came first."""


@dataclass
class SetClock:
    """What `models.clock.Clock` asks for; `at` is in UTC."""

    at: datetime

    def __call__(self) -> datetime:
        """This moment."""
        return self.at

    def move_to(self, moment: datetime) -> None:
        """Go on to this moment, or a tick further where it has passed."""
        self.at = max(moment, self.at + TICK)

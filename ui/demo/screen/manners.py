"""How the invented people look at cases: some see far, some are surer than they are right, few speak up often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Manner:
    """One person's way of working.

    Attributes:
        blur: how far their sense of a case's work lies beside the truth, a standard deviation in log-odds.
        judgment: in which share of cases they come to the outcome that holds.
        boldness: by how much they feel surer than they are right.
        eye: in which share of cases they find an error that was planted, before they have practised.
        pace: how long they take, against most.
        candour: in which share of cases that ask for it they say what they think.
        practises: how many cases they look at for practice.
    """

    blur: float
    judgment: float
    boldness: float
    eye: float
    pace: float
    candour: float
    practises: int


MANNERS: Mapping[str, Manner] = {
    "mette": Manner(0.7, 0.84, 0.03, 0.55, 0.95, 0.5, 24),
    "linda": Manner(1.1, 0.77, 0.12, 0.45, 1.1, 0.3, 16),
    "yusuf": Manner(0.9, 0.81, -0.06, 0.5, 1.05, 0.45, 18),
    "soeren": Manner(1.4, 0.72, 0.17, 0.35, 0.75, 0.2, 20),
    "hanne": Manner(0.6, 0.86, 0.0, 0.6, 1.15, 0.4, 14),
    "jakob": Manner(1.0, 0.79, 0.08, 0.5, 0.9, 0.25, 12),
    "samira": Manner(0.8, 0.83, -0.04, 0.6, 1.0, 0.55, 22),
    "bjoern": Manner(1.3, 0.74, 0.14, 0.4, 0.8, 0.2, 10),
    "ulla": Manner(0.8, 0.82, 0.05, 0.55, 1.2, 0.45, 14),
    "minh": Manner(1.0, 0.79, 0.02, 0.5, 0.95, 0.4, 12),
    "karen": Manner(0.7, 0.84, 0.05, 0.6, 1.0, 0.4, 14),
    "preben": Manner(0.9, 0.80, 0.1, 0.5, 0.9, 0.3, 10),
    "asta": Manner(0.8, 0.84, 0.0, 0.6, 1.1, 0.4, 10),
}

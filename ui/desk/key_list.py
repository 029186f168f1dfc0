"""The keys of the review screen, as their page lists them; none of them signs or sends anything."""

from __future__ import annotations

LISTS = "In a list"
CASE = "On a case"
EVERYWHERE = "Everywhere"

KEY_LIST: dict[str, tuple[tuple[str, str], ...]] = {
    EVERYWHERE: (
        ("N", "Open the next case"),
        ("/", "Search"),
        ("?", "This list"),
    ),
    LISTS: (
        ("J", "One row down"),
        ("K", "One row up"),
        ("Enter", "Open the case"),
    ),
    CASE: (
        ("T", "Take the case"),
        ("G", "Hand the case over"),
        ("1–9", "Go to a section"),
        ("M", "Write a note"),
    ),
}
"""Where keys do something -> key and what it does, in English."""

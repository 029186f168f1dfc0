"""A letter as PDF/UA-1 by Typst: the words go in as JSON and are never read as markup; same letter, same bytes."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from config.errors import InputError
from explain.letters.document import Document, glued

HERE = Path(__file__).parent
TEMPLATE = HERE / "page" / "letter.typ"
FONTS = HERE / "fonts"
STANDARD = "ua-1"
SHOWN = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x17F), (0x192, 0x192), (0x1A0, 0x1A1), (0x1AF, 0x1B0), (0x1CD, 0x1DC),
    (0x1E6, 0x1E7), (0x1FA, 0x1FF), (0x218, 0x21B), (0x2C6, 0x2C7), (0x2D8, 0x2DD), (0x300, 0x304), (0x306, 0x30C),
    (0x391, 0x3A1), (0x3A3, 0x3A9), (0x3B1, 0x3C9), (0x400, 0x45F), (0x490, 0x491),
    (0x1E80, 0x1E85), (0x1EA0, 0x1EF9),
    (0x2010, 0x2015), (0x2018, 0x201A), (0x201C, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026), (0x2030, 0x2030),
    (0x2039, 0x203A), (0x20AC, 0x20AC), (0x2116, 0x2116), (0x2122, 0x2122), (0x2190, 0x2193), (0x2212, 0x2212),
    (0x2248, 0x2248), (0x2260, 0x2260), (0x2264, 0x2265), (0xFFFD, 0xFFFD),
)  # fmt: skip
"""Characters that the fonts can show; a letter with any other could not be made, so it stands as U+FFFD."""
LONG_PAIR = 2_000
"""Characters from which two texts side by side may go over to the next page; shorter ones stand on one."""
_ONE_AT_A_TIME = threading.Lock()


def letter_pdf(document: Document) -> bytes:
    """The letter as one PDF.

    Raises:
        InputError: the letter cannot be set.
    """
    import typst

    told = {"letter": json.dumps(_for_typst(document), ensure_ascii=False)}
    noon = datetime(document.dated.year, document.dated.month, document.dated.day, 12, tzinfo=UTC)
    try:
        with _ONE_AT_A_TIME:
            made = _compiler().compile(format="pdf", sys_inputs=told, pdf_standards=[STANDARD], timestamp=noon)
    except typst.TypstError as error:
        sentence = " ".join(error.message.split())[:300]
        raise InputError(f"the letter '{document.title[:80]}' cannot be set as a PDF: {sentence}") from None
    assert isinstance(made, bytes)
    return made


_COMPILERS: dict[str, Any] = {}


def _compiler() -> Any:
    """One compiler for all letters: fonts and template are read once."""
    import typst

    if "letter" not in _COMPILERS:
        _COMPILERS["letter"] = typst.Compiler(
            str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=[str(FONTS)], ignore_system_fonts=True
        )
    return _COMPILERS["letter"]


def _for_typst(document: Document) -> dict[str, Any]:
    told: dict[str, Any] = _showable(asdict(document))
    del told["dated"]
    told |= {"year": document.dated.year, "month": document.dated.month, "day": document.dated.day}
    has_heading = False
    for block in told["blocks"]:
        has_heading = has_heading or block["kind"] == "heading"
        if block["kind"] == "table":
            block["widths"] = widths_of([block["head"], *block["rows"]])
        if block["kind"] == "pair":
            block["level"] = 3 if has_heading else 2
            block["stays_together"] = sum(len(text) for half in block["halves"] for text in half) < LONG_PAIR
    return told


def widths_of(rows: Sequence[Sequence[str]]) -> list[float]:
    """How wide each column is beside the others: by its longest cell, within bounds, so that no column starves.

    Example:
        >>> widths_of([["Oplysning", "Fra"], ["Husstandens indkomst pr. måned", "CPR"]])
        [30, 10]
    """
    longest = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [min(max(length, 10), 40) for length in longest]


def _showable(value: Any) -> Any:
    if isinstance(value, str):
        return "".join(one if one == "\n" or _is_shown(ord(one)) else "\ufffd" for one in glued(value))
    if isinstance(value, dict):
        return {key: _showable(item) for key, item in value.items()}
    return [_showable(item) for item in value] if isinstance(value, list | tuple) else value


def _is_shown(code: int) -> bool:
    return any(low <= code <= high for low, high in SHOWN)

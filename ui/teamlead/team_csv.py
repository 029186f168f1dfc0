"""The team's open cases as a file for Excel: UTF-8 with its mark, semicolons, and no cell that is a formula.

No citizen is named in it: a case number is enough to find the case, and a file leaves the house easily.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from config.translate import Translator
from ui.teamlead.team_cases import TeamRow

MARK = "\ufeff"
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def lines(rows: Iterable[TeamRow], say: Translator) -> Iterator[str]:
    """The file, a heading and a line for each case."""
    yield MARK + line([
        say("Case number"), say("Case type"), say("Next step"), say("Received"), say("Days since received"),
        say("Deadline"), say("Days left"), say("Days overdue"), say("Who has it"), say("Waits until"),
    ])  # fmt: skip
    for row in rows:
        left = "" if row.days_left is None else str(max(0, row.days_left))
        over = "" if row.days_left is None else str(max(0, -row.days_left))
        yield line([
            row.case_id, row.type_name, row.step_name, str(row.received), str(row.days_old),
            "" if row.deadline is None else str(row.deadline), left, over, row.holder, row.waits_until,
        ])  # fmt: skip


def line(cells: Iterable[str]) -> str:
    """One line of the file."""
    written = io.StringIO()
    csv.writer(written, delimiter=";", lineterminator="\r\n").writerow([harmless(cell) for cell in cells])
    return written.getvalue()


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before what would begin one.

    Example:
        >>> harmless("=1+1"), harmless("  @now"), harmless("2026-04417")
        ("'=1+1", "'  @now", '2026-04417')
    """
    begins = cell.startswith(BEGINS_A_FORMULA) or cell.lstrip().startswith(BEGINS_A_FORMULA)
    return f"'{cell}" if begins else cell

"""The rules that a `rules` command speaks of: a file, else the workspace's proposal; and whether they count."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from config.routing_rules import Rules, read_rules
from models.publication import in_force
from routing.adopting import read_text
from routing.in_force import RULES
from routing.publishing import Opened


@dataclass(frozen=True)
class RulesText:
    """A rules file as it stands. `is_in_force`: the published version has the same text."""

    file: Path
    text: str
    is_in_force: bool
    version_in_force: int

    def read(self, opened: Opened) -> Rules:
        """The rules, checked against the case types in force.

        Raises:
            InputError: with file:line:column, for the first thing that cannot be used.
        """
        return read_rules(self.text, file=self.file, case_types=opened.in_force.case_types)

    @property
    def standing(self) -> str:
        """In one sentence, whether these rules count."""
        if self.is_in_force:
            return f"These rules are in force, as version {self.version_in_force}."
        return f"This is a proposal: version {self.version_in_force} is in force."


def rules_text(opened: Opened, file: Path | None) -> RulesText:
    """The text of `file`, else of the workspace's routing.yaml.

    Raises:
        InputError: the file cannot be read, or is not UTF-8.
    """
    path = opened.workspace.routing_file if file is None else file
    text = read_text(path)
    with opened.database.read() as connection:
        published = in_force(connection, "rules", RULES)
    same = published is not None and published.content == text
    return RulesText(path, text, same, opened.in_force.rules_version)

"""Documentation that fails when a command or an option is missing from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from ui.cli import application

REPOSITORY = Path(__file__).parent.parent.parent
OF_EVERY_COMMAND = {"--help", "--workspace", "--json"}


def commands(group=None, path="stafet") -> Iterator[tuple[str, object]]:
    group = group or typer.main.get_command(application())
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def section(path: str) -> str:
    text = (REPOSITORY / "docs" / "commands.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {path}\b.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return found[0] if found else ""


@pytest.mark.parametrize(("path", "command"), list(commands()))
def test_every_command_and_option_is_documented(path, command):
    described = section(path)
    assert described, f"docs/commands.md has no section '## {path}'"
    options = {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
    assert OF_EVERY_COMMAND - {"--help"} <= options
    missing = {option for option in options - OF_EVERY_COMMAND if f"`{option}" not in described}
    assert not missing


@pytest.mark.parametrize(("path", "command"), list(commands()))
def test_every_command_says_in_a_sentence_what_it_does(path, command):
    assert re.fullmatch(r"[A-Z].{15,}\.", (command.help or "").replace("\n", " "))
    for parameter in command.params:
        assert parameter.help or "--help" in parameter.opts, f"{path}: {parameter.name} has no help"


def test_the_documentation_names_no_command_that_does_not_exist():
    known = {path for path, _ in commands()}
    text = (REPOSITORY / "docs" / "commands.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (stafet .*)$", text, re.MULTILINE)
    assert headings
    for heading in headings:
        assert any(heading == path or heading.startswith(path + " ") for path in known), heading


def test_every_command_shown_in_the_readme_exists():
    known = {path for path, _ in commands()}
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    shown = [line for block in blocks for line in block.splitlines() if re.match(r"stafet ", line)]
    assert shown
    for line in shown:
        assert any(line == path or line.startswith(path + " ") for path in known), line


def test_every_make_target_shown_in_the_readme_exists():
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE))
    assert shown
    for target in shown:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target

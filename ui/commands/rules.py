"""`stafet rules check|show|explain`: what routing rules say, what is wrong with them, why a case goes where."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ui.answer import Answer
from ui.command_frame import Run, answering

FileArgument = Annotated[Path | None, typer.Argument(help="A rules file; else the workspace's routing.yaml.")]


class Level(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Language(StrEnum):
    """The language of sentences."""

    DA = "da"
    EN = "en"


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    group = typer.Typer(help="Routing rules: who takes which case.", rich_markup_mode=None)
    group.command("check")(answering(check))
    group.command("show")(answering(show))
    group.command("explain")(answering(explain))
    app.add_typer(group, name="rules")


def check(
    run: Run,
    file: FileArgument = None,
    fail_level: Annotated[Level, typer.Option("--fail-level", help="What counts as no.")] = Level.WARNING,
) -> Answer:
    """Check routing rules: exit 2 where they cannot be used, 1 where something at the level or above was found."""
    from routing.check import check_rules
    from ui.rules_in_question import rules_text

    with run.opened(is_quiet=True) as opened:
        asked = rules_text(opened, file)
        found = check_rules(asked.text, file=asked.file, case_types=opened.in_force.case_types)
    told = [
        {
            "level": one.level,
            "sentence": one.sentence,
            "line": None if one.place is None else one.place.line,
            "column": None if one.place is None else one.place.column,
        }
        for one in found
    ]
    document = {"file": str(asked.file), "in_force": asked.is_in_force, "findings": told}
    errors = tuple(str(one) for one in found if one.level == Level.ERROR)
    sentences = tuple(f"{one.level}: {one}" for one in found if one.level != Level.ERROR)
    levels = list(Level)
    is_no = any(levels.index(Level(one.level)) <= levels.index(fail_level) for one in found)
    if errors:
        return Answer(document, sentences, exit_code=2, notes=errors)
    return Answer(document, sentences or (f"{asked.file}: nothing is wrong.",), exit_code=int(is_no))


def show(
    run: Run,
    file: FileArgument = None,
    lang: Annotated[Language, typer.Option("--lang", help="Language of the sentences.")] = Language.EN,
) -> Answer:
    """Show routing rules in words, in the order in which they are tried."""
    from routing.rule_sentences import RuleSpeaker
    from ui.rules_in_question import rules_text

    with run.opened(is_quiet=True) as opened:
        asked = rules_text(opened, file)
        rules, case_types = asked.read(opened), opened.in_force.case_types.values()
    said = {language.value: RuleSpeaker(case_types, language.value).rules(rules) for language in Language}
    both = zip(said["da"], said["en"], strict=True)
    document = {
        "file": str(asked.file),
        "in_force": asked.is_in_force,
        "version_in_force": asked.version_in_force,
        "rules": [{"name": name, "da": da, "en": en} for (name, da), (_, en) in both],
    }
    chosen = said[lang.value]
    return Answer(document, (asked.standing, *(f"{name}: {sentence}" for name, sentence in chosen)))


def explain(
    run: Run,
    case: Annotated[str, typer.Argument(help="The case's id.")],
    file: FileArgument = None,
    case_type: Annotated[
        str | None, typer.Option("--type", help="The case type, where several have such a case.", metavar="NAME")
    ] = None,
    lang: Annotated[Language, typer.Option("--lang", help="Language of the sentences.")] = Language.EN,
) -> Answer:
    """Explain where rules send one case: every rule in order, what settled it, and which gates are closed."""
    from ui.explaining_rules import explain_case
    from ui.rules_in_question import rules_text

    with run.opened(is_quiet=True) as opened:
        asked = rules_text(opened, file)
        return explain_case(opened, asked, case, case_type, lang.value)

"""The letter texts in force, by language, and where a case type's own texts stand when one of them fails."""

from __future__ import annotations

import sqlalchemy as sa

from config.bilingual import Language
from config.errors import InputError, Place
from config.letter_placeholders import LetterKind
from config.letter_texts import ReadTexts, read_letter_texts
from config.yaml_source import read_yaml
from explain.letters.composing import OwnPlace
from models.publication import all_in_force, version_of


def texts_in_force(connection: sa.Connection) -> dict[str, ReadTexts]:
    """The texts of every language that is in force.

    Raises:
        InputError: a published file cannot be read any more, or none is in force.
    """
    read = {}
    for one in all_in_force(connection, "letters"):
        if one.name.endswith(".yaml"):
            texts = read_letter_texts(one.content, f"{one.name} (version {one.version})")
            read[texts.language] = texts
    if not read:
        raise InputError("no letter texts are in force in this database; run any stafet command on it first")
    return read


def versions_in_force(connection: sa.Connection) -> dict[str, int]:
    """The version of each file of texts, as `letters/da.yaml`."""
    return {f"letters/{one.name}": one.version for one in all_in_force(connection, "letters")}


def own_place(
    connection: sa.Connection, case_type: str, version: int, kind: LetterKind, outcome: str | None
) -> OwnPlace:
    """Where a case type's own text stands in its published file; the file is read only when somebody asks."""
    published = version_of(connection, "case_type", case_type, version)
    content = "" if published is None else published.content
    file = f"{case_type}.yaml (version {version})"

    def place(part: str, language: Language) -> Place:
        text = "result" if part == "text" and kind == "decision" else part
        path = ("outcomes", outcome, "letter") if kind == "decision" else ("letters", kind)
        return read_yaml(content, file).place((*(str(key) for key in path), text, language))

    return place

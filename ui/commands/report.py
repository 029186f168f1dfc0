"""`stafet report model-card [NAME]`: what a model is, how right it is, and what it can promise."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.answer import Answer, dumps
from ui.command_frame import Run, answering
from ui.commands.rules import Language

if TYPE_CHECKING:
    from config.bilingual import Language as LanguageCode
    from explain.model_card import ModelCard
    from routing.publishing import Opened


class Format(StrEnum):
    """How a report is written."""

    HTML = "html"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    group = typer.Typer(help="Reports on models and on work.", rich_markup_mode=None)
    group.command("model-card")(answering(model_card))
    app.add_typer(group, name="report")


def model_card(
    run: Run,
    name: Annotated[str | None, typer.Argument(help="The case type; not needed where there is one alone.")] = None,
    form: Annotated[Format, typer.Option("--format", help="A page, or the same as data.")] = Format.HTML,
    lang: Annotated[Language | None, typer.Option("--lang", help="Language of the card.")] = None,
) -> Answer:
    """Write the model card of a case type to standard output, as a page that stands alone or as data."""
    from explain.model_card import card_html

    with run.opened(name=name) as opened:
        card = newest_card(opened, name, lang.value if lang else run.settings().language)
    document = card.as_json()
    if run.json_wanted:
        return Answer(document)
    return Answer(document, (dumps(document) if form == Format.JSON else card_html(card).rstrip("\n"),))


def newest_card(opened: Opened, name: str | None, language: LanguageCode) -> ModelCard:
    """The card of the newest model, with the promise as it was last measured."""
    from config.errors import InputError, RefusedError
    from config.words import Words
    from explain.model_card import model_card as card_of
    from models.clock import parse
    from models.training_store import latest_model, measurements_of

    known = sorted(opened.in_force.case_types)
    if name is None and len(known) != 1:
        raise InputError(f"there are {len(known)} case types; name one of {', '.join(known) or 'none yet'}")
    case_type = opened.in_force.case_type(name or known[0])
    with opened.database.read() as connection:
        model = latest_model(connection, case_type.key)
        if model is None:
            raise RefusedError(f"no model is trained for '{case_type.key}'; run 'stafet train {case_type.key}'")
        measured = measurements_of(connection, case_type.key, model.version)
    result: dict[str, Any] = measured[-1]["result"] if measured else {}
    return card_of(
        case_type,
        model.summary,
        model_version=model.version,
        trained_on=Words(language).day(parse(model.trained_at)),
        promise=result.get("figures"),
        why=result.get("guarantee", {}).get("why"),
        language=language,
    )

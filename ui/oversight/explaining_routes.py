"""How to explain the machine to a citizen, a page for each case type."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from config.translate import Translator
from config.words import Words
from explain.how_to_explain import how_to_explain
from models.clock import parse
from models.team_notes import TeamNote, notes_in_case_type
from models.training_store import latest_model, measurements_of
from ui.web.language import language_of
from ui.web.page_errors import no_such_page
from ui.web.pages import team_in_words
from ui.web.site import site_of

router = APIRouter()


@router.get("/how-to-explain/{case_type}", name="how_to_explain")
def explaining(request: Request, case_type: str) -> Response:
    """What to say of the machine in one case type."""
    site, language = site_of(request), language_of(request)
    with site.database.read() as connection:
        in_force = site.current.read(connection)
        known = in_force.case_types.get(case_type)
        if known is None:
            raise no_such_page()
        model = latest_model(connection, case_type) if known.weight == "light" else None
        notes = notes_in_case_type(connection, case_type)
        measured = [] if model is None else measurements_of(connection, case_type, model.version)
    summary = None if model is None else model.summary
    newest = measured[-1]["result"].get("figures") if measured else None
    said = how_to_explain(
        known,
        summary,
        proved=newest or (None if summary is None else summary["guarantee"]),
        drafts_now=in_force.states[case_type].phase == "drafting",
        language=language,
    )
    title = Translator(language)("How to explain this to the citizen: {name}", name=known.name.say(language))
    return site.pages.page(
        request, "how_to_explain.html", title=title, said=said, case_type=case_type, notes=noted(notes, request)
    )


def noted(notes: list[TeamNote], request: Request) -> list[dict[str, str]]:
    """What teams have noted in the case type, each with its heading."""
    language, municipality = language_of(request), site_of(request).pages.municipality
    say, words = Translator(language), Words(language)
    return [
        {
            "heading": say(
                "{team}: {name}, {at}",
                team=team_in_words(one.team, municipality, language),
                name=one.by,
                at=words.day(parse(one.at)),
            ),
            "text": one.text,
        }
        for one in notes
    ]

"""A person's own settings, the list of keys, and the way to the next case."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from config.translate import LANGUAGES, Translator
from models.queue import next_case
from models.user_settings import keep_setting
from ui.desk.choices import KEYS, OFF, has_keys
from ui.desk.key_list import KEY_LIST
from ui.web.addresses import case_path
from ui.web.language import NAMES, language_of, remember_language
from ui.web.page_errors import bad_form
from ui.web.site import site_of

ON_OR_OFF = {"on": "On", OFF: "Off"}
router = APIRouter()


@router.get("/settings", name="settings")
def settings(request: Request) -> Response:
    """What one can choose for oneself."""
    say = Translator(language_of(request))
    chosen = "on" if has_keys(request, request.state.visitor.user) else OFF
    return site_of(request).pages.page(
        request,
        "settings.html",
        title=say("Your settings"),
        keys=[{"key": key, "label": say(label)} for key, label in ON_OR_OFF.items()],
        chosen=chosen,
        languages=[{"key": one, "label": NAMES[one]} for one in LANGUAGES],
        is_saved="saved" in request.query_params,
    )


@router.post("/settings", name="store_settings")
def store_settings(request: Request) -> Response:
    """Keep the choices: keys with the person, the language with the browser."""
    sent = request.state.form.only("keys", "language")
    if sent["keys"] not in ON_OR_OFF or sent["language"] not in LANGUAGES:
        raise bad_form("The form holds a field that this page does not have; load the page again.")
    with site_of(request).database.write() as connection:
        value = OFF if sent["keys"] == OFF else None
        keep_setting(connection, request.state.visitor.user.id, KEYS, value)
    response = RedirectResponse("/settings?saved", status_code=303)
    remember_language(request, response, sent["language"])
    return response


@router.get("/keys", name="keys")
def keys(request: Request) -> Response:
    """Which keys do what."""
    say = Translator(language_of(request))
    lists = [(say(where), [(key, say(does)) for key, does in of_place]) for where, of_place in KEY_LIST.items()]
    has = has_keys(request, request.state.visitor.user)
    return site_of(request).pages.page(request, "keys.html", title=say("Keys"), lists=lists, has_keys=has)


@router.get("/cases/next", name="next")
def next_one(request: Request) -> Response:
    """To the case that comes next for the visitor; to the lists where there is none."""
    user = request.state.visitor.user
    with site_of(request).database.read() as connection:
        found = next_case(connection, user.team, user.id) if user.team else None
    return RedirectResponse(case_path(found.case_type, found.case_id) if found else "/cases", status_code=303)

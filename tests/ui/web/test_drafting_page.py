"""The page about the machine's part in a case type: its state in words, and the two acts on it."""

from __future__ import annotations

import pytest

from config.translate import sentences
from models.assessments import IS_NEWEST
from models.case_type_states import set_state
from routing.state_reasons import OWN_REASONS, PROMISE_BROKEN

PAGE = "/oversight/subsidy/drafting"
REASON = "The scale has been wrong since Monday."
OPEN_DRAFTS = (
    f"SELECT count(*) FROM case_file c JOIN assessment a ON {IS_NEWEST}"
    " WHERE c.status = 'open' AND a.route = 'draft'"
)


def phase(site) -> str:
    return site.one("SELECT phase FROM case_type_state WHERE name = 'subsidy'")[0]


def begin_drafting(site) -> None:
    with site.opened.database.write() as connection:
        set_state(
            connection, "subsidy", weight="light", status="live", phase="drafting", actor="system",
            reason="the blind reviews bore out the promise",
        )  # fmt: skip


@pytest.mark.parametrize("name", ["mette", "tom", "birgit", "anders"])
def test_everybody_at_work_reads_how_far_shadow_has_come(site, name):
    browser = site.browser(name)
    assert browser.get(PAGE).status_code == 200
    assert "Live, in shadow" in browser.words
    assert "0 of 100 blind reviews are followed to the end; 0 of them were complex." in browser.words
    assert "The machine begins to draft if at most 30 of the 100 are complex." in browser.words
    drawn = site.one("SELECT count(*) FROM assessment WHERE drawn")[0]
    decides = name in ("mette", "tom")
    assert (f"{drawn} more are under way" in browser.words) is not decides
    assert "Gone live." in browser.words
    assert "Birgit Lassen" in browser.words


def test_the_table_of_types_says_the_same_in_one_sentence_and_leads_there(site):
    browser = site.browser("anders")
    browser.get("/oversight")
    assert "0 of 100 blind reviews are followed to the end" in browser.words
    assert f'href="{PAGE}"' in browser.page
    assert "Needs a decision" not in browser.words


def test_the_page_names_no_case_and_no_score(site):
    begin_drafting(site)
    browser = site.browser("birgit")
    browser.get(PAGE)
    assert "2026-0" not in browser.page
    assert "case" in browser.words


def test_in_danish_every_sentence_is_danish(visit):
    site = visit(language="da")
    browser = site.browser("birgit")
    browser.get(PAGE)
    assert "0 af 100 blinde gennemgange er fulgt til ende" in browser.words
    assert "Sat i drift." in browser.words
    for english in ("blind reviews", "under way", "complex", "Since", "Why"):
        assert english not in browser.words


@pytest.mark.parametrize("reason", OWN_REASONS)
def test_every_reason_of_the_machines_own_has_its_danish(reason):
    assert reason in sentences("da")


@pytest.mark.parametrize("name", ["tom", "birgit"])
def test_drafting_is_stopped_with_a_reason_that_everybody_reads(site, name):
    begin_drafting(site)
    browser = site.browser(name)
    browser.get(PAGE)
    assert "Live: the machine drafts" in browser.words
    assert browser.post(f"{PAGE}/stop", reason=f"  {REASON} ").url.path == PAGE
    assert phase(site) == "stopped"
    assert site.one(OPEN_DRAFTS) == (0,)
    reader = site.browser("mette")
    reader.get(PAGE)
    assert "Live: drafting is stopped" in reader.words
    assert REASON in reader.words
    assert {"tom": "Tom Ravn", "birgit": "Birgit Lassen"}[name] in reader.words
    reader.get("/oversight")
    assert "Needs a decision" in reader.words
    assert (
        f"Subsidy: drafting is stopped. It stays so until a steward gives drafting back. {REASON}" in reader.words
    )


def test_without_a_reason_nothing_is_stopped_and_the_form_says_so_at_the_field(site):
    browser = site.browser("tom")
    browser.get(PAGE)
    assert browser.post(f"{PAGE}/stop", reason=" \n ").status_code == 400
    assert browser.words.count("Say why; the reason is kept with the act.") == 2
    assert 'aria-describedby="reason-hint reason-error"' in browser.page
    assert phase(site) == "shadow"


def test_a_reason_that_is_too_long_is_kept_in_the_form(site):
    browser = site.browser("tom")
    browser.get(PAGE)
    assert browser.post(f"{PAGE}/stop", reason="long " * 500).status_code == 400
    assert "long long long" in browser.page
    assert phase(site) == "shadow"


def test_who_comes_second_is_told_and_keeps_the_text(site):
    first, second = site.browser("birgit"), site.browser("tom")
    for browser in (first, second):
        browser.get(PAGE)
    first.post(f"{PAGE}/stop", reason="first")
    assert second.post(f"{PAGE}/stop", reason="my own words").status_code == 409
    assert "Drafting is stopped already." in second.words
    assert "my own words" in second.words


def test_only_a_steward_gets_the_form_that_gives_drafting_back(site):
    birgit = site.browser("birgit")
    birgit.get(PAGE)
    birgit.post(f"{PAGE}/stop", reason=REASON)
    for name in ("mette", "tom", "anders"):
        browser = site.browser(name)
        browser.get(PAGE)
        assert "Give drafting back" not in browser.words
        assert browser.post(f"{PAGE}/give-back", reason="mended").status_code == 403
    assert phase(site) == "stopped"
    birgit.get(PAGE)
    assert "Give drafting back" in birgit.words
    assert birgit.post(f"{PAGE}/give-back", reason="The scale is mended.").url.path == PAGE
    assert phase(site) == "shadow"
    assert "The scale is mended." in birgit.words
    assert REASON in birgit.words, "an earlier reason stays in the list of what has happened"


def test_the_lead_of_a_team_that_gets_no_such_cases_cannot_stop_them(site):
    from models.people import add_user

    with site.opened.database.write() as connection:
        add_user(
            connection, name="ole", full_name="Ole Park", role="team_lead", team="parks",
            password="correct horse battery",
        )  # fmt: skip
    browser = site.browser("ole")
    browser.get(PAGE)
    assert "Stop drafting" not in browser.words
    assert browser.post(f"{PAGE}/stop", reason=REASON).status_code == 403
    assert phase(site) == "shadow"


def test_a_form_from_elsewhere_stops_nothing(site):
    browser = site.browser("birgit")
    browser.get(PAGE)
    assert browser.post(f"{PAGE}/stop", csrf="wrong", reason=REASON).status_code == 403
    assert phase(site) == "shadow"


def test_what_a_person_types_is_shown_as_text(site):
    browser = site.browser("birgit")
    browser.get(PAGE)
    browser.post(f"{PAGE}/stop", reason="<b>{name}</b> {{ 7 * 7 }}")
    assert "&lt;b&gt;{name}&lt;/b&gt; {{ 7 * 7 }}" in browser.page


def test_there_is_no_page_for_a_type_that_is_not_there(site):
    browser = site.browser("birgit")
    assert browser.get("/oversight/nothing/drafting").status_code == 404
    browser.get("/oversight")
    for act in ("stop", "give-back"):
        assert browser.post(f"/oversight/nothing/drafting/{act}", reason=REASON).status_code == 404


def test_once_reviews_have_labels_the_page_shows_them_in_a_picture_and_in_words(site):
    import numpy as np

    from models.arriving import Arriving
    from models.case_store import put_cases

    much_later = np.datetime64("2031-01-01T08:00", "us")
    marker = Arriving(
        case_ids=["later"], received_at=np.array([much_later]), case_of_event=np.array([0]),
        event_times=np.array([much_later]), activities=["Register"], resources=[None],
    )  # fmt: skip
    with site.opened.database.write() as connection:
        put_cases(connection, "subsidy", marker)
    drawn = site.one("SELECT count(*) FROM assessment WHERE drawn")[0]
    browser = site.browser("birgit")
    browser.get(PAGE)
    assert f"{drawn} of 100 blind reviews are followed to the end" in browser.words
    assert f"Of {drawn} cases reviewed blind since" in browser.words
    assert '<svg class="scale"' in browser.page
    assert "promised: at most 30" in browser.words


def test_drafting_that_has_stopped_by_itself_is_the_first_thing_told(visit):
    site = visit(language="da")
    with site.opened.database.write() as connection:
        set_state(
            connection, "subsidy", weight="light", status="live", phase="stopped", actor="system",
            reason=PROMISE_BROKEN,
        )  # fmt: skip
    browser = site.browser("birgit")
    browser.get("/oversight")
    assert "Kræver stillingtagen Tilskud: udkast er stoppet af sig selv." in browser.words
    assert browser.words.index("Kræver stillingtagen") < browser.words.index("Model trænet")


def test_every_queue_says_in_its_readers_language_why_nothing_is_drafted(visit):
    site = visit(language="da")
    with site.opened.database.write() as connection:
        state = {"weight": "light", "status": "live", "phase": "stopped"}
        set_state(connection, "subsidy", **state, actor="system", reason=PROMISE_BROKEN)
    browser = site.browser("mette")
    browser.get("/cases")
    assert "Maskinen laver ikke udkast i" in browser.words
    assert "De blinde gennemgange viser, at løftet er brudt." in browser.words

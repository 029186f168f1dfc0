"""No word is lost: a dropped connection, an ended sign-in, a restart, the back button, a double submit."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.journeys.conftest import Watched
from tests.journeys.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.logs]

WORDS = "Efter byggeloven § 16, fordi grunden er for lille."
NOTE = ".rail textarea[name=note]"
NOTE_BLOCK = ".rail .note .keeping"
DECISION_BLOCK = "#form .keeping"
STEP = 200
"""Milliseconds of the page's own clock between two letters."""


def kept_in(town: Town, case: str) -> dict[str, dict[str, str]]:
    """What is kept of a case on the server, by form."""
    with sqlite3.connect(town.workspace / "stafet.db") as connection:
        rows = connection.execute("SELECT form, content FROM text_draft WHERE case_id = ?", (case,)).fetchall()
    return {form: json.loads(content) for form, content in rows}


def until(holds, seconds: float = 15) -> bool:
    """Whether something comes to hold within some seconds."""
    end = monotonic() + seconds
    while not holds() and monotonic() < end:
        sleep(0.1)
    return bool(holds())


def number_of(watched: Watched) -> str:
    return watched.page.url.partition("?")[0].rpartition("/")[2]


def open_free_case(watched: Watched, place: int) -> str:
    """Open a case that nobody has taken, each test another one; gives its number."""
    watched.go("/cases?list=free")
    links = watched.page.locator(".queue tbody th a").all()
    watched.go(links[place].get_attribute("href"))
    watched.give_view()
    return number_of(watched)


def forgive_network_errors(watched: Watched) -> None:
    """The browser itself logs that it could not reach the server, which is what a test is about."""
    watched.faults[:] = [one for one in watched.faults if "net::ERR_" not in one]


def end_sign_ins(town: Town) -> None:
    with sqlite3.connect(town.workspace / "stafet.db") as connection:
        connection.execute("UPDATE sign_in SET ended_at = expires_at WHERE ended_at IS NULL")


def test_what_is_typed_is_saved_while_it_is_typed_and_comes_back_in_another_browser(window, town, axe_core):
    mette = window()
    mette.sign_in()
    case = open_free_case(mette, 0)
    mette.page.click("label:has-text('Afslag')")
    mette.page.fill("#reasons", WORDS)
    assert until(lambda: kept_in(town, case).get("decide", {}).get("reasons") == WORDS)
    assert re.search(r"Din kladde er gemt kl. \d\d\.\d\d", mette.page.inner_text(DECISION_BLOCK))
    assert set(kept_in(town, case)["decide"]) == {"outcome", "reasons"}
    at_home = window()
    at_home.sign_in()
    at_home.go(f"/cases/receipt/{case}")
    assert at_home.page.input_value("#reasons") == WORDS
    assert at_home.page.is_checked("#outcome-refused")
    assert re.search(r"Din kladde fra \d\d\.\d\d er hentet", at_home.page.inner_text(DECISION_BLOCK))
    assert at_home.axe() == []
    at_home.follow(f"{DECISION_BLOCK} button:has-text('Kassér')")
    assert at_home.page.input_value("#reasons") == ""
    assert "decide" not in kept_in(town, case)


def test_the_server_is_told_at_most_every_two_seconds(window):
    mette = window()
    mette.sign_in()
    mette.page.clock.install()
    open_free_case(mette, 0)
    mette.page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))
    sent: list[str] = []
    told = []
    mette.page.on("request", lambda request: sent.append(request.url) if "/text?" in request.url else None)
    for letter in "ti sekunder med et tegn ad gangen, på sidens eget ur":
        mette.page.type(NOTE, letter)
        mette.page.clock.run_for(STEP)
        mette.page.wait_for_timeout(20)
        told.append(len(sent))
    steps = [step for step, (before, after) in enumerate(pairwise(told)) if after > before]
    assert len(steps) >= 3
    assert min(later - earlier for earlier, later in pairwise(steps)) * STEP >= 2000 - STEP


def test_a_dropped_connection_is_said_quietly_and_the_words_are_saved_when_it_is_back(window, town):
    mette = window()
    mette.sign_in()
    case = open_free_case(mette, 1)
    mette.page.context.set_offline(True)
    mette.page.fill("#reasons", WORDS)
    mette.page.click("label:has-text('Afslag')")
    mette.page.wait_for_selector(f"{DECISION_BLOCK} .state:has-text('Der er ingen forbindelse')")
    mette.page.click(".bar .button-primary")
    sleep(1)
    assert number_of(mette) == case
    assert mette.page.input_value("#reasons") == WORDS
    mette.page.context.set_offline(False)
    assert until(lambda: kept_in(town, case).get("decide", {}).get("reasons") == WORDS)
    mette.page.wait_for_selector(f"{DECISION_BLOCK} .saved:has-text('gemt')")
    assert mette.page.inner_text(f"{DECISION_BLOCK} .state") == ""
    forgive_network_errors(mette)


def test_an_ended_sign_in_is_said_quietly_and_signing_in_in_a_new_window_saves_the_words(window, town):
    mette = window()
    mette.sign_in()
    case = open_free_case(mette, 2)
    end_sign_ins(town)
    mette.page.fill(NOTE, WORDS)
    mette.page.wait_for_selector(f"{NOTE_BLOCK} .state:has-text('Du er logget ud. Din tekst står her')")
    mette.page.fill(NOTE, f"{WORDS} Og mere.")
    mette.page.click(".rail .note .button")
    sleep(1)
    assert mette.page.input_value(NOTE) == f"{WORDS} Og mere."
    with mette.page.context.expect_page() as opened:
        mette.page.click(f"{NOTE_BLOCK} .state a")
    again = opened.value
    again.fill("#name", "mette")
    again.fill("#password", "correct horse battery")
    again.click("main button[type=submit]")
    again.wait_for_url(f"**/{case}")
    mette.page.bring_to_front()
    assert until(lambda: kept_in(town, case).get("note", {}).get("note") == f"{WORDS} Og mere.")
    mette.follow(".rail .note .button")
    assert f"{WORDS} Og mere." in mette.page.inner_text(".line")
    assert "note" not in kept_in(town, case)


def test_somebody_else_who_signs_in_in_the_same_browser_gets_nothing_of_it(window, town):
    mette = window()
    mette.sign_in()
    case = open_free_case(mette, 3)
    end_sign_ins(town)
    mette.page.fill(NOTE, WORDS)
    mette.page.wait_for_selector(f"{NOTE_BLOCK} .state a")
    other = mette.page.context.new_page()
    Watched(other, mette.address).sign_in("linda")
    mette.page.bring_to_front()
    mette.page.type(NOTE, " mere")
    mette.page.wait_for_selector(f"{NOTE_BLOCK} .state:has-text('En anden er logget ind')", timeout=20_000)
    assert "note" not in kept_in(town, case)
    other.goto(f"{mette.address}/cases/receipt/{case}")
    assert other.input_value(NOTE) == ""


def test_without_a_script_an_ended_sign_in_leads_back_to_the_words(window, town):
    mette = window(scripts=False)
    mette.sign_in()
    case = open_free_case(mette, 4)
    mette.page.click("label:has-text('Afslag')")
    mette.page.fill("#reasons", WORDS)
    end_sign_ins(town)
    mette.follow(".bar .button-primary")
    assert "din tekst er gemt som kladde" in mette.page.inner_text("main")
    mette.follow("main .button-primary")
    mette.page.fill("#name", "mette")
    mette.page.fill("#password", "correct horse battery")
    mette.follow("main button[type=submit]")
    assert number_of(mette) == case
    assert mette.page.input_value("#reasons") == WORDS


def test_without_a_script_a_button_keeps_the_words(window, town):
    mette = window(scripts=False)
    mette.sign_in()
    case = open_free_case(mette, 5)
    mette.page.fill("#reasons", WORDS)
    mette.follow(".bar button.keep")
    assert number_of(mette) == case
    assert mette.page.input_value("#reasons") == WORDS
    assert "er hentet" in mette.page.inner_text(DECISION_BLOCK)


def test_the_back_button_finds_the_words(window, town):
    mette = window()
    mette.sign_in()
    case = open_free_case(mette, 6)
    mette.page.fill("#reasons", WORDS)
    mette.follow(".toc .back")
    mette.page.go_back()
    mette.page.wait_for_selector("#reasons")
    assert until(lambda: mette.page.input_value("#reasons") == WORDS, 5)
    assert kept_in(town, case)["decide"]["reasons"] == WORDS


def test_another_button_of_the_page_does_not_cost_the_words(window):
    mette = window()
    mette.sign_in()
    open_free_case(mette, 7)
    mette.page.fill(NOTE, WORDS)
    mette.follow(".ident button:has-text('Tag sagen')")
    assert mette.page.input_value(NOTE) == WORDS
    assert "er hentet" in mette.page.inner_text(NOTE_BLOCK)


def test_a_double_submit_is_one_decision_and_shows_its_page(window, town):
    mette = window()
    mette.sign_in()
    case = open_free_case(mette, 8)
    mette.page.click("label:has-text('Afslag')")
    mette.page.locator("#hearing-nothing_held").check(force=True)
    mette.page.fill("#reasons", WORDS)
    mette.page.dblclick(".bar .button-primary")
    mette.page.wait_for_url("**/decided")
    assert mette.page.inner_text("h1") == "Afgørelsen er gemt"
    with sqlite3.connect(town.workspace / "stafet.db") as connection:
        assert connection.execute("SELECT count(*) FROM decision WHERE case_id = ?", (case,)).fetchone() == (1,)
    assert until(lambda: "decide" not in kept_in(town, case), 3)


def test_of_two_windows_of_one_person_both_texts_are_shown(window, axe_core):
    mette = window()
    mette.sign_in()
    open_free_case(mette, 9)
    second = mette.page.context.new_page()
    second.goto(mette.page.url)
    second.fill(NOTE, "Huslejen er 4.500 kroner om måneden")
    second.wait_for_selector(f"{NOTE_BLOCK} .saved:has-text('gemt')")
    mette.page.fill(NOTE, "Huslejen er 5.400 kroner om måneden")
    mette.page.wait_for_selector(f"{NOTE_BLOCK} .state:has-text('Du har skrevet i et andet vindue')")
    mette.follow(f"{NOTE_BLOCK} button:has-text('Se begge tekster')")
    assert "4.500" in mette.page.inner_text("del")
    assert "5.400" in mette.page.inner_text("ins")
    assert mette.axe() == []
    mette.follow("main .button-primary")
    assert mette.page.input_value(NOTE) == "Huslejen er 5.400 kroner om måneden"


@dataclass
class Server:
    """A server of a town on one port that can be stopped and started again."""

    town: Town
    port: int
    process: subprocess.Popen[str] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [Path(sys.executable).parent / "stafet", "--workspace", self.town.workspace]
        self.process = subprocess.Popen([*command, "serve", "--port", str(self.port)], stdout=subprocess.DEVNULL)
        assert until(self.answers, 60)

    def answers(self) -> bool:
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            return urllib.request.urlopen(f"{self.address}/health", timeout=5).status == 200
        return False

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=30)


@pytest.fixture
def server(town: Town) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(town, port)
    server.start()
    yield server
    server.stop()


def test_a_restart_of_the_server_costs_no_word(chromium, server, town):
    context = chromium.new_context()
    context.add_cookies([{"name": "stafet_language", "value": "da", "url": server.address}])
    mette = Watched(context.new_page(), server.address)
    mette.sign_in()
    case = open_free_case(mette, 10)
    server.stop()
    mette.page.fill("#reasons", WORDS)
    mette.page.wait_for_selector(f"{DECISION_BLOCK} .state:has-text('Der er ingen forbindelse')")
    mette.page.click(".bar .button-primary")
    sleep(1)
    assert mette.page.input_value("#reasons") == WORDS
    server.start()
    assert until(lambda: kept_in(town, case).get("decide", {}).get("reasons") == WORDS)
    context.close()

"""Somebody else is asked by a letter that holds no more of the citizen than needed, with consent or by a law."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from models.audit_verify import verify
from tests.ui.web.drafting.conftest import send

TODAY = datetime.now(UTC)
SOON, LATER = (str((TODAY + timedelta(days=days)).date()) for days in (9, 19))
QUESTION = {
    "whom": "Egeby <b>Sygehus</b>", "street": "Sygehusvej 1", "town": "9998 Egeby", "ask-area": "yes",
    "text": "Send journalen fra maj.", "ground": "consent", "ground_words": "Samtykke i telefon den 3. november.",
    "until": SOON,
}  # fmt: skip


@pytest.fixture
def mette(drafting):
    return drafting.browser("mette")


@pytest.fixture
def address(protected_case) -> str:
    """A case of a citizen whose address is protected."""
    return protected_case


def ask(browser, address: str, **fields: str):
    return send(browser, f"{address}/ask-third-party", **{**QUESTION, **fields})


def rows(site, query: str) -> list[tuple]:
    with site.opened.database.read() as connection:
        return [tuple(row) for row in connection.execute(sa.text(query))]


def letters(site) -> list[dict]:
    return [json.loads(text) for (text,) in rows(site, "SELECT document FROM letter ORDER BY id")]


def written(site, letter: int = 1) -> str:
    files = rows(site, f"SELECT content FROM letter_file WHERE letter_id = {letter} AND format <> 'pdf'")
    return " ".join(b" ".join(bytes(one) for (one,) in files).decode().split())


def test_a_letter_goes_to_them_with_what_is_asked_and_the_ground_and_the_case_waits(drafting, mette, address):
    assert ask(mette, address).url.path == address
    content, until = rows(drafting, "SELECT content, until FROM case_act")[0]
    kept = json.loads(content)
    assert (kept["of"], kept["whom"], kept["ground"], until) == ("third_party", QUESTION["whom"], "consent", SOON)
    assert kept["ground_words"] == QUESTION["ground_words"]
    assert rows(drafting, "SELECT awaiting FROM case_file WHERE awaiting IS NOT NULL") == [("third_party",)]
    text = written(drafting)
    for told in ("Til Egeby &lt;b&gt;Sygehus&lt;/b&gt;", "oplysninger om Freja Holm", "Send journalen fra maj.",
                 "Freja Holm har sagt ja", QUESTION["ground_words"], "To Egeby",
                 "Vedrørende Freja Holm"):  # fmt: skip
        assert told in text, told
    for told in ("Waits for an answer from somebody else", "Egeby <b>Sygehus</b>", "Ground: Samtykke i telefon"):
        assert told in mette.words
    assert "The question to somebody else" in mette.words
    assert verify(drafting.opened.database, drafting.opened.heads) == []


def test_the_letter_holds_no_more_of_the_citizen_than_their_name(drafting, mette, address):
    ask(mette, address)
    told = written(drafting) + json.dumps(letters(drafting)[0])
    for secret in ("Skjulevej", "140592", "Tilskud", "Subsidy", "subsidy", "§ 4"):
        assert secret not in told, secret
    facts = json.loads(
        rows(drafting, f"SELECT facts FROM case_facts WHERE case_id = '{address.rpartition('/')[2]}'")[0][0]
    )
    assert letters(drafting)[0]["words"] == {}
    assert not [value for value in facts.values() if isinstance(value, str) and f">{value}<" in told]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"whom": " "}, "Write whom you ask"),
        ({"street": ""}, "Write the street, so that a letter arrives"),
        ({"town": ""}, "Write the town, so that a letter arrives"),
        ({"ask-area": "", "text": ""}, "Choose or write what you ask for"),
        ({"ground": ""}, "Choose by what right you ask"),
        ({"ground": "curiosity"}, "Choose by what right you ask"),
        ({"ground_words": " "}, "Write the consent, or the law"),
        ({"until": "2020-01-01"}, "Choose a day that has not passed"),
        ({"text": "æ" * 100_000}, "Shorten the text to at most 10000 characters"),
        ({"text": "Hun er 140592 - 0000."}, "Take the citizen&#39;s CPR number out"),
        ({"ground_words": "1405920000 har sagt ja"}, "Take the citizen&#39;s CPR number out"),
        ({"whom": "Lægen for 140592-0000"}, "Take the citizen&#39;s CPR number out"),
        ({"text": "Hun bor på SKJULEVEJ  7"}, "Take the citizen&#39;s address out; it is protected"),
    ],
)
def test_what_is_missing_or_too_much_is_said_at_its_field(drafting, mette, address, changed, sentence):
    assert ask(mette, address, **changed).status_code == 400
    assert mette.page.count(sentence) == 2
    assert rows(drafting, "SELECT 1 FROM case_act UNION ALL SELECT 1 FROM letter") == []
    assert "Samtykke i telefon" in mette.page or "ground_words" in changed


def test_a_reminder_goes_to_them_again_and_says_of_which_letter(drafting, mette, address):
    ask(mette, address)
    about = re.search(r"/remind\?about=(\d+)", mette.page)[1]
    assert send(mette, f"{address}/remind?about={about}", until=LATER).url.path == address
    first, second = letters(drafting)
    assert (second["recipient"], second["third_party"]) == (first["recipient"], first["third_party"])
    assert (second["reminds_of"], second["answer_by"]) == (first["dated"], LATER)
    text = written(drafting, 2)
    assert "Påmindelse: vi beder om oplysninger om Freja Holm" in text
    assert "This letter reminds you of our letter of" in text
    assert len(list((drafting.opened.workspace.root / "outbox").glob("*.pdf"))) == 2


def test_an_answer_brings_the_case_back(drafting, mette, address):
    ask(mette, address)
    about = re.search(r"/answer\?about=(\d+)", mette.page)[1]
    assert send(mette, f"{address}/answer?about={about}", how="letter", text="Her er den.").url.path == address
    assert rows(drafting, "SELECT awaiting FROM case_file WHERE awaiting IS NOT NULL") == []


def test_forged_fields_and_reports_are_refused(drafting, mette, address):
    mette.get(f"{address}/ask-third-party")
    assert mette.post(f"{address}/ask-third-party", **QUESTION, of="citizen").status_code == 400
    assert mette.post(f"{address}/ask-third-party", **QUESTION, **{"ask-nothing": "yes"}).status_code == 400
    assert rows(drafting, "SELECT 1 FROM case_act") == []


def test_a_form_sent_twice_asks_once(drafting, mette, address):
    mette.get(f"{address}/ask-third-party")
    for _ in range(2):
        assert mette.post(f"{address}/ask-third-party", **QUESTION, seen="0").url.path == address
    assert len(letters(drafting)) == 1

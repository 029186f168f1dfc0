"""Who acts for the citizen is named beside them and gets every letter; a protected address does not follow."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from models.audit_verify import verify
from models.case_acts import acts_of
from models.representatives import representative_of
from tests.ui.web.drafting.conftest import send

SOON = str((datetime.now(UTC) + timedelta(days=9)).date())
BENTE = {
    "name": "Bente <i>Advokat</i>", "post": "letter", "street": "Torvet 1", "town": "9999 Nyby",
    "phone": "00 11 22 33", "shown_by": "said",
}  # fmt: skip


@pytest.fixture
def mette(drafting):
    return drafting.browser("mette")


@pytest.fixture
def address(protected_case) -> str:
    """A case of a citizen whose address is protected."""
    return protected_case


def represent(browser, address: str, **fields: str):
    return send(browser, f"{address}/represent", **{**BENTE, **fields})


def letters(site) -> list[dict]:
    with site.opened.database.read() as connection:
        return [
            json.loads(text)
            for text in connection.execute(sa.text("SELECT document FROM letter ORDER BY id")).scalars()
        ]


def ask(browser, address: str):
    return send(browser, f"{address}/ask", **{"ask-amount": "yes", "until": SOON})


def test_whoever_acts_for_the_citizen_stands_beside_them_until_it_has_ended(drafting, mette, address):
    assert represent(mette, address).url.path == address
    assert "Represented by Bente <i>Advokat</i>" in mette.words
    assert mette.page.count("Bente &lt;i&gt;Advokat&lt;/i&gt;") > 2
    for told in ("Torvet 1", "00 11 22 33", "Letters go by post", "Power of attorney: The citizen has said so"):
        assert told in mette.words
    assert "Mette Kjærgaard noted that Bente" in mette.words
    about = re.search(r'name="about" value="(\d+)"', mette.page)[1]
    assert mette.post(f"{address}/representation-ended", about=about).url.path == address
    assert "Represented by" not in mette.words
    assert "noted that the citizen acts alone" in mette.words
    mette.post(f"{address}/representation-ended", about=about)
    assert drafting.one("SELECT count(*) FROM case_act") == (2,)
    assert verify(drafting.opened.database, drafting.opened.heads) == []


def test_a_letter_goes_to_whoever_acts_names_the_citizen_and_keeps_the_protected_address(drafting, mette, address):
    represent(mette, address)
    mette.get(f"{address}/ask")
    assert "The letter goes to Bente" in mette.words
    assert ask(mette, address).url.path == address
    [document] = letters(drafting)
    assert document["recipient"]["name"] == BENTE["name"]
    assert document["recipient"]["street"] == "Torvet 1"
    assert document["recipient"]["digital_post"] is False
    files = drafting.one("SELECT group_concat(content, ' ') FROM letter_file WHERE format <> 'pdf'")[0]
    text = " ".join((files if isinstance(files, str) else files.decode()).split())
    assert "Vedrørende Freja Holm" in text
    assert "partsrepræsentant for Freja Holm" in text
    assert "you act for Freja Holm" in text
    assert "Skjulevej" not in text + json.dumps(document)
    assert "140592" not in text + json.dumps(document)


def test_when_the_representation_has_ended_the_next_letter_goes_to_the_citizen(drafting, mette, address):
    represent(mette, address, post="digital", street="", town="")
    ask(mette, address)
    mette.get(address)
    about = re.findall(r'name="about" value="(\d+)"', mette.page)
    mette.post(f"{address}/representation-ended", about=about[-1])
    ask(mette, address)
    first, second = letters(drafting)
    assert (first["recipient"]["name"], first["recipient"]["digital_post"]) == (BENTE["name"], True)
    assert second["recipient"]["name"] == "Freja Holm"
    assert (first["on_behalf_of"], second["on_behalf_of"]) == ("Freja Holm", "")


def test_a_protected_address_that_was_written_into_a_letter_to_somebody_else_stops_it(drafting, mette, address):
    represent(mette, address)
    case_id = address.rpartition("/")[2]
    from explain.letters.letter_facts import both
    from routing.letter_making import hearing_facts, hearing_point
    from routing.letter_record import letter_desk, read_letter_case

    desk = letter_desk(drafting.opened)
    with drafting.opened.database.read() as connection:
        case = read_letter_case(connection, drafting.opened, "subsidy", case_id)
    point = hearing_point(case, "amount", why=both("Du bor på skjulevej  7.", "You live there."))
    with pytest.raises(Exception, match="address is protected"):
        hearing_facts(desk, case, [point])
    hearing_facts(desk, case, [hearing_point(case, "amount")])


def test_a_second_one_takes_the_place_of_the_first(drafting, mette, address):
    represent(mette, address)
    mette.get(f"{address}/represent")
    assert "acts for the citizen now, and no longer does" in mette.words
    represent(mette, address, name="Carl Bro")
    kinds = [row[0] for row in rows(drafting, "SELECT kind FROM case_act ORDER BY id")]
    assert kinds == ["represented", "represented", "representation_ended"]
    assert "Represented by Carl Bro" in mette.words
    with drafting.opened.database.read() as connection:
        assert representative_of(acts_of(connection, "subsidy", address.rpartition("/")[2])).name == "Carl Bro"


def rows(site, query: str) -> list[tuple]:
    with site.opened.database.read() as connection:
        return [tuple(row) for row in connection.execute(sa.text(query))]


def test_the_same_form_sent_twice_is_stored_once(drafting, mette, address):
    mette.get(f"{address}/represent")
    for _ in range(2):
        assert mette.post(f"{address}/represent", **BENTE, seen="0").url.path == address
    assert drafting.one("SELECT count(*) FROM case_act") == (1,)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": " "}, "Write who acts for the citizen"),
        ({"name": "x" * 501}, "Shorten the text to at most 500 characters"),
        ({"street": ""}, "Write the street, so that a letter arrives"),
        ({"town": " "}, "Write the town, so that a letter arrives"),
        ({"post": "pigeon"}, "Choose how letters reach them"),
        ({"shown_by": "99"}, "Choose what shows that they may act for the citizen"),
        ({"shown_by": ""}, "Choose what shows that they may act for the citizen"),
        ({"phone": "9" * 100_000}, "Shorten the text to at most 500 characters"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_is_stored(drafting, mette, address, changed, sentence):
    assert represent(mette, address, **changed).status_code == 400
    assert mette.page.count(sentence) == 2
    assert drafting.one("SELECT count(*) FROM case_act") == (0,)


def test_a_document_of_the_case_shows_it_and_one_of_another_case_cannot(drafting, mette, address):
    from models.documents import store_document

    other = drafting.address(f"c.team = 'intake' AND c.case_id <> '{address.rpartition('/')[2]}'").rpartition("/")[
        2
    ]
    stored = []
    for case_id in (address.rpartition("/")[2], other):
        with drafting.opened.database.write() as connection:
            stored.append(store_document(
                connection, case_type="subsidy", case_id=case_id, name="fuldmagt.txt", media_type="text/plain",
                content=b"Fuldmagt", source="citizen", citizen_has_seen=True,
                sign_in_id=drafting.one("SELECT max(id) FROM sign_in")[0],
            ))  # fmt: skip
    assert represent(mette, address, shown_by=str(stored[1].id)).status_code == 400
    assert represent(mette, address, shown_by=str(stored[0].id)).url.path == address
    assert f'{address}/documents/{stored[0].id}"' in mette.page
    assert "Power of attorney: fuldmagt.txt" in mette.words


def test_a_forged_field_is_refused(mette, address):
    mette.get(f"{address}/represent")
    assert mette.post(f"{address}/represent", **BENTE, by="linda").status_code == 400


def test_whoever_may_take_no_part_registers_nobody(drafting, mette, address):
    mette.get(f"{address}/conflict")
    mette.post(f"{address}/conflict", grounds="My cousin.", to="", seen="0")
    assert represent(mette, address).status_code == 409
    assert drafting.one("SELECT count(*) FROM case_act WHERE kind = 'represented'") == (0,)

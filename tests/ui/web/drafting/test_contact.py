"""The deadline by which a rule wants the citizen contacted stands until somebody has, in words or by letter."""

from __future__ import annotations

import json
import re

import pytest

from models.audit_verify import verify
from tests.ui.web.drafting.test_asking import question, send

DUE = "c.team = 'senior' AND c.case_type = 'subsidy' AND c.contact_by IS NOT NULL"
TICK = "I have spoken with the citizen, so the deadline for contact is met."


@pytest.fixture
def olga(drafting):
    return drafting.browser("other")


@pytest.fixture
def address(drafting) -> str:
    return drafting.address(DUE)


def contact_of(site, address: str) -> str | None:
    return site.one("SELECT contact_by FROM case_file WHERE case_id = ?", address.rpartition("/")[2])[0]


def step(browser, address: str) -> str:
    browser.get("/cases?list=team")
    row = re.search(rf'<tr[^>]*>(?:(?!</tr>).)*href="{address}".*?</tr>', browser.page, re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", row).split())


def test_a_note_that_says_so_meets_the_deadline_and_the_next_step_is_another(drafting, olga, address):
    assert "Contact the citizen" in step(olga, address)
    olga.get(address)
    assert TICK in olga.words
    send(olga, f"{address}/note", note="Will send the lease.", note_sort="note", note_contact="yes")
    assert contact_of(drafting, address) is None
    assert "Olga Ther spoke with the citizen" in olga.words
    assert TICK not in olga.words
    assert "Contact the citizen" not in step(olga, address)
    assert verify(drafting.opened.database, drafting.opened.heads) == []


def test_a_note_that_does_not_say_so_leaves_the_deadline(drafting, olga, address):
    send(olga, f"{address}/note", note="The landlord called.", note_sort="oral", note_source="the landlord")
    assert contact_of(drafting, address) is not None
    content = json.loads(drafting.one("SELECT content FROM case_act WHERE kind = 'note'")[0])
    assert content["contact"] is False
    assert "Contact the citizen" in step(olga, address)


def test_a_letter_that_asks_the_citizen_is_contact(drafting, olga, address):
    question(olga, address)
    assert contact_of(drafting, address) is None


def test_a_case_without_such_a_deadline_has_nothing_to_tick(drafting):
    mette = drafting.browser("mette")
    mette.get(drafting.address("c.team = 'intake' AND c.case_type = 'subsidy'"))
    assert TICK not in mette.words

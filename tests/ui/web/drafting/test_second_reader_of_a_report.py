"""The page of a report about a child says whether somebody has read along, and its checklist names it."""

from __future__ import annotations

import re

ADDRESS = "/cases/child_report/U-0"


def checklist(browser) -> str:
    return re.search(r'<section id="judgment">.*?</section>', browser.page, re.DOTALL)[0]


def test_the_checklist_says_whether_a_second_reader_has_read(drafting):
    mette, linda = drafting.browser("mette"), drafting.browser("linda")
    mette.get(ADDRESS)
    assert "Second reader: nobody has been asked to read along." in checklist(mette)
    assert f'href="{ADDRESS}/second-reader"' in checklist(mette)
    mette.get(f"{ADDRESS}/second-reader")
    mette.post(f"{ADDRESS}/second-reader", to="2", words="", seen="0")
    assert "Second reader: Linda Friis is asked and has not read the case yet." in checklist(mette)
    linda.get(ADDRESS)
    about = drafting.one("SELECT max(id) FROM case_act")[0]
    linda.get(f"{ADDRESS}/second-read")
    linda.post(f"{ADDRESS}/second-read", agrees="yes", words="", about=str(about), seen=str(about))
    mette.get(ADDRESS)
    assert "Second reader: Linda Friis has read the case and agrees." in checklist(mette)
    assert mette.page.count("button-primary") == 1

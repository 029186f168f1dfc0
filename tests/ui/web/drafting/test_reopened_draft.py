"""A case whose draft was approved is decided anew by a person: the old draft is not offered again."""

from __future__ import annotations

from tests.ui.web.afterwards.conftest import form_on, reopen
from tests.ui.web.drafting.test_drafts import AGREES, shown_draft


def test_a_reopened_draft_is_decided_by_hand(drafting):
    mette = drafting.browser("mette")
    address = shown_draft(drafting, mette)
    approval = {**form_on(mette, address, "approve"), **AGREES}
    assert mette.post(f"{address}/approve", **approval).url.path == f"{address}/decided"
    reopen(mette, address)
    assert "Approve and sign" not in mette.words
    assert f'action="{address}/decide"' in mette.page
    assert mette.post(f"{address}/approve", **{**approval, "round": "2"}).status_code == 409
    mette.get("/cases?list=mine")
    assert "Draft ready" not in mette.page.partition("<table")[2]
    assert drafting.one("SELECT count(*) FROM decision") == (1,)

"""What the tests of the time after a decision share: a case that was decided, and forms sent as pages would."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from ruamel.yaml import YAML

from models.act_store import record_act
from models.publication import publish
from routing.assessing import assess_open_cases

REASONS = "By § 4, for the <b>amount</b>."
HIDDEN = re.compile(r'type="hidden" name="(seen|decision|round|assessment|opened)" value="([^"]*)"')


def form_on(browser: Any, address: str, act: str) -> dict[str, str]:
    """What the page has put into the hidden fields of a form."""
    form = re.search(rf'action="{address}/{act}".*?</form>', browser.page, re.DOTALL)
    assert form is not None, f"the page has no form for {act}"
    return dict(HIDDEN.findall(form[0]))


def decide(browser: Any, address: str, **changes: str) -> Any:
    """Decide a case against the citizen, with the view that may be asked first."""
    browser.view(address)
    typed = {"outcome": "refused", "reasons": REASONS, "hearing": "nothing_held", **changes}
    return browser.post(f"{address}/decide", **{**form_on(browser, address, "decide"), **typed})


def reopen(browser: Any, address: str, **changes: str) -> Any:
    """Take a decided case up again."""
    browser.get(f"{address}/reopen")
    typed = {"ground": "new_facts", "reason": "A new <i>paper</i>.", **changes}
    return browser.post(f"{address}/reopen", **{**form_on(browser, address, "reopen"), **typed})


@pytest.fixture
def address(site: Any) -> str:
    """A case of the team that mette has decided."""
    found = site.address("c.team = 'intake'")
    assert decide(site.browser("mette"), found).url.path == f"{found}/decided"
    return str(found)


@pytest.fixture
def case_type(site: Any) -> Callable[..., None]:
    """Publish the case type with other words on how to complain, and let cases be assessed by it."""

    def publish_with(appeal: dict[str, object] | None) -> None:
        yaml, text = YAML(), io.StringIO()
        written = yaml.load(site.opened.workspace.root / "case_types" / "subsidy.yaml")
        written.pop("appeal")
        yaml.dump(written if appeal is None else {**written, "appeal": appeal}, text)
        with site.opened.database.write() as connection:
            publish(connection, "case_type", "subsidy", text.getvalue())
        assess_open_cases(site.opened.again(), "subsidy")

    return publish_with


@pytest.fixture
def act_by(site: Any) -> Callable[..., Any]:
    """Store an act under somebody's newest sign-in, past the pages."""

    def stored(name: str, address: str, kind: str, **content: object) -> Any:
        query = "SELECT max(s.id) FROM sign_in s JOIN user_account u ON u.id = s.user_id WHERE u.name = ?"
        case = {
            "case_type": "subsidy",
            "case_id": address.rpartition("/")[2],
            "sign_in_id": site.one(query, name)[0],
        }
        with site.opened.database.write() as connection:
            return record_act(connection, **case, kind=kind, content=content)

    return stored


@pytest.fixture
def complain() -> Callable[..., Any]:
    """Register a complaint from the case's own page."""

    def sent(browser: Any, address: str, **changes: str) -> Any:
        browser.get(address)
        form = re.search(rf'action="{address}/complaint".*?</form>', browser.page, re.DOTALL)
        assert form is not None
        today = re.search(r'name="received_on" type="date" value="([^"]*)"', form[0])
        assert today is not None
        typed = {"received_on": today[1], "complained": "", **form_on(browser, address, "complaint"), **changes}
        return browser.post(f"{address}/complaint", **typed)

    return sent

"""A code stands behind a sentence that is still said, and the API's own sentences are translated."""

from __future__ import annotations

import pytest

from config.translate import Translator
from models.hearing_refusals import NO_CONFLICT_AT_ALL
from models.person_refusals import DECISION_REFUSALS, PROFESSIONAL_ASSESSMENT_REFUSALS
from ui.api.problems import OWN_SENTENCES
from ui.api.refusal_codes import CODES
from ui.api.wrong_fields import OTHERWISE, SENTENCES
from ui.caseworker.deciding import DRAFT_FELL
from ui.caseworker.firstview.asking import ASSESSED_ANEW, CLOSED, NOT_ASKED
from ui.caseworker.firstview.needing import VIEW_FIRST
from ui.caseworker.handling.storing import MOVED

OF_THE_DATABASE = {
    one.sentence for one in (*DECISION_REFUSALS, *PROFESSIONAL_ASSESSMENT_REFUSALS, NO_CONFLICT_AT_ALL)
}
OF_PAGES = {ASSESSED_ANEW, CLOSED, NOT_ASKED, VIEW_FIRST, DRAFT_FELL, MOVED}


def test_no_code_stands_behind_a_sentence_that_is_worded_otherwise_by_now():
    assert set(CODES) <= OF_THE_DATABASE | OF_PAGES


@pytest.mark.parametrize("sentence", [*OWN_SENTENCES.values(), *SENTENCES.values(), OTHERWISE, *CODES])
def test_every_sentence_of_a_refusal_is_said_in_danish_too(sentence):
    danish = Translator("da")
    danish(sentence, expected="granted")
    assert not danish.missing

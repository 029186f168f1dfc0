"""What the watch has seen, in sentences of both languages, from shadow to stop."""

from __future__ import annotations

from dataclasses import replace
from math import log

import numpy as np
import pytest

from config.translate import Translator
from engine.monitor.confidence_sequence import Between
from engine.monitor.shadow_look import shadow_look
from engine.monitor.stop_test import StopTest
from models.case_type_states import State
from routing.state_reasons import PROMISE_BORNE_OUT, PROMISE_BROKEN
from routing.watched import Evidence, Tally, Watched
from ui.commands.assess import moved
from ui.oversight.drafting_words import DraftingSpeaker, phase_in_words, reason_in_words
from ui.oversight.needs_decision import matters

SINCE = "2026-03-02T08:00:00.000000Z"
EVIDENCE = Evidence(
    since=SINCE,
    shadow=Tally(labelled=100, complex=4, waiting=1),
    all=Tally(labelled=240, complex=9, waiting=31),
    look=shadow_look(np.zeros(100, dtype=bool), 0.05),
    stop=StopTest(log_evidence=log(0.3), stopped_after=None),
    between=Between(0.009, 0.094),
    is_ringing=False,
    drafts_a_week=48.4,
    weeks_to_notice=11.6,
)


def seen(phase: str = "drafting", evidence: Evidence | None = EVIDENCE, **given: object) -> Watched:
    reason = {"drafting": PROMISE_BORNE_OUT, "stopped": PROMISE_BROKEN}.get(phase)
    state = State("subsidy", "light", "live", phase, SINCE, reason)
    watched = Watched("subsidy", state, "system", 0.05, 60, 0.41, evidence)
    return replace(watched, **given)


def test_drafting_is_told_with_promise_share_and_notice() -> None:
    speaker = DraftingSpeaker(seen(), "en", says_waiting=True)
    promised, counted, between, stop_test = speaker.promise()
    assert promised == "At most 5 of 100 drafts may turn out complex: that is the promise."
    assert counted == "Of 240 cases reviewed blind since 2 March 2026, 9 were complex: 3.8 of 100."
    assert between.startswith("With 95 per cent confidence the share lies between 0.9 and 9.4 of 100")
    assert stop_test == (
        "The stop test weighs whether twice as many as promised are complex. It stands at 0.3; at 20 drafting"
        " stops by itself."
    )
    share, weekly, notice, waiting = speaker.checked()
    assert share == (
        "This week a person who is told nothing decides 41 of 100 cases that the machine could draft."
    )
    assert weekly == "About 48 cases a week come in that the machine could draft."
    assert notice == (
        "If twice as many as promised were complex from now on, it would be noticed in about 12 weeks, the 60 days"
        " of a review included."
    )
    assert waiting == "31 more are under way; a review counts 60 days after its case came in."
    assert speaker.alarm() is None
    assert speaker.look() == ()


def test_every_sentence_has_its_danish_with_the_same_numbers() -> None:
    for phase in ("shadow", "drafting", "stopped"):
        spoken = []
        for language in ("da", "en"):
            speaker = DraftingSpeaker(seen(phase), language)
            told = (*speaker.now(), *speaker.look(), *speaker.promise(), *speaker.checked())
            spoken.append((*told, *speaker.progress()))
            assert not speaker.say.missing
        assert len(spoken[0]) == len(spoken[1]) > 3
        assert all(danish != english for danish, english in zip(*spoken, strict=True))


def test_a_long_wait_is_told_in_months_and_an_endless_one_as_such() -> None:
    long = replace(EVIDENCE, weeks_to_notice=52.2)
    assert "in about 12 months" in DraftingSpeaker(seen(evidence=long), "en").checked()[-1]
    endless = replace(EVIDENCE, weeks_to_notice=None)
    assert "can be said when" in DraftingSpeaker(seen(evidence=endless), "en").checked()[-1]


def test_an_open_alarm_is_told_while_there_is_something_to_stop() -> None:
    ringing = replace(EVIDENCE, is_ringing=True)
    assert "alarm" in str(DraftingSpeaker(seen(evidence=ringing), "da").alarm())
    assert DraftingSpeaker(seen("stopped", evidence=ringing), "da").alarm() is None


def test_what_needs_a_decision_is_a_stop_or_an_open_alarm_and_nothing_else() -> None:
    say = Translator("en")
    ringing = seen(evidence=replace(EVIDENCE, is_ringing=True))
    assert [said for said, _ in matters(ringing, "Subsidy", say)] == [
        "Subsidy: the latest reviews look worse than those before."
    ]
    by_itself, by_a_person = seen("stopped"), seen("stopped", by="user:3")
    assert "has stopped by itself" in next(matters(by_itself, "Subsidy", say))[0]
    assert "drafting is stopped" in next(matters(by_a_person, "Subsidy", say))[0]
    heavy = seen("stopped", state=State("r", "heavy", "live", "stopped", SINCE, "gone live"))
    assert [*matters(seen(), "Subsidy", say), *matters(heavy, "Report", say)] == []


def test_evidence_near_nothing_is_not_told_as_nothing() -> None:
    tiny = replace(EVIDENCE, stop=StopTest(-12.0, None))
    assert "It stands below 0.01" in DraftingSpeaker(seen(evidence=tiny), "en").promise()[-1]


@pytest.mark.parametrize("phase", ["shadow", "drafting"])
def test_who_decides_cases_is_not_told_how_many_reviews_are_under_way(phase: str) -> None:
    for tells in (True, False):
        speaker = DraftingSpeaker(seen(phase), "en", says_waiting=tells)
        told = " ".join((*speaker.now(), *speaker.look(), *speaker.promise(), *speaker.checked()))
        assert ("under way" in told) is tells


def test_shadow_is_told_with_its_next_look_and_that_it_is_over() -> None:
    waiting = replace(EVIDENCE, look=shadow_look(np.zeros(40, dtype=bool), 0.05), shadow=Tally(40, 2, 1))
    assert DraftingSpeaker(seen("shadow", evidence=waiting), "en").progress() == (
        "40 of 100 blind reviews are followed to the end; 2 of them were complex.",
        "The machine begins to draft if at most 5 of the 100 are complex.",
    )
    assert "drafting begins when" in DraftingSpeaker(seen("shadow"), "en").progress()[-1]


def test_a_week_without_would_be_drafts_is_not_told_as_none_a_week() -> None:
    quiet = replace(EVIDENCE, drafts_a_week=0.0, weeks_to_notice=None)
    assert len(DraftingSpeaker(seen("shadow", evidence=quiet), "en").checked()) == 1
    seldom = replace(EVIDENCE, drafts_a_week=0.2)
    assert "About one case a week" in DraftingSpeaker(seen("shadow", evidence=seldom), "en").checked()[0]


def test_a_stop_says_that_the_promise_is_broken() -> None:
    broken = replace(EVIDENCE, stop=StopTest(log(25), 240))
    speaker = DraftingSpeaker(seen("stopped", evidence=broken), "en")
    assert speaker.promise()[-1] == "The stop test has said that the promise is broken."
    assert speaker.progress() == ("The blind reviews say that the promise is broken.",)
    assert speaker.checked() == ()


def test_a_heavy_type_is_told_as_one_that_people_handle_alone() -> None:
    heavy = replace(
        seen("stopped", evidence=None), state=State("r", "heavy", "live", "stopped", SINCE, "gone live")
    )
    speaker = DraftingSpeaker(heavy, "en")
    assert phase_in_words(heavy, speaker.say) == "Live: heavy cases, handled by people alone"
    assert speaker.now() == speaker.look() == speaker.checked() == ()


@pytest.mark.parametrize("typed", ["{name} {0}", "a steward's own words", ""])
def test_a_persons_reason_stays_as_it_was_typed(typed: str) -> None:
    assert reason_in_words(typed, DraftingSpeaker(seen(), "da").say) == typed


def test_the_command_line_says_what_the_watch_has_done_and_on_what_evidence() -> None:
    assert moved(seen()) == (
        "subsidy: the blind reviews bore out the promise, so drafting begins; of 100 blind reviews 4 were complex,"
        " promised are at most 5%."
    )
    assert "so drafting is stopped; of 240 blind reviews 9 were complex" in moved(seen("stopped"))

"""How long noticing takes is what the tests need, from where they stand now."""

from __future__ import annotations

import numpy as np
import pytest

from engine.monitor.noticing import chance_of_stopping, reviews_to_notice, weeks_to_notice


def test_from_the_beginning_it_is_the_stop_tests_own_median() -> None:
    exact = int(np.searchsorted(chance_of_stopping(0.05, 0.10, 400), 0.5)) + 1
    assert reviews_to_notice(0.05) == pytest.approx(exact, abs=8)


def test_evidence_in_favour_delays_noticing_and_the_alarm_bounds_the_delay() -> None:
    fresh, later, much_later = (reviews_to_notice(0.05, stop_from=-far) for far in (0.0, 5.0, 50.0))
    assert fresh < later <= much_later < 350


def test_evidence_against_the_promise_hastens_it() -> None:
    assert reviews_to_notice(0.05, stop_from=2.0, alarm_from=2.0) < reviews_to_notice(0.05) / 2


def test_five_percent_of_a_hundred_a_week_take_half_a_year_and_twenty_a_week_six_weeks() -> None:
    assert weeks_to_notice(118, 5, horizon_days=0) == pytest.approx(26, abs=3)
    assert weeks_to_notice(118, 20, horizon_days=0) == pytest.approx(6, abs=0.5)


def test_where_nothing_is_reviewed_nothing_is_ever_noticed() -> None:
    assert weeks_to_notice(118, 0, horizon_days=30) is None

"""The watch over a live case type: both of its moves, what it counts, and that it does nothing twice."""

from __future__ import annotations

from typing import Any

import pytest

from models.audit_verify import verify
from models.case_type_states import changes_of
from routing.recompute import Loaded, recompute
from routing.state_reasons import PROMISE_BORNE_OUT, PROMISE_BROKEN
from routing.training_run import train_case_type

World = Any
"""A `LiveWorld` of conftest, whose rules promise at most 30 % complex."""


def phases(world: World) -> list[str]:
    with world.opened.database.read() as connection:
        return [change.phase for change in changes_of(connection, "grant")]


def test_shadow_goes_on_while_fewer_than_a_hundred_reviews_have_labels(world: World) -> None:
    world.arrive(99)
    seen = world.watch()
    assert (seen.phase, seen.has_moved) == ("shadow", False)
    assert (seen.evidence.shadow.labelled, seen.evidence.shadow.complex) == (99, 0)
    assert seen.evidence.look.next_at == 100


def test_reviews_whose_horizon_is_not_over_are_waiting_complex_looking_or_not(world: World) -> None:
    world.arrive(120, n_complex=60, is_known=False)
    seen = world.watch()
    assert seen.phase == "shadow"
    assert (seen.evidence.shadow.labelled, seen.evidence.shadow.waiting) == (0, 120)
    assert seen.evidence.stop.log_evidence == 0.0


def test_a_hundred_reviews_that_bear_the_promise_out_end_the_shadow_as_the_machines_own_act(world: World) -> None:
    world.arrive(100, n_complex=30)
    seen = world.watch()
    assert (seen.phase, seen.has_moved, seen.by) == ("drafting", True, "system")
    assert seen.state.reason == PROMISE_BORNE_OUT
    actor, told = world.entries()[-1]
    assert (actor, told["phase"]) == ("system", "drafting")
    assert verify(world.opened.database, world.opened.heads) == []


def test_one_complex_review_too_many_waits_for_the_next_look(world: World) -> None:
    world.arrive(100, n_complex=31)
    assert world.watch().phase == "shadow"
    world.arrive(99)
    assert world.watch().phase == "shadow"
    world.arrive(1)
    assert world.watch().phase == "drafting"


def test_a_broken_promise_stops_a_shadow(world: World) -> None:
    world.arrive(20, n_complex=20)
    seen = world.watch()
    assert (seen.phase, seen.by, seen.state.reason) == ("stopped", "system", PROMISE_BROKEN)
    world.assess()
    assert world.latest("a.case_id", "a.drawn") == []


def test_a_broken_promise_stops_drafting_and_takes_back_what_was_offered(world: World) -> None:
    world.arrive(100, n_complex=30)
    assert world.watch().phase == "drafting"
    world.arrive(100, n_complex=100)
    world.arrive(40, is_known=False)
    assert world.latest("a.case_id", "a.route = 'draft'")
    assert world.watch().phase == "stopped"
    world.assess()
    assert world.latest("a.case_id", "a.route = 'draft'") == []
    assert phases(world)[-2:] == ["drafting", "stopped"]


def test_watching_again_writes_nothing(world: World) -> None:
    world.arrive(100)
    first = world.watch()
    audited = len(world.entries()), len(world.entries("review_share.set"))
    again = world.watch()
    assert (again.phase, again.has_moved, again.share) == ("drafting", False, first.share)
    assert (len(world.entries()), len(world.entries("review_share.set"))) == audited


def test_a_case_is_one_review_however_often_it_is_assessed(world: World) -> None:
    world.arrive(50)
    world.set_phase("shadow", anew=True, reason="again")
    world.assess()
    seen = world.watch()
    assert seen.evidence.all.labelled == 50
    assert len(world.rows("a.id", "a.drawn AND a.case_id LIKE 'w-%'")) == 100


def test_cases_on_record_before_the_shadow_began_are_not_counted(world: World) -> None:
    world.set_phase("stopped")
    ids = world.arrive(30, n_complex=30, is_known=False)
    world.set_phase("shadow")
    world.arrive(10)
    drawn = {case_id for (case_id,) in world.latest("a.case_id", "a.drawn")}
    assert set(ids) <= drawn
    seen = world.watch()
    assert (seen.phase, seen.evidence.all.labelled, seen.evidence.all.complex) == ("shadow", 10, 0)


def test_giving_back_begins_a_new_sequence(world: World) -> None:
    world.arrive(20, n_complex=20)
    assert world.watch().phase == "stopped"
    world.set_phase("shadow", reason="mended")
    seen = world.watch()
    assert seen.phase == "shadow"
    assert seen.evidence.stop.log_evidence == 0.0
    world.arrive(100)
    assert world.watch().phase == "drafting"


def test_a_new_model_begins_in_shadow_and_does_not_reset_the_stop_test(world: World) -> None:
    world.arrive(100, n_complex=20)
    assert world.watch().phase == "drafting"
    world.arrive(60, is_known=False)
    assert world.latest("a.case_id", "a.route = 'draft'")
    train_case_type(world.opened.again(), "grant")
    seen = world.watch()
    assert (seen.phase, seen.state.reason) == ("shadow", "a new model begins in shadow")
    assert (seen.evidence.shadow.labelled, seen.evidence.all.labelled) == (0, 100)
    assert seen.evidence.stop.log_evidence != 0.0
    assert world.latest("a.case_id", "a.route = 'draft'") == []


def test_a_new_model_begins_a_new_shadow_in_shadow_too(world: World) -> None:
    world.arrive(60)
    train_case_type(world.opened.again(), "grant")
    seen = world.watch()
    assert (seen.evidence.shadow.labelled, seen.evidence.all.labelled) == (0, 60)
    assert phases(world)[-2:] == ["shadow", "shadow"]


def test_training_in_trial_or_after_a_stop_changes_no_state(workspace: Any, world: World) -> None:
    world.set_phase("stopped")
    before = phases(world)
    train_case_type(world.opened.again(), "grant")
    assert phases(world) == before


def test_a_case_drawn_in_shadow_stays_drawn_when_drafting_begins(world: World) -> None:
    world.arrive(100)
    waiting = world.arrive(50, is_known=False)
    assert world.watch().phase == "drafting"
    world.assess()
    kept = world.latest("a.route, a.drawn, a.sampling_probability", f"a.case_id >= '{waiting[0]}' AND a.drawn")
    assert [tuple(row) for row in kept] == [("caseworker", 1, 1.0)] * 50
    fresh = world.arrive(50, is_known=False)
    assert world.latest("a.id", f"a.route = 'draft' AND a.case_id >= '{fresh[0]}'")


def test_a_case_that_was_offered_as_a_draft_is_no_review_later(world: World) -> None:
    world.arrive(100)
    assert world.watch().phase == "drafting"
    ids = world.arrive(60, is_known=False)
    drafted = {case_id for (case_id,) in world.latest("a.case_id", "a.route = 'draft'")}
    assert drafted
    world.set_phase("shadow", reason="a new model", anew=True)
    world.assess()
    world.days(31)
    world.put(["last"], facts="{}")
    assert world.watch().evidence.all.labelled == 100 + len(ids) - len(drafted)


def test_the_share_is_set_once_a_week_and_is_the_same_for_everybody_all_week(world: World) -> None:
    world.arrive(100)
    world.days((2 - world.clock[0].weekday()) % 7)
    first = world.watch()
    assert first.share == pytest.approx(min(1.0, max(0.3, 20 / max(first.evidence.drafts_a_week, 1e-9))))
    world.arrive(300, is_known=False)
    again = world.watch()
    assert again.share == first.share
    shares = {row[0] for row in world.latest("a.sampling_probability", "a.case_id LIKE 'w-003%'")}
    assert shares == {first.share}
    world.days(7)
    later = world.watch()
    assert later.share == max(0.3, first.share / 2)
    assert [told["share"] for _, told in world.entries("review_share.set")] == [first.share, later.share]


def test_a_draft_is_made_again_to_the_same_bits_after_the_share_has_changed(world: World) -> None:
    world.arrive(100)
    world.watch()
    world.arrive(150, is_known=False)
    world.days(7)
    world.watch()
    world.arrive(30, is_known=False)
    opened = world.opened.again()
    with opened.database.read() as connection:
        loaded: Loaded = {}
        rows = connection.exec_driver_sql(
            "SELECT * FROM assessment WHERE case_id LIKE 'w-%' ORDER BY id"
        ).mappings()
        for row in rows.all()[::7]:
            assert recompute(opened, connection, dict(row), loaded) == []


def test_the_trail_says_nothing_about_a_drawn_case(world: World) -> None:
    ids = world.arrive(100)
    world.watch()
    told = [str(entry) for action in ("case_type.state", "review_share.set") for entry in world.entries(action)]
    assert told
    assert not any(case_id in entry for entry in told for case_id in ids)


def test_nothing_is_watched_in_trial(workspace: Any) -> None:
    from routing.watching import watch

    seen = watch(workspace, "grant")
    assert (seen.phase, seen.evidence, seen.share, seen.has_moved) == ("trial", None, 0.0, False)

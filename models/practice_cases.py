"""Which closed cases a person may practise on: scored, decided, their own team's, and new to them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import sqlalchemy as sa

from models.tables import ASSESSMENT, CASE_ACT, CASE_FACTS, CASE_FILE, CITIZEN, DECISION, PRACTICE_ANSWER, SIGN_IN

AT_A_TIME = 200
MOST_LOOKS = 20
"""So many stretches of so many decisions are looked through for one case, whatever the number of cases."""

Named = tuple[str, str]


def case_for_practice(
    connection: sa.Connection, *, user_id: int, team: str, case_types: Collection[str], place: float
) -> Named | None:
    """A closed case of the team, type and number; None where nothing fits among those looked through.

    `place` in [0, 1) says where among all decisions to begin. Left out are cases in which the person has done
    anything or was asked for practice before, those decided without the machine's score, those whose facts were
    others at first than what the machine saw, and citizens whose address is protected.
    """
    fits = sa.and_(
        CASE_FILE.c.status == "closed",
        CASE_FILE.c.team == team,
        CASE_FILE.c.case_type.in_(sorted(case_types)),
        ASSESSMENT.c.raw_score.is_not(None),
        assessed_as_it_came(),
        sa.not_(sa.func.coalesce(CITIZEN.c.protected_address, sa.false())),
        *unknown_to(user_id),
    )
    for first in stretches(connection, place):
        found = first_that_fits(connection, first, fits)
        if found is not None:
            return found
    return None


def is_for_practice(connection: sa.Connection, named: Named, team: str | None) -> bool:
    """Whether a case that was put to somebody is still closed and still their team's."""
    same = (CASE_FILE.c.case_type == named[0]) & (CASE_FILE.c.case_id == named[1])
    fits = same & (CASE_FILE.c.status == "closed") & (CASE_FILE.c.team == team)
    return connection.execute(sa.select(CASE_FILE.c.case_id).where(fits)).first() is not None


def stretches(connection: sa.Connection, place: float) -> Iterator[int]:
    """Numbers of decisions to begin looking at: from a place on to the newest, then from the newest back."""
    row = connection.execute(sa.select(sa.func.min(DECISION.c.id), sa.func.max(DECISION.c.id))).one()
    if row[0] is None:
        return
    oldest, newest = int(row[0]), int(row[1])
    begin = oldest + int(place * (newest - oldest + 1))
    forth = range(begin, newest + 1, AT_A_TIME)[: MOST_LOOKS // 2]
    back = [max(oldest, newest + 1 - AT_A_TIME * look) for look in range(1, MOST_LOOKS // 2 + 1)]
    yield from dict.fromkeys([*forth, *back])


def first_that_fits(connection: sa.Connection, first: int, fits: sa.ColumnElement[bool]) -> Named | None:
    """The first case of one stretch of decisions that is as wanted; of each case its last decision counts."""
    columns = (DECISION.c.id, DECISION.c.case_type, DECISION.c.case_id, DECISION.c.round, DECISION.c.assessment_id)
    some = sa.select(*columns).where(DECISION.c.id >= first).order_by(DECISION.c.id).limit(AT_A_TIME).subquery()
    same = (CASE_FILE.c.case_type == some.c.case_type) & (CASE_FILE.c.case_id == some.c.case_id)
    later = DECISION.alias("later")
    anew = (later.c.case_type == some.c.case_type) & (later.c.case_id == some.c.case_id)
    query = (
        sa.select(CASE_FILE.c.case_type, CASE_FILE.c.case_id)
        .select_from(some)
        .join(CASE_FILE, same)
        .join(ASSESSMENT, ASSESSMENT.c.id == some.c.assessment_id)
        .outerjoin(CITIZEN, CITIZEN.c.ref == CASE_FILE.c.citizen_ref)
        .where(fits, ~sa.exists().where(anew, later.c.round > some.c.round))
        .order_by(some.c.id)
        .limit(1)
    )
    row = connection.execute(query).first()
    return None if row is None else (str(row.case_type), str(row.case_id))


def assessed_as_it_came() -> sa.ColumnElement[bool]:
    """That the machine saw the facts as they were at first, so that its view fits what is shown for practice."""
    first, seen = CASE_FACTS.alias("first"), CASE_FACTS.alias("seen")
    of_case = [
        (one.c.case_type == CASE_FILE.c.case_type) & (one.c.case_id == CASE_FILE.c.case_id)
        for one in (first, seen)
    ]
    versions = (first.c.version == 1) & (seen.c.version == ASSESSMENT.c.facts_version)
    return sa.exists().where(*of_case, versions, first.c.facts == seen.c.facts)


def unknown_to(user_id: int) -> Iterator[sa.ColumnElement[bool]]:
    """That a person has neither decided a case, nor practised on it, nor done anything else to it."""
    theirs = sa.select(SIGN_IN.c.id).where(SIGN_IN.c.user_id == user_id)
    for table, mine in (
        (DECISION, DECISION.c.sign_in_id.in_(theirs)),
        (PRACTICE_ANSWER, PRACTICE_ANSWER.c.user_id == user_id),
        (CASE_ACT, CASE_ACT.c.sign_in_id.in_(theirs)),
    ):
        same = (table.c.case_type == CASE_FILE.c.case_type) & (table.c.case_id == CASE_FILE.c.case_id)
        yield ~sa.exists().where(same, mine)

"""Similar closed cases as a case's page says them; how they ended stands there only once the reader has chosen.

A heavy case has no model: it is compared by its facts as they are known, of which each weighs the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from config.bilingual import Language
from config.case_type import CaseType
from config.errors import InputError
from engine.encoding import encode
from explain.sentences import ReasonSpeaker
from explain.similar import Similar, fact_of_both, most_similar
from models.clock import parse
from models.closed_cases import ClosedCase, closed_now
from models.first_views import views_since
from models.people import User
from models.reopenings import COMPLAINT
from routing.in_force import InForce
from ui.caseworker.case_record import CaseRecord, unpacked
from ui.caseworker.similar.closed_kept import ClosedCases, read_closed, visible
from ui.web.addresses import case_path
from ui.web.models_read import ModelInWords
from ui.web.site import Site

SECONDS_A_DAY = 86_400


@dataclass(frozen=True)
class SimilarCase:
    """One closed case in words.

    Attributes:
        work: what made it work, by the department's own definition.
        outcome: how it ended; None where that may not be said yet.
    """

    href: str
    case_id: str
    likeness: str
    alike: tuple[str, ...]
    apart: tuple[str, ...]
    took: str
    work: str
    outcome: str | None


@dataclass(frozen=True)
class SimilarPart:
    """The similar cases of a page.

    Attributes:
        tells_outcome: the reader has chosen, so it is said how each ended.
        not_compared: labels of facts that stand in for protected ones.
        weigh_alike: no model says which facts matter most.
    """

    cases: tuple[SimilarCase, ...]
    tells_outcome: bool
    not_compared: tuple[str, ...]
    weigh_alike: bool


def similar_part(
    site: Site, case: CaseRecord, in_force: InForce, model: ModelInWords | None, user: User, language: Language
) -> SimilarPart | None:
    """The similar cases that this reader may open; None where nothing can be compared."""
    case_type, now = case.case_type, site.database.clock()
    if case_type.weight == "heavy":
        model = None
    elif model is None or case.inputs is None or case.assessment is None:
        return None
    version, learnt = ("", None) if model is None else (model.version, model.features)
    key = (case_type.key, version, in_force.case_type_versions[case_type.key])
    with site.database.read() as connection:
        try:
            closed = site.closed.of(key, now, lambda: read_closed(connection, case_type, learnt, now))
        except InputError:
            return None
        return said(connection, case, closed, user, language)


def compared_by(case: CaseRecord, closed: ClosedCases) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What this case is in the facts that are compared, and how much each weighs: (p,) and (p,)."""
    if case.case_type.weight == "heavy":
        known = visible(case.facts, case.case_type, case.consents, has_model=False)
        return encode(closed.features, known, case.arrivals)[0], np.ones(len(closed.features))
    assert case.inputs is not None
    assert case.assessment is not None
    return case.inputs, unpacked(case.assessment["contributions"])


def said(
    connection: sa.Connection, case: CaseRecord, closed: ClosedCases, user: User, language: Language
) -> SimilarPart | None:
    """The nearest of the team's closed cases, as they stand now, in words."""
    may_open = (closed.teams == user.team) & (closed.case_ids != case.case_id)
    ids, inputs = closed.case_ids[may_open], closed.inputs[may_open]
    here, weighs = compared_by(case, closed)
    nearest = most_similar(here, inputs, closed.features, closed.spread, closed.is_compared, weighs)
    standing = closed_now(connection, case.case_type.key, [ids[one.row] for one in nearest])
    tells, speaker = has_chosen(case, user.id), ReasonSpeaker(case.case_type, language)
    cases = tuple(
        in_words(one, standing[ids[one.row]], (inputs[one.row], here), closed, speaker, tells=tells)
        for one in nearest
        if ids[one.row] in standing and standing[ids[one.row]].team == user.team
    )
    labels = tuple(speaker.label(name) for name in closed.stand_ins)
    return SimilarPart(cases, tells, labels, case.case_type.weight == "heavy") if cases else None


def has_chosen(case: CaseRecord, user_id: int) -> bool:
    """Whether the reader has chosen for themselves: the case has ended once, or their view names an outcome.

    Taken up again on a complaint it is looked at anew: what was chosen before counts for nothing.
    """
    again, views = case.reopening, views_since(case.acts, user_id)
    has_ended = case.assessed is not None or (
        bool(case.decisions) and (again is None or again.content["ground"] != COMPLAINT)
    )
    return has_ended or bool(views and views[-1].content["outcome"] is not None)


def in_words(
    one: Similar,
    standing: ClosedCase,
    both: tuple[NDArray[np.float64], NDArray[np.float64]],
    closed: ClosedCases,
    speaker: ReasonSpeaker,
    *,
    tells: bool,
) -> SimilarCase:
    """One closed case in the reader's language; `both` are its facts (p,) and those of the case on the page."""
    (theirs, here), case_type = both, speaker.case_type
    facts = {
        position: fact_of_both(closed.features[position], float(theirs[position]), float(here[position]), speaker)
        for position in (*one.alike, *one.apart)
    }
    alike = speaker.say(
        "{n} of {all} facts are alike, or nearly",
        n=speaker.words.number(one.n_alike),
        all=speaker.words.number(one.compared),
    )
    return SimilarCase(
        href=case_path(case_type.key, standing.case_id),
        case_id=standing.case_id,
        likeness=alike,
        alike=tuple(facts[position] for position in one.alike),
        apart=tuple(facts[position] for position in one.apart),
        took=took(standing, closed.efforts.loc[standing.case_id], speaker),
        work=work_of(case_type, closed.efforts.loc[standing.case_id], speaker),
        outcome=ended_as(standing, case_type, speaker) if tells else None,
    )


def took(standing: ClosedCase, effort: Mapping[str, float], speaker: ReasonSpeaker) -> str:
    """How long a case took from the day it came in, and how many people handled it."""
    say = speaker.say
    days = round((parse(standing.closed_at) - parse(standing.received_at)).total_seconds() / SECONDS_A_DAY)
    long = say("Less than a day") if days < 1 else say.counted("{n} day", "{n} days", days)
    handlers = int(effort["handlers"])
    if handlers == 0:
        return long
    people = say.counted("{n} caseworker", "{n} caseworkers", handlers)
    return say("{days}, {people}", days=long, people=people)


def work_of(case_type: CaseType, effort: Mapping[str, float], speaker: ReasonSpeaker) -> str:
    """Which thresholds of the department's own definition of extra work a case passed; "" where it has none."""
    rule = case_type.complexity
    if rule is None:
        return ""
    passed = [one.words(speaker.language) for one in rule.thresholds if one.is_passed(float(effort[one.measure]))]
    if not passed or (rule.combine == "all" and len(passed) < len(rule.thresholds)):
        return speaker.say("No extra work")
    return speaker.say("Extra work: {why}", why=speaker.words.listed(passed))


def ended_as(standing: ClosedCase, case_type: CaseType, speaker: ReasonSpeaker) -> str:
    """How a case ended, as people say it."""
    if standing.outcome is None:
        return speaker.say("Not decided in Stafet")
    labels = {key: one.label for key, one in case_type.outcomes.items()} | dict(case_type.assessed_as)
    known = labels.get(standing.outcome)
    return standing.outcome if known is None else known.say(speaker.language)

"""The one way that carries a case, or a frame of a million, from facts to route.

Facts are masked, scored, decided by criteria as far as they go, tried against the floor, the rules and the
gates, and become one assessment each. Everything is a column: no step looks at one case at a time, none reads a
file, a database or a clock, and a case carried alone comes out with the same bits as among a million.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from config.case_type import CaseType
from config.columns import Frame
from config.conditions import Mask
from config.criteria import Decided, decide
from config.evaluation import Evaluation
from config.routing_rules import Rules
from engine.arrivals import CaseFlow
from engine.guarantee import Guarantee
from engine.masking import visible_to_model, withheld
from engine.trained import Scores, TrainedComplexity
from routing.assessed import Assessed, Versions
from routing.built_in import with_built_in_fields, with_every_declared_field
from routing.draws import BLIND_REVIEW, drawn_numbers
from routing.floor import first_floor
from routing.gates import Standing, closed_gates, would_be_drafts
from routing.hand_over import PRIORITIES, HandOver, hand_over
from routing.rules import takers

Phase = Literal["trial", "shadow", "drafting", "stopped"]


@dataclass(frozen=True)
class Cases:
    """`n` cases of one type as stored.

    Attributes:
        facts: declared fields; others are dropped.
        arrivals: datetime64[us] (n,), UTC.
        consents: field -> int8 (n,): 1 yes, 0 no, -1 not answered.
        flow: the workspace's cases around these, for derived features; None where none is known.
        citizens: whose case each is (n,), None where nobody says.
        stated: what the applications say of facts that a register also gives, rows as in `facts`; None where none
            says anything.
        derived: (n, derived features of the model) values as stored, to carry cases again as they once were; None
            to derive them from `flow`.
        kept_shares: (n,) the review share by which a case was drawn, or not, when it first was a would-be draft of
            this drafting; NaN where it has not been one; None where none has.
    """

    facts: Frame
    arrivals: NDArray[np.datetime64]
    consents: Mapping[str, NDArray[np.int8]] = field(default_factory=dict)
    flow: CaseFlow | None = None
    citizens: NDArray[np.object_] | None = None
    derived: NDArray[np.float64] | None = None
    stated: Frame | None = None
    kept_shares: NDArray[np.float64] | None = None

    def __len__(self) -> int:
        return len(self.facts)

    def take(self, rows: NDArray[np.intp] | slice) -> Cases:
        """The rows named, in that order, with the same flow of cases around them."""
        return replace(
            self,
            facts=self.facts.take(rows),
            arrivals=self.arrivals[rows],
            consents={name: answers[rows] for name, answers in self.consents.items()},
            citizens=None if self.citizens is None else self.citizens[rows],
            derived=None if self.derived is None else self.derived[rows],
            stated=None if self.stated is None else self.stated.take(rows),
            kept_shares=None if self.kept_shares is None else self.kept_shares[rows],
        )


@dataclass(frozen=True)
class Standard:
    """What counts for every case of one type now.

    Attributes:
        guarantee: the promise as last measured on `trained`; None where nothing was measured.
        blind_share: probability of a blind review while drafting; in shadow every would-be draft is drawn.
        draw_key: the secret of the draw.
        today: the day that `within` counts from.
        status: trial or live as rules see it; None where the phase tells (it does for every light type).
        counts_working_days: whether a rule's days of contact are working days, as they have been since v0012.
    """

    case_type: CaseType
    rules: Rules
    trained: TrainedComplexity | None
    guarantee: Guarantee | None
    phase: Phase
    blind_share: float
    draw_key: bytes
    today: date
    versions: Versions
    status: Literal["trial", "live"] | None = None
    counts_working_days: bool = True

    def review_shares(self, cases: Cases) -> NDArray[np.float64]:
        """Shape (n,): with which probability a would-be draft is handled by a person who is told nothing."""
        if self.phase == "shadow" or cases.kept_shares is None:
            return np.full(len(cases), 1.0 if self.phase == "shadow" else self.blind_share)
        return np.where(np.isnan(cases.kept_shares), self.blind_share, cases.kept_shares)


@dataclass(frozen=True)
class Known:
    """What is known of n cases before anybody asks where they go.

    Attributes:
        inputs: (n, p) the model's input; (n, 0) where nothing is scored.
        scores: None where nothing is scored.
        facts: masked facts and built-in fields, as the floor may ask about them.
        unprotected: the same without protected facts, as routes and the promise's groups may.
    """

    inputs: NDArray[np.float64]
    scores: Scores | None
    decided: Decided
    facts: Frame
    unprotected: Frame


def carry(cases: Cases, standard: Standard) -> Assessed:
    """Carry cases from facts to route: one assessment each, in the same order."""
    known = what_is_known(cases, standard)
    handed = route_by_rules(known, cases, standard)
    closed = closed_gates(standing(known, handed, cases, standard))
    would_draft = would_be_drafts(closed)
    scored_by = standard.trained if known.scores is not None else None
    return Assessed(
        case_type=standard.case_type.key,
        weight=standard.case_type.weight,
        versions=standard.versions,
        case_ids=cases.facts.case_ids,
        features=() if scored_by is None else scored_by.features,
        inputs=known.inputs,
        scores=known.scores,
        rule_names=standard.rules.names,
        teams=tuple(standard.rules.teams),
        priorities=PRIORITIES,
        outcomes=tuple(standard.case_type.outcomes),
        is_draft=closed == 0,
        rule=handed.rule,
        floor_rule=handed.floor_rule,
        team=handed.team,
        priority=handed.priority,
        contact_by=handed.contact_by,
        gates=closed,
        outcome=known.decided.outcome.values.astype(np.int16),
        sampling_probability=np.where(would_draft, standard.review_shares(cases), 1.0),
        drawn=would_draft & (closed != 0),
    )


def what_is_known(cases: Cases, standard: Standard) -> Known:
    """Mask the facts, score them, and let the criteria decide as far as they go."""
    case_type = standard.case_type
    visible = visible_to_model(with_every_declared_field(cases.facts, case_type), case_type, cases.consents)
    inputs, scores = score(visible, cases, standard)
    decided = decide(case_type, visible, cases.arrivals)
    facts = with_built_in_fields(
        visible,
        case_type,
        status=standard.status or ("trial" if standard.phase == "trial" else "live"),
        arrivals=cases.arrivals,
        complexity=None if scores is None else scores.complexity,
        novel=None if scores is None else scores.novel,
        decided=decided,
        stated=cases.stated,
    )
    return Known(inputs, scores, decided, facts, without_protected(facts, case_type))


def route_by_rules(known: Known, cases: Cases, standard: Standard) -> HandOver:
    """Ask the floor, then the routes from the top."""
    rules = standard.rules
    floor = first_floor(rules.always_caseworker, Evaluation(known.facts, standard.today))
    matched, among_people = takers(rules.routes, Evaluation(known.unprotected, standard.today))
    return hand_over(
        rules,
        floor=floor,
        matched=matched,
        among_people=among_people,
        arrivals=cases.arrivals,
        case_type=standard.case_type,
        counts_working_days=standard.counts_working_days,
    )


def standing(known: Known, handed: HandOver, cases: Cases, standard: Standard) -> Standing:
    """What the gates ask about."""
    case_type, scores = standard.case_type, known.scores
    return Standing(
        says_draft=handed.says_draft,
        may_draft=standard.phase in ("shadow", "drafting"),
        is_light=case_type.weight == "light",
        needs_outcome=bool(case_type.criteria),
        decided=known.decided.is_decided,
        outcome_may_be_drafted=outcome_may_be_drafted(case_type, known.decided),
        below_threshold=below_threshold(known.unprotected, scores, standard.guarantee),
        novel=nowhere(len(cases)) if scores is None else scores.novel,
        adds_up=~nowhere(len(cases)) if scores is None else scores.adds_up,
        withheld=withheld(cases.facts, case_type, cases.consents),
        draw=lambda open_so_far: drawn_for_blind_review(open_so_far, cases, standard),
    )


def score(visible: Frame, cases: Cases, standard: Standard) -> tuple[NDArray[np.float64], Scores | None]:
    """The model's input (n, p) and scores; (n, 0) and None for a heavy type, or where no model is trained."""
    if standard.case_type.weight == "heavy" or standard.trained is None:
        return np.empty((len(cases), 0)), None
    inputs = inputs_of(visible, cases, standard.trained)
    return inputs, standard.trained.score(inputs)


def inputs_of(visible: Frame, cases: Cases, trained: TrainedComplexity) -> NDArray[np.float64]:
    """The input (n, p) of cases whose masked facts are `visible`; derived features as stored, where given."""
    inputs = trained.inputs(visible, cases.arrivals, flow=cases.flow, citizens=cases.citizens)
    if cases.derived is not None:
        inputs[:, [feature.is_derived for feature in trained.features]] = cases.derived
    return inputs


def without_protected(known: Frame, case_type: CaseType) -> Frame:
    """What routes and the promise's groups may see: a protected fact is UNKNOWN to them, whatever a file says."""
    protected = {name for name, declared in case_type.fields.items() if declared.protected} | {"citizen_age"}
    return Frame(known.case_ids, {name: column for name, column in known.columns.items() if name not in protected})


def below_threshold(asked: Frame, scores: Scores | None, guarantee: Guarantee | None) -> Mask:
    """Shape (n,): the RAW score is below the threshold that the promise proved for the case's group."""
    if scores is None or guarantee is None:
        return nowhere(len(asked))
    return guarantee.below(scores.raw, asked.columns)


def outcome_may_be_drafted(case_type: CaseType, decided: Decided) -> Mask:
    """Shape (n,): the outcome is fully in the citizen's favour, or the file allows drafting it."""
    allowed = [one.fully_in_favour or one.may_be_drafted for one in case_type.outcomes.values()]
    return np.array([*allowed, False], dtype=np.bool_)[decided.outcome.values.astype(np.intp)]


def drawn_for_blind_review(open_so_far: Mask, cases: Cases, standard: Standard) -> Mask:
    """Shape (n,): which of the cases that every other gate lets through a person handles without being told."""
    if standard.phase == "shadow":
        return open_so_far.copy()
    rows = np.flatnonzero(open_so_far)
    numbers = drawn_numbers(
        standard.draw_key, BLIND_REVIEW, standard.case_type.key, cases.facts.case_ids[rows].tolist()
    )
    drawn = nowhere(len(cases))
    drawn[rows] = numbers < standard.review_shares(cases)[rows]
    return drawn


def nowhere(n_cases: int) -> Mask:
    """A mask that holds for no case."""
    return np.zeros(n_cases, dtype=np.bool_)

"""A small light case type with every kind of field, rules that use them, and a model trained on invented cases."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from config.case_type import CaseType, read_case_type
from config.columns import Column, Frame
from config.routing_rules import Rules, read_rules
from config.words import DANISH_TIME
from engine.guarantee import GroupResult, Guarantee, Promise
from engine.history import History
from engine.trained import TrainedComplexity
from engine.training import train
from engine.typed_facts import facts_as_json
from models.arriving import Arriving
from models.assessments import IS_NEWEST
from models.case_store import put_cases
from models.case_type_states import set_state
from models.people import add_user
from models.sign_ins import SignedIn, begin_sign_in
from routing.assessed import Versions
from routing.assessing import assess_open_cases
from routing.going_live import go_live
from routing.publishing import Opened, open_workspace
from routing.relay import Cases, Standard
from routing.training_run import train_case_type
from routing.watched import Watched
from routing.watching import watch
from tests.conftest import cheap_passwords

CASE_TYPE = """
name: {da: Tilskud, en: Grant}
legal_basis: Loven § 1
weight: light
fields:
  income: {type: number, unit: DKK/month, label: {da: Indkomst, en: Income}}
  channel: {type: category, values: [desk, post, web], label: {da: Kanal, en: Channel}}
  single: {type: boolean, label: {da: Enlig, en: Single}}
  start: {type: date, label: {da: Start, en: Start}}
  note: {type: text, label: {da: Note, en: Note}}
  debt: {type: number, model_use: unless_refused, label: {da: Gæld, en: Debt}}
  savings: {type: number, model_use: with_consent, label: {da: Formue, en: Savings}}
  sickness: {type: category, values: [a, b], model_use: never, label: {da: Sygdom, en: Sickness}}
  origin: {type: category, values: [x, y], protected: true, label: {da: Oprindelse, en: Origin}}
  citizen_age: {type: integer, protected: true, label: {da: Alder, en: Age}}
complexity: {within_days: 30, any: [{rework: {at_least: 1}}]}
criteria:
  - {when: {income: {at_most: 200}}, outcome: granted, because: {da: a, en: a}, legal_basis: § 2}
  - {when: {income: {above: 900}}, outcome: refused, because: {da: b, en: b}, legal_basis: § 3}
  - {when: {citizen_age: {at_least: 67}}, outcome: granted, because: {da: c, en: c}, legal_basis: § 4}
"""
RULES = """
teams: {intake: {per_week: 100}, senior: {per_week: 10}, age: {}}
blind_review: {share: 0.3}
always_caseworker:
  - {name: Children, when: {citizen_age: {below: 18}}, team: age}
  - {name: Unlike, when: {novel: {is_true: true}}}
routes:
  - name: Early contact
    when: {complexity: {at_least: 0.6}}
    to: caseworker
    team: senior
    priority: high
    contact_within: 2d
  - {name: Many gaps, when: {missing_facts: {at_least: 3}}, to: caseworker, team: senior}
  - {name: Two answers, when: {contradictions: {at_least: 2}}, to: caseworker, team: senior}
  - {name: Late start, when: {start: {within: 30d}}, to: draft}
  - {name: Objective, when: {any: [{criteria_decided: {is_true: true}}, {savings: {above: 500}}]}, to: draft}
  - name: By post
    when: {channel: {equals: post}, debt: {at_least: 100}}
    to: caseworker
    priority: low
default: {to: caseworker, team: intake}
"""
TODAY = date(2024, 6, 1)


@pytest.fixture(scope="session")
def grant() -> CaseType:
    return read_case_type(CASE_TYPE, name="grant", file="grant.yaml")


@pytest.fixture(scope="session")
def rules(grant: CaseType) -> Rules:
    return read_rules(RULES, file="routing.yaml", case_types={"grant": grant})


def invented_cases(n_cases: int, seed: int) -> Cases:
    """Random facts with gaps in every field, arrivals over a year, and some answers about consent."""
    random = np.random.default_rng(seed)

    def gaps(values: Any, share: float = 0.15) -> Any:
        return np.where(random.random(n_cases) < share, np.nan, values)

    def words(levels: tuple[str, ...]) -> np.ndarray[Any, np.dtype[np.int32]]:
        return random.integers(-1, len(levels), n_cases).astype(np.int32)

    columns = {
        "income": Column("number", gaps(random.integers(0, 12, n_cases) * 100.0)),
        "channel": Column("category", words(("desk", "post", "web")), ("desk", "post", "web")),
        "single": Column("boolean", gaps(random.integers(0, 2, n_cases).astype(float))),
        "start": Column("date", gaps(19_700.0 + random.integers(0, 400, n_cases))),
        "note": Column("text", words(("n1", "n2")), ("n1", "n2")),
        "debt": Column("number", gaps(random.integers(0, 5, n_cases) * 50.0)),
        "savings": Column("number", gaps(random.integers(0, 5, n_cases) * 250.0)),
        "sickness": Column("category", words(("a", "b")), ("a", "b")),
        "origin": Column("category", words(("x", "y")), ("x", "y")),
        "citizen_age": Column("integer", gaps(random.integers(10, 80, n_cases).astype(float), 0.05)),
    }
    minutes = np.sort(random.integers(0, 365 * 24 * 60, n_cases))
    arrivals = np.datetime64("2023-06-01T00:00", "us") + minutes.astype("timedelta64[m]")
    consents = {name: random.integers(-1, 2, n_cases).astype(np.int8) for name in ("debt", "savings")}
    ids = np.array([f"{seed}-{number}" for number in range(n_cases)], dtype=object)
    return Cases(Frame(ids, columns), arrivals, consents, stated=invented_statements(ids, columns, random))


def invented_statements(
    ids: NDArray[np.object_], columns: dict[str, Column], random: np.random.Generator
) -> Frame:
    """What the applications say: nothing of most facts, now and then otherwise than the register."""

    def stated(column: Column) -> Column:
        n_cases, nothing = len(column), -1 if column.levels else np.nan
        others = random.permutation(n_cases)
        said = np.where(random.random(n_cases) < 0.2, column.values[others], column.values)
        kept = np.where(random.random(n_cases) < 0.6, nothing, said).astype(column.values.dtype)
        return replace(column, values=kept)

    return Frame(ids, {name: stated(column) for name, column in columns.items()})


def consenting(cases: Cases) -> Cases:
    """The same cases, whose citizens keep nothing from the model."""
    return replace(cases, consents={name: np.ones_like(answers) for name, answers in cases.consents.items()})


@pytest.fixture(scope="session")
def all_consenting() -> Callable[[Cases], Cases]:
    return consenting


def redone_in(cases: Cases) -> NDArray[np.bool_]:
    """Which cases are done twice: mostly those with a high income that did not come in at the desk."""
    income = np.nan_to_num(cases.facts.columns["income"].values, nan=600.0)
    chance = 0.05 + 0.8 * (income > 500) * (cases.facts.columns["channel"].values != 0)
    done_twice: NDArray[np.bool_] = np.random.default_rng(2).random(len(cases)) < chance
    return done_twice


@pytest.fixture(scope="session")
def invented() -> Callable[[int, int], Cases]:
    return invented_cases


@pytest.fixture(scope="session")
def trained(grant: CaseType) -> TrainedComplexity:
    """Cases with low income and the desk as channel are simple; the rest are often done twice."""
    cases = invented_cases(900, seed=1)
    redone = redone_in(cases)
    rows = [
        (case_id, activity, arrival + np.timedelta64(hour, "h"), None)
        for case_id, arrival, again in zip(cases.facts.case_ids, cases.arrivals, redone, strict=True)
        for hour, activity in enumerate(["receive", "decide", *(["decide"] if again else [])])
    ]
    events = pd.DataFrame(rows, columns=["case_id", "activity", "timestamp", "resource"])
    until = cases.arrivals.max() + np.timedelta64(60, "D")
    history = History(cases.facts, cases.arrivals, events, until, cases.consents)
    return train(grant, history, promise=Promise(), seed=0)


@pytest.fixture(scope="session")
def proved(trained: TrainedComplexity) -> Guarantee:
    """A promise with a threshold in the middle of the scores, so that every route is taken."""
    middle = float(np.median(trained.score(trained.inputs(*visible_inputs())).raw))
    return Guarantee(Promise(), "could_draft", 1, 0.025, (GroupResult((), 500, middle, None),), (), None)


def visible_inputs() -> tuple[Frame, Any]:
    cases = invented_cases(400, seed=3)
    return cases.facts, cases.arrivals


@pytest.fixture(scope="session")
def standard(grant: CaseType, rules: Rules, trained: TrainedComplexity, proved: Guarantee) -> Standard:
    """Everything open that the machine could draft: live, drafting, with a model and a threshold."""
    return Standard(
        case_type=grant, rules=rules, trained=trained, guarantee=proved, phase="drafting", blind_share=0.3,
        draw_key=bytes(range(32)), today=TODAY, versions=Versions(1, 1, "1"),
    )  # fmt: skip


def as_arriving(cases: Cases, redone: NDArray[np.bool_], *, is_closed: bool) -> Arriving:
    """The cases with two events each, three where the work was done twice."""
    steps = 2 + redone.astype(int)
    of_case = np.repeat(np.arange(len(cases)), steps)
    step = np.concatenate([np.arange(count) for count in steps])
    times = cases.arrivals[of_case] + step * np.timedelta64(1, "h")
    return Arriving(
        case_ids=cases.facts.case_ids.tolist(),
        received_at=cases.arrivals,
        case_of_event=of_case,
        event_times=times,
        activities=[("receive", "decide", "decide")[int(number)] for number in step],
        resources=[None] * len(step),
        facts=facts_as_json(cases.facts),
        stated=None if cases.stated is None else facts_as_json(cases.stated),
        closed_at=cases.arrivals + np.timedelta64(3, "h") if is_closed else None,
        consents=cases.consents,
    )


def live_ready(text: str) -> str:
    """The case type with everything that going live asks for."""
    filled = text.replace("label:", "source: ansøgning, basis: Loven § 5, label:")
    return filled.replace("weight: light", "weight: light\nstatus: trial  # ours\nmodel_basis: Loven § 9")


@pytest.fixture(scope="session")
def trained_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with 900 closed cases, a model on record and rules that draft; to be copied."""
    root = tmp_path_factory.mktemp("workspace") / "ws"
    (root / "case_types").mkdir(parents=True)
    (root / "keys").mkdir()
    (root / "keys" / "draw.key").write_text(bytes(range(32)).hex(), encoding="ascii")  # the same draw in every run
    (root / "case_types" / "grant.yaml").write_text(live_ready(CASE_TYPE), encoding="utf-8")
    (root / "routing.yaml").write_text("guarantee: {max_complex_share: 0.3}\n" + RULES, encoding="utf-8")
    opened = open_workspace(root)
    cases = consenting(invented_cases(900, seed=1))
    with opened.database.write() as connection:
        put_cases(connection, "grant", as_arriving(cases, redone_in(cases), is_closed=True))
    train_case_type(opened, "grant")
    opened.database.close()
    return root


@pytest.fixture
def workspace(trained_root: Path, tmp_path: Path) -> Iterator[Opened]:
    """A copy of the trained workspace, opened."""
    shutil.copytree(trained_root, tmp_path / "ws")
    opened = open_workspace(tmp_path / "ws")
    yield opened
    opened.database.close()


@pytest.fixture
def steward(workspace: Opened) -> SignedIn:
    return signed_in(workspace, "steward")


def signed_in(opened: Opened, role: str) -> SignedIn:
    with opened.database.write() as connection, cheap_passwords():
        user = add_user(connection, name=role, full_name=f"A {role}", role=role, password="correct horse battery")
        return begin_sign_in(connection, user, method="password")


@pytest.fixture(scope="session")
def sign_in_as() -> Callable[[Opened, str], SignedIn]:
    return signed_in


@pytest.fixture(scope="session")
def import_open() -> Callable[[Opened, Cases], None]:
    """Puts cases on record as open."""

    def put(opened: Opened, cases: Cases) -> None:
        with opened.database.write() as connection:
            put_cases(connection, "grant", as_arriving(cases, redone_in(cases), is_closed=False))

    return put


@dataclass
class LiveWorld:
    """A live case type under a clock that is set, to which cases come that the machine could draft.

    Every case has the same facts, those of a case that passes every gate but the draw; its events make it complex
    or not, and its label is known once something has happened thirty days later.
    """

    opened: Opened
    facts: str
    clock: list[datetime]
    made: int = 0

    def days(self, days: float) -> None:
        self.clock[0] += timedelta(days=days)

    def arrive(self, n: int, n_complex: int = 0, *, is_known: bool = True) -> list[str]:
        """`n` cases come in now, the last of them complex, and are assessed; then thirty-one days go by."""
        ids = [f"w-{self.made + number:05d}" for number in range(n)]
        self.made += n
        self.put(ids, n_complex)
        self.assess()
        if is_known:
            self.days(31)
            self.put([f"later-{self.made}"], facts="{}")
        return ids

    def put(self, ids: list[str], n_complex: int = 0, facts: str | None = None) -> None:
        now = np.datetime64(self.clock[0].replace(tzinfo=None), "us")
        events = [1 + 2 * (number >= len(ids) - n_complex) for number in range(len(ids))]
        arriving = Arriving(
            case_ids=ids,
            received_at=np.full(len(ids), now),
            case_of_event=np.repeat(np.arange(len(ids)), events),
            event_times=np.concatenate([now + np.arange(count) * np.timedelta64(1, "m") for count in events]),
            activities=[step for count in events for step in ("receive", "decide", "decide")[:count]],
            resources=[None] * sum(events),
            facts=[self.facts if facts is None else facts] * len(ids),
            consents={name: np.ones(len(ids), dtype=np.int8) for name in ("debt", "savings")},
        )
        with self.opened.database.write() as connection:
            put_cases(connection, "grant", arriving)
        self.days(1 / 24)

    def assess(self) -> None:
        """What `stafet assess` does, without looking first."""
        assess_open_cases(self.opened.again(), "grant")
        self.days(1 / 24)

    def watch(self) -> Watched:
        seen = watch(self.opened.again(), "grant")
        self.days(1 / 24)
        return seen

    def set_phase(self, phase: str, actor: str = "user:1", **given: Any) -> None:
        with self.opened.database.write() as connection:
            set_state(connection, "grant", weight="light", status="live", phase=phase, actor=actor, **given)
        self.days(1 / 24)

    def rows(self, columns: str, where: str = "1 = 1") -> list[tuple[Any, ...]]:
        query = f"SELECT {columns} FROM assessment a WHERE {where} ORDER BY a.id"
        with self.opened.database.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query)]

    def latest(self, columns: str, where: str = "1 = 1") -> list[tuple[Any, ...]]:
        newest = f"EXISTS (SELECT 1 FROM case_file c WHERE {IS_NEWEST})"
        return self.rows(columns, f"{newest} AND {where}")

    def entries(self, action: str = "case_type.state") -> list[tuple[str, dict[str, Any]]]:
        query = "SELECT actor, payload FROM audit WHERE action = ? ORDER BY seq"
        with self.opened.database.read() as connection:
            return [(actor, json.loads(told)) for actor, told in connection.exec_driver_sql(query, (action,))]


@pytest.fixture(scope="session")
def live_root(trained_root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The trained workspace gone live, to be copied, and the facts of a case that the machine could draft."""
    root = Path(shutil.copytree(trained_root, tmp_path_factory.mktemp("live") / "ws"))
    opened = open_workspace(root)
    go_live(opened, "grant", signed_in(opened, "steward"))
    cases = consenting(invented_cases(60, seed=41))
    with opened.database.write() as connection:
        put_cases(connection, "grant", as_arriving(cases, redone_in(cases), is_closed=False))
    assess_open_cases(opened.again(), "grant")
    with opened.database.read() as connection:
        facts = connection.exec_driver_sql(
            "SELECT f.facts FROM assessment a JOIN case_facts f ON f.case_id = a.case_id WHERE a.drawn"
            " AND f.facts NOT LIKE '%start%' LIMIT 1"  # a date far from the arrival would make a later case novel
        ).scalar_one()
    opened.database.close()
    return root, facts


def coming_wednesday(now: datetime) -> datetime:
    """The next noon of a Wednesday in Denmark, so that no week begins between two steps on some days only."""
    noon = datetime.combine(now.date(), time(12), DANISH_TIME)
    return (noon + timedelta(days=1 + (1 - now.weekday()) % 7)).astimezone(UTC)


@pytest.fixture
def world(live_root: tuple[Path, str], tmp_path: Path) -> Iterator[LiveWorld]:
    """A live workspace of this test's own, in a shadow that began a moment ago."""
    root, facts = live_root
    clock = [coming_wednesday(datetime.now(DANISH_TIME))]
    opened = open_workspace(Path(shutil.copytree(root, tmp_path / "live")), clock=lambda: clock[0])
    world = LiveWorld(opened, facts, clock)
    world.set_phase("stopped")
    world.set_phase("shadow")
    yield world
    opened.database.close()

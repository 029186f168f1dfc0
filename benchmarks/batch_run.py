"""A million cases from a Parquet file to assessments in the database, timed, and its own parts beside it.

The database lies in a temporary folder on the disk; its cases are on record before the clock starts, as they are
when a municipality assesses, and their type is in trial. The whole is the code that `stafet assess` runs: read and
check the log, type the facts, mask, score, explain, criteria, floor, rules, gates, draw; then the records: unique
index, foreign key, checks, triggers' refusals, commitments and the audit entry. Its parts are the bare minimum on
the same columns: read the Parquet file into memory, run the kernel, write the rows by ADBC into a plain SQLite
table with the same unique index.
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, astuple, dataclass, replace
from functools import cache
from pathlib import Path
from statistics import median

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.harness import Scale, seconds
from benchmarks.shap_reference import explainer
from benchmarks.world import KEY, case_type, cases, standard, trained
from config.columns import CODED
from engine.contributions.kernel import by_numba
from engine.log import read_log
from engine.typed_facts import facts
from models.assessment_store import store_assessments
from models.case_type_states import set_state
from models.database import Database, open_database
from models.heads import open_heads
from models.migrate import upgrade
from routing.assessed import Assessed
from routing.assessed_rows import assessment_rows
from routing.batch import blocks_of, carried
from routing.relay import Cases, Standard

SHAP_CASES, SHAP_LOOKS = 500, 15
BATCHES = 3


@dataclass(frozen=True)
class Taken:
    """Seconds for all cases; shap's are scaled from fewer, since each case takes it the same time."""

    whole: float
    shap: float
    read: float
    kernel: float
    write: float


@cache
def take(scale: Scale) -> Taken:
    """Time the whole and its parts once for both rows."""
    with tempfile.TemporaryDirectory(prefix="stafet-bench-") as name:
        folder = Path(name)
        log, many = folder / "log.parquet", cases(scale.cases, seed=9)
        write_log(log, many)
        X = trained().inputs(many.facts, many.arrivals)
        with records(folder / "template") as template:
            put_on_record(template, many)
        rows = rows_of(many)
        by_numba(trained().tables.layout, X[:1])
        taken = [
            Taken(
                whole=whole_once(folder, log),
                shap=shap_once(X) * scale.cases,
                read=seconds(lambda: pq.read_table(log, use_threads=False)),
                kernel=seconds(lambda: by_numba(trained().tables.layout, X)),
                write=write_once(folder / "plain.db", rows),
            )
            for _ in range(BATCHES)
        ]
    medians = Taken(*(median(of_one) for of_one in zip(*map(astuple, taken), strict=True)))
    print("seconds:", {name: round(value, 2) for name, value in asdict(medians).items()}, file=sys.stderr)
    return medians


def whole_once(folder: Path, log: Path) -> float:
    """Seconds of one batch into a fresh copy of the database."""
    shutil.copytree(folder / "template", folder / "run")
    with records(folder / "run") as database:
        taken = seconds(lambda: assess(log, database))
    shutil.rmtree(folder / "run")
    return taken


def shap_once(X: np.ndarray) -> float:
    """Seconds a case: the median over some hundreds of cases each time, since a short look is easily disturbed."""
    few = X[:SHAP_CASES]
    return median(seconds(lambda: explainer().shap_values(few)) for _ in range(SHAP_LOOKS)) / SHAP_CASES


def write_once(path: Path, rows: pa.Table) -> float:
    """Seconds of writing the rows plainly into a new file."""
    taken = seconds(lambda: write_plainly(path, rows))
    for left in path.parent.glob(f"{path.name}*"):
        left.unlink()
    return taken


def assess(log: Path, database: Database) -> None:
    """What assessing does between reading its options and telling the result: block by block into the records."""
    for _, assessed in carried(blocks_of(read_cases(log)), in_trial()):
        store_assessments(database, in_rows(assessed), queue=False)


def in_trial() -> Standard:
    """A case type that is measured: its cases are assessed and stored, and wait for nobody."""
    return replace(standard(), phase="trial")


def read_cases(log: Path) -> Cases:
    """The file's cases, facts typed."""
    read = read_log(log, first_events_only=True)
    return Cases(facts(read, case_type()), read.arrivals, read.consents)


def rows_of(many: Cases) -> pa.Table:
    """Their assessments as rows for the records."""
    return pa.concat_tables(in_rows(assessed) for _, assessed in carried(blocks_of(many), in_trial()))


def in_rows(assessed: Assessed) -> pa.Table:
    """One block's rows, each of the first version of its facts."""
    versions = np.ones(len(assessed), dtype=np.int64)
    return assessment_rows(assessed, made_at="2026-01-01T00:00:00.000000Z", facts_versions=versions)


def write_log(path: Path, many: Cases) -> None:
    """One event a case, as a municipality would export it."""
    n = len(many)
    columns = {
        "case_id": pa.array(many.facts.case_ids, pa.string()),
        "activity": pa.repeat("receive", n),
        "timestamp": pa.array(many.arrivals, pa.timestamp("us", tz="UTC")),
        "resource": pa.repeat("desk", n),
    }
    for name, column in many.facts.columns.items():
        if column.kind in CODED:
            codes = pa.array(column.values, mask=column.values < 0)
            columns[f"case:{name}"] = pa.array(column.levels).take(codes)
        else:
            columns[f"case:{name}"] = pa.array(column.values, from_pandas=True)
    pq.write_table(pa.table(columns), path)


@contextmanager
def records(folder: Path) -> Iterator[Database]:
    """The workspace's database in `folder`, made where it is not there."""
    folder.mkdir(exist_ok=True)
    database = open_database(folder / "stafet.db", heads=open_heads(folder / "audit-heads", folder / "keys"))
    try:
        upgrade(database)
        yield database
    finally:
        database.close()


def put_on_record(database: Database, many: Cases) -> None:
    """The cases themselves, open, each with its salt."""
    ids = many.facts.case_ids.tolist()
    salt = np.random.default_rng(3).bytes(32 * len(ids))
    with database.write() as connection:
        set_state(connection, KEY, weight="light", status="trial", phase="trial", actor="system")
        driver = connection.connection.driver_connection
        driver.executemany(
            "INSERT INTO case_file (case_type, case_id, received_at, status, row_version)"
            " VALUES (?, ?, '2020-01-01T00:00:00.000000Z', 'open', 1)",
            ((KEY, one) for one in ids),
        )
        driver.executemany(
            "INSERT INTO case_salt (case_type, case_id, salt) VALUES (?, ?, ?)",
            ((KEY, one, salt[32 * place : 32 * place + 32]) for place, one in enumerate(ids)),
        )


def write_plainly(path: Path, rows: pa.Table) -> None:
    """The same rows by ADBC into a table that has nothing but the unique index."""
    from adbc_driver_sqlite import dbapi

    kinds = {"double": "REAL", "binary": "BLOB", "string": "TEXT"}
    columns = ", ".join(f"{field.name} {kinds.get(str(field.type), 'INTEGER')}" for field in rows.schema)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"CREATE TABLE assessment ({columns}, UNIQUE (case_type, case_id, made_at))")
    with closing(dbapi.connect(str(path))) as connection, closing(connection.cursor()) as cursor:
        cursor.adbc_ingest("assessment", rows, mode="append")
        connection.commit()

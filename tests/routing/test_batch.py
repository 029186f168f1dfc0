"""A batch says of each case what the relay says of it alone, whatever the blocks and the number of workers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from config.errors import InputError
from explain.batch_reasons import reasons_column
from models.assessment_store import ASSESSMENT_SCHEMA
from routing.assessed import Assessed, gate_counts
from routing.assessed_parquet import parquet_out
from routing.assessed_rows import assessment_rows, unpacked
from routing.batch import Tally, blocks_of, carried, poured
from routing.lanes import Lanes, one_lane, open_lanes, refuse_open_scheduler
from routing.relay import Cases, Standard, carry

Invented = Callable[[int, int], Cases]


def write(path: Path, cases: Cases, standard: Standard, *, lanes: Lanes = one_lane, size: int = 100) -> Tally:
    tally = Tally()
    features = standard.trained.features if standard.trained is not None else ()
    with parquet_out(path, features, standard.case_type) as out:
        for _ in poured(carried(blocks_of(cases, size), standard, lanes=lanes), [tally.add, out]):
            pass
    return tally


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def rows_as_bytes(assessed: Assessed) -> list[bytes]:
    made_at = "2024-06-01T00:00:00.000000Z"
    table = assessment_rows(assessed, made_at=made_at, facts_versions=np.ones(len(assessed), dtype=np.int64))
    return [repr(row).encode() for row in table.to_pylist()]


def test_blocks_hold_every_case_once_and_in_order(invented: Invented) -> None:
    cases = invented(257, 1)
    blocks = list(blocks_of(cases, 100))
    assert [len(block) for block in blocks] == [100, 100, 57]
    assert np.concatenate([block.facts.case_ids for block in blocks]).tolist() == cases.facts.case_ids.tolist()
    assert [len(block.consents["debt"]) for block in blocks] == [100, 100, 57]
    assert next(iter(blocks_of(invented(1, 1), 100))).arrivals.shape == (1,)


@pytest.mark.parametrize("size", [1, 7, 256, 1000])
def test_any_block_size_gives_the_same_bits(standard: Standard, invented: Invented, size: int) -> None:
    cases = invented(257, 5)
    whole = rows_as_bytes(carry(cases, standard))
    cut = [row for _, assessed in carried(blocks_of(cases, size), standard) for row in rows_as_bytes(assessed)]
    assert cut == whole


@pytest.mark.parametrize("workers", [2, 5])
def test_any_number_of_workers_writes_the_same_file(
    standard: Standard, invented: Invented, tmp_path: Path, workers: int
) -> None:
    cases = invented(700, 6)
    alone = write(tmp_path / "one.parquet", cases, standard)
    with open_lanes(workers) as lanes:
        together = write(tmp_path / "many.parquet", cases, standard, lanes=lanes)
    assert sha256(tmp_path / "one.parquet") == sha256(tmp_path / "many.parquet")
    assert (alone.routes, alone.gates_closed) == (together.routes, together.gates_closed)


def test_the_tally_counts_what_the_relay_says(standard: Standard, invented: Invented, tmp_path: Path) -> None:
    cases = invented(900, 8)
    whole = carry(cases, standard)
    tally = write(tmp_path / "out.parquet", cases, standard)
    assert tally.cases == 900
    assert tally.routes == {"draft": int(whole.is_draft.sum()), "caseworker": int((~whole.is_draft).sum())}
    assert tally.drafts > 0
    assert tally.gates_closed == gate_counts(whole.gates)
    assert whole.scores is not None
    assert standard.guarantee is not None
    below = standard.guarantee.below(whole.scores.raw, {})
    assert tally.simple_share == (below & ~whole.scores.novel).mean()


def test_the_file_says_what_was_assessed(standard: Standard, invented: Invented, tmp_path: Path) -> None:
    cases = invented(300, 9)
    whole = carry(cases, standard)
    write(tmp_path / "out.parquet", cases, standard)
    table = pq.read_table(tmp_path / "out.parquet")
    scores = whole.scores
    assert scores is not None
    assert table.schema.names == [
        "case_id", "complexity", "raw_score", "base_value", "contributions", "reasons", "novel", "route", "team",
        "priority", "rule", "gates_closed", "model_version", "rules_version",
    ]  # fmt: skip
    assert table["case_id"].to_pylist() == cases.facts.case_ids.tolist()
    assert np.array_equal(table["raw_score"].to_numpy(), scores.raw)
    assert np.array_equal(table["complexity"].to_numpy(), scores.complexity)
    names = [feature.field for feature in whole.features]
    for row, contributions in enumerate(table["contributions"].to_pylist()):
        assert list(contributions) == names
        total = sum(contributions.values()) + table["base_value"][row].as_py()
        assert total == pytest.approx(scores.raw[row], abs=1e-6)
    assert table["gates_closed"].to_pylist() == [list(whole.gates_closed_of(row)) for row in range(300)]
    assert table["route"].to_pylist() == [whole.route_of(row) for row in range(300)]
    assert table["rule"].to_pylist() == [whole.rule_of(row) for row in range(300)]
    assert table["team"].to_pylist() == [whole.word_of(whole.teams, int(code)) for code in whole.team]
    said = reasons_column(
        scores.contributions, whole.inputs, whole.features, standard.case_type, facts=cases.facts
    )
    assert table["reasons"].to_pylist() == said.to_pylist()
    assert set(table["model_version"].to_pylist()) == {"1"}


def test_a_heavy_type_is_written_without_score_and_with_empty_lists(
    standard: Standard, invented: Invented, tmp_path: Path
) -> None:
    heavy = replace(standard, case_type=standard.case_type.model_copy(update={"weight": "heavy"}), trained=None)
    tally = write(tmp_path / "out.parquet", invented(50, 2), heavy, size=20)
    table = pq.read_table(tmp_path / "out.parquet")
    assert tally.routes == {"draft": 0, "caseworker": 50}
    assert tally.simple_share == 0.0
    assert table["raw_score"].null_count == 50
    assert table["contributions"].to_pylist() == [[]] * 50
    assert table["reasons"].to_pylist() == [[]] * 50
    rows = assessment_rows(
        carry(invented(5, 2), heavy), made_at="2024-06-01T00:00:00.000000Z", facts_versions=np.ones(5, dtype=int)
    )
    for name in ("raw_score", "complexity", "base_value", "inputs", "contributions"):
        assert rows[name].null_count == 5


def test_no_cases_make_an_empty_file(standard: Standard, invented: Invented, tmp_path: Path) -> None:
    tally = write(tmp_path / "out.parquet", invented(0, 1), standard)
    assert tally.simple_share is None
    assert tally.routes == {"draft": 0, "caseworker": 0}
    assert pq.read_table(tmp_path / "out.parquet").num_rows == 0


def test_a_batch_that_fails_half_way_leaves_the_old_file(
    standard: Standard, invented: Invented, tmp_path: Path
) -> None:
    path = tmp_path / "out.parquet"
    path.write_bytes(b"what was there")

    def breaking() -> Iterator[Cases]:
        yield invented(10, 1)
        raise InputError("the second block cannot be read")

    with pytest.raises(InputError), parquet_out(path, (), standard.case_type) as out:
        for _ in poured(carried(breaking(), replace(standard, trained=None)), [out]):
            pass
    assert path.read_bytes() == b"what was there"
    assert list(tmp_path.iterdir()) == [path]


def test_another_ending_than_parquet_is_refused(standard: Standard, tmp_path: Path) -> None:
    with (
        pytest.raises(InputError, match=r"end in \.parquet"),
        parquet_out(tmp_path / "out.csv", (), standard.case_type),
    ):
        pass


def test_rows_for_the_records_hold_the_same_numbers(standard: Standard, invented: Invented) -> None:
    assessed = carry(invented(120, 4), standard)
    assert assessed.scores is not None
    versions = np.arange(120, dtype=np.int64) + 1
    rows = assessment_rows(assessed, made_at="2024-06-01T00:00:00.000000Z", facts_versions=versions)
    assert rows.schema == ASSESSMENT_SCHEMA
    for row, stored in enumerate(rows.to_pylist()):
        assert unpacked(stored["contributions"]).tobytes() == assessed.scores.contributions[row].tobytes()
        assert stored["inputs"] is None
        assert tuple(json.loads(stored["gates_closed"])) == assessed.gates_closed_of(row)
        assert stored["facts_version"] == row + 1
        due = assessed.contact_by[row]
        assert (stored["contact_by"] is None) == bool(np.isnat(due))


def test_of_the_inputs_only_those_that_the_facts_cannot_tell_again_are_kept(
    standard: Standard, invented: Invented
) -> None:
    assessed = carry(invented(4, 4), standard)
    features = (*assessed.features[:-1], replace(assessed.features[-1], is_derived=True))
    rows = assessment_rows(
        replace(assessed, features=features),
        made_at="2024-06-01T00:00:00.000000Z",
        facts_versions=np.ones(4, dtype=np.int64),
    )
    kept = [unpacked(stored).tolist() for stored in rows["inputs"].to_pylist()]
    np.testing.assert_array_equal(kept, assessed.inputs[:, [-1]])


def test_lanes_take_few_blocks_before_their_turn() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    with open_lanes(3) as lanes:
        results = lanes(lambda number: number * 2, items())
        assert next(results) == 0
        assert len(taken) <= 7
        assert list(results) == [number * 2 for number in range(1, 100)]


def test_an_error_in_one_block_reaches_the_caller() -> None:
    def work(number: int) -> int:
        if number == 3:
            raise InputError("block 3")
        return number

    with open_lanes(2) as lanes, pytest.raises(InputError, match="block 3"):
        list(lanes(work, range(10)))


@pytest.mark.parametrize(
    "url",
    ["tcp://127.0.0.1:8786", "tcp://[::1]:8786", "tcp://localhost:8786", "tls://10.0.0.7:8786", "tls://dask.dk:1"],
)
def test_schedulers_on_this_machine_or_behind_tls_are_accepted(url: str) -> None:
    assert refuse_open_scheduler(url) is None


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("tcp://10.0.0.7:8786", "in the clear"),
        ("tcp://dask.example.dk:8786", "in the clear"),
        ("tcp://0.0.0.0:8786", "in the clear"),
        ("tcp://127.0.0.1.example.dk:8786", "in the clear"),
        ("tcp://localhost@10.0.0.7:8786", "in the clear"),
        ("http://127.0.0.1:8786", "write tls://"),
        ("10.0.0.7:8786", "write tls://"),
        ("tcp://127.0.0.1", "write tls://"),
        ("tcp://127.0.0.1:x", "write tls://"),
        ("", "write tls://"),
    ],
)
def test_a_scheduler_that_others_could_listen_to_is_refused(url: str, said: str) -> None:
    with pytest.raises(InputError, match=said), open_lanes(scheduler=url):
        pass


def test_fewer_than_one_worker_is_refused() -> None:
    with pytest.raises(InputError, match="at least one"), open_lanes(0):
        pass


def test_a_dask_scheduler_writes_the_same_file(standard: Standard, invented: Invented, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    cases = invented(300, 6)
    write(tmp_path / "one.parquet", cases, standard)
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=2, processes=False, protocol="tcp", host="127.0.0.1",
            dashboard_address=None,
        ) as cluster,
        open_lanes(scheduler=cluster.scheduler_address) as lanes,
    ):  # fmt: skip
        write(tmp_path / "dask.parquet", cases, standard, lanes=lanes)
    assert sha256(tmp_path / "one.parquet") == sha256(tmp_path / "dask.parquet")


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("routing.lanes.CONNECT_SECONDS", 1)
    with pytest.raises(InputError, match="no Dask scheduler answers"), open_lanes(scheduler="tcp://127.0.0.1:9"):
        pass

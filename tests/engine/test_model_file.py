"""A stored model comes back with the same bits, or not at all."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
import skops.io
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sklearn.ensemble import HistGradientBoostingClassifier

from config.errors import InputError, RefusedError, TamperError
from engine import model_file
from engine.boosting import TreeSettings
from engine.calibration import Calibrator
from engine.contributions.exact import exact_contributions
from engine.contributions.oracle import ask_shap, invented_inputs
from engine.feature import Feature
from engine.guarantee import GroupResult, Guarantee, Promise, Why
from engine.model_file import FILE_NAME, HEADER, load, save
from engine.novelty import Novelty, Pair
from engine.plain_records import from_plain, to_plain
from engine.trained import TrainedComplexity
from engine.training_report import GroupFigures, GuaranteeFigures, TrainingReport

NEVER_MET = Pair(0, 1, np.eye(3, dtype=bool))
WHY = Why("only {cases} cases", {"cases": 12})


def inputs(n: int = 500) -> np.ndarray:
    random = np.random.default_rng(1)
    X = np.round(random.normal(size=(n, 4)), 1)
    X[random.random(X.shape) < 0.1] = np.nan
    return X


@pytest.fixture(scope="module")
def trained() -> TrainedComplexity:
    X = inputs()
    is_complex = np.nan_to_num(X).sum(axis=1) > 0.4
    classifier = HistGradientBoostingClassifier(max_iter=30, max_leaf_nodes=8, early_stopping=False)
    classifier.fit(X, is_complex)
    figures = GuaranteeFigures(
        0.05,
        0.95,
        "could_draft",
        -2.5,
        None,
        0.3,
        0.2,
        100,
        None,
        {"channel": {"": GroupFigures(9, None, 0.0, None)}},
    )
    report = TrainingReport(
        "fines", 500, 480, 0.25, (0.2, 0.3), 60.0, ("amount",), {"record": "constant"}, 0.8, 0.5, None, 0.01,
        figures, {"trees": 30}, 0.02, None, ("one note",),
    )  # fmt: skip
    return TrainedComplexity(
        case_type="fines",
        features=(
            Feature("amount", "number", usual=3.5),
            Feature("channel", "category", ("desk", "post"), "post", 0.7, rare_levels=("fax",)),
            Feature("received", "date", usual=None),
            Feature("arrivals_7", "number", is_derived=True),
        ),
        classifier=classifier,
        tables=exact_contributions(classifier),
        calibrator=Calibrator(np.array([-1.0, 0.1, 2.0]), np.array([0.1, 0.2, 0.9]), 0.0, 0.0, 0.002),
        novelty=Novelty(np.full(4, -9.0), np.full(4, 9.0), np.ones(4, bool), (NEVER_MET,), 0.1),
        settings=TreeSettings(trees=30, l2=2.5),
        seed=7,
        cuts=(np.datetime64("2024-05-01T12:00:00.000001", "us"), np.datetime64("NaT", "us")),
        guarantee=Guarantee(
            Promise(also_within=("channel",)), "could_draft", 1, 0.025,
            (GroupResult((("channel", None),), 40, -2.5, None), GroupResult((("channel", "post"),), 9, None, WHY)),
            (), None,
        ),
        report=report,
    )  # fmt: skip


def test_a_loaded_model_scores_with_the_same_bits(trained: TrainedComplexity, tmp_path: Path) -> None:
    sha256 = save(trained, tmp_path)
    again = load(tmp_path, case_type="fines", expected_sha256=sha256)
    assert hashlib.sha256((tmp_path / FILE_NAME).read_bytes()).hexdigest() == sha256
    X = inputs()
    before, after = trained.tables.contributions(X), again.tables.contributions(X)
    assert np.array_equal(before[0], after[0])
    assert np.array_equal(before[1], after[1])
    assert again.tables.base_value == trained.tables.base_value
    assert np.array_equal(again.classifier.decision_function(X), trained.classifier.decision_function(X))


def test_everything_beside_the_trees_comes_back_as_it_was(trained: TrainedComplexity, tmp_path: Path) -> None:
    again = load(tmp_path, case_type="fines", expected_sha256=save(trained, tmp_path))
    for one in fields(trained):
        if one.name not in ("classifier", "tables"):
            before, after = getattr(trained, one.name), getattr(again, one.name)
            assert type(before) is type(after)
            assert repr(before) == repr(after), one.name
    assert again.cuts[0] == trained.cuts[0]
    assert str(again.guarantee.groups[1].why) == "only 12 cases"


def test_saving_twice_leaves_one_file_and_nothing_unfinished(trained: TrainedComplexity, tmp_path: Path) -> None:
    save(trained, tmp_path / "fines" / "v1")
    sha256 = save(trained, tmp_path / "fines" / "v1")
    assert [path.name for path in (tmp_path / "fines" / "v1").iterdir()] == [FILE_NAME]
    assert load(tmp_path / "fines" / "v1", case_type="fines", expected_sha256=sha256).case_type == "fines"


@pytest.fixture(scope="module")
def stored(trained: TrainedComplexity, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, str]:
    folder = tmp_path_factory.mktemp("stored")
    sha256 = save(trained, folder)
    return (folder / FILE_NAME).read_bytes(), sha256


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), flipped=st.integers(1, 255))
def test_a_file_changed_by_a_byte_is_refused(
    stored: tuple[bytes, str], tmp_path: Path, place: float, flipped: int
) -> None:
    content, sha256 = bytearray(stored[0]), stored[1]
    content[int(place * len(content))] ^= flipped
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(TamperError, match="not the file that was recorded") as told:
        load(tmp_path, case_type="fines", expected_sha256=sha256)
    assert told.value.exit_code == 2


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not an archive"])
def test_a_cut_or_foreign_file_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(TamperError):
        load(tmp_path, case_type="fines", expected_sha256="0" * 64)


def test_a_changed_file_is_never_opened(
    trained: TrainedComplexity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(trained, tmp_path)
    monkeypatch.setattr(skops.io, "loads", lambda *_, **__: pytest.fail("opened"))
    with pytest.raises(TamperError):
        load(tmp_path, case_type="fines", expected_sha256="0" * 64)


def test_a_model_of_another_case_type_is_refused_by_name(trained: TrainedComplexity, tmp_path: Path) -> None:
    sha256 = save(trained, tmp_path)
    for expected in (sha256, "0" * 64):
        with pytest.raises(InputError, match="was trained for 'fines', not for 'permits'"):
            load(tmp_path, case_type="permits", expected_sha256=expected)


def test_another_format_is_refused(
    trained: TrainedComplexity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_file, "FORMAT", 2)
    sha256 = save(trained, tmp_path)
    monkeypatch.undo()
    with pytest.raises(InputError, match="has format 2, this version of Stafet reads 1"):
        load(tmp_path, case_type="fines", expected_sha256=sha256)


def test_no_model_says_to_train(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="run `stafet train fines`"):
        load(tmp_path, case_type="fines", expected_sha256="0" * 64)


def test_a_type_that_is_not_trusted_is_refused_even_with_the_right_hash(tmp_path: Path) -> None:
    archive = io.BytesIO(skops.io.dumps({"trained": Path("/etc")}))
    with zipfile.ZipFile(archive, "a") as file:
        file.writestr(HEADER, json.dumps({"format": 1, "case_type": "fines"}))
    (tmp_path / FILE_NAME).write_bytes(archive.getvalue())
    with pytest.raises(InputError, match="types that Stafet does not trust"):
        load(tmp_path, case_type="fines", expected_sha256=hashlib.sha256(archive.getvalue()).hexdigest())


def test_tables_that_differ_from_what_shap_said_are_refused_on_saving(
    trained: TrainedComplexity, tmp_path: Path
) -> None:
    X = inputs()
    other = HistGradientBoostingClassifier(max_iter=5).fit(X, np.nan_to_num(X[:, 0]) > 0)
    with pytest.raises(RefusedError, match="differ from shap's"):
        save(replace(trained, tables=exact_contributions(other)), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_invented_cases_reach_both_sides_of_every_split(trained: TrainedComplexity) -> None:
    layout = exact_contributions(trained.classifier).layout
    X = invented_inputs(trained.classifier, 2000)
    assert np.isnan(X).any()
    assert ask_shap(trained.classifier, X[:50]).check(trained.tables) < 1e-9
    for feature in range(4):
        known = layout.thresholds[layout.threshold_start[feature] : layout.threshold_start[feature + 1]]
        assert np.isin(known, X[:, feature]).all()


FULL_DISK = """
import resource, sys
from pathlib import Path
from config.errors import InputError
from engine.whole_file import written_whole
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    with written_whole(Path(sys.argv[1])) as unfinished:
        unfinished.write_bytes(b"x" * 100_000)
except InputError as error:
    print(error)
    sys.exit(error.exit_code)
"""


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    for target, before in ((tmp_path / FILE_NAME, b"old"), (tmp_path / "new" / "v1" / FILE_NAME, None)):
        if before is not None:
            target.write_bytes(before)
        ran = subprocess.run(
            [sys.executable, "-c", FULL_DISK, target], capture_output=True, text=True, check=False
        )
        assert ran.returncode == 2, ran.stderr
        assert "the disk is full" in ran.stdout
        assert (target.read_bytes() if before is not None else target.exists()) == (before or False)
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_a_folder_that_cannot_be_written_is_named(trained: TrainedComplexity, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(InputError, match=r"file.*cannot be written"):
        save(trained, tmp_path / "file" / "v1")


def test_a_dataclass_that_nobody_named_is_not_stored() -> None:
    with pytest.raises(TypeError, match="Why is not among the records"):
        to_plain({"a": [WHY]}, (Feature,))


def test_a_record_with_other_fields_is_refused() -> None:
    stored = to_plain(WHY, (Why,))
    assert from_plain(stored, (Why,)) == WHY
    with pytest.raises(InputError, match="differ in colour"):
        from_plain({**stored, "colour": 1}, (Why,))
    with pytest.raises(InputError, match="differ in sentence"):
        from_plain({"(record)": "Why"}, (Why,))
    with pytest.raises(InputError, match="does not know"):
        from_plain(stored, (Feature,))

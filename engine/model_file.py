"""A trained complexity in a file: written whole or not at all, read only if it is the file that is on record.

The file is a skops archive (never pickle): scikit-learn's estimator and, for all else, plain values. Its types are
checked against TRUSTED_TYPES, a constant of this version. The tables of contributions are not stored: they are
built anew at each load, and checked against what shap said of some invented cases at the time of saving.
"""

from __future__ import annotations

import functools
import hashlib
import io
import json
import zipfile
import zlib
from dataclasses import fields
from pathlib import Path
from typing import Any

from config.errors import InputError, Place, TamperError
from engine.boosting import TreeSettings
from engine.calibration import Calibrator
from engine.contributions.exact import exact_contributions
from engine.contributions.oracle import OracleSample, ask_shap, invented_inputs
from engine.feature import Feature
from engine.guarantee import GroupResult, Guarantee, Promise, Why
from engine.novelty import Novelty, Pair
from engine.plain_records import from_plain, to_plain
from engine.trained import TrainedComplexity
from engine.training_report import GroupFigures, GuaranteeFigures, TrainingReport
from engine.whole_file import written_whole

FILE_NAME = "model.skops"
FORMAT = 1
HEADER = "stafet.json"
HEADER_BYTES = 10_000
CASES_TO_CHECK = 32
MOST_KEPT = 8

TRUSTED_TYPES = ("sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",)
"""Beside what skops trusts by itself (numpy, public classes of scikit-learn): the boosted trees."""

RECORDS: tuple[type, ...] = (
    Calibrator,
    Feature,
    GroupFigures,
    GroupResult,
    Guarantee,
    GuaranteeFigures,
    Novelty,
    OracleSample,
    Pair,
    Promise,
    TrainingReport,
    TreeSettings,
    Why,
)
DERIVED = "tables"
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    TypeError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


class ChangedModelError(TamperError):
    """The model file is not the one on record; for a command that needs it this is bad input (exit code 2)."""

    exit_code = 2


def save(trained: TrainedComplexity, folder: Path) -> str:
    """Write `folder`/model.skops, whole or not at all, and give its SHA-256 (hex) for the record.

    Raises:
        InputError: the disk is full, or the folder cannot be written; nothing half-written stays.
    """
    import skops.io

    checked = ask_shap(trained.classifier, invented_inputs(trained.classifier, CASES_TO_CHECK))
    checked.check(trained.tables)
    stored = {
        one.name: to_plain(getattr(trained, one.name), RECORDS) for one in fields(trained) if one.name != DERIVED
    }
    payload = {"trained": stored, "oracle": to_plain(checked, RECORDS)}
    archive = io.BytesIO(skops.io.dumps(payload, compression=zipfile.ZIP_DEFLATED))
    with zipfile.ZipFile(archive, "a") as file:
        file.writestr(HEADER, json.dumps({"format": FORMAT, "case_type": trained.case_type}))
    content = archive.getvalue()
    with written_whole(folder / FILE_NAME) as unfinished:
        unfinished.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def load(folder: Path, *, case_type: str, expected_sha256: str) -> TrainedComplexity:
    """Read `folder`/model.skops, if it is the model of `case_type` that is on record.

    Raises:
        InputError: no such file, another case type's, or another version's.
        TamperError: not the bytes that were recorded; nothing in the file has then been opened.
        RefusedError: the tables no longer say what shap said when the model was saved.
    """
    path = folder / FILE_NAME
    content = _read(path, case_type)
    if hashlib.sha256(content).hexdigest() != expected_sha256:
        _refuse_other_case_type(content, path, case_type)
        raise ChangedModelError(
            f"the model of '{case_type}' is not the file that was recorded when it was trained; restore"
            f" {path.name} from a backup, or train again",
            Place(path),
        )
    _refuse_other_case_type(content, path, case_type)
    from skops.io.exceptions import UntrustedTypesFoundException

    try:
        return _opened(content)
    except UntrustedTypesFoundException as error:
        raise InputError(f"the model file holds types that Stafet does not trust: {error}", Place(path)) from error


@functools.lru_cache(maxsize=MOST_KEPT)  # the file is read and hashed each time; the same bytes say the same
def _opened(content: bytes) -> TrainedComplexity:
    payload = _restored(content)
    tables = exact_contributions(payload["trained"]["classifier"])
    payload["oracle"].check(tables)
    return TrainedComplexity(**payload["trained"], tables=tables)


def _read(path: Path, case_type: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"there is no model here; run `stafet train {case_type}`", Place(path)) from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"the model cannot be read ({reason}); mend the file's rights", Place(path)) from error


def _refuse_other_case_type(content: bytes, path: Path, case_type: str) -> None:
    """Refuse by the archive's plain header, which opens nothing else; an unreadable one says nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(HEADER) as file:
            header = json.loads(file.read(HEADER_BYTES))
        found, version = str(header["case_type"]), header["format"]
    except UNREADABLE:
        return
    if found != case_type:
        raise InputError(f"this model was trained for '{found}', not for '{case_type}'; put it back", Place(path))
    if version != FORMAT:
        raise InputError(
            f"the model file has format {version}, this version of Stafet reads {FORMAT}; train again", Place(path)
        )


def _restored(content: bytes) -> dict[str, Any]:
    """The payload of an archive whose hash is on record."""
    import skops.io

    payload = skops.io.loads(content, trusted=list(TRUSTED_TYPES))
    restored: dict[str, Any] = from_plain(payload, RECORDS)
    return restored

"""Models that have said something of a case, read from their files once and kept for later pages."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from config.errors import StafetError
from config.workspace import Workspace
from models.database import Database
from models.training_store import ModelOnRecord, latest_model, models_of
from routing.measurements import guarantee_in_force

if TYPE_CHECKING:
    from engine.feature import Feature
    from engine.novelty import Novelty
    from engine.trained import TrainedComplexity
    from explain.simple_if import Score

MOST_KEPT = 8


@dataclass(frozen=True)
class ModelInWords:
    """What a page needs to say what a model meant.

    Attributes:
        usual: share of complex cases among the labelled ones.
        limit: complexity at the threshold in force, None where nothing is proved.
        tried: complexity and novelty of cases as they might have been.
    """

    version: str
    features: tuple[Feature, ...]
    usual: float
    limit: float | None
    novelty: Novelty
    is_level: bool
    tried: Score

    @property
    def fields(self) -> frozenset[str]:
        """The names of the features."""
        return frozenset(feature.field for feature in self.features)


@dataclass
class ModelsRead:
    """The few models that pages speak of, by case type and version; safe to share between threads."""

    workspace: Workspace
    kept: dict[tuple[str, str], TrainedComplexity] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def in_words(self, connection: sa.Connection, case_type: str, version: str) -> ModelInWords:
        """One model.

        Raises:
            InputError, TamperError: its file is gone, or not the one on record.
        """
        on_record, trained = self._on_record(connection, case_type, version)
        guarantee = guarantee_in_force(connection, on_record, trained)
        limit = None
        if guarantee.threshold is not None:
            limit = float(trained.calibrator.complexity(np.array([guarantee.threshold]))[0])
        return ModelInWords(
            version,
            trained.features,
            trained.report.base_rate,
            limit,
            trained.novelty,
            trained.calibrator.is_level,
            lambda inputs: complexity_and_novelty(trained, inputs),
        )

    def inputs_then(self, connection: sa.Connection, assessment: Mapping[str, Any]) -> NDArray[np.float64]:
        """The model's input (p,) from which a scored assessment was made; raises as above."""
        from routing.recompute import inputs_then

        _, trained = self._on_record(connection, assessment["case_type"], assessment["model_version"])
        return inputs_then(connection, assessment, trained)

    def read_ahead(self, database: Database, case_types: Iterable[str]) -> threading.Thread:
        """Read the newest models beside the server's first pages, so that nobody waits for them; the thread."""

        def read() -> None:
            for case_type in case_types:
                with suppress(StafetError), database.read() as connection:  # whoever opens the page is told
                    newest = latest_model(connection, case_type)
                    if newest is not None:
                        self._trained(case_type, newest.version, newest.sha256)

        thread = threading.Thread(target=read, name="models read ahead", daemon=True)
        thread.start()
        return thread

    def _on_record(
        self, connection: sa.Connection, case_type: str, version: str
    ) -> tuple[ModelOnRecord, TrainedComplexity]:
        on_record = next(one for one in models_of(connection, case_type) if one.version == version)
        return on_record, self._trained(case_type, version, on_record.sha256)

    def _trained(self, case_type: str, version: str, sha256: str) -> TrainedComplexity:
        from engine import model_file

        key = (case_type, version)
        with self.lock:
            if key not in self.kept:
                folder = self.workspace.trained_folder(case_type, version)
                loaded = model_file.load(folder, case_type=case_type, expected_sha256=sha256)
                while len(self.kept) >= MOST_KEPT:
                    self.kept.pop(next(iter(self.kept)))
                self.kept[key] = loaded
            return self.kept[key]


def complexity_and_novelty(
    trained: TrainedComplexity, inputs: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """What a model makes of cases with these inputs (n, p)."""
    scores = trained.score(inputs)
    return scores.complexity, scores.novel

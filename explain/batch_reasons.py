"""Reasons of many cases as one Arrow column, for `assess --out`: each distinct sentence is said once.

They are the reasons of `reasons.reasons_for`, found for all cases at once; a test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from config.case_type import CaseType
from config.columns import CODED, Frame
from engine.feature import Feature
from explain.ranking import Ranked, grouped, ranked
from explain.reasons import MOST_REASONS, MUCH_LOG_ODDS, SOME_LOG_ODDS, Reason, others_together, reason_of
from explain.sentences import ReasonSpeaker

REASON_TYPE = pa.struct(
    [
        ("field", pa.string()),
        ("direction", pa.string()),
        ("strength", pa.string()),
        ("value", pa.string()),
        ("usual", pa.string()),
        ("contribution", pa.float64()),
        ("da", pa.string()),
        ("en", pa.string()),
    ]
)
TEXTS = ("field", "direction", "strength", "value", "usual", "da", "en")
RARE_FROM = 1e9
"""Numbers from here on stand for a rare word: RARE_FROM + its code in the case's own column."""


@dataclass(frozen=True)
class Written:
    """Reasons in the order of their cases: `distinct` reasons with their texts, `which` (m,) points into them."""

    texts: Mapping[str, list[str | None]]
    which: NDArray[np.intp]


def reasons_column(
    contributions: NDArray[np.float64],
    inputs: NDArray[np.float64],
    features: Sequence[Feature],
    case_type: CaseType,
    *,
    facts: Frame,
    most: int = MOST_REASONS,
) -> pa.ListArray:
    """A list of reasons for each of n cases: named ones, strongest first, then the remainder with field null.

    `contributions` and `inputs` are (n, p); `facts` holds the cases' own words, for what the model calls rare.
    """
    rank = ranked(contributions, grouped(features), most)
    rows, slots = np.nonzero(rank.named >= 0)
    groups = rank.named[rows, slots]
    leads = rank.lead[rows, groups]
    left = np.flatnonzero(rank.remainder != 0.0)
    amounts = np.concatenate([rank.sums[rows, groups], rank.remainder[left]])
    seen = np.concatenate([_seen(rows, leads, inputs, features, facts), rank.others[left].astype(np.float64)])
    told = _Telling(features, case_type, facts, rank)
    written = told.distinct(np.concatenate([groups, np.full(len(left), -1)]),
                            np.concatenate([leads, np.full(len(left), -1)]), seen, amounts)  # fmt: skip
    case = np.concatenate([rows, left])
    order = np.argsort(case, kind="stable")
    starts = np.searchsorted(case[order], np.arange(len(contributions) + 1)).astype(np.int32)
    texts = {
        name: pa.array(written.texts[name], pa.string()).take(pa.array(written.which[order])) for name in TEXTS
    }
    columns = [pa.array(amounts[order]) if one.name == "contribution" else texts[one.name] for one in REASON_TYPE]
    return pa.ListArray.from_arrays(
        pa.array(starts), pa.StructArray.from_arrays(columns, fields=list(REASON_TYPE))
    )


def _seen(
    rows: NDArray[np.intp],
    leads: NDArray[np.intp],
    inputs: NDArray[np.float64],
    features: Sequence[Feature],
    facts: Frame,
) -> NDArray[np.float64]:
    """What the model saw in each reason's leading feature; a rare word by its code in the case's own column."""
    seen = inputs[rows, leads]
    for position, feature in enumerate(features):
        column = facts.columns.get(feature.field)
        if feature.levels and column is not None and column.kind in CODED:
            rare = np.flatnonzero((leads == position) & (seen >= feature.rare_code))
            seen[rare] = RARE_FROM + column.values[rows[rare]]
    return seen


class _Telling:
    """Says each distinct reason once, in both languages."""

    def __init__(self, features: Sequence[Feature], case_type: CaseType, facts: Frame, rank: Ranked) -> None:
        self.features = features
        self.facts = facts
        self.rank = rank
        self.da = ReasonSpeaker(case_type, "da")
        self.en = ReasonSpeaker(case_type, "en")

    def distinct(
        self,
        groups: NDArray[np.intp],
        leads: NDArray[np.intp],
        seen: NDArray[np.float64],
        amounts: NDArray[np.float64],
    ) -> Written:
        """Texts of the distinct reasons among m: same group and lead, same value, same direction and strength."""
        size = np.abs(amounts)
        effect = (amounts > 0) * 3 + (size >= SOME_LOG_ODDS).astype(int) + (size >= MUCH_LOG_ODDS)
        texts: dict[str, list[str | None]] = {name: [] for name in TEXTS}
        which = np.zeros(len(amounts), dtype=np.intp)
        place = groups * (len(self.features) + 1) + leads
        for one in np.unique(place):
            here = np.flatnonzero(place == one)
            of_value = np.unique(seen[here], return_inverse=True)[1]
            _, first, of_key = np.unique(of_value * 6 + effect[here], return_index=True, return_inverse=True)
            which[here] = of_key + len(texts["field"])
            for row in here[first]:
                self._tell(texts, int(groups[row]), int(leads[row]), float(seen[row]), float(amounts[row]))
        return Written(texts, which)

    def _tell(self, texts: dict[str, list[str | None]], group: int, lead: int, seen: float, amount: float) -> None:
        reason = self._reason(group, lead, seen, amount)
        said = (
            reason.field, reason.direction, reason.strength, plain_value(reason, reason.value),
            plain_value(reason, reason.usual), self.da(reason), self.en(reason),
        )  # fmt: skip
        for name, text in zip(TEXTS, said, strict=True):
            texts[name].append(text)

    def _reason(self, group: int, lead: int, seen: float, amount: float) -> Reason:
        if group < 0:
            return others_together(amount, int(seen))
        feature = self.features[lead]
        also = tuple(self.features[position].field for position in self.rank.groups[group] if position != lead)
        if not feature.levels or seen < RARE_FROM or np.isnan(seen):
            return reason_of(feature, seen, amount, also)
        code = int(seen - RARE_FROM)
        word = self.facts.columns[feature.field].levels[code] if code >= 0 else None
        return reason_of(feature, feature.rare_code, amount, also, word)


def plain_value(reason: Reason, value: float | str | None) -> str | None:
    """A value for machines: the word, true or false, or the shortest digits; a date as days from arrival.

    Example:
        >>> plain_value(Reason("a", "more", "much", 1.0), 36.0)
        '36'
    """
    if value is None or isinstance(value, str):
        return value
    if reason.kind == "boolean":
        return "true" if value == 1.0 else "false"
    return str(int(value)) if value == int(value) else repr(value)

"""Cutting a tree's leaves into groups, so that each group's table of patterns stays small.

A group is any set of leaves. Its bits are the distinct splits below the deepest node that its leaves share, and
one bit for each distinct feature above that node ("all conditions on it hold"), so a leaf alone needs one bit for
each feature on its path. A tree of 8 leaves is one group of at most 7 bits.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.contributions.paths import Condition, Path, Step
from engine.contributions.trees import CannotTabulateError

MOST_BITS = 8
MOST_FEATURES_ON_A_PATH = 16


@dataclass(frozen=True)
class LeafGroup:
    """Leaves that share one table; the pattern's bits are `above` first, then `splits` (set: goes left)."""

    paths: tuple[Path, ...]

    @property
    def shared_steps(self) -> int:
        """The number of steps from the root that all paths of the group have in common."""
        first, *others = self.paths
        depth = len(first.steps)
        for path in others:
            same = (a == b for a, b in zip(first.steps[:depth], path.steps, strict=False))
            depth = next((number for number, is_same in enumerate(same) if not is_same), depth)
        return depth

    @property
    def above(self) -> dict[int, Condition]:
        """For each feature above the group: all conditions on it at once."""
        joined: dict[int, Condition] = {}
        for step in self.paths[0].steps[: self.shared_steps]:
            feature = step.split.feature
            joined[feature] = joined[feature] & step.condition if feature in joined else step.condition
        return joined

    @property
    def splits(self) -> list[Condition]:
        """The distinct splits inside the group; equal ones share a bit."""
        depth = self.shared_steps
        return list(dict.fromkeys(step.split for path in self.paths for step in path.steps[depth:]))

    @property
    def n_bits(self) -> int:
        """The table has 2**n_bits rows."""
        return len(self.above) + len(self.splits)

    def own_steps(self, path: Path) -> tuple[Step, ...]:
        """The steps of one of the group's paths that lie inside the group."""
        return path.steps[self.shared_steps :]


def cut(paths: list[Path]) -> list[LeafGroup]:
    """The tree's leaves in groups of at most MOST_BITS bits; a leaf with a longer path stands alone.

    Raises:
        CannotTabulateError: more than MOST_FEATURES_ON_A_PATH distinct features on one path.
    """
    longest = max(len(path.features) for path in paths)
    if longest > MOST_FEATURES_ON_A_PATH:
        raise CannotTabulateError(
            f"{longest} distinct features lie on one path of a tree, more than {MOST_FEATURES_ON_A_PATH}"
        )
    return _cut_below(paths, 0)


def _cut_below(paths: list[Path], depth: int) -> list[LeafGroup]:
    whole = LeafGroup(tuple(paths))
    if len(paths) == 1 or whole.n_bits <= MOST_BITS:
        return [whole]
    left = [path for path in paths if path.steps[depth].to_left]
    right = [path for path in paths if not path.steps[depth].to_left]
    return _merge_smallest([*_cut_below(left, depth + 1), *_cut_below(right, depth + 1)])


def _merge_smallest(groups: list[LeafGroup]) -> list[LeafGroup]:
    """Joins the two smallest groups as long as their table stays small enough."""
    while len(groups) > 1:
        first, second, *others = sorted(groups, key=lambda group: group.n_bits)
        joined = LeafGroup(first.paths + second.paths)
        if joined.n_bits > MOST_BITS:
            break
        groups = [joined, *others]
    return groups

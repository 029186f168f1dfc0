"""One root for a set of leaves: any order, no other set."""

from __future__ import annotations

import hashlib
import random

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from models.leaves import leaves
from models.merkle import FAN_OUT, merkle_root

leaf_sets = st.lists(st.binary(min_size=32, max_size=32), max_size=60)


@given(leaf_sets, st.randoms())
def test_order_does_not_matter(found: list[bytes], chance: random.Random) -> None:
    mixed = list(found)
    chance.shuffle(mixed)
    assert merkle_root(mixed) == merkle_root(found)


@given(leaf_sets.filter(bool), st.data())
def test_another_set_has_another_root(found: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(found) - 1))
    other = data.draw(st.binary(min_size=32, max_size=32).filter(lambda leaf: leaf != found[place]))
    assert merkle_root([*found[:place], other, *found[place + 1 :]]) != merkle_root(found)
    assert merkle_root(found[:place] + found[place + 1 :]) != merkle_root(found)
    assert merkle_root([*found, found[place]]) != merkle_root(found)


def test_root_is_the_one_written_down() -> None:
    one = b"a" * 32
    assert merkle_root([one]) == hashlib.sha256(b"\x01" + one).hexdigest()
    many = sorted(hashlib.sha256(bytes([number])).digest() for number in range(FAN_OUT + 1))
    nodes = [hashlib.sha256(b"\x01" + b"".join(part)).digest() for part in (many[:FAN_OUT], many[FAN_OUT:])]
    assert merkle_root(many) == hashlib.sha256(b"\x01" + b"".join(nodes)).hexdigest()


texts = st.one_of(st.none(), st.text(st.characters(codec="utf-8"), max_size=4))
row = st.tuples(texts, texts, texts)


@given(row, row)
def test_rows_that_differ_anywhere_differ_in_their_commitment(
    first: tuple[str | None, ...], second: tuple[str | None, ...]
) -> None:
    def leaf(words: tuple[str | None, ...]) -> bytes:
        values = dict(zip(("case_type", "case_id", "facts"), words, strict=True))
        rest = {"version": 1, "recorded_at": "", "origin": "", "reason": None, "stated": None}
        kinds = {"version": pa.int32()}
        columns = {**values, **rest}
        table = pa.table(
            {name: pa.array([value], kinds.get(name, pa.string())) for name, value in columns.items()}
        )
        return leaves("case_facts", table, [b"s" * 32])[0]

    assert (leaf(first) == leaf(second)) == (first == second)

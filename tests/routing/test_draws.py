"""The draw: nobody can foresee it, and anybody with the key can redo it."""

from __future__ import annotations

import hashlib
import hmac
import stat
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import InputError
from routing.draws import BLIND_REVIEW, FIRST_VIEW, drawn_numbers, read_draw_key

KEY = bytes(range(32))


@given(st.lists(st.text(max_size=20), min_size=1, max_size=20))
def test_one_case_alone_draws_what_it_draws_among_many(case_ids: list[str]) -> None:
    together = drawn_numbers(KEY, BLIND_REVIEW, "fines", case_ids)
    alone = [drawn_numbers(KEY, BLIND_REVIEW, "fines", [one])[0] for one in case_ids]
    assert together.tolist() == alone


@given(st.text(max_size=20))
def test_a_draw_is_the_first_53_bits_of_hmac_sha256(case_id: str) -> None:
    message = f"12:blind_review5:fines{case_id}".encode()
    first = int.from_bytes(hmac.new(KEY, message, hashlib.sha256).digest()[:8], "big") >> 11
    assert drawn_numbers(KEY, BLIND_REVIEW, "fines", [case_id])[0] == first / 2**53


def test_another_key_purpose_or_case_type_draws_differently() -> None:
    ids = [f"A{number}" for number in range(50)]
    ours = drawn_numbers(KEY, BLIND_REVIEW, "fines", ids)
    for other in (
        drawn_numbers(b"x" * 32, BLIND_REVIEW, "fines", ids),
        drawn_numbers(KEY, FIRST_VIEW, "fines", ids),
        drawn_numbers(KEY, BLIND_REVIEW, "fine", ids),
    ):
        assert not np.isclose(ours, other).any()


def test_draws_are_spread_evenly() -> None:
    numbers = drawn_numbers(KEY, BLIND_REVIEW, "fines", range(20_000))
    shares = np.histogram(numbers, bins=20, range=(0, 1))[0] / len(numbers)
    assert np.abs(shares - 0.05).max() < 5 * np.sqrt(0.05 * 0.95 / len(numbers))


def test_the_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "draw.key"
    key = read_draw_key(path)
    assert read_draw_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["draw.key"]


@pytest.mark.parametrize("content", ["", "abc", "zz" * 32, "00" * 31])
def test_a_damaged_key_is_never_replaced(tmp_path: Path, content: str) -> None:
    path = tmp_path / "draw.key"
    path.write_text(content)
    with pytest.raises(InputError, match="restore it from backup"):
        read_draw_key(path)
    assert path.read_text() == content

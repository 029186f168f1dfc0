"""Passwords: hashed with argon2id, and compared in the same time whether or not the user exists."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from config.errors import InputError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST = 8
LONGEST = 1024


@cache
def hasher() -> PasswordHasher:
    """argon2id with the library's parameters (RFC 9106, low memory)."""
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def nobodys_hash() -> str:
    """A hash that no password matches, so that an unknown name takes as long as a wrong password."""
    return hasher().hash("\x00" * 32)


def hash_password(password: str) -> str:
    """The hash to store.

    Raises:
        InputError: the password is too short or absurdly long.
    """
    if len(password) < SHORTEST:
        raise InputError(f"the password has {len(password)} characters; choose one of at least {SHORTEST}")
    if len(password) > LONGEST:
        raise InputError(f"the password has {len(password)} characters; choose one of at most {LONGEST}")
    return hasher().hash(password)


def is_password(stored: str | None, password: str) -> bool:
    """True where the password matches the stored hash; None (no such user, or no password) takes as long."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        matches = hasher().verify(stored or nobodys_hash(), password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return matches and stored is not None

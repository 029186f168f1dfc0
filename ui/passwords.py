"""A password at the command line: asked for unseen, or one line of standard input where nobody types."""

from __future__ import annotations

import getpass
import sys

from config.errors import InputError


def ask(who: str) -> str:
    """The password of somebody who has one already."""
    return getpass.getpass(f"Password of {who}: ", stream=sys.stderr) if sys.stdin.isatty() else _piped()


def ask_new(who: str) -> str:
    """A new password, typed twice by a person."""
    if not sys.stdin.isatty():
        return _piped()
    first = getpass.getpass(f"New password of {who}: ", stream=sys.stderr)
    if getpass.getpass("The same again: ", stream=sys.stderr) != first:
        raise InputError("the two passwords differ; run the command again")
    return first


def _piped() -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise InputError("no password was given; type it at the prompt, or give it as one line on standard input")
    return password

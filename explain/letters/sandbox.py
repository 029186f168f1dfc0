"""Renders the texts of many letters in one child process with limits of time, memory and size.

A text that misbehaves fails its own letter alone: the child is started again behind it, and a text that once ended
the child is never run again.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.errors import InputError, Place

READY = b"ready"
CHILD = Path(__file__).with_name("sandbox_child.py")
Where = Place | Callable[[], Place]


@dataclass(frozen=True)
class Limits:
    """What one text, one letter and the whole child may use."""

    seconds_a_text: float = 1.0
    characters: int = 60_000
    memory_bytes: int = 384 * 1024 * 1024
    seconds_at_most: float = 20.0
    seconds_a_letter: float = 0.25


@dataclass(frozen=True)
class Wanted:
    """One text to render.

    Attributes:
        where: its place in a file, for the error; a function where finding it costs something.
        item: the item of a list that the text is repeated for.
        name: what comes out is known to the texts after it under this name.
    """

    text: str
    where: Where
    item: Mapping[str, Any] | None = None
    name: str | None = None

    @property
    def place(self) -> Place:
        """Where the text stands."""
        return self.where if isinstance(self.where, Place) else self.where()


@dataclass(frozen=True)
class Part:
    """Texts in order and the values that they may name."""

    values: Mapping[str, Any]
    texts: Sequence[Wanted]


@dataclass(frozen=True)
class LetterToRender:
    """One letter in parts; what comes out under a name in one part is known in the next."""

    parts: Sequence[Part]

    @property
    def texts(self) -> Iterator[Wanted]:
        """The texts of every part, in order."""
        return (text for part in self.parts for text in part.texts)


def render(letters: Sequence[LetterToRender], limits: Limits | None = None) -> list[list[str] | InputError]:
    """The rendered texts of each letter, or the one sentence that says which text failed and why."""
    limits = limits or Limits()
    done: list[list[str] | InputError] = []
    ended_the_child: dict[str, str] = {}
    while len(done) < len(letters):
        waiting = letters[len(done) :]
        healthy = _leading(waiting, ended_the_child)
        if not healthy:
            done.append(_refusal(waiting[0], ended_the_child))
            continue
        answers, how_it_ended = _ask_child(healthy, limits)
        done += _sorted_out(healthy, answers, ended_the_child, how_it_ended)
    return done


def render_one(letter: LetterToRender, limits: Limits | None = None) -> list[str]:
    """The rendered texts of one letter.

    Raises:
        InputError: a text cannot be rendered, or uses more than it may.
    """
    [rendered] = render([letter], limits)
    if isinstance(rendered, InputError):
        raise rendered
    return rendered


def _leading(letters: Sequence[LetterToRender], ended_the_child: Mapping[str, str]) -> Sequence[LetterToRender]:
    """The letters before the first with a text that has ended a child before."""
    for number, letter in enumerate(letters):
        if any(one.text in ended_the_child for one in letter.texts):
            return letters[:number]
    return letters


def _refusal(letter: LetterToRender, ended_the_child: Mapping[str, str]) -> InputError:
    culprit = next(one for one in letter.texts if one.text in ended_the_child)
    return InputError(ended_the_child[culprit.text], culprit.place)


def _ask_child(letters: Sequence[LetterToRender], limits: Limits) -> tuple[list[dict[str, str]], str]:
    """The child's answers as far as it came, and what ended it early."""
    allowed = {
        "seconds_a_text": limits.seconds_a_text,
        "characters": limits.characters,
        "memory_bytes": limits.memory_bytes,
    }
    child = subprocess.Popen(  # noqa: S603  this program and its own file; the texts go in by standard input
        [sys.executable, "-I", str(CHILD), json.dumps(allowed)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        close_fds=True,
    )
    seconds = limits.seconds_at_most + limits.seconds_a_letter * len(letters)
    try:
        told, _ = child.communicate("".join(_lines(letters)).encode(), timeout=seconds)
        how = "uses more processor time or memory than a letter may; write it without large numbers"
    except subprocess.TimeoutExpired:
        child.kill()
        told, _ = child.communicate()
        how = f"was not done after {seconds:g} seconds; write it more simply"
    first, *lines = told.splitlines(keepends=True) or [b""]
    if first.strip() != READY:
        raise InputError("the process that renders letters did not start; see that this machine has memory left")
    return [json.loads(line) for line in lines if line.endswith(b"\n")], how


def _lines(letters: Sequence[LetterToRender]) -> Iterator[str]:
    for letter in letters:
        for number, part in enumerate(letter.parts):
            yield json.dumps({"values": part.values, "is_new_letter": number == 0}) + "\n"
            for wanted in part.texts:
                yield json.dumps({"text": wanted.text, "item": wanted.item, "name": wanted.name}) + "\n"


def _sorted_out(
    letters: Sequence[LetterToRender],
    answers: Sequence[Mapping[str, str]],
    ended_the_child: dict[str, str],
    how_it_ended: str,
) -> list[list[str] | InputError]:
    """The answers by letter. The text that the child ended at is remembered, and its letter is the last one."""
    coming = iter(answers)
    done: list[list[str] | InputError] = []
    for letter in letters:
        texts: list[str] = []
        wrong: InputError | None = None
        for wanted in letter.texts:
            answer = next(coming, None)
            if answer is None:
                sentence = f"this text {how_it_ended}"
                ended_the_child[wanted.text] = sentence
                return [*done, InputError(sentence, wanted.place)]
            if "wrong" in answer and wrong is None:
                wrong = InputError(f"this text {answer['wrong']}", wanted.place)
            texts.append(answer.get("text", ""))
        done.append(wrong or texts)
    return done

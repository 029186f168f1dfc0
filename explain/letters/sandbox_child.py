"""Renders texts in a process of its own, under limits that it sets on itself before it reads the first text.

It is run by its path, imports nothing of Stafet and nothing but Jinja, and is given no environment. A line of
standard input is one text to render, or the values of the texts that follow; a line of standard output is one
answer. Values are plain data; no attribute of a Python object, no function, filter or loop counter can be reached.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from typing import Any

from jinja2 import DictLoader, StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

MOST_TEXTS_KEPT = 2_000
READY = "ready"


class TooMuchTimeError(Exception):
    """A text used more processor time than one text may."""


class TooLongError(Exception):
    """A letter holds more characters than a letter may."""


class Said(str):
    """Words that count as no in a condition although they say something, such as `0 kr.` or `Nej`."""

    counts = True

    def __bool__(self) -> bool:
        return self.counts


def as_said(value: Any) -> Any:
    """The values of a case type's own texts: `{said, counts}` becomes words with a yes or no of their own."""
    if not (isinstance(value, dict) and value.keys() == {"said", "counts"}):
        return value
    words = Said(value["said"])
    words.counts = bool(value["counts"])
    return words


class PlainData(ImmutableSandboxedEnvironment):
    """Jinja with placeholders, conditions and loops over given lists; no attributes, calls or filters."""

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=False, cache_size=0, finalize=self.as_text)
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()
        self.loader = DictLoader({})

    @staticmethod
    def as_text(value: Any) -> Any:
        """A word or a number; a list, a flag or nothing is no part of a sentence."""
        if isinstance(value, bool | dict | list | tuple) or value is None:
            raise UndefinedError("a list or a yes-or-no cannot be written out")
        return value

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What a mapping holds under that name; nothing else has attributes here."""
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """What a mapping holds under that name."""
        if isinstance(obj, dict) and isinstance(argument, str) and argument in obj:
            return obj[argument]
        return self.undefined(name=str(argument)[:60])

    def call(self, *_: Any, **__: Any) -> Any:
        """Nothing can be called."""
        raise SecurityError("functions cannot be called here")


def limit(limits: dict[str, int]) -> None:
    """Take away what a text does not need: memory, processes, files; and end by itself after so much time."""
    for name, most in (("AS", limits["memory_bytes"]), ("CORE", 0), ("FSIZE", 0), ("NPROC", 0), ("NOFILE", 16)):
        kind = getattr(resource, f"RLIMIT_{name}")
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))


def limit_time(seconds: float) -> None:
    """One text may use so much processor time: an exception then, and soon after the end of the process.

    The second is for work inside one instruction, such as a huge power, which no exception interrupts.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    at_most = int(used.ru_utime + used.ru_stime + seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (at_most, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    signal.setitimer(signal.ITIMER_PROF, seconds)


def raise_too_much_time(*_: object) -> None:
    """The signal that a text has used its time."""
    raise TooMuchTimeError


class Renderer:
    """Renders one text after another; the values are those of the letter at hand."""

    def __init__(self, limits: dict[str, int]) -> None:
        self.limits = limits
        self.environment = PlainData()
        self.values: dict[str, Any] = {}
        self.named: dict[str, str] = {}
        self.left = 0
        self.kept: dict[str, Any] = {}

    def begin(self, values: dict[str, Any], *, is_new_letter: bool) -> None:
        """A new letter, or another part of the same one, which knows what came out under a name before."""
        if is_new_letter:
            self.named.clear()
            self.left = self.limits["characters"]
        self.values = {name: as_said(value) for name, value in values.items()}

    def render(self, text: str, item: Any, name: str | None) -> str:
        """One text; under `name` what comes out is a value of the texts after it."""
        if len(self.kept) > MOST_TEXTS_KEPT:
            self.kept.clear()
        if text not in self.kept:
            self.kept[text] = self.environment.from_string(text)
        values = {**self.values, **self.named} if item is None else {**self.values, **self.named, "item": item}
        parts = []
        for part in self.kept[text].generate(values):
            self.left -= len(part)
            if self.left < 0:
                raise TooLongError
            parts.append(part)
        whole = "".join(parts)
        if name is not None:
            self.named[name] = whole
        return whole


def answer(renderer: Renderer, told: dict[str, Any], seconds: float) -> dict[str, Any]:
    """What one text comes to, or what is wrong with it, in one sentence."""
    try:
        limit_time(seconds)
        try:
            return {"text": renderer.render(told["text"], told.get("item"), told.get("name"))}
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    except TooMuchTimeError:
        wrong = f"takes more than {seconds:g} s of processor time; write it without loops and large numbers"
    except TooLongError:
        wrong = f"makes the letter longer than {renderer.limits['characters']} characters; write less"
    except MemoryError:
        wrong = "needs more memory than a letter may use; write it without large numbers"
    except RecursionError:
        wrong = "has too many brackets or conditions inside one another; write it more simply"
    except TemplateSyntaxError as error:
        wrong = f"cannot be read: {error.message}"
    except SecurityError as error:
        wrong = f"asks for more than placeholders: {error.message}"
    except TemplateError as error:
        wrong = f"asks for something that is not there: {error.message}"
    except Exception as error:  # whatever a text provokes is told, and the next text goes on
        wrong = f"cannot be made: {type(error).__name__}"
    return {"wrong": " ".join(wrong.split())[:300]}


def main() -> None:
    """Read lines until there are no more."""
    first, *_ = sys.argv[1:]
    limits = json.loads(first)
    limit(limits)
    signal.signal(signal.SIGPROF, raise_too_much_time)
    sys.setrecursionlimit(600)
    renderer = Renderer(limits)
    sys.stdout.write(READY + "\n")
    sys.stdout.flush()
    for line in sys.stdin:
        told = json.loads(line)
        if "values" in told:
            renderer.begin(told["values"], is_new_letter=told["is_new_letter"])
            continue
        sys.stdout.write(json.dumps(answer(renderer, told, limits["seconds_a_text"])) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

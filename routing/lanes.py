"""Lanes that carry blocks side by side, in order: one thread, several, or the workers of a Dask scheduler."""

from __future__ import annotations

import ipaddress
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlsplit

from config.errors import InputError

Item = TypeVar("Item")
Result = TypeVar("Result")
Lanes = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]
"""Takes work and items, gives the results in the order of the items."""

BLOCKS_AHEAD = 2
"""Blocks in the making for each worker: enough to keep it busy, and few enough to keep memory flat."""
CONNECT_SECONDS = 10
LOOPBACK_NAMES = frozenset({"localhost"})


def one_lane(work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """One item after the other."""
    return map(work, items)


@contextmanager
def open_lanes(workers: int = 1, scheduler: str | None = None) -> Iterator[Lanes]:
    """Lanes on this machine's threads, or on a Dask scheduler's workers where its URL is given.

    Raises:
        InputError: fewer than one worker, a scheduler that others could listen to, or one out of reach.
    """
    if workers < 1:
        raise InputError(f"--workers {workers}: at least one worker is needed")
    if scheduler is not None:
        with _dask(scheduler) as lanes:
            yield lanes
    elif workers == 1:
        yield one_lane
    else:
        with ThreadPoolExecutor(workers, thread_name_prefix="lane") as pool:
            yield partial(_in_order, pool.submit, workers * BLOCKS_AHEAD, lambda future: future.result())


def _in_order(
    submit: Callable[..., Any],
    most_ahead: int,
    result_of: Callable[[Any], Result],
    work: Callable[[Item], Result],
    items: Iterable[Item],
) -> Iterator[Result]:
    """Results in the order of the items, with at most so many items taken before their turn."""
    ahead: deque[Any] = deque()
    try:
        for item in items:
            ahead.append(submit(work, item))
            if len(ahead) >= most_ahead:
                yield result_of(ahead.popleft())
        while ahead:
            yield result_of(ahead.popleft())
    finally:
        for left in ahead:
            left.cancel()


def refuse_open_scheduler(url: str) -> None:
    """See that facts about citizens would not cross a network in the clear.

    Raises:
        InputError: not a scheduler's URL, or tcp:// to another machine.

    Example:
        >>> refuse_open_scheduler("tcp://127.0.0.1:8786")
        >>> refuse_open_scheduler("tls://dask.example.dk:8786")
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if host is None or port is None or parts.scheme not in ("tcp", "tls"):
        raise InputError(f"--scheduler {url}: write tls://HOST:PORT, or tcp://127.0.0.1:PORT on this machine")
    if parts.scheme == "tcp" and not _is_this_machine(host):
        raise InputError(
            f"--scheduler {url}: tcp:// would send facts about citizens to {host} in the clear; use tls://"
        )


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in LOOPBACK_NAMES


@contextmanager
def _dask(url: str) -> Iterator[Lanes]:
    refuse_open_scheduler(url)
    try:
        from distributed import Client
    except ImportError as error:
        raise InputError("--scheduler needs Dask; run `pip install stafet[dask]`") from error
    try:
        connect: Any = Client
        client = connect(url, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, TypeError, ValueError) as error:
        raise InputError(
            f"--scheduler {url}: no Dask scheduler answers there within {CONNECT_SECONDS} seconds, or its"
            " certificates are not set (DASK_DISTRIBUTED__COMM__TLS__...); start it, or leave the option out"
        ) from error
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise InputError(f"--scheduler {url}: the scheduler has no workers; start one and run this again")
        submit = partial(client.submit, pure=False)
        yield partial(_in_order, submit, threads * BLOCKS_AHEAD, lambda future: future.result())

"""`stafet serve` as its own process: it says where it is, answers, and stops when told to."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ui.serving import listening

PATIENCE_S = 120


@pytest.fixture
def workspace(trained_workspace, tmp_path) -> Path:
    return Path(shutil.copytree(trained_workspace, tmp_path / "workspace"))


@contextmanager
def serving(workspace: Path, *flags: str) -> Iterator[tuple[subprocess.Popen[str], dict]]:
    serve = [sys.executable, "-m", "ui.cli", "serve", "--workspace", str(workspace)]
    command = [*serve, "--port", "0", "--json", *flags]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        lines = []
        while not (lines and lines[-1].startswith("}")):
            line = process.stdout.readline()
            assert line, process.stderr.read()
            lines.append(line)
        yield process, json.loads("".join(lines))
    finally:
        process.kill()
        process.communicate()


def answer_of(address: str) -> str:
    """What the server says, once it listens."""
    begun = time.monotonic()
    while True:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE_S) as response:
                return response.read().decode()
        except OSError:
            if time.monotonic() - begun > PATIENCE_S:
                raise
            time.sleep(0.1)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_it_answers_where_it_says_and_stops_when_told_to(workspace, workers):
    with serving(workspace, "--workers", workers) as (process, told):
        assert told["workspace"] == str(workspace)
        assert answer_of(f"{told['address']}/health") == "ok"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE_S)
        assert (process.returncode, out) == (0, "")
        assert "Traceback" not in err


def test_a_port_that_is_taken_is_one_sentence(stafet, workspace):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = stafet("serve", "--port", str(port))
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)
    assert f"port {port}" in ran.err
    assert "--port" in ran.err


def test_a_page_does_not_wait_for_the_receipt_of_its_own_headers():
    with listening("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)

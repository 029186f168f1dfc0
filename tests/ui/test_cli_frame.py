"""The frame of the command line: one document or one sentence, whatever happens."""

from __future__ import annotations

import errno
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from config.errors import InputError, Place, RefusedError
from ui import cli
from ui.answer import Answer, as_json, dumps
from ui.command_frame import Run, answering
from ui.faults import one_line, sentence_for

HEAVY = ("numpy", "pandas", "pyarrow", "sklearn", "shap", "numba", "sqlalchemy", "fastapi", "lxml", "pydantic")


@pytest.fixture
def command(monkeypatch, capsys):
    """Run one invented command inside the real frame: command(function, "--json") -> (code, out, err)."""

    def call(function, *arguments):
        app = typer.Typer(rich_markup_mode=None)

        @app.callback()
        def remember(context: typer.Context, workspace: Path | None = None):
            context.obj = workspace

        app.command("try")(answering(function))
        monkeypatch.setattr(cli, "application", lambda: app)
        capsys.readouterr()
        code = cli.run([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return call


def test_help_of_every_command_loads_no_learning_database_or_web_code():
    code = "import sys; from ui.cli import run; run(['--help']); print(*(set(sys.argv) & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code, *HEAVY], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == ""


def test_no_arguments_show_the_help(stafet):
    assert "onboard" in stafet().out


@pytest.mark.parametrize(
    "arguments",
    [("no-such-command",), ("train",), ("train", "fines", "--no-such-flag"), ("rules",), ("user", "add")],
)
def test_wrong_usage_is_one_sentence_and_exit_two(stafet, arguments):
    ran = stafet(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert len(ran.err.splitlines()) == 1
    assert ran.err.rstrip().endswith("--help'.")


def test_json_goes_to_standard_output_and_every_sentence_to_standard_error(command):
    def answer(run: Run) -> Answer:
        """Answer."""
        run.say("at work")
        return Answer({"auc": float("nan")}, ("it is done",), notes=("a warning",))

    code, out, err = command(answer, "try", "--json")
    assert (code, json.loads(out)) == (0, {"auc": None})
    assert err.splitlines() == ["at work", "a warning", "it is done"]


def test_the_answer_no_is_exit_one(command):
    def answer(run: Run) -> Answer:
        """Answer."""
        return Answer({"sound": False}, ("the trail was touched",), exit_code=1)

    assert command(answer, "try") == (1, "the trail was touched\n", "")


@pytest.mark.parametrize("place", ["before", "after"])
def test_the_workspace_may_be_named_before_and_after_the_command(command, tmp_path, place):
    def where(run: Run) -> Answer:
        """Answer."""
        return Answer({}, (str(run.workspace),))

    named = ["--workspace", tmp_path]
    _, out, _ = command(where, *(named if place == "before" else []), "try", *(named if place == "after" else []))
    assert out == f"{tmp_path}\n"


@pytest.mark.parametrize(("error", "code"), [(InputError, 2), (RefusedError, 1)])
def test_an_error_is_its_own_sentence_with_its_place_and_exit_code(command, error, code):
    def fail(run: Run) -> Answer:
        """Fail."""
        raise error(
            "[red]unknown[/red] field 'incme'; " + "did you mean 'income'? " * 20, Place("fines.yaml", 3, 7)
        )

    got, out, err = command(fail, "try")
    assert (got, out) == (code, "")
    assert err.startswith("fines.yaml:3:7: [red]unknown[/red] field")
    assert err.count("\n") == 1


def test_an_error_with_json_still_leaves_one_document(command):
    def fail(run: Run) -> Answer:
        """Fail."""
        raise InputError("no such column")

    code, out, err = command(fail, "try", "--json")
    assert (code, json.loads(out), err) == (2, {"error": "no such column"}, "no such column\n")


def test_a_fault_of_our_own_is_one_sentence_and_its_traceback_is_kept_for_the_owner(command, tmp_path):
    def fail(run: Run) -> Answer:
        """Fail."""
        raise KeyError("incme")

    code, out, err = command(fail, "--workspace", tmp_path, "try")
    [kept] = (tmp_path / "faults").iterdir()
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "Traceback" not in err
    assert str(kept) in err
    assert "KeyError: 'incme'" in kept.read_text()
    assert kept.stat().st_mode & 0o077 == 0


def test_an_interrupt_is_one_sentence(command):
    def fail(run: Run) -> Answer:
        """Fail."""
        raise KeyboardInterrupt

    code, _, err = command(fail, "try")
    assert code == 130
    assert len(err.splitlines()) <= 1


def test_a_full_disk_is_said_in_words_even_through_a_library():
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "model.skops")
    assert sentence_for(full) == "model.skops: the disk is full; make room and run the command again"
    wrapped = RuntimeError("write failed")
    wrapped.__cause__ = full
    assert sentence_for(wrapped) == sentence_for(full)
    assert sentence_for(ValueError("ours")) is None


def test_a_reader_that_goes_away_is_no_error():
    code = "import sys; from ui.cli import run; sys.exit(run(['--help']))"
    ran = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    ran.stdout.close()
    assert "Traceback" not in ran.stderr.read()
    ran.stderr.close()
    ran.wait()


@pytest.mark.parametrize("text", ["a\nb", "a\r\n\tb", "a\x1b[31mb", "a\x9bb", "a\x00b"])
def test_a_sentence_stays_on_its_line_and_cannot_steer_the_terminal(text):
    assert one_line(text).isprintable()


def test_words_the_terminal_cannot_show_are_escaped_not_fatal(monkeypatch):
    from ui import answer

    terminal = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    answer.write(terminal, "økonomi")
    terminal.flush()
    assert terminal.buffer.getvalue() == b"\\xf8konomi\n"


def test_json_has_null_for_what_is_no_number():
    import numpy as np

    document = {
        "a": np.float64("nan"),
        "b": np.array([1.0, np.inf]),
        "c": np.int64(3),
        "d": np.bool_(True),
        "e": {"x"},
    }
    assert as_json(document) == {"a": None, "b": [1.0, None], "c": 3, "d": True, "e": ["x"]}
    assert "NaN" not in dumps(document)

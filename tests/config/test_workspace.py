"""The workspace's paths, the settings that name it, and the examples that first use copies."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from config.errors import InputError
from config.settings import Settings
from config.workspace import Workspace


def test_the_paths_are_those_of_the_contract(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    names = {
        workspace.database_file: "stafet.db",
        workspace.case_type_file("fines"): "case_types/fines.yaml",
        workspace.routing_file: "routing.yaml",
        workspace.letters: "letters",
        workspace.trained_folder("fines", 3): "trained/fines/3",
        workspace.audit_heads: "audit-heads",
        workspace.keys: "keys",
    }
    assert {path: path.relative_to(tmp_path).as_posix() for path in names} == names


def test_examples_are_copied_once_and_never_over_a_file(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "new")
    copied = workspace.copy_missing_examples()
    assert workspace.routing_file in copied
    workspace.routing_file.write_text("# ours\n", encoding="utf-8")
    assert workspace.copy_missing_examples() == []
    assert workspace.routing_file.read_text(encoding="utf-8") == "# ours\n"


def test_keys_are_for_their_owner_alone(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "new").create()
    assert stat.S_IMODE(workspace.keys.stat().st_mode) == 0o700
    workspace.keys.chmod(0o755)
    workspace.create()
    assert stat.S_IMODE(workspace.keys.stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["..", "../x", "a/b", "/etc", "", "a.b", "CON ", "a\x00b", "æ"])
def test_a_name_cannot_lead_out_of_the_workspace(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError):
        Workspace(tmp_path).case_type_file(name)
    with pytest.raises(InputError):
        Workspace(tmp_path).trained_folder("fines", name)


def test_case_types_are_listed_by_name(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    assert workspace.case_type_names() == []
    workspace.create()
    for name in ("b", "a"):
        workspace.case_type_file(name).write_text("x", encoding="utf-8")
    (workspace.case_types / "scale.csv").write_text("x", encoding="utf-8")
    assert workspace.case_type_names() == ["a", "b"]


def test_a_case_type_file_with_an_impossible_name_is_said(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path).create()
    (workspace.case_types / "My Type.yaml").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="My Type"):
        workspace.case_type_names()


def test_a_workspace_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be made"):
        Workspace(tmp_path / "file").create()


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("STAFET_")]:
        monkeypatch.delenv(name)
    assert Settings().workspace == Path("stafet-data")
    monkeypatch.setenv("STAFET_WORKSPACE", str(tmp_path))
    monkeypatch.setenv("STAFET_LOGS", "/somewhere")
    assert Settings().database_url == f"sqlite:///{tmp_path / 'stafet.db'}"
    monkeypatch.setenv("STAFET_DATABASE", "postgresql://localhost/stafet")
    assert Settings().database_url == "postgresql://localhost/stafet"


def test_hosts_are_parted_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAFET_HOSTS", "stafet.kommune.dk, 10.0.0.7,")
    assert Settings().hosts == ("stafet.kommune.dk", "10.0.0.7")
    assert Settings(hosts=("a",)).hosts == ("a",)


def test_a_setting_that_cannot_be_used_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAFET_LANGUAGE", "fr")
    with pytest.raises(InputError, match="STAFET_LANGUAGE"):
        Settings()

"""Opens a workspace: folders, database, keys, and what stands in its files for the first time is published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from config.routing_schema import write_routing_schema
from config.workspace import Workspace
from models.clock import Clock, system_clock
from models.database import Database, open_database
from models.heads import Heads, open_heads
from models.migrate import upgrade
from routing.adopting import adopt_files, copy_named
from routing.draws import read_draw_key
from routing.in_force import InForce, load_in_force


@dataclass(frozen=True)
class Opened:
    """An opened workspace. `warnings` are sentences about files that changed nothing; show them, and go on."""

    workspace: Workspace
    database: Database
    heads: Heads
    in_force: InForce
    warnings: tuple[str, ...] = ()

    @cached_property
    def draw_key(self) -> bytes:
        """The secret of the draw, made on first use."""
        return read_draw_key(self.workspace.keys / "draw.key")

    def again(self) -> Opened:
        """The same workspace with what is in force now."""
        with self.database.read() as connection:
            return replace(self, in_force=load_in_force(connection))


def open_workspace(
    root: Path, database_url: str | None = None, clock: Clock = system_clock, *, names: Iterable[str] = ()
) -> Opened:
    """The one call with which every command and the web begin.

    Missing folders and example files are made, the schema is brought up to date, files are published on first use,
    and a trial type's changed file is adopted. `database_url` None means stafet.db in the workspace. `names` are
    the case types that the caller was given: those that ship are copied here first (docs/decisions/0005).

    Raises:
        InputError: the workspace or its database cannot be used.
        TamperError: a key or a trigger is gone.
    """
    workspace = Workspace(root)
    workspace.copy_missing_examples()
    heads = open_heads(workspace.audit_heads, workspace.keys)
    database = open_database(database_url or workspace.database_file, clock=clock, heads=heads)
    upgrade(database)
    copy_named(workspace, database, names)
    adoption = adopt_files(workspace, database)
    with database.read() as connection:
        in_force = load_in_force(connection)
    if adoption.is_needed or not workspace.routing_schema_file.exists():
        write_routing_schema(workspace.routing_schema_file, in_force.case_types)
    return Opened(workspace, database, heads, in_force, tuple(adoption.warnings))

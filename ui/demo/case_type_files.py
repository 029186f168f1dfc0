"""The shipped case types as the demo's own files, with an invented law for the model that says it is invented."""

from __future__ import annotations

from config.workspace import Workspace
from ui.demo.simulator.types import KINDS

NO_BASIS = "model_basis: null"
INVENTED_BASIS = (
    "model_basis: OPFUNDET TIL DEMOEN. Kommunen skal selv finde loven. / INVENTED FOR THE DEMO, no law says this."
)


def write_case_types(workspace: Workspace) -> None:
    """Copy the case types, and write the invented basis where a model needs one."""
    for kind in KINDS:
        workspace.copy_shipped_case_type(kind.name)
        file = workspace.case_type_file(kind.name)
        text = file.read_text(encoding="utf-8")
        if not kind.is_heavy:
            file.write_text(text.replace(NO_BASIS, INVENTED_BASIS, 1), encoding="utf-8")

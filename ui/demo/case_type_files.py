"""The shipped case types as the demo's own files, with an invented law for the model that says it is invented."""

from __future__ import annotations

from config.case_type_edit import set_model_basis
from config.workspace import Workspace
from ui.demo.simulator.types import KINDS

INVENTED_BASIS = "OPFUNDET TIL DEMOEN: kommunen skal selv finde loven. / INVENTED FOR THE DEMO: no law says this."


def write_case_types(workspace: Workspace) -> None:
    """Copy the case types, and write the invented basis where a model needs one."""
    for kind in KINDS:
        workspace.copy_shipped_case_type(kind.name)
        file = workspace.case_type_file(kind.name)
        if not kind.is_heavy:
            text = file.read_text(encoding="utf-8")
            file.write_text(set_model_basis(text, INVENTED_BASIS, file=file), encoding="utf-8")

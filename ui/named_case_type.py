"""The case type that a command was given by name, unless its file says something that cannot be used."""

from __future__ import annotations

from config.case_type import CaseType, check_case_type_name, read_case_type
from config.case_type_file import read_case_type_text
from routing.publishing import Opened


def named_case_type(opened: Opened, name: str) -> CaseType:
    """The case type in force. In trial it follows its file, so a file that cannot be read is refused, not ignored.

    Raises:
        InputError: there is no such case type, or its file cannot be used.
    """
    check_case_type_name(name)
    file = opened.workspace.case_type_file(name)
    state = opened.in_force.states.get(name)
    if file.exists() and (state is None or state.status == "trial"):
        read_case_type(read_case_type_text(file), name=name, file=file)
    return opened.in_force.case_type(name)

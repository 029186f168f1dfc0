"""Whoever is asked for a view of their own gives it before they decide; until then the server refuses too."""

from __future__ import annotations

import sqlalchemy as sa
from fastapi import Request

from config.errors import RefusedError
from models.first_views import views_since
from ui.caseworker.case_record import CaseRecord, read_case
from ui.caseworker.case_routes import is_withheld
from ui.web.site import site_of

VIEW_FIRST = "store your own first view of the case before you decide it"


def case_with_view(request: Request, connection: sa.Connection) -> CaseRecord:
    """The case in the address as it is at the moment of deciding, with the visitor's own view where one is asked.

    Raises:
        RefusedError: they are asked for one and have given none.
    """
    file = request.state.case_file
    in_force = site_of(request).current.read(connection)
    case = read_case(connection, file, in_force.case_types[file["case_type"]])
    if is_withheld(request, case, in_force) and not views_since(case.acts, request.state.visitor.user.id):
        raise RefusedError(VIEW_FIRST)
    return case

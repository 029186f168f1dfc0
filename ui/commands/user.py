"""`stafet user add` and `stafet user list`: the people who may sign in."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from ui.answer import Answer
from ui.command_frame import Run, answering


class Role(StrEnum):
    """What somebody may do, by the table of permissions."""

    CASEWORKER = "caseworker"
    TEAM_LEAD = "team_lead"
    STEWARD = "steward"
    AUDITOR = "auditor"


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    group = typer.Typer(help="The people who may sign in.", rich_markup_mode=None)
    group.command("add")(answering(add))
    group.command("list")(answering(list_users))
    app.add_typer(group, name="user")


def add(
    run: Run,
    name: Annotated[str, typer.Argument(help="What the person signs in with.")],
    role: Annotated[Role, typer.Option("--role", help="What the person may do.")],
    team: Annotated[str | None, typer.Option("--team", help="Whose cases the person sees.")] = None,
    full_name: Annotated[str | None, typer.Option("--full-name", help="The name that citizens read.")] = None,
    phone: Annotated[str | None, typer.Option("--phone", help="The number that citizens read in letters.")] = None,
) -> Answer:
    """Add a person; the password is asked for twice, or is one line of standard input."""
    from config.errors import InputError
    from models.people import add_user, refuse_unusable_phone
    from ui.passwords import ask_new

    refuse_unusable_phone(phone)
    with run.opened(may_create=True) as opened:
        teams = opened.in_force.rules.teams
        if team is not None and team not in teams:
            listed = ", ".join(sorted(teams))
            raise InputError(f"there is no team '{team}' in the rules in force; the teams are {listed}")
        password = ask_new(name)
        with opened.database.write() as connection:
            user = add_user(
                connection,
                name=name,
                full_name=full_name or name,
                role=role.value,
                team=team,
                password=password,
                phone=phone,
            )
    told = {name: getattr(user, name) for name in ("name", "full_name", "role", "team", "phone")}
    return Answer(told, (f"Added {user.name} as {user.role}{f' in team {team}' if team else ''}.",))


def list_users(run: Run) -> Answer:
    """List the people who may sign in, with role and team."""
    from models.people import users

    with run.opened() as opened, opened.database.read() as connection:
        people = users(connection)
    told = [
        {
            "name": user.name,
            "full_name": user.full_name,
            "role": user.role,
            "team": user.team,
            "phone": user.phone,
            "kind": user.kind,
            "disabled": user.disabled_at is not None,
        }
        for user in people
    ]
    sentences = [
        f"{user.name}: {user.full_name}, {user.role}"
        + (f", team {user.team}" if user.team else "")
        + (", disabled" if user.disabled_at else "")
        for user in people
    ]
    return Answer({"users": told}, tuple(sentences or ["There are no users yet; add one with 'stafet user add'."]))

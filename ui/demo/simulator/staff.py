"""The people who work in Egeby Kommune, which does not exist; no telephone in Denmark begins with 00."""

from __future__ import annotations

from dataclasses import dataclass

MUNICIPALITY = "Egeby Kommune"


@dataclass(frozen=True)
class Employee:
    """Somebody who works there: `user` is what they sign in with and what the log of a case calls them."""

    user: str
    full_name: str
    role: str
    team: str | None
    phone: str


STAFF = (
    Employee("mette", "Mette Kjærgaard", "caseworker", "familie", "00 12 34 56"),
    Employee("linda", "Linda Friis", "caseworker", "familie", "00 12 34 57"),
    Employee("yusuf", "Yusuf Demir", "caseworker", "familie", "00 12 34 58"),
    Employee("soeren", "Søren Åkjær", "caseworker", "familie", "00 12 34 59"),
    Employee("hanne", "Hanne Overgaard", "caseworker", "ydelser", "00 23 45 61"),
    Employee("jakob", "Jakob Præstegaard", "caseworker", "ydelser", "00 23 45 62"),
    Employee("samira", "Samira Haddad", "caseworker", "ydelser", "00 23 45 63"),
    Employee("bjoern", "Bjørn Thygesen", "caseworker", "ydelser", "00 23 45 64"),
    Employee("ulla", "Ulla Højlund", "caseworker", "hjaelpemidler", "00 34 56 71"),
    Employee("minh", "Minh Tran", "caseworker", "hjaelpemidler", "00 34 56 72"),
    Employee("karen", "Karen Toft", "team_lead", "familie", "00 12 34 50"),
    Employee("preben", "Preben Ravn", "team_lead", "ydelser", "00 23 45 60"),
    Employee("asta", "Asta Bruun", "team_lead", "hjaelpemidler", "00 34 56 70"),
    Employee("birgit", "Birgit Lassen", "steward", None, "00 45 67 80"),
    Employee("viggo", "Viggo Enevoldsen", "auditor", None, "00 45 67 90"),
)


def handlers_of(team: str) -> tuple[str, ...]:
    """User names of a team's caseworkers."""
    return tuple(one.user for one in STAFF if one.team == team and one.role == "caseworker")


def lead_of(team: str) -> str:
    """User name of a team's lead."""
    return next(one.user for one in STAFF if one.team == team and one.role == "team_lead")

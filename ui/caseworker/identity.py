"""Who a case is about, as the bar above it says: name, the first half of the CPR number, a protected address."""

from __future__ import annotations

from dataclasses import dataclass

from models.citizens import Citizen

HIDDEN_DIGITS = "••••"


@dataclass(frozen=True)
class Identity:
    """The citizen as pages name them; `name` is the case's number where nobody is on record."""

    name: str
    is_named: bool
    first_name: str
    cpr: str | None
    is_protected: bool
    is_masked: bool = True


def identity_of(citizen: Citizen | None, case_id: str) -> Identity:
    """The citizen of a case.

    Example:
        >>> identity_of(Citizen("c1", "Freja Holm Nielsen", "1405920000"), "2026-04431").cpr
        '140592-••••'
        >>> identity_of(None, "2026-04431").name
        '2026-04431'
    """
    if citizen is None or not citizen.name:
        is_protected = citizen is not None and citizen.protected_address
        return Identity(case_id, False, "", masked(citizen.cpr if citizen else None), is_protected)
    first = citizen.name.split()[0]
    return Identity(citizen.name, True, first, masked(citizen.cpr), citizen.protected_address)


def whole(cpr: str) -> str:
    """A CPR number as people write it; as it stands where it has another form.

    Example:
        >>> whole("1405920000"), whole("14")
        ('140592-0000', '14')
    """
    digits = "".join(character for character in cpr if character.isdigit())
    return f"{digits[:6]}-{digits[6:]}" if len(digits) == 10 else cpr


def masked(cpr: str | None) -> str | None:
    """A CPR number with its last four digits hidden; all of it hidden where it has another form.

    Example:
        >>> masked("140592-0000"), masked("14"), masked(None)
        ('140592-••••', '••••', None)
    """
    if not cpr:
        return None
    digits = "".join(character for character in cpr if character.isdigit())
    return f"{digits[:6]}-{HIDDEN_DIGITS}" if len(digits) == 10 else HIDDEN_DIGITS

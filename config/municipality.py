"""The municipality behind the letters: its name, address, telephone and post, read from one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from config.bilingual import Bilingual
from config.model import Boolean, Model, Text, Whole
from config.names import Name
from config.validation import validate
from config.yaml_source import read_yaml


class Department(Model):
    """Who writes the letters of one team of the rules; what is not said is the municipality's own."""

    name: Bilingual
    phone: Text | None = None
    email: Text | None = None
    hours: Bilingual | None = None


class Municipality(Model):
    """One municipality. `example: true` keeps letters from being sent before the file is really its own."""

    name: Text
    example: Boolean = False
    street: Text
    town: Text
    phone: Text
    email: Text
    website: Text
    hours: Bilingual
    departments: dict[Name, Department] = Field(default_factory=dict)
    letter_delivery_working_days: Annotated[Whole, Field(ge=1, le=30)] = 6
    answer_within_days: Annotated[Whole, Field(ge=7, le=90)] = 14

    def department(self, team: str | None) -> Department:
        """The department of a team, with the municipality's telephone, e-mail and hours where it has none itself.

        Example:
            >>> us = Municipality(name="Egeby Kommune", street="Torvet 1", town="9998 Egeby", phone="00 12 34 56",
            ...     email="post@egeby.example", website="egeby.example", hours=Bilingual(da="Altid", en="Always"))
            >>> us.department("intake").name.da, us.department(None).phone
            ('Egeby Kommune', '00 12 34 56')
        """
        own = self.departments.get(team or "") or Department(name=Bilingual(da=self.name, en=self.name))
        return Department(
            name=own.name,
            phone=own.phone or self.phone,
            email=own.email or self.email,
            hours=own.hours or self.hours,
        )


def read_municipality(text: str | bytes, file: str | Path) -> Municipality:
    """The municipality written in `text`.

    Raises:
        InputError: with file:line:column, for the first thing in the file that cannot be used.
    """
    return validate(read_yaml(text, file), Municipality)

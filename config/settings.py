"""Settings from the environment: each is `STAFET_` and its name in capitals."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from config.bilingual import Language
from config.errors import InputError


class Settings(BaseSettings):
    """Where things are and how the server runs.

    Example:
        >>> Settings(workspace=Path("/srv/stafet")).database_url
        'sqlite:////srv/stafet/stafet.db'
    """

    model_config = SettingsConfigDict(env_prefix="STAFET_", frozen=True, extra="ignore")

    workspace: Path = Field(Path("stafet-data"), description="Folder of the workspace.")
    database: str | None = Field(None, description="Database address; else stafet.db in the workspace.")
    session_hours: float = Field(8.0, gt=0, le=24, description="Hours after which a sign-in ends.")
    https_only: bool = Field(
        True, description="Whether session cookies are sent over HTTPS alone (loopback is exempt)."
    )
    hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Names under which the server is reached, parted by commas, beside this machine's own."
    )
    language: Language = Field("da", description="Language of a page until the reader chooses.")

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            name = f"STAFET_{str(first['loc'][0]).upper()}"
            raise InputError(f"{name} cannot be used: {first['msg'].lower()}; set another value") from None

    @field_validator("hosts", mode="before")
    @classmethod
    def _parted_by_commas(cls, value: Any) -> Any:
        return (
            tuple(host.strip() for host in value.split(",") if host.strip()) if isinstance(value, str) else value
        )

    @property
    def database_url(self) -> str:
        """The database's address for SQLAlchemy."""
        if self.database:
            return self.database
        return f"sqlite:///{self.workspace.absolute() / 'stafet.db'}"

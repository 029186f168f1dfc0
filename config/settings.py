"""Settings from the environment: each is `STAFET_` and its name in capitals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

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
    session_secret_file: Path | None = Field(None, description="File with the key of sign-ins; else in keys/.")
    session_hours: float = Field(8.0, gt=0, le=24, description="Hours after which a sign-in ends.")
    https_only: bool = Field(
        True, description="Whether session cookies are sent over HTTPS alone (loopback is exempt)."
    )
    language: str = Field("da", pattern="^(da|en)$", description="Language of a page until the reader chooses.")

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            name = f"STAFET_{str(first['loc'][0]).upper()}"
            raise InputError(f"{name} cannot be used: {first['msg'].lower()}; set another value") from None

    @property
    def database_url(self) -> str:
        """The database's address for SQLAlchemy."""
        if self.database:
            return self.database
        return f"sqlite:///{self.workspace.absolute() / 'stafet.db'}"

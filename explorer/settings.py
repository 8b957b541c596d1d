"""Settings: the only reader of the environment, and of settings.toml in the workspace."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from ontology.errors import ReformError, UsageError

PREFIX = "REFORMGRAPH_"
FILE = "settings.toml"
LARGEST = 64 * 1024
"""Bytes of settings.toml; a backup takes no more either."""
PATHS = ("documents", "corpus", "tls_certificate", "tls_key")
"""Settings that are paths; in the file they start from the workspace."""
WEB_ADDRESS = re.compile(r"https?://[a-z0-9.-]+(:\d+)?(/[\w.~/-]*)?", re.IGNORECASE | re.ASCII)
HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", re.IGNORECASE)


def default_home() -> Path:
    """Return the folder this platform keeps a user's application data in, and ours in it.

    Raises UsageError for a user without a home folder, such as in some containers.
    """
    try:
        home = Path.home()
    except RuntimeError as error:
        what = "is not set, and you have no home folder in which a workspace could lie"
        raise UsageError(f"{PREFIX}HOME: {what}. Set it.") from error
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = os.environ.get("XDG_DATA_HOME") or home / ".local" / "share"
    return Path(base) / "reformgraph"


class _WorkspaceFile(PydanticBaseSettingsSource):
    """settings.toml of the workspace; paths in it start from the workspace."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:  # noqa: ARG002
        """Not used: the file is read whole."""
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        from ingest.readers import bytes_of

        try:
            home = Path(self.current_state.get("home") or default_home()).expanduser()
        except RuntimeError:  # a user who is not known: told of the setting itself
            return {}
        path = home / FILE
        if not os.path.lexists(path):
            return {}
        try:
            found = tomllib.loads(bytes_of(path, LARGEST).decode("utf-8"))
        except ReformError as error:
            raise UsageError(str(error)) from error
        except (ValueError, RecursionError) as error:
            what = str(error).splitlines()[0]
            raise UsageError(f"{path}: cannot be read as TOML ({what}). Mend it.") from error
        if "home" in found:
            raise UsageError(f"{path}: `home` cannot be set in the workspace. Set {PREFIX}HOME.")
        paths = {name for name in PATHS if isinstance(found.get(name), str)}
        return {
            name: str(Path(value) if value.startswith("~") else home / value)
            if name in paths
            else value
            for name, value in found.items()
        }


class Settings(BaseSettings):
    """What a user may choose, each as REFORMGRAPH_<NAME> or as a key of settings.toml."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True
    )

    home: Path = Field(
        default_factory=default_home, description="the workspace: what is built, and settings.toml"
    )
    documents: Path | None = Field(
        default=None, description="the folder of your own copies of the source documents"
    )
    store: str = Field(
        default="memory:",
        description="where questions are answered: `memory:`, the only one as yet (`disk:` and "
        "addresses of SPARQL endpoints come later)",
    )
    corpus: Path | None = Field(
        default=None, description="a folder of corpus files instead of the shipped ones"
    )

    reviewer: str | None = Field(
        default=None, min_length=2, max_length=160,
        description="the name under which your decisions stand in the journal; it is shown, so a "
        "chosen one will do",
    )  # fmt: skip

    model_key: str | None = Field(
        default=None, repr=False,
        description="the key of the language model's server, if it wants one (`extract --model`)",
    )  # fmt: skip

    hosts: str | None = Field(
        default=None,
        description="the names or addresses, with commas between them, under which browsers call "
        "the explorer, besides 127.0.0.1 and localhost: see access.md",
    )
    tls_certificate: Path | None = Field(
        default=None, description="the certificate (PEM) with which the explorer serves https"
    )
    tls_key: Path | None = Field(
        default=None, description="the private key (PEM) that goes with it"
    )

    public_url: str | None = Field(
        default=None,
        description="the address (https://...) under which others find this explorer or its "
        "exported site; links in exports and citations begin with it",
    )

    @field_validator("public_url")
    @classmethod
    def _is_a_web_address(cls, value: str | None) -> str | None:
        if value is not None and not WEB_ADDRESS.fullmatch(value):
            raise ValueError(f"“{value}” is no address such as https://example.org/reform")
        return value and value.rstrip("/")

    @field_validator("hosts")
    @classmethod
    def _are_names(cls, value: str | None) -> str | None:
        for name in (value or "").split(","):
            if value and not HOST.fullmatch(name.strip()):
                raise ValueError(f"“{name.strip()}” is no name of a machine")
        return value

    @field_validator("tls_certificate", "tls_key")
    @classmethod
    def _is_a_file(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_file():
            raise ValueError(f"{value} is not a file")
        return value

    @property
    def host_names(self) -> list[str]:
        """The names in `hosts`."""
        return [name.strip() for name in (self.hosts or "").split(",") if name.strip()]

    @field_validator("home", "documents", "corpus", "tls_certificate", "tls_key")
    @classmethod
    def _in_full(cls, value: Path | None) -> Path | None:
        try:
            return value.expanduser().absolute() if value else None
        except RuntimeError as error:
            raise ValueError(f"{value} begins with a user who is not known") from error

    @field_validator("home", "documents", "corpus")
    @classmethod
    def _is_a_folder(cls, value: Path | None, info: ValidationInfo) -> Path | None:
        try:
            if value is None or value.is_dir():
                return value
            # A workspace is made when it is needed, where it can be.
            if info.field_name == "home" and not os.path.lexists(value):
                return value
        except OSError as error:
            raise ValueError(f"{value} cannot be looked at ({error.strerror})") from error
        raise ValueError(f"{value} is not a folder")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file; there is no .env file and no secrets folder."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, _WorkspaceFile(settings_cls)

    @property
    def corpus_folder(self) -> Traversable:
        """The folder of corpus files to read."""
        from ingest.reading import shipped_corpus

        return self.corpus or shipped_corpus()


def read_settings() -> Settings:
    """Read the environment and settings.toml.

    Raises UsageError, one line, at the first value that cannot be used.
    """
    for name, value in os.environ.items():
        if name.upper().startswith(PREFIX) and any("\udc80" <= sign <= "\udcff" for sign in value):
            raise UsageError(f"{name.upper()}: is not UTF-8. Correct it.")
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "settings"
        if first["type"] == "extra_forbidden":
            known = ", ".join(key for key in Settings.model_fields if key != "home")
            raise UsageError(f"{FILE}: `{name}` is not a setting. Use {known}.") from error
        what = str(first["msg"]).removeprefix("Value error, ")
        variable = f"{PREFIX}{name.upper()}"
        raise UsageError(f"{variable}: {what}. Correct it, there or in {FILE}.") from error


def environment_for(settings: Settings) -> dict[str, str]:
    """Return the environment in which another process of ours has the same settings."""
    chosen = {f"{PREFIX}{name.upper()}": str(value) for name, value in settings if value}
    return {**os.environ, **chosen}

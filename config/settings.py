"""Settings: from the environment (`KANALKOLL_…`), else from `kanalkoll.toml`, else the defaults here.

A secret may lie in a file of its own instead, where containers have theirs: `/run/secrets/kanalkoll_smtp_password`,
named as its variable in small letters. None has a default.
"""

from __future__ import annotations

import tomllib
from datetime import time
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Final
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SecretsSettingsSource,
    SettingsConfigDict,
)

from audits.languages import Language
from config.listed import SeveralHosts
from config.mail import MailSettings

FILE: Final = Path("kanalkoll.toml")
_DATABASES = ("sqlite:", "postgresql:", "postgresql+psycopg:", "postgres:")


class _Secrets(SecretsSettingsSource):
    """Secrets in files of their own; an empty file is none, as an empty variable is none."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        value, key, is_complex = super().get_field_value(field, field_name)
        return value or None, key, is_complex


class Settings(MailSettings):
    """All that a deployment may set. Times of day are local to `timezone`."""

    model_config = SettingsConfigDict(env_prefix="KANALKOLL_", extra="forbid", env_ignore_empty=True)

    secrets: ClassVar[Path] = Path("/run/secrets")

    database_url: SecretStr = SecretStr("sqlite:///kanalkoll.sqlite3")
    redis_url: SecretStr | None = None  # none: the embedded deployment
    timezone: str = "Europe/Stockholm"
    language: Language = "sv"
    night_starts: time = time(3, 15)
    officer_recipient: str = ""  # mailbox of whoever answers for social media: told what nobody else is named for
    officer_language: Language | None = None  # none: as `language`
    rules_file: Path | None = None
    markers_folder: Path | None = None
    permissions_file: Path | None = None
    controls_file: Path | None = None
    discover_file: Path | None = None
    public_list_file: Path | None = None  # how the published list is laid out (config/public-list.toml)
    wikidata_file: Path | None = None
    lookalikes_file: Path | None = None
    keys_file: Path | None = None  # how keys are carried; their values are KANALKOLL_KEY_… (config/keys.toml)
    live: bool = True  # False: make no request
    replay_folder: Path | None = None  # answer from a folder of recorded responses instead of the network
    tick_seconds: int = Field(default=300, ge=1)  # how often beat asks what is due
    agent_contact: str = ""  # address of the page that says who asks, why, and how to object
    pace_seconds: float | None = Field(default=None, ge=0.05)  # of hosts that have no pace of their own
    egress_proxy: SecretStr = SecretStr("")  # http://[name:password@]host:port
    egress_proxy_resolves: bool = False  # names of the internet are looked up by the proxy alone
    ca_bundle: Path | None = None  # PEM file of the authorities of the city's own inspection of TLS
    own_internal_hosts: SeveralHosts = frozenset()  # hosts of the city's own that resolve inside
    lane_seconds: int = Field(default=180, ge=5, le=200)

    @field_validator("database_url")
    @classmethod
    def is_a_known_database(cls, url: SecretStr) -> SecretStr:
        if not url.get_secret_value().startswith(_DATABASES):
            raise ValueError("names no database that Kanalkoll knows; give sqlite:///FILE or postgresql://HOST/NAME")
        return url

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # the signature is the library's; no .env is read
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # knows no folder; ours does
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment before files: what an operator sets on the spot wins."""
        secrets = (_Secrets(settings_cls, cls.secrets),) if cls.secrets.is_dir() else ()
        return init_settings, env_settings, *secrets, InitSettingsSource(settings_cls, _of_the_file())


def _of_the_file() -> dict[str, Any]:
    """What the file sets. The library's own source takes the mark that Notepad puts before a text for an error."""
    return tomllib.loads(FILE.read_text(encoding="utf-8-sig")) if FILE.is_file() else {}

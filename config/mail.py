"""Settings of letters: the mail server, who writes, when, and where the pages behind the buttons are.

All are `KANALKOLL_…` like every other setting; secrets have no default.
"""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings

from config.listed import Several


class MailSettings(BaseSettings):
    """What a deployment may set about letters. Times of day are local to `timezone`."""

    smtp_host: str = ""  # none: letters are written and wait
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_tls: Literal["starttls", "implicit", "loopback"] = "starttls"  # loopback: none, and only to this machine
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_ca_file: Path | None = None  # PEM file of the city's own authority, beside the usual ones
    smtp_oauth_tenant: str = ""  # Microsoft 365: log in by OAuth 2 client credentials instead of a password
    smtp_oauth_client: str = ""
    smtp_oauth_secret: SecretStr = SecretStr("")
    mail_from: str = ""  # Kanalkoll <kanalkoll@city.example>
    mail_stop: str = ""  # mailbox that takes "stop" from those who would rather write than press
    mail_per_minute: float = Field(default=30, gt=0, le=6000)
    operators: Several = ()  # told of trouble, and of nothing else
    notify_urls: SecretStr = SecretStr("")  # a second channel: Apprise addresses, separated by blanks
    digest_weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday"] = "tuesday"
    digest_at: time = time(8, 30)
    digest_when_well: Literal["line", "silence"] = "line"
    overview_weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday"] = "monday"
    overview_at: time = time(8, 30)
    accessibility_statement: str = ""  # https://… of the city's statement about these pages (lag 2018:1937)
    console_url: str = ""  # https://… where the pages behind the buttons are; none: letters without buttons
    console_host: str = "127.0.0.1"  # where they are served, behind the city's own proxy
    console_port: int = Field(default=8080, ge=1, le=65535)

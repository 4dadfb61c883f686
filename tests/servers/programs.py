"""Where a server's program lies, and how it gets there.

PATH ─▶ /usr/lib/postgresql/*/bin (newest first) ─▶ /usr/local/bin ─▶ apt-get install ─▶ UnavailableError
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

DEBIAN_PACKAGES: Final = {"redis-server": "redis-server", "postgres": "postgresql", "chromium": "chromium"}
DEBIAN_FOLDERS: Final = Path("/usr/lib/postgresql")
POLICY: Final = Path("/usr/sbin/policy-rc.d")
POLICY_NOTHING_STARTS: Final = "#!/bin/sh\nexit 101\n"  # 101: action forbidden (invoke-rc.d(8))
QUIET_APT: Final = {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}


class UnavailableError(Exception):
    """A server cannot be had here; the message is one plain line that says how to get it."""


def program(name: str) -> Path:
    """The program `name`, installed first where that is possible; raises `UnavailableError`."""
    found = find(name, folders())
    if found is None and may_install():
        install(DEBIAN_PACKAGES[name])
        found = find(name, folders())
    if found is None:
        raise UnavailableError(missing(name))
    return found


def find(name: str, places: list[Path]) -> Path | None:
    """The first executable `name` in PATH or, after it, in `places`."""
    search = os.pathsep.join([os.environ.get("PATH", ""), *map(str, places)])
    found = shutil.which(name, path=search)
    return Path(found) if found else None


def folders(debian: Path = DEBIAN_FOLDERS) -> list[Path]:
    """Where Debian keeps PostgreSQL's servers out of PATH, newest version first, then `/usr/local/bin`."""
    versions = [folder for folder in debian.glob("*") if folder.name.isdigit()]
    newest_first = sorted(versions, key=lambda folder: int(folder.name), reverse=True)
    return [*(folder / "bin" for folder in newest_first), Path("/usr/local/bin")]


def missing(name: str) -> str:
    """The one line that a skipped test shows."""
    return f"no {name} on this machine; `apt-get install {DEBIAN_PACKAGES[name]}` brings it"


def may_install() -> bool:
    """Whether this is a Debian on which packages may be installed without asking anyone."""
    return os.geteuid() == 0 and Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def install(package: str) -> None:
    """Install one Debian package without starting anything; raises `UnavailableError`."""
    refresh_package_lists()
    with nothing_started():
        apt_get("install", "-y", "--no-install-recommends", package)


@functools.cache  # the lists are fetched once, however many servers are missing
def refresh_package_lists() -> None:
    """Fetch Debian's package lists; raises `UnavailableError`."""
    apt_get("update")


def apt_get(*words: str) -> None:
    """Run apt-get; raises `UnavailableError` with its last words."""
    environment: Mapping[str, str] = {**os.environ, **QUIET_APT}
    done = subprocess.run(
        ["apt-get", "-qq", *words],  # noqa: S607 - found in PATH by may_install
        env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    if done.returncode:
        last_words = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise UnavailableError(f"`apt-get {' '.join(words)}` failed: {last_words}")


@contextmanager
def nothing_started(policy: Path = POLICY) -> Iterator[None]:
    """While this lasts, an installed package starts no service of its own (Debian Policy 9.3.3, policy-rc.d)."""
    if policy.exists():
        yield
        return
    policy.write_text(POLICY_NOTHING_STARTS)
    policy.chmod(0o755)
    try:
        yield
    finally:
        policy.unlink()

"""One server process: started, waited for, ended by its own process id.

command ─▶ Popen ─▶ ready()? ─▶ yield ─▶ its own signal ─▶ gone within two minutes, else killed
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.servers.programs import UnavailableError

START_WITHIN: Final = 300.0  # seconds; the machine may be busy with other things
END_WITHIN: Final = 120.0
LOG: Final = "server.log"


class StartError(Exception):
    """A server that is installed but would not run; carries the end of its log."""


@contextmanager
def held_port() -> Iterator[int]:
    """A loopback port on which nobody listens, and which nobody else is given until the block ends.

    A socket is bound to it and stays: whoever asks Linux for any port gets another, while a server that names this one
    may listen on it, since both sides say SO_REUSEADDR and only one of them listens (socket(7)).
    """
    with socket.socket() as holding:
        holding.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holding.bind(("127.0.0.1", 0))
        yield int(holding.getsockname()[1])


def unprivileged_user() -> str | None:
    """Whom a server must run as when the tests run as root; None when they do not."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextmanager
def private_folder(owner: str | None) -> Iterator[Path]:
    """An empty folder of `owner`'s own, outside pytest's folders (which root alone may enter), removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="kanalkoll-"))
    try:
        if owner is not None:
            shutil.chown(folder, owner, pwd.getpwnam(owner).pw_gid)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(
    command: Sequence[str | Path],
    *,
    folder: Path,
    ready: Callable[[], bool],
    user: str | None = None,
    farewell: signal.Signals = signal.SIGTERM,
) -> Iterator[int]:
    """Run `command` in `folder` until the block ends, giving its process id; raises `StartError`."""
    words = [*drop_rights(user, farewell), *map(str, command)]
    with (folder / LOG).open("ab") as log:
        process = subprocess.Popen(words, cwd=folder, stdout=log, stderr=log)
        try:
            wait_until_ready(process, ready, folder / LOG)
            yield process.pid
        finally:
            end(process, farewell)


def drop_rights(user: str | None, farewell: signal.Signals = signal.SIGTERM) -> list[str]:
    """The words before a command that make it `user`'s for good and end it should the tests be killed (setpriv(1))."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return no_setpriv(user)
    orphaned = [setpriv, "--pdeathsig", farewell.name.removeprefix("SIG")]
    if user is None:
        return orphaned
    return [*orphaned, "--reuid", user, "--regid", str(pwd.getpwnam(user).pw_gid), "--clear-groups"]


def no_setpriv(user: str | None) -> list[str]:
    """Nothing is put before the command; raises `UnavailableError` when that would leave it running as root."""
    if user is not None:
        raise UnavailableError("no setpriv on this machine to leave root with; `apt-get install util-linux` brings it")
    return []


def wait_until_ready(process: subprocess.Popen[bytes], ready: Callable[[], bool], log: Path) -> None:
    """Return once `ready()`; raises `StartError` when the process ends or `START_WITHIN` passes first."""
    deadline = time.monotonic() + START_WITHIN
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise StartError(f"{process.args!r}: {log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.02)


def end(process: subprocess.Popen[bytes], farewell: signal.Signals) -> None:
    """End this one process, gently first."""
    process.send_signal(farewell)
    try:
        process.wait(END_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

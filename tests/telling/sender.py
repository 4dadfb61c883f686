"""A sender of letters that may be killed at any moment: forked from a process that has everything imported.

    python -m tests.telling.sender DATABASE PORT      a number ─▶ fork ─▶ its pid ─ a line ─▶ wait ─▶ "ended"

The number is how many claims' lifetimes have passed.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta

from tests.fakes import HandClock
from tests.telling.letters import STOCKHOLM, TUESDAY
from worker.ports.telling import MAIL
from worker.sending.connecting import MailServer, Tls
from worker.sending.smtp import SmtpPost
from worker.steps.posting import CLAIM_SECONDS, Sending, send_due
from worker.storage import open_store
from worker.storage.letters import SqlLetters


def send(database: str, port: int, generation: int) -> None:
    """Send everything that is due, at a time when every earlier claim has run out."""
    store = open_store(database)
    clock = HandClock(TUESDAY + timedelta(seconds=generation * 2 * CLAIM_SECONDS))
    server = MailServer(host="127.0.0.1", port=port, tls=Tls.LOOPBACK, sender="kanalkoll@almestad.example")
    sending = Sending(
        outbox=SqlLetters(store.db, STOCKHOLM), posts={MAIL: SmtpPost(server)}, clock=clock, pause=lambda: None
    )
    send_due(sending, 3_600)
    store.close()


def main() -> None:
    """Fork a sender for every line, and say when it has ended."""
    database, port = sys.argv[1], int(sys.argv[2])
    while line := sys.stdin.readline():
        pid = os.fork()
        if pid == 0:
            send(database, port, int(line))
            os._exit(0)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
        sys.stdin.readline()  # until then the pid is this child's own, dead or alive
        os.waitpid(pid, 0)
        sys.stdout.write("ended\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

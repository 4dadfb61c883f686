"""A mail server that refuses, stalls and lies as a script tells it to, and counts what it has really taken.

    Script: at which moment, which acts, one each time ─▶ Conversation ─▶ Taken (what it holds, by Message-ID)

Moments are connect, EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA and CONTENT (the letter is there, its answer is not). Once a
script's acts are used up the server behaves. It listens on loopback and ends with its block.
"""

from __future__ import annotations

import re
import socket
import ssl
import threading
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final, TypeAlias

Act: TypeAlias = Callable[["Conversation"], bool]
"""Does something in place of the usual answer; True where the conversation goes on."""

MESSAGE_ID: Final = re.compile(rb"(?im)^message-id:\s*(<[^>]+>)")
PATIENCE: Final = 120.0  # seconds after which the server gives a conversation up
_OK: Final = "250 OK"


class Ended(Exception):  # it says what happened
    """The other side has closed, or the server has had enough."""


@dataclass(slots=True)
class Conversation:
    """One connection, from the server's side."""

    server: ScriptedServer
    sock: socket.socket
    buffer: bytes = b""
    content: bytes = b""

    def reply(self, text: str | bytes) -> None:
        raw = text if isinstance(text, bytes) else f"{text}\r\n".encode()
        try:
            self.sock.sendall(raw)
        except OSError as gone:
            raise Ended from gone

    def until(self, end: bytes) -> bytes:
        """What comes up to and with `end`."""
        while end not in self.buffer:
            try:
                more = self.sock.recv(65_536)
            except OSError as gone:
                raise Ended from gone
            if not more:
                raise Ended
            self.buffer += more
        taken, _, self.buffer = self.buffer.partition(end)
        return taken + end

    def store(self) -> None:
        """Take responsibility for the letter."""
        found = MESSAGE_ID.search(self.content)
        self.server.taken[found.group(1) if found else b""] += 1


@dataclass(frozen=True, slots=True)
class Script:
    """What goes wrong. `forever`: every time; else each act once."""

    name: str
    acts: Mapping[str, tuple[Act, ...]] = field(default_factory=dict)
    forever: bool = False
    extensions: tuple[str, ...] = ("SIZE 20000000",)
    trusted: bool = True  # whether STARTTLS shows a certificate that the sender trusts


@dataclass(slots=True)
class ScriptedServer:
    """`taken` counts, by Message-ID, what the server has taken responsibility for."""

    script: Script
    host: str
    port: int
    tls: ssl.SSLContext | None = None
    taken: Counter[bytes] = field(default_factory=Counter)
    waiting: dict[str, deque[Act]] = field(default_factory=lambda: defaultdict(deque))
    heard: list[str] = field(default_factory=list)  # the verbs, in order
    words: list[str] = field(default_factory=list)  # the same, with what came after them
    conversations: list[threading.Thread] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def act(self, moment: str) -> Act | None:
        """What the script has for this moment."""
        acts = self.script.acts.get(moment, ())
        if self.script.forever:
            return acts[0] if acts else None
        with self.lock:
            return self.waiting[moment].popleft() if self.waiting[moment] else None

    def converse(self, sock: socket.socket) -> None:
        talk = Conversation(self, sock)
        with suppress(Ended, OSError, ssl.SSLError):
            sock.settimeout(PATIENCE)
            if self._goes_on(talk, "connect", "220 scripted"):
                while self._answered(talk):
                    pass
        with suppress(OSError):
            talk.sock.close()

    def _goes_on(self, talk: Conversation, moment: str, usual: str) -> bool:
        act = self.act(moment)
        if act is not None:
            return act(talk)
        talk.reply(usual)
        return True

    def _answered(self, talk: Conversation) -> bool:
        words = talk.until(b"\r\n").decode("ascii", "replace").strip()
        verb = words.split(" ")[0].upper()
        self.heard.append(verb)
        self.words.append(words)
        if verb in ("EHLO", "HELO"):
            return self._goes_on(talk, "EHLO", self._greeting(verb))
        if verb == "STARTTLS":
            return self._starts_tls(talk)
        if verb == "DATA":
            return self._takes_data(talk)
        if verb == "QUIT":
            talk.reply("221 bye")
            return False
        return self._goes_on(talk, verb, "235 in" if verb == "AUTH" else _OK)

    def _greeting(self, verb: str) -> str:
        lines = ["scripted", *self.script.extensions] if verb == "EHLO" else ["scripted"]
        return "\r\n".join(f"250{'-' if each is not lines[-1] else ' '}{each}" for each in lines)

    def _starts_tls(self, talk: Conversation) -> bool:
        act = self.act("STARTTLS")
        if act is not None:
            return act(talk)
        talk.reply("220 go ahead")
        assert self.tls is not None
        talk.sock = self.tls.wrap_socket(talk.sock, server_side=True)
        return True

    def _takes_data(self, talk: Conversation) -> bool:
        act = self.act("DATA")
        if act is not None:
            return act(talk)
        talk.reply("354 go ahead")
        return takes_content(talk)


def takes_content(talk: Conversation) -> bool:
    """The letter comes in, and the script has the last word on it."""
    talk.content = talk.until(b"\r\n.\r\n")
    act = talk.server.act("CONTENT")
    if act is not None:
        return act(talk)
    talk.store()
    talk.reply("250 taken")
    return True


@contextmanager
def scripted_server(script: Script, tls: ssl.SSLContext | None = None) -> Iterator[ScriptedServer]:
    """Serve the script on a loopback port until the block ends; what was taken is whole once it has ended."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = ScriptedServer(script, "127.0.0.1", listening.getsockname()[1], tls)
        server.waiting.update({moment: deque(acts) for moment, acts in script.acts.items()})
        thread = threading.Thread(target=_accept, args=(listening, server), daemon=True)
        thread.start()
        yield server
        listening.shutdown(socket.SHUT_RDWR)
        thread.join(PATIENCE)
        for conversation in server.conversations:
            conversation.join(PATIENCE)


def _accept(listening: socket.socket, server: ScriptedServer) -> None:
    while True:
        try:
            sock, _ = listening.accept()
        except OSError:
            return
        conversation = threading.Thread(target=server.converse, args=(sock,), daemon=True)
        server.conversations.append(conversation)
        conversation.start()


# --- acts


def says(words: str | bytes, *, goes_on: bool = True) -> Act:
    """An answer of the script's own."""

    def act(talk: Conversation) -> bool:
        talk.reply(words)
        return goes_on

    return act


def drops(talk: Conversation) -> bool:
    """Close without a word."""
    talk.sock.close()
    return False


def stalls(talk: Conversation) -> bool:
    """Say nothing until the other side has had enough."""
    with suppress(Ended):
        while True:
            talk.until(b"\0never\0")
    return False


def drips(talk: Conversation) -> bool:
    """A byte now and then, for ever: each in time, the whole never."""
    pause = threading.Event()
    while not pause.wait(0.05):
        talk.reply(b"2")
    return False


def floods(talk: Conversation) -> bool:
    """An answer whose last line never comes."""
    pause = threading.Event()
    while not pause.wait(0.001):
        talk.reply(b"250-more\r\n" * 50)
    return False


def stores_then(act: Act) -> Act:
    """Take the letter, and then act."""

    def both(talk: Conversation) -> bool:
        talk.store()
        return act(talk)

    return both


def asks_then(act: Act) -> Act:
    """Say 354, and act before the letter is there."""

    def both(talk: Conversation) -> bool:
        talk.reply("354 go ahead")
        return act(talk)

    return both


def answers_too_early(talk: Conversation) -> bool:
    """Say 354 and the letter's own 250 in one breath, and take the letter all the same."""
    talk.reply("354 go ahead\r\n250 taken")
    talk.content = talk.until(b"\r\n.\r\n")
    talk.store()
    return True

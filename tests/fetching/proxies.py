"""A city's own way out, on loopback."""

from __future__ import annotations

import asyncio
import ssl
from base64 import b64encode

import trustme

from tests.fetching.webs import (
    RawServer,
    pipe,
)


class ProxyServer(RawServer):
    """A small CONNECT proxy: joins what it allows to one server on loopback, and keeps what it was asked."""

    def __init__(self, to: int, *, refusing: int = 0, password: str = "", only: str = "") -> None:
        super().__init__(self._tunnel)
        self.to = to
        self.refusing = refusing
        self.expected = f"Basic {b64encode(password.encode()).decode()}" if password else ""
        self.only = only  # how the targets end that it joins, such as ":80"
        self.asked: list[str] = []

    async def _tunnel(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("ascii")
        self.asked.append(head.split(" ")[1])
        if self.refusing or self.expected not in head or not self.asked[-1].endswith(self.only):
            writer.write(f"HTTP/1.1 {self.refusing or 407} No\r\nContent-Length: 0\r\n\r\n".encode())
            return
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.to)
        await asyncio.gather(pipe(reader, far_writer), pipe(far_reader, writer))


def serving(leaf: trustme.LeafCert, names: list[str] | None = None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf.configure_cert(context)
    if names is not None:
        context.sni_callback = lambda _socket, name, _context: names.append(name)
    return context

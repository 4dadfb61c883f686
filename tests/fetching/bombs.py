"""Answers made to hurt, or made by servers that do not know better.

BOMBS: name ─▶ (what the server does with a connection, which failures may come of it; none means that the page is fine)
"""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
import zlib
from dataclasses import dataclass
from typing import Final

from tests.fetching.webs import Serve
from worker.fetching.outcomes import Failure

HEAD: Final = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PLAIN: Final = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhej"
KB: Final = 1024


@dataclass(frozen=True, slots=True)
class Bomb:
    serve: Serve
    may_be: frozenset[Failure] = frozenset()
    tls: bool = False


def says(*parts: bytes, endless: bytes = b"", pause: float = 0.0, times: int = 10**9) -> Serve:
    """Write the parts, then `endless` over and over, with a pause between."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.writelines(parts)
        await writer.drain()
        for _ in range(times if endless else 0):
            writer.write(endless)
            await writer.drain()
            if pause:
                await asyncio.sleep(pause)

    return serve


def drips(data: bytes) -> Serve:
    """A byte at a time, for as long as anyone listens."""
    return says(data, endless=b"x", pause=0.05)


def falls_silent(*parts: bytes) -> Serve:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(64)
        writer.writelines(parts)
        await writer.drain()
        await asyncio.sleep(600)

    return serve


def resets(*parts: bytes) -> Serve:
    """Break off with a reset instead of an end."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(64)
        writer.writelines(parts)
        await writer.drain()
        await asyncio.sleep(0.02)
        own = writer.get_extra_info("socket")
        own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    return serve


def blows_up(wrapping: int) -> bytes:
    """A gigabyte of zeros, compressed a thousandfold: one block repeated, since each was flushed whole."""
    press = zlib.compressobj(9, zlib.DEFLATED, wrapping)
    first = press.compress(bytes(KB * KB)) + press.flush(zlib.Z_FULL_FLUSH)
    block = press.compress(bytes(KB * KB)) + press.flush(zlib.Z_FULL_FLUSH)
    return first + block * 1023


def coded(coding: str, body: bytes) -> Serve:
    return says(HEAD + f"Content-Encoding: {coding}\r\nContent-Length: {len(body)}\r\n\r\n".encode(), body)


def headed(*lines: str, body: bytes = b"hej") -> Serve:
    return says(HEAD + "".join(f"{line}\r\n" for line in lines).encode("latin-1") + b"\r\n" + body)


def begins(start: bytes) -> Serve:
    return says(start)


def chunked(data: bytes, **more: bytes | float) -> Serve:
    return says(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", data, **more)  # type: ignore[arg-type]  # passed on


def redirect(location: str) -> Serve:
    return says(f"HTTP/1.1 302 Away\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode("latin-1"))


def further() -> Serve:
    """Each address leads to the next one."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        target = (await reader.readuntil(b"\r\n\r\n")).split(b" ", 2)[1]
        writer.write(b"HTTP/1.1 302 Away\r\nLocation: " + target + b"x\r\nContent-Length: 0\r\n\r\n")

    return serve


HTML: Final = gzip.compress(b"<p>hej</p>" * 300)
SLOW: Final = {Failure.DEADLINE, Failure.READ_TIMEOUT}
BROKEN: Final = {Failure.RESET, Failure.CUT_SHORT}
ILL: Final = {Failure.PROTOCOL}
MANY: Final = [f"X-{number}: y" for number in range(250)]

_SIZES: Final = {
    "a body without end": (says(HEAD + b"\r\n", endless=bytes(64 * KB)), {Failure.TOO_BIG}),
    "a body of ten gigabytes, as announced": (
        says(HEAD + b"Content-Length: 10000000000\r\n\r\n", endless=bytes(64 * KB)),
        {Failure.TOO_BIG},
    ),
    "chunks without end": (chunked(b"", endless=b"10000\r\n" + bytes(65536) + b"\r\n"), {Failure.TOO_BIG}),
    "chunks of one byte without end": (chunked(b"", endless=b"1\r\nx\r\n" * 1000), {Failure.TOO_BIG, *SLOW}),
    "an error page without end": (
        says(b"HTTP/1.1 500 Oh\r\n\r\n", endless=bytes(64 * KB)),
        {Failure.SERVER_ERROR},
    ),
    "a redirect with a body without end": (
        says(b"HTTP/1.1 302 Away\r\nLocation: /x\r\n\r\n", endless=bytes(64 * KB)),
        {Failure.REDIRECT_LOOP},
    ),
}
_CODINGS: Final = {
    "a gigabyte in gzip": (coded("gzip", blows_up(31)), {Failure.TOO_BIG}),
    "a gigabyte in x-gzip": (coded("x-gzip", blows_up(31)), {Failure.TOO_BIG}),
    "a gigabyte in deflate": (coded("deflate", blows_up(15)), {Failure.TOO_BIG}),
    "a gigabyte in bare deflate": (coded("deflate", blows_up(-15)), {Failure.TOO_BIG}),
    "gzip in gzip": (coded("gzip, gzip", gzip.compress(gzip.compress(b"hej"))), {Failure.ENCODING}),
    "gzip in gzip in two headers": (
        says(HEAD + b"Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n\r\n", gzip.compress(b"hej")),
        {Failure.ENCODING},
    ),
    "identity and gzip": (coded("identity, gzip", HTML), {Failure.ENCODING}),
    "brotli": (coded("br", b"\x0b\x01\x80hej\x03"), {Failure.ENCODING}),
    "zstandard": (coded("zstd", b"\x28\xb5\x2f\xfd" + bytes(50)), {Failure.ENCODING}),
    "compress": (coded("compress", b"\x1f\x9d\x90hej"), {Failure.ENCODING}),
    "a coding that nobody knows": (coded("x" * 500, b"hej"), {Failure.ENCODING}),
    "gzip that is none": (coded("gzip", b"<p>hej</p>"), {Failure.ENCODING}),
    "gzip that breaks": (coded("gzip", HTML[:20] + b"\xff" * 20), {Failure.ENCODING, Failure.CUT_SHORT}),
    "gzip that stops": (coded("gzip", HTML[:-12]), {Failure.CUT_SHORT}),
    "gzip that hardly begins": (coded("gzip", HTML[:5]), {Failure.CUT_SHORT}),
    "gzip and something after it": (coded("gzip", HTML + b"more"), set()),
    "two gzips in a row": (coded("gzip", HTML + HTML), {Failure.ENCODING}),
    "gzip with a name without end": (
        says(HEAD + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x08" + bytes(6), endless=b"n" * 64 * KB),
        {Failure.TOO_BIG},
    ),
    "gzip of nothing without end": (
        says(
            HEAD + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08" + bytes(7),
            endless=b"\x00\x00\x00\xff\xff" * 10_000,
        ),
        {Failure.TOO_BIG},
    ),
    "gzip in capitals": (coded("GZIP", HTML), set()),
}
_SLOWNESS: Final = {
    "a body by the byte": (drips(HEAD + b"\r\n"), SLOW),
    "a header by the byte": (drips(HEAD + b"X-Slow: "), SLOW),
    "a status line by the byte": (drips(b"HTTP/1.1 200 "), SLOW),
    "chunks by the byte": (says(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", endless=b"1\r\nx\r\n", pause=0.05), SLOW),
    "silence": (falls_silent(), SLOW),
    "silence after the headers": (falls_silent(HEAD + b"Content-Length: 10\r\n\r\n"), SLOW),
    "silence within a chunk": (falls_silent(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhe"), SLOW),
    "silence within a redirect": (
        falls_silent(b"HTTP/1.1 302 Away\r\nLocation: /x\r\nContent-Length: 9\r\n\r\n"),
        SLOW,
    ),
    "early hints without end": (says(endless=b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 50), {*SLOW, *ILL}),
    "continuations without end": (says(endless=b"HTTP/1.1 100 Continue\r\n\r\n" * 50), {*SLOW, *ILL}),
    "early hints by the drop": (says(endless=b"HTTP/1.1 103 Early Hints\r\n\r\n", pause=0.05), SLOW),
    "a thousand early hints and a page": (says(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 1000 + PLAIN), set()),
}
_HEADERS: Final = {
    "headers without end": (says(HEAD, endless=b"X-More: y\r\n" * 1000), ILL),
    "a header without end": (says(HEAD + b"X-Long: ", endless=b"y" * 64 * KB), ILL),
    "a header of ten megabytes": (says(HEAD + b"X-Long: " + b"y" * 10_000_000 + b"\r\n\r\n"), ILL),
    "a status line without end": (says(b"HTTP/1.1 200 ", endless=b"y" * 64 * KB), ILL),
    "a reason of many words": (begins(b"HTTP/1.1 200 " + b"y" * 50_000 + b"\r\nContent-Length: 0\r\n\r\n"), set()),
    "250 headers": (headed(*MANY), {Failure.HEADERS}),
    "a cookie of 90 kilobytes": (headed("Set-Cookie: a=" + "b" * 90_000), set()),
    "150 cookies": (headed(*(f"Set-Cookie: a{number}=b" for number in range(150))), set()),
    "a header with a null byte": (headed("X-Null: a\x00b"), ILL),
    "a header beyond ASCII": (headed("X-Swedish: åäö"), set()),
    "a header without a colon": (headed("X-Nothing"), ILL),
    "a header without a name": (headed(": value"), ILL),
    "a header with a space before its colon": (headed("X-Space : value"), ILL),
    "a header over two lines": (headed("X-Folded: a\r\n  b"), set()),
    "headers that end in bare line feeds": (begins(b"HTTP/1.1 200 OK\nContent-Length: 3\n\nhej"), set()),
    "a carriage return within a header": (headed("X-Return: a\rb"), ILL),
}
_FRAMING: Final = {
    "less than announced": (says(HEAD + b"Content-Length: 100\r\n\r\nhej"), {Failure.CUT_SHORT}),
    "more than announced": (says(HEAD + b"Content-Length: 3\r\n\r\nhej och mer"), set()),
    "a negative length": (headed("Content-Length: -3"), ILL),
    "two lengths": (headed("Content-Length: 3", "Content-Length: 5"), ILL),
    "the same length twice": (headed("Content-Length: 3", "Content-Length: 3"), set()),
    "a length of five thousand digits": (headed("Content-Length: " + "9" * 5000), {*ILL, *BROKEN}),
    "a length in words": (headed("Content-Length: three"), ILL),
    "a length and chunks": (says(HEAD + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), set()),
    "chunks that stop": (chunked(b"5\r\nhe"), {Failure.CUT_SHORT}),
    "chunks without a last one": (chunked(b"3\r\nhej\r\n"), {Failure.CUT_SHORT}),
    "a chunk of no size": (chunked(b"x\r\nhej\r\n0\r\n\r\n"), ILL),
    "a chunk of negative size": (chunked(b"-3\r\nhej\r\n0\r\n\r\n"), ILL),
    "a chunk of sixteen exabytes": (chunked(b"ffffffffffffffff\r\nhej"), {Failure.CUT_SHORT, *ILL}),
    "a chunk of too many digits": (chunked(b"f" * 100 + b"\r\nhej"), {Failure.CUT_SHORT, *ILL}),
    "a chunk with a long remark": (chunked(b"3;" + b"x" * 10_000_000 + b"\r\nhej\r\n0\r\n\r\n"), ILL),
    "trailers without end": (chunked(b"3\r\nhej\r\n0\r\n", endless=b"X-More: y\r\n" * 1000), ILL),
    "a transfer coding that nobody knows": (headed("Transfer-Encoding: fancy"), ILL),
    "chunked twice": (headed("Transfer-Encoding: chunked, chunked"), ILL),
}
_STATUSES: Final = {
    "HTTP/0.9": (begins(b"<html>hej"), {*ILL, *BROKEN}),
    "HTTP/2 unasked": (begins(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + bytes(18)), ILL),
    "HTTP of the future": (begins(b"HTTP/9.9 200 OK\r\nContent-Length: 0\r\n\r\n"), set()),
    "another protocol": (begins(b"SSH-2.0-OpenSSH_9.2\r\n"), {*ILL, *BROKEN}),
    "noise": (begins(bytes(range(256)) * 40), ILL),
    "a status of two digits": (begins(b"HTTP/1.1 20 OK\r\n\r\n"), ILL),
    "a status of four digits": (begins(b"HTTP/1.1 2000 OK\r\n\r\n"), ILL),
    "a status in words": (begins(b"HTTP/1.1 two OK\r\n\r\n"), ILL),
    "status 000": (begins(b"HTTP/1.1 000 Oh\r\nContent-Length: 0\r\n\r\n"), {*ILL, *BROKEN}),
    "nothing at all": (says(), {Failure.RESET}),
    "a reset": (resets(), BROKEN),
    "a reset after the headers": (resets(HEAD + b"Content-Length: 10\r\n\r\n"), BROKEN),
    "a reset within the body": (resets(HEAD + b"Content-Length: 100000\r\n\r\n", bytes(500)), BROKEN),
    "204 with a body": (begins(b"HTTP/1.1 204 No\r\nContent-Length: 3\r\n\r\nhej"), set()),
    "304 unasked": (begins(b"HTTP/1.1 304 Not Modified\r\n\r\n"), {Failure.NOT_ASKED_FOR}),
    "switching protocols unasked": (begins(b"HTTP/1.1 101 Switch\r\nUpgrade: x\r\n\r\n"), {*ILL, *BROKEN}),
    "429": (begins(b"HTTP/1.1 429 Slow\r\nContent-Length: 0\r\n\r\n"), {Failure.RATE_LIMITED}),
    "999": (begins(b"HTTP/1.1 999 No\r\nContent-Length: 0\r\n\r\n"), {Failure.REFUSED}),
}
_REDIRECTS: Final = {
    "a redirect to itself": (redirect("/"), {Failure.REDIRECT_LOOP}),
    "a redirect that goes ever further": (further(), {Failure.TOO_MANY_HOPS}),
    "a redirect to nowhere": (redirect(""), {Failure.REDIRECT_LOOP}),
    "a redirect without an address": (begins(b"HTTP/1.1 302 Away\r\nContent-Length: 0\r\n\r\n"), set()),
    "a redirect to a very long address": (redirect("/" + "x" * 20_000), {Failure.BAD_REDIRECT}),
    "a redirect to what is no address": (redirect("http://[/"), {Failure.BAD_REDIRECT}),
    "a redirect with odd bytes": (redirect("/\xff\xfe"), {Failure.REDIRECT_LOOP}),
    "a redirect to another port": (redirect("http://pub.example:22/"), {Failure.PORT}),
    "a redirect to a file": (redirect("file:///etc/passwd"), {Failure.BAD_REDIRECT}),
    "two addresses in one redirect": (
        begins(b"HTTP/1.1 302 Away\r\nLocation: /a\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"),
        {Failure.REDIRECT_LOOP, Failure.BAD_REDIRECT},
    ),
}
_TLS: Final = {
    "a handshake that is never answered": (falls_silent(), {Failure.CONNECT_TIMEOUT, Failure.DEADLINE}),
    "a handshake answered with noise": (resets(bytes(range(256))), {Failure.TLS, Failure.CONNECT, Failure.RESET}),
    "a handshake broken off": (resets(b"\x16\x03\x03\x00\x7a\x02"), {Failure.TLS, Failure.CONNECT, Failure.RESET}),
}

_ALL: Final = _SIZES | _CODINGS | _SLOWNESS | _HEADERS | _FRAMING | _STATUSES | _REDIRECTS
BOMBS: Final = {
    **{name: Bomb(serve, frozenset(may_be)) for name, (serve, may_be) in _ALL.items()},
    **{name: Bomb(serve, frozenset(may_be), tls=True) for name, (serve, may_be) in _TLS.items()},
}

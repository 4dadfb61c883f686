"""Bytes to text, by allow-list.

    byte order mark ─▶ empty bytes beside the first letter ─▶ Content-Type ─▶ <meta charset> or <?xml encoding>
    what is UTF-8 under another label, or another under UTF-8's ─▶ UTF-8, else windows-1252

Only the labels of the WHATWG Encoding Standard are known (https://encoding.spec.whatwg.org/#names-and-labels).
Python alone would also answer to punycode, zlib or rot13, and spend minutes on them. UTF-32 has no label there: it is
known by its marks and empty bytes alone (XML 1.0, appendix F.1; RFC 4627, section 3).
"""

from __future__ import annotations

import re
from codecs import charmap_decode, utf_8_decode
from types import MappingProxyType
from typing import Final, NamedTuple

_SNIFFED = 1024

# One line an encoding: Python's codec, then its labels in the standard. Lower case, as labels are compared.
_TABLE = """
utf-8: unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8
cp866: 866 cp866 csibm866 ibm866
iso8859-2: csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2
iso8859-3: csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3
iso8859-4: csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4
iso8859-5: csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988
iso8859-6: arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e iso-8859-6-i
iso8859-6: iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987
iso8859-7: csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7
iso8859-7: iso_8859-7:1987 sun_eu_greek
iso8859-8: csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8
iso8859-8: iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical
iso8859-10: csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6
iso8859-13: iso-8859-13 iso8859-13 iso885913
iso8859-14: iso-8859-14 iso8859-14 iso885914
iso8859-15: csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9
iso8859-16: iso-8859-16
koi8-r: cskoi8r koi koi8 koi8-r koi8_r
koi8-u: koi8-ru koi8-u
mac-roman: csmacintosh mac macintosh x-mac-roman
mac-cyrillic: x-mac-cyrillic x-mac-ukrainian
cp874: dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874
cp1250: cp1250 windows-1250 x-cp1250
cp1251: cp1251 windows-1251 x-cp1251
cp1252: ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1
cp1252: iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252
cp1253: cp1253 windows-1253 x-cp1253
cp1254: cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5
cp1254: windows-1254 x-cp1254
cp1255: cp1255 windows-1255 x-cp1255
cp1256: cp1256 windows-1256 x-cp1256
cp1257: cp1257 windows-1257 x-cp1257
cp1258: cp1258 windows-1258 x-cp1258
gb18030: chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030
big5hkscs: big5 big5-hkscs cn-big5 csbig5 x-x-big5
euc_jp: cseucpkdfmtjapanese euc-jp x-euc-jp
iso2022_jp: csiso2022jp iso-2022-jp
cp932: csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis
cp949: cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949
utf-16-be: unicodefffe utf-16be
utf-16-le: csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le
"""


def _labels(table: str) -> dict[str, str]:
    lines = (line.partition(": ") for line in table.strip().splitlines())
    return {label: codec for codec, _, labels in lines for label in labels.split()}


CODECS: Final = MappingProxyType(_labels(_TABLE))

_MANY_BYTES = {"utf-8", "utf-16-be", "utf-16-le", "gb18030", "big5hkscs", "euc_jp", "iso2022_jp", "cp932", "cp949"}
_BYTE_TABLES: Final = MappingProxyType(
    {codec: bytes(range(256)).decode(codec, "replace") for codec in set(CODECS.values()) - _MANY_BYTES}
)

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"), (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"),
)  # fmt: skip
_WIDE: Final = re.compile(  # the first letter of markup or of JSON and, where each takes two bytes, the one behind it
    rb"(?P<utf_32_be>\0\0\0[<{\[])|(?P<utf_32_le>[<{\[]\0\0\0)|(?P<utf_16_be>\0[<{\[]\0)|(?P<utf_16_le>[<{\[]\0[^\0]\0)"
)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([^\s;\"',]{1,40})", re.IGNORECASE)  # the name in a Content-Type header
# The name in a meta element or in an XML declaration.
_IN_MARKUP = re.compile(rb"(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.IGNORECASE)


class Decoded(NamedTuple):
    """A body's text, and its very bytes where they are that text in UTF-8: whoever needs those need not make them."""

    text: str
    utf_8: bytes | None = None


def decode(body: bytes, content_type: str | None) -> str:
    """The text of a body; what cannot be read becomes U+FFFD. Raises nothing, on any bytes and any label.

    `content_type` is the header as it came, or None.
    """
    return decoded(body, content_type).text


def decoded(body: bytes, content_type: str | None) -> Decoded:
    """The same, with what it was made of."""
    for mark, unicode in _MARKS:
        if body.startswith(mark):
            return Decoded(body[len(mark) :].decode(unicode, "replace"))
    if wide := _WIDE.match(body):
        return Decoded(body.decode(str(wide.lastgroup), "replace"))
    codec = _declared(content_type or "") or _sniffed(body[:_SNIFFED])
    if codec in (None, "utf-8") or _was_recoded(body, codec):
        return _undeclared(body)
    return Decoded(_read(body, codec))


_ASCII: Final = bytes(range(128))
_TELLING: Final = 8  # bytes beyond ASCII: two Chinese letters alone may look like three others


def _was_recoded(body: bytes, codec: str) -> bool:
    """Whether it is UTF-8 under another label, of a recorder's or a server's: by chance, nothing else looks like that.

    Western European, which servers put on all they send, needs no more than one letter: nobody writes "Ã¥". Markup in
    UTF-16 is half empty bytes.
    """
    if codec.startswith("utf-16"):
        return b"\0" not in body[:_SNIFFED]
    if not body.isascii() and (codec == "cp1252" or len(body.translate(None, _ASCII)) >= _TELLING):
        try:
            body.decode("utf-8")
        except UnicodeDecodeError:
            return False
        return True
    return False


def _read(body: bytes, codec: str) -> str:
    """Python asks a handler about each unmapped byte, 3 MB of them for a second; a full table has nothing to ask."""
    table = _BYTE_TABLES.get(codec)
    return charmap_decode(body, "strict", table)[0] if table else body.decode(codec, "replace")


def _declared(content_type: str) -> str | None:
    found = _IN_HEADER.search(content_type[:1000])
    return CODECS.get(found[1].lower()) if found else None


def _sniffed(start: bytes) -> str | None:
    """What the markup says of itself. UTF-16 is taken for UTF-8: had it been true, this could not have been read."""
    found = _IN_MARKUP.search(start)
    codec = CODECS.get(found[1].decode("ascii", "replace").lower()) if found else None
    return "utf-8" if codec and codec.startswith("utf-16") else codec


def _undeclared(body: bytes) -> Decoded:
    try:
        return Decoded(body.decode("utf-8"), body)
    except UnicodeDecodeError:
        return Decoded(_read(body, _guess(body)))


_DAMAGED: Final = 10  # times as many as there are whole ones


def _guess(body: bytes) -> str:
    """UTF-8 that was damaged in places still holds whole letters of UTF-8; in western European there are next to none.

    A letter in which the body was cut is not held against it.
    """
    text, read = utf_8_decode(body, "replace", False)
    damaged = text.count("\ufffd")
    whole = len(text) - (read - len(body[:read].translate(None, _ASCII))) - damaged
    return "utf-8" if damaged < whole * _DAMAGED else "cp1252"

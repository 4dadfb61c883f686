"""Bytes to text: what is declared is followed, what nobody should answer to is not."""

from __future__ import annotations

import encodings.aliases
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.reading.charsets import CODECS, decode, decoded
from tests.quickness import seconds_of

JUNK = (
    *("", " ", "utf", "utf-99", "UTF-8'", "x" * 300, "zlib", "bz2", "rot13", "idna", "punycode", "undefined", "utf-7"),
    *("hex", "base64", "uu", "quopri", "unicode_escape", "raw_unicode_escape", "mbcs", "oem", "palmos", "utf-32"),
    *("ucs4", "null", "none", "../../etc/passwd", "%00", "\x00", "åäö", "🙂", "=", "==", ";", ";;charset", "charset="),
    *("'", '"', "utf-8\r\nx: y", "replacement", "x-user-defined", "iso-2022-kr", "hz-gb-2312"),
)


def test_the_mark_at_the_beginning_wins_over_the_header() -> None:
    assert decode("\ufeffå".encode("utf-16-le"), "text/html; charset=utf-8") == "å"


def test_the_header_wins_over_the_markup() -> None:
    assert decode(b"<meta charset=utf-8>\xe5", "text/html; charset=ISO-8859-1").endswith("å")


@pytest.mark.parametrize(
    "start",
    [
        b'<meta charset="windows-1251">',
        b"<meta http-equiv=content-type content='text/html; charset=windows-1251'>",
        b'<?xml version="1.0" encoding="windows-1251"?>',
    ],
)
def test_the_markup_may_say_it_itself(start: bytes) -> None:
    assert decode(start + "я".encode("cp1251"), "text/html").endswith("я")


def test_markup_is_only_asked_in_the_first_kilobyte() -> None:
    assert decode(b" " * 1024 + b"<meta charset=windows-1251>" + b"\xe5", None).endswith("å")


def test_markup_that_claims_utf_16_is_read_as_utf_8() -> None:
    assert decode("<meta charset=utf-16>å".encode(), None).endswith("å")


@pytest.mark.parametrize("label", ["gb2312", "windows-1251", "iso-8859-1", "shift_jis"])
def test_what_a_recorder_stored_as_utf_8_is_utf_8_under_its_former_label(label: str) -> None:
    assert decode(f'<?xml version="1.0" encoding="{label}"?><a>Älmestads båtar är på sjön</a>'.encode(), None).endswith(
        "<a>Älmestads båtar är på sjön</a>"
    )


def test_a_single_letter_of_utf_8_is_enough_against_the_label_that_servers_put_on_everything() -> None:
    assert decode("Å kommun".encode(), "text/html; charset=iso-8859-1") == "Å kommun"
    assert decode("Å kommun".encode("latin-1"), "text/html; charset=iso-8859-1") == "Å kommun"


def test_two_letters_that_look_like_utf_8_are_what_the_label_says() -> None:
    assert decode("联通".encode("gbk"), "text/html; charset=gb2312") == "联通"


def test_without_a_word_it_is_utf_8_and_else_western_european() -> None:
    assert decode("Förvaltning".encode(), None) == "Förvaltning"
    assert decode("Förvaltning".encode("latin-1"), None) == "Förvaltning"


def test_utf_8_that_was_cut_in_a_letter_is_still_utf_8() -> None:
    assert decode(("ö" * 50).encode()[:-1], None) == "ö" * 49 + "\ufffd"


def test_latin_1_means_windows_1252_as_browsers_read_it() -> None:
    assert decode(b"\x93bra\x94", "text/html; charset=iso-8859-1") == "“bra”"


def test_what_cannot_be_read_is_replaced_and_not_dropped() -> None:
    assert decode("å".encode() + b"a\xffb", "text/html; charset=utf-8") == "åa\ufffdb"


@pytest.mark.parametrize("label", ["text/xml; charset=utf-8", "text/html; charset=utf-16", None])
def test_western_european_letters_are_read_as_such_whatever_stands_on_them(label: str | None) -> None:
    page = '<?xml version="1.0" encoding="utf-8"?><title>Älmestads båtar på sjön</title>'
    assert decode(page.encode("latin-1"), label) == page


def test_utf_8_of_few_letters_that_was_cut_in_one_is_no_other_encoding() -> None:
    assert decode("Malmö på".encode()[:-1], None) == "Malmö p\ufffd"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(
    "body", ['<?xml version="1.0"?><title>På sjön</title>', '{"title": "På sjön"}', "<rss>å</rss>"]
)
@pytest.mark.parametrize("said", [None, "text/xml", "application/json; charset=utf-8"])
def test_letters_of_two_and_four_bytes_are_known_by_the_empty_ones(
    codec: str, mark: str, body: str, said: str | None
) -> None:
    assert decode((mark + body).encode(codec), said) == body


def test_a_label_of_utf_16_over_plain_letters_is_a_mistake() -> None:
    assert decode(b"<rss>plain</rss>", "text/xml; charset=utf-16") == "<rss>plain</rss>"


def test_a_codec_of_python_is_answered_to_only_if_browsers_do() -> None:
    plain = "a–å".encode("cp1252")
    labels = {*encodings.aliases.aliases, *encodings.aliases.aliases.values()}
    of_their_own = CODECS.keys() - {label for label, codec in CODECS.items() if codec == "utf-8"}
    expected = {each: plain.decode(CODECS[each], "replace") if each in of_their_own else "a–å" for each in labels}
    read = {each: decode(plain, f"text/html; charset={each}") for each in labels}
    assert {each for each in labels if read[each] != expected[each]} == set()


@pytest.mark.parametrize("label", JUNK)
def test_a_junk_label_is_as_good_as_none(label: str) -> None:
    assert decode("a–å".encode(), f"text/html; charset={label}") == "a–å"


@pytest.mark.parametrize("codec", sorted(set(CODECS.values())))
def test_no_allowed_charset_takes_long_over_the_largest_body(codec: str) -> None:
    label = next(label for label, name in CODECS.items() if name == codec)
    for body in (bytes(range(256)) * 11_700, b"\xff" * 3_000_000, b"\x1b$B\x80" * 750_000):
        assert seconds_of(partial(decode, body, f"text/html; charset={label}"), 0.5) < 0.5


@given(
    st.binary(max_size=300) | st.text(max_size=100).map(lambda text: text.encode(errors="replace")),
    st.none() | st.text(max_size=60) | st.sampled_from(["text/html; charset=utf-8", "text/html; charset=gbk"]),
)
def test_bytes_that_are_told_as_the_text_are_the_text(body: bytes, content_type: str | None) -> None:
    text, utf_8 = decoded(body, content_type)
    assert utf_8 is None or utf_8 == text.encode()


def test_what_came_in_utf_8_need_not_be_made_again() -> None:
    body = "<p>Älmestad</p>".encode()
    assert decoded(body, "text/html; charset=utf-8").utf_8 is body
    assert decoded(b"\xef\xbb\xbf" + body, None).utf_8 is None


@given(st.binary(max_size=300), st.none() | st.text(max_size=60))
def test_any_bytes_under_any_header_become_text_that_can_be_stored(body: bytes, content_type: str | None) -> None:
    decode(body, content_type).encode("utf-8")

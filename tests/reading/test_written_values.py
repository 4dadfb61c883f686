"""Counts, dates and descriptions as pages write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from babel.numbers import format_compact_decimal, format_decimal
from hypothesis import assume, given
from hypothesis import strategies as st

from audits.model import Precision
from audits.reading.written_values import count_in, day_or_month, exact_counts, links_in, moment, plain, precision_of


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("523 417 följare", 523417),
        ("2\u00a0805 members", 2805),
        ("1,101,177 Followers", 1101177),
        ("1.101.177 Abonnenten", 1101177),
        ("12.3K subscribers", 12300),
        ("12,3 tn följare", 12300),
        ("2 miljoner", 2_000_000),
        ("3 mn prenumeranter", 3_000_000),
        ("1,2 mill. abonnenter", 1_200_000),
        ("5,04 mi de inscritos", 5_040_000),
        ("12 тыс. подписчиков", 12_000),
        ("2 mil suscriptores", 2_000),
        ("1,05 mil. odběratelů", 1_050_000),
        ("5’750 Follower", 5750),
        ("12 rb subscriber", 12_000),
        ("12 ezer feliratkozó", None),
        ("チャンネル登録者数 5万人", 50_000),
        ("구독자 3만명", 30_000),
        ("1 följare", 1),
        ("0", 0),
        ("ingen", None),
        ("1,2", None),
        ("", None),
        (None, None),
    ],
)
def test_a_count_is_read_in_many_hands(text: str | None, count: int | None) -> None:
    assert count_in(text) == count


LANGUAGES = [
    "sv", "en", "da", "nb", "fi", "is", "de", "fr", "es", "it", "nl", "pt", "pl", "cs", "sk", "hu", "ro", "sl", "hr",
    "sr", "sq", "mk", "bg", "el", "uk", "ru", "et", "lv", "lt", "ar", "fa", "he", "hi", "th", "vi", "id", "ja",
    "ko", "zh",
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_makes_twelve_of_twelve_thousand(language: str) -> None:
    for count in (12_000, 12_000_000):
        shown = format_compact_decimal(count, locale=language, fraction_digits=1)
        assert {count_in(shown), *exact_counts(shown)} <= {None, count}, shown


GROUPING = ["en", "en_IN", "de_CH", "de_AT", "fr", "sv", "pl", "hi", "bn", "mr", "ne", "my", "ar_EG", "fa", "ur", "ckb"]


@pytest.mark.parametrize("locale", GROUPING)
def test_the_digits_of_a_large_count_are_parted_by_each_languages_own_marks(locale: str) -> None:
    for count in (1_234, 12_345, 100_000, 1_234_567, 12_000_000):
        shown = format_decimal(count, locale=locale, numbering_system="default")
        assert (count_in(shown), exact_counts(f"{shown} / {shown} / 0")) == (count, (count, count, 0)), shown


AUTUMN = datetime(2025, 11, 5, 18, 52, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2025-11-05T18:52:10Z",
        "2025-11-05T18:52:10+00:00",
        "2025-11-05T19:52:10+0100",
        "2025-11-05 18:52:10",
        "2025-11-05 18:52:10 UTC",
        "2025-11-05 18:52:10 +0000 UTC",
        "2025/11/5 18:52:10",
        "5.11.2025 18:52:10",
        "Wed, 5 Nov 2025 18:52:10 GMT",
        "Wed, 5 Nov 2025 13:52:10  EST",
        "Wed, 05 Nov 2025 19:52:10 CET",
        "Wed, 05 Nov 2025 20:52:10 CEST",
        "Wed Nov 05 20:52:10 CEST 2025",
        "Thu, 06 Nov 2025 03:52:10 JST",
        "2025-11-05T18:52:10z",
        "Nov 5, 2025 6:52:10 PM",
        "5 November 2025 6:52:10 p.m.",
        "Wed Nov 05 2025 19:52:10 GMT+0100 (centraleuropeisk normaltid)",
        "Wed, 05 Nov 2025 19:52:10 +01:00",
        "Wed, 05 Nov 2025 20:52:10 GMT+2",
        "Wed, 05 Nov 2025 19:52:10 CET (+0100)",
        "2025-11-05T19:52:10+01:00[Europe/Stockholm]",
        "Wed, 05 Nov 2025 19:52:10.000 +0100",
        "onsdag 5 november 2025 18:52:10",
        "05-Nov-2025 18:52:10",
        " 1762368730 ",
        "1762368730000",
        1762368730,
        1762368730.0,
    ],
)
def test_one_moment_is_read_from_every_way_of_writing_it(written: object) -> None:
    assert moment(written) == AUTUMN


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("ons, 7 maj 2025 10:00:00 +0200", 5),
        ("Di, 07 Okt 2025 10:00:00 +0200", 10),
        ("Mi, 10 Dez 2025 10:00:00 GMT", 12),
        ("onsdag, 10. september 2025 10:00", 9),
        ("10 août 2025 10:00:00 +0200", 8),
        ("10 de junio de 2025", 6),
        ("10 juillet 2025", 7),
        ("19 marraskuuta 2025", 11),
        ("3 mrt. 2025", 3),
        ("Tue, 2 Sept 2025 10:00:00 GMT", 9),
        ("November 10th, 2025", 11),
    ],
)
def test_months_are_read_in_the_languages_that_feeds_slip_into(written: str, month: int) -> None:
    at = moment(written)
    assert at is not None
    assert at.month == month


@pytest.mark.parametrize("written", ["3 decibel 2025", "1 maraton 2025", "Marias 5, 2025"])
def test_a_word_that_only_begins_like_a_month_is_none(written: str) -> None:
    assert moment(written) is None


@pytest.mark.parametrize(
    "written",
    [
        "Wed, 5 Nov 2025", "November 5, 2025", "20251105", "2025-11-05", "5.11.2025", "onsdag 5 november 2025",
        "onsdagen den 5 november 2025", "den 5 november 2025", "5th November 2025", "5-Nov-2025",
    ],
)  # fmt: skip
def test_a_day_alone_is_that_day_in_every_way_of_writing_it(written: str) -> None:
    assert (moment(written), precision_of(written)) == (datetime(2025, 11, 5, tzinfo=UTC), Precision.DAY)


@pytest.mark.parametrize(
    "written",
    [
        "5 november 2025 kl. 18.52", "onsdagen den 5 november 2025 kl 18.52", "2025-11-05 kl 18:52", "5.11.2025 18.52",
        "Wednesday, November 5, 2025 - 18:52", "5 november 2025, 18:52", "Wed, 5 November, 2025 18:52",
    ],
)  # fmt: skip
def test_a_time_of_day_is_read_behind_its_day(written: str) -> None:
    assert (moment(written), precision_of(written)) == (AUTUMN.replace(second=0), Precision.SECOND)


def test_a_date_may_name_a_day_or_a_month_and_by_its_year_alone_it_is_none() -> None:
    assert day_or_month("2025-11-05") == (datetime(2025, 11, 5, tzinfo=UTC), Precision.DAY)
    assert day_or_month("2025-11") == (datetime(2025, 11, 1, tzinfo=UTC), Precision.MONTH)
    assert [day_or_month(each)[0] for each in ("2025", "2025-13", "2025-11-31", "", "0000-00-00")] == [None] * 5


def test_a_week_is_no_day() -> None:
    assert [moment(each) for each in ("2025-W45", "2025W45")] == [None, None]
    assert moment("2025-W45-3") == datetime(2025, 11, 5, tzinfo=UTC)


def test_noon_and_midnight_are_told_apart() -> None:
    assert moment("Nov 5, 2025 12:10 AM") == datetime(2025, 11, 5, 0, 10, tzinfo=UTC)
    assert moment("Nov 5, 2025 12:10 PM") == datetime(2025, 11, 5, 12, 10, tzinfo=UTC)


def test_which_of_two_figures_is_the_month_is_not_guessed() -> None:
    assert moment("05/11/2025 18:52:10") is None
    assert moment("25/13/2025") is None


@pytest.mark.parametrize("written", ["25/11/2025 18:52:10", "11/25/2025 6:52:10 PM", "25-11-2025 18:52:10"])
def test_what_can_be_no_month_is_the_day(written: str) -> None:
    assert moment(written) == AUTUMN.replace(day=25)


@pytest.mark.parametrize(
    "clock",
    [
        "0001-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT", 0, "0", "2000-01-01T00:00:00Z", 978_307_200,
        "Mon, 01 Jan 0001 00:00:00 GMT", "Sat, 01 Jan 2000 00:00:00 +0100",
        "Wed, 30 Nov -0001 00:00:00 +0000", "Sun, 30 Nov 0000 00:00:00 +0000", "Mon Jan 01 00:00:00 GMT 0001",
    ],
)  # fmt: skip
def test_a_clock_that_was_never_set_is_no_date(clock: object) -> None:
    assert moment(clock) is None


@pytest.mark.parametrize(
    "value",
    ["", "igår", "3 veckor sedan", "2025-13-01", "9999-12-31T23:59:59-05:00", True, None, [], 10**400, "9" * 500],
)
def test_what_is_no_date_is_nothing(value: object) -> None:
    assert moment(value) is None


WHERE_CLOCKS_BEGIN = (946_684_800, 978_307_200)  # 2000 and 2001: of clocks that were never set


@given(st.integers(788_918_400, 3_786_912_000))
def test_every_second_from_1995_to_2090_comes_back_from_iso_8601(seconds: int) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    assume(seconds not in WHERE_CLOCKS_BEGIN)
    assert moment(at.isoformat()) == at


@given(st.text(max_size=80) | st.floats() | st.integers())
def test_no_value_is_too_strange_for_a_date(value: object) -> None:
    at = moment(value)
    assert at is None or at.utcoffset() == timedelta(0)


@given(st.text(max_size=80))
def test_no_text_is_too_strange_for_a_count(text: str) -> None:
    count = count_in(text)
    assert count is None or count >= 0


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>Hej <b>du</b></p>", "Hej du"),
        ("A &amp; B", "A & B"),
        ("  ", None),
        ("", None),
        (None, None),
        ("<p></p>", None),
    ],
)
def test_a_description_is_its_words(markup: str | None, words: str | None) -> None:
    assert plain(markup) == words


@pytest.mark.parametrize(
    ("markup", "links"),
    [
        ('<a href="https://almestad.example" rel="me"><span class="invisible">https://</span>almestad.example</a>',
         ("https://almestad.example",)),
        ('<a href="https://x.example/@b">@b</a> <a href="https://x.example/tags/c">#c</a>', ()),
        ('<a href="javascript:alert(1)">a</a><a href="/om">b</a>', ()),
        (" https://almestad.example/a ", ("https://almestad.example/a",)),
        ("ring oss", ()),
        ("", ()),
        (None, ()),
    ],
)  # fmt: skip
def test_a_profile_field_leads_to_the_web_addresses_in_it(markup: str | None, links: tuple[str, ...]) -> None:
    assert links_in(markup) == links


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("3,397 Followers, 395 Following, 73 Posts", (3397, 395, 73)),
        ("14.1m Followers, 1,364 Following, 332 Posts", (None, 1364, 332)),
        ("97 mn följare, 77 följer, 4 500 inlägg", (None, 77, 4500)),
        ("1\u00a0234 abonnés", (1234,)),
        ("120 тыс. подписчиков, 300 публикаций", (None, 300)),
        ("27K followers", (None,)),
        ("120万人", (None,)),
        ("", ()),
        (None, ()),
    ],
)
def test_a_rounded_count_is_never_given_as_exact(text: str | None, counts: tuple[int | None, ...]) -> None:
    assert exact_counts(text) == counts

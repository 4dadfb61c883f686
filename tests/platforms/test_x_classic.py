"""Twitter's pages of 2008 to 2023, by their markup alone: the header card, dates of posts, what a browser shows."""

from __future__ import annotations

from datetime import date

import pytest

from audits.model import UNSEEN, Existence, PlatformId, Reading, Transport
from audits.platforms.x import PLATFORM
from tests.platforms.shown import kept, made, read, the_time

CARD = (
    '<img class="ProfileAvatar-image" src="https://pbs.twimg.com/profile_images/1/hamn_400x400.png">'
    '<div class="ProfileNav" data-user-id="4711"><ul>'
    '<li class="ProfileNav-item--tweets"><a title="45 Tweets"></a></li>'
    '<li class="ProfileNav-item--followers"><span data-count="321">321</span></li></ul></div>'
    '<a class="ProfileHeaderCard-nameLink" href="/HamnstadHamn">Hamnstads hamn</a>'
    '<p class="ProfileHeaderCard-bio">Påhittad hamn</p>'
    '<span class="ProfileHeaderCard-urlText"><a title="http://hamn.hamnstad.example/">hamn…</a></span>'
)
OWN = '<div class="tweet" data-tweet-id="1134730000000000000" data-screen-name="HamnstadHamn"></div>'
OTHERS = '<div class="tweet" data-tweet-id="1239999000000000000" data-screen-name="annan"></div>'


def look(body: str, canonical: str = "https://twitter.com/HamnstadHamn", title: str = "") -> Reading:
    head = f'<title>{title}</title><link rel="canonical" href="{canonical}">'
    return read(PLATFORM, made(f"<html><head>{head}</head><body>{body}</body></html>"), "x:hamnstadhamn")


def day_of(reading: Reading) -> date | None:
    at = the_time(reading.facts)
    return at.date() if at else None


def test_the_header_card_tells_what_the_data_would_have_told() -> None:
    reading = look(CARD + OWN + OTHERS)
    facts = reading.facts
    assert (reading.existence, facts.display_name, facts.handle) == (
        Existence.PRESENT, "Hamnstads hamn", "HamnstadHamn",
    )  # fmt: skip
    assert (facts.platform_id, facts.description) == (PlatformId("user", "4711"), "Påhittad hamn")
    assert (facts.followers, facts.posts_count, facts.verified) == (321, 45, False)
    assert facts.website_link == "http://hamn.hamnstad.example/"
    assert facts.avatar_url == "https://pbs.twimg.com/profile_images/1/hamn_400x400.png"
    assert day_of(reading) == date(2019, 6, 1)


def test_words_that_links_part_are_not_the_profiles_as_written() -> None:
    assert look(CARD.replace("Påhittad", '<a href="/x">@<b>x</b></a>')).facts.description is UNSEEN


def test_the_profile_behind_a_single_post_is_no_profile() -> None:
    assert look(CARD, "https://twitter.com/HamnstadHamn/status/1134730000000000000").existence is Existence.UNKNOWN


BROWSER = (
    '<div data-testid="UserName">Hamnstads hamn</div><div data-testid="UserDescription">Påhittad hamn</div>'
    '<a data-testid="UserUrl" href="https://t.co/a">hamn.hamnstad.example</a>'
    '<a href="/annan/followers">9 Följare</a><a href="/HamnstadHamn/followers"><b>4 321</b> Följare</a>'
    '<a href="/HamnstadHamn/photo"><img src="https://pbs.twimg.com/profile_images/1/hamn_200x200.png"></a>'
)


def test_what_a_browser_shows_below_the_name_is_read() -> None:
    facts = look(BROWSER, title="Hamnstads hamn (@HamnstadHamn) / Twitter").facts
    assert (facts.description, facts.followers) == ("Påhittad hamn", 4321)
    assert facts.website_link == "hamn.hamnstad.example"
    assert facts.avatar_url == "https://pbs.twimg.com/profile_images/1/hamn_200x200.png"


def test_rounded_counts_and_shortened_links_are_none() -> None:
    shortened = BROWSER.replace("4 321", "4,3 tn").replace("hamnstad.example", "hamnst…")
    facts = look(shortened, title="Hamnstads hamn (@HamnstadHamn) / Twitter").facts
    assert (facts.followers, facts.website_link) == (UNSEEN, UNSEEN)


POSTS = {
    "card-profile.html": OWN + OTHERS,
    "mobile-profile.html": '<table class="tweet" href="/HamnstadHamn/status/1134730000000000000?p=v"></table>'
    '<table class="tweet" href="/annan/status/1239999000000000000?p=v"></table>',
    "sidebar-profile.html": '<li class="hentry"><i class="published" data="{time:\'Sat Jun 01 08:00:00 +0000 2019\'}">'
    '</i></li><li class="hentry share"><i class="published" data="{time:\'Sun Mar 01 08:00:00 +0000 2020\'}"></i></li>',
}


@pytest.mark.parametrize("name", POSTS)
def test_earlier_layouts_date_their_own_posts_and_not_what_they_passed_on(name: str) -> None:
    page = kept("x", name)
    body = page.body.replace(b"</body>", POSTS[name].encode() + b"</body>")
    assert body != page.body
    assert day_of(read(PLATFORM, made(body), "x:hamnstadhamn")) == date(2019, 6, 1)


@pytest.mark.parametrize(
    "answer",
    [
        {"errors": [{"code": 34, "message": "Sorry, that page does not exist."}]},
        {"errors": [{"code": 17, "message": "No user matches for specified terms."}]},
        {"errors": [{"message": "x"}], "title": "Invalid Request", "detail": "One or more parameters",
         "type": "https://api.twitter.com/2/problems/invalid-request"},
        {"title": "Not Found", "type": "about:blank", "status": 404, "detail": "Not Found"},
    ],
)  # fmt: skip
def test_an_error_about_something_else_was_read_and_proves_nothing(answer: object) -> None:
    reading = read(PLATFORM, made(answer, url="https://api.twitter.com/1.1/users/show.json"), "x:hamnstadhamn")
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)
    assert reading.reason.startswith("they_said")

"""What an official page names, and whose it seems to be.

tests/pages/website (invented) ─▶ every hiding place, every trap      mangled pages ─▶ no exception
made-up snippets ─▶ one thing changed      recorded, labelled pages ─▶ the bars, where the corpus is present
"""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from audits.harvesting import harvest
from audits.harvesting.likeness import Likeness, Name, likeness
from audits.model import Own, Sighting, SightingKind
from audits.platforms import GRAMMARS
from config.exclusions import load_exclusions
from tests.corpus import recordings
from tests.harvest_scores import Score, halves, pages, score
from tests.platforms.shown import made, mangled

PAGES = Path(__file__).parent / "pages" / "website"
CITY = "https://www.almestad.example/"
EXCLUSIONS = load_exclusions()
PROFILE = SightingKind.PROFILE


def seen_on(body: str | bytes, url: str = CITY) -> tuple[Sighting, ...]:
    return harvest(made(body, url=url), GRAMMARS, EXCLUSIONS)


def kept(name: str, url: str = CITY) -> tuple[Sighting, ...]:
    return seen_on((PAGES / name).read_bytes(), url)


def accounts(seen: tuple[Sighting, ...]) -> dict[str, Own]:
    return {each.key or "": each.own for each in seen if each.kind is PROFILE}


def only(body: str, url: str = CITY) -> Sighting:
    """The one account that a snippet names."""
    (account,) = (each for each in seen_on(body, url) if each.kind is PROFILE)
    return account


def front(key: str) -> Sighting:
    return next(each for each in kept("front.html") if each.key == key and each.kind is PROFILE)


# --- hiding places --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("x:almestadstad", "meta twitter:site"),
        ("facebook:almestadsstad", "meta article:publisher"),
        ("facebook:id:100200300400501", "meta fb:pages"),
        ("mastodon:almestad@social.almestad.example", "link rel=me"),
        ("mastodon:press@social.almestad.example", "meta fediverse:creator"),
        ("feed:almestad.example/nyheter.rss", "feed link"),
        ("linkedin:company:almestads-stad", "json-ld"),
        ("bluesky:almestad.example", "json-ld"),
        ("snapchat:almestadstad", "json-ld"),
        ("youtube:@almestadsbibliotek", "itemprop sameAs"),
        ("pinterest:almestadsstad", "script"),
        ("threads:almestadsstad", "script"),
        ("linkedin:company:1234567", "page"),
        ("flickr:almestadsstad", "page"),
        ("instagram:almestadsstad", "header"),
        ("facebook:almestadsmuseer", "main text"),
        ("facebook:almestadsbibliotek", "main text"),
        ("x:almestadtrafik", "main text"),
        ("youtube:channel:UCalmestadalmestadalmest", "main text"),
        ("spotify:show:4almestadpoddenalmesta", "main text"),
        ("facebook:almestadskultur", "main text"),
        ("flickr:12345678@N00", "main text"),
        ("tiktok:almestadsstad", "main text"),
        ("instagram:almestadkonsthall", "main text"),
        ("twitch:almestadesport", "onclick of button"),
        ("tumblr:almestadsarkivet", "footer"),
        ("xing:pages:almestad", "footer"),
    ],
)
def test_an_account_is_found_wherever_a_page_hides_it(key: str, place: str) -> None:
    found = front(key)
    assert place in found.place
    assert found.own is Own.LIKELY


@pytest.mark.parametrize(
    "key",
    ["facebook:regionteatern", "x:exempelperson", "instagram:ett.exempel", "instagram:byranexempel", "x:wordpress"],
)
def test_what_structured_data_states_say_and_footers_credit_of_others_is_theirs(key: str) -> None:
    assert front(key).own is Own.UNLIKELY


def test_two_spellings_of_one_account_have_one_answer() -> None:
    spellings = [each for each in kept("front.html") if each.key == "facebook:almestadsstad"]
    assert [each.url[-2:] for each in spellings] == ["ad", "d/"]
    assert {(each.own, each.why) for each in spellings} == {(Own.LIKELY, spellings[0].why)}


def test_a_player_is_shown_by_its_address_and_its_account_by_its_own() -> None:
    kinds = {each.url.partition("?")[0]: each.kind for each in kept("front.html") if "kultur" in each.url}
    assert kinds == {
        "https://www.facebook.com/v19.0/plugins/page.php": SightingKind.EMBED,
        "https://www.facebook.com/almestadskultur": PROFILE,
    }


def test_a_feed_of_comments_is_not_the_citys() -> None:
    assert not any("comments" in each.url for each in kept("front.html"))


# --- what is no account ---------------------------------------------------------------------------------------------


def test_the_accounts_of_an_article_are_told_apart() -> None:
    assert accounts(kept("article.html", f"{CITY}bad")) == {
        "linkedin:in:ett-exempel": Own.UNLIKELY,
        "instagram:kakbolaget": Own.UNLIKELY,
        "x:ett_exempel": Own.UNLIKELY,
        "instagram:almestadssimklubb": Own.UNKNOWN,
        "facebook:regionteatern": Own.UNLIKELY,
        "facebook:almestadsstad": Own.LIKELY,
        "x:enbadgast": Own.UNLIKELY,
        "instagram:poeten": Own.UNLIKELY,
        "x:enkommentator": Own.UNLIKELY,
        "facebook:sponsorn": Own.UNLIKELY,
    }


@pytest.mark.parametrize(
    ("fragment", "kind"),
    [
        ("facebook.com/sharer", SightingKind.SHARE),
        ("twitter.com/intent/tweet", SightingKind.SHARE),
        ("linkedin.com/sharing", SightingKind.SHARE),
        ("api.whatsapp.com", SightingKind.SHARE),
        ("t.me/share", SightingKind.SHARE),
        ("reddit.com/submit", SightingKind.SHARE),
        ("bsky.app/intent", SightingKind.SHARE),
        ("pinterest.com/pin/create", SightingKind.SHARE),
        ("twitter.com/share", SightingKind.SHARE),
        ("youtube.com/watch", SightingKind.POST),
        ("/posts/123456789", SightingKind.POST),
        ("/status/1234567890123456789", SightingKind.EMBED),
        ("facebook.com/privacy", SightingKind.OTHER),
        ("twitter.com/en/privacy", SightingKind.OTHER),
        ("vimeo.com/cookie_policy", SightingKind.OTHER),
        ("https://www.facebook.com/", SightingKind.OTHER),
        ("https://www.youtube.com/", SightingKind.OTHER),
        ("yourusername", SightingKind.OTHER),
        ("fb.me", SightingKind.OTHER),
        ("t.co", SightingKind.OTHER),
    ],
)
def test_share_buttons_posts_embeds_and_platform_pages_are_no_accounts(fragment: str, kind: SightingKind) -> None:
    found = [each for each in kept("article.html", f"{CITY}bad") if fragment in each.url]
    assert kind in {each.kind for each in found}
    assert all(each.key is None and each.why for each in found if each.kind is kind)


def test_an_address_like_the_fediverses_on_any_host_is_not_taken_for_one() -> None:
    assert not any("unknown.example" in each.url for each in kept("article.html", f"{CITY}bad"))
    named = only('<a href="https://unknown.example/@almestad">Mastodon</a>')
    assert named.key == "mastodon:almestad@unknown.example"


def test_a_site_on_a_platform_does_not_find_itself() -> None:
    body = '<nav><a href="https://almestad.wordpress.com/om">Om</a></nav>'
    assert not seen_on(body, "https://almestad.wordpress.com/")
    assert only(body).key == "wordpress:almestad"


def test_a_page_without_channels_has_none() -> None:
    assert seen_on("<main><p>Inget här.</p></main>") == ()


# --- whose it is ----------------------------------------------------------------------------------------------------


def test_a_page_that_lists_channels_is_a_public_list() -> None:
    seen = kept("channels.html", f"{CITY}sociala-medier")
    assert set(accounts(seen).values()) == {Own.LIKELY}
    assert {each.why.partition(";")[0] for each in seen} == {"on a page that lists channels"}


def test_a_site_with_accounts_of_its_own_leaves_those_of_the_body_above_open() -> None:
    found = accounts(kept("library.html", "https://bibliotek.almestad.example/"))
    assert found["facebook:almestadsbibliotek"] is Own.LIKELY
    assert found["facebook:almestadsstad"] is Own.UNKNOWN


def test_whose_a_mayors_account_is_no_page_decides() -> None:
    found = accounts(kept("library.html", "https://bibliotek.almestad.example/"))
    assert found["x:borgmastaren"] is Own.UNKNOWN


def test_a_crowd_of_people_is_not_the_publisher() -> None:
    found = accounts(kept("people.html", "https://lyktan.example/"))
    people = {key for key in found if "lyktan" not in key.lower()}
    assert len(people) == 8
    assert {found[key] for key in people} == {Own.UNKNOWN}


def test_a_row_of_buttons_without_any_name_frames_the_page() -> None:
    row = [each for each in kept("people.html", "https://other.example/") if each.place == "row of channels"]
    assert [each.platform for each in row] == ["facebook", "instagram", "youtube"]
    assert {each.own for each in row} == {Own.LIKELY}


def test_a_footer_is_the_pages_own_and_an_articles_is_not() -> None:
    link = '<footer><a href="https://x.com/stranger">@stranger</a></footer>'
    assert only(link).own is Own.LIKELY
    assert only(f"<main><article>{link}</article></main>").own is Own.UNLIKELY


@pytest.mark.parametrize("wrapper", ["has-header", "page with-footer", "no-nav wide"])
def test_a_class_that_says_that_there_is_a_frame_is_none(wrapper: str) -> None:
    assert only(f'<div class="{wrapper}"><a href="https://x.com/stranger">@stranger</a></div>').own is Own.UNKNOWN


@pytest.mark.parametrize(
    "words",
    ["Följ oss på", "Gilla oss på", "Vi finns även på X:", "Follow us on", "Find us on X:", "Folgen Sie uns auf",
     "Suivez-nous", "Følg os", "Síguenos en", "Volg ons", "Seuraa meitä"],
)  # fmt: skip
def test_an_invitation_by_the_publisher_speaks_for_it(words: str) -> None:
    text = '<main><p>{} <a href="https://x.com/opaque1">@opaque1</a>.</p></main>'
    assert only(text.format(words)).own is Own.LIKELY
    assert only(text.format("Enligt kontot")).own is Own.UNLIKELY


@pytest.mark.parametrize(
    "words", ["Join us for a workshop by", "Vi finns på Storgatan 1, granne med", "Find us beside"]
)
def test_words_that_only_look_like_an_invitation_are_none(words: str) -> None:
    assert only(f'<main><p>{words} <a href="https://x.com/opaque1">@opaque1</a>.</p></main>').own is Own.UNLIKELY


def test_an_account_named_like_the_city_is_likely_in_running_text_and_one_named_after_it_is_open() -> None:
    text = '<main><p>Se <a href="https://x.com/{}">kontot</a>.</p></main>'
    assert only(text.format("almestad_stad")).own is Own.LIKELY
    assert only(text.format("almestadsfotbol")).own is Own.UNKNOWN


def test_what_stands_in_a_list_of_own_accounts_is_own() -> None:
    links = "".join(
        f'<a href="https://x.com/{name}">@{name}</a>, ' for name in ("almestad", "almestadkommun", "lyktan")
    )
    assert accounts(seen_on(f"<main><ul><li>{links}</li></ul></main>"))["x:lyktan"] is Own.LIKELY


def test_a_way_of_naming_that_own_accounts_share_makes_others_own() -> None:
    named = ("almestad2030", "almestad_se2030", "kultur2030", "miljo2030", "trafik2030", "poeten")
    links = "".join(f'<main><p>Se <a href="https://x.com/{name}">{name}</a></p></main>' for name in named)
    found = accounts(seen_on(links))
    assert found["x:trafik2030"] is Own.LIKELY
    assert found["x:poeten"] is Own.UNLIKELY


def test_a_vendors_account_is_its_own_on_its_own_site() -> None:
    footer = '<footer><a href="https://x.com/wordpress">WordPress</a></footer>'
    assert only(footer).own is Own.UNLIKELY
    assert only(footer, "https://wordpress.example/").own is Own.LIKELY


def test_an_organisation_that_the_page_is_about_is_not_the_one_it_is_by() -> None:
    data = '<script type="application/ld+json">{{"@type": "Organization", "url": "{}", "sameAs": "https://x.com/abcde"}}</script>'
    assert only(data.format(CITY)).own is Own.LIKELY
    assert only(data.format("https://other.example/")).own is Own.UNLIKELY


def test_a_place_that_a_page_is_about_has_accounts_that_the_page_does_not_claim() -> None:
    place = f'{{"@type": "Restaurant", "url": "{CITY}ata/krogen/", "sameAs": "https://x.com/krogen"}}'
    assert only(f'<script type="application/ld+json">{place}</script>').own is Own.UNKNOWN


def test_three_buttons_of_one_person_are_no_row_of_the_site() -> None:
    buttons = (
        "https://x.com/one_person",
        "https://www.linkedin.com/in/one-person",
        "https://www.instagram.com/one.person",
    )
    card = "".join(f'<a href="{address}"><i class="icon"></i></a>' for address in buttons)
    assert set(accounts(seen_on(f"<div>{card}</div>")).values()) == {Own.UNKNOWN}


def test_names_in_a_script_say_whose_an_address_is() -> None:
    script = '<script>var s = {{"{}": {{"url": "https:\\/\\/x.com\\/opaque1"}}}}</script>'
    assert only(script.format("socialLinks")).own is Own.LIKELY
    assert only(script.format("authors")).own is Own.UNLIKELY
    assert only(script.format("items")).own is Own.UNKNOWN


# --- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("handle", "name", "like"),
    [
        ("almestad", "almestad", Likeness.SAME),
        ("Almestads_kommun", "Almestads kommun", Likeness.SAME),
        ("almestad.official", "almestad", Likeness.SAME),
        ("ostraalmestad", "Östra Älmestad", Likeness.SAME),
        ("ovr", "Östra Vattenrådet", Likeness.NONE),
        ("avkb", "Almestads Vatten och Kretslopp Bolaget", Likeness.SAME),
        ("AlmVattenKrets", "Almestads Vatten och Kretslopp", Likeness.SAME),
        ("almestads-vatten-och-kretslopp-1234567", "avok", Likeness.SAME),
        ("almestadsbadet", "almestad", Likeness.ALIKE),
        ("turist_i_almestad", "almestad", Likeness.ALIKE),
        ("visitlund", "lund", Likeness.ALIKE),
        ("monark", "ark", Likeness.NONE),
        ("poeten", "almestad", Likeness.NONE),
        ("", "almestad", Likeness.NONE),
    ],
)
def test_a_handle_is_held_against_a_name(handle: str, name: str, like: Likeness) -> None:
    assert likeness(handle, Name(name)) is like


@given(st.text(max_size=60), st.text(max_size=60))
@example("\ud800", "ß" * 50)
def test_any_two_texts_can_be_held_against_each_other(handle: str, name: str) -> None:
    assert likeness(handle, Name(name)) in Likeness


# --- strangers' pages -----------------------------------------------------------------------------------------------

PIECES = st.sampled_from([
    '<a href="https://x.com/a', '<a href="//facebook.com/almestad">', "</a>", "<footer>", "</footer>", "<article>",
    '<script type="application/ld+json">{"sameAs":["https://x.com/', "</script>", "<template>", "<svg>", "<table>",
    '<iframe src="https://[', '<a href="javascript:https://x.com/b">', '"https:\\/\\/www.instagram.com\\/c\\', "<!--",
    "-->", "<div class='social author'>", '<link rel=alternate type=application/rss+xml href="http://[::1', "{", "}",
    '<meta name="twitter:site" content="@', "\x00", "&#xD800;", '<blockquote cite="https://www.tiktok.com/@d">', "%ff",
    'data-screen-name="e" ', "\ud800", "<noscript>", "?url=https%3A%2F%2Ffb.com%2Fh",
    '<a href="https://x.com/%00%ff/../f" onclick="open(\'https://t.me/g\')">',
])  # fmt: skip


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=40), st.sampled_from([CITY, "", "http://[", "ö" * 9]))
def test_no_markup_and_no_address_of_the_page_raises(pieces: list[str], url: str) -> None:
    for each in seen_on("".join(pieces).encode("utf-8", "surrogatepass"), url):
        assert (each.kind is PROFILE) == (each.key is not None)
        each.url.encode()
        each.text.encode()


@pytest.mark.parametrize(
    "name", ["front.html", "article.html", "channels.html", "library.html", "people.html", "feed.xml"]
)
def test_a_mangled_page_is_read_as_far_as_it_goes(name: str) -> None:
    for body in mangled((PAGES / name).read_bytes()):
        assert all(each.url for each in seen_on(body))


def test_json_instead_of_a_page_is_read_as_data() -> None:
    assert only('{"footer": {"facebook": "https:\\/\\/www.facebook.com\\/almestad"}}').key == "facebook:almestad"


@pytest.mark.parametrize(
    "unit",
    [
        '<li><a href="https://www.facebook.com/x{}">F</a></li>',
        '<p class="author social">',
        "//a.b/",
        "a.",
        "https://fb.com/",
    ],
)
@pytest.mark.parametrize("around", ["{}", "<script>{}</script>", '<div data-x="{{{}">'])
def test_three_megabytes_of_anything_take_seconds_at_most(unit: str, around: str) -> None:
    body = around.format("".join(unit.format(number) for number in range(3_000_000 // len(unit))))[:3_000_000]
    began = time.process_time()
    seen_on(body)
    assert time.process_time() - began < 4


# --- recorded pages -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scores() -> tuple[Score, Score, Score]:
    """Of the pages that the words were written from, of those they were held against, and of all."""
    written, held = halves()
    return score(written), score(held), score(pages())


def test_recorded_official_pages_keep_the_bars(scores: tuple[Score, Score, Score]) -> None:
    for told in scores:
        assert told.found >= 0.97
        assert told.called_own >= 0.97, told.misses
        assert told.taken_for_accounts == 0, told.misses
    assert scores[2].others_called_own <= 0.05, scores[2].misses


def test_recorded_pages_of_every_kind_raise_nothing_and_accuse_nobody() -> None:
    for recording in recordings():
        for each in harvest(recording.page(), GRAMMARS, EXCLUSIONS):
            assert re.match(r"https?://", each.url)

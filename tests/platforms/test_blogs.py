"""Blogs, read: WordPress.com, Blogger, Medium and Substack, by their interfaces, feeds and pages; Tumblr in part."""

from __future__ import annotations

import json
from typing import Any

import pytest

from audits.model import UNSEEN, Activity, Existence, PlatformId, Route, Transport
from audits.platform import Platform, Subject
from audits.platforms import blogspot, medium, substack, tumblr, wordpress
from audits.sights import Register, sights_of
from tests.builders import an_account, an_observation, as_of
from tests.platforms.asking import asked
from tests.platforms.blogs import LATEST, by_feed, rss
from tests.platforms.shown import PACKS, kept, made, read

BLOGS = (wordpress.PLATFORM, blogspot.PLATFORM, medium.PLATFORM, substack.PLATFORM, tumblr.PLATFORM)
WORDS = "<p>" + "Biblioteket har öppet hela sommaren. " * 20


def blog_page(title: str, *metas: str, words: str = WORDS) -> str:
    return f"<html lang='sv'><head><title>{title}</title>{''.join(metas)}</head><body>{words}</body></html>"


# --- WordPress.com ----------------------------------------------------------------------------------------------------

SITE = {
    "ID": 42,
    "name": "Almestads bibliotek &amp; arkiv",
    "description": "Böcker",
    "URL": "https://almestadsbibliotek.wordpress.com",
    "subscribers_count": 12,
    "icon": {"img": "https://almestad.example/ikon.png"},
    "lang": "sv",
}
WORDPRESS = Subject(platform="wordpress", key="wordpress:almestadsbibliotek")


def test_a_wordpress_site_says_who_it_is() -> None:
    facts = read(wordpress.PLATFORM, made(SITE)).facts
    assert (facts.display_name, facts.handle) == ("Almestads bibliotek & arkiv", "almestadsbibliotek")
    assert (facts.platform_id, facts.followers, facts.language) == (PlatformId("site", "42"), 12, "sv")
    on_its_own_domain = made({**SITE, "URL": "https://bibliotek.almestad.example"})
    assert read(wordpress.PLATFORM, on_its_own_domain).facts.handle is UNSEEN  # nobody has renamed it


@pytest.mark.parametrize(
    ("status", "error", "existence", "stated"),
    [
        (404, {"error": "unknown_blog", "message": "Unknown blog"}, Existence.GONE, False),
        (403, {"error": "unauthorized", "message": "User cannot access this private blog."}, Existence.PRIVATE, True),
        (
            403,
            {"error": "unauthorized", "message": "API calls to this endpoint have been disabled."},
            Existence.UNKNOWN,
            False,
        ),
        (404, {"error": "not_found", "message": "Något annat"}, Existence.UNKNOWN, False),
        (429, {"error": "too_many", "message": "Något annat"}, Existence.UNKNOWN, False),
    ],
)
def test_wordpress_names_what_became_of_a_site(
    status: int, error: dict[str, str], existence: Existence, *, stated: bool
) -> None:
    reading = read(wordpress.PLATFORM, made(error, status=status))
    assert (reading.existence, reading.stated) == (existence, stated)


@pytest.mark.parametrize(
    ("html", "changes", "existence"),
    [
        ("almestad.wordpress.com doesn’t exist. Do you want to register almestad.wordpress.com?", {}, Existence.GONE),
        ("almestad.wordpress.com is no longer available. The authors have deleted this site.", {}, Existence.GONE),
        ("<article>Hej</article><h1>The authors have deleted this site.</h1>", {}, Existence.UNKNOWN),
        ("", {"final_url": "https://wordpress.com/typo/?subdomain=almestad"}, Existence.GONE),
        ("", {"final_url": "https://almestad.wordpress.com/typografi/"}, Existence.UNKNOWN),
        ("This site has been archived or suspended in accordance with our Terms of Service.", {}, Existence.SUSPENDED),
        ("This site is marked private by its owner.", {}, Existence.PRIVATE),
        (blog_page("Almestads bibliotek"), {}, Existence.PRESENT),
        (blog_page("En artikel", words=f"The authors have deleted this site{WORDS * 4}"), {}, Existence.PRESENT),
        (blog_page("Page not found – Almestads bibliotek"), {"status": None}, Existence.UNKNOWN),
        ("Sidan finns inte", {"status": 404}, Existence.UNKNOWN),
    ],
)  # fmt: skip
def test_a_wordpress_page_speaks_for_itself(html: str, changes: dict[str, Any], existence: Existence) -> None:
    assert read(wordpress.PLATFORM, made(html, url="https://almestad.wordpress.com/", **changes)).existence is existence


def test_a_wordpress_site_is_asked_for_its_newest_post() -> None:
    posts = {"found": 1, "posts": [{"ID": 1, "URL": "https://a.example/1", "date": "2026-11-20T09:00:00+01:00"}]}
    probes, reading = asked(wordpress.PLATFORM, Route.OPEN, WORDPRESS, {**SITE, "post_count": 1}, posts)
    assert probes[0].url == "https://public-api.wordpress.com/rest/v1.1/sites/almestadsbibliotek.wordpress.com"
    assert reading.facts.activity == Activity(at=LATEST, source="posts", sees_newest=True)


@pytest.mark.parametrize(
    ("posts", "activity"),
    [
        ({"found": 0, "posts": []}, UNSEEN),
        ({"found": 1, "posts": [{"ID": 1, "site_ID": 7, "date": "2020-11-20T09:00:00+01:00"}]}, UNSEEN),
        ({"found": 9, "posts": [{"ID": 1, "site_ID": 42, "date": "2026-11-20T09:00:00+01:00"}]},
         Activity(at=LATEST, source="posts")),
    ],
)  # fmt: skip
def test_a_wordpress_list_that_is_anothers_or_has_lost_posts_proves_no_silence(posts: Any, activity: object) -> None:
    _, reading = asked(wordpress.PLATFORM, Route.OPEN, WORDPRESS, {**SITE, "post_count": 9}, posts)
    assert reading.facts.activity == activity


def test_a_site_without_a_post_has_never_posted() -> None:
    _, reading = asked(wordpress.PLATFORM, Route.OPEN, WORDPRESS, SITE, {"found": 0, "posts": []})
    assert reading.facts.activity is None


@pytest.mark.parametrize("listed", [{"error": "unauthorized"}, {"found": 9, "posts": []}, {"posts": []}])
def test_posts_that_cannot_be_listed_leave_the_activity_unseen(listed: dict[str, Any]) -> None:
    _, reading = asked(wordpress.PLATFORM, Route.OPEN, WORDPRESS, SITE, listed)
    assert (reading.existence, reading.facts.activity) == (Existence.PRESENT, UNSEEN)


# --- Blogger ----------------------------------------------------------------------------------------------------------

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:blogger.com,1999:blog-77</id>
<title>Almestads bibliotek</title>
<link rel="alternate" href="https://almestadsbibliotek.blogspot.com/"/>
<entry><published>2026-11-20T09:00:00+01:00</published></entry></feed>"""


def test_a_blogger_feed_holds_the_blogs_number() -> None:
    facts = read(blogspot.PLATFORM, made(ATOM)).facts
    assert (facts.platform_id, facts.handle) == (PlatformId("blog", "77"), "almestadsbibliotek")
    assert facts.activity == by_feed()


@pytest.mark.parametrize(
    "broken", [ATOM[: ATOM.index("77") + 1], ATOM.replace("77", "7\n  7")], ids=["breaks off", "is folded"]
)
def test_half_a_number_is_another_blogs(broken: str) -> None:
    assert read(blogspot.PLATFORM, made(broken)).facts.platform_id is UNSEEN


@pytest.mark.parametrize(
    ("html", "existence"),
    [
        ("<p>Blog not found</p><p>Sorry, the blog you were looking for does not exist.", Existence.GONE),
        ("Blog has been removed. Sorry, the blog at a.blogspot.com has been removed.", Existence.GONE),
        ("This blog is open to invited readers only", Existence.PRIVATE),
        ("This blog may contain sensitive content.", Existence.PRESENT_LIMITED),
        (blog_page("Almestads bibliotek"), Existence.PRESENT),
        (blog_page("Not Found - Almestads bibliotek"), Existence.UNKNOWN),
        ("Page not found", Existence.UNKNOWN),
    ],
)
def test_a_blogger_page_speaks_for_itself(html: str, existence: Existence) -> None:
    assert (
        read(blogspot.PLATFORM, made(html, status=404 if existence is Existence.GONE else 200)).existence is existence
    )


# --- Medium -----------------------------------------------------------------------------------------------------------

PERSON = Subject(platform="medium", key="medium:@almestadsbibliotek", url="https://medium.com/@almestadsbibliotek")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Stories by Almestads bibliotek on Medium", "Almestads bibliotek"),
        ("Almestads stad - Medium", "Almestads stad"),
        ("Annat", "Annat"),
    ],
)
def test_a_medium_feed_is_named_after_its_owner(title: str, name: str) -> None:
    facts = read(medium.PLATFORM, made(rss(title, "https://medium.com/@almestadsbibliotek?source=rss-a1------2"))).facts
    assert (facts.display_name, facts.handle, facts.activity) == (name, "@almestadsbibliotek", by_feed())


def test_mediums_title_is_not_a_persons_own_description() -> None:
    feed = rss("Stories by A on Medium", "https://medium.com/@a").replace("Böcker", "Stories by A on Medium")
    assert read(medium.PLATFORM, made(feed)).facts.description is UNSEEN


def test_of_all_whom_a_medium_page_mentions_the_one_asked_for_is_read() -> None:
    facts = read(medium.PLATFORM, kept("medium", "profile.html"), PERSON.key).facts
    assert (facts.display_name, facts.handle, facts.followers) == ("Almestads bibliotek", "@AlmestadsBibliotek", 120)
    assert facts.platform_id == PlatformId("user", "a1")
    publication = read(medium.PLATFORM, kept("medium", "profile.html", url="https://medium.com/almestad")).facts
    assert (publication.display_name, publication.platform_id) == ("Almestads stad", PlatformId("publication", "c1"))


def test_a_medium_page_about_others_names_nobody() -> None:
    assert read(medium.PLATFORM, kept("medium", "profile.html"), "medium:@nagon").transport is Transport.UNREADABLE


def test_a_medium_post_names_its_publication_and_proves_nothing() -> None:
    reading = read(medium.PLATFORM, kept("medium", "post.html"))
    assert (reading.existence, reading.facts.display_name) == (Existence.UNKNOWN, "Almestads stad")


@pytest.mark.parametrize(
    ("html", "status", "existence"),
    [
        (
            "This account is under investigation or was found in violation of the Medium Rules.",
            410,
            Existence.SUSPENDED,
        ),
        (
            "PAGE NOT FOUND 404 Out of nothing, something. You can find (just about) anything on Medium",
            404,
            Existence.UNKNOWN,
        ),
        ("410 User deactivated or deleted their account.", 410, Existence.DEACTIVATED),
        ("User deactivated or deleted their account.", 200, Existence.UNKNOWN),
        ("Error", 500, Existence.UNKNOWN),
    ],
)
def test_medium_says_who_broke_its_rules(html: str, status: int, existence: Existence) -> None:
    assert read(medium.PLATFORM, made(html, status=status)).existence is existence


@pytest.mark.parametrize(
    ("key", "url"),
    [
        ("medium:@almestad", "https://medium.com/feed/@almestad"),
        ("medium:almestad", "https://medium.com/feed/almestad"),
        ("medium:host:almestad", "https://almestad.medium.com/feed"),
    ],
)
def test_every_kind_of_medium_name_has_its_feed(key: str, url: str) -> None:
    probes, _ = asked(
        medium.PLATFORM, Route.OPEN, Subject(platform="medium", key=key), rss("a", "https://medium.com/a")
    )
    assert probes[0].url == url


# --- Substack ---------------------------------------------------------------------------------------------------------


def test_a_substack_letter_and_its_writer_are_read() -> None:
    letter = read(
        substack.PLATFORM,
        made(rss("Almestads brev", "https://almestad.substack.com"), url="https://almestad.substack.com/feed"),
    )
    assert (letter.facts.display_name, letter.facts.handle, letter.facts.activity) == (
        "Almestads brev",
        "almestad",
        by_feed(),
    )
    writer = read(
        substack.PLATFORM, made({"id": 7, "name": "Almestad", "handle": "almestad", "bio": None, "photo_url": ""})
    )
    assert (writer.facts.platform_id, writer.facts.handle, writer.facts.description) == (
        PlatformId("user", "7"),
        "@almestad",
        None,
    )


@pytest.mark.parametrize("title", ["Almestads brev", "Almestads brev » Feed", "Almestads brev - Atom"])
def test_a_post_is_of_the_blog_that_its_feed_is_named_after_and_not_of_its_writer(title: str) -> None:
    feed = f'<link rel="alternate" type="application/rss+xml" title="{title}" href="/feed">substackcdn.com'
    post = blog_page("Sommar - by Anna Almestad - Brevet", feed)
    facts = read(substack.PLATFORM, made(post, url="https://annaalmestad.substack.com/p/sommar")).facts
    assert facts.display_name == "Almestads brev"


def test_the_front_of_a_letter_is_the_letter_though_it_calls_itself_an_article() -> None:
    head = '<meta property="og:type" content="article"><meta property="og:title" content="Almestads brev | Substack">'
    page = (
        f"<html><head><title>Almestads brev | Substack</title>{head}</head><p>substackcdn.com {'ord ' * 60}</p></html>"
    )
    shown = {
        at: read(substack.PLATFORM, made(page, url=f"https://almestad.substack.com/{at}")) for at in ("", "p/sommar")
    }
    assert (shown[""].existence, shown["p/sommar"].existence) == (Existence.PRESENT, Existence.UNKNOWN)


def test_another_letters_feed_at_its_address_is_the_others() -> None:
    feed = made(rss("Annat brev", "https://museet.substack.com"), url="https://almestad.substack.com/feed")
    assert read(substack.PLATFORM, feed).facts.handle == "museet"


@pytest.mark.parametrize(
    "address", ["https://api.substack.com/feed/podcast/12.rss", "https://almestad.substack.com/feed/podcast"]
)
def test_the_feed_of_a_letters_podcast_proves_life_and_no_silence(address: str) -> None:
    feed = made(rss("Almestads podd", "https://almestad.substack.com/podcast"), url=address)
    facts = read(substack.PLATFORM, feed).facts
    assert (facts.handle, facts.display_name) == ("almestad", UNSEEN)
    assert isinstance(facts.activity, Activity)
    assert not facts.activity.sees_newest


@pytest.mark.parametrize(("handed", "existence"), [({}, Existence.PRESENT), ({"post": {"id": 9}}, Existence.UNKNOWN)])
def test_a_newsletter_that_nothing_is_drawn_of_is_named_by_what_its_scripts_are_handed(
    handed: dict[str, object], existence: Existence
) -> None:
    newsletter = {"pub": {"id": 5, "name": "Almestads brev", "subdomain": "almestad", "hero_text": "Böcker"}}
    script = json.dumps(json.dumps(newsletter | handed))
    page = (
        f"<title>Almestads brev</title><div id='entry'></div><script>window._preloads = JSON.parse({script})</script>"
    )
    reading = read(substack.PLATFORM, made(page, url="https://almestad.substack.com/"))
    assert (reading.existence, reading.facts.display_name) == (existence, "Almestads brev")
    assert (reading.facts.handle, reading.facts.description) == ("almestad", "Böcker")


def test_substack_says_that_nobody_has_the_name() -> None:
    assert read(substack.PLATFORM, made({"error": "profile not found"}, status=404)).existence is Existence.GONE
    for page in (made({"error": "profile not found"}, status=None), made("<p>Profile not found", status=404)):
        assert read(substack.PLATFORM, page).existence is Existence.UNKNOWN


@pytest.mark.parametrize(
    ("key", "url"),
    [
        ("substack:@almestad", "https://substack.com/api/v1/user/almestad/public_profile"),
        ("substack:almestad", "https://almestad.substack.com/feed"),
    ],
)
def test_letters_and_writers_are_asked_for_each_in_its_way(key: str, url: str) -> None:
    subject = Subject(platform="substack", key=key)
    ways = [offer.ask(subject, PACKS) for offer in substack.PLATFORM.routes]
    assert next(next(way).url for way in ways if way is not None) == url


# --- all of them ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", BLOGS, ids=lambda platform: platform.name)
def test_every_blog_can_be_asked_for_by_its_name_alone(platform: Platform) -> None:
    subject = Subject(platform=platform.name, key=f"{platform.name}:almestad")
    assert any(offer.ask(subject, PACKS) is not None for offer in platform.routes)
    assert all(offer.ask(Subject(platform=platform.name), PACKS) is None for offer in platform.routes)


@pytest.mark.parametrize("platform", BLOGS)
def test_a_feed_leads_to_its_blog_and_not_to_all_that_this_links_to(platform: Platform) -> None:
    facts = read(platform, made(rss("Almestads blogg", f"https://almestad.{platform.name}.com/"))).facts
    links = sights_of(an_account(), an_observation(facts=facts), Register(), as_of())["links"]
    assert (links.value != (), links.partial) == (True, True)

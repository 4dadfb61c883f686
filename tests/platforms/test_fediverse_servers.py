"""What servers of the fediverse say of themselves, of names and of lists: nobody's account, and no trouble."""

from __future__ import annotations

import json
from typing import Any

import pytest

from audits.model import Activity, Existence, Facts, PlatformId, Reading, Transport
from audits.platforms.mastodon import PLATFORM
from tests.platforms.fediverse import HANDLE, HOST, KEY, LATEST, URI, account
from tests.platforms.shown import made, read

USER = {
    "id": "9abc",
    "username": "biblioteket",
    "host": None,
    "name": "Biblioteket",
    "avatarUrl": "https://a.example/1",
}


def shown(body: object, path: str = "/api/v1/instance") -> Reading:
    return read(PLATFORM, made(body, url=f"https://{HOST}{path}"), KEY)


@pytest.mark.parametrize(
    "answer",
    [
        {"uri": HOST, "title": "Almestad", "version": "4.2.1", "contact_account": account()},
        {"domain": HOST, "title": "Almestad", "version": "4.4.0", "contact": {"account": account()}},
        {"version": "2.0", "software": {"name": "mastodon"}, "protocols": ["activitypub"], "usage": {}},
        {"links": [{"rel": "http://nodeinfo.diaspora.software/ns/schema/2.0", "href": f"https://{HOST}/nodeinfo/2.0"}]},
        {"maintainerName": "Almestad", "version": "2025.1.0", "uri": f"https://{HOST}"},
        {"instance": {"name": "Almestads filmer"}, "serverVersion": "7.0.0"},
        {"site_view": {"site": {"name": "Almestad"}}, "admins": [], "version": "0.19.3"},
        {"accounts": [account()], "statuses": [], "hashtags": []},
        [account(), account(id="8")],
        {"@context": "https://www.w3.org/ns/activitystreams", "type": "Note", "attributedTo": URI, "content": "Hej"},
    ],
)
def test_what_a_server_says_of_itself_or_of_several_is_nobodys_account(answer: object) -> None:
    reading = shown(answer)
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)
    assert reading.facts == Facts()


@pytest.mark.parametrize(
    ("path", "answer", "transport"),
    [
        ("/api/v1/tags/sommar", {"name": "sommar", "history": []}, Transport.OK),
        ("/api/v1/instance/activity", [{"week": "1574640000", "statuses": "3"}], Transport.OK),
        ("/api/v1/accounts/1207", {"name": "nytt"}, Transport.UNREADABLE),
        ("/api/v1/accounts/1207/statuses", [{"name": "nytt"}], Transport.UNREADABLE),
        ("/@biblioteket", {"name": "nytt"}, Transport.UNREADABLE),
    ],
)
def test_only_where_an_account_was_asked_for_is_an_unknown_answer_a_new_layout(
    path: str, answer: object, transport: Transport
) -> None:
    reading = shown(answer, path)
    assert (reading.transport, reading.existence) == (transport, Existence.UNKNOWN)


def test_a_card_names_whose_post_it_is() -> None:
    owner = {"author_name": "Biblioteket", "author_url": f"https://{HOST}/@biblioteket"}
    reading = shown({"type": "rich", "provider_url": f"https://{HOST}/", "html": "<iframe>", **owner}, "/api/oembed")
    assert (reading.existence, reading.facts.display_name) == (Existence.UNKNOWN, "Biblioteket")
    assert reading.facts.handle == HANDLE


def test_a_name_is_looked_up_in_xml_as_in_json() -> None:
    links = f'<Link rel="self" type="application/activity+json" href="{URI}"/>'
    picture = '<Link rel="http://webfinger.net/rel/avatar" href="https://a.example/1.png"/>'
    opening = '<?xml version="1.0"?><XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">'
    reading = shown(f"{opening}<Subject>acct:{HANDLE}</Subject>{links}{picture}</XRD>", "/.well-known/webfinger")
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)
    assert (reading.facts.handle, reading.facts.platform_id) == (HANDLE, PlatformId("uri", URI))
    assert reading.facts.avatar_url == "https://a.example/1.png"


def note(at: str, **changes: Any) -> dict[str, Any]:
    return {"id": at, "createdAt": at, "userId": "9abc", "user": USER, "text": "Hej", "renoteId": None, **changes}


def test_the_notes_of_a_user_date_them_and_what_they_passed_on_does_not() -> None:
    passed_on = note("2026-11-21T08:00:00.000Z", text=None, renoteId="8x")
    reading = shown([passed_on, note(LATEST.isoformat())], "/api/users/notes")
    assert (reading.existence, reading.facts.handle) == (Existence.PRESENT, HANDLE)
    assert isinstance(reading.facts.activity, Activity)
    assert (reading.facts.activity.at, reading.facts.activity.sees_newest) == (LATEST, False)


@pytest.mark.parametrize(
    ("path", "notes"),
    [
        ("/api/notes/local-timeline", [note(LATEST.isoformat())]),
        ("/api/users/notes", [note(LATEST.isoformat()), note(LATEST.isoformat(), userId="8x")]),
    ],
)
def test_the_notes_of_a_timeline_are_nobodys(path: str, notes: list[Any]) -> None:
    reading = shown(notes, path)
    assert (reading.existence, reading.facts) == (Existence.UNKNOWN, Facts())


def test_pixelfed_states_a_website_beside_no_fields() -> None:
    pixelfeds = {name: value for name, value in account().items() if name != "fields"}
    reading = shown({**pixelfeds, "website": "https://almestad.example"}, "/api/v1/accounts/1207")
    assert reading.facts.website_link == "https://almestad.example"


@pytest.mark.parametrize(
    ("asked", "existence"),
    [("", Existence.UNKNOWN), ("?sort=-x", Existence.UNKNOWN), ("?accountId=3", Existence.PRESENT)],
)
def test_a_feed_of_all_films_of_a_server_is_nobodys(asked: str, existence: Existence) -> None:
    feed = f"<rss version='2.0'><channel><title>Almestad</title><link>https://{HOST}</link></channel></rss>"
    assert shown(feed, f"/feeds/videos.xml{asked}").existence is existence


FRIENDICA = f"""<meta name="dfrn-global-visibility" content="true">
<div class="vcard h-card"><p class="p-name">Almestad</p>
<p class="p-addr">{HANDLE.partition("@")[0]}@<wbr>{HOST}</p><img class="u-photo" src="https://{HOST}/photo/1"></div>"""


def test_friendica_puts_a_profile_on_a_card() -> None:
    told = shown(f"<html><body>{FRIENDICA}</body></html>", "/profile/kommun")

    assert told.existence is Existence.PRESENT
    assert (told.facts.handle, told.facts.display_name) == (f"{HANDLE.partition('@')[0]}@{HOST}", "Almestad")
    assert told.facts.avatar_url == f"https://{HOST}/photo/1"


@pytest.mark.parametrize("address", ["", HOST, "kommun@else.example"])
def test_a_card_of_somebody_elsewhere_is_not_read(address: str) -> None:
    page = FRIENDICA.replace(f"{HANDLE.partition('@')[0]}@<wbr>{HOST}", address)

    assert shown(f"<html><body>{page}</body></html>", "/profile/kommun").facts == Facts()


PLEROMA = f"""<meta property="og:title" content="Almestad (@{HANDLE})"><meta property="og:type" content="article">
<meta property="og:url" content="{URI}">"""


@pytest.mark.parametrize("address", [URI, f"https://{HOST}/notice/AbCd", "https://else.example/users/biblioteket"])
def test_pleroma_calls_a_profile_an_article_at_the_actors_own_address(address: str) -> None:
    told = shown(f"<html><head>{PLEROMA.replace(URI, address)}</head></html>", "/biblioteket")

    assert (told.facts.handle == HANDLE) is (told.existence is Existence.PRESENT) is (address == URI)


def lemmy(kind: str, **flags: bool) -> str:
    name, place = {"c": ("community", "communityResponse"), "u": ("person", "personResponse")}[kind]
    who = {"name": "biblioteket", "actor_id": f"https://{HOST}/{kind}/biblioteket", "local": True, **flags}
    state = json.dumps({place: {"state": "success", "data": {f"{name}_view": {name: who, "counts": {}}}}})
    return f"""<html><head><script>window.isoData = {{"path":"","routeData":{state},"errorPageData":undefined}}</script>
        <meta property="og:url" content="https://{HOST}/{kind}/biblioteket"></head></html>"""


@pytest.mark.parametrize("kind", ["c", "u"])
def test_a_page_of_lemmy_holds_what_its_interface_told(kind: str) -> None:
    told = shown(lemmy(kind), f"/{kind}/biblioteket")

    assert (told.existence, told.facts.handle) == (Existence.PRESENT, HANDLE)
    assert shown(lemmy(kind, deleted=True), f"/{kind}/biblioteket").existence is Existence.GONE


def test_a_page_of_lemmy_about_a_post_is_no_communitys() -> None:
    page = lemmy("c", deleted=True).replace(f"{HOST}/c/biblioteket", f"{HOST}/post/5")

    assert shown(page, "/post/5").existence is Existence.UNKNOWN


PEERTUBE = f"""<meta property="og:platform" content="PeerTube"><meta property="og:type" content="website">
<meta property="og:title" content="Almestad"><meta property="og:image:url" content="https://{HOST}/a.png">"""
MOBILIZON = """<meta property="og:type" content="profile"><meta property="profile:username" content="biblioteket">
<meta property="og:title" content="Almestad">"""


@pytest.mark.parametrize(
    ("marks", "path"),
    [(PEERTUBE, "/a/biblioteket/video-channels"), (PEERTUBE, "/c/biblioteket"), (MOBILIZON, "/@biblioteket")],
)
def test_peertube_and_mobilizon_say_in_the_address_who_it_is(marks: str, path: str) -> None:
    told = shown(f'<html><head>{marks}<meta property="og:url" content="https://{HOST}{path}"></head></html>', path)

    assert told.existence is Existence.PRESENT
    assert (told.facts.handle, told.facts.display_name) == (HANDLE, "Almestad")


@pytest.mark.parametrize(
    ("marks", "path"), [(PEERTUBE, "/w/abc"), (PEERTUBE, "/a"), (MOBILIZON, "/@someone"), ("", "/a/biblioteket")]
)
def test_pages_about_something_else_are_no_accounts(marks: str, path: str) -> None:
    told = shown(f'<html><head>{marks}<meta property="og:url" content="https://{HOST}{path}"></head></html>', path)

    assert (told.existence, told.facts) == (Existence.UNKNOWN, Facts())

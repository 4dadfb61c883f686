"""TikTok, read: five layouts, its status codes, and the shells that look the same for every name."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from audits.model import APP_SCOPED, UNSEEN, Activity, Existence, Page, PlatformId, Reading, Transport
from audits.platform import Subject
from audits.platforms.tiktok import PLATFORM
from tests.platforms.shown import PACKS, kept, made, read

KEY = "tiktok:hamnstadsbad"
MAY = datetime(2022, 5, 21, 5, 10, 32, tzinfo=UTC)


def shown(page: Page, key: str | None = KEY) -> Reading:
    return read(PLATFORM, page, key)


def a_detail(code: int = 0, **user: Any) -> dict[str, Any]:
    """The answer of `api/user/detail`; without fields of a user it has none."""
    known = {"id": "6781200000000000001", "uniqueId": "hamnstadsbad", "nickname": "Hamnstads badhus", **user}
    stats = {"followerCount": 12, "videoCount": 0}
    return {"statusCode": code, "userInfo": {"user": known, "stats": stats} if user else {}}


def an_oembed(**changes: Any) -> dict[str, Any]:
    return {
        "provider_name": "TikTok", "type": "rich", "author_name": "Hamnstads badhus",
        "author_url": "https://www.tiktok.com/@hamnstadsbad", "author_unique_id": "hamnstadsbad",
        "html": '<blockquote class="tiktok-embed" data-unique-id="hamnstadsbad" data-embed-type="creator">', **changes,
    }  # fmt: skip


# --- pages ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["profile.html", "sigi-profile.html", "next-profile.html", "embed.html"])
def test_every_layout_says_the_same(name: str) -> None:
    reading = shown(kept("tiktok", name))
    facts = reading.facts
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.PRESENT)
    assert (facts.display_name, facts.handle) == ("Hamnstads badhus", "hamnstadsbad")
    assert facts.platform_id == PlatformId("user", "6781200000000000001")
    assert facts.more_ids == (PlatformId("sec_uid", "MS4wLjABAAAApahittad"),)
    assert (facts.description, facts.followers, facts.posts_count) == ("Påhittat badhus", 7834, 19)


def test_a_live_room_tells_whose_it_is() -> None:
    owner = a_detail(signature="Påhittat badhus", status=4)["userInfo"]
    state = json.dumps({"LiveRoom": {"liveRoomUserInfo": owner, "liveRoomStatus": 0}})
    reading = shown(made(f'<html><script id="SIGI_STATE" type="application/json">{state}</script></html>'))
    assert (reading.existence, reading.facts.handle, reading.facts.followers) == (
        Existence.PRESENT, "hamnstadsbad", 12,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("link", "told"),
    [({"link": "badhus.example"}, "badhus.example"), (None, None), ({"link": ["x"]}, UNSEEN), (["x"], UNSEEN)],
)
def test_a_link_that_cannot_be_read_is_not_missing(link: object, told: object) -> None:
    assert shown(made(a_detail(signature="Påhittat badhus", bioLink=link))).facts.website_link == told


def test_exact_counts_win_over_rounded_ones() -> None:
    assert shown(kept("tiktok", "profile.html")).facts.followers == 7834


def test_a_profile_without_its_videos_has_no_date() -> None:
    facts = shown(kept("tiktok", "profile.html")).facts
    assert (facts.activity, facts.website_link) == (UNSEEN, "badhus.hamnstad.example")


def test_pinned_and_others_videos_date_nothing() -> None:
    activity = shown(kept("tiktok", "sigi-profile.html")).facts.activity
    assert activity == Activity(at=MAY, source="tiktok.videos", stirred=datetime.fromtimestamp(1664751364, UTC))


def test_an_embed_page_dates_its_videos_by_their_numbers() -> None:
    activity = shown(kept("tiktok", "embed.html")).facts.activity
    assert isinstance(activity, Activity)
    assert activity.at is not None
    assert (activity.at.date(), activity.sees_newest) == (MAY.date(), False)


def test_a_profile_whose_data_is_cut_off_is_still_present() -> None:
    page = kept("tiktok", "profile.html")
    reading = shown(replace(page, body=page.body[: page.body.index(b'"webapp.user-detail"')]))
    assert reading.existence is Existence.PRESENT
    assert (reading.facts.display_name, reading.facts.followers) == ("Hamnstads badhus", 7834)


@pytest.mark.parametrize(
    "after",
    ["", " | TikTok", " Official TikTok | Watch Hamnstads badhus (vid hamnen's Newest TikTok Videos", " på TikTok"],
)
def test_the_title_names_the_account_whatever_follows(after: str) -> None:
    address = "https://www.tiktok.com/@hamnstadsbad"
    title = f'<meta property="og:title" content="Hamnstads badhus (vid hamnen (@hamnstadsbad){after}">'
    facts = shown(made(f'<html><head>{title}<meta property="og:url" content="{address}"></head></html>')).facts
    assert (facts.display_name, facts.handle) == ("Hamnstads badhus (vid hamnen", "hamnstadsbad")


@pytest.mark.parametrize(
    "title", ["Hamnstads badhus(@hamnstadsbad)のTikTok動画", "Hamnstads badhus（@hamnstadsbad）| TikTok"]
)
def test_a_title_needs_no_space_before_the_handle(title: str) -> None:
    address = '<link rel="canonical" href="https://www.tiktok.com/@hamnstadsbad">'
    facts = shown(made(f"<html><head><title>{title}</title>{address}</head></html>")).facts
    assert (facts.display_name, facts.handle) == ("Hamnstads badhus", "hamnstadsbad")


def test_a_video_decides_nothing_but_names_its_owner() -> None:
    reading = shown(kept("tiktok", "video.html"))
    assert reading.existence is Existence.UNKNOWN
    assert (reading.facts.handle, reading.facts.verified, reading.facts.description) == ("hamnstadsbad", True, UNSEEN)


@pytest.mark.parametrize("name", ["shell.html", "challenge.html"])
def test_a_shell_that_everyone_gets_is_a_block(name: str) -> None:
    reading = shown(kept("tiktok", name))
    assert (reading.transport, reading.existence) == (Transport.BLOCKED, Existence.UNKNOWN)


def test_a_login_wall_is_never_called_gone() -> None:
    wall = kept("tiktok", "shell.html", final_url="https://www.tiktok.com/login?redirect_url=a")
    assert shown(wall).transport is Transport.WALLED


# --- status codes ---------------------------------------------------------------------------------------------------


def test_the_code_for_no_such_user_is_gone() -> None:
    reading = shown(made(a_detail(10202)))
    assert (reading.existence, reading.stated) == (Existence.GONE, False)


def test_a_code_that_is_said_of_shut_of_free_and_of_living_names_tells_nothing() -> None:
    reading = shown(made(a_detail(10221)))
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)
    assert reading.reason.startswith("withheld: ")


@pytest.mark.parametrize(("secret", "existence"), [(True, Existence.PRIVATE), (False, Existence.PRESENT)])
def test_the_first_interface_says_itself_whether_strangers_may_look(secret: bool, existence: Existence) -> None:
    user = {"userId": "6781200000000000001", "uniqueId": "hamnstadsbad", "nickName": "Badet", "isSecret": secret}
    answer = {"statusCode": 0, "body": {"statusCode": 0, "userData": {**user, "fans": 12, "video": 3}}}
    reading = shown(made(answer))
    assert (reading.existence, reading.facts.followers) == (existence, 12)


def test_the_code_for_private_counts_only_with_the_accounts_own_flag() -> None:
    assert shown(made(a_detail(10222, privateAccount=True))).existence is Existence.PRIVATE
    assert shown(made(a_detail(10222, privateAccount=False))).existence is Existence.UNKNOWN
    assert shown(made(a_detail(10222))).existence is Existence.UNKNOWN


def test_strangers_cannot_count_the_videos_of_a_private_account() -> None:
    assert shown(made(a_detail(10222, privateAccount=True))).facts.posts_count is UNSEEN


@pytest.mark.parametrize("code", [10223, 10225, 10231, 209002])
def test_a_code_for_anything_else_is_no_absence(code: int) -> None:
    assert shown(made(a_detail(code))).existence is Existence.UNKNOWN


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("item/detail", {"statusCode": 10202}),
        ("post/item_list", {"statusCode": 10202, "itemList": []}),
        ("challenge/detail", {"statusCode": 10202, "challengeInfo": {}}),
    ],
)
def test_the_code_beside_a_video_a_list_or_a_tag_says_nothing_of_the_account(asked: str, answer: object) -> None:
    assert shown(made(answer, url=f"https://www.tiktok.com/api/{asked}/?id=1")).existence is Existence.UNKNOWN
    assert shown(made({"itemInfo": {}, "statusCode": 10202})).existence is Existence.UNKNOWN


def test_the_page_of_a_missing_video_is_no_block_of_the_account() -> None:
    held = json.dumps({"__DEFAULT_SCOPE__": {"webapp.video-detail": {"statusCode": 10204}}})
    script = f'<script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">{held}</script>'
    reading = shown(made(f"<html><head><title>TikTok - Make Your Day</title></head><body>{script}</body></html>"))
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)


@pytest.mark.parametrize("strangers", [0, 1])
def test_a_list_of_videos_names_their_maker_where_it_is_one(strangers: int) -> None:
    authors = [{"id": "6781200000000000001", "uniqueId": "hamnstadsbad"}, {"id": "12", "uniqueId": "annan"}]
    reading = shown(made({"statusCode": 0, "itemList": [{"author": each} for each in authors[: 1 + strangers]]}))
    assert (reading.existence, reading.facts.handle) == (Existence.UNKNOWN, UNSEEN if strangers else "hamnstadsbad")


@pytest.mark.parametrize("kept_as", ["answer", "data", "alone", "list"])
def test_a_users_detail_is_read_however_it_was_kept(kept_as: str) -> None:
    answer = a_detail(nickname="Badet")
    alone = answer["userInfo"]
    body = {"answer": answer, "data": {"code": 0, "data": answer}, "alone": alone, "list": [alone]}[kept_as]
    reading = shown(made(body))
    assert (reading.existence, reading.facts.display_name) == (Existence.PRESENT, "Badet")


@pytest.mark.parametrize(
    ("code", "transport"), [(10000, Transport.BLOCKED), (10114, Transport.BLOCKED), (10102, Transport.WALLED)]
)
def test_a_code_about_the_visitor_is_a_wall(code: int, transport: Transport) -> None:
    assert shown(made(a_detail(code))).transport is transport
    assert shown(made({"code": code, "type": "verify"})).transport is transport


def test_the_figure_without_a_face_is_no_picture() -> None:
    picture = "https://p16.tiktokcdn.example/musically-maliva-obj/1594805258216454~c5_720x720.jpeg"
    assert shown(made(a_detail(avatarLarger=picture))).facts.avatar_url is None


# --- oEmbed and the Display API -------------------------------------------------------------------------------------


def test_oembed_of_a_profile_proves_presence() -> None:
    reading = shown(made(an_oembed()))
    assert (reading.existence, reading.facts.display_name) == (Existence.PRESENT, "Hamnstads badhus")


def test_oembed_of_another_account_proves_nothing_of_this_one() -> None:
    assert shown(made(an_oembed(author_url="https://www.tiktok.com/@annan"))).existence is Existence.UNKNOWN


def test_oembed_of_a_video_decides_nothing() -> None:
    reading = shown(made(an_oembed(type="video", embed_type="video")))
    assert (reading.existence, reading.facts.handle) == (Existence.UNKNOWN, "hamnstadsbad")


@pytest.mark.parametrize("status", [400, 503])
def test_oembed_that_went_wrong_is_no_absence(status: int) -> None:
    reading = shown(made({"code": status, "message": "Something went wrong"}, status=status))
    assert reading.existence is Existence.UNKNOWN


def test_the_display_api_names_the_account() -> None:
    user = {"open_id": "a-b", "display_name": "Hamnstads badhus", "follower_count": 3, "username": "hamnstadsbad"}
    facts = shown(made({"data": {"user": user}, "error": {"code": "ok"}})).facts
    assert (facts.handle, facts.platform_id, facts.followers) == ("hamnstadsbad", PlatformId(APP_SCOPED, "a-b"), 3)


def test_the_research_api_tells_of_an_account_without_its_name() -> None:
    told = {"display_name": "Badet", "follower_count": 3, "is_verified": True, "bio_url": "https://badet.example/"}
    reading = shown(made({"data": told, "error": {"code": "ok"}}))
    facts = reading.facts
    assert (reading.existence, facts.handle, facts.followers) == (Existence.PRESENT, UNSEEN, 3)
    assert (facts.verified, facts.website_link) == (True, "https://badet.example/")


# --- asking ---------------------------------------------------------------------------------------------------------


def asked(*pages: Page) -> tuple[list[str], Reading]:
    subject = Subject(platform="tiktok", key=KEY, url="https://www.tiktok.com/@hamnstadsbad")
    asking = PLATFORM.routes[0].ask(subject, PACKS)
    assert asking is not None
    urls = [next(asking).url]
    for page in pages:
        try:
            urls.append(asking.send(page).url)
        except StopIteration as end:
            return urls, end.value
    raise AssertionError("the asking wants more pages")


def test_after_oembed_the_page_is_asked_who_it_is() -> None:
    urls, reading = asked(made(an_oembed()), kept("tiktok", "profile.html"))
    assert urls == [
        "https://www.tiktok.com/oembed?url=https%3A%2F%2Fwww.tiktok.com%2F%40hamnstadsbad",
        "https://www.tiktok.com/@hamnstadsbad",
    ]
    assert reading.facts.platform_id == PlatformId("user", "6781200000000000001")


@pytest.mark.parametrize("page", [made(a_detail(10221)), kept("tiktok", "shell.html")])
def test_what_oembed_saw_alive_a_refused_page_does_not_deny(page: Page) -> None:
    assert asked(made(an_oembed()), page)[1].existence is Existence.PRESENT


def test_where_oembed_says_nothing_the_page_is_not_asked_twice() -> None:
    urls, reading = asked(made({"code": 400, "message": "Something went wrong"}, status=400))
    assert (len(urls), reading.existence) == (1, Existence.UNKNOWN)


# --- strangers' input and recorded pages ----------------------------------------------------------------------------


def test_the_page_of_2019_names_the_account_and_its_counts() -> None:
    user = {"userId": "6650000000000000001", "uniqueId": "almestad", "nickName": "Almestad", "signature": "hej",
            "covers": ["https://p16.example/a.jpg"], "fans": 123, "video": 7, "verified": False}  # fmt: skip
    held = json.dumps({"props": {"pageProps": {"statusCode": 0, "userData": user}}})
    page = made(f'<html><body><script id="__NEXT_DATA__" type="application/json">{held}</script></body></html>')
    reading = read(PLATFORM, page, "tiktok:almestad")
    facts = reading.facts
    assert (reading.existence, facts.display_name, facts.handle) == (Existence.PRESENT, "Almestad", "almestad")
    assert (facts.followers, facts.posts_count, facts.avatar_url) == (123, 7, "https://p16.example/a.jpg")

"""Addresses of invented accounts, and what each of them is: every platform, every trap.

profile(raw, key, url) · post(raw, url, owner, id) · hashtag(raw, platform, url) · nothing(raw, platform, kind)

The city of Exempelstad does not exist; `.example` never will (RFC 2606).
"""

from __future__ import annotations

from dataclasses import dataclass

from audits.model import AddressKind

CHANNEL = "UCexempelstad0123456789A"
SHOW = "4exempelstad0123456789"
DID = "did:plc:exempelstad2345672345672"


@dataclass(frozen=True, slots=True)
class Sample:
    """A pasted text, its column, and what it must be told to be."""

    raw: str
    platform: str | None
    kind: AddressKind
    key: str | None = None
    url: str | None = None
    owner: str | None = None
    suggest: str | None = None
    post: str | None = None
    context: str | None = None


def profile(raw: str, key: str, url: str, *, context: str | None = None) -> Sample:
    return Sample(raw, key.partition(":")[0], AddressKind.PROFILE, key, url, context=context)


def post(raw: str, url: str, platform: str, *, owner: str | None = None, post: str | None = None) -> Sample:
    return Sample(raw, platform, AddressKind.POST, url=url, owner=owner, post=post)


def hashtag(raw: str, platform: str, url: str) -> Sample:
    return Sample(raw, platform, AddressKind.HASHTAG, url=url)


def nothing(
    raw: str,
    platform: str | None = None,
    kind: AddressKind = AddressKind.OTHER,
    *,
    owner: str | None = None,
    suggest: str | None = None,
    context: str | None = None,
) -> Sample:
    return Sample(raw, platform, kind, owner=owner, suggest=suggest, context=context)


SHARE, SEARCH = AddressKind.SHARE, AddressKind.SEARCH
_FB = ("facebook:exempelstad", "https://www.facebook.com/exempelstad")
_FB_ID = ("facebook:id:100064512345678", "https://www.facebook.com/100064512345678")
_IG = ("instagram:exempel.stad", "https://www.instagram.com/exempel.stad/")
_X = ("x:exempelstad", "https://x.com/exempelstad")
_LI = ("linkedin:company:exempelstad", "https://www.linkedin.com/company/exempelstad/")
_YT = ("youtube:@exempelstad", "https://www.youtube.com/@exempelstad")
_YT_ID = (f"youtube:channel:{CHANNEL}", f"https://www.youtube.com/channel/{CHANNEL}")
_TT = ("tiktok:exempelstad", "https://www.tiktok.com/@exempelstad")
_MD = ("mastodon:exempelstad@social.example", "https://social.example/@exempelstad")
_BS = ("bluesky:exempelstad.example", "https://bsky.app/profile/exempelstad.example")

FACEBOOK = (
    profile("https://www.facebook.com/Exempelstad", *_FB),
    profile("http://facebook.com/exempelstad/", *_FB),
    profile("https://m.facebook.com/exempelstad/about?locale=sv_SE", *_FB),
    profile("https://sv-se.facebook.com/@exempelstad", *_FB),
    profile("https://fb.com/exempelstad", *_FB),
    profile("https://www.facebook.com/pg/exempelstad/photos/", *_FB),
    profile("https://www.facebook.com/#!/exempelstad", *_FB),
    profile("https://www.facebook.com/login/?next=https%3A%2F%2Fwww.facebook.com%2Fexempelstad", *_FB),
    profile("https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.facebook.com%2Fexempelstad&h=AT0", *_FB),
    # two spellings of one name (case and full stops) are one account
    profile("https://www.facebook.com/Exempel.Stad", "facebook:exempelstad", "https://www.facebook.com/exempel.stad"),
    profile("https://www.facebook.com/profile.php?id=100064512345678", *_FB_ID),
    profile("https://www.facebook.com/people/Exempelstads-bibliotek/100064512345678/", *_FB_ID),
    profile("https://www.facebook.com/pages/Exempelstads-bibliotek/100064512345678?fref=ts", *_FB_ID),
    profile("https://www.facebook.com/pages/Exempelstad/Exempelstads-bibliotek/100064512345678", *_FB_ID),
    profile("https://www.facebook.com/pages/category/Library/Exempelstads-bibliotek-100064512345678/", *_FB_ID),
    profile("https://www.facebook.com/p/Exempelstads-bibliotek-100064512345678/", *_FB_ID),
    profile("https://www.facebook.com/Exempelstads-b%C3%A5tklubb-100064512345678", *_FB_ID),
    profile("https://www.facebook.com/ 100064512345678", *_FB_ID),
    profile("https://www.facebook.com//100064512345678", *_FB_ID),
    profile("https://www.facebook.com/pages/B%25C3%25A5tklubben/100064512345678", *_FB_ID),
    profile("https://www.facebook.com/pages/B%E5tklubben/100064512345678", *_FB_ID),
    profile("100064512345678", *_FB_ID, context="Facebook"),
    post("https://www.facebook.com/exempelstad/posts/1234567890",
         "https://www.facebook.com/exempelstad/posts/1234567890",
         "facebook", owner="facebook:exempelstad", post="1234567890"),
    post("https://m.facebook.com/story.php?story_fbid=77&id=100064512345678",
         "https://www.facebook.com/permalink.php?story_fbid=77&id=100064512345678", "facebook",
         owner="facebook:id:100064512345678", post="77"),
    post("https://www.facebook.com/watch/?v=77", "https://www.facebook.com/watch/?v=77", "facebook", post="77"),
    post("https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fexempelstad%2Fvideos%2F77%2F",
         "https://www.facebook.com/exempelstad/videos/77", "facebook", owner="facebook:exempelstad", post="77"),
    post("https://www.facebook.com/groups/5/permalink/77/", "https://www.facebook.com/groups/5/posts/77", "facebook",
         post="77"),
    # a pfbid is made anew again and again: it names neither an account nor, for long, a post
    post("https://www.facebook.com/exempelstad/posts/pfbid0Exempel",
         "https://www.facebook.com/exempelstad/posts/pfbid0Exempel",
         "facebook", owner="facebook:exempelstad"),
    nothing("https://www.facebook.com/pfbid0Exempel", "facebook"),
    nothing("https://www.facebook.com/profile.php?id=pfbid0Exempel", "facebook"),
    nothing("https://www.facebook.com/people/Exempelstad/pfbid0Exempel/", "facebook"),
    hashtag("https://www.facebook.com/hashtag/exempelstad", "facebook", "https://www.facebook.com/hashtag/exempelstad"),
    nothing("https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fexempelstad.example%2F", "facebook", SHARE),
    nothing("https://www.facebook.com/share/1ExEmPeL/", "facebook", SHARE),
    nothing("https://fb.watch/exempel/", "facebook", SHARE),
    nothing("https://www.facebook.com/search/top?q=exempelstad", "facebook", SEARCH),
    nothing("https://www.facebook.com/events/77", "facebook"),
    nothing("https://www.facebook.com/groups/exempelstad", "facebook"),
    nothing("https://www.facebook.com/", "facebook"),
    nothing("https://www.facebook.com/Exempelstads bibliotek", "facebook"),
    nothing("https://www.facebook.com/ExempelstadsBåtklubb", "facebook"),
    nothing("https://www.facebook.com/Exempelstads-Båtklubb-2022", "facebook"),
    nothing("https://developers.facebook.com/docs", "facebook"),
    nothing("https://www.facebook.com/https://www.facebook.com/exempelstad", "facebook",
         suggest="facebook:exempelstad"),
    nothing("https://www.facebook.com/facebook.com/exempelstad", "facebook", suggest="facebook:exempelstad"),
    nothing("https://www.facebook.com/id=100064512345678", "facebook", suggest="facebook:id:100064512345678"),
    nothing("http://facebook.fr/exempelstad", suggest="facebook:exempelstad"),
    nothing("https://facebook.com.exempelstad.example/exempelstad"),
    nothing("https://www.facebook.com@exempelstad.example/exempelstad"),
)  # fmt: skip

INSTAGRAM_AND_THREADS = (
    profile("https://www.instagram.com/Exempel.Stad?igsh=MTAx&utm_source=qr", *_IG),
    profile("https://instagr.am/exempel.stad", *_IG),
    profile("https://www.instagram.com/exempel.stad/tagged/", *_IG),
    profile("https://www.instagram.com/accounts/login/?next=/exempel.stad/", *_IG),
    profile("@exempel.stad", *_IG, context="Intagram"),
    post("https://www.instagram.com/exempel.stad/reel/CxEmPeL_-1/", "https://www.instagram.com/reel/CxEmPeL_-1/",
         "instagram",
         owner="instagram:exempel.stad", post="CxEmPeL_-1"),
    post("https://www.instagram.com/p/CxEmPeL/?hl=sv", "https://www.instagram.com/p/CxEmPeL/", "instagram",
         post="CxEmPeL"),
    post("https://www.instagram.com/stories/exempel.stad/77/", "https://www.instagram.com/stories/exempel.stad/77/",
         "instagram",
         owner="instagram:exempel.stad", post="77"),
    hashtag("https://instagram.com/explore/tags/exempelstad", "instagram",
            "https://www.instagram.com/explore/tags/exempelstad/"),
    nothing("https://www.instagram.com/explore/locations/77/", "instagram"),
    nothing("https://www.instagram.com/exempel..stad", "instagram"),
    nothing("exempelstad.se", "instagram", suggest="instagram:exempelstad.se", context="Instagram"),
    profile("https://www.threads.net/@Exempelstad", "threads:exempelstad", "https://www.threads.com/@exempelstad"),
    profile("@exempelstad@threads.net", "threads:exempelstad", "https://www.threads.com/@exempelstad"),
    post("https://www.threads.com/@exempelstad/post/CxEmPeL", "https://www.threads.com/@exempelstad/post/CxEmPeL",
         "threads",
         owner="threads:exempelstad", post="CxEmPeL"),
    nothing("https://www.threads.com/intent/post?text=hej", "threads", SHARE),
)  # fmt: skip

X_AND_LINKEDIN = (
    profile("https://twitter.com/Exempelstad", *_X),
    profile("https://mobile.twitter.com/exempelstad/with_replies?lang=sv", *_X),
    profile("http://twitter.com/#!/exempelstad", *_X),
    profile("https://x.com/@exempelstad", *_X),
    profile("https://x.com/intent/follow?screen_name=Exempelstad", *_X),
    profile("@Exempelstad", *_X, context="X (Twitter)"),
    profile("@exempelstad (Twitter)", *_X),
    profile("https://x.com/i/user/2244994", "x:id:2244994", "https://x.com/i/user/2244994"),
    profile("https://twitter.com/intent/user?user_id=2244994", "x:id:2244994", "https://x.com/i/user/2244994"),
    post("https://twitter.com/Exempelstad/status/1234567890123456789/photo/1",
         "https://x.com/exempelstad/status/1234567890123456789", "x", owner="x:exempelstad",
         post="1234567890123456789"),
    post("https://x.com/i/web/status/1234567890123456789", "https://x.com/i/status/1234567890123456789", "x",
         post="1234567890123456789"),
    nothing("https://x.com/intent/tweet?text=hej", "x", SHARE),
    nothing("https://t.co/ExEmPeL", "x", SHARE),
    nothing("https://twitter.com/search?q=%23exempelstad", "x", SEARCH),
    nothing("https://x.com/exempelstad/lists/skolor", "x", owner="x:exempelstad"),
    nothing("https://x.com/home", "x"),
    nothing("https://x.com/ettnamnsomarlangreanfemton", "x"),
    profile("https://se.linkedin.com/company/Exempelstad/about/?viewAsMember=true", *_LI),
    profile("https://www.linkedin.com/company/exempelstad/mycompany/verification/", *_LI),
    profile("https://www.linkedin.com/company/exempelstad/admin/feed/posts/", *_LI),
    profile("https://www.linkedin.com/authwall?sessionRedirect=https%3A%2F%2Fse.linkedin.com%2Fcompany%2Fexempelstad",
            *_LI),
    profile("https://www.linkedin.com/showcase/123456/", "linkedin:showcase:123456",
         "https://www.linkedin.com/showcase/123456/"),
    profile("https://www.linkedin.com/school/exempelstads-l%C3%A4roverk/people/",
         "linkedin:school:exempelstads-läroverk",
            "https://www.linkedin.com/school/exempelstads-l%C3%A4roverk/"),
    profile("https://www.linkedin.com/company/exempelstad-ab.", "linkedin:company:exempelstad-ab.",
            "https://www.linkedin.com/company/exempelstad-ab./"),
    profile("https://www.linkedin.com/in/exempelstads-stadsdirektör/", "linkedin:in:exempelstads-stadsdirektör",
            "https://www.linkedin.com/in/exempelstads-stadsdirekt%C3%B6r/"),
    profile("http://se.linkedin.com/pub/exempel-stad/0/4a4/631", "linkedin:pub:exempel-stad/0/4a4/631",
            "https://www.linkedin.com/pub/exempel-stad/0/4a4/631"),
    post("https://www.linkedin.com/posts/exempelstad_jobb-activity-7151241570371948544-4Gu7?utm_source=share",
         "https://www.linkedin.com/posts/exempelstad_jobb-activity-7151241570371948544-4Gu7", "linkedin",
         post="urn:li:activity:7151241570371948544"),
    post("https://www.linkedin.com/feed/update/urn:li:share:7016901149999955968",
         "https://www.linkedin.com/feed/update/urn:li:share:7016901149999955968/", "linkedin",
         post="urn:li:share:7016901149999955968"),
    nothing("https://www.linkedin.com/company/exempel stad/", "linkedin", suggest="linkedin:company:exempelstad"),
    nothing("exempelstad", "linkedin", context="LinkedIn"),
    nothing("https://www.linkedin.com/shareArticle?url=x", "linkedin", SHARE),
    nothing("https://www.linkedin.com/search/results/all/?keywords=exempelstad", "linkedin", SEARCH),
    nothing("https://www.linkedin.com/feed", "linkedin"),
)  # fmt: skip

FILM = (
    profile("https://www.youtube.com/@Exempelstad/streams", *_YT),
    profile("https://m.youtube.com/@exempelstad/search?query=b%C3%A5t", *_YT),
    profile(f"https://www.youtube.com/channel/{CHANNEL}/featured?disable_polymer=1", *_YT_ID),
    profile(f"https://studio.youtube.com/channel/{CHANNEL}/videos/upload", *_YT_ID),
    profile(f"https://consent.youtube.com/m?continue=https%3A%2F%2Fwww.youtube.com%2Fchannel%2F{CHANNEL}&gl=SE",
         *_YT_ID),
    profile(f"https://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}", *_YT_ID),
    profile(CHANNEL, *_YT_ID, context="Youtube"),
    profile("https://www.youtube.com/user/Exempelstad/videos", "youtube:user:exempelstad",
            "https://www.youtube.com/user/exempelstad"),
    profile("https://www.youtube.com/c/Exempelstad", "youtube:c:exempelstad", "https://www.youtube.com/c/exempelstad"),
    profile("http://youtube.com/Exempelstad", "youtube:name:exempelstad", "https://www.youtube.com/exempelstad"),
    profile("https://www.youtube.com/@Ba\u030atklubben", "youtube:@båtklubben",
         "https://www.youtube.com/@b%C3%A5tklubben"),
    post("https://youtu.be/exempel_-12?t=4", "https://www.youtube.com/watch?v=exempel_-12", "youtube",
         post="exempel_-12"),
    post("https://www.youtube.com/shorts/exempel_-12", "https://www.youtube.com/watch?v=exempel_-12", "youtube",
         post="exempel_-12"),
    post("https://www.youtube-nocookie.com/embed/exempel_-12?list=PL1", "https://www.youtube.com/watch?v=exempel_-12",
         "youtube", post="exempel_-12"),
    nothing("https://www.youtube.com/results?search_query=exempelstad", "youtube", SEARCH),
    nothing("https://www.youtube.com/playlist?list=PLexempel", "youtube"),
    nothing("https://www.youtube.com/channel/UCfor-kort", "youtube"),
    nothing("https://www.youtube.com/feed/subscriptions", "youtube"),
    profile("https://m.tiktok.com/@ExempelStad?lang=sv", *_TT),
    post("https://www.tiktok.com/@exempelstad/video/7067695578729221378",
         "https://www.tiktok.com/@exempelstad/video/7067695578729221378",
         "tiktok", owner="tiktok:exempelstad", post="7067695578729221378"),
    hashtag("https://tiktok.com/tag/exempelstad", "tiktok", "https://www.tiktok.com/tag/exempelstad"),
    nothing("https://vm.tiktok.com/ZExempel/", "tiktok", SHARE),
    nothing("https://www.tiktok.com/music/exempel-77", "tiktok"),
    profile("http://vimeo.com/Exempelstad/videos", "vimeo:exempelstad", "https://vimeo.com/exempelstad"),
    post("https://player.vimeo.com/video/77123456", "https://vimeo.com/77123456", "vimeo", post="77123456"),
    nothing("https://vimeo.com/channels/exempel", "vimeo"),
    profile("https://go.twitch.tv/Exempelstad/schedule", "twitch:exempelstad", "https://www.twitch.tv/exempelstad"),
    profile("https://player.twitch.tv/?channel=exempelstad&parent=x", "twitch:exempelstad",
         "https://www.twitch.tv/exempelstad"),
    nothing("https://www.twitch.tv/directory", "twitch"),
    profile("https://www.snapchat.com/add/Exempelstad", "snapchat:exempelstad",
         "https://www.snapchat.com/@exempelstad"),
    nothing("https://www.snapchat.com/lens/77", "snapchat"),
)  # fmt: skip

FEDIVERSE_AND_BLUESKY = (
    profile("https://social.example/@Exempelstad", *_MD),
    profile("https://social.example/@exempelstad/with_replies", *_MD),
    profile("https://social.example/@exempelstad.rss", *_MD),
    profile("https://social.example/users/exempelstad", *_MD),
    profile("https://social.example/web/@exempelstad", *_MD),
    profile("@Exempelstad@SOCIAL.EXAMPLE", *_MD),
    profile("exempelstad@social.example", *_MD, context="mastodon"),
    profile("acct:exempelstad@social.example", *_MD),
    # another server's view is turned back to the home server
    profile("https://annan.example/@exempelstad@social.example", *_MD),
    profile("https://annan.example/@exempelstad@b%C3%A5t.example", "mastodon:exempelstad@xn--bt-yia.example",
            "https://xn--bt-yia.example/@exempelstad"),
    profile("https://båt.example/@exempelstad", "mastodon:exempelstad@xn--bt-yia.example",
            "https://xn--bt-yia.example/@exempelstad"),
    profile("https://pixelfed.social/exempelstad", "mastodon:exempelstad@pixelfed.social",
            "https://pixelfed.social/@exempelstad"),
    profile("https://framatube.org/video-channels/exempelstad/videos", "mastodon:exempelstad@framatube.org",
            "https://framatube.org/@exempelstad"),
    profile("https://lemmy.world/c/exempelstad@feddit.nu", "lemmy:c:exempelstad@feddit.nu",
         "https://feddit.nu/c/exempelstad"),
    profile("https://www.xing.com/companies/Exempelstad", "xing:pages:exempelstad", "https://www.xing.com/pages/exempelstad"),
    post("https://social.example/@exempelstad/112233", "https://social.example/@exempelstad/112233", "mastodon",
         owner="mastodon:exempelstad@social.example", post="112233"),
    nothing("exempelstad@social.example"),
    nothing("@exempelstad", "mastodon", context="Mastodon"),
    nothing("https://mastodon.social/explore", "mastodon"),
    profile("https://bsky.app/profile/Exempelstad.Example", *_BS),
    profile("@exempelstad.example", *_BS, context="Bluesky"),
    profile("at://exempelstad.example", *_BS),
    profile(f"https://bsky.app/profile/{DID}", f"bluesky:{DID}", f"https://bsky.app/profile/{DID}"),
    profile("https://exempelstad.bsky.social", "bluesky:exempelstad.bsky.social",
            "https://bsky.app/profile/exempelstad.bsky.social"),
    post("https://bsky.app/profile/exempelstad.example/post/3lexempel23",
         "https://bsky.app/profile/exempelstad.example/post/3lexempel23",
         "bluesky", owner="bluesky:exempelstad.example", post="3lexempel23"),
    nothing("https://bsky.app/intent/compose?text=hej", "bluesky", SHARE),
    nothing("https://bsky.app/profile/exempelstad.example/feed/nytt", "bluesky", owner="bluesky:exempelstad.example"),
)  # fmt: skip

PICTURES_SOUND_AND_MESSAGES = (
    profile("https://www.pinterest.se/Exempelstad/_saved/", "pinterest:exempelstad",
         "https://www.pinterest.com/exempelstad/"),
    nothing("https://se.pinterest.com/exempelstad/hus/", "pinterest", owner="pinterest:exempelstad"),
    nothing("https://www.pinterest.com/pin/create/button/?url=x", "pinterest", SHARE),
    profile("http://www.flickr.com/people/12345678@N02/", "flickr:12345678@N02",
         "https://www.flickr.com/photos/12345678@N02/"),
    profile("http://www.flickr.com/Exempelstad", "flickr:exempelstad", "https://www.flickr.com/photos/exempelstad/"),
    post("https://www.flickr.com/photos/exempelstad/77123/in/photostream",
         "https://www.flickr.com/photos/exempelstad/77123/",
         "flickr", owner="flickr:exempelstad", post="77123"),
    nothing("https://www.flickr.com/photos/exempelstad/albums/77", "flickr", owner="flickr:exempelstad"),
    profile("https://soundcloud.com/Exempelstad/tracks", "soundcloud:exempelstad",
         "https://soundcloud.com/exempelstad"),
    post("https://soundcloud.com/exempelstad/avsnitt-1", "https://soundcloud.com/exempelstad/avsnitt-1", "soundcloud",
         owner="soundcloud:exempelstad", post="avsnitt-1"),
    profile(f"https://open.spotify.com/intl-sv/show/{SHOW}?si=1", f"spotify:show:{SHOW}",
         f"https://open.spotify.com/show/{SHOW}"),
    profile(f"spotify:show:{SHOW}", f"spotify:show:{SHOW}", f"https://open.spotify.com/show/{SHOW}"),
    post(f"https://open.spotify.com/episode/{SHOW}", f"https://open.spotify.com/episode/{SHOW}", "spotify", post=SHOW),
    profile("https://podcasts.apple.com/se/podcast/exempelpodden/id77123456", "podcast:apple:77123456",
            "https://podcasts.apple.com/podcast/id77123456"),
    profile("https://telegram.me/s/Exempelstad", "telegram:exempelstad", "https://t.me/exempelstad"),
    post("https://t.me/exempelstad/77", "https://t.me/exempelstad/77", "telegram", owner="telegram:exempelstad",
         post="77"),
    nothing("https://t.me/+ExEmPeL", "telegram", SHARE),
    profile("https://whatsapp.com/channel/0029VaExempelstad", "whatsapp:channel:0029VaExempelstad",
            "https://www.whatsapp.com/channel/0029VaExempelstad"),
    nothing("https://chat.whatsapp.com/ExEmPeL", "whatsapp", SHARE),
    nothing("https://wa.me/46700000000", "whatsapp"),
)  # fmt: skip

BLOGS_WEBSITES_AND_OLDER = (
    profile("http://Exempelstad.wordpress.com/om/", "wordpress:exempelstad", "https://exempelstad.wordpress.com/"),
    profile("http://exempelstad.blogspot.se/", "blogspot:exempelstad", "https://exempelstad.blogspot.com/"),
    profile("https://medium.com/@Exempelstad", "medium:@exempelstad", "https://medium.com/@exempelstad"),
    profile("https://exempelstad.substack.com/archive", "substack:exempelstad", "https://exempelstad.substack.com/"),
    profile("https://www.tumblr.com/exempelstad", "tumblr:exempelstad", "https://exempelstad.tumblr.com/"),
    post("https://exempelstad.tumblr.com/post/77/hej", "https://exempelstad.tumblr.com/post/77", "tumblr",
         owner="tumblr:exempelstad", post="77"),
    profile("https://www.exempelstad.example/blogg/?utm_source=x&id=4", "website:exempelstad.example/blogg?id=4",
            "https://www.exempelstad.example/blogg?id=4", context="Blogg"),
    profile("exempelstad.example", "website:exempelstad.example", "https://exempelstad.example", context="Webbplats"),
    profile("http://exempelstad.example/rss.xml", "feed:exempelstad.example/rss.xml",
         "http://exempelstad.example/rss.xml",
            context="RSS"),
    nothing("https://www.exempelstad.example/nyheter"),
    profile("https://www.mynewsdesk.com/se/Exempelstad", "mynewsdesk:se/exempelstad",
         "https://www.mynewsdesk.com/se/exempelstad"),
    profile("https://reddit.com/u/Exempelstad", "reddit:u/exempelstad", "https://www.reddit.com/user/exempelstad/"),
    profile("http://www.myspace.com/exempelstad", "myspace:exempelstad", "https://myspace.com/exempelstad"),
    profile("https://plus.google.com/u/0/102371865054310418159/posts", "googleplus:102371865054310418159",
            "https://plus.google.com/102371865054310418159"),
    profile("http://ustream.tv/channel/exempelstad", "ustream:channel:exempelstad",
         "https://www.ustream.tv/channel/exempelstad"),
    profile("http://foursquare.com/exempelstad", "foursquare:exempelstad", "https://foursquare.com/exempelstad"),
    profile("https://linktr.ee/Exempelstad", "linktree:exempelstad", "https://linktr.ee/exempelstad"),
    profile("https://dribbble.com/exempelstad", "dribbble:exempelstad", "https://dribbble.com/exempelstad"),
    profile("https://exempelstad.bandcamp.com", "bandcamp:exempelstad", "https://exempelstad.bandcamp.com/"),
    profile("https://issuu.com/exempelstad", "issuu:exempelstad", "https://issuu.com/exempelstad"),
    profile("http://dailymotion.com/exempelstad", "dailymotion:exempelstad", "https://www.dailymotion.com/exempelstad"),
    profile("https://slideshare.net/exempelstad", "slideshare:exempelstad", "https://www.slideshare.net/exempelstad"),
)  # fmt: skip

AS_PASTED = (
    profile("https://www.facebook.com/exempelstad,", *_FB),
    profile("https://www.facebook.com/exempelstad.", *_FB),
    profile("(https://www.facebook.com/exempelstad);", *_FB),
    profile("<https://www.facebook.com/exempelstad>", *_FB),
    profile("”https://www.facebook.com/exempelstad”", *_FB),
    profile("\u200b\u00a0https://www.facebook.com/exempelstad\u00a0", *_FB),
    profile("HTTPS://WWW.Facebook.com/exempelstad", *_FB),
    profile("//www.facebook.com/exempelstad", *_FB),
    profile("www.facebook.com/exempelstad", *_FB),
    profile('<a class="x" href="https://www.facebook.com/exempelstad?a=1&amp;b=2">Facebook</a>', *_FB),
    profile("[Facebook](https://www.facebook.com/exempelstad)", *_FB),
    profile("FB: exempelstad", *_FB),
    profile("Följ oss på https://www.facebook.com/exempelstad.", *_FB),
    profile("Instagram: @exempel.stad", *_IG),
    profile("@exempel.stad på Instagram", *_IG),
    profile("https://x.com/exempelstad", *_X, context="Facebook"),
    profile("https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fx.com%2Fexempelstad&data=05", *_X),
    nothing("http//:www.facebook.com/exempelstad", suggest="facebook:exempelstad"),
    nothing("htttps://www.facebook.com/exempelstad", suggest="facebook:exempelstad"),
    nothing("http://hhttps://www.facebook.com/exempelstad", suggest="facebook:exempelstad"),
    nothing("https://x.com/exempelstad, https://www.facebook.com/exempelstad"),
    nothing("Läs https://www.facebook.com/exempelstad och mer"),
    nothing("Exempelstads bibliotek"),
    nothing("Exempelstads bibliotek", "facebook", context="Facebook"),
    nothing("Facebook", "facebook"),
    nothing("saknas", "facebook", context="Facebook"),
    nothing("info@exempelstad.example", context="Facebook"),
    nothing(""),
    nothing("https://bit.ly/exempel", kind=SHARE),
    nothing("https://["),
)  # fmt: skip

SAMPLES = (
    *FACEBOOK,
    *INSTAGRAM_AND_THREADS,
    *X_AND_LINKEDIN,
    *FILM,
    *FEDIVERSE_AND_BLUESKY,
    *PICTURES_SOUND_AND_MESSAGES,
    *BLOGS_WEBSITES_AND_OLDER,
    *AS_PASTED,
)

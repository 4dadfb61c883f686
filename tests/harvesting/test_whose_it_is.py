"""What the place, the name and the company of an account say of whose it is."""

from __future__ import annotations

import pytest

from audits.harvesting.likeness import Likeness, Name, likeness
from audits.model import Own
from tests.harvesting.looking import CITY, accounts, kept, only, seen_on


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


def footer(*addresses: str) -> dict[str, Own]:
    links = "".join(f'<li><a href="https://{each}">{each.partition(".")[0]}</a></li>' for each in addresses)
    return accounts(seen_on(f"<footer><ul>{links}</ul></footer>"))


def test_a_row_that_is_mostly_anothers_claims_none_of_its_accounts() -> None:
    row = footer("facebook.com/borgmastaren", "x.com/borgmastaren", "vimeo.com/almestad")
    assert set(row.values()) == {Own.UNKNOWN}


def test_one_office_in_a_row_takes_nothing_from_its_neighbours() -> None:
    row = footer("facebook.com/borgmastaren", "x.com/almestadstad", "vimeo.com/almestad")
    assert sorted(row.values()) == [Own.LIKELY, Own.LIKELY, Own.UNKNOWN]


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


FOOTER = (
    '<footer><a href="https://www.facebook.com/almestadskommun">Facebook</a>'
    '<a href="https://www.instagram.com/almestadskommun">Instagram</a></footer>'
)
OWN = {"facebook:almestadskommun", "instagram:almestadskommun"}
CALLED = '<title>Almestads kommun</title><meta property="og:site_name" content="Almestads kommun">'


def whose(body: str) -> dict[str, Own]:
    return accounts(seen_on(f"{CALLED}{body}{FOOTER}"))


@pytest.mark.parametrize(
    "handle",
    [
        "almestadsif", "almestadibk", "polisenalmestad", "moderaternaalmestad", "sdalmestad", "almestadstidning",
        "p4almestad", "svenskakyrkanalmestad", "foretagarnaalmestad", "almestadstudentkar", "anna.andersson.almestad",
        "kalleialmestad", "almestad.ab", "grannbykommun", "regionalmedal",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "place",
    [
        '<div><a href="{}">Facebook</a></div>',
        '<p><a href="{}">Mer information</a></p>',
        '<main><p>Följ dem gärna <a href="{}">på Facebook</a>.</p></main>',
        '<aside><a href="{}">Facebook</a></aside>',
        '<main><div class="fb-page" data-href="{}"></div></main>',
        (
            '<div><h2>De andra</h2><a href="{}">Facebook</a><a href="https://www.instagram.com/andra">Instagram</a>'
            '<a href="https://www.youtube.com/@andra">YouTube</a></div>'
        ),
        (
            '<script type="application/ld+json">{{"@type":"Event","organizer":{{"@type":"Organization",'
            '"name":"De andra","sameAs":"{}"}}}}</script>'
        ),
    ],
    ids=["bare", "words", "theirs", "aside", "widget", "row", "organizer"],
)
def test_whoever_is_named_after_the_place_is_not_thereby_the_citys(handle: str, place: str) -> None:
    found = whose(place.format(f"https://www.facebook.com/{handle}"))
    assert {key for key, own in found.items() if own is Own.LIKELY} == OWN
    assert found.keys() > OWN


@pytest.mark.parametrize(
    "handle", ["almestadsbibliotek", "visitalmestad", "kulturialmestad", "jobbaialmestad", "almestadvatten"]
)
def test_what_the_city_does_is_no_neighbour_of_it(handle: str) -> None:
    assert (
        whose(f'<div><a href="https://www.facebook.com/{handle}">Facebook</a></div>')[f"facebook:{handle}"]
        is Own.LIKELY
    )


def test_a_club_is_its_own_on_its_own_site() -> None:
    body = '<title>Almestads IF</title><div><a href="https://www.facebook.com/almestadsif">Facebook</a></div>'
    assert accounts(seen_on(body, "https://www.almestadsif.example/")) == {"facebook:almestadsif": Own.LIKELY}


@pytest.mark.parametrize("handle", ["krisinformation", "1177varden", "SMHI"])
def test_a_national_body_on_the_citys_list_of_channels_is_not_the_citys(handle: str) -> None:
    listed = "".join(f'<li><a href="https://x.com/almestad{each}">{each}</a></li>' for each in ("a1", "b1", "c1", "d1"))
    body = f'<title>Sociala medier</title><ul>{listed}<li><a href="https://x.com/{handle}">Följ dem</a></li></ul>'
    found = accounts(seen_on(body))
    assert found[f"x:{handle.lower()}"] is Own.UNLIKELY
    assert found["x:almestada1"] is Own.LIKELY


def test_an_organizer_that_is_named_beside_is_not_the_city() -> None:
    body = '<p>Arrangör: <a href="https://www.facebook.com/almestadfest">Facebook</a></p>'
    assert whose(body)["facebook:almestadfest"] is Own.UNLIKELY


def test_a_city_that_is_named_as_the_organizer_has_not_lost_its_own_account() -> None:
    body = '<footer>Arrangör: Almestads kommun <a href="https://www.facebook.com/almestad">Facebook</a></footer>'
    assert whose(body)["facebook:almestad"] is Own.LIKELY

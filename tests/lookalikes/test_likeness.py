"""What makes an account likely to be taken for another, sign by sign."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from audits.lookalikes import (
    Comparer,
    Face,
    Sign,
    drawn,
    letters,
    likest,
    picture_hash,
    questions,
    same_picture,
    skeleton,
)
from config.confusables import BadConfusables, load_confusables
from tests.lookalikes.pictures import a_picture

TABLE = load_confusables()
COMPARER = Comparer(TABLE, ("Almestad",))


def a_face(handle: str = "almestadsstad", name: str = "", **changes: object) -> Face:
    given = {"platform": "instagram", "key": f"instagram:{handle}", "handle": handle, "name": name}
    return Face(**{**given, **changes})  # type: ignore[arg-type]  # a builder


OURS = a_face("almestadsstad", "Almestads stad")


def signs(handle: str, name: str = "", **changes: object) -> tuple[Sign, ...]:
    found = COMPARER.likeness(OURS, a_face(handle, name, key="mastodon:other", **changes))
    return found.signs if found else ()


@pytest.mark.parametrize(
    ("handle", "sign"),
    [
        ("almestadsstad", Sign.SAME_NAME),
        ("almestads_stad", Sign.SAME_NAME),
        ("аlmestadsstad", Sign.DRAWN_ALIKE),  # a Cyrillic а
        ("a1mestads5tad", Sign.DRAWN_ALIKE),
        ("älmestadsstad", Sign.ACCENTS),
        ("almestdasstad", Sign.NEAR),
        ("stad_almestads", Sign.NEAR),
        ("almestads_stad_officiell", Sign.ADDED_WORDS),
        ("almestadsupport1", Sign.ADDED_WORDS),
    ],
)
def test_each_sign_is_told_by_its_name(handle, sign):
    assert signs(handle)[0] is sign


@pytest.mark.parametrize("handle", ["almestadsgymnasium", "visitalmestad", "anna_almestad", "bjorkholmsstad"])
def test_a_neighbour_is_no_look_alike(handle):
    assert signs(handle) == ()


def test_a_bodys_whole_name_with_any_words_speaks_as_that_body():
    assert signs("almestadsstad_utskick") == (Sign.ADDED_WORDS,)
    assert signs("almestad_utskick") == ()


def test_a_neighbour_that_says_beside_which_body_it_stands_is_none():
    assert signs("vision_almestads_stad", "Vision Almestads stad") == ()
    assert signs("almestadsstad_pensionarer", "Almestads stad pensionärer") == ()


def test_a_short_name_is_alike_only_letter_for_letter():
    short = a_face("slf", "SLF")
    strict = Comparer(TABLE)
    assert strict.likeness(short, a_face("slf", key="x:slf")) is not None
    assert strict.likeness(short, a_face("slf1", key="x:slf1")) is None


def test_one_name_under_another_number_is_another_unit():
    strict = Comparer(TABLE)
    assert strict.likeness(a_face("forskola1almestad"), a_face("forskola2almestad", key="x:2")) is None


def test_accents_make_another_letter_that_is_drawn_alike():
    assert letters("Älmestad") != letters("Almestad")
    assert skeleton("Älmestad", TABLE) != skeleton("Almestad", TABLE)
    assert drawn("Älmestad", TABLE) == drawn("Almestad", TABLE)


def test_the_table_is_unicodes():
    assert skeleton("раураl", TABLE) == skeleton("paypal", TABLE)  # the example of UTS #39
    assert len(TABLE) > 6000


def test_a_broken_table_is_told_by_its_line(tmp_path):
    broken = tmp_path / "confusables.txt"
    broken.write_text("0430 ; 0061\nhello\n")
    with pytest.raises(BadConfusables, match="line 2"):
        load_confusables(broken)


@given(st.text(max_size=200), st.text(max_size=200))
def test_whatever_strangers_call_themselves_is_compared(handle, name):
    COMPARER.likeness(OURS, a_face(handle, name, key="x:stranger"))
    COMPARER.likeness(a_face(handle, name), OURS)


@given(st.text(max_size=40))
def test_a_name_is_always_like_itself(name):
    found = Comparer(TABLE).likeness(a_face("", name), a_face("", name, key="x:other"))
    assert (found is not None) == bool(letters(name))


# --- pictures


def test_a_picture_stays_the_same_when_it_is_scaled_and_saved_anew():
    assert same_picture(picture_hash(a_picture()), picture_hash(a_picture(size=96, kind="JPEG")))


def test_another_picture_is_another():
    assert not same_picture(picture_hash(a_picture()), picture_hash(a_picture(text="B")))


def test_a_plain_surface_resembles_nothing():
    plain = io.BytesIO()
    Image.new("RGB", (64, 64), "navy").save(plain, "PNG")
    assert picture_hash(plain.getvalue()) is None


@pytest.mark.parametrize("damaged", [b"", b"<html>", a_picture()[:60]])
def test_what_is_no_picture_has_no_hash(damaged):
    assert picture_hash(damaged) is None


def test_the_same_picture_alone_is_a_sign():
    ours = a_face(name="Almestads stad", picture=picture_hash(a_picture()))
    found = COMPARER.likeness(ours, a_face("blue77", key="x:blue77", picture=picture_hash(a_picture(size=96))))
    assert found is not None
    assert found.signs == (Sign.SAME_PICTURE,)


# --- questions


def test_our_own_accounts_and_decided_ones_are_not_asked_about():
    second = a_face("almestadofficial", key="x:almestadofficial")
    third = a_face("almestadsupport", key="x:almestadsupport")
    asked = questions([OURS, second], [OURS, second, third], COMPARER, decided=["x:almestadsupport"])
    assert asked == ()


def test_a_stranger_is_asked_about_once_and_the_surest_first():
    near = a_face("almestdasstad", key="x:near")
    same = a_face("almestadsstad", key="x:same")
    asked = questions([OURS, a_face("almestad", key="x:almestad")], [near, same, same], COMPARER)
    assert [each.theirs.key for each in asked] == ["x:same", "x:near"]


@pytest.mark.parametrize(
    ("handle", "name"),
    [("habokommun", "Habo kommun"), ("habokommun", ""), ("amestad", "Amestads kommun"), ("amestadskommun", "Amestad")],
)
def test_another_town_is_no_copy_of_this_one(handle, name):
    ours = (
        Face(platform="facebook", key="facebook:haabokommun", handle="håbokommun", name="Håbo kommun"),
        Face(platform="facebook", key="facebook:almestadskommun", handle="almestadskommun", name="Almestads kommun"),
    )
    theirs = Face(platform="instagram", key=f"instagram:{handle}", handle=handle, name=name)
    comparer = Comparer(load_confusables(), ("Håbo", "Almestads kommun"), frozenset({"Habo", "Amestad", "Håbo"}))
    assert questions(ours, [theirs], comparer) == ()
    assert questions(ours, [theirs], Comparer(load_confusables())) != ()


@pytest.mark.parametrize(
    "key",
    [
        "mastodon:almestad@threads.net", "mastodon:almestad.bsky.social@bsky.brid.gy",
        "bluesky:almestad.social.example.ap.brid.gy", "bluesky:kultur.almestad.example",
        "mastodon:kultur@social.almestad.example",
    ],
)  # fmt: skip
def test_our_own_account_in_another_network_or_under_our_domain_is_no_stranger(key):
    keys = ("threads:almestad", "bluesky:almestad.bsky.social", "mastodon:almestad@social.example")
    ours = [a_face("almestad", key=own) for own in keys]
    assert questions(ours, [a_face("almestad", key=key)], COMPARER, domains=("almestad.example",)) == ()
    assert questions(ours, [a_face("almestad", key="mastodon:almestad@other.example")], COMPARER) != ()


def test_a_neighbours_word_beside_the_place_is_no_slip():
    ours = Face(platform="facebook", key="facebook:almestad", handle="almestad", name="Almestad")
    radio = Face(platform="x", key="x:p4almestad", handle="p4almestad", name="P4 Almestad")
    assert questions([ours], [radio], COMPARER) == ()


def test_a_single_letter_or_figure_is_no_neighbours_word():
    ours = Face(platform="instagram", key="instagram:almestadsmuseum", handle="almestadsmuseum", name="Museet")
    theirs = Face(platform="x", key="x:almestadsmuseum_1", handle="almestadsmuseum_1")
    assert questions([ours], [theirs], COMPARER) != ()


def test_of_several_that_are_as_like_the_one_whose_own_name_it_is_like_is_asked_about():
    """The city's own name is every account's: the first of the register would be told in place of the one copied."""
    market = a_face("julmarknad", platform="mastodon")
    video, page = (a_face("almestad", platform=each, key=f"{each}:almestad") for each in ("youtube", "facebook"))
    found = likest([market, video, page], a_face("a1mestad", platform="facebook"), COMPARER)
    assert found is not None
    assert found.ours == page

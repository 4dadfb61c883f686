"""What a register may write to name a platform: the words of the grammars, and those of Kanalkoll's own reports."""

from __future__ import annotations

import pytest

from audits.platforms import PLATFORMS
from audits.wording import LANGUAGES
from tests.importing.prepared import prepared
from worker.importing.preparing import platform_named

HEAD = "Namn;Plattform;Adress\n"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PLATFORMS)
def test_what_a_report_calls_a_platform_names_it(name, language):
    assert platform_named(PLATFORMS[name].called(language)) == name


@pytest.mark.parametrize(
    ("word", "address", "key"),
    [
        ("Podd", "https://shows.acast.com/bokpodden", "podcast:acast:bokpodden"),
        ("Podcast", "https://almestad.example/podd/rss.xml", "feed:almestad.example/podd/rss.xml"),
        ("RSS-flöde", "https://almestad.example/rss.xml", "feed:almestad.example/rss.xml"),
        ("RSS feed", "https://almestad.example/rss.xml", "feed:almestad.example/rss.xml"),
        ("WordPress.com", "https://almestad.wordpress.com", "wordpress:almestad"),
    ],
)
def test_an_address_under_a_report_s_own_word_contradicts_nothing(tmp_path, word, address, key):
    (stated,) = prepared(tmp_path, f"{HEAD}Konto;{word};{address}\n").read.stated
    assert (stated.row.key, stated.remarks) == (key, ())


def test_a_plain_name_that_its_platform_does_not_make_an_account_is_told_why_and_what_to_write(tmp_path):
    (refused,) = prepared(tmp_path, f"{HEAD}Fältarna;Snapchat;faltarna_norrv\n").read.refused
    assert "a name on its own" in refused.reason
    assert "@faltarna_norrv" in refused.remedy
    (stated,) = prepared(tmp_path, f"{HEAD}Fältarna;Snapchat;@faltarna_norrv\n").read.stated
    assert stated.row.key == "snapchat:faltarna_norrv"


def test_what_is_offered_for_a_name_behind_its_platform_is_the_name_and_is_taken(tmp_path):
    (refused,) = prepared(tmp_path, f"{HEAD}Fältarna;Snapchat;snap: faltarnagk\n").read.refused
    assert "@faltarnagk " in refused.remedy
    assert "snap" not in refused.remedy
    (stated,) = prepared(tmp_path, f"{HEAD}Fältarna;Snapchat;@faltarnagk\n").read.stated
    assert stated.row.key == "snapchat:faltarnagk"


@pytest.mark.parametrize("number", ["192.0.2.4", "http://192.0.2.4/"])
def test_a_web_site_by_its_number_is_not_told_to_be_called_a_web_site(tmp_path, number):
    (refused,) = prepared(tmp_path, f"{HEAD}Webben;Webbplats;{number}\n").read.refused
    assert "by name" in refused.remedy


@pytest.mark.parametrize("cell", ["(nedlagt)", "Avslutat", "vilande", "12", "facebook/almestad"])
def test_a_word_or_a_number_where_an_address_should_stand_is_no_account(tmp_path, cell):
    told = prepared(tmp_path, f"Namn;Facebook;Instagram\nEtt;{cell};@ett\nTvå;@tva;@tva\n").read
    assert [each.value for each in told.refused] == [cell]
    assert [each.row.key for each in told.stated] == ["instagram:ett", "facebook:tva", "instagram:tva"]


@pytest.mark.parametrize("cell", ["@vilande", "facebook.com/vilande", "@112", "facebook.com/facebook"])
def test_with_an_at_sign_or_as_an_address_any_word_is_a_name(tmp_path, cell):
    told = prepared(tmp_path, f"Namn;Facebook\nEtt;{cell}\n").read
    assert (len(told.stated), told.refused) == (1, ())


@pytest.mark.parametrize("heading", ["X (Twitter)", "X, tidigare Twitter", "Twitterkonto", "Twitter-konto"])
def test_a_column_of_names_is_its_platform_s_where_the_heading_says_more_than_the_platform(tmp_path, heading):
    told = prepared(tmp_path, f"Namn;Instagram;{heading}\nEtt;@ett;@ett\nTvå;@tva;https://x.com/tva\n")
    assert [each.row.key for each in told.read.stated] == ["instagram:ett", "x:ett", "instagram:tva", "x:tva"]


@pytest.mark.parametrize(
    ("heading", "address", "key", "link"),
    [
        ("Youtube-kanal", "https://www.youtube.com/@abc", "youtube:@abc", "https://youtu.be/dQw4w9WgXcQ"),
        ("Instagram konto", "@abc", "instagram:abc", "https://www.instagram.com/p/Cabc123/"),
        ("Facebook-sida", "facebook.com/abc", "facebook:abc", "https://www.facebook.com/share/abc"),
        ("Tik Tok", "@abc", "tiktok:abc", "https://vm.tiktok.com/Zabc/"),
    ],
)
def test_a_heading_that_names_a_platform_is_its_column_whatever_else_stands_there(
    tmp_path, heading, address, key, link
):
    read = prepared(tmp_path, f"Enhet;X;{heading}\nEtt;@ett;{address}\nTvå;@tva;{link}\nTre;@tre;saknas\n").read
    assert [each.row.key for each in read.stated] == ["x:ett", key, "x:tva", "x:tre"]
    assert [each.value for each in read.refused] == [link]


def test_a_column_of_names_stays_one_where_its_heading_names_a_platform(tmp_path):
    (stated,) = prepared(tmp_path, "Facebook-konto;Adress\nVårt museum;https://facebook.com/museet\n").read.stated
    assert (stated.row.name, stated.row.key) == ("Vårt museum", "facebook:museet")


def test_a_column_that_is_not_used_is_named_though_but_one_account_stands_in_it(tmp_path):
    rows = "Ett;@ett;https://facebook.com/ett\nTvå;@tva;ring oss\nTre;@tre;ring oss\n"
    assert prepared(tmp_path, f"Enhet;X;Diverse\n{rows}").columns[""].unread == ("Diverse",)

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
    assert "a name alone" in refused.reason
    assert "@faltarna_norrv" in refused.remedy
    (stated,) = prepared(tmp_path, f"{HEAD}Fältarna;Snapchat;@faltarna_norrv\n").read.stated
    assert stated.row.key == "snapchat:faltarna_norrv"


@pytest.mark.parametrize("number", ["192.0.2.4", "http://192.0.2.4/"])
def test_a_web_site_by_its_number_is_not_told_to_be_called_a_web_site(tmp_path, number):
    (refused,) = prepared(tmp_path, f"{HEAD}Webben;Webbplats;{number}\n").read.refused
    assert "by its name" in refused.remedy

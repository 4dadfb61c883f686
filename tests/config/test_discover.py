"""Where the walk goes is declared, checked, and told with the place and the remedy where it is wrong."""

from __future__ import annotations

from datetime import time

import pytest

from audits.discovering.plan import Site
from config.discover import BadDiscovery, load_discovery, read_discovery, site_at


def test_the_shipped_declaration_walks_the_citys_domains():
    declared = load_discovery(domains=["almestad.example"])
    assert declared.plan.sites == (Site(url="https://almestad.example/", subdomains=True),)
    assert (declared.weekday, declared.begins, declared.looks) == (5, time(1, 30), 2)
    assert all(skip.why for skip in declared.traps.skips)


def test_a_declared_site_takes_the_place_of_the_domains():
    declared = read_discovery(
        '[[site]]\nurl = "http://Almestad.example"\nsubdomains = true\nexcept_hosts = ["kartor.almestad.example"]\n'
        'except_paths = ["/arkiv/"]\n[walk]\npages = 10\nweekday = "monday"\nbegins = 02:00:00',
        ["other.example"],
    )
    assert declared.plan.sites == (
        Site(
            url="http://almestad.example/",
            subdomains=True,
            except_hosts=("kartor.almestad.example",),
            except_paths=("/arkiv/",),
        ),
    )
    assert (declared.plan.limits.pages, declared.weekday, declared.begins) == (10, 0, time(2))


def test_a_site_may_be_given_without_its_scheme():
    assert site_at("www.almestad.example").url == "https://www.almestad.example/"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[walk", "discover.toml"),
        ("[wlak]", "unknown wlak"),
        ("[walk]\npagse = 1", "[walk]: unknown pagse"),
        ("[walk]\npages = 0", "pages = 0 is not a whole number, 1 or more"),
        ("[walk]\npages = true", "pages = true"),
        ("[walk]\nseconds = -1", "seconds = -1 is not a number"),
        ('[walk]\nweekday = "lördag"', 'weekday = "lördag" is not one of monday'),
        ("[walk]\nbegins = 3", "begins = 3 is not a time of day"),
        ("walk = 3", "write [walk]"),
        ("[[site]]", "[[site]] 1: give the address"),
        ('[[site]]\nurl = "ftp://x"', "not the address of a website"),
        ('[[site]]\nurl = "https://a.example"\nsubdomains = "ja"', 'subdomains = "ja"'),
        ('[[site]]\nurl = "https://a.example"\nexcept_paths = ["arkiv"]', "a path begins with /"),
        ('[[site]]\nurl = "https://a.example"\nexcept_hosts = "x"', "is not a list of texts"),
        ('[[skip]]\nid = "x"\nendings = [".pdf"]', "[[skip]] x: why must be given"),
        ('[[skip]]\nid = "x"\nwhy = "y"', "has no condition"),
        ("[drop]\nnames = []", "[drop]: unknown names"),
        ("[most]\ndates = 0", "dates = 0"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_the_remedy(text: str, said: str):
    with pytest.raises(BadDiscovery) as told:
        read_discovery(text)
    assert said in str(told.value)

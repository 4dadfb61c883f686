"""Any pasted text is understood or left alone; nothing is guessed.

SAMPLES (invented) ─▶ what each is      strangers' text ─▶ no exception, and keys that come back
grammars ─▶ hold together               real, labelled addresses ─▶ the bar, where the corpus is present
"""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from audits.addresses import LONGEST, Form, Grammar, host_of, identify, is_own_host, leads_elsewhere, post_reference
from audits.model import Address, AddressKind
from audits.platforms import GRAMMARS
from tests.address_samples import Sample
from tests.address_scores import CONSTRUCTED, FIELDS, LABELLED, certain_rows, score, understood
from tests.addresses_table import SAMPLES
from tests.corpus import have_corpus

BAR = 0.998
PLATFORMS = sorted({sample.platform for sample in SAMPLES}, key=str)  # of the samples, None among them

needs_labels = pytest.mark.skipif(
    not have_corpus(), reason="labelled addresses are not here: set KANALTEST_CORPUS to hold identify against them"
)


def understand(sample: Sample) -> Address:
    return identify(sample.raw, sample.context, GRAMMARS)


def again(address: Address) -> Address:
    """What the canonical URL is; websites and feeds are such only under their column."""
    return identify(address.canonical_url or "", address.platform, GRAMMARS)


# --- samples --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_pasted_text_is_what_it_is(platform: str | None) -> None:
    for sample in (each for each in SAMPLES if each.platform == platform):
        found = understand(sample)
        assert (found.platform, found.kind, found.key) == (sample.platform, sample.kind, sample.key), sample.raw
        assert (found.canonical_url, found.owner_key, found.suggest_key) == (sample.url, sample.owner, sample.suggest)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_canonical_url_is_its_own_canonical_url(platform: str | None) -> None:
    for sample in (each for each in SAMPLES if each.platform == platform and each.url):
        found = understand(sample)
        assert (again(found).key, again(found).canonical_url) == (found.key, found.canonical_url), sample.raw


@pytest.mark.parametrize("sample", [s for s in SAMPLES if s.kind is AddressKind.POST], ids=lambda sample: sample.raw)
def test_a_post_is_named_by_its_own_id_and_its_owner(sample: Sample) -> None:
    reference = post_reference(understand(sample), GRAMMARS)
    assert (reference.id if reference else None) == sample.post
    assert (reference.owner_key if reference else sample.owner) == sample.owner


def test_every_platform_has_a_sample() -> None:
    assert {grammar.platform for grammar in GRAMMARS} <= {sample.platform for sample in SAMPLES}


def test_whatever_has_no_key_says_why_or_is_not_an_account() -> None:
    unclear = [sample for sample in SAMPLES if sample.platform is None]
    assert all(understand(sample).notes for sample in unclear)


@pytest.mark.parametrize(
    ("raw", "note"),
    [
        ("http://facebook.com/exempelstad", "http"),
        ("facebook.com/exempelstad", "no-scheme"),
        ("https://facebook.com/exempelstad/", "trailing-slash"),
        ("https://facebook.com/exempelstad?ref=hl", "query"),
        ("https://facebook.com/exempelstad/about", "subpage"),
        ("https://sv-se.facebook.com/exempelstad", "subdomain:sv-se"),
        ("https://www.facebook.com/pages/B%25C3%25A5t/100064512345678", "double-encoded"),
        ("https://facebook.com/Exempelstads bibliotek", "display-name-not-handle"),
        ("https://twitter.com/#!/exempelstad", "hashbang"),
        ("https://annan.example/@exempelstad@social.example", "seen-on:annan.example"),
        ("https://www.linkedin.com/in/exempelstad", "person-profile-path"),
        ("https://www.linkedin.com/company/exempelstad/admin/", "admin-url"),
        ("http://www.ustream.tv/channel/exempelstad", "closed-network"),
        ("https://t.me/+ExEmPeL", "invite-link"),
        ("https://vm.tiktok.com/ZExempel", "short-link"),
    ],
)
def test_what_was_odd_is_noted(raw: str, note: str) -> None:
    assert note in identify(raw, None, GRAMMARS).notes


# --- grammars -------------------------------------------------------------------------------------------------------


def test_no_host_and_no_word_belongs_to_two_platforms() -> None:
    hosts = [f"{host.name}{host.subs}" for grammar in GRAMMARS for host in grammar.hosts]
    words = [word for grammar in GRAMMARS for word in grammar.names]
    assert (len(hosts), len(words)) == (len(set(hosts)), len(set(words)))


@pytest.mark.parametrize("grammar", [each for each in GRAMMARS if each.reserved], ids=lambda grammar: grammar.platform)
def test_a_reserved_word_is_never_a_handle(grammar: Grammar) -> None:
    words = [word for reserved in grammar.reserved.values() for word in reserved.split()]
    found = {word: identify(f"https://{grammar.hosts[0].name}/{word}", None, GRAMMARS).key for word in words}
    assert not {word: key for word, key in found.items() if key}


@pytest.mark.parametrize("grammar", GRAMMARS, ids=lambda grammar: grammar.platform or "links")
def test_every_template_uses_fields_that_its_path_has(grammar: Grammar) -> None:
    unknown = {form.path: missing for form in grammar.forms if (missing := _wanted(form) - _given(form))}
    assert not unknown


def _wanted(form: Form) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", form.key + form.url + form.owner + form.suggest + form.post)) | (
        {form.follow} if form.follow else set()
    )


def _given(form: Form) -> set[str]:
    return {*re.findall(r"\{(\w+)\}", form.path), "host", "scheme", "query"}


# --- strangers ------------------------------------------------------------------------------------------------------

ANYTHING = st.text(alphabet=st.characters(exclude_categories=()), max_size=120)
COLUMNS = st.sampled_from([None, "Facebook", "X (Twitter)", "mastodon", "Webbplats", "rss", "LinkedIn", "?"]) | ANYTHING
HOSTS = st.sampled_from(
    [host.name for grammar in GRAMMARS for host in grammar.hosts] + ["social.example", "[::1]", "å.se"]
)
PARTS = st.text(alphabet="aBé9._-@%:+ ?#&=/\\~'\u200b\ud800\x00", max_size=12) | st.sampled_from(
    [
        "company",
        "@exempel",
        "channel",
        "UCexempelstad0123456789A",
        "profile.php?id=77",
        "posts",
        "77",
        "%2F",
        "l.php?u=",
    ]
)
WEB = st.builds(
    "{}{}/{}".format,
    st.sampled_from(["https://", "http://www.", "", "//", "hhttps://"]),
    HOSTS,
    st.lists(PARTS, max_size=4).map("/".join),
)


@given(raw=ANYTHING | WEB, context=COLUMNS)
@example(raw="https://[", context=None)
@example(raw="\ud800", context="\ud800")
@example(raw="x:" * 2000, context=None)
@example(raw="FB: " * 1000, context="Facebook")
def test_no_text_whatever_raises(raw: str, context: str | None) -> None:
    found = identify(raw, context, GRAMMARS)
    assert post_reference(found, GRAMMARS) is None or found.kind is AddressKind.POST
    assert (found.key is not None) == (found.kind is AddressKind.PROFILE)


@given(raw=ANYTHING | WEB, context=COLUMNS)
def test_a_key_comes_back_from_its_canonical_url(raw: str, context: str | None) -> None:
    found = identify(raw, context, GRAMMARS)
    if found.key:
        assert (again(found).key, again(found).canonical_url) == (found.key, found.canonical_url)


@given(raw=ANYTHING | WEB, context=COLUMNS)
def test_what_is_stored_can_be_stored(raw: str, context: str | None) -> None:
    found = identify(raw, context, GRAMMARS)
    stored = "".join(filter(None, (found.key, found.canonical_url, found.owner_key, found.suggest_key)))
    assert not re.search(r"[\x00-\x1f\ud800-\udfff]", stored)
    assert (found.canonical_url or "").isascii()


def test_a_text_without_end_is_not_read() -> None:
    found = identify("https://www.facebook.com/" + "a" * 1_000_000, None, GRAMMARS)
    assert (found.key, found.notes, len(found.raw)) == (None, ("too-long",), LONGEST)


# --- own hosts ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["exempelstad.se", "www.exempelstad.se", "WWW.Exempelstad.SE.", "bibliotek.båtstad.se"]
)
def test_a_domain_and_what_lies_under_it_is_own(host: str) -> None:
    assert is_own_host(host, ["exempelstad.se", "xn--btstad-iua.se"])


@pytest.mark.parametrize(
    "host", ["evilexempelstad.se", "exempelstad.se.evil.example", "stad.se", "", "se", "\ud800.se"]
)
def test_a_host_that_only_looks_alike_is_not_own(host: str) -> None:
    assert not is_own_host(host, ["exempelstad.se", "", "."])


def test_a_link_without_a_scheme_still_names_its_host() -> None:
    assert host_of("www.båtstad.se/hej") == "www.xn--btstad-iua.se"
    assert host_of("https://[") is None


# --- real addresses -------------------------------------------------------------------------------------------------


@needs_labels
@pytest.mark.parametrize("field", FIELDS)
def test_real_addresses_are_understood(field: str) -> None:
    told = score(certain_rows(LABELLED))
    assert told.share(field) >= BAR, told.misses[field]


@needs_labels
@pytest.mark.parametrize("field", FIELDS)
def test_odd_forms_of_real_addresses_are_understood(field: str) -> None:
    assert not score(certain_rows(CONSTRUCTED)).misses[field]


@needs_labels
def test_every_real_key_comes_back_from_its_canonical_url() -> None:
    found = [understood(row) for row in certain_rows(LABELLED)]
    assert not [address.raw for address in found if address.key and again(address).key != address.key]


@pytest.mark.parametrize(
    "link", ["https://linktr.ee/almestad", "www.bio.site", "https://a.carrd.co/", "https://BIT.LY/x"]
)
def test_a_page_of_links_and_what_stands_below_one_lead_elsewhere(link: str) -> None:
    assert leads_elsewhere(link)


@pytest.mark.parametrize(
    "link", ["https://almestad.example/", "https://notlinktr.ee/", "https://linktr.ee.example/", ""]
)
def test_a_host_that_only_sounds_like_a_page_of_links_does_not(link: str) -> None:
    assert not leads_elsewhere(link)

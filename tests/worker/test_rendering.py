"""The report as a page: whole, in both languages, and inert whatever strangers wrote."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import orjson
import pytest

from audits.history import Entered, Glance, History, Turned
from audits.model import CaseState, DriftStage, Existence, Outcome, Severity, Standing, Transport
from audits.reporting import Coverage, Dossier, as_of, gather
from audits.wording import LANGUAGES, Terms
from audits.wording.binding import unbound
from config.rules import load_rules
from tests.builders import NIGHT, STOCKHOLM, a_case, a_finding, an_account, an_observation
from tests.worker.reports import a_report
from worker.rendering import render_all, render_page, safe_link
from worker.rendering.page import ways

EVIL = "<script>alert(1)</script>\"' onload=x"


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_page_is_made_in_each_language(language):
    assert f'<html lang="{language}">' in render_page(a_report(language), STOCKHOLM)


def test_no_word_of_strangers_becomes_markup():
    page = render_page(a_report(name=EVIL), STOCKHOLM)
    assert page.count("<script") == 1  # the page's own
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&#34;&#39; onload=x" in page
    assert "<script>alert(1)" not in page


def test_only_web_addresses_become_links():
    page = render_page(a_report(address="javascript:alert(1)"), STOCKHOLM)
    assert "javascript:" not in page
    assert safe_link("data:text/html,x") == ""


def test_times_are_the_citys():
    assert "3 november 2026 kl. 03.15" in unbound(render_page(a_report(), STOCKHOLM))
    assert "3 November 2026, 03:15" in unbound(render_page(a_report("en"), STOCKHOLM))


def test_a_page_needs_nothing_but_itself():
    assert not re.search(r"<(link|img|iframe|script src)\b|@import|url\(", render_page(a_report(), STOCKHOLM))


def test_what_is_critical_is_named_before_the_figures_and_leads_to_its_line():
    finding = a_finding(rule="taken-over", severity=Severity.CRITICAL)
    standing = Standing(outcome=Outcome.FAILED, fingerprint="gone")
    told = Dossier(account=an_account(), observation=an_observation(), findings=((finding, standing),))
    report = gather([told], load_rules().routines, Terms(language="sv", city="Almestad"), NIGHT)
    page = unbound(render_page(report, STOCKHOLM))
    assert page.index("1 akut:") < page.index('class="figures"')
    assert f'href="#l{told.account.id}-taken-over"' in page


def test_the_json_tells_every_chapter_of_the_page():
    report = a_report()
    told = orjson.loads(render_all(report, STOCKHOLM)["json"])
    anchors = set(re.findall(r'<section id="([a-z]+)"', render_page(report, STOCKHOLM)))
    named = {
        "accounts": "lives",
        **{each: each for each in told},
        **{each["key"]: "chapters" for each in told["chapters"]},
    }
    assert anchors - named.keys() == set()
    assert told["figures"]["urgent"] == len(told["urgent"]) == len(report.urgent)
    assert told["reading"]
    assert told["administrations"][0]["remarks"] == len(report.sections[0].open) == 0
    assert told["figures"]["explained"] == 1


def test_accounts_read_by_two_routes_of_one_way_are_drawn_together():
    by_both = Coverage(platform="bluesky", accounts=5, read=5, unread={}, routes={"api_by_id": 4, "api_by_handle": 1})
    assert ways(by_both, Coverage(platform="podcast", accounts=2, read=2, unread={}, routes={"open": 2})) == [
        ("by-api", 5),
        ("by-open", 2),
    ]


def test_an_accounts_page_counts_what_stands_below_it():
    turned = Turned(at=NIGHT, rule="gone", stage=DriftStage.CONFIRMED, severity=Severity.HIGH)
    entered = [Entered(at=NIGHT, kind="add", by="KF"), Entered(at=NIGHT, kind="change", by="KF")]
    look = Glance(at=NIGHT, transport=Transport.OK, existence=Existence.PRESENT)
    history = History(looks=(look,), turned=(turned,), entered=tuple(entered))
    told = Dossier(account=an_account(), observation=an_observation(), findings=(), history=history)
    page = unbound(render_page(gather([told], load_rules().routines, Terms(language="sv"), NIGHT), STOCKHOLM))
    past = page[page.index('<ol class="past">') :]
    assert past[: past.index("</ol>")].count("<li>") == 3
    assert page.count("3 händelser finns i listan nedanför.") == 2  # in words, and for whoever hears the drawing


@pytest.mark.parametrize("days", [1, 2, 10])
def test_a_report_written_long_after_the_last_look_says_so_at_its_top(days: int):
    seen = Dossier(account=an_account(), observation=an_observation(observed_at=NIGHT), findings=())
    report = gather([seen], load_rules().routines, Terms(language="sv"), NIGHT + timedelta(days=days))
    head = unbound(render_page(report, STOCKHOLM)).partition("<main>")[0]
    assert "Läget efter kontrollen 3 november 2026; rapporten skrevs" in head
    assert re.findall(r"Ingen kontroll på (\d+) dygn\.", head) == [str(days)] * (days > 1)


def test_a_report_of_accounts_that_nobody_has_looked_at_says_so():
    unseen = Dossier(account=an_account(), observation=None, findings=())
    page = render_page(gather([unseen], {}, Terms(language="sv"), NIGHT), STOCKHOLM)
    assert "Inget konto har kontrollerats än; rapporten skrevs" in page


def test_the_recheck_of_a_few_accounts_makes_no_night():
    looks = [NIGHT, NIGHT + timedelta(minutes=1), NIGHT + timedelta(days=9)]
    assert as_of(looks) == NIGHT + timedelta(minutes=1)
    assert as_of([]) is None


def test_a_tables_answer_stands_without_the_name_that_has_a_column_of_its_own():
    case = a_case(state=CaseState.EXPLAINED, by="Bea")
    told = Dossier(
        account=an_account(), observation=an_observation(existence=Existence.GONE),
        findings=((a_finding(), Standing(outcome=Outcome.FAILED, fingerprint="gone")),), cases=(case,),
    )  # fmt: skip
    report = gather([told], load_rules().routines, Terms(language="sv"), NIGHT)
    (row,) = csv.DictReader(io.StringIO(render_all(report, STOCKHOLM)["csv"].decode("utf-8-sig")), delimiter=";")
    assert (row["Svar"], row["Av"]) == ("Förklarat", "Bea")

"""Chromium, driven by Playwright and judged by axe-core: the same four looks and the printed page for every page.

    chromium() ─▶ Browser ─opener▶ page_of(html) ─▶ Page ─assert_accessible▶ narrow and wide × light and dark ─▶ print

Playwright keeps an event loop running in its thread, so a browser lives for one test module and no longer: a
session's browser would spoil `asyncio.run` for every test after it. A module that opens pages runs no loop itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, Protocol

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.servers.programs import program

HEIGHT: Final = 900
PRINTED: Final = 718  # CSS pixels: A4 with margins of 10 mm, at 96 a inch
PHONE, DESKTOP = 320, 1280  # CSS pixels; the desk magnified to 400 % is as narrow as the phone (WCAG 2.2, 1.4.10)
# Chromium refuses its sandbox to root, and /dev/shm is small in containers (Playwright's own advice for CI).
WORDS: Final = ("--no-sandbox", "--disable-dev-shm-usage")
# axe leaves WCAG 2.2's size of targets (2.5.8) out unless it is asked for
AXE: Final = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
PATIENCE: Final = 300_000  # ms; nothing is to take as long, but for the machine


@dataclass(frozen=True, slots=True)
class Look:
    """One way in which a page is seen: a width in CSS pixels, and whether the reader's screen is dark."""

    width: int
    scheme: Literal["light", "dark"]

    def __str__(self) -> str:
        return f"{self.width}px, {self.scheme}"


LOOKS: Final = (Look(PHONE, "light"), Look(PHONE, "dark"), Look(DESKTOP, "light"), Look(DESKTOP, "dark"))


@dataclass(frozen=True, slots=True)
class Opening:
    """How long a page took from the request to the first thing painted, and to all of it being there, in ms."""

    painted: float
    loaded: float


class PageOf(Protocol):
    def __call__(self, html: str | Path, look: Look = ..., *, script: bool = True) -> Page:
        """Open a page, given as its text or as a file; without `script` its own script does not run."""
        ...


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser for one test module; raises `UnavailableError` where there is none and none can be installed."""
    executable = program("chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=executable, args=[*WORDS], timeout=PATIENCE)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opener(browser: Browser, folder: Path) -> Iterator[PageOf]:
    """Opens pages that stand alone: at the end, none may have asked for anything or complained of anything."""
    said: list[str] = []
    contexts: list[BrowserContext] = []

    def page_of(html: str | Path, look: Look = Look(DESKTOP, "light"), *, script: bool = True) -> Page:
        contexts.append(_listened_to(browser.new_context(java_script_enabled=script), said))
        page = patient(contexts[-1].new_page())
        show(page, look)
        page.goto(_as_file(html, folder, len(contexts)).as_uri())
        return page

    yield page_of
    for context in contexts:
        context.close()
    _assert_none(said, "a page that stands alone")


def patient(page: Page) -> Page:
    """A page for which a busy machine may take its time."""
    page.set_default_timeout(PATIENCE)
    page.set_default_navigation_timeout(PATIENCE)
    return page


def _listened_to(context: BrowserContext, said: list[str]) -> BrowserContext:
    """Writes down what the pages of a context ask the network for (and are refused), and what they complain of."""
    context.route(lambda url: not url.startswith("file:"), lambda route: route.abort())
    context.on("request", lambda each: None if each.url.startswith("file:") else said.append(f"asked for {each.url}"))
    context.on("console", lambda each: said.append(each.text) if each.type in ("error", "warning") else None)
    context.on("weberror", lambda each: said.append(str(each.error)))
    return context


def _as_file(html: str | Path, folder: Path, number: int) -> Path:
    if isinstance(html, Path):
        return html
    path = folder / f"page-{number}.html"
    path.write_text(html, encoding="utf-8")
    return path


def show(page: Page, look: Look) -> None:
    """Show a page that is open in another look."""
    page.set_viewport_size({"width": look.width, "height": HEIGHT})
    page.emulate_media(media="screen", color_scheme=look.scheme)


def assert_accessible(page: Page, looks: Sequence[Look] = LOOKS) -> None:
    """axe finds nothing, and nothing has to be scrolled to sideways, in any look nor on paper."""
    for look in looks:
        show(page, look)
        _assert_none(_violations(page), str(look))
        _assert_none(_sticking_out(page), str(look))
    show(page, Look(PRINTED, "light"))
    page.emulate_media(media="print")
    _assert_none([*_sticking_out(page), *_cut_off(page)], "print")
    page.emulate_media(media="screen")


def _assert_none(found: Sequence[str], where: str) -> None:
    assert not found, "\n".join([where, *found])


def _violations(page: Page) -> list[str]:
    found = Axe().run(page, options=AXE).response["violations"]
    return [_told(rule, node) for rule in found for node in rule["nodes"]]


def _told(rule: Mapping[str, Any], node: Mapping[str, Any]) -> str:
    return f"{rule['id']}: {node['html'][:200]} ({node['failureSummary']})"


def _sticking_out(page: Page) -> list[str]:
    """The elements that make a page wider than its window."""
    found: list[str] = page.evaluate(
        """() => {
            const wide = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= wide) return [];
            const out = [...document.body.querySelectorAll('*')]
                .filter(e => e.getBoundingClientRect().right > wide + 1);
            return out.length ? out.slice(0, 10).map(e => e.outerHTML.slice(0, 200)) : ['the page as a whole'];
        }"""
    )
    return found


def _cut_off(page: Page) -> list[str]:
    """The elements that would have to be scrolled sideways by themselves: nobody scrolls paper."""
    found: list[str] = page.evaluate(
        """() => [...document.body.querySelectorAll('*')]
            .filter(e => e.clientWidth && e.scrollWidth > e.clientWidth + 1)
            .filter(e => getComputedStyle(e).overflowX !== 'visible')
            .slice(0, 10).map(e => e.outerHTML.slice(0, 200))"""
    )
    return found


def opening(page: Page) -> Opening:
    """By the browser's own timing (https://www.w3.org/TR/navigation-timing-2/, https://www.w3.org/TR/paint-timing/)."""
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length > 0")
    painted, loaded = page.evaluate(
        """() => [performance.getEntriesByName('first-contentful-paint')[0].startTime,
                  performance.getEntriesByType('navigation')[0].loadEventEnd]"""
    )
    return Opening(painted=painted, loaded=loaded)


def worked(page: Page) -> float:
    """Seconds of processor time that the page's own process has taken so far, whatever else the machine does.

    (https://chromedevtools.github.io/devtools-protocol/tot/Performance/)
    """
    asking = page.context.new_cdp_session(page)
    asking.send("Performance.enable")
    metrics = {each["name"]: each["value"] for each in asking.send("Performance.getMetrics")["metrics"]}
    return float(metrics["ProcessTime"])

"""The pages people read, opened in a real browser.

browsing   chromium() ─▶ Browser;  opener() ─▶ page_of(html);  assert_accessible(page);  opening(page);  worked(page)

`tests/conftest.py` makes the fixtures `browser` and `page_of` of it, for the tests of every page of the project.
"""

from tests.browser.browsing import (
    LOOKS,
    PATIENCE,
    Look,
    Opening,
    PageOf,
    assert_accessible,
    chromium,
    opener,
    opening,
    patient,
    show,
    worked,
)

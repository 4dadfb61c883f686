"""What belongs together stands on one line, wherever people read it; what programs read is left as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.wording.binding import HARD, bound, bound_page, unbound

PAGE = "<!doctype html><html><body>{}</body></html>"


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("Svaret kom 11 november.", "11~november"),
        ("By 30 November 2026", "30~November"),
        ("Sett kl. 03.15", "kl.~03.15"),
        ("Gränsen är 180 dagar.", "180~dagar"),
        ("45 av 65 konton", "45~av 65~konton"),
        ("Kulturförvaltningen, vecka 47", "vecka~47"),
        ("(3 frågor)", "3~frågor"),
    ],
)
def test_a_number_and_what_it_counts_stay_together(text: str, together: str):
    assert together in bound(text).replace(HARD, "~")


@pytest.mark.parametrize("text", ["Rum 4 Almestad", "2026-11-03 eller senare", "x/12 ab", "november 2026 är", "@a7 b"])
def test_what_is_no_such_pair_is_left_alone(text: str):
    assert bound(text) == text


def test_nothing_is_bound_but_what_is_read():
    kept = (
        '<style>p { margin: 0 auto }</style><a title="3 konton" href="/x?a=3 konton">x</a>'
        "<script>s = '3 konton'</script><option>3 konton</option><textarea>3 konton</textarea>"
    )
    assert bound_page(PAGE.format(kept)) == PAGE.format(kept)
    assert bound_page(PAGE.format(f"{kept}<b>3 konton</b>")) == PAGE.format(f"{kept}<b>3{HARD}konton</b>")


def test_a_piece_for_another_page_is_left_alone():
    assert bound_page("<section>3 konton</section>") == "<section>3 konton</section>"


@given(st.text(alphabet="<>3 a/\"'dagrnovemb&;!-", max_size=60))
def test_nothing_but_spaces_is_ever_changed(text: str):
    assert unbound(bound_page(PAGE.format(text))) == PAGE.format(text)
    assert unbound(bound(text)) == text

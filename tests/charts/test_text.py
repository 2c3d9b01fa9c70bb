import html
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ttt.charts.text import plain

steadily = settings(derandomize=True, deadline=None)
TITLES = st.text() | st.text(alphabet="<>&$%{}/ab;#\n ")


def shown(text: str) -> str:
    """What Plotly makes of a safe text: line breaks, then entities."""
    return html.unescape(text.replace("<br>", " "))


@pytest.mark.parametrize(
    "title",
    [
        "<b>Bold</b> & <i>italic</i>",
        "<a href='javascript:alert(1)'>x</a>",
        "%{x} %{customdata[0]}",
        r"$\frac{1}{2}$ and $5",
        "&lt;b&gt; &amp; &#36;",
        "Beyoncé · ラブ・ストーリー",
        "👩‍👩‍👧 family",
        "",
    ],
)
def test_a_title_is_shown_as_it_was_written(title: str) -> None:
    assert shown(plain(title)) == title


@steadily
@given(TITLES)
def test_no_text_is_read_as_markup_entity_or_formula(title: str) -> None:
    safe = plain(title).replace("<br>", "")

    assert not set("<>$") & set(safe)
    assert set(re.findall(r"&[^;]*;?", safe)) <= {"&amp;", "&lt;", "&gt;", "&#36;"}


@steadily
@given(TITLES)
def test_any_text_fits_a_hover_label_and_can_be_sent(title: str) -> None:
    lines = plain(title).split("<br>")

    assert len(lines) <= 5
    assert all(len(html.unescape(line)) <= 36 for line in lines)
    json.dumps(lines, ensure_ascii=False).encode()


def test_a_very_long_title_is_cut_and_says_so() -> None:
    cut = shown(plain("x" * 10_000))

    assert cut.endswith("…")
    assert len(cut) < 80


def test_what_cannot_be_seen_or_sent_is_left_out() -> None:
    assert plain("a\u202eb\x00c\ud800d\n\te") == "abcd e"

import contextlib
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import play
from ttt.services.tables.receipt import Receipt, Refusal
from ttt.ui.frame import notices
from ttt.ui.frame.notices import plain

# Markdown, what Streamlit adds to it (colours, icons, mathematics), and HTML.
# What turns the direction of the text beside it, or keeps an address from being one.
UNSEEN = re.compile("[\u2060\u202a-\u202e\u2066-\u2069]")
ACTIVE = set("\\`*_{}[]()<>#+-.!|~$:^=&@/")


@given(st.text())
@example("**bold** [link](https://evil.example) <b>")
@example(":red[colour] :material/home: $x^2$")
@example("1. item\n- item\n\n    code\n# heading\n> quote\n| a | b |")
@example("&amp; \\ back`tick` ~~gone~~ ==marked==")
def test_any_text_stays_the_text_that_it_is(text: str) -> None:
    escaped = plain(text)
    shown = re.sub(r"\\(.)", r"\1", escaped)
    assert UNSEEN.sub("", shown) == UNSEEN.sub("", " ".join(text.split()))
    assert ACTIVE.isdisjoint(re.sub(r"\\.", "", escaped))


@pytest.mark.parametrize(
    "text", ["https://evil.example", "HTTP://evil.example", "WWW.evil.example", "me@evil.example"]
)
def test_an_address_in_a_name_is_no_link(text: str) -> None:
    # Links are found in what is left when the escapes are gone.
    shown = re.sub(r"\\(.)", r"\1", plain(text))
    assert not re.search(r"https?://|www\.|[\w.+-]@[\w-]", shown, re.IGNORECASE)


@given(st.text())
def test_it_is_one_paragraph(text: str) -> None:
    assert len(plain(text).splitlines()) <= 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**b**\n<i> $x$", "**b** <i> $x$"),
        ("abc\u202edef \u2067ghi", "abcdef ghi"),
        ("שלום 123", "\u2068שלום 123\u2069"),
        ("👩\u200d👧", "👩\u200d👧"),
    ],
)
def test_a_line_is_the_text_and_turns_nothing_beside_it(text: str, shown: str) -> None:
    assert notices.line(text) == shown


def receipt_of(receipt: Receipt) -> AppTest:
    return play(lambda: notices.receipt(receipt))


@pytest.mark.parametrize(
    ("receipt", "words"),
    [
        (Receipt(2, 0), "2 added"),
        (Receipt(0, 1), "1 already in your list"),
        (
            Receipt(1, 2, (Refusal(3, "x", "No."),)),
            "1 added · 2 already in your list · 1 refused",
        ),
        (Receipt(0, 0), "Nothing to add: paste at least one link."),
    ],
)
def test_a_receipt_counts_every_row(receipt: Receipt, words: str) -> None:
    app = receipt_of(receipt)
    assert [notice.value for notice in (*app.success, *app.info)] == [words]


def test_only_what_was_added_is_a_success() -> None:
    assert receipt_of(Receipt(1, 0)).success
    assert not receipt_of(Receipt(0, 1)).success


def test_refusals_are_named_up_to_twenty() -> None:
    refused = tuple(Refusal(row, "x", "No link.") for row in range(1, 24))
    said = [caption.value for caption in play(lambda: notices.refusals(refused)).caption]
    assert said[0] == r"Row 1\: No link\."
    assert len(said) == 21
    assert said[-1] == "and 3 more"


def test_what_is_waited_for_is_said_while_it_lasts_and_then_gone() -> None:
    seen: list[str] = []

    def script() -> None:
        with notices.waiting("Asking <Spotify> …"):
            seen.append("waits")
        with contextlib.suppress(ValueError), notices.waiting("Asking again …"):
            raise ValueError

    app = play(script)
    assert not app.exception
    assert seen == ["waits"]
    assert not app.get("html")


def test_a_wait_is_a_status_in_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    # What was told is gone when the run has ended, so it is read as it is told.
    told: list[str] = []
    monkeypatch.setattr(DeltaGenerator, "html", lambda _place, body: told.append(body))

    def script() -> None:
        with notices.waiting("Asking <Spotify> …"):
            pass

    assert not play(script).exception
    assert told == ['<p class="ttt-wait" role="status">Asking &lt;Spotify&gt; …</p>']

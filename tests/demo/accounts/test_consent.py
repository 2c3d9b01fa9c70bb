"""The consent page as it stands in the browser."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from ttt.demo.accounts import consent
from ttt.demo.listeners import LISTENERS


class Page(HTMLParser):
    """Tags with their attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words += data

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture
def page(browser):
    return Page(browser.open().text)


def test_the_page_says_that_it_is_a_demo_and_what_is_asked(page):
    assert "Demo Spotify" in page.words
    assert "No real Spotify account is involved" in page.words
    assert "See the tracks and artists played most" in page.words
    assert "See what was played lately" in page.words
    assert "Start, pause and skip" not in page.words
    assert "http://127.0.0.1:8599/spotify" in page.words


def test_each_listener_can_be_chosen_and_the_first_one_is(page):
    radios = page.all("input")

    assert [radio["value"] for radio in radios] == [person.id for person in LISTENERS]
    assert ["checked" in radio for radio in radios] == [True, False, False, False, False]
    assert all(person.taste in page.words for person in LISTENERS)


def test_agree_and_cancel_are_buttons_of_a_form_without_scripts(page):
    buttons = page.all("button")
    assert [button["value"] for button in buttons if "value" in button] == ["agree", "cancel"]
    assert page.all("form") == [{"method": "post"}]
    assert page.all("script") == []


def test_the_history_of_the_chosen_listener_can_be_downloaded_first(page):
    download = next(button for button in page.all("button") if "value" not in button)

    # A GET carries what is chosen in the form: ?listener=...
    assert download == {"formaction": "my_spotify_data.zip", "formmethod": "get"}


def test_nothing_is_loaded_from_elsewhere(browser):
    html = browser.open().text

    assert not re.search(r"(src|href|url)\s*[=(]|@import", html)


def test_the_page_allows_its_own_style_and_the_way_back_only(browser):
    policy = browser.open().headers["content-security-policy"].split("; ")

    assert policy[0] == "default-src 'none'"
    assert policy[1].startswith("style-src 'sha256-")
    assert "form-action 'self' http://127.0.0.1:8599" in policy
    assert "frame-ancestors 'none'" in policy


def test_names_are_escaped():
    hostile = replace(LISTENERS[0], id='"a', name="<b>", taste="<script>")

    html = consent.page([], [hostile], "http://a.example/?<i>").body.decode()

    assert '"&quot;a"' in html
    assert "&lt;b&gt;" in html
    assert "<script>" not in html
    assert "<i>" not in html


def test_every_scope_that_the_app_asks_for_has_words():
    asked = (
        "user-top-read user-read-recently-played user-read-playback-state"
        " user-modify-playback-state playlist-read-private playlist-modify-private"
    )

    assert consent.SCOPES.keys() >= set(asked.split())

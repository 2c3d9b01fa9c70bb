"""The app as Streamlit's AppTest runs it, for a visitor whose cookie the test decides on."""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import AppTest, local_script_runner
from streamlit.util import calc_hash

from tests.services.conftest import (
    FakeSpotify,
    ada,
    bob,
    cheap_bcrypt,
    clock,
    connect,
    context,
    demo,
    migrated_sqlite,
    settings,
    signed_in,
)
from ttt.found import FoundTrack, TrackPage
from ttt.models import User
from ttt.music import Period
from ttt.providers.values.catalogue import Catalogue
from ttt.roles import Role
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.spotify import spotify
from ttt.services.tracks.marking import Span
from ttt.settings import PROJECT
from ttt.ui.frame import browser, process

__all__ = [
    "ada",
    "bob",
    "cheap_bcrypt",
    "clock",
    "context",
    "demo",
    "migrated_sqlite",
    "settings",
]

PAGES = (
    *("home", "top_tracks", "trending", "discover", "builder", "imports", "spotify", "account"),
    *("admin", "listening", "mood", "my_charts", "discoveries", "recap", "together"),
    *("track", "artist", "album", "genre"),
)
_TEXTS = ("title", "header", "markdown", "caption", "text")
_NOTICES = ("info", "warning", "error", "success", "toast")
Open = Callable[..., AppTest]


@dataclass
class Visitor:
    """What the browser of a visitor has and does."""

    cookie: str | None = None
    known_as: str = ""
    went_to: list[str] = field(default_factory=list)
    posted: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)

    def go(self, url: str) -> None:
        self.went_to.append(url)
        st.stop()

    def post(self, path: str, fields: Mapping[str, str]) -> None:
        self.posted.append((path, fields))
        st.stop()


class ListeningSpotify(FakeSpotify):
    """Spotify that also knows what somebody plays most, in the order of the catalogue."""

    def __init__(self, tracks: Iterable[FoundTrack]) -> None:
        super().__init__()
        self.tracks = {track.spotify_id: track for track in tracks}

    def top_tracks(self, period: Period) -> TrackPage:
        self._ask(period)
        return TrackPage(tuple(self.tracks.values())[:50])


@pytest.fixture(autouse=True, scope="session")
def components_sought_once() -> Iterator[None]:
    """Let Streamlit look through all installed packages once, and not again for each AppTest."""
    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: found)
        yield


@pytest.fixture(autouse=True, scope="session")
def pages_compiled_once() -> Iterator[None]:
    """Let a page be compiled once, and not again for each AppTest."""
    kept = ScriptCache()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local_script_runner, "ScriptCache", lambda: kept)
        yield


@pytest.fixture(autouse=True)
def main_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the program what it was: AppTest leaves its script there, for new processes to run."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture
def visitor(context: Context, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    """Whoever opens the app; nobody is signed in."""
    visitor = Visitor()
    st.cache_resource.clear()
    monkeypatch.setattr(process, "context", lambda: context)
    # AppTest has a cookie of every name, and an address that is none.
    monkeypatch.setattr(browser, "session_token", lambda _settings: visitor.cookie)
    monkeypatch.setattr(browser, "known_as", lambda _settings: visitor.known_as)
    monkeypatch.setattr(browser, "address", lambda _settings: None)
    monkeypatch.setattr(browser, "go", visitor.go)
    monkeypatch.setattr(browser, "post", visitor.post)
    return visitor


@pytest.fixture
def app(visitor: Visitor) -> AppTest:
    """The app, not run yet."""
    app = AppTest.from_file(PROJECT / "ttt" / "ui" / "main.py", default_timeout=60)
    # Nobody can click on a popover here, so what opens only then has been opened before.
    for label in (
        "Paste links",
        "Upload a file",
        "Sort",
        "Save as list",
        "wish",
        "Remove all",
        "Dates",
        "Filter plays",
        "Choose days",
    ):
        app.session_state[f"opened {label}"] = True
    return app


@pytest.fixture
def as_admin(context: Context, ada: Person) -> None:
    """Let Ada be an admin."""
    with context.session() as session:
        session.get_one(User, ada.id).role = Role.ADMIN
        session.commit()


@pytest.fixture
def open_page(app: AppTest, context: Context, ada: Person, visitor: Visitor) -> Open:
    """Opens a page for Ada, who is signed in, with parts of its address."""
    visitor.cookie = signed_in(context, ada)

    def open_page(name: str, /, **address: str) -> AppTest:
        # Not by `switch_page`, for which Home would have to be made first.
        app._page_hash = calc_hash("" if name == "home" else name.replace("_", "-"))
        if name in {"top_tracks", "trending", "discover", "builder"}:
            # A ranked list is drawn by the browser alone; its table says here what is in it.
            app.query_params["view"] = "table"
        for part, value in address.items():
            app.query_params[part] = value
        return app.run()

    return open_page


@pytest.fixture
def adas_spotify(
    context: Context, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> ListeningSpotify:
    """What Spotify answers to Ada, who is connected."""
    catalogue = Catalogue.load(context.settings.catalogue_file)
    fake = ListeningSpotify(catalogue.search("the", 60))
    monkeypatch.setattr(spotify, "Spotify", fake.as_client_of)
    connect(context, ada)
    return fake


def words(app: AppTest) -> str:
    """All text on the page, as a person reads it."""
    shown = [element.value for kind in (*_TEXTS, *_NOTICES) for element in app.get(kind)]
    bare = [re.sub(r"<[^>]*>", "", body) for body in html(app) if not body.startswith("<style>")]
    shown += map(unescape, bare)
    markdown = "\n".join(str(text) for text in shown)
    return re.sub(r"\\(.)|\*\*", r"\1", markdown)


def html(app: AppTest) -> list[str]:
    """What pages and their cards say as HTML."""
    told = (element.proto for element in app.get("bidi_component"))
    cards = [json.loads(proto.json)["html"] for proto in told if proto.component_name == "cards"]
    return [element.proto.body for element in app.get("html")] + cards


def to_copy(app: AppTest) -> list[str]:
    """What stands beside buttons that copy it."""
    place = re.compile(r'<div class="ttt-copy"><code>(.*?)</code>', re.DOTALL)
    return [unescape(text) for body in html(app) for text in place.findall(body)]


def ranked(app: AppTest) -> list[dict[str, Any]]:
    """The rows of the page's ranked list, as their browser gets them."""
    told = (element.proto for element in app.get("bidi_component"))
    (rows,) = [json.loads(proto.json)["rows"] for proto in told if proto.component_name == "ranked"]
    return list(rows)


def table(app: AppTest, label: str) -> list[dict[str, str]]:
    """The rows of a table of words, by their columns."""
    (found,) = [body for body in html(app) if f'aria-label="{label}"' in body]
    cell = re.compile(r'<td [^>]*data-of="([^"]*)">(.*?)</td>')
    rows = (dict(cell.findall(row)) for row in found.split("<tr")[2:])
    return [{name: unescape(text) for name, text in row.items()} for row in rows]


def figures(app: AppTest) -> list[dict[str, Any]]:
    """The figures of a page as their browser gets them, from the top down."""
    bodies = "".join(html(app))
    return [json.loads(unescape(told)) for told in re.findall(r"data-figure='([^']*)'", bodies)]


def headings(app: AppTest) -> set[str]:
    """The names of what stands on the page, and of its charts."""
    names = map(unescape, re.findall(r"<h2>(.*?)</h2>", "".join(html(app))))
    return {heading.value for heading in app.header} | set(names)


def open_up(app: AppTest, name: str) -> AppTest:
    """See what a button opens, which nobody can click on here."""
    app.session_state[f"opened {name}"] = True
    return app.run()


def click(app: AppTest, label: str) -> AppTest:
    """Press the button of this name and wait for the page."""
    (button,) = [button for button in app.button if seen(button.label) == label]
    return button.click().run()


def seen(label: str) -> str:
    """What is seen of a label, without what is only read aloud."""
    return label.partition(" :gray[")[0]


def fill(app: AppTest, fields: Mapping[str, str]) -> None:
    """Type into fields, by label."""
    for label, text in fields.items():
        (entry,) = [e for e in (*app.text_input, *app.text_area) if e.label == label]
        entry.set_value(text)


def unfold(app: AppTest, key: str) -> AppTest:
    """Open what is folded away under this key."""
    app.session_state[key] = True
    return app.run()


def fold(app: AppTest, key: str) -> AppTest:
    """Close what was opened under this key."""
    app.session_state[key] = False
    return app.run()


def labels(app: AppTest) -> list[str]:
    """Names of the buttons on the page."""
    return [seen(button.label) for button in app.button]


def page_links(app: AppTest) -> list[str]:
    """Labels of the links to other pages, beside the navigation."""
    return [link.proto.label for link in app.get("page_link")]


def select(app: AppTest, *places: int) -> AppTest:
    """Tick the rows at these places of the table, counted from 0."""
    selection = {"rows": list(places), "columns": [], "cells": []}
    app.session_state[app.dataframe[0].key] = {"selection": selection}
    return app.run()


def draw_round(app: AppTest, valence: Span, energy: Span) -> AppTest:
    """Draw a box on the mood map, as the address tells it."""
    app.query_params["map"] = ",".join(f"{low}..{high}" for low, high in (valence, energy))
    return app.run()


def play(call: Callable[[], object], **context: str) -> AppTest:
    """Run code as a page runs, in a browser that says this of itself."""
    app = AppTest.from_function(_script, kwargs={"call": call}, default_timeout=60)
    app.context = dict(context)
    return app.run()


def _script(call):  # type: ignore[no-untyped-def]  # AppTest runs the text of it elsewhere
    call()


def drafted(app: AppTest) -> pd.DataFrame:
    """The table of the builder's draft, which another page has made."""
    app.switch_page("../../pages/builder.py")
    app.query_params["view"] = "table"
    frame: pd.DataFrame = app.run().dataframe[0].value
    return frame


def chips(app: AppTest) -> str:
    """What is chosen, as the chips say it."""
    groups = [group for group in app.get("button_group") if group.key == "chips"]
    return " · ".join(option.content for group in groups for option in group.proto.options)

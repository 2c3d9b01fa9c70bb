"""Each page of listening over time without plays, with a million, and while something fails."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from tests.bench.plays import heard
from tests.browser import acting
from tests.browser.conftest import Browse
from tests.browser.people import People
from tests.browser.server import Server
from tests.browser.test_faults import mend, spoil
from ttt.services.person import Person

# More than anybody has after ten years of much music.
MANY = 1_000_000
MOST_BYTES = 50_000
# By the ids that tests.bench.plays.heard gives.
TRACK, ALBUM = f"/track?id={0:022}", f"/album?id={0:022}"
ARTIST, GENRE = "/artist?name=Invented Artist 1", "/genre?name=rock"
CHARTS = {
    "/": (),
    "/listening": ("Over time", "Day by day", "Round the clock"),
    "/mood": (
        *("Month by month", "Each year a row, each week a stripe", "By hour and weekday"),
        *("By season", "Genres", "Released", "Keys"),
    ),
    "/my-charts": ("Twelve weeks",),
    "/discoveries": ("Heard for the first time",),
    "/recap": (),
    "/together": (),
    "/top-tracks": (),
    TRACK: ("Its life with you", "Plays by month", "Place on your charts"),
    ARTIST: ("Its life with you", "Plays by month", "Place on your charts"),
    ALBUM: ("Its life with you", "Plays by month", "Place on your charts"),
    GENRE: ("Its life with you", "Plays by month", "Place among your genres"),
}
# Their place on the charts is said in words alone: they were on none.
NEVER_CHARTED = (TRACK, ALBUM)
# What lists say beside their rows.
LISTS = {
    "/": ("Latest plays",),
    "/listening": (
        *("Top tracks", "Top artists", "Top albums", "Top genres", "Sittings"),
        *("Skipped most", "How it was played"),
    ),
    "/mood": ("The week that differs most", "Top tracks"),
    "/my-charts": ("The chart of the week", "Number ones", "Longest on the chart"),
    "/discoveries": ("On this day", "Obsessions", "Forgotten favourites", "Comebacks"),
    TRACK: ("Heard right after", "Where it stands"),
    ARTIST: ("Most heard",),
    ALBUM: ("Most heard",),
    GENRE: ("Most heard",),
}
NUMBERS = {
    "/": ("Plays", "Listening", "Different tracks", "In a row"),
    "/listening": ("Plays", "Hours", "New artists", "Days in a row"),
    TRACK: ("Plays", "Hours", "First heard", "Best place"),
}
# What was sent for each figure: the rest of a layout is Plotly's own.
_SIZES = """() => [...document.querySelectorAll('.js-plotly-plot')]
  .map(one => JSON.stringify([one.data, one.layout]).length)"""
RACE = ".ttt-figure[data-title=Race]"
HISTORY = tuple(path for path in CHARTS if path not in {"/", "/together", "/top-tracks"})


@pytest.fixture(scope="module")
def listener(server: Server, people: People) -> Person:
    """Somebody who has heard very much and is connected to Spotify."""
    person = people.add()
    people.refresh(person)
    heard.straight(people.context, person, MANY)
    return person


@pytest.fixture
def shown(browse: Browse, server: Server, people: People, listener: Person) -> Page:
    return browse(server, people.session(listener), viewport={"width": 1440, "height": 900})


def expect_no_traceback(page: Page) -> None:
    expect(page.get_by_text("Traceback")).to_have_count(0)
    expect(page.get_by_text("went wrong")).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)


@pytest.mark.parametrize("path", CHARTS)
def test_without_plays_a_page_says_what_comes_first(page: Page, path: str) -> None:
    page.goto(path)
    acting.settled(page)
    expect_no_traceback(page)
    if path in HISTORY:
        expect(page.get_by_text("Bring your listening history")).to_be_visible()
        expect(page.get_by_role("button", name="Import a history")).to_be_visible()
    expect(page.locator(".ttt-figure")).to_have_count(0)


@pytest.mark.parametrize("path", CHARTS)
def test_with_a_million_plays_a_page_shows_all_that_it_promises(shown: Page, path: str) -> None:
    shown.goto(path)
    acting.settled(shown)
    expect_no_traceback(shown)
    for name in (*CHARTS[path], *LISTS.get(path, ())):
        expect(shown.get_by_role("heading", name=name, exact=True, level=2)).to_be_visible()
    for name in NUMBERS.get(path, ()):
        expect(shown.get_by_text(name, exact=True).first).to_be_visible()
    if CHARTS[path]:
        acting.drawn(shown)
        drawn = len(CHARTS[path]) - (path in NEVER_CHARTED)
        expect(shown.locator(".js-plotly-plot")).to_have_count(drawn)
        # The first chart or list stands on the first screen, below the title and the choices.
        box = shown.locator(".js-plotly-plot, .ttt-heard").first.bounding_box()
        assert box is not None
        assert box["y"] < 700
        sizes = shown.evaluate(_SIZES)
        assert len(sizes) == drawn
        assert max(sizes) < MOST_BYTES, sizes
    if len(CHARTS[path]) > 1:
        expect(shown.get_by_role("button", name="Table", exact=True)).to_be_visible()
    if path == "/recap":
        expect(shown.get_by_role("button", name="Picture:")).not_to_have_count(0)


@contextmanager
def broken_columns(people: People) -> Iterator[None]:
    """Within the block the table of the columns is not there, as in a damaged database."""
    with people.context.engine.begin() as connection:
        connection.execute(text("ALTER TABLE play_page RENAME TO play_page_away"))
    try:
        yield
    finally:
        with people.context.engine.begin() as connection:
            connection.execute(text("ALTER TABLE play_page_away RENAME TO play_page"))


def test_a_database_that_fails_is_said_in_words_until_it_is_whole_again(
    server: Server, page: Page, people: People, person: Person, heard: None
) -> None:
    with broken_columns(people):
        for path in ("/", *HISTORY):
            page.goto(path)
            expect(page.get_by_text("Something went wrong here. Reload the page")).to_be_visible()
            expect(page.get_by_text("Traceback")).to_have_count(0)
            expect(page.get_by_text("play_page")).to_have_count(0)
    for path in ("/", "/listening", f"/track?id={1:022}"):
        page.goto(path)
        acting.settled(page)
        expect_no_traceback(page)
    expect(page.get_by_text("Its life with you")).to_be_visible()


def test_plays_are_shown_while_spotify_is_away(server: Server, shown: Page) -> None:
    spoil(server, "unavailable")
    try:
        for path in ("/", *HISTORY):
            shown.goto(path)
            acting.settled(shown)
            expect_no_traceback(shown)
            for name in (*CHARTS[path], *LISTS.get(path, ())):
                expect(shown.get_by_role("heading", name=name, exact=True, level=2)).to_be_visible()
    finally:
        mend(server)


def test_a_race_has_no_buttons_for_who_asks_for_less_motion(
    browse: Browse, server: Server, people: People, listener: Person
) -> None:
    cookie = people.session(listener)
    for motion, buttons in (("no-preference", True), ("reduce", False)):
        page = browse(server, cookie, reduced_motion=motion)
        page.goto("/my-charts")
        acting.fold(page, "A race through the years")
        expect(page.get_by_text("Without motion")).to_be_visible()
        expect(page.locator(f"{RACE} .slider-container")).to_be_visible()
        expect(page.locator(f"{RACE} .updatemenu-container")).to_be_visible(visible=buttons)


def test_a_race_runs_from_its_start_when_somebody_plays_it(shown: Page) -> None:
    shown.goto("/my-charts?step=month")
    acting.fold(shown, "A race through the years")
    place = "document.querySelector(`" + RACE + "`).layout.sliders[0]"
    shown.locator(f"{RACE} .updatemenu-button").first.wait_for()
    assert shown.evaluate(f"{place}.active === {place}.steps.length - 1")

    shown.locator(f"{RACE} .updatemenu-button").first.click()

    shown.wait_for_function(f"{place}.active < {place}.steps.length - 1")

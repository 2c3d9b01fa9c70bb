"""Discover: one list at a time with its source, rows to add, and trouble in words."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from tests.providers.scripted import Reply, Server, serving
from tests.services.chart_server import asking, deezer, played
from tests.ui.conftest import (
    ListeningSpotify,
    Open,
    Visitor,
    click,
    labels,
    page_links,
    select,
    words,
)
from ttt.found import Chart, PlaysPeriod
from ttt.services.context import Context
from ttt.services.discover import listening
from ttt.services.lists import entries
from ttt.services.person import Person
from ttt.ui.discover.tabs import Own, Tab
from ttt.ui.frame import process


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def asked(
    context: Context, server: Server, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> Context:
    """The app with all charts on, at a server of the test."""
    asked = asking(context, server, "deezer,listenbrainz,apple,lastfm")
    monkeypatch.setattr(process, "context", lambda: asked)
    return asked


def choose(app: AppTest, tab: Tab) -> AppTest:
    """Open a list."""
    (tabs,) = [group for group in app.button_group if group.label == "Chart"]
    return tabs.set_value(tab).run()


def column(app: AppTest, name: str) -> list[object]:
    return list(app.dataframe[0].value[name])


def test_the_demo_shows_the_catalogue_and_asks_nobody(open_page: Open) -> None:
    app = open_page("discover")
    assert not app.exception
    assert "The most popular tracks of the bundled catalogue" in words(app)
    assert "100 tracks" in words(app)
    assert "Match on Spotify" not in labels(app)
    assert len(column(app, "Popularity")) == 100


def test_the_catalogue_can_be_narrowed_to_a_genre(open_page: Open) -> None:
    app = open_page("discover")
    before = column(app, "Title")
    app.selectbox[0].select_index(1).run()
    assert not app.exception
    assert column(app, "Title") != before


def test_a_chart_is_fetched_by_the_first_visit_and_names_its_source(
    open_page: Open, asked: Context, server: Server
) -> None:
    server.will(deezer())
    app = open_page("discover")
    assert not app.exception
    app.run()
    assert server.paths == ["/chart/0/tracks"]
    assert "The chart of [Deezer](https://www.deezer.com), of all countries." in words(app)
    assert "I Ain't Worried by OneRepublic is on top" in words(app)
    assert "1 of 3 matched to Spotify · as of 22 Nov, 12:00 UTC" in words(app)
    assert app.dataframe[0].value["Matched"].notna().tolist() == [True, False, False]


def test_selected_rows_are_added_and_unmatched_ones_refused(
    open_page: Open, asked: Context, server: Server, ada: Person
) -> None:
    server.will(deezer())
    app = open_page("discover")
    app = click(select(app, 0, 1), "Add to trending")
    assert "1 added · 1 refused" in words(app)
    assert "Row 2: A Rare Song is not matched to Spotify yet." in words(app)
    assert [row.title for row in entries.listed(asked, ada)] == ["I Ain't Worried"]


def test_matching_says_what_is_in_the_way(open_page: Open, asked: Context, server: Server) -> None:
    server.will(deezer())
    app = click(open_page("discover"), "Match on Spotify")
    assert "Your Spotify is not connected." in words(app)
    assert page_links(app) == ["Connect Spotify"]


def test_matching_says_how_many_were_found(
    open_page: Open, asked: Context, server: Server, adas_spotify: ListeningSpotify
) -> None:
    server.will(deezer())
    app = click(open_page("discover"), "Match on Spotify")
    assert "Searched Spotify: 0 of 2 found." in words(app)
    app = click(app, "Match on Spotify")
    assert "All of these were searched for within the last month." in words(app)


def test_a_chart_that_does_not_answer_says_so_and_leaves_the_others(
    open_page: Open, asked: Context, server: Server
) -> None:
    server.will(Reply(500), Reply(204))
    app = open_page("discover")
    assert not app.exception
    assert "22 Nov, 12:00 UTC: It is not available. No list has come yet." in words(app)
    app = choose(app, Chart.LISTENBRAINZ)
    assert "It has computed nothing yet." in words(app)
    app = choose(app, Own.CATALOGUE)
    assert "100 tracks" in words(app)


def test_the_last_list_stays_when_its_service_fails(
    open_page: Open, asked: Context, server: Server, clock: object
) -> None:
    server.will(deezer(), Reply(500))
    app = open_page("discover")
    clock.forward(days=2)  # type: ignore[attr-defined]  # the fixture's class is not exported
    app.run()
    assert "It is not available. This is the last list that came." in words(app)
    assert len(column(app, "Title")) == 3


def test_without_a_key_a_member_is_not_offered_lastfm(open_page: Open) -> None:
    (charts,) = [group for group in open_page("discover").button_group if group.label == "Chart"]
    assert [option for option in charts.options if "Last.fm" in option] == []


@pytest.mark.usefixtures("as_admin")
def test_without_a_key_lastfm_tells_an_admin_what_is_missing(open_page: Open) -> None:
    app = choose(open_page("discover"), Own.PLAYS)
    assert "Last.fm needs an API key: TTT_LASTFM_KEY is not set." in words(app)
    assert page_links(app) == ["Go to Account", "Or bring your whole listening history"]


def test_own_plays_are_shown_by_period(
    open_page: Open, asked: Context, server: Server, ada: Person
) -> None:
    listening.set_username(asked, ada, "robin")
    server.will(deezer(), played(), played(["Other"], ["B"]))
    app = choose(open_page("discover"), Own.PLAYS)
    assert "What robin played most, [powered by AudioScrobbler](https://www.last.fm)." in words(app)
    assert column(app, "Plays") == [50, 49, 48]
    (periods,) = [group for group in app.button_group if group.label == "Period"]
    app = periods.set_value(PlaysPeriod.WEEK).run()
    assert column(app, "Title") == ["Other"]
    assert [a.query["period"] for a in server.asked[1:]] == ["1month", "7day"]


def test_a_name_that_lastfm_does_not_know_is_said(
    open_page: Open, asked: Context, server: Server, ada: Person
) -> None:
    listening.set_username(asked, ada, "robin")
    server.will(deezer(), Reply(404, {"error": 6}))
    app = choose(open_page("discover"), Own.PLAYS)
    assert "Last.fm knows nobody called robin" in words(app)
    assert not app.exception


def test_home_shows_what_was_played_most(
    open_page: Open, asked: Context, server: Server, ada: Person
) -> None:
    app = open_page("home")
    assert "Your Last.fm" not in words(app)
    listening.set_username(asked, ada, "robin")
    server.will(played())
    app = open_page("home")
    assert "Your Last.fm: most played in a month" in words(app)
    assert "As of 22 Nov, 12:00 UTC, [powered by AudioScrobbler]" in words(app)
    html = "".join(element.proto.body for element in app.get("html"))
    assert "A Rare Song" in html


def test_a_name_is_saved_and_forgotten_on_account(
    open_page: Open, asked: Context, ada: Person
) -> None:
    app = open_page("account", section="Sources")
    (entry,) = [e for e in app.text_input if e.label == "Last.fm username"]
    entry.set_value("2fast")
    app = click(app, "Save username")
    assert "A Last.fm username has 2 to 15 letters" in words(app)
    (entry,) = [e for e in app.text_input if e.label == "Last.fm username"]
    entry.set_value("robin")
    app = click(app, "Save username")
    assert listening.account(asked, ada) == listening.Account("robin")
    app = click(app, "Yes, forget it")
    assert listening.account(asked, ada) is None

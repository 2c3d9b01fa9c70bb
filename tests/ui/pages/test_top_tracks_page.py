from datetime import timedelta

import pytest
import streamlit as st

from tests.services.conftest import Clock, connect
from tests.services.plays.conftest import take
from tests.ui.conftest import (
    ListeningSpotify,
    Open,
    chips,
    click,
    draw_round,
    figures,
    headings,
    labels,
    select,
    words,
)
from ttt.errors import NotOnAllowList, RateLimited, ReconnectNeeded, SpotifyUnavailable
from ttt.music import Period
from ttt.plays import ToldPlay
from ttt.services.context import Context
from ttt.services.lists import entries
from ttt.services.person import Person
from ttt.services.plays.frame import loading
from ttt.services.top import top_tracks

CHARTS = {"Popularity", "Energy", "Valence", "Tempo", "Mood map", "Keys", "Periods"}


def test_without_spotify_the_page_says_where_to_connect(open_page: Open) -> None:
    app = open_page("top_tracks")
    assert not app.exception
    assert "Connect Spotify to see what you play most." in words(app)
    assert "Refresh" not in labels(app)


def test_the_first_visit_asks_once_a_period_and_shows_everything(
    open_page: Open, adas_spotify: ListeningSpotify
) -> None:
    app = open_page("top_tracks")
    assert not app.exception
    assert adas_spotify.asked == list(Period)
    assert headings(app) >= CHARTS
    assert len(figures(app)) >= len(CHARTS)
    (frame,) = (frame.value for frame in app.dataframe)
    assert list(frame["Title"]) == [t.title for t in list(adas_spotify.tracks.values())[:50]]
    assert "50 tracks · refreshed 22 Nov, 12:00 UTC · Ada" in words(app)


def test_a_second_look_on_the_same_day_asks_nobody(
    open_page: Open, adas_spotify: ListeningSpotify
) -> None:
    app = open_page("top_tracks")
    adas_spotify.asked.clear()
    app.run()
    assert adas_spotify.asked == []


def test_after_a_day_the_page_asks_again(
    open_page: Open, adas_spotify: ListeningSpotify, clock: Clock
) -> None:
    app = open_page("top_tracks")
    adas_spotify.asked.clear()
    clock.forward(days=1, seconds=1)
    app.run()
    assert adas_spotify.asked == list(Period)
    assert "moves since 22 Nov, 12:00 UTC" in words(app)


def test_refresh_asks_now(open_page: Open, adas_spotify: ListeningSpotify, clock: Clock) -> None:
    app = open_page("top_tracks")
    adas_spotify.asked.clear()
    clock.forward(minutes=5)
    click(app, "Refresh")
    assert adas_spotify.asked == list(Period)
    assert "refreshed 22 Nov, 12:05 UTC" in words(app)


def test_times_are_those_of_the_visitors_zone(
    open_page: Open, adas_spotify: ListeningSpotify
) -> None:
    app = open_page("top_tracks")
    app.context = {"timezone": "Asia/Tokyo"}
    assert "refreshed 22 Nov, 21:00 ·" in words(app.run())


def test_a_failure_is_told_and_not_repeated_at_once(
    open_page: Open, adas_spotify: ListeningSpotify, clock: Clock
) -> None:
    adas_spotify.error = SpotifyUnavailable(timed_out=True)
    app = open_page("top_tracks")
    assert "Spotify did not answer in time." in words(app)
    assert "No list has been fetched yet." in words(app)
    assert len(adas_spotify.asked) == 1
    assert "Spotify did not answer in time." in words(app.run())
    assert len(adas_spotify.asked) == 1
    adas_spotify.error = None
    clock.forward(minutes=6)
    app.run()
    assert "Spotify did not answer in time." not in words(app)
    assert len(app.dataframe) == 1


def test_a_failure_of_some_time_ago_is_no_longer_told(
    open_page: Open, adas_spotify: ListeningSpotify, clock: Clock
) -> None:
    app = open_page("top_tracks")
    adas_spotify.error = SpotifyUnavailable()
    click(app, "Refresh")
    assert "Spotify is not available." in words(app)
    clock.forward(minutes=6)
    assert "Spotify is not available." not in words(app.run())


def test_a_failure_leaves_the_list_of_before(
    open_page: Open, adas_spotify: ListeningSpotify
) -> None:
    app = open_page("top_tracks")
    adas_spotify.error = NotOnAllowList()
    click(app, "Refresh")
    assert "not on the allow list of this server's app" in words(app)
    assert len(app.dataframe) == 1


def test_a_rate_limit_is_said_once_with_its_end_and_asks_nobody(
    open_page: Open, adas_spotify: ListeningSpotify, clock: Clock
) -> None:
    app = open_page("top_tracks")
    adas_spotify.error = RateLimited(clock.time + timedelta(hours=12), quota=True)
    click(app, "Refresh")
    assert len(app.warning) == 1
    assert "refresh after 23 Nov, 00:00 UTC." in words(app)
    adas_spotify.asked.clear()
    click(app, "Refresh")
    assert adas_spotify.asked == []
    assert len(app.warning) == 1


def test_a_dead_connection_is_said_once_and_cannot_be_refreshed(
    open_page: Open, adas_spotify: ListeningSpotify
) -> None:
    app = open_page("top_tracks")
    adas_spotify.error = ReconnectNeeded()
    click(app, "Refresh")
    assert len(app.warning) == 1
    assert "Press “Reconnect Spotify”." in words(app)
    (refresh,) = [button for button in app.button if button.label == "Refresh"]
    assert refresh.disabled
    assert len(app.dataframe) == 1


def test_a_dead_connection_without_a_list_shows_no_charts(
    open_page: Open, context: Context, ada: Person
) -> None:
    connect(context, ada, usable=False)
    app = open_page("top_tracks")
    assert not app.exception
    assert figures(app) == []


def test_a_period_without_tracks_says_so(open_page: Open, adas_spotify: ListeningSpotify) -> None:
    adas_spotify.tracks = {}
    app = open_page("top_tracks")
    assert "Spotify knows no top tracks for this period yet." in words(app)
    assert figures(app) == []


@pytest.mark.parametrize("period", list(Period))
def test_every_period_shows_its_own_list(
    open_page: Open, context: Context, ada: Person, adas_spotify: ListeningSpotify, period: Period
) -> None:
    every = dict(adas_spotify.tracks)
    for place, each in enumerate(Period):
        adas_spotify.tracks = dict(list(every.items())[place : place + 10])
        top_tracks.refresh(context, ada, [each])
    app = open_page("top_tracks")
    (switch,) = [group for group in app.get("button_group") if group.key == "period"]
    switch.set_value(period).run()
    assert not app.exception
    rows = top_tracks.read(context, ada)[period].rows
    assert list(app.dataframe[0].value["Title"]) == [row.title for row in rows]


def test_nothing_can_be_added_before_something_is_selected(
    open_page: Open, adas_spotify: ListeningSpotify
) -> None:
    app = open_page("top_tracks")
    assert "Add to trending" not in labels(app)
    assert "Add to trending" in labels(select(app, 0))


def test_what_is_selected_is_added_to_trending_once(
    open_page: Open, context: Context, ada: Person, adas_spotify: ListeningSpotify
) -> None:
    app = select(open_page("top_tracks"), 0, 2)
    click(app, "Add to trending")
    assert "2 added" in words(app)
    click(app, "Add to trending")
    assert "2 already in your list" in words(app)
    titles = [track.title for track in adas_spotify.tracks.values()]
    saved = [row.title for row in entries.listed(context, ada)]
    assert saved == [titles[0], titles[2]]


def test_what_is_drawn_round_on_the_mood_map_narrows_the_table(
    open_page: Open, context: Context, ada: Person, adas_spotify: ListeningSpotify
) -> None:
    app = open_page("top_tracks")
    rows = top_tracks.read(context, ada)[Period.SHORT_TERM].rows
    sad = [row for row in rows if (row.number("valence") or 0) <= 0.3]
    draw_round(app, (0, 0.3), (0, 1))
    assert f"{len(sad)} of 50 chosen on the charts" in chips(app)
    assert list(app.dataframe[0].value["#"]) == [row.rank for row in sad]
    select(app, 1)
    click(app, "Add to trending")
    assert [row.uri for row in entries.listed(context, ada)] == [sad[1].uri]


def heard_first(context: Context, person: Person, spotify: ListeningSpotify) -> None:
    """Seven plays of two and a half minutes of the first track, and one long before."""
    first = next(iter(spotify.tracks.values()))
    now = int(context.now().timestamp())
    times = [*(now - n * 9_000 for n in range(1, 8)), now - 60 * 86_400]
    named = (first.title, ("A",))
    plays = [ToldPlay(at, *named, ms=150_000, spotify_id=first.spotify_id) for at in times]
    take(context, person.id, plays)


def test_plays_and_minutes_stand_beside_each_rank_where_they_are_known(
    open_page: Open, context: Context, ada: Person, adas_spotify: ListeningSpotify
) -> None:
    heard_first(context, ada, adas_spotify)
    app = open_page("top_tracks")
    (frame,) = (frame.value for frame in app.dataframe)

    place = list(frame.columns).index("Title")
    assert list(frame.columns[place + 1 : place + 3]) == ["Plays", "Minutes"]
    assert (frame["Plays"][0], frame["Minutes"][0]) == (7, 18)
    assert frame["Plays"][1:].isna().all()
    assert "Plays and minutes: yours of 26 Oct–22 Nov 2026, 2 of 28 days recorded." in words(app)
    longer = open_page("top_tracks", period="Last 6 months")
    (frame,) = (frame.value for frame in longer.dataframe)
    assert frame["Plays"][0] == 8


def test_places_on_kept_lists_stand_in_the_table(
    open_page: Open,
    context: Context,
    ada: Person,
    adas_spotify: ListeningSpotify,
    clock: Clock,
) -> None:
    top_tracks.refresh(context, ada)
    clock.forward(days=1)
    adas_spotify.tracks = dict(reversed(adas_spotify.tracks.items()))
    top_tracks.refresh(context, ada)
    (frame,) = (frame.value for frame in open_page("top_tracks").dataframe)
    places = frame["Places, 2 days"]

    assert list(places[0]) == ["–", "1"]
    assert list(places[49]) == ["11", "50"]


def test_without_plays_nothing_of_them_is_read(
    open_page: Open, adas_spotify: ListeningSpotify, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "load", None)
    app = open_page("top_tracks")
    (frame,) = (frame.value for frame in app.dataframe)

    assert not app.exception
    assert "Plays" not in frame
    assert "Plays and minutes" not in words(app)


def test_a_run_that_was_ended_while_it_asked_is_made_up_for(
    open_page: Open, adas_spotify: ListeningSpotify, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh, ended = top_tracks.refresh, []

    def end_the_first(context: Context, person: Person) -> None:
        if not ended:
            ended.append(True)
            st.stop()
        refresh(context, person)

    monkeypatch.setattr(top_tracks, "refresh", end_the_first)
    app = open_page("top_tracks")
    assert not app.dataframe
    app.run()
    assert len(app.dataframe[0].value) == 50

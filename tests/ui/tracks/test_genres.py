import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import ListeningSpotify, Open, headings, words
from ttt.found import Finding, Reach, Source
from ttt.music import Period
from ttt.services.context import Context
from ttt.services.lists import entries
from ttt.services.person import Person
from ttt.services.top import top_tracks
from ttt.store.accounts import users
from ttt.store.tracks import tracks
from ttt.store.values import values


@pytest.fixture
def genres(adas_spotify: ListeningSpotify) -> dict[str, int]:
    """How many of Ada's tracks have each genre."""
    names = [name for t in list(adas_spotify.tracks.values())[:50] for name in t.genres]
    return {name: names.count(name) for name in names}


def choose(app: AppTest, *names: str) -> AppTest:
    (filter_,) = [entry for entry in app.multiselect if entry.label == "Genres"]
    return filter_.set_value(list(names)).run()


def shown(app: AppTest) -> list[str]:
    """Genres of the rows in the table."""
    return list(app.dataframe[0].value["Genres"]) if app.dataframe else []


def test_genres_have_a_chart_and_a_filter(
    open_page: Open, adas_spotify: ListeningSpotify, genres: dict[str, int]
) -> None:
    app = open_page("top_tracks")
    assert "Genres" in headings(app)
    assert "50 of 50 tracks have all values · source: catalogue, 2022" in words(app)
    (filter_,) = [entry for entry in app.multiselect if entry.label == "Genres"]
    assert set(filter_.options) == set(genres)


def test_chosen_genres_narrow_table_and_charts_alike(
    open_page: Open, genres: dict[str, int]
) -> None:
    name, count = min(genres.items(), key=lambda item: item[1])
    app = choose(open_page("top_tracks"), name)
    assert not app.exception
    assert shown(app) == [name] * count
    assert f"{count} of {count} tracks have all values" in words(app)


def test_several_genres_are_shown_together_and_none_shows_all(
    open_page: Open, genres: dict[str, int]
) -> None:
    first, second, *_ = genres
    app = choose(open_page("top_tracks"), first, second)
    assert len(shown(app)) == genres[first] + genres[second]
    assert len(shown(choose(app))) == 50


def test_a_genre_that_this_period_lacks_says_so(
    open_page: Open,
    context: Context,
    ada: Person,
    adas_spotify: ListeningSpotify,
    genres: dict[str, int],
) -> None:
    app = open_page("top_tracks")
    rare = min(genres, key=lambda name: genres[name])
    adas_spotify.tracks = {
        i: track for i, track in adas_spotify.tracks.items() if rare not in track.genres
    }
    top_tracks.refresh(context, ada, [Period.SHORT_TERM])
    app = choose(app.run(), rare)
    assert not app.exception
    assert "No track of this list fits." in words(app)


def test_on_trending_removing_all_still_means_the_whole_list(
    open_page: Open,
    context: Context,
    ada: Person,
    adas_spotify: ListeningSpotify,
    genres: dict[str, int],
) -> None:
    entries.add(context, ada, list(adas_spotify.tracks)[:50])
    rare = min(genres, key=lambda name: genres[name])
    app = choose(open_page("trending"), rare)
    assert shown(app) == [rare] * genres[rare]
    assert "Take all 50 tracks off this list?" in words(app)


def test_another_measure_of_popularity_is_offered_once_it_is_known(
    open_page: Open, context: Context, ada: Person, adas_spotify: ListeningSpotify
) -> None:
    app = open_page("top_tracks")
    assert not [box for box in app.selectbox if box.label == "Measure of popularity"]
    with context.session() as session:
        ids = tracks.ids_of(session, list(adas_spotify.tracks)[:7])
        found = {i: Finding(reach={Reach.LASTFM_LISTENERS: 1_000.0}) for i in ids.values()}
        values.save(session, found, Source.LASTFM, context.now())
        users.touch_all(session)
        session.commit()
    (switch,) = [box for box in app.run().selectbox if box.label == "Measure of popularity"]
    assert switch.options == ["Popularity", "Last.fm listeners"]
    assert "50 of 50 tracks have all values" in words(app)
    switch.select_index(1).run()
    assert "7 of 50 tracks have Last.fm listeners · source: Last.fm" in words(app)
    assert "50 of 50 tracks have popularity" not in words(app)

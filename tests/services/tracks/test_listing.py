from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from ttt.found import FoundArtist, FoundFeatures, FoundTrack, Kind, Source
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.tracks import listing
from ttt.services.tracks.listing import Belief
from ttt.services.tracks.rows import TrackRow, Value
from ttt.store.tracks import tracks
from ttt.store.values import descriptions

SPOTIFY_ID = "4h9wh7iOZ0GGn8QVp4RAOB"
BARE = FoundTrack(SPOTIFY_ID, "Dust", (FoundArtist("Ada"),))
LATER = timedelta(days=3)
CATALOGUE_FIRST: Belief = dict.fromkeys(Kind, (Source.CATALOGUE, Source.SPOTIFY))


def save(context: Context, source: Source, later: timedelta = timedelta(), **what: Any) -> None:
    """Save what a source says of the track."""
    with context.session() as session:
        found = replace(BARE, **what)
        tracks.save(session, [found], source, context.now() + later)
        session.commit()


def row(context: Context, belief: Belief = listing.AS_LISTED) -> TrackRow:
    with context.session() as session:
        ids = tracks.ids_of(session, [SPOTIFY_ID]).values()
        (row,) = listing.rows(session, ids, belief=belief).values()
    return row


def test_a_row_says_what_is_stored(context: Context) -> None:
    save(
        context,
        Source.SPOTIFY,
        artists=(FoundArtist("Zoe", "z" * 22), FoundArtist("Ada", "a" * 22)),
        album="Sand",
        release_date="2017-05-26",
        duration_ms=207_959,
        cover_url="https://i.scdn.co/image/1",
        genres=("rock",),
    )
    assert row(context) == TrackRow(
        uri=f"spotify:track:{SPOTIFY_ID}",
        title="Dust",
        artists=("Zoe", "Ada"),
        artist_uris=(f"spotify:artist:{'z' * 22}", f"spotify:artist:{'a' * 22}"),
        album="Sand",
        release_year=2017,
        duration_ms=207_959,
        cover_url="https://i.scdn.co/image/1",
        genres=("rock",),
        genre_source=Source.SPOTIFY,
    )


def test_what_nobody_said_is_absent_and_never_zero(context: Context) -> None:
    save(context, Source.SPOTIFY, features=FoundFeatures(tempo=120.0))
    found = row(context)
    assert found.values.keys() == {"tempo"}
    assert found.release_year is None
    assert found.number("energy") is None
    assert found.genres == ()


def test_zero_is_a_value(context: Context) -> None:
    save(context, Source.SPOTIFY, popularity=0.0, features=FoundFeatures(energy=0.0, key=0))
    assert {name: v.number for name, v in row(context).values.items()} == {
        "popularity": 0.0,
        "energy": 0.0,
        "key": 0,
    }


def test_a_track_that_nobody_described_is_its_uri(context: Context) -> None:
    with context.session() as session:
        tracks.keep(session, [SPOTIFY_ID])
        session.commit()
    found = row(context)
    assert found.title is None
    assert found.label == f"spotify:track:{SPOTIFY_ID}"


def test_of_each_value_the_source_that_is_believed_most_is_taken(context: Context) -> None:
    catalogue = FoundFeatures(energy=0.4, tempo=100.0)
    spotify = FoundFeatures(energy=0.9, valence=0.5)
    save(context, Source.CATALOGUE, popularity=70.0, features=catalogue)
    save(context, Source.SPOTIFY, LATER, features=spotify)
    at, later = context.now(), context.now() + LATER
    assert row(context).values == {
        "popularity": Value(70.0, Source.CATALOGUE, at),
        "energy": Value(0.9, Source.SPOTIFY, later),
        "valence": Value(0.5, Source.SPOTIFY, later),
        "tempo": Value(100.0, Source.CATALOGUE, at),
    }


def test_the_order_of_belief_can_be_another(context: Context) -> None:
    for source, energy, genre in ((Source.SPOTIFY, 0.9, "rock"), (Source.CATALOGUE, 0.4, "pop")):
        save(context, source, features=FoundFeatures(energy=energy), genres=(genre,))
    found = row(context, CATALOGUE_FIRST)
    assert found.values["energy"].source is Source.CATALOGUE
    assert (found.genres, found.genre_source) == (("pop",), Source.CATALOGUE)


def test_a_source_that_is_not_believed_says_nothing(context: Context) -> None:
    save(context, Source.DEEZER, popularity=50.0, genres=("pop",))
    found = row(context, CATALOGUE_FIRST)
    assert found.values == {}
    assert found.genres == ()
    assert found.genre_source is None


@pytest.mark.parametrize("unknown", [[], [4711]])
def test_tracks_that_are_not_there_have_no_row(context: Context, unknown: list[int]) -> None:
    save(context, Source.SPOTIFY)
    with context.session() as session:
        assert listing.rows(session, unknown) == {}


@pytest.mark.parametrize(("date", "year"), [("1999-12", 1999), (None, None)])
def test_what_ones_own_file_says_stands_where_nobody_else_says_it(
    context: Context, ada: Person, date: str | None, year: int | None
) -> None:
    about = {"album": "Own", "release_date": date, "genres": ("shibuya-kei",)}
    own = FoundTrack("", "Mine", (FoundArtist("Me"),), **about)
    with context.session() as session:
        ids = tracks.keep(session, [SPOTIFY_ID])
        descriptions.save(session, ada.id, {ids[SPOTIFY_ID]: own}, context.now())
        session.commit()

    def seen() -> TrackRow:
        with context.session() as session:
            found = listing.rows(session, ids.values(), user_id=ada.id)
        return found[ids[SPOTIFY_ID]]

    mine = seen()
    assert (mine.title, mine.named_by, mine.release_year) == ("Mine", Source.FILE, year)
    assert (mine.genres, mine.genre_source) == (("shibuya-kei",), Source.FILE)
    assert row(context).title is None
    save(context, Source.SPOTIFY, release_date="2017")
    described = seen()
    assert (described.title, described.artists, described.named_by) == ("Dust", ("Ada",), None)
    assert (described.album, described.release_year) == ("Own", 2017)

from datetime import UTC, datetime

from ttt.found import FoundArtist, FoundFeatures, FoundTrack, Source
from ttt.music import Measure
from ttt.services.context import Context
from ttt.services.tracks import listing
from ttt.services.tracks.rows import TrackRow
from ttt.services.values import enrich
from ttt.store.tracks import tracks

WORRIED = "4h9wh7iOZ0GGn8QVp4RAOB"
UNKNOWN = "0" * 22


def from_catalogue(context: Context, *spotify_ids: str) -> dict[str, TrackRow]:
    """What is known of tracks after the catalogue was asked, by Spotify id."""
    with context.session() as session:
        tracks.keep(session, spotify_ids)
        enrich.from_catalogue(context, session, spotify_ids)
        ids = tracks.ids_of(session, spotify_ids)
        rows = listing.rows(session, ids.values())
        session.commit()
    return {spotify_id: rows[track_id] for spotify_id, track_id in ids.items()}


def test_the_catalogue_describes_a_track_and_dates_its_values(context: Context) -> None:
    row = from_catalogue(context, WORRIED)[WORRIED]
    assert (row.title, row.artists, row.genres) == ("I Ain't Worried", ("OneRepublic",), ("rock",))
    assert {row.values[m].source for m in Measure} == {Source.CATALOGUE}
    assert {row.values[m].observed_at for m in Measure} == {datetime(2022, 9, 22, tzinfo=UTC)}


def test_a_track_that_the_catalogue_does_not_hold_stays_as_it_is(context: Context) -> None:
    rows = from_catalogue(context, WORRIED, UNKNOWN)
    assert rows[UNKNOWN] == TrackRow(f"spotify:track:{UNKNOWN}", None)


def test_the_catalogue_fills_in_beside_what_spotify_says(context: Context) -> None:
    said = FoundTrack(WORRIED, "Worried", (FoundArtist("One"),), features=FoundFeatures(energy=0.1))
    with context.session() as session:
        tracks.save(session, [said], Source.SPOTIFY, context.now())
        session.commit()
    row = from_catalogue(context, WORRIED)[WORRIED]
    assert (row.title, row.artists) == ("Worried", ("One",))
    assert row.values["energy"].source is Source.SPOTIFY
    assert row.values["valence"].source is Source.CATALOGUE


def test_asking_twice_changes_nothing(context: Context) -> None:
    assert from_catalogue(context, WORRIED) == from_catalogue(context, WORRIED)

from datetime import datetime

from sqlmodel import Session

from ttt.found import FoundArtist, FoundFeatures, FoundTrack, Source
from ttt.store.tracks import details as track_details
from ttt.store.tracks import tracks


def found(number: int) -> FoundTrack:
    return FoundTrack(
        str(number),
        f"Song {number}",
        (FoundArtist("Z"), FoundArtist("A")),
        popularity=float(number),
        genres=("soul", "pop"),
        features=FoundFeatures(tempo=100.0),
    )


def test_details_have_everything_by_source(session: Session, now: datetime) -> None:
    ids = tracks.save(session, [found(1), found(2)], Source.CATALOGUE, now)
    tracks.save(session, [found(1)], Source.SPOTIFY, now)
    details = track_details.read(session, [ids["1"]])
    assert list(details) == [ids["1"]]
    one = details[ids["1"]]
    assert one.track.title == "Song 1"
    assert [artist.name for artist in one.artists] == ["Z", "A"]
    assert {p.source for p in one.popularity} == {"catalogue", "spotify"}
    assert {f.source for f in one.features} == {"catalogue", "spotify"}
    assert [g.genre for g in one.genres] == ["pop", "pop", "soul", "soul"]


def test_unknown_ids_are_left_out(session: Session) -> None:
    assert track_details.read(session, [404]) == {}
    assert track_details.read(session, []) == {}


def test_the_number_of_statements_is_fixed(
    statements: list[str], session: Session, now: datetime
) -> None:
    ids = list(tracks.save(session, map(found, range(1000)), Source.CATALOGUE, now).values())
    counts = []
    for some in (ids[:2], ids):
        session.expunge_all()
        statements.clear()
        assert len(track_details.read(session, some)) == len(some)
        counts.append(len(statements))
    assert counts[0] == counts[1] > 0

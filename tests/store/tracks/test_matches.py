from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from tests.surroundings.answering import isrc, song, spotify_id
from ttt.found import FoundArtist, Source
from ttt.store.tracks import matches, tracks

DAY = timedelta(days=1)


def test_a_match_is_kept_for_good_and_a_miss_for_a_while(session: Session, now: datetime) -> None:
    matches.remember(session, {"a": "track-a"}, now)
    matches.remember_misses(session, ["b"], now, now + DAY)
    session.commit()
    assert matches.remembered(session, ["a", "b", "c"], now) == {"a": "track-a", "b": None}
    assert matches.remembered(session, ["a", "b"], now + 1000 * DAY) == {"a": "track-a"}


def test_a_miss_that_a_wrong_clock_kept_is_asked_about(session: Session, now: datetime) -> None:
    matches.remember_misses(session, ["a"], now + timedelta(minutes=1), now + DAY)
    matches.remember_misses(session, ["b"], now + timedelta(seconds=61), now + DAY)
    matches.remember_misses(session, ["c"], now - DAY, now)
    session.commit()
    assert matches.remembered(session, ["a", "b", "c"], now) == {"a": None}


def test_a_match_takes_the_place_of_a_miss(session: Session, now: datetime) -> None:
    matches.remember_misses(session, ["a"], now, now + DAY)
    matches.remember(session, {"a": "track-a"}, now)
    session.commit()
    assert matches.remembered(session, ["a"], now + 2 * DAY) == {"a": "track-a"}


def test_of_a_recording_the_first_track_is_taken(session: Session, now: datetime) -> None:
    for number in (0, 1):
        tracks.save(session, [replace(song(number), isrc=isrc(0))], Source.SPOTIFY, now)
    assert matches.by_isrc(session, [isrc(0), isrc(9)]) == {isrc(0): spotify_id(0)}


def test_tracks_are_found_by_any_of_their_artists(session: Session, now: datetime) -> None:
    duet = replace(song(0), artists=(FoundArtist("Ann"), FoundArtist("Ben")))
    solo = replace(song(1), artists=(FoundArtist("Ben"),))
    uploaded = replace(song(2), artists=(FoundArtist("Ben"),))
    tracks.save(session, [duet, solo], Source.SPOTIFY, now)
    tracks.save(session, [uploaded], Source.UPLOAD, now)
    tracks.keep(session, [spotify_id(3)])
    found = matches.by_artists(session, ["ben", "nobody"])
    assert [(t.spotify_id, t.title, [a.name for a in t.artists]) for t in found] == [
        (spotify_id(0), song(0).title, ["Ann", "Ben"]),
        (spotify_id(1), song(1).title, ["Ben"]),
    ]
    assert matches.by_artists(session, []) == []

"""Tracks known by names only take over what is shown, and nothing of what they have already."""

from datetime import datetime

from sqlmodel import Session

from ttt.found import FoundArtist, FoundFeatures, FoundTrack, Source
from ttt.models import Track
from ttt.store.tracks import tracks
from ttt.store.values import borrowing


def test_what_is_missing_is_taken_over_and_what_is_there_stays(
    session: Session, now: datetime
) -> None:
    twin = FoundTrack(
        "twin",
        "Song",
        (FoundArtist("Band"),),
        release_date="2001",
        duration_ms=200_000,
        cover_url="https://covers.example/1",
        features=FoundFeatures(energy=0.5),
    )
    own = FoundTrack("own", "Own name", (FoundArtist("Band"),), duration_ms=123_000)
    other = FoundTrack("other", "Other", (FoundArtist("Band"),))
    ids = tracks.save(session, [twin, own, other], Source.SPOTIFY, now)

    assert borrowing.borrow(session, {ids["own"]: ids["twin"]}) == {ids["own"]}
    session.expire_all()
    found = session.get(Track, ids["own"])
    assert found is not None
    assert (found.title, found.duration_ms) == ("Own name", 123_000)
    assert (found.release_date, found.cover_url) == ("2001", "https://covers.example/1")


def test_who_has_nothing_to_lend_changes_nothing(session: Session, now: datetime) -> None:
    known = FoundTrack("own", "Song", (FoundArtist("Band"),), release_date="1999", duration_ms=5)
    blank = FoundTrack("twin", "Song", (FoundArtist("Band"),))
    ids = tracks.save(session, [known, blank], Source.SPOTIFY, now)
    assert borrowing.borrow(session, {ids["own"]: ids["twin"]}) == set()
    session.expire_all()
    found = session.get(Track, ids["own"])
    assert found is not None
    assert (found.release_date, found.duration_ms, found.cover_url) == ("1999", 5, None)

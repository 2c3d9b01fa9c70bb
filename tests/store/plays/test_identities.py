"""What sources say of recordings is each person's own, by the upload and source that told it."""

import pytest
from sqlmodel import Session, select

from ttt.models import ToldIdentity, Track, User
from ttt.plays import PlaySource
from ttt.store.plays.bulk import identities
from ttt.store.plays.bulk.identities import USUALLY, Ids

LISTENBRAINZ, SUBMITTED = int(PlaySource.LISTENBRAINZ), int(PlaySource.SUBMITTED)
ISRC, OTHER = "GBAAA2400001", "GBAAA2400002"
MBID, ANOTHER = (f"0c2d1ab4-5e3f-4a6b-8c9d-0e1f2a3b4c{n}" for n in ("5d", "5e"))


@pytest.fixture
def tracks(session: Session) -> list[int]:
    made = [Track(identity=letter, title=letter) for letter in "abc"]
    session.add_all(made)
    session.commit()
    return [track.id for track in made]


def tell(
    session: Session,
    user_id: int,
    track: int,
    *ids: str | None,
    upload: int = 1,
    source: int = LISTENBRAINZ,
    at: int = USUALLY,
) -> int:
    isrc, mbid = ids
    return identities.add(session, user_id, upload, [(track, source, at, isrc, mbid)])


def test_the_first_that_is_told_stays_and_the_new_are_counted(
    session: Session, ada: int, tracks: list[int]
) -> None:
    one, two, _ = tracks
    row = (one, LISTENBRAINZ, USUALLY, ISRC, None)
    more = [(one, LISTENBRAINZ, USUALLY, OTHER, MBID), (two, LISTENBRAINZ, 5, None, MBID)]
    assert identities.add(session, ada, 1, [row]) == 1
    assert identities.add(session, ada, 1, more) == 1
    assert identities.usual(session, ada, 1, tracks) == {(one, LISTENBRAINZ): Ids(ISRC)}
    assert identities.of_plays(session, ada, tracks, 0, 9) == {
        (one, 1, LISTENBRAINZ, USUALLY): Ids(ISRC),
        (two, 1, LISTENBRAINZ, 5): Ids(None, MBID),
    }


def test_it_is_told_of_the_person_the_upload_the_track_and_the_time(
    session: Session, ada: int, bob: int, tracks: list[int]
) -> None:
    one, two, _ = tracks
    tell(session, ada, one, ISRC, None)
    tell(session, ada, one, OTHER, None, upload=2)
    tell(session, ada, two, None, MBID, at=70)
    tell(session, bob, one, OTHER, MBID)
    assert identities.usual(session, ada, 2, tracks) == {(one, LISTENBRAINZ): Ids(OTHER)}
    assert identities.usual(session, ada, 1, [two]) == {}
    for since, until, there in ((70, 80, True), (60, 70, True), (71, 80, False), (60, 69, False)):
        found = identities.of_plays(session, ada, [two], since, until)
        assert bool(found) is there
    assert identities.of_plays(session, bob, tracks, 0, 99) == {
        (one, 1, LISTENBRAINZ, USUALLY): Ids(OTHER, MBID)
    }


def test_only_what_nothing_contradicts_is_agreed(
    session: Session, ada: int, bob: int, tracks: list[int]
) -> None:
    one, two, three = tracks
    tell(session, ada, one, ISRC, MBID)
    tell(session, ada, one, OTHER, MBID, upload=2)
    tell(session, ada, two, ISRC, MBID)
    tell(session, ada, two, None, ANOTHER, at=5)
    tell(session, ada, three, ISRC, None)
    tell(session, ada, three, None, MBID, source=SUBMITTED)
    tell(session, bob, three, OTHER, ANOTHER)
    assert identities.agreed(session, ada, tracks) == {
        one: Ids(None, MBID),
        two: Ids(),
        three: Ids(ISRC, MBID),
    }
    assert identities.agreed(session, ada, [three]) == {three: Ids(ISRC, MBID)}
    assert identities.agreed(session, bob, tracks) == {three: Ids(OTHER, ANOTHER)}


def test_an_upload_tells_first_what_nothing_else_of_the_person_tells(
    session: Session, ada: int, bob: int, tracks: list[int]
) -> None:
    one, two, _ = tracks
    tell(session, ada, one, None, MBID)
    tell(session, bob, one, None, ANOTHER)
    assert identities.is_first(session, ada, 1)
    tell(session, ada, one, None, MBID, upload=2, source=SUBMITTED, at=7)
    assert not identities.is_first(session, ada, 1)
    assert not identities.is_first(session, ada, 2)
    assert not identities.is_first(session, ada, 3)
    tell(session, ada, two, None, MBID, upload=2)
    assert identities.is_first(session, ada, 2)
    assert not identities.is_first(session, ada, 1)
    tell(session, ada, two, ISRC, MBID, upload=1)
    assert identities.is_first(session, ada, 1)


def test_what_an_upload_told_is_forgotten_with_it_and_by_source(
    session: Session, ada: int, bob: int, tracks: list[int]
) -> None:
    one = tracks[0]
    for who, upload, source in (
        *((ada, 0, LISTENBRAINZ), (ada, 0, SUBMITTED), (ada, 1, LISTENBRAINZ)),
        (bob, 0, SUBMITTED),
    ):
        tell(session, who, one, ISRC, None, upload=upload, source=source)

    def left() -> set[tuple[int, int, int]]:
        rows = session.exec(select(ToldIdentity))
        return {(row.user_id, row.upload_id, int(row.source)) for row in rows}

    identities.forget(session, ada, 0, PlaySource.SUBMITTED)
    assert left() == {(ada, 0, LISTENBRAINZ), (ada, 1, LISTENBRAINZ), (bob, 0, SUBMITTED)}
    identities.forget(session, ada, 1)
    assert left() == {(ada, 0, LISTENBRAINZ), (bob, 0, SUBMITTED)}


def test_it_goes_with_the_account_and_with_the_track(
    session: Session, ada: int, bob: int, tracks: list[int]
) -> None:
    one, two, _ = tracks
    for who, track in ((ada, one), (bob, one), (bob, two)):
        tell(session, who, track, ISRC, None)
    session.commit()
    session.delete(session.get(User, ada))
    session.delete(session.get(Track, one))
    session.commit()
    assert [(row.user_id, row.track_id) for row in session.exec(select(ToldIdentity))] == [
        (bob, two)
    ]

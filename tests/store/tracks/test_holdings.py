"""What people hold, what their files call it and which recordings are here: each for themselves."""

from datetime import datetime

from sqlmodel import Session

from ttt.models import OwnDescription, Track
from ttt.store.lists import entries, track_lists
from ttt.store.spotify import snapshots
from ttt.store.tracks import holdings, locking, tracks


def test_what_somebody_lists_or_newly_ranks_is_theirs(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    ids = tracks.keep(session, "abcde")
    snapshots.add(session, ada, "short_term", now, [ids["a"]])
    snapshots.add(session, ada, "short_term", now, [ids["b"]])
    snapshots.add(session, bob, "short_term", now, [ids["c"]])
    entries.add(session, track_lists.trending_id(session, ada), [ids["d"]], now)
    session.commit()
    assert holdings.listed(session, ada) == ["b", "d"]
    assert holdings.listed(session, bob) == ["c"]
    assert holdings.listed(session) == ["b", "c", "d"]


def test_a_track_is_nameless_until_somebody_or_ones_own_file_names_it(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    ids = tracks.keep(session, "abc")
    session.add(OwnDescription(user_id=ada, track_id=ids["a"], title="Mine", observed_at=now))
    named = session.get(Track, ids["b"])
    assert named is not None
    named.title = "Known"
    session.commit()
    found = {who: locking.locked(session, who, "abcx") for who in (ada, bob)}
    assert [found[who].nameless for who in (ada, bob)] == [["c"], ["a", "c"]]
    assert found[ada].ids == found[bob].ids == ids


def test_a_recording_can_be_several_of_spotifys_tracks(session: Session) -> None:
    ids = tracks.keep(session, "abc")
    for name, isrc in (("a", "X1"), ("b", "X1"), ("c", "X2")):
        track = session.get(Track, ids[name])
        assert track is not None
        track.isrc = isrc
    session.add(Track(identity="by names", isrc="X1"))
    session.commit()
    found = tracks.ids_of_recordings(session, ["X1", "X3"])
    assert found == {"X1": sorted((ids["a"], ids["b"]))}

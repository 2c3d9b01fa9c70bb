from datetime import UTC, datetime

import msgspec
import pytest
from sqlmodel import select

from tests.services.plays.conftest import T, add_user, forget, kept, play, scrobble, shown, take
from ttt.found import FoundArtist, FoundTrack, Source
from ttt.models import Artist, OwnDescription, Play, PlayAgain, Track, User
from ttt.names import identity as name_identity
from ttt.plays import SENSE_SHIFT, Counts, How, PlaySource, Sense, ToldPlay
from ttt.services.context import Context
from ttt.services.plays import taking
from ttt.services.plays.deriving import deriving
from ttt.store.plays import shown as names
from ttt.store.plays import told
from ttt.store.tracks import tracks


@pytest.fixture
def ada(anywhere: Context) -> int:
    return add_user(anywhere)


def test_plays_are_kept_as_they_were_told(anywhere: Context, ada: int) -> None:
    taken = take(anywhere, ada, [play(1000), play(2000, "b", 5_000)])
    assert taken == taking.Taken(new=2)
    assert kept(anywhere, ada) == [
        ("SPOTIFY_HISTORY", 1000, "a" * 22, 200_000, Counts.PLAY),
        ("SPOTIFY_HISTORY", 2000, "b" * 22, 5_000, Counts.SKIP),
    ]
    assert shown(anywhere, ada) == [(800, 200_000, True), (1995, 5_000, False)]


def test_the_same_plays_by_another_upload_add_nothing(anywhere: Context, ada: int) -> None:
    plays = [play(1000), play(2000, "b", 5_000)]
    take(anywhere, ada, plays)
    before = shown(anywhere, ada)
    assert take(anywhere, ada, plays, upload_id=2) == taking.Taken(already_there=2)
    assert shown(anywhere, ada) == before


def test_the_same_play_twice_in_an_upload_is_a_double(anywhere: Context, ada: int) -> None:
    assert take(anywhere, ada, [play(1000), play(1000)]) == taking.Taken(new=1, double=1)
    assert take(anywhere, ada, [play(1000)]) == taking.Taken(double=1)


def test_what_the_same_upload_tells_again_is_noted_for_no_other(
    anywhere: Context, ada: int
) -> None:
    take(anywhere, ada, [play(1000)])
    take(anywhere, ada, [play(1000), play(2000, "b")])
    with anywhere.session() as session:
        assert session.exec(select(PlayAgain)).all() == []
    take(anywhere, ada, [play(1000), play(2000, "b"), play(3000, "c")], upload_id=2)
    with anywhere.session() as session:
        assert len(session.exec(select(PlayAgain)).all()) == 2


def test_of_two_lengths_under_one_key_the_longer_is_kept(anywhere: Context, ada: int) -> None:
    take(anywhere, ada, [play(1000, ms=0), play(1000), play(1000, ms=10)])
    assert [row[3] for row in kept(anywhere, ada)] == [200_000]


def test_different_tracks_of_one_second_are_both_kept(anywhere: Context, ada: int) -> None:
    assert take(anywhere, ada, [play(1000, ms=0), play(1000, "b")]).new == 2


def test_names_make_a_track_of_their_own_once(anywhere: Context, ada: int) -> None:
    other = ToldPlay(T + 900, "SONG A", ("band a",))
    take(anywhere, ada, [scrobble(0), other], PlaySource.LASTFM)
    with anywhere.session() as session:
        track = session.exec(select(Track)).one()
        assert (track.title, track.spotify_id) == ("Song a", None)
        assert track.described_by == Source.UPLOAD
        assert [artist.name for artist in session.exec(select(Artist))] == ["Band a"]


def test_a_play_by_names_is_found_in_the_one_by_id(anywhere: Context, ada: int) -> None:
    take(anywhere, ada, [scrobble(801), scrobble(5_000)], PlaySource.LASTFM)
    take(anywhere, ada, [play(1000)], upload_id=2)
    verdicts = [row[4] for row in kept(anywhere, ada)]
    assert verdicts == [Counts.THERE_ALREADY, Counts.PLAY, Counts.PLAY]
    assert shown(anywhere, ada) == [(800, 200_000, True), (5_000, None, True)]


def test_a_link_counts_where_the_row_calls_the_song_as_it_is_called(
    anywhere: Context, ada: int
) -> None:
    take(anywhere, ada, [play(1000)])
    nameless = ToldPlay(T + 5_000, "", (), spotify_id="a" * 22)
    alike = ToldPlay(T + 9_000, "SONG A", ("Band a",), spotify_id="a" * 22)
    other = ToldPlay(T + 13_000, "Quite Another", ("Band a",), spotify_id="a" * 22)
    take(anywhere, ada, [nameless, alike, other], PlaySource.LISTENBRAINZ, 2)
    tracks = [row[2] for row in sorted(kept(anywhere, ada), key=lambda row: row[1])]
    assert tracks[:3] == ["a" * 22] * 3
    assert tracks[3] == name_identity("Quite Another", ("Band a",))


def test_a_better_row_takes_the_place_of_one_that_began_in_the_year_before(
    anywhere: Context, ada: int
) -> None:
    new_year = int(datetime(2024, 1, 1, tzinfo=UTC).timestamp()) - T
    told = new_year + 86_400
    guess = play(told, ms=1_000, started_at=T + new_year - 86_400, how=int(How.OFFLINE))
    for one in (guess, play(told)):
        with anywhere.session() as session:
            source, recorded = PlaySource.SPOTIFY_HISTORY, taking.RECORDED
            taking.Taker(anywhere, ada, source, recorded).take(session, [one])
            session.commit()
        deriving.derive(anywhere, ada)
    assert shown(anywhere, ada) == [(told - 200, 200_000, True)]


def test_an_upload_names_nothing_that_is_described(anywhere: Context, ada: int) -> None:
    take(anywhere, ada, [play(1000)])
    with anywhere.session() as session:
        track = session.exec(select(Track)).one()
        track.title, track.described_by = "Its name", Source.SPOTIFY
        session.commit()
    take(anywhere, ada, [play(2000)], upload_id=2)
    with anywhere.session() as session:
        assert session.exec(select(Track.title)).all() == ["Its name"]


def test_a_row_that_means_its_time_otherwise_is_kept_so(anywhere: Context, ada: int) -> None:
    end = scrobble(1000, ms=200_000, sense=Sense.END, how=How.OFFLINE)
    take(anywhere, ada, [end], PlaySource.LISTENBRAINZ)
    with anywhere.session() as session:
        row = session.exec(select(Play)).one()
        assert row.how == How.OFFLINE | Sense.END << SENSE_SHIFT
        assert row.started_at.timestamp() == T + 800


def test_undone_leaves_what_others_told(anywhere: Context, ada: int) -> None:
    take(anywhere, ada, [play(1000), play(2000, "b")])
    take(anywhere, ada, [play(2000, "b"), play(3000, "c")], upload_id=2)
    forget(anywhere, ada, 1)
    assert [row[1] for row in kept(anywhere, ada)] == [2000, 3000]
    assert [start for start, *_ in shown(anywhere, ada)] == [1800, 2800]
    forget(anywhere, ada, 2)
    assert kept(anywhere, ada) == shown(anywhere, ada) == []


def test_undone_forgets_tracks_that_nobody_holds(anywhere: Context, ada: int) -> None:
    take(anywhere, ada, [play(1000), play(2000, "b")])
    take(anywhere, ada, [play(2000, "b")], upload_id=2)
    forget(anywhere, ada, 1)
    with anywhere.session() as session:
        assert session.exec(select(Track.spotify_id)).all() == ["b" * 22]


def test_undone_counts_again_what_it_hid(anywhere: Context, ada: int) -> None:
    take(anywhere, ada, [scrobble(801)], PlaySource.LASTFM)
    take(anywhere, ada, [play(1000)], upload_id=2)
    forget(anywhere, ada, 2)
    assert shown(anywhere, ada) == [(801, None, True)]


def test_each_change_raises_the_revision_of_that_person_only(anywhere: Context, ada: int) -> None:
    bob = add_user(anywhere, "bob")

    def revisions() -> list[int]:
        with anywhere.session() as session:
            return [told.revision(session, who) for who in (ada, bob)]

    before = revisions()
    take(anywhere, ada, [play(1000)])
    after = revisions()
    assert after[0] > before[0]
    assert after[1] == before[1]
    assert kept(anywhere, bob) == []


def test_an_account_that_goes_takes_its_plays_along(anywhere: Context, ada: int) -> None:
    bob = add_user(anywhere, "bob")
    for who in (ada, bob):
        take(anywhere, who, [play(1000)], upload_id=who)
    with anywhere.session() as session:
        session.delete(session.get(User, ada))
        session.commit()
    assert (kept(anywhere, ada), len(kept(anywhere, bob))) == ([], 1)


def test_what_a_file_calls_a_track_is_its_owners_alone(anywhere: Context, ada: int) -> None:
    bob = add_user(anywhere, "bob")
    take(anywhere, ada, [msgspec.structs.replace(play(1000), title="Not Song a")])
    take(anywhere, bob, [play(1000)])
    assert called(anywhere, ada) == [("Not Song a", ("Band a",))]
    assert called(anywhere, bob) == [("Song a", ("Band a",))]
    with anywhere.session() as session:
        track = session.exec(select(Track)).one()
        assert (track.title, track.described_by) == (None, None)
        assert session.exec(select(Artist)).all() == []


def test_what_spotify_calls_a_track_goes_before_what_a_file_does(
    anywhere: Context, ada: int
) -> None:
    take(anywhere, ada, [msgspec.structs.replace(play(1000), title="Not Song a")])
    with anywhere.session() as session:
        found = FoundTrack("a" * 22, "Song a", (FoundArtist("Band a"),))
        tracks.save(session, [found], Source.SPOTIFY, anywhere.now())
        session.commit()
    assert called(anywhere, ada) == [("Song a", ("Band a",))]


def test_undone_takes_back_what_the_file_called_tracks(anywhere: Context, ada: int) -> None:
    take(anywhere, ada, [play(1000), play(2000, "b")])
    take(anywhere, ada, [play(3000, "b")], upload_id=2)
    forget(anywhere, ada, 1)
    with anywhere.session() as session:
        assert [own.title for own in session.exec(select(OwnDescription))] == ["Song b"]
        assert len(session.exec(select(Track)).all()) == 1


def called(context: Context, user_id: int) -> list[tuple[str | None, tuple[str, ...]]]:
    with context.session() as session:
        ids = set(session.exec(select(Play.track_id).where(Play.user_id == user_id)))
        return [(one.title, one.artists) for one in names.names(session, user_id, ids).values()]

"""What is kept of plays is each person's own: told, judged, hidden, covered, and on which page."""

from datetime import UTC, datetime

import numpy as np
import pytest
from sqlmodel import Session, select

from ttt.models import (
    Artist,
    AudioFeatures,
    Hidden,
    HistoryUpload,
    OwnDescription,
    PersonalValue,
    Play,
    PlayAgain,
    PlayPage,
    Popularity,
    Recording,
    Track,
    TrackArtist,
    TrackGenre,
    User,
)
from ttt.plays import Counts, PlaySource
from ttt.store.plays import choices, covering, judged, named, played, shown, told, uploads
from ttt.store.plays.derived import changes, pages
from ttt.store.plays.named import Named

LASTFM, SPOTIFY = PlaySource.LASTFM, PlaySource.SPOTIFY_RECENT
DAY = 86_400


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.fixture
def tracks(session: Session) -> list[int]:
    """Three of Spotify's; the first two have artists, the second a guest as well."""
    made = [
        Track(spotify_id=letter * 22, title=title, album=f"Album {letter}", duration_ms=length)
        for letter, title, length in (("a", "A", 200_000), ("b", "B", None), ("c", None, 0))
    ]
    artists = [Artist(identity=name, name=name) for name in ("Band", "Guest")]
    session.add_all([*made, *artists])
    session.flush()
    credits = ((made[0], artists[0], 0), (made[1], artists[0], 0), (made[1], artists[1], 1))
    for track, artist, position in credits:
        session.add(TrackArtist(track_id=track.id, artist_id=artist.id, position=position))
    session.commit()
    return [track.id for track in made]


def tell(session: Session, user_id: int, track_id: int, told_at: int, **more: object) -> None:
    model = PlayAgain if more.pop("again", False) else Play
    values: dict[str, object] = {"source": LASTFM, "started_at": at(told_at - 5)} | more
    session.add(model(user_id=user_id, track_id=track_id, told_at=at(told_at), **values))
    session.commit()


def test_what_an_upload_told_is_found_and_forgotten_by_person_upload_and_source(
    session: Session, ada: int, bob: int, tracks: list[int]
) -> None:
    tell(session, ada, tracks[0], 100, upload_id=7)
    tell(session, ada, tracks[1], 300, upload_id=7, source=SPOTIFY)
    tell(session, ada, tracks[2], 900, upload_id=8, started_at=at(850))
    tell(session, ada, tracks[2], 900, upload_id=7, started_at=at(910), again=True)
    tell(session, bob, tracks[0], 50, upload_id=7)
    assert told.span(session, ada, 7) == (95, 910)
    assert told.span(session, ada, 7, SPOTIFY) == (295, 300)
    assert told.span(session, bob, 8) is None
    assert told.tracks(session, ada, 7) == set(tracks)
    assert told.tracks(session, ada, 7, LASTFM) == {tracks[0], tracks[2]}
    assert told.number(session, ada, 7, LASTFM) == 1
    assert [told.is_any_of(session, who, 8) for who in (ada, bob)] == [True, False]
    assert [row.upload_id for row in told.told_again(session, ada, 8)] == [7]
    assert told.told_again(session, ada, 8, SPOTIFY) == told.told_again(session, bob, 7) == []
    told.forget(session, ada, 7, SPOTIFY)
    assert told.tracks(session, ada, 7) == {tracks[0], tracks[2]}
    told.forget(session, ada, 7)
    assert told.tracks(session, ada, 7) == set()
    assert (told.tracks(session, ada, 8), told.tracks(session, bob, 7)) == (
        {tracks[2]},
        {tracks[0]},
    )


def test_what_was_recorded_is_counted_between_two_times_both_included(
    session: Session, ada: int, bob: int, tracks: list[int]
) -> None:
    for who, told_at, upload in ((ada, 100, 0), (ada, 200, 0), (ada, 150, 7), (bob, 150, 0)):
        tell(session, who, tracks[0], told_at, upload_id=upload)
    spans = ((100, 200), (101, 200), (100, 199), (101, 199))
    assert [told.recorded(session, ada, span) for span in spans] == [2, 1, 1, 0]


def test_plays_of_an_upload_are_counted_by_verdict_and_whether_they_are_short(
    session: Session, ada: int, bob: int, tracks: list[int]
) -> None:
    skip = {"upload_id": 7, "counts": Counts.SKIP, "how": 1}
    tell(session, ada, tracks[0], 100, ms=29_999, **skip)
    tell(session, ada, tracks[0], 200, ms=30_000, **skip)
    tell(session, ada, tracks[0], 300, ms=None, upload_id=7, counts=Counts.PLAY)
    tell(session, ada, tracks[0], 400, ms=None, upload_id=8, counts=Counts.PLAY)
    tell(session, bob, tracks[0], 300, ms=None, upload_id=7, counts=Counts.PLAY)
    assert told.counted(session, ada, 7, 30_000) == {
        (Counts.SKIP, 1, True): 1,
        (Counts.SKIP, 1, False): 1,
        (Counts.PLAY, 0, False): 1,
    }


def test_the_most_heard_come_first_of_one_or_of_all(
    session: Session, ada: int, bob: int, tracks: list[int]
) -> None:
    by_name = Track(identity="x", title="X")
    session.add(by_name)
    session.flush()
    for n in range(3):
        tell(session, ada, by_name.id, 1_000 + n, counts=Counts.PLAY)
        tell(session, ada, tracks[2], 2_000 + n, counts=Counts.SKIP)
    for who, track, times in ((ada, 1, 2), (ada, 0, 1), (bob, 0, 2)):
        for n in range(times):
            tell(session, who, tracks[track], 100 * track + n, counts=Counts.PLAY)
    a, b = "a" * 22, "b" * 22
    assert told.most_heard(session, ada, 9) == [b, a]
    assert told.most_heard(session, bob, 9) == [a]
    assert told.most_heard(session, None, 9) == [a, b]
    assert told.most_heard(session, None, 1) == [a]


def test_a_revision_is_ones_own_and_raised_from_what_was_seen(
    session: Session, ada: int, bob: int
) -> None:
    before = told.revision(session, bob)
    first = told.revision(session, ada)
    told.touch(session, ada)
    assert told.revision(session, ada) == first + 1
    assert not told.raise_from(session, ada, first)
    assert told.raise_from(session, ada, first + 1)
    assert (told.revision(session, ada), told.revision(session, bob)) == (first + 2, before)
    assert told.revision(session, 99) == 0


def test_only_other_verdicts_are_written_to_the_row_they_are_of(
    session: Session, ada: int, bob: int, tracks: list[int]
) -> None:
    for who in (ada, bob):
        tell(session, who, tracks[0], 100)
        tell(session, who, tracks[0], 100, source=SPOTIFY)
        tell(session, who, tracks[1], 100)
        tell(session, who, tracks[0], 200)
    rows = judged.read(session, ada)
    assert rows.ms.tolist() == [-1] * 4
    verdicts = rows.counts.copy()
    verdicts[(rows.told == 100) & (rows.track == tracks[0]) & (rows.source == LASTFM)] = Counts.PLAY
    assert judged.save_verdicts(session, ada, rows, verdicts) == 1
    kept = session.exec(select(Play).where(Play.counts == Counts.PLAY)).all()
    assert [(p.user_id, p.track_id, p.source, p.told_at) for p in kept] == [
        (ada, tracks[0], LASTFM, at(100))
    ]


def test_many_verdicts_are_written_all(
    session: Session, ada: int, tracks: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judged, "_WRITTEN_TOGETHER", 2)
    for n in range(5):
        tell(session, ada, tracks[0], 100 + n)
    rows = judged.read(session, ada)
    verdicts = np.full(5, Counts.PLAY, np.uint8)
    assert judged.save_verdicts(session, ada, rows, verdicts) == 5
    assert judged.read(session, ada).counts.tolist() == [Counts.PLAY] * 5


def test_names_and_lengths_of_tracks_are_those_of_the_first_artist(
    session: Session, ada: int, bob: int, tracks: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judged, "_TRACKS_TOGETHER", 2)
    session.add(
        OwnDescription(
            user_id=ada, track_id=tracks[2], title="Mine", artists=["I", "You"], observed_at=at(0)
        )
    )
    session.commit()
    found = [(n.title, n.artist) for n in judged.names(session, ada, [*tracks, 999])]
    assert found == [("A", "Band"), ("B", "Band"), ("Mine", "I")]
    assert judged.names(session, bob, tracks)[2][1:3] == (None, None)
    assert judged.lengths(session, np.array(tracks)).tolist() == [200_000, -1, -1]


def test_what_somebody_decided_and_hides_is_theirs_alone(
    session: Session, ada: int, bob: int, tracks: list[int]
) -> None:
    a, b, c = tracks
    choices.decide(session, ada, {a: b, c: b}, at(0))
    choices.decide(session, bob, {a: c, b: c}, at(0))
    choices.decide(session, ada, {a: c}, at(9))
    assert judged.decided(session, ada) == {a: c, c: b}
    when = session.exec(select(Recording.decided_at).where(Recording.user_id == ada)).all()
    assert sorted(when) == [at(0), at(9)]
    choices.release(session, ada, [b, c])
    assert judged.decided(session, ada) == {c: b}
    assert judged.decided(session, bob) == {a: c, b: c}
    hidden = [
        Hidden(user_id=who, kind="artist", artist=name, created_at=at(0))
        for who, name in ((ada, "One"), (ada, "Two"), (bob, "Three"))
    ]
    session.add_all(hidden)
    session.commit()
    assert [one.artist for one in choices.hidden(session, ada)] == ["Two", "One"]
    assert [one.artist for one in choices.hidden(session, bob)] == ["Three"]
    assert not choices.show(session, ada, hidden[2].id)
    assert choices.show(session, ada, hidden[0].id or 0)
    assert [one.artist for one in choices.hidden(session, ada)] == ["Two"]


def test_somebody_has_played_each_of_some_tracks(
    session: Session, ada: int, bob: int, tracks: list[int]
) -> None:
    for who, track, told_at in ((ada, 0, 1), (ada, 0, 2), (ada, 1, 3), (bob, 2, 4)):
        tell(session, who, tracks[track], told_at)
    asked = (tracks[:1], tracks[:2], tracks[1:], tracks, [tracks[0]] * 2)
    assert [choices.has_played(session, ada, ids) for ids in asked] == [
        *(True, True, False, False, True)
    ]


def test_days_are_covered_by_each_source_with_what_counts_and_what_others_told(
    session: Session, ada: int, bob: int, tracks: list[int]
) -> None:
    verdicts = (
        *((0, Counts.PLAY), (1, Counts.SKIP), (2, Counts.THERE_ALREADY), (3, Counts.OUTRANKED)),
        *((4, Counts.PERHAPS_THERE), (5, Counts.UNJUDGED), (6, Counts.DOUBLE)),
    )
    for n, verdict in verdicts:
        tell(session, ada, tracks[0], DAY + n, started_at=at(DAY + n), counts=verdict)
    tell(session, ada, tracks[0], DAY, started_at=at(DAY - 1), source=SPOTIFY, counts=Counts.PLAY)
    tell(session, bob, tracks[0], DAY, started_at=at(DAY), counts=Counts.PLAY)
    assert covering.days(session, ada) == [
        covering.ToldDay(SPOTIFY, 0, 1, 1, 0, 0),
        covering.ToldDay(LASTFM, 1, 6, 1, 3, 1),
    ]


def test_plays_are_shown_by_their_start_with_names_as_somebody_sees_them(
    session: Session, ada: int, bob: int, tracks: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown, "_TOGETHER", 2)
    mine = {"title": "Mine", "artists": ["I"], "album": "Ours", "observed_at": at(0)}
    for track in tracks[1:]:
        session.add(OwnDescription(user_id=ada, track_id=track, **mine))
    for n, track in enumerate((0, 1, 2, 0)):
        tell(session, ada, tracks[track], 400 - n, started_at=at(100 * n), counts=Counts.PLAY)
    tell(session, ada, tracks[0], 500, counts=Counts.SKIP)
    tell(session, bob, tracks[0], 150, started_at=at(150), counts=Counts.PLAY)

    def seen(*span: int | None) -> list[tuple[int, str | None, tuple[str, ...], str | None]]:
        ends = [None if end is None else at(end) for end in span]
        return [
            (int(row.started_at.timestamp()), *names[row.track_id][:3])
            for rows, names in shown.pages(session, ada, *ends, [Counts.PLAY])
            for row in rows
        ]

    assert seen(None, None) == [
        (0, "A", ("Band",), "Album a"),
        (100, "B", ("Band", "Guest"), "Album b"),
        (200, "Mine", ("I",), "Ours"),
        (300, "A", ("Band",), "Album a"),
    ]
    assert [row[0] for row in seen(100, 300)] == [100, 200]
    assert [row[0] for row in seen(101, 301)] == [200, 300]
    assert shown.names(session, bob, set(tracks))[tracks[2]].title is None


def test_what_is_known_of_played_tracks_comes_with_what_the_person_set(
    session: Session, ada: int, bob: int, tracks: list[int]
) -> None:
    for track in tracks:
        about = {"track_id": track, "source": "catalogue"}
        session.add(AudioFeatures(observed_at=at(0), energy=0.5, **about))
        session.add(Popularity(observed_at=at(0), value=50, **about))
        session.add(TrackGenre(genre="rock", **about))
        for who in (ada, bob):
            value = {"user_id": who, "track_id": track, "field": "energy", "source": "manual"}
            session.add(PersonalValue(observed_at=at(0), value=who, **value))
    session.commit()
    found = played.read(session, ada, tracks[:2])
    assert sorted(row[0] for row in found.tracks) == tracks[:2]
    assert [tuple(row) for row in found.artists] == [
        *((tracks[0], "Band"), (tracks[1], "Band"), (tracks[1], "Guest")),
    ]
    assert sorted(map(tuple, found.own)) == [(t, "energy", "manual", ada) for t in tracks[:2]]
    for rows in (found.features, found.popularity, found.genres):
        assert sorted(row[0] for row in rows) == tracks[:2]


def test_tracks_by_names_are_saved_once_and_what_is_known_of_them_stays(session: Session) -> None:
    one = Named("one", "Song", ("Band", "Guest"), None, 200_000)
    ids = named.save(session, [one, Named("two", "Other", ("Band",))], at(0))
    again = named.save(session, [Named("one", "X", ("Y",), "Album", 1), one], at(9))
    assert again == {"one": ids["one"]}
    track = session.get_one(Track, ids["one"], populate_existing=True)
    assert (track.title, track.album, track.duration_ms) == ("Song", "Album", 200_000)
    assert shown.names(session, 0, {ids["one"]})[ids["one"]].artists == ("Band", "Guest")
    assert named.ids_of(session, ["two", "three"]) == {"two": ids["two"]}


def test_tracks_of_which_no_sound_is_known_are_tried_in_turn_the_most_played_first(
    session: Session, ada: int, bob: int, tracks: list[int]
) -> None:
    ids = named.save(session, [Named(c, c, (f"Band {c}", "Guest")) for c in "wxyz"], at(0))
    w, x, y, z = (ids[c] for c in "wxyz")
    plays = ((ada, w, 1), (ada, x, 2), (bob, y, 3), (ada, z, 4), (ada, tracks[0], 5))
    for who, track, times in plays:
        for n in range(times):
            tell(session, who, track, 1_000 * track + n, counts=Counts.PLAY)
    for n in range(3):
        tell(session, ada, w, 90_000 + n, counts=Counts.SKIP)
    session.add(AudioFeatures(track_id=z, source="catalogue", observed_at=at(0), energy=0.5))
    session.commit()
    now, before = at(10 * DAY), at(9 * DAY)

    def untried(user_id: int | None, limit: int = 9) -> list[int]:
        found = named.without_features(session, user_id, limit, now, before)
        assert all(one.artist == f"Band {one.title}" for one in found)
        return [one.track_id for one in found]

    assert (untried(ada), untried(None), untried(None, 1)) == ([x, w], [y, x, w], [y])
    named.mark_tried(session, [x], before)
    assert untried(ada) == [w]
    named.mark_tried(session, [x], at(9 * DAY - 1))
    assert untried(ada) == [x, w]


def test_pages_are_a_persons_by_year(session: Session, ada: int, bob: int) -> None:
    rows = [(ada, 2023, 3), (ada, 2022, 2), (bob, 2022, 9)]
    pages.save(
        session, [PlayPage(user_id=who, year=y, plays=n, data=b"%d" % n) for who, y, n in rows]
    )
    pages.save(session, [PlayPage(user_id=ada, year=2022, plays=5, data=b"5")])
    session.commit()
    session.expire_all()
    assert [(p.year, p.plays, p.data) for p in pages.read(session, ada)] == [
        (2022, 5, b"5"),
        (2023, 3, b"3"),
    ]
    pages.forget(session, ada, [])
    pages.forget(session, ada, [2022, 2021])
    assert (pages.years(session, ada), pages.years(session, bob)) == ({2023: 3}, {2022: 9})


def test_changes_are_a_persons_until_all_is_judged(session: Session, ada: int, bob: int) -> None:
    for who, since in ((ada, 1), (ada, 2), (bob, 3)):
        changes.note(session, who, since, since + 10)
    noted = changes.of_user(session, ada)
    assert [(c.since, c.until, c.judged) for c in noted] == [(1, 11, False), (2, 12, False)]
    changes.set_judged(session, [])
    changes.set_judged(session, noted)
    session.expire_all()
    assert [(c.since, c.judged) for c in changes.of_user(session, ada)] == [(1, True)]
    assert changes.people(session) == [ada, bob]
    waiting = [changes.people_waiting(session, share, 1) for share in (0, 1)]
    assert (waiting, changes.shares_waiting(session, 100)) == ([[bob], []], [bob])
    changes.forget(session, changes.of_user(session, bob))
    assert changes.people(session) == [ada]
    assert session.get_one(User, ada).id == ada


def test_no_upload_has_a_number_that_its_column_cannot_hold(session: Session) -> None:
    assert [uploads.get(session, number) for number in (2**31 - 1, 2**31, 2**63)] == [None] * 3


def test_of_an_upload_without_files_no_block_is_taken(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    ids = []
    for who in (ada, bob):
        row = {"name": "a", "size": 1, "state": "reading", "created_at": now}
        session.add(upload := HistoryUpload(user_id=who, **row))
        session.flush()
        ids.append(upload.id)
    assert [uploads.blocks(session, number) for number in ids] == [0, 0]
    uploads.set_members(session, ids[0], ["a", "b"])
    first = uploads.member(session, ids[0], 0)
    assert first is not None
    assert uploads.advance(session, first, {"blocks": 3})
    assert not uploads.advance(session, first, {"blocks": 4})
    uploads.set_members(session, ids[0], ["a", "b"])
    assert [uploads.blocks(session, number) for number in ids] == [3, 0]
    assert [member.name for member in uploads.members(session, *ids)] == ["a", "b"]
    for number, row in ((ids[0], 2), (ids[0], 1), (ids[1], 1)):
        said = {"member": 0, "reason": "bad time", "text": "{}"}
        uploads.add_refused(session, [{"upload_id": number, "row": row} | said])
    assert [one.row for one in uploads.refused(session, ids[0])] == [1, 2]
    assert [uploads.refused_count(session, number) for number in ids] == [2, 1]
    uploads.forget_members(session, ids[0])
    assert uploads.members(session, ids[0]) == []
    assert [uploads.refused_count(session, number) for number in ids] == [0, 1]

"""Tracks that are known by names only have the values of Spotify's tracks of those names."""

from dataclasses import replace
from datetime import timedelta
from math import isnan

import pytest
from sqlmodel import select

from tests.services.plays.conftest import T, add_user, play, take
from ttt.found import Finding, FoundArtist, FoundFeatures, FoundTrack, Source
from ttt.models import Track, User
from ttt.music import Measure
from ttt.plays import PlaySource, ToldPlay
from ttt.services.context import Context
from ttt.services.person import as_person
from ttt.services.plays import heard
from ttt.services.plays.frame import loading
from ttt.services.plays.frame.columns import Frame
from ttt.services.values import enrich
from ttt.store.tracks import tracks
from ttt.store.values import values

WORRIED = "4h9wh7iOZ0GGn8QVp4RAOB"
OURS = ToldPlay(T, "I Ain’t Worried", ("OneRepublic",))
STORED = "s" * 22


@pytest.fixture
def ada(anywhere: Context) -> int:
    return add_user(anywhere)


def scrobbled(context: Context, user_id: int, *plays: ToldPlay) -> None:
    take(context, user_id, plays, PlaySource.LASTFM)


def frame_of(context: Context, user_id: int) -> Frame:
    with context.session() as session:
        user = session.get(User, user_id)
        assert user is not None
        person = as_person(user)
    return loading.load(context, person)


def energies(context: Context, user_id: int) -> dict[str, float]:
    known = frame_of(context, user_id).tracks
    found = zip(known.title, known.values[Measure.ENERGY].tolist(), strict=True)
    return {title: round(energy, 2) for title, energy in found if not isnan(energy)}


def after(context: Context, hours: int) -> Context:
    """The same at a later time."""
    return replace(context, now=lambda: context.now() + timedelta(hours=hours))


def revision(context: Context, user_id: int) -> int:
    with context.session() as session:
        return session.exec(select(User.revision).where(User.id == user_id)).one()


def test_the_catalogue_says_how_a_track_sounds_that_only_names_tell(
    anywhere: Context, ada: int
) -> None:
    scrobbled(anywhere, ada, OURS, ToldPlay(T + 900, "Nobody Knows This", ("Nobody",)))
    assert energies(anywhere, ada) == {}
    assert heard.borrow(anywhere, ada) == []
    assert energies(anywhere, ada) == {"I Ain’t Worried": 0.8}


def test_its_name_stays_as_the_person_brought_it_and_no_id_is_claimed(
    anywhere: Context, ada: int
) -> None:
    scrobbled(anywhere, ada, OURS)
    heard.borrow(anywhere, ada)
    known = frame_of(anywhere, ada).tracks
    assert known.title == ("I Ain’t Worried",)
    assert known.uri == (None,)
    assert known.duration_ms[0] > 0
    with anywhere.session() as session:
        named = session.exec(select(Track).where(Track.spotify_id == None)).one()  # noqa: E711
        assert named.described_by == Source.UPLOAD


def test_open_pages_of_all_who_heard_it_follow_and_no_others(anywhere: Context, ada: int) -> None:
    bob = add_user(anywhere, "bob")
    eve = add_user(anywhere, "eve")
    scrobbled(anywhere, ada, OURS)
    scrobbled(anywhere, bob, OURS)
    scrobbled(anywhere, eve, ToldPlay(T, "Nobody Knows This", ("Nobody",)))
    before = [revision(anywhere, each) for each in (ada, bob, eve)]
    heard.borrow(anywhere)
    after = [revision(anywhere, each) for each in (ada, bob, eve)]
    assert [new - old for old, new in zip(before, after, strict=True)] == [1, 1, 0]


def test_what_has_its_values_is_left_alone_from_then_on(anywhere: Context, ada: int) -> None:
    scrobbled(anywhere, ada, OURS)
    heard.borrow(anywhere, ada)
    before = revision(anywhere, ada)
    assert heard.borrow(anywhere, ada) == []
    assert revision(anywhere, ada) == before


def test_a_stored_track_without_values_is_asked_about_and_lent_later(
    anywhere: Context, ada: int
) -> None:
    stored = FoundTrack(STORED, "Song q", (FoundArtist("Band q"),))
    with anywhere.session() as session:
        tracks.save(session, [stored], Source.SPOTIFY, anywhere.now())
        session.commit()
    scrobbled(anywhere, ada, ToldPlay(T, "Song q", ("Band q",)))
    assert heard.borrow(anywhere, ada) == [STORED]
    with anywhere.session() as session:
        (track_id,) = tracks.ids_of(session, [STORED]).values()
        told = Finding(features=FoundFeatures(energy=0.3), genres=("dream pop",))
        values.save(session, {track_id: told}, Source.CATALOGUE, anywhere.now())
        session.commit()
    assert heard.borrow(after(anywhere, hours=7)) == []
    assert energies(anywhere, ada) == {"Song q": 0.3}
    assert frame_of(anywhere, ada).tracks.genre_names == ("dream pop",)


def test_what_nobody_knows_leaves_others_their_turn_for_six_hours(
    anywhere: Context, ada: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heard, "AT_ONCE", 1)
    unknown = [ToldPlay(T + 900 * n, "Nobody Knows This", ("Nobody",)) for n in range(1, 4)]
    scrobbled(anywhere, ada, OURS, *unknown)
    heard.borrow(anywhere)
    assert energies(anywhere, ada) == {}
    heard.borrow(after(anywhere, hours=1))
    assert energies(anywhere, ada) == {"I Ain’t Worried": 0.8}


def test_what_nobody_knew_is_tried_again_after_six_hours(anywhere: Context, ada: int) -> None:
    scrobbled(anywhere, ada, ToldPlay(T, "Song q", ("Band q",)))
    assert heard.borrow(anywhere, ada) == []
    with anywhere.session() as session:
        stored = FoundTrack(STORED, "Song q", (FoundArtist("Band q"),))
        tracks.save(session, [stored], Source.SPOTIFY, anywhere.now())
        session.commit()
    assert heard.borrow(after(anywhere, hours=6), ada) == []
    assert heard.borrow(after(anywhere, hours=7), ada) == [STORED]


def test_of_one_person_all_are_tried_at_once(
    anywhere: Context, ada: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heard, "AT_ONCE", 1)
    scrobbled(anywhere, ada, OURS, ToldPlay(T + 900, "Nobody Knows This", ("Nobody",)))
    heard.borrow(anywhere, ada)
    assert energies(anywhere, ada) == {"I Ain’t Worried": 0.8}


def test_a_clock_that_ran_ahead_keeps_nothing_from_being_tried(anywhere: Context, ada: int) -> None:
    scrobbled(anywhere, ada, ToldPlay(T, "Song q", ("Band q",)))
    heard.borrow(after(anywhere, hours=900), ada)
    with anywhere.session() as session:
        stored = FoundTrack(WORRIED, "Song q", (FoundArtist("Band q"),))
        tracks.save(session, [stored], Source.SPOTIFY, anywhere.now())
        session.commit()
    heard.borrow(anywhere, ada)
    assert energies(anywhere, ada) == {"Song q": 0.8}


def test_tracks_that_differ_in_guests_have_the_same_values(anywhere: Context, ada: int) -> None:
    guest = ToldPlay(T + 900, "I Ain’t Worried", ("OneRepublic", "Somebody"))
    scrobbled(anywhere, ada, OURS, guest)
    heard.borrow(anywhere, ada)
    known = frame_of(anywhere, ada).tracks.values[Measure.ENERGY]
    assert known.round(2).tolist() == known.round(2).tolist()[:1] * 2


def test_a_track_that_spotify_knows_borrows_nothing(anywhere: Context, ada: int) -> None:
    take(anywhere, ada, [play(1000)])
    assert heard.borrow(anywhere, ada) == []
    assert energies(anywhere, ada) == {}


def test_values_are_asked_for_by_how_often_a_track_was_heard(
    anywhere: Context, ada: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enrich, "pending", lambda _context, ids: list(ids))
    heard_of = {"a": 1, "b": 3, "c": 2}
    plays = [
        play(900 * (10 * n + time), track)
        for n, (track, times) in enumerate(heard_of.items())
        for time in range(times)
    ]
    take(anywhere, ada, plays)
    for user_id in (ada, None):
        assert heard.waiting(anywhere, user_id) == ["b" * 22, "c" * 22, "a" * 22]
    assert heard.waiting(anywhere, ada, ["d" * 22, "c" * 22])[3:] == ["d" * 22]

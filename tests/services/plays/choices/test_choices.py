from datetime import timedelta

import pytest

from tests.services.conftest import add_person
from tests.services.plays.conftest import kept, play, scrobble, take
from ttt.errors import InvalidInput, NotFound
from ttt.plays import Counts, PlaySource
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays import recordings
from ttt.services.plays.choices import hiding, joining
from ttt.store.plays import judged, told


@pytest.fixture
def played(context: Context, ada: Person) -> list[int]:
    """Ids of two tracks that Ada played, by Spotify's id and by other names."""
    take(context, ada.id, [play(1000)])
    take(context, ada.id, [scrobble(801, "z")], PlaySource.LASTFM, upload_id=2)
    with context.session() as session:
        return sorted({int(i) for i in judged.read(session, ada.id).track})


def grouped(context: Context, person: Person, ids: list[int]) -> int:
    with context.session() as session:
        return len(set(recordings.of(session, person.id, ids).values()))


def test_what_is_hidden_is_listed_and_taken_back(
    context: Context, ada: Person, played: list[int]
) -> None:
    now = context.now()
    with context.session() as session:
        before = told.revision(session, ada.id)
    first = hiding.hide(context, ada, hiding.Kind.TRACK, track_id=played[0])
    a_day = (now, now + timedelta(days=1))
    hiding.hide(context, ada, hiding.Kind.ARTIST, artist="Band a", span=a_day)
    hiding.hide(context, ada, hiding.Kind.ALBUM, artist="Band a", album="One")
    found = hiding.listed(context, ada)
    assert [one.kind for one in found] == [
        hiding.Kind.ALBUM,
        hiding.Kind.ARTIST,
        hiding.Kind.TRACK,
    ]
    assert (found[1].until_at, found[2].title) == (now + timedelta(days=1), "Song a")
    with context.session() as session:
        assert told.revision(session, ada.id) == before + 3
    hiding.show(context, ada, first)
    assert len(hiding.listed(context, ada)) == 2
    assert len(kept(context, ada.id)) == 2


def test_what_names_nothing_or_ends_before_it_begins_is_refused(
    context: Context, ada: Person
) -> None:
    now = context.now()
    with pytest.raises(InvalidInput):
        hiding.hide(context, ada, hiding.Kind.ALBUM, artist="x")
    with pytest.raises(InvalidInput):
        hiding.hide(context, ada, hiding.Kind.TIME, span=(now, None))
    with pytest.raises(InvalidInput):
        hiding.hide(context, ada, hiding.Kind.ARTIST, artist="x", span=(now, now))
    assert hiding.listed(context, ada) == []


def test_a_track_that_one_never_played_is_not_there(
    context: Context, ada: Person, played: list[int]
) -> None:
    bob = add_person(context, "bob")
    hidden = hiding.hide(context, ada, hiding.Kind.TRACK, track_id=played[0])
    for call in (
        lambda: hiding.hide(context, bob, hiding.Kind.TRACK, track_id=played[0]),
        lambda: hiding.show(context, bob, hidden),
        lambda: joining.join(context, bob, played),
        lambda: joining.part(context, bob, played),
    ):
        with pytest.raises(NotFound):
            call()
    assert len(hiding.listed(context, ada)) == 1


def test_joined_tracks_are_one_recording_and_their_plays_meet(
    context: Context, ada: Person, played: list[int]
) -> None:
    assert [row[4] for row in kept(context, ada.id)] == [Counts.PLAY, Counts.PLAY]
    joining.join(context, ada, played)
    assert grouped(context, ada, played) == 1
    assert [row[4] for row in kept(context, ada.id)] == [Counts.THERE_ALREADY, Counts.PLAY]
    joining.part(context, ada, played)
    assert grouped(context, ada, played) == 2
    assert [row[4] for row in kept(context, ada.id)] == [Counts.PLAY, Counts.PLAY]


def test_what_was_parted_stays_so_in_later_imports(context: Context, ada: Person) -> None:
    take(context, ada.id, [play(1000)])
    take(context, ada.id, [scrobble(5_000)], PlaySource.LASTFM, upload_id=2)
    with context.session() as session:
        ids = sorted({int(i) for i in judged.read(session, ada.id).track})
    assert grouped(context, ada, ids) == 1
    joining.part(context, ada, ids)
    take(context, ada.id, [play(9_000)], upload_id=3)
    assert grouped(context, ada, ids) == 2


def test_one_track_cannot_be_joined(context: Context, ada: Person, played: list[int]) -> None:
    with pytest.raises(InvalidInput):
        joining.join(context, ada, played[:1])

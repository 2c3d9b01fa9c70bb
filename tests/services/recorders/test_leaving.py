"""What becomes of recorded plays when somebody disconnects Spotify: theirs to keep or to delete."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import SQLModel, select

from tests.services.demo_spotify import DemoSpotify, connect_demo
from ttt.errors import NotAllowed
from ttt.models import Play, PlayGap, Track
from ttt.plays import PlaySource, ToldPlay
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays import undoing
from ttt.services.plays.deriving import deriving
from ttt.services.plays.taking import Taker
from ttt.services.recorders import recording, state
from ttt.services.recorders.reasons import GapReason
from ttt.services.spotify import spotify
from ttt.store.plays import gaps
from ttt.store.plays.derived import pages


@pytest.fixture
def recorded(context: Context, ada: Person, demo: DemoSpotify) -> Context:
    """Fifty plays of Ada's Spotify, recorded and judged, and a gap before them."""
    connect_demo(context, ada)
    assert recording.look(context, recording.of(context, ada)) is not None
    deriving.derive(context, ada.id)
    with context.session() as session:
        gap = PlayGap(
            user_id=ada.id,
            source=PlaySource.SPOTIFY_RECENT,
            from_at=context.now() - timedelta(days=9),
            until_at=context.now() - timedelta(days=8),
            reason=GapReason.MISSED.value,
        )
        gaps.save(session, gap)
        session.commit()
    return context


def told(context: Context, person: Person, source: PlaySource, upload_id: int) -> ToldPlay:
    """The newest of the recorded plays, told by somebody else too."""
    with context.session() as session:
        query = select(Play).where(Play.user_id == person.id).order_by(Play.told_at.desc())  # type: ignore[attr-defined]
        newest = session.exec(query).first()
        assert newest is not None
        play = ToldPlay(
            int(newest.told_at.timestamp()), "A song of a file", ("Somebody",), ms=60_000
        )
        Taker(context, person.id, source, upload_id).take(session, [play])
        session.commit()
    deriving.derive(context, person.id)
    return play


def sources(context: Context, person: Person) -> list[PlaySource]:
    with context.session() as session:
        return sorted(session.exec(select(Play.source).where(Play.user_id == person.id)))


def counting(context: Context, person: Person) -> int:
    with context.session() as session:
        return sum(page.plays for page in pages.read(session, person.id))


def test_who_disconnects_keeps_what_was_recorded(recorded: Context, ada: Person) -> None:
    before = counting(recorded, ada)
    spotify.disconnect(recorded, ada)

    assert undoing.recorded(recorded, ada) == 50
    assert counting(recorded, ada) == before > 0
    [recorder] = state.listed(recorded, ada)
    assert (recorder.on, recorder.last_play_at) == (False, None)


def test_deleting_it_leaves_what_files_and_players_told(
    recorded: Context, ada: Person, bob: Person
) -> None:
    told(recorded, ada, PlaySource.SPOTIFY_HISTORY, 7)
    told(recorded, ada, PlaySource.SUBMITTED, 0)
    connect_demo(recorded, bob, "chiara")
    recording.look(recorded, recording.of(recorded, bob))

    assert undoing.forget_recorded(recorded, ada) == 50

    assert sources(recorded, ada) == [PlaySource.SPOTIFY_HISTORY, PlaySource.SUBMITTED]
    assert counting(recorded, ada) == 1
    assert undoing.recorded(recorded, ada) == 0
    assert undoing.recorded(recorded, bob) == 50
    assert [one.plays for one in state.listed(recorded, ada)] == [0]
    with recorded.session() as session:
        assert gaps.of_user(session, ada.id) == []
    assert undoing.forget_recorded(recorded, ada) == 0


@pytest.mark.parametrize(("tells_more", "gone"), [(True, 49), (False, 50)])
def test_what_a_file_told_as_well_stays_as_the_file_told_it(
    recorded: Context, ada: Person, *, tells_more: bool, gone: int
) -> None:
    with recorded.session() as session:
        query = select(Play.told_at, Track.spotify_id, Track.title).join(Track)
        told_at, spotify_id, title = session.exec(query.where(Play.user_id == ada.id)).all()[0]
        at = int(told_at.timestamp())
        names = title or "", ("Any",)
        again = ToldPlay(
            at, *names, spotify_id=spotify_id, started_at=at - 9_000 * (not tells_more)
        )
        Taker(recorded, ada.id, PlaySource.SPOTIFY_RECENT, 7).take(session, [again])
        session.commit()

    assert undoing.forget_recorded(recorded, ada) == gone

    with recorded.session() as session:
        [kept] = session.exec(select(Play).where(Play.user_id == ada.id)).all()
    assert (kept.upload_id, kept.told_at) == (7, told_at)


def test_with_what_was_recorded_nothing_of_spotifys_is_left_in_any_table(
    recorded: Context, ada: Person
) -> None:
    spotify.disconnect(recorded, ada)
    undoing.forget_recorded(recorded, ada)

    ours = {"user_account", "track_list", "audit_event", "server_setting", "recorder"}
    ours |= {"play_change"}
    with recorded.engine.connect() as connection:
        held = {
            name: [dict(row) for row in connection.execute(table.select()).mappings()]
            for name, table in SQLModel.metadata.tables.items()
        }
    assert {name for name, rows in held.items() if rows} <= ours
    assert "demo-ada" not in str(held)


def test_nobody_deletes_for_somebody_who_is_gone(recorded: Context, ada: Person) -> None:
    with pytest.raises(NotAllowed):
        undoing.forget_recorded(recorded, replace(ada, username="gone"))


def test_who_connects_again_is_recorded_again_without_a_gap(
    recorded: Context, ada: Person, demo: DemoSpotify
) -> None:
    spotify.disconnect(recorded, ada)
    assert recording.due(recorded) == []
    connect_demo(recorded, ada)

    [(recorder_id, _)] = recording.due(recorded)
    made = recording.look(recorded, recorder_id)

    assert made is not None
    assert (made.new, made.gap) == (0, False)


def test_who_had_turned_it_off_is_not_recorded_after_connecting_again(
    recorded: Context, ada: Person, demo: DemoSpotify
) -> None:
    recording.turn_off(recorded, ada)
    spotify.disconnect(recorded, ada)
    connect_demo(recorded, ada)
    assert recording.due(recorded) == []

"""What sources say of recordings is kept for the person, makes recordings, and goes out again."""

import io
from itertools import chain, count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from tests.services.plays.conftest import T, add_user, forget, kept, scrobble, take
from ttt.models import Play, ToldIdentity, Track
from ttt.plays import Counts, PlaySource, ToldPlay
from ttt.providers import history_files
from ttt.providers.history_files import HistoryFile
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays import recordings
from ttt.services.plays.bringing import importing, uploads
from ttt.services.plays.deriving import deriving
from ttt.services.plays.out import exporting
from ttt.services.plays.out.exporting import ExportFormat
from ttt.services.plays.taking import RECORDED, Taker

ISRC, OTHER = "GBAAA2400001", "GBAAA2400002"
MBID, ANOTHER = (f"0c2d1ab4-5e3f-4a6b-8c9d-0e1f2a3b4c{n}" for n in ("5d", "5e"))
LISTENBRAINZ = PlaySource.LISTENBRAINZ
_numbers = count()


def recordings_of(context: Context, user_id: int) -> list[set[str]]:
    """The titles of each of a person's recordings that have several."""
    with context.session() as session:
        played = session.exec(
            select(Track.id, Track.title).join(Play).where(Play.user_id == user_id).distinct()
        ).all()
        heads = recordings.of(session, user_id, [track_id for track_id, _ in played])
    groups: dict[int, set[str]] = {}
    for track_id, title in played:
        groups.setdefault(heads[track_id], set()).add(str(title))
    return sorted((titles for titles in groups.values() if len(titles) > 1), key=sorted)


def told(context: Context, user_id: int) -> list[tuple[int, str | None, str | None]]:
    """Seconds since T, ISRC and MusicBrainz id of each play, as it goes out."""
    with context.session() as session:
        plays = list(exporting.told(session, user_id))
    return [(play.told_at - T, play.isrc, play.mbid) for play in plays]


def rows(context: Context) -> int:
    with context.session() as session:
        return len(session.exec(select(ToldIdentity)).all())


@pytest.mark.parametrize("ids", [{"isrc": ISRC}, {"mbid": MBID}])
def test_tracks_of_one_told_id_are_one_recording_of_that_person_alone(
    anywhere: Context, ids: dict[str, str]
) -> None:
    context = anywhere
    ada, bob = add_user(context), add_user(context, "bob")
    told_of = [scrobble(0, "a", **ids), scrobble(900, "b", **ids), scrobble(1800, "c")]
    take(context, ada, told_of, LISTENBRAINZ)
    take(context, bob, [scrobble(0, "a"), scrobble(900, "b")], LISTENBRAINZ)
    assert recordings_of(context, ada) == [{"Song a", "Song b"}]
    assert recordings_of(context, bob) == []
    with context.session() as session:
        assert session.exec(select(Track.isrc).distinct()).all() == [None]


def test_a_told_isrc_joins_what_spotify_says_has_it(context: Context) -> None:
    ada = add_user(context)
    take(context, ada, [ToldPlay(T, "Song z", ("Band",), ms=60_000, spotify_id="z" * 22)])
    take(context, ada, [scrobble(9_000, "a", isrc=ISRC)], LISTENBRAINZ, 2)
    with context.session() as session:
        track = session.exec(select(Track).where(Track.spotify_id == "z" * 22)).one()
        track.isrc, track.title = ISRC, "Song z"
        session.commit()
    assert recordings_of(context, ada) == [{"Song a", "Song z"}]


def test_what_spotify_says_of_a_track_goes_before_what_a_file_says(context: Context) -> None:
    ada = add_user(context)
    take(context, ada, [scrobble(0, "z", spotify_id="z" * 22, isrc=ISRC)], LISTENBRAINZ)
    take(context, ada, [scrobble(9_000, "a", isrc=ISRC)], LISTENBRAINZ, 2)
    with context.session() as session:
        track = session.exec(select(Track).where(Track.spotify_id == "z" * 22)).one()
        track.isrc, track.title = OTHER, "Song z"
        session.commit()
    assert recordings_of(context, ada) == []
    assert told(context, ada) == [(0, ISRC, None), (9_000, ISRC, None)]


def test_two_recordings_that_are_called_alike_join_no_others(context: Context) -> None:
    ada = add_user(context)
    alike = [scrobble(0, "a", mbid=MBID), scrobble(900, "a", mbid=ANOTHER)]
    take(context, ada, [*alike, scrobble(1_800, "b", mbid=MBID)], LISTENBRAINZ)
    take(context, ada, [scrobble(2_700, "c", mbid=ANOTHER)], LISTENBRAINZ, 2)
    assert recordings_of(context, ada) == []
    assert told(context, ada) == [
        (0, None, MBID),
        (900, None, ANOTHER),
        (1_800, None, MBID),
        (2_700, None, ANOTHER),
    ]


@pytest.mark.parametrize("ids", [{"isrc": ISRC}, {"mbid": MBID}])
def test_it_goes_with_the_undo_unless_another_upload_tells_it(
    context: Context, ids: dict[str, str]
) -> None:
    ada = add_user(context)
    history = [scrobble(0, "a", **ids), scrobble(900, "b", **ids)]
    for upload in (1, 2):
        take(context, ada, history, LISTENBRAINZ, upload)
    take(context, ada, [scrobble(0, "a"), scrobble(900, "b")], LISTENBRAINZ, 3)
    forget(context, ada, 1)
    assert recordings_of(context, ada) == [{"Song a", "Song b"}]
    assert told(context, ada)[0] == (0, ids.get("isrc"), ids.get("mbid"))
    forget(context, ada, 2)
    assert recordings_of(context, ada) == []
    assert told(context, ada) == [(0, None, None), (900, None, None)]
    assert rows(context) == 0


def test_what_one_upload_lacks_of_a_play_another_tells(context: Context) -> None:
    ada = add_user(context)
    take(context, ada, [scrobble(0, mbid=MBID)], LISTENBRAINZ, 1)
    take(context, ada, [scrobble(0, isrc=ISRC)], LISTENBRAINZ, 2)
    take(context, ada, [scrobble(0)], LISTENBRAINZ, 3)
    assert told(context, ada) == [(0, ISRC, MBID)]
    forget(context, ada, 1)
    assert told(context, ada) == [(0, ISRC, None)]


def test_a_play_that_was_told_without_ids_has_those_of_its_track(context: Context) -> None:
    ada = add_user(context)
    take(context, ada, [scrobble(0), scrobble(900, mbid=MBID)], LISTENBRAINZ)
    take(context, ada, [scrobble(1_800)], PlaySource.LASTFM, 2)
    assert told(context, ada) == [(0, None, MBID), (900, None, MBID), (1_800, None, MBID)]
    # Once it is not known which of two it was, none is made up from what others tell.
    take(context, ada, [scrobble(2_700, mbid=ANOTHER)], PlaySource.KOITO, 3)
    assert told(context, ada)[2:] == [(1_800, None, None), (2_700, None, ANOTHER)]


def test_spotifys_own_answer_is_kept_once_for_everybody(context: Context) -> None:
    ada = add_user(context)
    of_spotify = [scrobble(0, spotify_id="a" * 22, isrc=ISRC)]
    take(context, ada, of_spotify, PlaySource.SPOTIFY_RECENT, RECORDED)
    assert rows(context) == 0
    take(context, ada, of_spotify, PlaySource.SPOTIFY_RECENT, 4)
    assert rows(context) == 1


def brought(context: Context, person: Person, name: str, content: bytes) -> None:
    upload = uploads.begin(context, person, name, len(content))
    uploads.put(context, person, upload.id, 0, content)
    importing.run(context, upload.id)


def line(at: int, title: str, mbid: str | None) -> bytes:
    mapped = f', "mbid_mapping": {{"recording_mbid": "{mbid}"}}' if mbid else ""
    return (
        f'{{"listened_at": {at}, "track_metadata": {{"track_name": "{title}", "artist_name": "B",'
        f' "additional_info": {{"duration_ms": 200000}}{mapped}}}}}\n'
    ).encode()


def koitos(context: Context, person: Person) -> list[Counts]:
    return [verdict for source, *_, verdict in kept(context, person.id) if source == "KOITO"]


def test_ids_of_plays_that_were_there_decide_anew_which_count(
    context: Context, ada: Person
) -> None:
    history = b"".join(line(T + 900 * n, "Lied", None) for n in range(3))
    with_ids = b"".join(line(T + 900 * n, "Lied", MBID) for n in range(3))
    take(context, ada.id, [ToldPlay(T + 3, "Song", ("B",), mbid=MBID)], PlaySource.KOITO, 90)
    brought(context, ada, "a.jsonl", history)
    assert koitos(context, ada) == [Counts.PLAY]
    brought(context, ada, "b.jsonl", with_ids)
    assert koitos(context, ada) == [Counts.THERE_ALREADY]


def test_recorded_plays_that_are_named_anew_are_judged_anew(context: Context) -> None:
    ada = add_user(context)
    for again, due in ((scrobble(0), [ada]), (scrobble(0), []), (scrobble(0, mbid=MBID), [ada])):
        with context.session() as session:
            Taker(context, ada, PlaySource.SUBMITTED).take(session, [again])
            session.commit()
        assert deriving.people_due(context) == due
        deriving.derive(context, ada, whole=True)


@st.composite
def histories(draw: st.DrawFn) -> list[list[ToldPlay]]:
    """Three files, each play in one: of song "c" without ids, of two others with any."""
    ids = [(i, m) for i in (None, ISRC, OTHER) for m in (None, MBID, ANOTHER) if i or m]

    def played(at: int, song: str, told: tuple[str | None, str | None]) -> ToldPlay:
        isrc, mbid = (None, None) if song == "c" else told
        return scrobble(600 * at, song, isrc=isrc, mbid=mbid)

    play = st.builds(played, st.integers(0, 50), st.sampled_from("abc"), st.sampled_from(ids))
    plays = draw(st.lists(play, min_size=1, max_size=16, unique_by=_key))
    return [plays[n::3] for n in range(3)]


def _key(play: ToldPlay) -> tuple[int, str]:
    return play.told_at, play.title


@pytest.mark.slow  # each example judges all anew several times
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(histories(), st.sampled_from(ExportFormat))
def test_what_went_out_comes_back_as_it_went(
    context: Context, files: list[list[ToldPlay]], form: ExportFormat
) -> None:
    here, there = (add_user(context, f"{name}{next(_numbers)}") for name in "ab")
    for upload, plays in enumerate(files, start=1):
        take(context, here, plays, LISTENBRAINZ, upload)
    with context.session() as session:
        out = list(exporting.told(session, here))
    written = b"".join(history_files.writing.pieces(out, form))
    reading = history_files.read([HistoryFile("f", io.BytesIO(written))], now=context.now())
    back = [play for block in reading for play in block.plays]
    take(context, there, back, LISTENBRAINZ, 77)
    assert sorted(told(context, there), key=str) == sorted(told(context, here), key=str)
    assert recordings_of(context, there) == recordings_of(context, here)


@pytest.mark.slow  # each example judges all anew several times
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(histories())
def test_a_play_with_ids_of_its_own_goes_out_with_them(
    context: Context, files: list[list[ToldPlay]]
) -> None:
    ada = add_user(context, f"c{next(_numbers)}")
    plays = list(chain.from_iterable(files))
    take(context, ada, plays[: len(plays) // 2], LISTENBRAINZ, 1)
    take(context, ada, plays[len(plays) // 2 :], LISTENBRAINZ, 1)
    out = {(at, title): ids for at, title, ids in _by_play(context, ada)}
    for play in plays:
        isrc, mbid = out[play.told_at, play.title]
        assert play.isrc in {None, isrc}
        assert play.mbid in {None, mbid}


def _by_play(
    context: Context, user_id: int
) -> list[tuple[int, str, tuple[str | None, str | None]]]:
    with context.session() as session:
        return [(p.told_at, p.title, (p.isrc, p.mbid)) for p in exporting.told(session, user_id)]

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError
from sqlmodel import SQLModel, func, select

import ttt.models
from tests.services.conftest import Clock, add_person
from tests.services.my_data.conftest import TRACKS, describe, packed, records
from tests.services.my_data.test_reading import AT, ENTRY, LIST, MANIFEST, SNAPSHOT, VALUE
from tests.surroundings.databases import opened
from ttt.errors import InvalidInput, NotAllowed
from ttt.found import Source
from ttt.models import Artist, AudioFeatures, Popularity, SpotifyAccount, Track, User, UserSession
from ttt.music import Period
from ttt.services.context import Context
from ttt.services.discover import listening
from ttt.services.keys.vault import Vault, new_secret
from ttt.services.lists import arranging, entries, lists
from ttt.services.my_data import uploading
from ttt.services.my_data.target import Count
from ttt.services.my_data.uploading import upload
from ttt.services.my_data.writing import download
from ttt.services.person import Person
from ttt.services.top import top_tracks
from ttt.services.values import by_hand
from ttt.settings import Settings
from ttt.store.spotify import snapshots
from ttt.store.tracks import tracks

EVERYWHERE_THE_SAME = ("lists", "snapshots", "values", "lastfm")


@contextmanager
def another_server(migrated_sqlite: Path, now: Clock) -> Iterator[Context]:
    with TemporaryDirectory() as folder:
        settings = Settings(data_dir=folder)
        shutil.copy(migrated_sqlite, Path(folder) / "ttt.sqlite3")
        with opened(settings.database) as engine:
            secret = new_secret()
            yield Context(settings, engine, Vault(lambda: (secret,)), now)


@pytest.fixture
def elsewhere(migrated_sqlite: Path, clock: Clock) -> Iterator[Context]:
    """Another server, on which nobody has an account."""
    with another_server(migrated_sqlite, clock) as context:
        yield context


@pytest.fixture
def mia(elsewhere: Context) -> Person:
    """Somebody with an account on the other server."""
    return add_person(elsewhere, "mia")


def taken(counts: list[Count]) -> dict[str, tuple[int, int, int]]:
    return {c.kind: (c.added, c.already_there, len(c.refused)) for c in counts}


def reasons(counts: list[Count]) -> set[str]:
    return {refusal.reason for count in counts for refusal in count.refused}


def same(content: bytes) -> dict[str, Any]:
    """What two servers have to agree on: lists are private on a new one."""
    found = {name: records(content)[name] for name in EVERYWHERE_THE_SAME}
    found["lists"] = [one | {"access": "private"} for one in found["lists"]]
    # The trending list is as old as the account.
    found["lists"] = [
        one | {"created_at": None} if one["trending"] else one for one in found["lists"]
    ]
    return found


def rows(context: Context) -> dict[str, int]:
    assert ttt.models
    with context.session() as session:
        return {
            name: session.exec(select(func.count()).select_from(table)).one()
            for name, table in SQLModel.metadata.tables.items()
        }


def file(*described: str, **contents: Any) -> bytes:
    track = {"album": None, "release_date": None, "duration_ms": None, "explicit": None}
    track |= {"isrc": None, "cover_url": None, "described_by": None, "described_at": None}
    found = [track | {"track": i, "title": f"Title {i[-1]}", "artists": ["A"]} for i in described]
    return packed({"manifest": MANIFEST, "tracks": found, **contents})


def test_an_account_elsewhere_becomes_the_same(
    adas_data: bytes, elsewhere: Context, mia: Person
) -> None:
    counts = upload(elsewhere, mia, mia, adas_data)
    assert taken(counts) == {
        "lists": (1, 1, 0),
        "tracks on lists": (7, 0, 0),
        "top tracks": (2, 0, 0),
        "values of your own": (3, 0, 0),
        "descriptions of your own": (1, 0, 0),
        "name at Last.fm": (1, 0, 0),
    }
    assert same(download(elsewhere, mia, mia)) == same(adas_data)


def test_what_was_uploaded_is_seen(adas_data: bytes, elsewhere: Context, mia: Person) -> None:
    upload(elsewhere, mia, mia, adas_data)
    on_it = entries.listed(elsewhere, mia)
    assert [row.uri[-1] for row in on_it] == ["2", "3", "4"]
    assert on_it[0].artists == ("Ada, é", "Bob; Co")
    top = top_tracks.read(elsewhere, mia)[Period.SHORT_TERM]
    assert [row.rank for row in top.rows] == [1, 2, 3]
    assert {info.access for info in lists.seen_by(elsewhere, mia)} == {lists.Access.PRIVATE}


def test_doing_it_twice_adds_nothing(adas_data: bytes, elsewhere: Context, mia: Person) -> None:
    upload(elsewhere, mia, mia, adas_data)
    before, data = rows(elsewhere), same(download(elsewhere, mia, mia))
    counts = upload(elsewhere, mia, mia, adas_data)
    assert {kind: added for kind, (added, _, _) in taken(counts).items() if added} == {}
    assert reasons(counts) == set()
    after = rows(elsewhere) | {"audit_event": before["audit_event"]}
    assert after == before
    assert same(download(elsewhere, mia, mia)) == data


def test_uploading_where_it_came_from_adds_nothing(
    context: Context, ada: Person, adas_data: bytes
) -> None:
    counts = upload(context, ada, ada, adas_data)
    assert {kind: added for kind, (added, _, _) in taken(counts).items() if added} == {}
    assert same(download(context, ada, ada)) == same(adas_data)


def test_on_either_database(adas_data: bytes, anywhere: Context) -> None:
    mia = add_person(anywhere, "mia")
    upload(anywhere, mia, mia, adas_data)
    assert same(download(anywhere, mia, mia)) == same(adas_data)


def test_account_sessions_and_connections_are_never_taken(
    adas_data: bytes, elsewhere: Context, mia: Person
) -> None:
    with elsewhere.session() as session:
        before = session.get(User, mia.id)
    upload(elsewhere, mia, mia, adas_data)
    with elsewhere.session() as session:
        after = session.get(User, mia.id)
        assert session.exec(select(UserSession)).all() == []
        assert session.exec(select(SpotifyAccount)).all() == []
    assert before is not None
    assert after is not None
    assert after.model_dump(exclude={"revision"}) == before.model_dump(exclude={"revision"})
    assert after.revision > before.revision


def test_values_that_others_see_are_not_taken(
    adas_data: bytes, elsewhere: Context, mia: Person
) -> None:
    upload(elsewhere, mia, mia, adas_data)
    with elsewhere.session() as session:
        assert session.exec(select(Popularity)).all() == []
        assert session.exec(select(AudioFeatures)).all() == []
        described = session.exec(select(Track)).all()
        assert session.exec(select(Artist)).all() == []
    assert {(track.title, track.described_by) for track in described} == {(None, None)}
    assert {(track.cover_url, track.isrc) for track in described} == {(None, None)}


def test_what_a_file_calls_tracks_is_for_its_owner_alone(elsewhere: Context, mia: Person) -> None:
    noa = add_person(elsewhere, "noa")
    uri = f"spotify:track:{TRACKS[0]}"
    upload(elsewhere, mia, mia, file(TRACKS[0], lists=[LIST | {"trending": True}]))
    entries.add_uris(elsewhere, noa, [uri])
    (mine,), (other,) = entries.listed(elsewhere, mia), entries.listed(elsewhere, noa)
    assert (mine.title, mine.artists, mine.named_by) == ("Title 1", ("A",), Source.FILE)
    assert (other.title, other.artists, other.named_by) == (None, (), None)
    describe(elsewhere, TRACKS[:1])
    (mine,) = entries.listed(elsewhere, mia)
    assert (mine.title, mine.named_by) == ("=HYPERLINK(1) 1", None)


def test_what_ones_own_file_calls_a_track_stays(elsewhere: Context, mia: Person) -> None:
    own = {"track": TRACKS[0], "observed_at": AT, "title": "Own", "artists": [], "album": None}
    own |= {"release_date": "1999", "duration_ms": None, "genres": ["shibuya-kei"]}
    upload(elsewhere, mia, mia, file(TRACKS[0], lists=[LIST], descriptions=[own]))
    counts = upload(elsewhere, mia, mia, file(TRACKS[0], descriptions=[own | {"title": "New"}]))
    assert taken(counts)["descriptions of your own"] == (0, 1, 0)
    (said,) = records(download(elsewhere, mia, mia))["descriptions"]
    assert (said["title"], said["genres"], said["release_date"]) == ("Own", ["shibuya-kei"], "1999")


def test_what_this_server_says_of_a_track_stays(elsewhere: Context, mia: Person) -> None:
    describe(elsewhere, TRACKS[:1])
    with elsewhere.session() as session:
        before = session.exec(select(Track)).one().model_dump()
    upload(elsewhere, mia, mia, file(TRACKS[0], lists=[LIST]))
    with elsewhere.session() as session:
        assert session.exec(select(Track)).one().model_dump() == before


def test_what_is_there_stays_as_it_is(elsewhere: Context, mia: Person) -> None:
    uri = f"spotify:track:{TRACKS[0]}"
    mine = lists.create(elsewhere, mia, "l")
    entries.add_uris(elsewhere, mia, [uri], mine)
    arranging.note(elsewhere, mia, uri, "mine", ["own"], mine)
    by_hand.set_values(elsewhere, mia, uri, {"energy": 0.9})
    listening.set_username(elsewhere, mia, "mia-fm")
    before = same(download(elsewhere, mia, mia))
    lastfm = [{"username": "ada-fm", "unknown_at": None}]
    content = file(TRACKS[0], lists=[LIST], values=[VALUE], lastfm=lastfm)
    counts = upload(elsewhere, mia, mia, content)
    assert taken(counts)["tracks on lists"] == (0, 1, 0)
    assert taken(counts)["values of your own"] == (0, 1, 0)
    assert reasons(counts) == {"You have given another name at Last.fm here."}
    assert same(download(elsewhere, mia, mia)) == before


def test_what_is_there_is_counted_beside_what_is_new(elsewhere: Context, mia: Person) -> None:
    entries.add_uris(elsewhere, mia, [f"spotify:track:{TRACKS[0]}"])
    on_it = [ENTRY | {"track": track} for track in TRACKS[:3]]
    values = [VALUE | {"value": 9.0}, VALUE]
    content = file(*TRACKS[:3], lists=[LIST | {"trending": True, "entries": on_it}], values=values)
    counts = taken(upload(elsewhere, mia, mia, content))
    assert counts["tracks on lists"] == (2, 1, 0)
    assert counts["values of your own"] == (1, 0, 1)


def test_new_tracks_go_on_top_of_what_is_there(elsewhere: Context, mia: Person) -> None:
    entries.add_uris(elsewhere, mia, [f"spotify:track:{TRACKS[3]}"])
    on_it = [ENTRY | {"track": track} for track in TRACKS[:2]]
    content = file(*TRACKS[:2], lists=[LIST | {"trending": True, "entries": on_it}])
    upload(elsewhere, mia, mia, content)
    rows = entries.listed(elsewhere, mia)
    assert [row.uri[-1] for row in rows] == ["1", "2", "4"]
    assert rows[0].added_at == datetime.fromisoformat(AT)


def test_tracks_that_nothing_needs_are_not_kept(elsewhere: Context, mia: Person) -> None:
    tomorrow = (elsewhere.now() + timedelta(days=2)).isoformat()
    refused = SNAPSHOT | {"taken_at": tomorrow}
    upload(elsewhere, mia, mia, file(*TRACKS, snapshots=[refused]))
    with elsewhere.session() as session:
        assert session.exec(select(Track)).all() == []


def test_a_file_that_is_refused_changes_nothing(elsewhere: Context, mia: Person) -> None:
    before = rows(elsewhere)
    content = file(TRACKS[0], lists=[LIST], values=[VALUE | {"value": "much"}])
    with pytest.raises(InvalidInput):
        upload(elsewhere, mia, mia, content)
    assert rows(elsewhere) == before


def test_an_upload_that_fails_on_its_way_changes_nothing(
    adas_data: bytes, elsewhere: Context, mia: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("", {}, Exception())

    before = rows(elsewhere)
    monkeypatch.setattr(uploading.placing, "lastfm", fail)
    with pytest.raises(OperationalError):
        upload(elsewhere, mia, mia, adas_data)
    assert rows(elsewhere) == before


def test_other_peoples_accounts_take_nothing(
    adas_data: bytes, context: Context, ada: Person, bob: Person
) -> None:
    boss = add_person(context, "boss", admin=True)
    for actor in (bob, boss):
        with pytest.raises(NotAllowed):
            upload(context, actor, ada, adas_data)


TIMES = st.integers(0, 10**14).map(
    lambda microseconds: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
)
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=40)
NAMES = TEXTS.map(lambda text: " ".join(text.split())).filter(bool)
ENTRIES = st.lists(
    st.tuples(st.sampled_from(TRACKS), TIMES, st.none() | TEXTS, st.lists(NAMES, max_size=3)),
    unique_by=lambda entry: entry[0],
    max_size=8,
)
HOLDINGS = st.fixed_dictionaries(
    {
        "trending": ENTRIES,
        "lists": st.dictionaries(NAMES, ENTRIES, max_size=3),
        "snapshots": st.dictionaries(
            st.tuples(st.sampled_from(list(Period)), TIMES),
            st.lists(st.sampled_from(TRACKS), unique=True, max_size=8),
            max_size=4,
        ),
        "values": st.dictionaries(st.sampled_from(TRACKS), st.floats(0, 1), max_size=4),
    }
)


@pytest.mark.slow  # each example is two servers
@hypothesis_settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=HOLDINGS)
def test_whatever_somebody_has_comes_out_as_it_went_in(
    held: dict[str, Any], migrated_sqlite: Path
) -> None:
    with (
        another_server(migrated_sqlite, Clock()) as here,
        another_server(migrated_sqlite, Clock()) as there,
    ):
        ada, mia = add_person(here, "ada"), add_person(there, "mia")
        _give(here, ada, held)
        data = download(here, ada, ada)
        assert reasons(upload(there, mia, mia, data)) == set()
        again = download(there, mia, mia)
        assert same(again) == same(data)
        assert len(records(data)["lists"]) == 1 + len(_lists(held))


def _lists(held: dict[str, Any]) -> dict[str, Any]:
    """Lists whose names are different ones however they are capitalised."""
    folded = {name.casefold(): name for name in held["lists"]}
    folded.pop("trending", None)
    return {name: held["lists"][name] for name in folded.values()}


def _give(context: Context, person: Person, held: dict[str, Any]) -> None:
    describe(context)
    by_name: dict[int | None, Any] = {
        lists.create(context, person, name): on_it for name, on_it in _lists(held).items()
    }
    from ttt.store.lists import entries as entry_store
    from ttt.store.lists import track_lists

    with context.session() as session:
        ids = tracks.ids_of(session, TRACKS)
        by_name[track_lists.trending_id(session, person.id)] = held["trending"]
        for list_id, on_it in by_name.items():
            placed = [
                entry_store.Placed(ids[track], at, person.id, note, tuple(tags))
                for track, at, note, tags in on_it
            ]
            entry_store.place(session, list_id or 0, placed)
        for (period, at), ranked in held["snapshots"].items():
            snapshots.add(session, person.id, period, at, [ids[track] for track in ranked])
        session.commit()
    for track, value in held["values"].items():
        by_hand.set_values(context, person, f"spotify:track:{track}", {"energy": value})

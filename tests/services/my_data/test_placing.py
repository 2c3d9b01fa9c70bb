"""What an upload brings is put where it belongs; what cannot be right is refused alone."""

from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import select

from tests.services.conftest import connect
from tests.services.my_data.conftest import TRACKS
from tests.services.my_data.test_reading import AT, ENTRY, LIST, SNAPSHOT, VALUE
from tests.services.my_data.test_uploading import elsewhere, file, mia, reasons, taken
from ttt.models import ListEntry, SpotifyAccount
from ttt.services.context import Context
from ttt.services.discover import listening
from ttt.services.lists import lists
from ttt.services.my_data.uploading import upload
from ttt.services.person import Person

__all__ = ["elsewhere", "mia"]

REFUSED = {
    "tracks.json does not hold": {"lists": [LIST]},
    "dated in the future": {"lists": [LIST | {"created_at": "2026-11-24T12:00:01+00:00"}]},
    "out of its range": {"values": [VALUE | {"value": 1.5}]},
    "no such value": {"values": [VALUE | {"field": "__class__"}]},
    "holds a track twice": {"snapshots": [SNAPSHOT | {"tracks": TRACKS[1:2] * 2}]},
    "2 to 15 letters": {"lastfm": [{"username": "<script>", "unknown_at": None}]},
    "It has no name": {"lists": [LIST | {"name": "  \t"}]},
}


@pytest.mark.parametrize(("reason", "contents"), REFUSED.items(), ids=REFUSED)
def test_a_record_that_cannot_be_right_is_refused_alone(
    elsewhere: Context, mia: Person, reason: str, contents: dict[str, Any]
) -> None:
    described = () if "tracks.json" in reason else TRACKS[:2]
    good = LIST | {"name": "Good", "entries": []}
    contents = contents | {"lists": [*contents.get("lists", []), good]}
    counts = upload(elsewhere, mia, mia, file(*described, **contents))
    (said,) = reasons(counts)
    assert reason in said
    assert "Good" in {info.name for info in lists.seen_by(elsewhere, mia)}


OWN = {"track": TRACKS[0], "observed_at": AT, "title": "Own", "artists": [], "album": None}
OWN |= {"release_date": None, "duration_ms": None, "genres": []}
LATER = "2026-11-23T12:00:01+00:00"
MIXED = {
    "tracks on lists": {
        "lists": [LIST | {"trending": True, "entries": [ENTRY | {"added_at": LATER}, ENTRY]}]
    },
    "top tracks": {"snapshots": [SNAPSHOT | {"taken_at": LATER}, SNAPSHOT]},
    "values of your own": {"values": [VALUE | {"observed_at": LATER}, VALUE]},
    "descriptions of your own": {"descriptions": [OWN | {"observed_at": LATER}, OWN]},
}


@pytest.mark.parametrize("kind", MIXED)
def test_what_stands_behind_a_refused_record_is_taken(
    elsewhere: Context, mia: Person, kind: str
) -> None:
    counts = upload(elsewhere, mia, mia, file(*TRACKS[:2], **MIXED[kind]))
    assert taken(counts)[kind] == (1, 0, 1)
    assert reasons(counts) == {"It is dated in the future."}
    assert [refusal.row for count in counts for refusal in count.refused] == [1]


def test_a_day_by_which_clocks_differ_is_no_future(elsewhere: Context, mia: Person) -> None:
    tomorrow = VALUE | {"observed_at": "2026-11-23T12:00:00+00:00"}
    counts = upload(elsewhere, mia, mia, file(TRACKS[0], values=[tomorrow]))
    assert taken(counts)["values of your own"] == (1, 0, 0)


POSSIBLE = {
    "hand": {"tempo": ([20.0, 300.0], [19.9, 300.1]), "loudness": ([], [-5.0])},
    "file": {"loudness": ([-5.0], [-1000.0]), "popularity": ([0.0, 100.0], [101.0])},
}


@pytest.mark.parametrize("source", POSSIBLE)
def test_values_are_taken_within_their_range(elsewhere: Context, mia: Person, source: str) -> None:
    for field, (within, beyond) in POSSIBLE[source].items():
        for number in (*within, *beyond):
            told = VALUE | {"source": source, "field": field, "value": number}
            counts = upload(elsewhere, mia, mia, file(TRACKS[0], values=[told]))
            assert bool(reasons(counts)) is (number in beyond)


@pytest.mark.parametrize("field", ["popularity", "loudness", "time_signature", "tempo"])
@pytest.mark.parametrize("value", [-1000.0, 1e308, -1e308])
def test_a_huge_value_is_refused(elsewhere: Context, mia: Person, field: str, value: float) -> None:
    huge = VALUE | {"field": field, "value": value, "source": "file"}
    counts = upload(elsewhere, mia, mia, file(TRACKS[0], values=[huge]))
    assert taken(counts)["values of your own"] == (0, 0, 1)


def test_nobody_has_more_lists_than_they_may(elsewhere: Context, mia: Person) -> None:
    many = [LIST | {"name": f"list {n}", "entries": []} for n in range(lists.MOST)]
    counts = upload(elsewhere, mia, mia, file(lists=many))
    assert taken(counts)["lists"] == (lists.MOST - 1, 0, 1)


def test_top_tracks_of_another_listener_are_refused(elsewhere: Context, mia: Person) -> None:
    connect(elsewhere, mia)
    account = {"account_id": None, "display_name": "X", "authorized_at": AT, "scopes": []}
    hers, anothers = ([account | {"spotify_id": name}] for name in ("mia", "ada"))
    for listener, added in ((anothers, 0), ([], 0), (hers, 1)):
        content = file(*TRACKS[:2], snapshots=[SNAPSHOT], spotify=listener)
        counts = taken(upload(elsewhere, mia, mia, content))
        assert counts["top tracks"] == (added, 0, 1 - added)


@pytest.mark.parametrize(
    ("file_says", "here", "added"),
    [("same", "same", 1), ("other", "same", 0), (None, "same", 0), (None, None, 0)],
)
def test_a_listener_whose_name_is_another_is_known_by_the_account(
    elsewhere: Context, mia: Person, file_says: str | None, here: str | None, added: int
) -> None:
    connect(elsewhere, mia)
    with elsewhere.session() as session:
        session.get_one(SpotifyAccount, mia.id).account_id = here
        session.commit()
    listener = {"account_id": file_says, "spotify_id": "renamed", "display_name": "X"}
    listener |= {"authorized_at": AT, "scopes": []}
    content = file(*TRACKS[:2], snapshots=[SNAPSHOT], spotify=[listener])
    counts = taken(upload(elsewhere, mia, mia, content))
    assert counts["top tracks"] == (added, 0, 1 - added)


def test_what_a_file_holds_twice_is_taken_once(elsewhere: Context, mia: Person) -> None:
    content = file(
        *TRACKS[:2],
        lists=[LIST | {"entries": [ENTRY, ENTRY, ENTRY | {"track": TRACKS[1]}]}],
        snapshots=[SNAPSHOT, SNAPSHOT],
        values=[VALUE, VALUE],
        descriptions=[OWN, OWN],
    )
    counts = taken(upload(elsewhere, mia, mia, content))
    assert counts["tracks on lists"] == (2, 1, 0)
    for kind in ("top tracks", "values of your own", "descriptions of your own"):
        assert counts[kind] == (1, 1, 0)


@pytest.mark.parametrize(("name", "count"), [("ada-fm", (0, 0, 1)), ("MIA-fm", (0, 1, 0))])
def test_a_name_at_lastfm_is_the_same_however_it_is_capitalised(
    elsewhere: Context, mia: Person, name: str, count: tuple[int, int, int]
) -> None:
    listening.set_username(elsewhere, mia, "mia-fm")
    content = file(lastfm=[{"username": name, "unknown_at": None}])
    assert taken(upload(elsewhere, mia, mia, content))["name at Last.fm"] == count


def test_a_list_is_known_by_its_name_however_it_is_capitalised(
    elsewhere: Context, mia: Person
) -> None:
    lists.create(elsewhere, mia, "Night drive")
    found = [LIST | {"name": name, "entries": []} for name in (" night  DRIVE", "Day", "day")]
    counts = taken(upload(elsewhere, mia, mia, file(lists=found)))
    assert counts["lists"] == (1, 2, 0)


def test_who_put_a_track_on_a_list_is_known_of_oneself_alone(
    elsewhere: Context, mia: Person
) -> None:
    on_it = [ENTRY, ENTRY | {"track": TRACKS[1], "added_by_me": False}]
    upload(elsewhere, mia, mia, file(*TRACKS[:2], lists=[LIST | {"entries": on_it}]))
    with elsewhere.session() as session:
        kept = session.exec(select(ListEntry).order_by(ListEntry.track_id)).all()
    assert {entry.added_by for entry in kept} == {mia.id, None}


def test_no_statement_is_made_for_each_time_at_which_a_file_was_brought(
    elsewhere: Context, mia: Person
) -> None:
    asked: list[str] = []
    event.listen(elsewhere.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    counts = []
    for number in (2, 40):
        ids = [f"{number:02}{i:020}" for i in range(number)]
        own = [OWN | {"track": i, "observed_at": f"{AT[:17]}{n:02}Z"} for n, i in enumerate(ids)]
        asked.clear()
        upload(elsewhere, mia, mia, file(*ids, descriptions=own))
        counts.append(len(asked))
    assert counts[0] == counts[1] > 0

"""Whatever files a history is split over, brought, undone and brought again: the same counts."""

import io
import json
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.plays.conftest import T, add_user, kept, shown
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.bringing import importing, uploads
from ttt.services.plays.bringing.receipt import Receipt
from ttt.services.plays.bringing.uploads import State

EXTENDED, ACCOUNT, LASTFM = range(3)
Play = tuple[int, str, int, int]
"""Which kind of file tells it, its song, when it ended (seconds since T), how long it was (ms)."""
_numbers = count()
_HEADER = "uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid\n"


def day(seconds: int, form: str) -> str:
    return datetime.fromtimestamp(T + seconds, UTC).strftime(form)


def extended(plays: Sequence[Play]) -> str:
    return json.dumps(
        [
            {
                "ts": day(end, "%Y-%m-%dT%H:%M:%SZ"),
                "ms_played": ms,
                "master_metadata_track_name": f"Song {song}",
                "master_metadata_album_artist_name": "Band",
                "spotify_track_uri": f"spotify:track:{song * 22}",
            }
            for _, song, end, ms in plays
        ]
    )


def account(plays: Sequence[Play]) -> str:
    return json.dumps(
        [
            {
                "endTime": day(end, "%Y-%m-%d %H:%M"),
                "artistName": "Band",
                "trackName": f"Song {song}",
                "msPlayed": ms,
            }
            for _, song, end, ms in plays
        ]
    )


def lastfm(plays: Sequence[Play]) -> str:
    rows = (f"{T + end - ms // 1000},x,Band,,,,Song {song},\n" for _, song, end, ms in plays)
    return _HEADER + "".join(rows)


WRITTEN = {EXTENDED: extended, ACCOUNT: account, LASTFM: lastfm}


def zipped(plays: Sequence[Play]) -> bytes:
    """A zip of a file of each kind; never the same bytes twice."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("nothing.txt", str(next(_numbers)))
        for kind, written in WRITTEN.items():
            if of_kind := [play for play in plays if play[0] == kind]:
                archive.writestr(f"history {kind}", written(of_kind))
    return content.getvalue()


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Play], list[list[Play]]]:
    """Plays, and files that hold all of them between them, with repeats, in any order."""
    play = st.tuples(
        st.sampled_from(sorted(WRITTEN)),
        st.sampled_from("abc"),
        st.integers(0, 1500),
        st.sampled_from([0, 12_000, 61_000, 200_000]),
    )
    plays = draw(st.lists(play, min_size=1, max_size=10))
    several = draw(st.integers(1, 3))
    where = [draw(st.sets(st.integers(0, several - 1), min_size=1)) for _ in plays]
    files = [[p for p, at in zip(plays, where, strict=True) if n in at] for n in range(several)]
    repeated = draw(st.lists(st.sampled_from(files), max_size=1))
    ordered = draw(st.permutations([*files, *repeated]))
    return plays, [list(draw(st.permutations(rows))) for rows in ordered if rows]


def brought(context: Context, person: Person, plays: Sequence[Play]) -> int:
    """Bring a file of these plays and import it; the id of the upload."""
    data = zipped(plays)
    upload = uploads.begin(context, person, "history.zip", len(data))
    uploads.put(context, person, upload.id, 0, data)
    importing.run(context, upload.id)
    assert uploads.find(context, person, upload.id).state is State.DONE
    found = Receipt.of(uploads.find(context, person, upload.id).counts)
    outcomes = (found.added, found.already_there, found.too_short, found.double, found.impossible)
    assert found.rows == sum(outcomes) == len(plays)
    return upload.id


def new_person(context: Context) -> Person:
    name = f"person{next(_numbers)}"
    add_user(context, name)
    return accounts.find(context, name)


def clean(context: Context, plays: Sequence[Play]) -> tuple[object, object]:
    """What is told and what shows after one clean import."""
    person = new_person(context)
    brought(context, person, plays)
    return kept(context, person.id), shown(context, person.id)


@pytest.mark.slow  # each example imports some ten files
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(histories(), st.data())
def test_files_of_a_history_come_to_the_same_as_all_in_one(
    anywhere: Context, made: tuple[list[Play], list[list[Play]]], data: st.DataObject
) -> None:
    plays, files = made
    whole = clean(anywhere, plays)
    person = new_person(anywhere)
    ids = [brought(anywhere, person, rows) for rows in files]
    assert (kept(anywhere, person.id), shown(anywhere, person.id)) == whole

    undone = data.draw(st.sets(st.sampled_from(range(len(files)))))
    for number in undone:
        importing.undo(anywhere, person, ids[number])
    left = [play for n, rows in enumerate(files) if n not in undone for play in rows]
    expected = clean(anywhere, left) if left else ([], [])
    assert (kept(anywhere, person.id), shown(anywhere, person.id)) == expected

    for number in data.draw(st.permutations(sorted(undone))):
        brought(anywhere, person, files[number])
    assert (kept(anywhere, person.id), shown(anywhere, person.id)) == whole

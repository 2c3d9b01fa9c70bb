"""Exports: what others can read of them, and that they come back as they went."""

import csv
import io
import json
import tracemalloc
from collections.abc import Iterator

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from tests.providers.history_files.given import END, TRACK, file, told
from ttt.plays import Device, How, PlaySource, Sense, ToldPlay, WhyRefused
from ttt.providers.history_files import HistoryFile, writing
from ttt.providers.history_files.fields import name
from ttt.providers.history_files.formats.our_tables import schema
from ttt.providers.history_files.writing import ExportFormat, pieces, write

FULL = ToldPlay(
    told_at=END,
    title="=Paper; Lanterns",
    artists=("A; B", "C\\", "'=D"),
    started_at=END - 200,
    ms=200_000,
    album='Nothing "Real", 1',
    spotify_id=TRACK,
    isrc="XXAAA2400001",
    mbid="0c2d1ab4-5e3f-4a6b-8c9d-0e1f2a3b4c5d",
    duration_ms=215_000,
    how=How.SKIPPED | How.PRIVATE | How.ENDED_BY_LISTENER,
    device=Device.SPEAKER,
    country="DE",
    sense=Sense.EITHER,
    source=PlaySource.LISTENBRAINZ,
)
BARE = ToldPlay(told_at=END, title="T", artists=("A",), source=PlaySource.LASTFM)
ID_ALONE = ToldPlay(
    told_at=END, title="", artists=(), spotify_id=TRACK, source=PlaySource.SPOTIFY_HISTORY, ms=0
)


def exported(form: ExportFormat, *plays: ToldPlay) -> bytes:
    stream = io.BytesIO()
    assert write(plays, form, stream) == len(stream.getvalue())
    return stream.getvalue()


def back(form: ExportFormat, *plays: ToldPlay) -> list[ToldPlay]:
    found = told(HistoryFile("x", io.BytesIO(exported(form, *plays))))
    assert found.rows == len(found.plays)
    return [msgspec.structs.replace(play, row=0) for play in found.plays]


@pytest.mark.parametrize("form", ExportFormat)
def test_an_export_comes_back_as_it_went(form: ExportFormat) -> None:
    plays = [FULL, BARE, *([] if form is ExportFormat.LISTENBRAINZ else [ID_ALONE])]
    assert back(form, *plays) == plays


NAMES = st.text(max_size=20).map(name).filter(bool)
PLAYS = st.builds(
    ToldPlay,
    told_at=st.integers(END - 10**8, END),
    title=NAMES,
    artists=st.lists(NAMES, min_size=1, max_size=3).map(tuple),
    started_at=st.none() | st.integers(END - 10**8, END),
    ms=st.none() | st.integers(0, 10**7),
    album=st.none() | NAMES,
    spotify_id=st.none() | st.just(TRACK),
    duration_ms=st.none() | st.integers(1, 10**7),
    how=st.integers(0, 255),
    device=st.sampled_from(Device).map(int),
    country=st.none() | st.just("DE"),
    sense=st.integers(0, 6),
    source=st.sampled_from(PlaySource).map(int),
)


@pytest.mark.parametrize("form", ExportFormat)
@given(plays=st.lists(PLAYS, min_size=1, max_size=4))
@trying(max_examples=25)
def test_any_plays_come_back_as_they_went(form: ExportFormat, plays: list[ToldPlay]) -> None:
    assert back(form, *plays) == plays


def test_lines_are_what_readers_of_spotifys_history_know() -> None:
    first, second = exported(ExportFormat.EXTENDED, FULL, BARE).splitlines()
    row = json.loads(first)
    assert (row["ts"], row["ms_played"]) == ("2024-03-30T22:00:00Z", 200_000)
    assert row["spotify_track_uri"] == f"spotify:track:{TRACK}"
    assert (row["skipped"], row["incognito_mode"], row["shuffle"]) == (True, True, None)
    assert json.loads(second)["ms_played"] is None


def test_a_start_becomes_an_end_where_the_format_wants_ends() -> None:
    start = msgspec.structs.replace(BARE, ms=60_000)
    row = json.loads(exported(ExportFormat.EXTENDED, start))
    assert row["ts"] == "2024-03-30T22:01:00Z"


def test_listens_tell_starts_and_names_as_listenbrainz_has_them() -> None:
    row = json.loads(exported(ExportFormat.LISTENBRAINZ, FULL, ID_ALONE))
    assert row["listened_at"] == END - 200
    assert row["track_metadata"]["additional_info"]["duration_ms"] == 215_000


def test_a_table_runs_nothing_in_a_spreadsheet() -> None:
    text = exported(ExportFormat.CSV, FULL).decode()
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_parquet_has_columns_that_other_tools_read() -> None:
    table = pq.read_table(io.BytesIO(exported(ExportFormat.PARQUET, FULL, BARE)))
    assert table.column("title").to_pylist() == [FULL.title, "T"]
    assert table.column("ms").to_pylist() == [200_000, None]


@pytest.mark.parametrize(
    "repeated",
    [{"title": "x" * 100_000}, {"artists": ["x" * 50_000] * 2}, {"artists": ["A"] * 101}],
    ids=["a title", "two artists", "artists"],
)
def test_a_parquet_file_that_repeats_more_than_a_history_does_is_not_written_out(
    repeated: dict[str, object],
) -> None:
    rows = [{"title": "T", "artists": ["A"], "time": "2024-03-05T12:00:00Z"} | repeated] * 1_000
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema()), stream, compression="zstd")
    assert stream.tell() < 50_000
    tracemalloc.start()
    try:
        found = told(HistoryFile("plays.parquet", stream))
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()
    assert [row.reason for row in found.refused] == [WhyRefused.UNREADABLE]


def test_a_parquet_file_of_other_columns_is_one_refused_row() -> None:
    assert told(file(b"PAR1" + b"x" * 99)).refused[0].row == 1


@pytest.mark.parametrize("form", ExportFormat)
def test_plays_are_written_as_they_come(
    form: ExportFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, size = [0], 0

    def many() -> Iterator[ToldPlay]:
        for second in range(3_000):
            taken[0] += 1
            yield msgspec.structs.replace(FULL, told_at=END - second)

    monkeypatch.setattr(writing, "_AT_ONCE", 100)
    list(pieces([FULL], form))  # what is kept from the first time on
    tracemalloc.start()
    for number, piece in enumerate(pieces(many(), form), start=1):
        size += len(piece)
        assert taken[0] <= 100 * number
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (taken[0], size > 20_000) == (3_000, True)
    assert peak < 600_000

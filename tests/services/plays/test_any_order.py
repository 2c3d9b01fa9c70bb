"""However a history comes in, split, repeated, undone and brought again, the same plays count."""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import delete

from tests.services.plays.conftest import T, add_user, forget, kept, shown, take
from ttt.models import Play, PlayAgain, PlayPage
from ttt.plays import PlaySource, ToldPlay
from ttt.services.context import Context

SOURCES = (PlaySource.SPOTIFY_HISTORY, PlaySource.LASTFM, PlaySource.SPOTIFY_ACCOUNT_DATA)
Told = tuple[PlaySource, ToldPlay]
_numbers = count()


@st.composite
def told(draw: st.DrawFn) -> Told:
    """A play of one of three songs within some minutes, told by one of three sources."""
    source = draw(st.sampled_from(SOURCES))
    song = draw(st.sampled_from("abc"))
    minute = draw(st.integers(0, 12))
    names: dict[str, Any] = {"title": f"Song {song}", "artists": (f"Band {song}",)}
    ms = draw(st.sampled_from([0, 12_000, 60_000, 200_000]))
    if source is PlaySource.LASTFM:
        at = T - T % 60 + 60 * minute + draw(st.integers(0, 20))
        return source, ToldPlay(at, **names)
    if source is PlaySource.SPOTIFY_ACCOUNT_DATA:
        return source, ToldPlay(T - T % 60 + 60 * minute, ms=ms, **names)
    at = T - T % 60 + 60 * minute + draw(st.integers(0, 59))
    return source, ToldPlay(at, ms=ms, spotify_id=song * 22, **names)


@st.composite
def split(draw: st.DrawFn) -> tuple[list[Told], list[tuple[int, list[Told]]]]:
    """A history, and files that hold all of it between them, with repeats, in any order."""
    history = draw(st.lists(told(), min_size=1, max_size=12))
    several = draw(st.integers(1, 4))
    where = [draw(st.sets(st.integers(0, several - 1), min_size=1)) for _ in history]
    files = [
        (number, [row for row, places in zip(history, where, strict=True) if number in places])
        for number in range(several)
    ]
    return history, [(n, draw(st.permutations(rows))) for n, rows in draw(st.permutations(files))]


def bring(context: Context, user_id: int, upload: int, rows: Sequence[Told]) -> None:
    """Take in a file: an upload a source, as a file has one."""
    for number, source in enumerate(SOURCES):
        plays = [play for told_by, play in rows if told_by is source]
        take(context, user_id, plays, source, 10 * (upload + 1) + number)


def uploads_of(files: Sequence[tuple[int, list[Told]]]) -> Iterator[int]:
    for upload, _ in files:
        yield from (10 * (upload + 1) + number for number in range(len(SOURCES)))


def forget_all(context: Context) -> None:
    with context.session() as session:
        for model in (Play, PlayAgain, PlayPage):
            session.exec(delete(model))
        session.commit()


@pytest.mark.slow  # each example judges all anew several times
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(split(), st.data())
def test_the_same_plays_count_in_the_end(
    anywhere: Context, made: tuple[list[Told], list[tuple[int, list[Told]]]], data: st.DataObject
) -> None:
    history, files = made
    context = anywhere
    forget_all(context)
    clean, pieced = (add_user(context, f"{name}{next(_numbers)}") for name in "ab")
    bring(context, clean, 0, history)
    for upload, rows in files:
        bring(context, pieced, upload, rows)
    assert kept(context, pieced) == kept(context, clean)
    assert shown(context, pieced) == shown(context, clean)

    undone = data.draw(st.sets(st.sampled_from([number for number, _ in files])))
    for upload in uploads_of([file for file in files if file[0] in undone]):
        forget(context, pieced, upload)
    left = [row for number, rows in files if number not in undone for row in rows]
    forget_of(context, clean)
    bring(context, clean, 0, left)
    assert kept(context, pieced) == kept(context, clean)

    for upload, rows in files:
        if upload in undone:
            bring(context, pieced, upload, rows)
    forget_of(context, clean)
    bring(context, clean, 0, history)
    assert kept(context, pieced) == kept(context, clean)
    assert shown(context, pieced) == shown(context, clean)


def forget_of(context: Context, user_id: int) -> None:
    for number in range(len(SOURCES)):
        forget(context, user_id, 10 + number)

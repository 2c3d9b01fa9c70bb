"""What the tests of plays share."""

from collections.abc import Sequence

import pyarrow as pa
from sqlmodel import select

from ttt.models import Play, PlayPage, Track, User
from ttt.plays import Counts, PlaySource, ToldPlay
from ttt.services.context import Context
from ttt.services.plays import taking, undoing
from ttt.services.plays.deriving import deriving
from ttt.services.plays.judging import stretches
from ttt.store.accounts import users
from ttt.store.plays import judged
from ttt.store.plays.derived import pages as stored_pages

T = 1_700_000_000
Told = tuple[str, int, str, int | None, Counts]
"""Source, seconds since T, track, ms and the verdict of a play."""


def play(told: int, track: str = "a", ms: int | None = 200_000, **more: object) -> ToldPlay:
    """A play of a Spotify track, told by its end."""
    spotify_id = track * 22
    return ToldPlay(
        T + told, f"Song {track}", (f"Band {track}",), ms=ms, spotify_id=spotify_id, **more
    )  # type: ignore[arg-type]


def scrobble(told: int, track: str = "a", **more: object) -> ToldPlay:
    """A play told by its names and its start."""
    return ToldPlay(T + told, f"Song {track}", (f"Band {track}",), **more)  # type: ignore[arg-type]


def add_user(context: Context, username: str = "ada") -> int:
    """An account, made fast."""
    with context.session() as session:
        user = User(username=username, name="Ada", password_hash="x", created_at=context.now())
        users.add(session, user)
        session.commit()
        assert user.id is not None
        return user.id


def take(
    context: Context,
    user_id: int,
    plays: Sequence[ToldPlay],
    source: PlaySource = PlaySource.SPOTIFY_HISTORY,
    upload_id: int = 1,
) -> taking.Taken:
    """Take plays in and derive what counts."""
    with context.session() as session:
        taken = taking.Taker(context, user_id, source, upload_id).take(session, plays)
        session.commit()
    if plays:
        times = [play.told_at for play in plays]
        deriving.derive(context, user_id, stretches.around(min(times), max(times)))
    return taken


def forget(context: Context, user_id: int, upload_id: int) -> None:
    """Take back what an upload told, as undoing it does."""
    with context.session() as session:
        undoing.take_back(session, user_id, upload_id)
        session.commit()
    undoing.settle(context, user_id)


def decided(context: Context, user_id: int) -> dict[int, int]:
    """As which track each counts by the person's own word."""
    with context.session() as session:
        return judged.decided(session, user_id)


def kept(context: Context, user_id: int) -> list[Told]:
    """Every told play with its verdict, whatever upload it is kept for."""
    with context.session() as session:
        query = select(Play, Track).join(Track).where(Play.user_id == user_id)
        return sorted(
            (
                row.source.name,
                int(row.told_at.timestamp()) - T,
                track.spotify_id or track.identity or "",
                row.ms,
                row.counts,
            )
            for row, track in session.exec(query)
        )


def rows_of(page: PlayPage) -> pa.Table:
    """What stands on a page."""
    return pa.ipc.open_stream(page.data).read_all()


def shown(context: Context, user_id: int) -> list[tuple[int, int | None, bool]]:
    """Start since T, ms and whether it is a play, of every row in the pages."""
    rows: list[tuple[int, int | None, bool]] = []
    with context.session() as session:
        for page in stored_pages.read(session, user_id):
            table = rows_of(page).to_pydict()
            assert page.plays == sum(table["play"])
            assert table["started"] == sorted(table["started"])
            rows += zip((s - T for s in table["started"]), table["ms"], table["play"], strict=True)
    return rows

"""What is behind the ranks of a top list: in rows the same as in the table."""

import pytest

from tests.services.conftest import Clock
from tests.services.plays.conftest import take
from tests.ui.conftest import ListeningSpotify, play
from ttt.music import Period
from ttt.plays import ToldPlay
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.top import top_tracks
from ttt.ui.frame.listing.ranked.shape import Line
from ttt.ui.plays.start import behind
from ttt.ui.tracks.extra import Extra

FOUND: list[Extra] = []


def columns(context: Context, person: Person) -> Extra:
    top = top_tracks.read(context, person)[Period.SHORT_TERM]

    def script() -> None:
        FOUND.append(behind.columns(person, top))

    FOUND.clear()
    assert not play(script).exception
    return FOUND[-1]


@pytest.mark.usefixtures("visitor")
def test_each_row_says_plays_over_minutes_and_its_line_in_words(
    context: Context, ada: Person, adas_spotify: ListeningSpotify, clock: Clock
) -> None:
    top_tracks.refresh(context, ada)
    clock.forward(days=1)
    adas_spotify.tracks = dict(reversed(adas_spotify.tracks.items()))
    top_tracks.refresh(context, ada)
    first, *_, last = top_tracks.read(context, ada)[Period.SHORT_TERM].rows
    at = int(context.now().timestamp())
    known = {"ms": 150_000, "spotify_id": last.uri.rpartition(":")[2]}
    take(context, ada.id, [ToldPlay(at - n * 900, "Song", ("A",), **known) for n in range(1, 4)])  # type: ignore[arg-type]
    extra = columns(context, ada)
    plays, line = extra.told

    assert (plays.column.name, line.column.name) == ("Plays", "2 days")
    assert (plays.tell(last), plays.tell(first)) == (("3", "8 min"), None)
    assert line.tell(first) == Line((None, 1), "first time on the list")
    assert line.tell(last) == Line((11, 50), "from 11 to 50, best 11")
    named = ["Plays", "Minutes", "Places, 2 days", "Page"]
    assert list(extra.cells) == list(extra.columns) == named
    page = f"/track?id={last.uri.rpartition(':')[2]}"
    assert [cell(last) for cell in extra.cells.values()] == [3, 8, ["11", "50"], page]
    assert extra.cells["Plays"](first) is extra.cells["Page"](first) is None


@pytest.mark.usefixtures("visitor")
def test_minutes_that_are_partly_guessed_say_so(
    context: Context, ada: Person, adas_spotify: ListeningSpotify
) -> None:
    top_tracks.refresh(context, ada)
    first = top_tracks.read(context, ada)[Period.SHORT_TERM].rows[0]
    at = int(context.now().timestamp()) - 900
    spotify_id = first.uri.rpartition(":")[2]
    take(context, ada.id, [ToldPlay(at, "Song", ("A",), spotify_id=spotify_id)])
    extra = columns(context, ada)
    cell = extra.told[0].tell(first)

    assert isinstance(cell, tuple)
    assert str(cell[1]).startswith("~")
    assert "minutes are about right" in extra.note


@pytest.mark.usefixtures("visitor")
def test_with_one_list_and_no_plays_there_is_nothing_more(
    context: Context, ada: Person, adas_spotify: ListeningSpotify
) -> None:
    top_tracks.refresh(context, ada)
    assert columns(context, ada) == Extra()

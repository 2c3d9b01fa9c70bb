from datetime import UTC, datetime, timedelta

import pytest

from ttt.found import Source
from ttt.services.tracks.rows import TrackRow, Value
from ttt.ui.tracks import of_tracks
from ttt.ui.tracks.leading import Heard

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def track(**values: float) -> TrackRow:
    known = {name: Value(number, Source.RECCOBEATS, NOW) for name, number in values.items()}
    return TrackRow("spotify:track:1", "Dust", ("Ada", "Zoe"), values=known)


def test_each_measure_is_a_number_over_its_bar() -> None:
    told = of_tracks.measures()
    (row,) = of_tracks.rows([track(popularity=80, energy=0.87, tempo=120)], told)
    assert [each.column.name for each in told] == ["Pop.", "Energy", "Valence", "Tempo"]
    assert row.cells == (("80", 80), ("0.87", 87), None, ("120", 50))


def test_key_and_camelot_code_are_one_cell_with_a_short_form() -> None:
    told = [of_tracks.key()]
    (minor,) = of_tracks.rows([track(key=6, mode=0)], told)
    (major,) = of_tracks.rows([track(key=8, mode=1)], told)
    assert minor.cells == (("F♯ minor · 11A", "F♯m · 11A"),)
    assert major.cells == (("A♭ major · 4B", "A♭ · 4B"),)
    assert of_tracks.rows([track(key=6)], told)[0].cells == (None,)


@pytest.mark.parametrize(
    ("ago", "text"),
    [
        (timedelta(minutes=5), "11:55"),
        (timedelta(hours=13), "yesterday"),
        (timedelta(days=10), "12 Nov"),
        (timedelta(days=400), "18 Oct 2025"),
    ],
)
def test_the_later_the_finer_a_day_is_told(ago: timedelta, text: str) -> None:
    assert of_tracks.day(NOW - ago, UTC, NOW) == text


def test_a_track_that_nobody_described_is_its_uri() -> None:
    (row,) = of_tracks.rows([TrackRow("spotify:track:1", None)], [])
    assert row.title == "Not described yet: spotify:track:1"


def test_saved_tracks_are_marked_and_without_them_there_is_no_button() -> None:
    assert [r.done for r in of_tracks.rows([track()], [], saved={"spotify:track:1"})] == [True]
    assert [r.done for r in of_tracks.rows([track()], [], saved=set())] == [False]
    assert [r.done for r in of_tracks.rows([track()], [])] == [None]


def test_lists_of_people_are_counted() -> None:
    ranks = [row.rank for row in of_tracks.rows([track(), track()], [], places=True)]
    assert ranks == [1, 2]


def test_a_title_leads_to_the_tracks_page_where_it_was_heard() -> None:
    heard, other = (TrackRow(uri=f"spotify:track:{n:022}", title="Song") for n in (1, 2))
    first, second = of_tracks.rows([heard, other], [], heard=Heard({heard.uri}))

    assert first.link == f"/track?id={1:022}"
    assert second.link == other.link
    assert "spotify" in second.link


def test_names_of_artists_that_were_heard_lead_to_their_pages() -> None:
    both = TrackRow(uri="spotify:track:1", title="Song", artists=("Ada", "Zoe"))
    other = TrackRow(uri="spotify:track:2", title="Song", artists=("Nobody",))
    first, second = of_tracks.rows([both, other], [], heard=Heard((), {"Ada"}))

    assert first.by == (("Ada", True), ("Zoe", False))
    assert first.subtitle == "Ada, Zoe"
    assert second.by == ()

"""Spotify's list beside what sorting the plays of the same four weeks says."""

from datetime import date, timedelta

import pytest

from tests.services.plays import plainly
from tests.services.plays.histories import History, Told
from tests.services.plays.measures.conftest import TODAY
from ttt.chartdata import By, Of
from ttt.services.plays.frame import Frame, PlayedTrack
from ttt.services.plays.frame.span import between
from ttt.services.plays.measures.charts.beside import Ranked, beside


@pytest.mark.parametrize("day", [date(2017, 6, 30), date(2018, 4, 2), date(2018, 11, 20)])
def test_places_are_those_of_the_four_weeks_up_to_the_day(
    history: History, frame: Frame, day: date
) -> None:
    told = plainly.within(history, between(day - timedelta(days=27), day, TODAY))
    counts = plainly.totals(history, told, Of.TRACKS, By.PLAYS)
    listed = [
        Ranked(n, f"spotify:track:{track.id}", track.title, track.artists)
        for n, track in enumerate(history.tracks[:12], start=1)
    ]
    data = beside(frame, day, listed)

    by_id = {track.id: track for track in history.tracks}
    for row in data.rows:
        track = by_id[int(row.uri.rpartition(":")[2])]
        key = track.id if track.recording is None else ("joined", track.recording)
        assert (row.mine is None) == (key not in counts)
        if row.mine is not None:
            better = sum(value > counts[key] for value in counts.values())
            equal = sum(value == counts[key] for value in counts.values())
            assert better < row.mine <= better + equal
    assert data.agree == sum(row.mine is not None and row.mine <= 12 for row in data.rows)
    assert data.caption.takeaway.startswith(f"{data.agree} of 12 agree")


def test_a_track_under_another_id_is_found_by_its_name() -> None:
    track = PlayedTrack(1, "Song", ("The Band",), "spotify:track:old", duration_ms=60_000)
    frame = History([Told(1_530_000_000, 60_000, 1)], [track], "UTC").frame
    listed = [
        Ranked(1, "spotify:track:new", "Song - Remastered 2011", ("Band", "Guest")),
        Ranked(2, "spotify:track:other", "Song - Live", ("Band",)),
        Ranked(3, "spotify:track:nobody", "Song", ()),
    ]
    assert [row.mine for row in beside(frame, date(2018, 6, 26), listed).rows] == [1, None, None]
    late = beside(frame, date(2018, 8, 26), listed)
    assert ([row.mine for row in late.rows], late.agree) == ([None] * 3, 0)

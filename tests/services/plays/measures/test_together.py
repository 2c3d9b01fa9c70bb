"""What two people have in common is what looking at each play says, whoever asks."""

from collections import defaultdict
from datetime import date

import pytest

from tests.services.plays import plainly
from tests.services.plays.histories import History, Told, made_up
from tests.services.plays.measures.conftest import TODAY
from ttt.chartdata import By, Together
from ttt.plays import How
from ttt.services.plays.frame import Frame, Narrowing, PlayedTrack, Span
from ttt.services.plays.frame.span import everything
from ttt.services.plays.measures.together import MOST, together

ALL = everything(date(2016, 5, 20), TODAY)


@pytest.fixture(scope="module")
def theirs() -> History:
    """Another's plays, of some of the same tracks under ids, titles and recordings of their own."""
    other = made_up(seed=11, zone="America/Sao_Paulo", plays=900)
    known = [replace_track(track) for track in other.tracks if track.id % 3]
    ids = {track.id for track in known}
    return History([t for t in other.told if t.track in ids], known, other.zone, other.gaps)


def replace_track(track: PlayedTrack) -> PlayedTrack:
    """Some tracks under another id, some with another title, all else as it is."""
    if track.id % 5 == 1:
        return track._replace(title=f"{track.title} (Remastered 2011)", recording=None)
    if track.id % 5 == 2:
        return track._replace(artists=(f"Other {track.id}",), recording=None)
    return track


def names(track: PlayedTrack) -> set[object]:
    """What tells two people that they hear the same."""
    title = track.title.casefold().partition(" (remastered")[0]
    return {track.id, (title, track.artists[0].casefold())}


def shares(
    history: History, told: list[Told], key: dict[int, object], by: By
) -> dict[object, float]:
    """Share of the time or plays of each thing, by what `key` says of a track."""
    total = sum(plainly.weight(history, t, by) for t in told)
    found: dict[object, float] = defaultdict(float)
    for t in told:
        if weight := plainly.weight(history, t, by):
            found[key[t.track]] += weight / total
    return found


def songs(one: History, other: History) -> tuple[dict[int, object], dict[int, object]]:
    """Which song each track is, for two people: what shares a name or a recording is one."""
    groups: list[tuple[set[object], set[tuple[int, int]]]] = []
    for side, history in enumerate((one, other)):
        for track in history.tracks:
            own = {*names(track), ("mine", side, track.recording or -track.id)}
            members = {(side, track.id)}
            for group in [g for g in groups if g[0] & own]:
                groups.remove(group)
                own, members = own | group[0], members | group[1]
            groups.append((own, members))
    found: tuple[dict[int, object], dict[int, object]] = ({}, {})
    for n, (_, members) in enumerate(groups):
        for side, track_id in members:
            found[side][track_id] = n
    return found


def artists(history: History) -> dict[int, object]:
    return {track.id: track.artists[0].casefold() for track in history.tracks}


@pytest.mark.parametrize("by", list(By))
def test_shares_of_artists_and_tracks_are_those_of_the_time_or_the_plays(
    history: History, frame: Frame, theirs: History, span: Span, by: By
) -> None:
    data = together(frame, theirs.frame, span, "Bob", by)
    told = plainly.within(history, span), plainly.within(theirs, span)
    by_artist = [shares(h, t, artists(h), by) for h, t in zip((history, theirs), told, strict=True)]
    common = by_artist[0].keys() & by_artist[1].keys()

    assert data.alike == round(100 * sum(min(s[a] for s in by_artist) for a in common))
    assert data.counts[0] == len(common)
    for row in data.artists:
        assert row.shares == pytest.approx([s[row.title.casefold()] for s in by_artist])

    keys = songs(history, theirs)
    by_song = [shares(h, t, k, by) for h, t, k in zip((history, theirs), told, keys, strict=True)]
    assert by.whole in data.caption.sources
    expected = sorted(
        (min(by_song[0][s], by_song[1][s]) for s in by_song[0].keys() & by_song[1].keys()),
        reverse=True,
    )
    assert data.counts[1] == len(expected)
    assert [min(row.shares) for row in data.tracks] == pytest.approx(expected[:MOST])


def test_whoever_was_first_is_told_by_both_whole_histories(
    history: History, frame: Frame, theirs: History, span: Span
) -> None:
    data = together(frame, theirs.frame, span, "Bob")
    first: list[dict[object, Told]] = [{}, {}]
    for side, one in enumerate((history, theirs)):
        for t in one.told:
            if t.play:
                first[side].setdefault(artists(one)[t.track], t)

    for row in data.artists:
        mine, other = (each[row.title.casefold()] for each in first)
        assert row.firsts == (history.day(mine), theirs.day(other))
        assert row.earlier == (0 if mine.started < other.started else 1)
    if data.counts[0] <= MOST:
        assert data.earlier == tuple(sum(r.earlier == n for r in data.artists) for n in (0, 1))


def test_with_oneself_one_is_all_alike(frame: Frame, span: Span) -> None:
    data = together(frame, frame, span, "Me")
    assert data.alike == 100
    assert data.earlier == (0, 0)


def test_either_sees_the_same_number(frame: Frame, theirs: History, span: Span) -> None:
    one, other = together(frame, theirs.frame, span, "B"), together(theirs.frame, frame, span, "A")
    assert one.alike == other.alike
    assert one.counts == other.counts
    assert one.earlier == other.earlier[::-1]


def small(*told: Told, title: str = "Song", how: int = 0) -> Frame:
    tracks = [
        PlayedTrack(1, title, ("The Band",), "spotify:track:1", duration_ms=60_000),
        PlayedTrack(2, "Other", ("Somebody",), "spotify:track:2", duration_ms=60_000),
    ]
    return History([t._replace(how=how) for t in told], tracks, "UTC").frame


def test_private_sessions_are_no_part_of_it() -> None:
    at = 1_530_000_000
    mine = small(Told(at, 60_000, 1))
    private = small(Told(at + 9, 60_000, 1), how=How.PRIVATE).narrowed(Narrowing())
    data = together(mine, private, ALL, "Bob")
    assert (data.alike, data.artists, data.tracks, data.blend) == (None, (), (), ())
    assert "Bob has no plays" in data.caption.takeaway


def test_a_blend_has_what_both_hear_first_and_each_song_once() -> None:
    at = 1_530_000_000
    mine = small(Told(at, 60_000, 1), Told(at + 100, 60_000, 1), Told(at + 200, 60_000, 2))
    theirs = small(Told(at + 300, 60_000, 1), title="Song (Remastered 2009)")
    data = together(mine, theirs, ALL, "Bob")
    assert data.blend == ("spotify:track:1", "spotify:track:2")


def test_the_blend_takes_turns(frame: Frame, theirs: History) -> None:
    data: Together = together(frame, theirs.frame, ALL, "Bob")
    assert len(set(data.blend)) == len(data.blend)
    common = [row.uri for row in data.tracks if row.uri]
    assert list(data.blend[: len(common)]) == list(dict.fromkeys(common))


def test_where_one_played_nothing_it_is_said_who_and_nothing_is_compared() -> None:
    heard = small(Told(1_530_000_000, 60_000, 1))
    later = everything(date(2018, 7, 1), TODAY)
    for mine, theirs, span, said in (
        (small(), heard, ALL, "You have no plays yet"),
        (heard, small(), ALL, "Bob has no plays yet"),
        (small(), small(), ALL, "Neither of you has plays in this time"),
        (heard, heard, later, "Neither of you has plays in this time"),
        (small(Told(1_540_000_000, 60_000, 1)), heard, later, "Bob has no plays in this time"),
    ):
        data = together(mine, theirs, span, "Bob")
        assert (data.alike, data.counts, data.earlier, data.blend) == (None, (0, 0), (0, 0), ())
        assert data.caption.takeaway == said

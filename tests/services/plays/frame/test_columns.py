"""Columns say of each play what its wall clock said, and narrowing leaves what it names."""

from datetime import UTC, date, datetime

import numpy as np
import pytest

from tests.services.plays.histories import ZONES, History, Told, made_up, pages
from tests.services.plays.plainly import within
from ttt.plays import How, PlaySource
from ttt.services.plays.frame import Frame, Hidden, Narrowing, PlayedTrack, Span, build
from ttt.services.plays.frame import zone as clocks
from ttt.services.plays.frame.building import columns_of
from ttt.services.plays.frame.span import between, latest

TODAY = date(2018, 11, 28)


@pytest.fixture(scope="module", params=ZONES)
def history(request: pytest.FixtureRequest) -> History:
    return made_up(zone=request.param)


@pytest.fixture(scope="module")
def frame(history: History) -> Frame:
    return history.frame


def test_local_times_are_what_the_wall_clock_said(history: History, frame: Frame) -> None:
    at = [history.at(told) for told in history.told]

    assert frame.day.tolist() == [clocks.number(time.date()) for time in at]
    assert frame.hour.tolist() == [time.hour for time in at]


@pytest.mark.parametrize("year", [1999, 2007, 2016, 2026])
@pytest.mark.parametrize("zone", [*ZONES, "America/St_Johns", "Asia/Beirut", "Pacific/Apia", "UTC"])
def test_offsets_are_right_round_every_change(zone: str, year: int) -> None:
    start = int(datetime(year, 1, 1, tzinfo=UTC).timestamp())
    quarters = np.arange(start, start + 365 * clocks.DAY, 900, dtype=np.int64)

    expected = [clocks.wall_clock(zone, int(at)) - int(at) for at in quarters]

    assert clocks.offsets(zone, quarters).tolist() == expected


@pytest.mark.parametrize(
    "span",
    [
        latest("4w", TODAY),
        latest("1y", TODAY),
        between(date(2017, 10, 15), date(2017, 10, 15), TODAY),
        between(date(2016, 10, 30), date(2016, 11, 6), TODAY),
        between(date(2010, 1, 1), date(2011, 1, 1), TODAY),
    ],
)
def test_a_span_holds_what_began_on_its_days(history: History, frame: Frame, span: Span) -> None:
    assert frame.within(span).started.tolist() == [t.started for t in within(history, span)]


def test_clocks_that_go_back_over_midnight_leave_each_play_its_day() -> None:
    # In St John's 00:01 became 23:01 of the day before, on 7 November 2010 at 02:31 UTC.
    change = int(datetime(2010, 11, 7, 2, 31, tzinfo=UTC).timestamp())
    told = [Told(change + minutes * 60, 60_000, 1) for minutes in (-90, -1, 1, 30, 58, 60, 90)]
    history = History(told, [PlayedTrack(1, "Song", ("Band",))], "America/St_Johns")
    saturday = between(date(2010, 11, 6), date(2010, 11, 6), TODAY)
    sunday = between(date(2010, 11, 7), date(2010, 11, 7), TODAY)

    assert history.frame.within(saturday).started.tolist() == [
        told[n].started for n in (0, 2, 3, 4)
    ]
    assert history.frame.within(sunday).started.tolist() == [told[n].started for n in (1, 5, 6)]


def test_private_sessions_are_left_out_unless_asked_for(history: History, frame: Frame) -> None:
    private = sum(bool(told.how & How.PRIVATE) for told in history.told)

    assert private > 50
    assert len(frame.narrowed(Narrowing())) == len(history.told) - private
    assert frame.narrowed(Narrowing(private=True)) is frame


def test_one_source_can_be_seen_alone(history: History, frame: Frame) -> None:
    alone = frame.narrowed(Narrowing(source=PlaySource.LASTFM, private=True))
    count = sum(told.source == PlaySource.LASTFM for told in history.told)

    assert 0 < len(alone) == count < len(history.told)


def test_an_artist_and_a_genre_can_be_seen_alone(history: History, frame: Frame) -> None:
    artist = frame.narrowed(Narrowing(artist="Artist 3", private=True))
    genre = frame.narrowed(Narrowing(genre="jazz", private=True))

    assert len(artist) == sum(history.track(t).artists[0] == "Artist 3" for t in history.told)
    assert len(genre) == sum("jazz" in history.track(t).genres for t in history.told)
    assert len(frame.narrowed(Narrowing(artist="Nobody", private=True))) == 0


def test_nobody_has_no_plays_and_a_track_without_artists_is_nobodys() -> None:
    known = [PlayedTrack(1, "Air", ("X", "Guest")), PlayedTrack(2, "Bell", (), genres=("dub",))]
    frame = History([Told(9, 60_000, 1), Told(99, 60_000, 2)], known, "UTC").frame
    left = {
        name: frame.narrowed(Narrowing(artist=name)).track.tolist() for name in ("X", "Guest", "Y")
    }
    assert left == {"X": [0], "Guest": [], "Y": []}
    genres = {name: len(frame.narrowed(Narrowing(genre=name))) for name in ("dub", "ska")}
    assert genres == {"dub": 1, "ska": 0}


def test_without_pages_there_are_no_rows() -> None:
    assert {len(column) for column in columns_of([]).values()} == {0}


def test_what_is_not_known_of_a_track_is_minus_one_or_no_number() -> None:
    found = build([], [PlayedTrack(1, "Air", ())]).tracks
    whole = (
        found.artist,
        found.album,
        found.duration_ms,
        found.release_year,
        found.key,
        found.mode,
    )
    assert [column.tolist() for column in whole] == [[-1]] * 6
    assert all(np.isnan(column).all() for column in found.values.values())
    assert (found.uri, found.cover_url, found.artists) == ((None,), (None,), ("",))
    assert (found.genre.tolist(), found.genre_from.tolist(), found.genre_sets) == (
        [],
        [0, 0],
        ((),),
    )


def test_time_heard_is_the_length_of_the_track_where_nobody_knows(
    history: History, frame: Frame
) -> None:
    assert frame.heard.tolist() == [history.heard(told) for told in history.told]
    assert frame.estimated


def test_what_is_hidden_is_not_there(history: History) -> None:
    middle = history.told[len(history.told) // 2].started
    hidden = [Hidden(frozenset({1})), Hidden(frozenset({2}), end=middle)]
    shown = build(pages(history.told), history.tracks, history.zone, hidden=hidden)

    assert shown.started.tolist() == [
        t.started
        for t in history.told
        if t.track != 1 and not (t.track == 2 and t.started < middle)
    ]


def test_a_time_that_is_hidden_ends_before_its_end() -> None:
    told = [Told(at, 60_000, 1) for at in (999, 1_000, 1_999, 2_000)]
    hidden = [Hidden(frozenset({1}), 1_000, 2_000)]
    shown = build(pages(told), [PlayedTrack(1, "Song", ("Band",))], hidden=hidden)

    assert shown.started.tolist() == [999, 2_000]


def test_a_history_begins_on_the_first_plays_day_by_the_clock_of_that_day() -> None:
    summer, winter = (
        int(datetime(2018, month, 1, 22, 30, tzinfo=UTC).timestamp()) for month in (7, 11)
    )
    told = [Told(at, 60_000, 1) for at in (summer, winter)]
    frame = build(pages(told), [PlayedTrack(1, "Song", ("Band",))], "Europe/Berlin")

    assert frame.begins == clocks.number(date(2018, 7, 2))


def test_what_was_asked_for_last_is_kept(frame: Frame) -> None:
    spans = [latest(key, TODAY) for key in ("4w", "6m", "1y")]
    spans += [between(date(2017, 1, 1), date(2017, 2, 1), TODAY)]
    found = [frame.within(span) for span in spans]

    assert [frame.within(span) is one for span, one in zip(spans[1:], found[1:], strict=True)] == [
        True
    ] * 3


def test_plays_of_tracks_that_are_gone_are_left_out(history: History) -> None:
    kept = [track for track in history.tracks if track.id != 2]

    assert len(build(pages(history.told), kept)) == sum(t.track != 2 for t in history.told)


def test_nothing_played_is_a_frame_without_rows() -> None:
    empty = build([], [])

    assert len(empty) == 0
    assert len(empty.within(latest("1y", TODAY))) == 0


def test_joined_tracks_share_a_recording() -> None:
    frame = made_up().frame
    ids = frame.tracks.id.tolist()
    of = dict(zip(ids, frame.tracks.recording.tolist(), strict=True))

    assert of[3] == of[19]
    assert of[4] == of[20]
    assert frame.tracks.recordings == len(ids) - 2


def test_a_recording_is_never_taken_for_the_id_of_another_track() -> None:
    joined = [
        PlayedTrack(7, "A", ("X",), recording=1),
        PlayedTrack(8, "B", ("X",), recording=1),
        PlayedTrack(1, "C", ("X",)),
    ]

    assert build([], joined).tracks.recording.tolist() == [0, 0, 1]


def test_albums_of_one_name_by_two_artists_are_two() -> None:
    one = PlayedTrack(1, "A", ("X",), album="Greatest Hits")
    two = PlayedTrack(2, "B", ("Y",), album="Greatest Hits")

    assert build([], [one, two]).tracks.album.tolist() == [0, 1]


def test_a_play_costs_at_most_25_bytes() -> None:
    frame = made_up().frame
    columns = ("started", "offset", "ms", "track", "source", "how", "play", "device")

    assert sum(getattr(frame, name).nbytes for name in columns) <= 25 * len(frame)


def of_rows(*told: Told, tracks: int = 3) -> Frame:
    known = [PlayedTrack(n, f"Song {n}", (f"Band {n % 2}",)) for n in range(1, tracks + 1)]
    return build(pages(list(told)), known)


def test_plays_are_those_that_are_no_skips() -> None:
    some = of_rows(Told(1_000, 60_000, 1), Told(2_000, 9_000, 2, False), Told(3_000, None, 1))
    assert some.plays().started.tolist() == [1_000, 3_000]
    assert some.plays() is some.plays()
    assert some.plays().plays() is some.plays()


def test_a_frame_without_guesses_hears_what_was_told() -> None:
    told = of_rows(Told(1_000, 60_000, 1), Told(2_000, 0, 2, False))
    assert (told.heard.tolist(), told.estimated) == ([60_000, 0], False)
    guessed = of_rows(Told(1_000, 60_000, 1), Told(2_000, None, 2))
    assert (guessed.heard.tolist(), guessed.estimated) == ([60_000, 0], True)


def test_sources_are_those_that_told_of_any() -> None:
    told = of_rows(
        *(Told(1_000 * n, 60_000, 1, source=source) for n, source in enumerate((14, 4, 4), 1))
    )
    assert told.sources == (PlaySource.LASTFM, PlaySource.SUBMITTED)
    assert of_rows().sources == ()


def test_what_is_kept_is_made_once() -> None:
    made: list[int] = []
    frame = of_rows(Told(1_000, 60_000, 1))

    def make() -> int:
        made.append(len(made))
        return len(made)

    assert [frame.keep("a", make), frame.keep("a", make), frame.keep("b", make)] == [1, 1, 2]
    assert frame.only(slice(0, 1)).keep("a", make) == 3
    assert [frame.tracks.keep("a", make), frame.tracks.keep("a", make)] == [4, 4]


def test_spans_that_were_not_asked_for_lately_are_made_anew(frame: Frame) -> None:
    spans = [between(date(2017, 1, 1), date(2017, month, 1), TODAY) for month in (2, 3, 4, 5)]
    first = frame.within(spans[0])
    for span in spans[1:]:
        frame.within(span)
    assert frame.within(spans[0]) is not first


def test_a_span_that_holds_all_is_the_frame_itself_and_one_that_holds_none_is_empty() -> None:
    at = int(datetime(2018, 3, 1, 12, tzinfo=UTC).timestamp())
    frame = of_rows(Told(at, 60_000, 1), Told(at + clocks.DAY, 60_000, 2))
    assert frame.cut(between(date(2018, 3, 1), date(2018, 3, 2), TODAY)) is frame
    for day, started in ((1, [at]), (2, [at + clocks.DAY]), (3, [])):
        day_alone = between(date(2018, 3, day), date(2018, 3, day), TODAY)
        assert frame.cut(day_alone).started.tolist() == started


def test_tracks_are_found_by_address_and_artist_and_albums_know_theirs() -> None:
    known = [
        PlayedTrack(1, "A", ("X", "Guest"), uri="spotify:track:1", album="One"),
        PlayedTrack(2, "B", ("Y",), album="Two"),
        PlayedTrack(3, "C", (), uri="spotify:track:3", album="Three"),
        PlayedTrack(4, "D", ("Y",), uri="spotify:track:4"),
    ]
    tracks = build([], known).tracks
    assert tracks.places == {"spotify:track:1": 0, "spotify:track:3": 2, "spotify:track:4": 3}
    assert tracks.artist_places == {"X": 0, "Y": 1}
    assert (tracks.artist.tolist(), tracks.album.tolist()) == ([0, 1, -1, 1], [0, 1, 2, -1])
    assert tracks.album_artist.tolist() == [0, 1, -1]
    assert tracks.artists == ("X, Guest", "Y", "", "Y")


def test_genres_of_a_track_stand_behind_those_of_the_one_before() -> None:
    genres = [("rock", "folk"), (), ("folk",), ("rock", "folk")]
    known = [PlayedTrack(n, "A", ("X",), genres=named) for n, named in enumerate(genres, 1)]
    tracks = build([], known).tracks
    assert tracks.genres_each.tolist() == [2, 0, 1, 2]
    assert tracks.genre.tolist() == [0, 1, 1, 0, 1]
    assert (tracks.genre_from.tolist(), tracks.genre_names) == ([0, 2, 2, 3, 5], ("rock", "folk"))
    assert (tracks.genre_set.tolist(), tracks.genre_sets) == ([0, 1, 2, 0], ((0, 1), (), (1,)))


def test_pages_that_overlap_are_put_in_the_order_of_time() -> None:
    late, early = (pages([Told(at, 60_000, 1)])[0] for at in (2_000, 1_000))
    assert build([late, early], [PlayedTrack(1, "A", ("X",))]).started.tolist() == [1_000, 2_000]

"""Charts are fetched once a day, kept, and stand while others or their service fail."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.providers.scripted import Reply, Server
from tests.services.chart_server import TITLES, Searching, asking, deezer
from tests.services.conftest import Clock, connect
from ttt.errors import InvalidInput, NotConnected, ProviderBlocked
from ttt.found import Chart, FoundArtist, FoundTrack
from ttt.models import ServiceDay
from ttt.providers.charts.deezer import DeezerChart
from ttt.services.context import Context
from ttt.services.discover import charting, discover
from ttt.services.discover.charting import ChartList
from ttt.services.lists import entries
from ttt.services.person import Person
from ttt.services.spotify import spotify
from ttt.services.tracks.rows import Direction, Movement
from ttt.settings import Settings

WORRIED = "4h9wh7iOZ0GGn8QVp4RAOB"
RARE = FoundTrack("s" * 22, "A Rare Song", (FoundArtist("Nobody Known"),))


def titles(chart: ChartList) -> list[str]:
    return [row.entry.title for row in chart.rows]


def test_with_the_demo_no_chart_is_asked_unless_settings_say_so(context: Context) -> None:
    assert discover.shown(context) == []
    assert discover.due(context) == []
    real = Settings(_env_file=None, data_dir=context.settings.data_dir, spotify_client_id="real")
    assert discover.shown(replace(context, settings=real)) == list(Chart)


def test_a_chart_is_fetched_once_a_day(asked: Context, server: Server, clock: Clock) -> None:
    server.will(deezer())
    assert discover.due(asked) == [Chart.DEEZER, Chart.LISTENBRAINZ]
    for _ in range(2):
        assert discover.refresh(asked, Chart.DEEZER)
    assert server.paths == ["/chart/0/tracks"]
    assert discover.due(asked) == [Chart.LISTENBRAINZ]
    chart = discover.read(asked, Chart.DEEZER)
    assert titles(chart) == list(TITLES)
    assert (chart.taken_at, chart.since, chart.trouble) == (clock.time, None, None)
    with asked.session() as session:
        (day,) = session.exec(select(ServiceDay))
    # Nobody was asked about a track.
    assert (day.service, day.calls, day.hits, day.misses) == ("deezer", 1, 0, 0)
    clock.forward(days=1, seconds=-1)
    assert Chart.DEEZER not in discover.due(asked)
    clock.forward(seconds=1)
    assert Chart.DEEZER in discover.due(asked)


def test_a_row_that_cannot_be_read_moves_no_other(
    asked: Context, server: Server, clock: Clock
) -> None:
    server.will(deezer())
    discover.refresh(asked, Chart.DEEZER)
    clock.forward(days=2)
    server.will(deezer(("", *TITLES[1:])))
    discover.refresh(asked, Chart.DEEZER)
    chart = discover.read(asked, Chart.DEEZER)
    assert [(row.rank, row.entry.title) for row in chart.rows] == [(2, TITLES[1]), (3, TITLES[2])]
    assert [row.movement for row in chart.rows] == [Movement(Direction.SAME)] * 2


def test_processes_that_look_at_once_make_one_request(asked: Context, server: Server) -> None:
    server.will(deezer(), deezer())
    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(lambda _: discover.refresh(asked, Chart.DEEZER), range(4)))
    assert len(server.asked) == 1
    assert discover.read(asked, Chart.DEEZER).since is None


def test_what_is_known_here_is_matched_as_it_comes(asked: Context, server: Server) -> None:
    server.will(deezer())
    discover.refresh(asked, Chart.DEEZER)
    rows = discover.read(asked, Chart.DEEZER).rows
    assert [row.spotify_id for row in rows] == [WORRIED, None, None]


def test_movements_count_from_the_last_different_list(
    asked: Context, server: Server, clock: Clock
) -> None:
    first = clock.time
    after, by = ["A Rare Song", "I Ain't Worried", "New One"], ["Nobody Known", "OneRepublic", "X"]
    for reply in (deezer(), deezer(after, by), deezer(after, by)):
        server.will(reply)
        discover.refresh(asked, Chart.DEEZER)
        clock.forward(days=1, hours=1)
    chart = discover.read(asked, Chart.DEEZER)
    assert (chart.since, chart.taken_at) == (first, first + 2 * timedelta(days=1, hours=1))
    assert [row.rank for row in chart.rows] == [1, 2, 3]
    assert [row.movement for row in chart.rows] == [
        Movement(Direction.UP, 1),
        Movement(Direction.DOWN, 1),
        Movement(Direction.NEW),
    ]
    assert charting.takeaway(chart) == (
        "A Rare Song climbs 1 place to 1; 1 new, first New One at 3"
    )


def test_without_movements_the_takeaway_is_what_is_on_top(asked: Context, server: Server) -> None:
    server.will(deezer())
    discover.refresh(asked, Chart.DEEZER)
    chart = discover.read(asked, Chart.DEEZER)
    assert charting.takeaway(chart) == "I Ain't Worried by OneRepublic is on top"


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(500), "It is not available."),
        (Reply(429, headers={"Retry-After": "600"}), "It asks us to slow down."),
        (Reply(body="<html>"), "It answered something that makes no sense."),
        (Reply(body={"data": []}), "It has computed nothing yet."),
        (Reply(body={"error": {"code": 4}}), "It asks us to slow down."),
    ],
)
def test_trouble_leaves_the_last_list_and_the_other_charts(
    asked: Context, server: Server, clock: Clock, reply: Reply, words: str
) -> None:
    server.will(deezer())
    discover.refresh(asked, Chart.DEEZER)
    seen = clock.time
    clock.forward(days=2)
    server.will(reply)
    assert not discover.refresh(asked, Chart.DEEZER)
    chart = discover.read(asked, Chart.DEEZER)
    assert titles(chart) == list(TITLES)
    assert (chart.taken_at, chart.trouble, chart.trouble_at) == (seen, words, clock.time)
    assert discover.due(asked) == [Chart.LISTENBRAINZ]


def test_a_failed_chart_is_tried_again_after_ten_minutes(
    asked: Context, server: Server, clock: Clock
) -> None:
    server.will(Reply(500), deezer())
    discover.refresh(asked, Chart.DEEZER)
    discover.refresh(asked, Chart.DEEZER)
    assert len(server.asked) == 1
    clock.forward(minutes=10, seconds=-1)
    assert Chart.DEEZER not in discover.due(asked)
    clock.forward(seconds=1)
    assert discover.refresh(asked, Chart.DEEZER)
    chart = discover.read(asked, Chart.DEEZER)
    assert (titles(chart), chart.trouble) == (list(TITLES), None)


def test_a_chart_that_said_wait_is_left_alone_as_long(
    asked: Context, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    until = clock.time + timedelta(hours=1)

    def wait(_chart: DeezerChart) -> None:
        raise ProviderBlocked(Chart.DEEZER, until)

    monkeypatch.setattr(DeezerChart, "fetch", wait)
    assert not discover.refresh(asked, Chart.DEEZER)
    assert discover.read(asked, Chart.DEEZER).blocked_until == until
    clock.forward(minutes=59)
    assert not discover.is_due(asked, Chart.DEEZER)
    clock.forward(minutes=2)
    assert discover.is_due(asked, Chart.DEEZER)


def test_lists_of_a_quarter_of_a_year_are_kept(
    asked: Context, server: Server, clock: Clock
) -> None:
    for days in (80, 80, 0):
        server.will(deezer())
        discover.refresh(asked, Chart.DEEZER)
        clock.forward(days=days)
    kept = discover.read(asked, Chart.DEEZER)
    assert kept.since == clock.time - timedelta(days=80)


def test_a_country_has_a_chart_of_its_own(context: Context, server: Server) -> None:
    asked = asking(context, server, "apple")
    row = {"name": "T", "artistName": "A"}
    server.will(Reply(body={"feed": {"results": [row]}}))
    discover.refresh(asked, Chart.APPLE)
    assert len(discover.read(asked, Chart.APPLE).rows) == 1
    settings = asked.settings.model_copy(update={"chart_country": "de"})
    assert discover.due(replace(asked, settings=settings)) == [Chart.APPLE]


def test_without_a_key_lastfm_is_off_and_says_so(context: Context) -> None:
    settings = Settings(_env_file=None, data_dir=context.settings.data_dir, charts="lastfm")
    off = replace(context, settings=settings)
    assert "TTT_LASTFM_KEY" in str(discover.why_off(off, Chart.LASTFM))
    assert discover.due(off) == []


def test_matched_rows_are_added_and_the_others_refused(
    asked: Context, server: Server, ada: Person
) -> None:
    server.will(deezer())
    discover.refresh(asked, Chart.DEEZER)
    rows = discover.read(asked, Chart.DEEZER).rows
    receipt = discover.add(asked, ada, rows)
    assert (receipt.added, receipt.already_there) == (1, 0)
    assert [(r.row, r.reason) for r in receipt.refused] == [
        (2, "A Rare Song is not matched to Spotify yet."),
        (3, "Another is not matched to Spotify yet."),
    ]
    assert [row.title for row in entries.listed(asked, ada)] == ["I Ain't Worried"]


def test_rows_are_matched_by_spotify_on_demand(
    asked: Context, server: Server, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = Searching()
    monkeypatch.setattr(spotify, "Spotify", fake.as_client_of)
    fake.tracks = {RARE.spotify_id: RARE}
    connect(asked, ada)
    server.will(deezer())
    discover.refresh(asked, Chart.DEEZER)
    searched = discover.match(asked, ada, discover.read(asked, Chart.DEEZER).rows)
    assert fake.asked == ["A Rare Song Nobody Known", "Another Nobody Else"]
    assert (len(searched.found), len(searched.unknown)) == (1, 1)
    rows = discover.read(asked, Chart.DEEZER).rows
    assert [row.spotify_id for row in rows] == [WORRIED, RARE.spotify_id, None]
    assert discover.add(asked, ada, rows).added == 2
    assert [row.title for row in entries.listed(asked, ada)] == [
        "I Ain't Worried",
        "A Rare Song",
    ]


def test_matching_without_a_connection_says_so(asked: Context, server: Server, ada: Person) -> None:
    server.will(deezer())
    discover.refresh(asked, Chart.DEEZER)
    searched = discover.match(asked, ada, discover.read(asked, Chart.DEEZER).rows)
    assert isinstance(searched.trouble, NotConnected)


def test_the_catalogue_is_a_list_by_popularity(context: Context) -> None:
    chart = discover.from_catalogue(context)
    counts = [row.entry.plays or 0 for row in chart.rows]
    assert len(chart.rows) == 100
    assert counts == sorted(counts, reverse=True)
    assert all(row.uri for row in chart.rows)
    assert [row.rank for row in chart.rows] == list(range(1, len(chart.rows) + 1))


def test_the_catalogue_is_listed_by_genre(context: Context) -> None:
    commonest = discover.catalogue_genres(context)[0]
    chart = discover.from_catalogue(context, commonest)
    assert 0 < len(chart.rows) <= discover.FROM_CATALOGUE
    with pytest.raises(InvalidInput):
        discover.from_catalogue(context, "no such genre")

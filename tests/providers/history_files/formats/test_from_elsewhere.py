"""What servers and scripts write: Last.fm's XML, Jellyfin, Funkwhale, JSON of Python's."""

import json
from datetime import UTC, datetime
from pprint import pformat
from typing import Any

import pytest

from tests.providers.history_files.given import END, Content, file, told
from ttt.errors import HistoryRefused
from ttt.plays import Kind, WhyRefused
from ttt.providers.history_files import Format, Question, WhyNoHistory
from ttt.providers.history_files.pieces import arrays

TRACK = (
    '<track><artist mbid="">A &amp; B</artist><name>T</name><mbid></mbid>'
    f'<album mbid="">Al</album><date uts="{END}">30 Mar 2024, 22:00</date></track>'
)
PAGE = f'<lfm status="ok"><recenttracks user="x">{TRACK}</recenttracks></lfm>'
LOVED = {"lovedtracks": {"track": [{"artist": {"name": "A"}, "name": "T", "date": {"uts": "1"}}]}}
ROW: dict[str, Any] = {
    "ts": "2024-03-30T22:00:00Z",
    "ms_played": 200_000,
    "master_metadata_track_name": 'Don\'t say "hi" \\x41',
    "master_metadata_album_artist_name": "A",
    "skipped": None,
    "shuffle": False,
}
ADA, BOB = "a" * 32, "b" * 32


@pytest.mark.parametrize(
    "content",
    [
        PAGE,
        PAGE.encode("utf-16"),
        f'<?xml version="1.0" encoding="utf-8"?>\n{PAGE}',
        f"<recenttracks>{TRACK.replace('A &amp; B', '<name>A & B</name>')}</recenttracks>",
        f'<!DOCTYPE lfm [<!ENTITY x "y">]>{PAGE}',
    ],
)
def test_pages_of_lastfm_in_xml_are_read_however_they_are_written(content: Content) -> None:
    found = told(file(content))
    assert found.reading.format is Format.LASTFM_XML
    assert [(p.told_at, p.title, p.artists) for p in found.plays] == [(END, "T", ("A & B",))]
    assert not found.refused


def test_what_is_damaged_of_xml_costs_its_own_track() -> None:
    now = '<track nowplaying="true"><artist>A</artist><name>T</name></track>'
    content = PAGE + now + TRACK.replace("</track>", "") + TRACK + TRACK[:-20]
    found = told(file(content))
    assert len(found.plays) == 2
    assert [(row.row, row.reason) for row in found.refused] == [
        (2, WhyRefused.NO_TIME),
        (3, WhyRefused.UNREADABLE),
        (5, WhyRefused.CUT_OFF),
    ]


@pytest.mark.parametrize("content", [PAGE.replace("recent", "loved"), json.dumps(LOVED)])
def test_the_days_of_loved_tracks_are_not_those_of_plays(content: str) -> None:
    with pytest.raises(HistoryRefused) as refused:
        told(file(content))
    assert refused.value.why is WhyNoHistory.LIST_OF_TRACKS


def played(user: str, name: str, kind: str = "Audio", at: str = "2024-03-30 22:00:00Z") -> str:
    return "\t".join((at, user, "c" * 32, kind, name, "DirectPlay", "Web", "Firefox", "215")) + "\n"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("A - T (Al)", ("T", ("A",), "Al")),
        ("A - T (Live) (Al (Deluxe))", ("T (Live)", ("A",), "Al (Deluxe)")),
        ('"Weird" A - T (Not Known)', ("T", ('"Weird" A',), None)),
        ("A - T", ("T", ("A",), None)),
    ],
)
def test_jellyfins_names_are_parted_into_artist_title_and_album(name: str, said: object) -> None:
    (play,) = told(file(played(ADA, name))).plays
    assert (play.title, play.artists, play.album) == said
    assert (play.told_at, play.ms) == (END, 215_000)


def test_of_jellyfin_only_music_is_taken_and_a_time_without_zone_asked_about() -> None:
    content = played(ADA, "Film", "Movie") + played(ADA, "Not Known - T (Al)")
    content += played(ADA, "A - T (Al)", at="2024-03-30 23:00:00.1234567")
    found = told(file(content), zone="Europe/Berlin")
    assert [row.kind for row in found.left_out] == [Kind.VIDEO]
    assert [row.reason for row in found.refused] == [WhyRefused.NO_ARTIST]
    assert [play.told_at for play in found.plays] == [END]
    with pytest.raises(HistoryRefused):
        told(file(content))


def test_whose_plays_are_to_be_read_is_asked_where_jellyfin_tells_of_several() -> None:
    content = played(ADA, "A - T (Al)") + played(BOB, "B - U (Al)")
    with pytest.raises(HistoryRefused) as refused:
        told(file(content))
    assert refused.value.why is WhyNoHistory.SEVERAL_PEOPLE
    found = told(file(content), folders=(BOB,))
    assert [play.title for play in found.plays] == ["U"]
    assert Question.WHOSE not in found.reading.questions


@pytest.mark.parametrize(
    "artist",
    [
        {"artist": {"name": "A"}},
        {"artist_credit": [{"credit": "A"}]},
        {"artist_credit": [{"artist": {"name": "A"}, "joinphrase": ""}]},
    ],
)
def test_funkwhale_tells_of_a_track_in_its_play(artist: dict[str, Any]) -> None:
    track = {"id": 3, "title": "T", "album": {"title": "Al"}, **artist}
    rows = [{"id": 1, "track": track, "creation_date": "2024-03-30T22:00:00.5Z"}]
    (play,) = told(file({"count": 1, "results": rows})).plays
    assert (play.told_at, play.title, play.artists, play.album) == (END, "T", ("A",), "Al")


AS_KEYS = ", ".join(f"{key}: {json.dumps(value)}" for key, value in ROW.items())
SPOKEN = {
    "Python": repr([ROW, ROW]),
    "Python, line by line": f"{ROW!r}\n{ROW!r}\n",
    "Python, many lines": pformat([ROW, ROW]),
    "JavaScript": f"[{{{AS_KEYS}}}, {{{AS_KEYS}}}]",
    "a variable": f"// history\nwindow.history = {json.dumps([ROW, ROW])};",
    "a call": f"callback({json.dumps([ROW, ROW])});",
}


@pytest.mark.parametrize("content", SPOKEN.values(), ids=SPOKEN)
def test_json_is_read_as_programs_print_it(content: str) -> None:
    found = told(file(content))
    assert [(play.told_at, play.title) for play in found.plays] == [
        (END, ROW["master_metadata_track_name"])
    ] * 2
    assert not found.refused


def test_times_and_calls_are_read_as_python_and_mongodb_print_them() -> None:
    at = datetime(2024, 3, 30, 22, tzinfo=UTC)
    printed = repr([{"played_at": at, "track": "T", "artist": "A"}])
    shell = '[{ _id: ObjectId("6"), played_at: ISODate("2024-03-30T22:00:00Z"), track: "T",'
    shell += " artist: 'A', msPlayed: NumberInt(\"200000\") }]"
    assert [told(file(one)).plays[0].told_at for one in (printed, shell)] == [END, END]


def test_what_is_cut_off_of_pythons_json_costs_its_own_row() -> None:
    found = told(file(repr([ROW] * 3)[:-40]))
    assert (len(found.plays), [row.reason for row in found.refused]) == (2, [WhyRefused.CUT_OFF])


@pytest.mark.parametrize("as_json", [True, False])
def test_what_says_that_it_is_a_film_or_an_episode_is_no_play(as_json: bool) -> None:
    head = ("date", "media_type", "title", "parent_title", "grandparent_title")
    rows = [(END, kind, "T", "Al", "A") for kind in ("track", "episode", "Movie", "podcast")]
    table = "\n".join(",".join(map(str, row)) for row in (head, *rows))
    found = told(file([dict(zip(head, row, strict=True)) for row in rows] if as_json else table))
    assert [(play.title, play.artists, play.album) for play in found.plays] == [("T", ("A",), "Al")]
    assert [row.kind for row in found.left_out] == [Kind.VIDEO, Kind.VIDEO, Kind.PODCAST]


def test_times_of_mongodb_are_read_in_its_canonical_form_too() -> None:
    row = {"played_at": {"$date": {"$numberLong": f"{END}000"}}, "track": "T", "artist": "A"}
    assert [play.told_at for play in told(file([row])).plays] == [END]


COSTLY = {
    "calls that are none": repr([ROW])[:-1] + "," + "a." * 500_000,
    "marks that close at once": repr([ROW])[:-1] + "''" * 30_000,
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("content", COSTLY.values(), ids=COSTLY)
def test_nonsense_behind_rows_costs_what_it_is_long(
    content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrays, "_DAMAGED_ROWS", 100)
    found = told(file(content))
    assert len(found.plays) <= 1
    assert 0 < len(found.refused) <= 102


@pytest.mark.parametrize(
    "head",
    [
        *("Played", "Listened on", "Date Scrobbled", "Time of play", "Play Date UTC"),
        *("submission_time", "When I listened", "Stream date"),
    ],
)
def test_a_head_that_speaks_of_playing_is_the_time(head: str) -> None:
    (play,) = told(file(f"artist,track,{head}\nA,T,2024-03-30T22:00:00Z\n")).plays
    assert (play.told_at, play.title) == (END, "T")


@pytest.mark.parametrize("head", ["Played", "Last Played", "Play count", "Plays"])
def test_how_often_something_was_played_is_no_time(head: str) -> None:
    with pytest.raises(HistoryRefused) as refused:
        told(file(f"title,artist,{head}\nT,A,3\nU,A,1700\n"))
    assert refused.value.why is WhyNoHistory.LIST_OF_TRACKS


def test_seconds_beside_a_day_say_the_time() -> None:
    table = f"date,started,title,grandparent_title,media_type\n2024-03-30,{END},T,A,track\n"
    (play,) = told(file(table)).plays
    assert (play.told_at, play.artists, play.sense) == (END, ("A",), 0)


def test_rows_of_scrobbles_without_a_track_of_their_own_are_no_malojas() -> None:
    rows = {"scrobbles": [{"time": END, "artists": ["A", "B"], "title": "T", "album": "L"}]}
    found = told(file(rows))
    assert found.reading.format is Format.OWN_JSON
    assert [(play.told_at, play.artists) for play in found.plays] == [(END, ("A", "B"))]


def test_a_date_of_lastfm_that_lost_what_it_stood_in_is_still_one() -> None:
    rows = [{"artist": {"#text": "A"}, "name": "T", "date": {"uts": str(END)}}]
    rows += [rows[0] | {"date": date} for date in ("30 Mar 2024, 22:00", str(END))]
    found = told(file(rows))
    assert [play.told_at for play in found.plays] == [END] * 3


def test_what_is_no_longer_at_youtube_is_left_out_as_nameless() -> None:
    gone = {
        "header": "YouTube Music",
        "title": "Watched https://music.youtube.com/watch?v=x",
        "subtitles": [{"name": "A - Topic"}],
        "time": "2024-03-30T22:00:00Z",
    }
    found = told(file([gone, gone | {"title": "Watched T"}]))
    assert [one.kind for one in found.left_out] == [Kind.NAMELESS]
    assert [play.title for play in found.plays] == ["T"]

"""Last.fm: strings for numbers, tags for genres, and errors under any status."""

from datetime import timedelta
from typing import Any

import pytest

from tests.providers.conftest import NOW
from tests.providers.scripted import Reply, Server
from ttt.errors import (
    ProviderBlocked,
    ProviderError,
    ProviderNonsense,
    ProviderRefused,
    ProviderUnavailable,
)
from ttt.found import Finding, Kind, Reach, Wanted
from ttt.providers.http import Client
from ttt.providers.values.lastfm import LastFm
from ttt.providers.values.protocol import answers

ID = "a" * 22
WANTED = Wanted(ID, title="One Step Closer", artist="Linkin Park")
MBID = "30cb03f3-bd95-43b0-9d41-6d75e13cd353"


@pytest.fixture
def lastfm(client: Client, server: Server) -> LastFm:
    return LastFm(client, server.url, "key-SECRET")


def a_track(*tags: str, **changes: object) -> Reply:
    track: dict[str, Any] = {
        "name": "One Step Closer",
        "mbid": MBID,
        "url": "https://www.last.fm/music/Linkin+Park/_/One+Step+Closer",
        "listeners": "1315650",
        "playcount": "11022708",
        "artist": {"name": "Linkin Park", "mbid": "f59c5520-5f46-4d2c-b2c4-822eabf53419"},
        "toptags": {"tag": [{"name": tag, "url": "https://www.last.fm/tag"} for tag in tags]},
        **changes,
    }
    return Reply(body={"track": track})


@pytest.mark.parametrize("kind", [Kind.POPULARITY, Kind.GENRES])
def test_one_request_tells_listeners_playcount_and_genres(
    lastfm: LastFm, server: Server, kind: Kind
) -> None:
    server.will(a_track("Nu Metal", "rock", "Linkin Park", "seen live", "Alt-Rock", "2000s"))

    [finding] = lastfm.look_up(kind, [WANTED]).values()

    assert finding == Finding(
        MBID,
        reach={Reach.LASTFM_LISTENERS: 1315650.0, Reach.LASTFM_PLAYCOUNT: 11022708.0},
        genres=("nu metal", "rock", "alternative rock"),
    )
    [asked] = server.asked
    assert asked.path == "/2.0/"
    assert asked.query == {
        "method": "track.getInfo",
        "artist": "Linkin Park",
        "track": "One Step Closer",
        "autocorrect": "1",
        "api_key": "key-SECRET",
        "format": "json",
    }


def test_without_a_key_it_is_off_and_says_so(client: Client, server: Server) -> None:
    lastfm = LastFm(client, server.url, "")

    assert lastfm.why_off is not None
    assert "TTT_LASTFM_KEY" in lastfm.why_off
    with pytest.raises(ProviderRefused):
        lastfm.look_up(Kind.GENRES, [WANTED])
    assert server.asked == []


def test_with_a_key_it_is_on(lastfm: LastFm) -> None:
    assert lastfm.why_off is None


@pytest.mark.parametrize(
    ("name", "artist"),
    [("ONE STEP CLOSER!", {"name": "linkin park"}), ("One step closer", "Linkin Park")],
)
def test_case_and_punctuation_make_no_other_track(
    lastfm: LastFm, server: Server, name: str, artist: object
) -> None:
    server.will(a_track(name=name, artist=artist))
    assert lastfm.look_up(Kind.POPULARITY, [WANTED]).keys() == {ID}


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "One Step Closer (Live)"},
        {"name": None},
        {"artist": {"name": "Linkin Park Tribute"}},
        {"artist": {}},
        {"artist": None},
    ],
)
def test_a_correction_to_another_track_is_a_miss(
    lastfm: LastFm, server: Server, changes: dict[str, object]
) -> None:
    server.will(a_track("rock", **changes))
    assert lastfm.look_up(Kind.POPULARITY, [WANTED]) == {}


def test_names_without_any_letter_are_compared_as_they_are(lastfm: LastFm, server: Server) -> None:
    marks = Wanted(ID, title="???", artist="!!!")
    server.will(a_track(name="???", artist="!!!"), a_track(name="...", artist="!!!"))

    assert lastfm.look_up(Kind.POPULARITY, [marks]).keys() == {ID}
    assert lastfm.look_up(Kind.POPULARITY, [marks]) == {}


@pytest.mark.parametrize(
    "wanted", [Wanted(ID), Wanted(ID, title="A title"), Wanted(ID, title="", artist="An artist")]
)
def test_without_title_and_artist_nothing_is_asked(
    lastfm: LastFm, server: Server, wanted: Wanted
) -> None:
    assert lastfm.look_up(Kind.GENRES, [wanted]) == {}
    assert server.asked == []


@pytest.mark.parametrize("count", ["", "-1", "12,5", "1e5", "9" * 30, None, True, [], -3, "²"])
def test_a_count_that_is_none_is_not_known(lastfm: LastFm, server: Server, count: object) -> None:
    server.will(a_track(listeners=count))

    [finding] = lastfm.look_up(Kind.POPULARITY, [WANTED]).values()

    assert finding.reach == {Reach.LASTFM_PLAYCOUNT: 11022708.0}


@pytest.mark.parametrize(
    ("toptags", "genres"),
    [
        ({"tag": {"name": "Trip Hop"}}, ("trip-hop",)),
        ({"tag": []}, ()),
        ({"tag": ""}, ()),
        ("", ()),
        (None, ()),
        ({"tag": [{"name": 5}, None, {"name": "pop"}, "soul"]}, ("pop", "soul")),
    ],
)
def test_tags_come_in_all_shapes_of_converted_xml(
    lastfm: LastFm, server: Server, toptags: object, genres: tuple[str, ...]
) -> None:
    server.will(a_track(toptags=toptags))

    [finding] = lastfm.look_up(Kind.GENRES, [WANTED]).values()

    assert finding.genres == genres
    assert answers(finding, Kind.GENRES) == bool(genres)


def test_a_track_of_which_nothing_is_said_is_a_miss(lastfm: LastFm, server: Server) -> None:
    server.will(a_track(listeners=None, playcount=None))
    assert lastfm.look_up(Kind.GENRES, [WANTED]) == {}


@pytest.mark.parametrize("mbid", ["", None, 5.5, "x" * 65])
def test_a_track_may_lack_an_id(lastfm: LastFm, server: Server, mbid: object) -> None:
    server.will(a_track(mbid=mbid))
    assert lastfm.look_up(Kind.POPULARITY, [WANTED])[ID].provider_id is None


@pytest.mark.parametrize("status", [200, 400, 404])
@pytest.mark.parametrize("code", [6, 7])
def test_an_unknown_track_is_a_miss_under_any_status(
    lastfm: LastFm, server: Server, status: int, code: int
) -> None:
    server.will(Reply(status, {"error": code, "message": "Track not found"}))
    assert lastfm.look_up(Kind.GENRES, [WANTED]) == {}
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        (29, ProviderBlocked("lastfm", NOW + timedelta(minutes=1))),
        (4, ProviderRefused("lastfm")),
        (10, ProviderRefused("lastfm")),
        (26, ProviderRefused("lastfm")),
        (8, ProviderUnavailable("lastfm")),
        (11, ProviderUnavailable("lastfm")),
        (16, ProviderUnavailable("lastfm")),
        (3, ProviderNonsense("lastfm")),
        (None, ProviderNonsense("lastfm")),
        ([], ProviderNonsense("lastfm")),
    ],
)
def test_an_error_is_told_apart(
    lastfm: LastFm, server: Server, status: int, code: object, meaning: ProviderError
) -> None:
    server.will(Reply(status, {"error": code, "message": "words"}))

    with pytest.raises(ProviderError) as caught:
        lastfm.look_up(Kind.GENRES, [WANTED])
    assert caught.value == meaning
    assert len(server.asked) == 1


def test_a_404_that_is_no_answer_of_lastfms_is_nonsense(lastfm: LastFm, server: Server) -> None:
    server.will(Reply(404, "<html>"))

    with pytest.raises(ProviderNonsense):
        lastfm.look_up(Kind.GENRES, [WANTED])

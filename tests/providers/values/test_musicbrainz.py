"""MusicBrainz: tags of the recordings with an ISRC, or of their artists."""

from typing import Any

import pytest

from tests.providers.scripted import Reply, Server
from ttt.errors import ProviderNonsense
from ttt.found import Finding, Kind, Wanted
from ttt.providers.http import Client
from ttt.providers.values.musicbrainz import MusicBrainz

ID = "a" * 22
WANTED = Wanted(ID, "GBAAA9900303")
MBID = "bf7845cc-eac3-48a3-8b06-543b4b7ba117"


@pytest.fixture
def musicbrainz(client: Client, server: Server) -> MusicBrainz:
    return MusicBrainz(client, server.url)


def tags(**votes: object) -> list[dict[str, object]]:
    return [{"name": name, "count": count} for name, count in votes.items()]


def a_recording(*, tagged: object, artist: object = (), **changes: object) -> dict[str, Any]:
    """A recording as an ISRC look-up with tags and artist credits tells it."""
    return {
        "id": MBID,
        "title": "Hey Boy Hey Girl",
        "length": 289946,
        "tags": tagged,
        "artist-credit": [
            {
                "name": "The Chemical Brothers",
                "joinphrase": "",
                "artist": {"name": "The Chemical Brothers", "tags": artist},
            }
        ],
        **changes,
    }


def recordings(*rows: object) -> Reply:
    return Reply(body={"isrc": "GBAAA9900303", "recordings": list(rows)})


def test_genres_are_one_request_and_the_tags_with_most_votes(
    musicbrainz: MusicBrainz, server: Server
) -> None:
    voted = tags(electronica=2, **{"Big Beat": 8, "hip hop": 2}, british=9, house=0)
    server.will(recordings(a_recording(tagged=voted, artist=tags(techno=99))))

    found = musicbrainz.look_up(Kind.GENRES, [WANTED])

    assert found == {ID: Finding(MBID, genres=("big beat", "electronica", "hip-hop"))}
    [asked] = server.asked
    assert asked.path == "/ws/2/isrc/GBAAA9900303"
    assert asked.query == {"fmt": "json", "inc": "artist-credits+tags"}


def test_votes_of_all_recordings_with_the_isrc_count(
    musicbrainz: MusicBrainz, server: Server
) -> None:
    server.will(
        recordings(
            a_recording(tagged=tags(house=1, techno=3)), a_recording(tagged=tags(house=4), id="x")
        )
    )
    assert musicbrainz.look_up(Kind.GENRES, [WANTED])[ID].genres == ("house", "techno")


def test_an_untagged_recording_has_the_genres_of_its_artists(
    musicbrainz: MusicBrainz, server: Server
) -> None:
    own = tags(**{"the chemical brothers": 9, "seen live": 8})
    server.will(recordings(a_recording(tagged=own, artist=tags(techno=1, electronic=8))))
    assert musicbrainz.look_up(Kind.GENRES, [WANTED])[ID].genres == ("electronic", "techno")


@pytest.mark.parametrize(
    "reply",
    [
        Reply(404, {"error": "Not Found"}),
        Reply(404, ""),
        recordings(),
        recordings(a_recording(tagged=[])),
        recordings({"id": MBID}),
        recordings(a_recording(tagged="rock", **{"artist-credit": None})),
        recordings(a_recording(tagged=[], **{"artist-credit": [{"name": "No artist"}, None]})),
        recordings(a_recording(tagged=[None, {"name": 5, "count": 3}, {"name": "rock"}])),
    ],
)
def test_an_unknown_or_untagged_recording_is_a_miss(
    musicbrainz: MusicBrainz, server: Server, reply: Reply
) -> None:
    server.will(reply)
    assert musicbrainz.look_up(Kind.GENRES, [WANTED]) == {}
    assert len(server.asked) == 1


@pytest.mark.parametrize("isrc", [None, "", "GB", "GBAAA9900303/../x"])
def test_without_an_isrc_nothing_is_asked(
    musicbrainz: MusicBrainz, server: Server, isrc: str | None
) -> None:
    assert musicbrainz.look_up(Kind.GENRES, [Wanted(ID, isrc)]) == {}
    assert server.asked == []


def test_a_request_that_is_refused_as_wrong_is_nonsense(
    musicbrainz: MusicBrainz, server: Server
) -> None:
    server.will(Reply(400, {"error": "genres is not a valid inc parameter"}))

    with pytest.raises(ProviderNonsense):
        musicbrainz.look_up(Kind.GENRES, [WANTED])

"""A playlist of 250 tracks, with Spotify failing at each of its requests."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from tests.services.conftest import Clock
from tests.services.demo_spotify import DemoSpotify, connect_demo
from ttt.errors import NotConnected, SpotifyNotFound, SpotifyUnavailable
from ttt.found import FoundPlaylist, FoundTrack, PlaylistList, PlaylistPage
from ttt.models import SentPlaylist
from ttt.providers.values.catalogue import Catalogue
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.playlists import own as own_playlists
from ttt.services.playlists import playlists, sending
from ttt.services.playlists.playlists import Sent, State
from ttt.services.spotify import spotify
from ttt.store import locks

TRACKS = 250
REQUESTS = 1 + 3


@pytest.fixture(autouse=True)
def connected(context: Context, ada: Person, demo: DemoSpotify) -> None:
    connect_demo(context, ada)
    demo.asked.clear()


def uris(context: Context, count: int = TRACKS) -> list[str]:
    """Tracks in no order that Spotify would have them in by itself, the first one twice."""
    found = Catalogue.load(context.settings.catalogue_file).search("a", count - 1)
    return [track.uri for track in (*found, found[0])]


def sent(context: Context, person: Person) -> Sent:
    (playlist,) = playlists.history(context, person)
    return playlist


def there(context: Context, person: Person) -> list[list[str]]:
    """Rows of each playlist at Spotify but the one that was there before."""
    own = [p for p in own_playlists.owned(context, person).playlists if p.name.startswith("TTT")]
    found = [own_playlists.contents(context, person, p.spotify_id) for p in own]
    return [[track.uri for track in contents.tracks] for contents in found]


def in_flight(context: Context, playlist: Sent) -> bool:
    """Whether a request was made of which nobody knows what became."""
    with context.session() as session:
        return session.get_one(SentPlaylist, playlist.id).in_flight


def finish(context: Context, clock: Clock, playlist: Sent) -> list[float]:
    """Go on until the end, with the clock set forward for each wait; return the waits."""
    waits = []
    while (seconds := sending.advance(context, playlist.id)) is not None:
        clock.forward(seconds=seconds)
        waits += [seconds] if seconds else []
    return waits


def test_a_playlist_is_made_in_one_request_and_one_for_each_hundred_rows(
    context: Context, ada: Person, demo: DemoSpotify, clock: Clock
) -> None:
    wanted = uris(context)
    playlist = playlists.send(context, ada, wanted)
    assert demo.asked == []
    assert finish(context, clock, playlist) == []
    there_id = sent(context, ada).spotify_id
    assert demo.asked == ["/v1/me/playlists", *[f"/v1/playlists/{there_id}/items"] * 3]
    assert there(context, ada) == [wanted]
    done = sent(context, ada)
    assert (done.state, done.added, done.length) == (State.DONE, TRACKS, TRACKS)


def test_a_playlist_is_private_and_says_who_made_it(
    context: Context, ada: Person, clock: Clock
) -> None:
    finish(context, clock, playlists.send(context, ada, uris(context, 3)))
    (made,) = [p for p in own_playlists.owned(context, ada).playlists if p.name == "TTT_1"]
    assert made.public is False
    assert (made.description or "").startswith("Made with Top Track Tracker")


@pytest.mark.parametrize("fault", ["cut", "cut_after", "unavailable", "broken_json"])
@pytest.mark.parametrize("spared", range(REQUESTS))
def test_a_playlist_is_whole_and_in_order_whichever_request_fails(
    context: Context, ada: Person, demo: DemoSpotify, clock: Clock, spared: int, fault: str
) -> None:
    wanted = uris(context)
    playlist = playlists.send(context, ada, wanted)
    demo.spoil_after(spared, fault)
    assert finish(context, clock, playlist) == [5.0]
    assert there(context, ada) == [wanted]
    assert sent(context, ada).state is State.DONE


def test_all_requests_may_fail_once_and_what_looks_after_them_too(
    context: Context, ada: Person, demo: DemoSpotify, clock: Clock
) -> None:
    wanted = uris(context)
    playlist = playlists.send(context, ada, wanted)
    for _ in range(3 * REQUESTS):
        demo.spoil_after(0, "cut_after")
        wait = sending.advance(context, playlist.id)
        clock.forward(seconds=wait or 0)
    finish(context, clock, playlist)
    assert there(context, ada) == [wanted]


def test_a_rate_limit_is_waited_for_and_nobody_asks_before(
    context: Context, ada: Person, demo: DemoSpotify, clock: Clock
) -> None:
    wanted = uris(context)
    playlist = playlists.send(context, ada, wanted)
    demo.spoil_after(2, "quota_exceeded")
    while not (seconds := sending.advance(context, playlist.id)):
        pass
    assert seconds == 43_200
    assert not in_flight(context, playlist)  # so nobody has to look what became of it
    asked = len(demo.asked)
    clock.forward(hours=11)
    assert sending.advance(context, playlist.id) == 3_600
    assert len(demo.asked) == asked
    clock.forward(hours=1)
    finish(context, clock, playlist)
    assert there(context, ada) == [wanted]


def test_waits_grow_and_come_to_an_end(
    context: Context, ada: Person, demo: DemoSpotify, clock: Clock
) -> None:
    playlist = playlists.send(context, ada, uris(context, 3))
    demo.spoil("unavailable")
    start = clock.time
    for wait in (5, 10, 20):
        assert sending.advance(context, playlist.id) == wait
        clock.forward(seconds=wait)
    for _ in range(36 - 3):
        clock.forward(seconds=sending.advance(context, playlist.id) or 0)
    with pytest.raises(SpotifyUnavailable):
        sending.advance(context, playlist.id)
    assert clock.time - start > timedelta(days=1)
    failed = sent(context, ada)
    assert failed.state is State.FAILED
    assert failed.error == "Spotify is not available. Try again in a few minutes."
    demo.mend()
    finish(context, clock, playlists.resume(context, ada, playlist.id))
    assert len(there(context, ada)) == 1


def test_what_spotify_refuses_ends_it_with_the_reason(
    context: Context, ada: Person, clock: Clock
) -> None:
    playlist = playlists.send(context, ada, [*uris(context, 3), f"spotify:track:{'0' * 22}"])
    with pytest.raises(SpotifyNotFound):
        finish(context, clock, playlist)
    failed = sent(context, ada)
    assert (failed.state, failed.added) == (State.FAILED, 0)
    assert (failed.error or "").startswith("Spotify does not know this.")


def test_who_disconnects_meanwhile_is_told_so(context: Context, ada: Person) -> None:
    playlist = playlists.send(context, ada, uris(context, 3))
    spotify.disconnect(context, ada)
    with pytest.raises(NotConnected):
        sending.advance(context, playlist.id)
    assert sent(context, ada).state is State.FAILED


def test_a_playlist_that_was_changed_meanwhile_is_known_by_its_end(
    context: Context, ada: Person, demo: DemoSpotify, clock: Clock
) -> None:
    wanted = uris(context)
    playlist = playlists.send(context, ada, wanted)
    for _ in range(2):
        sending.advance(context, playlist.id)
    there_id = sent(context, ada).spotify_id or ""
    spotify.call(context, ada, lambda client: client.add_to_playlist(there_id, wanted[:1]))
    demo.spoil("cut_after", times=1)
    finish(context, clock, playlist)
    assert there(context, ada) == [[*wanted[:100], wanted[0], *wanted[100:]]]


def test_a_finished_playlist_and_one_that_is_gone_ask_nothing(
    context: Context, ada: Person, demo: DemoSpotify, clock: Clock
) -> None:
    playlist = playlists.send(context, ada, uris(context, 3))
    finish(context, clock, playlist)
    demo.asked.clear()
    assert sending.advance(context, playlist.id) is None
    assert sending.advance(context, playlist.id + 1) is None
    assert demo.asked == []


def test_while_another_process_makes_playlists_of_a_person_it_is_looked_again_in_a_second(
    context: Context, ada: Person, demo: DemoSpotify
) -> None:
    playlist = playlists.send(context, ada, uris(context, 3))
    with locks.held(context.direct, f"playlists-{ada.id}"):
        assert sending.advance(context, playlist.id) == 1
    assert demo.asked == []
    assert sending.advance(context, playlist.id) == 0


def test_the_rest_after_failures_doubles_from_five_seconds_to_an_hour() -> None:
    seconds = [sending.rest(failures).total_seconds() for failures in (1, 2, 3, 10, 11, 500)]
    assert seconds == [5, 10, 20, 2_560, 3_600, 3_600]


@pytest.mark.parametrize(
    ("name", "length", "description", "made"),
    [
        ("Other", 9, "by hand, marker", True),
        ("Mine", 0, "by hand", False),
        ("Mine", 0, None, True),
        ("Other", 0, None, False),
        ("Mine", 1, None, False),
    ],
)
def test_a_playlist_is_the_one_that_was_made_by_its_mark_or_by_name_while_it_is_empty(
    name: str, length: int, description: str | None, made: bool
) -> None:
    mine: Any = SimpleNamespace(name="Mine", marker="marker")
    found = FoundPlaylist("p", name, None, length, description)
    assert sending._is_made(found, mine) is made


class Listing:
    """Spotify with so many playlists of others, of which it tells or does not how many they are."""

    def __init__(self, there: int, *, telling: bool) -> None:
        self.there, self.total = there, there if telling else None
        self.asked: list[int] = []

    def playlists(self, offset: int) -> PlaylistList:
        self.asked.append(offset)
        found = [FoundPlaylist(f"p{n}", "Other", None, 1, "") for n in range(offset, self.there)]
        return PlaylistList(self.total, tuple(found[:50]))


@pytest.mark.parametrize(
    ("there", "telling", "asked"),
    [
        (50, True, [0]),
        (51, True, [0, 50]),
        (100, True, [0, 50]),
        (1_000, True, [0, 50, 100, 150]),
        (3, False, [0, 50, 100, 150]),
    ],
)
def test_what_was_just_made_is_looked_for_on_four_pages_at_most(
    context: Context, ada: Person, there: int, telling: bool, asked: list[int]
) -> None:
    playlist = playlists.send(context, ada, uris(context, 3))
    listing: Any = Listing(there, telling=telling)
    with context.session() as session:
        kept = session.get_one(SentPlaylist, playlist.id)
    assert sending._find_made(context, listing, kept) is None
    assert listing.asked == asked


@pytest.mark.parametrize(
    ("there", "telling", "pages"),
    [
        *((50, True, 1), (51, True, 2), (100, True, 2), (1_000, True, 10)),
        *((49, False, 1), (50, False, 2), (99, False, 2), (1_000, False, 10)),
    ],
)
def test_playlists_are_listed_to_their_end_and_five_hundred_at_most(
    there: int, telling: bool, pages: int
) -> None:
    listing: Any = Listing(there, telling=telling)
    found = [one for page in own_playlists._listed(listing) for one in page.playlists]
    assert listing.asked == [50 * page for page in range(pages)]
    assert len(found) == min(there, 500)


@pytest.mark.parametrize(
    ("there", "holds"),
    [
        ("xy", False),
        ("xyab", True),
        ("xyz", False),  # somebody else added one, and ours were not
        ("xyabz", False),
        ("xyzab", True),
        ("ab", False),
        ("", False),
    ],
)
def test_a_part_is_there_where_the_length_says_so_or_else_the_end(there: str, holds: bool) -> None:
    rows = tuple(FoundTrack(spotify_id, "Song", ()) for spotify_id in there)

    class Rows:
        def playlist_rows(self, _playlist: str, offset: int, most: int = 50) -> PlaylistPage:
            return PlaylistPage(len(rows), rows[offset : offset + most])

    client: Any = Rows()
    assert sending._holds(client, "p", 2, ["a", "b"]) is holds

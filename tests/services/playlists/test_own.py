from typing import Any

import pytest

from tests.services.conftest import Clock
from tests.services.demo_spotify import DemoSpotify, connect_demo
from tests.services.playlists.test_sending import finish, uris
from ttt.demo.faults import Fault
from ttt.errors import NotConnected, NotFound, SpotifyForbidden, SpotifyUnavailable
from ttt.services.context import Context
from ttt.services.lists import entries
from ttt.services.person import Person
from ttt.services.playlists import own as own_playlists
from ttt.services.playlists import playlists
from ttt.services.playlists.own import Comparison
from ttt.services.spotify import spotify

FAVOURITES = 120


@pytest.fixture(autouse=True)
def connected(context: Context, ada: Person, demo: DemoSpotify) -> None:
    connect_demo(context, ada)
    demo.asked.clear()


def favourites(context: Context, person: Person) -> str:
    """Id of the playlist that every demo listener has."""
    found = own_playlists.owned(context, person).playlists
    return next(playlist.spotify_id for playlist in found if "favourites" in playlist.name)


def sent(context: Context, person: Person, clock: Clock) -> int:
    playlist = playlists.send(context, person, uris(context, 5))
    finish(context, clock, playlist)
    return playlist.id


def test_only_ones_own_playlists_are_listed(context: Context, ada: Person) -> None:
    (found,) = own_playlists.owned(context, ada).playlists
    assert (found.name, found.length) == ("Ada's favourites", FAVOURITES)


def test_all_pages_of_the_list_are_read(context: Context, ada: Person, demo: DemoSpotify) -> None:
    for number in range(60):
        name = f"Number {number}"
        spotify.call(context, ada, lambda client, name=name: client.create_playlist(name, ""))
    demo.asked.clear()
    assert len(own_playlists.owned(context, ada).playlists) == 61
    assert demo.asked == ["/v1/me/playlists"] * 2


def test_who_is_not_connected_has_none(context: Context, bob: Person) -> None:
    with pytest.raises(NotConnected):
        own_playlists.owned(context, bob)


def test_a_playlist_is_read_by_the_fifty_to_its_end(
    context: Context, ada: Person, demo: DemoSpotify
) -> None:
    playlist = favourites(context, ada)
    demo.asked.clear()
    contents = own_playlists.contents(context, ada, playlist)
    assert (len(contents.tracks), contents.unread) == (FAVOURITES, 0)
    assert demo.asked == [f"/v1/playlists/{playlist}/items"] * 3


def test_a_page_that_is_full_to_its_end_is_the_last(
    context: Context, ada: Person, demo: DemoSpotify
) -> None:
    found = own_playlists.contents(context, ada, favourites(context, ada), most=50).tracks
    made = spotify.call(context, ada, lambda client: client.create_playlist("Fifty", "")).spotify_id
    some = [track.uri for track in found]
    spotify.call(context, ada, lambda client: client.add_to_playlist(made, some))
    for number in range(47):  # with the other two and one that is another's, fifty
        name = f"Number {number}"
        spotify.call(context, ada, lambda client, name=name: client.create_playlist(name, ""))
    demo.asked.clear()
    assert len(own_playlists.contents(context, ada, made).tracks) == 50
    assert len(own_playlists.owned(context, ada).playlists) == 49
    assert demo.asked == [f"/v1/playlists/{made}/items", "/v1/me/playlists"]
    demo.add(Fault("/v1/me/playlists", change=without_a_total))
    assert len(own_playlists.owned(context, ada).playlists) == 49
    assert demo.asked[2:] == ["/v1/me/playlists"] * 2


@pytest.mark.parametrize(("most", "asked"), [(100, 2), (101, 3)])
def test_no_page_beyond_the_limit_is_asked_for(
    context: Context, ada: Person, demo: DemoSpotify, most: int, asked: int
) -> None:
    playlist = favourites(context, ada)
    demo.asked.clear()
    contents = own_playlists.contents(context, ada, playlist, most=most)
    assert (len(contents.rows), contents.unread) == (most, FAVOURITES - most)
    assert demo.asked == [f"/v1/playlists/{playlist}/items"] * asked


def test_what_lies_beyond_the_limit_is_counted(context: Context, ada: Person) -> None:
    contents = own_playlists.contents(context, ada, favourites(context, ada), most=70)
    assert (len(contents.rows), contents.unread) == (70, 50)


def test_somebody_elses_playlist_is_closed(context: Context, ada: Person, bob: Person) -> None:
    connect_demo(context, bob, "ben")
    with pytest.raises(SpotifyForbidden):
        own_playlists.contents(context, ada, favourites(context, bob))


def test_all_tracks_of_a_playlist_are_saved_in_their_order(context: Context, ada: Person) -> None:
    playlist = favourites(context, ada)
    taken = own_playlists.add_all(context, ada, playlist)
    again = own_playlists.add_all(context, ada, playlist)
    assert (taken.receipt.added, taken.receipt.already_there) == (FAVOURITES, 0)
    assert (again.receipt.added, again.receipt.already_there) == (0, FAVOURITES)
    tracks = own_playlists.contents(context, ada, playlist).tracks
    assert [row.uri for row in entries.listed(context, ada)] == [track.uri for track in tracks]


def test_rows_that_are_no_tracks_are_refused_by_their_number(
    context: Context, ada: Person, demo: DemoSpotify
) -> None:
    playlist = favourites(context, ada)
    demo.add(Fault(f"/v1/playlists/{playlist}/items", change=without_the_second))
    receipt = own_playlists.add_all(context, ada, playlist).receipt
    assert [refusal.row for refusal in receipt.refused] == [2, 52, 102]
    assert receipt.added + receipt.already_there + len(receipt.refused) == FAVOURITES


def without_the_second(page: dict[str, Any]) -> dict[str, Any]:
    page["items"][1] = {"item": None}
    return page


def without_a_total(page: dict[str, Any]) -> dict[str, Any]:
    return page | {"total": None}


def test_a_playlist_that_does_not_say_its_length_is_read_to_its_end(
    context: Context, ada: Person, demo: DemoSpotify
) -> None:
    playlist = favourites(context, ada)
    demo.add(Fault(f"/v1/playlists/{playlist}/items", change=without_a_total))
    found = own_playlists.contents(context, ada, playlist)
    assert (len(found.tracks), found.unread) == (FAVOURITES, 0)


def with_an_episode(page: dict[str, Any]) -> dict[str, Any]:
    page["items"][1] = {"item": {"type": "episode", "id": "e" * 22, "name": "How we met"}}
    return page


def test_rows_that_are_no_tracks_are_refused_by_their_title(
    context: Context, ada: Person, demo: DemoSpotify
) -> None:
    playlist = favourites(context, ada)
    demo.add(Fault(f"/v1/playlists/{playlist}/items", change=with_an_episode))
    receipt = own_playlists.add_all(context, ada, playlist).receipt
    assert [refusal.text for refusal in receipt.refused] == ["How we met"] * 3


def test_nothing_is_saved_when_it_breaks_in_the_middle(
    context: Context, ada: Person, demo: DemoSpotify
) -> None:
    playlist = favourites(context, ada)
    demo.spoil_after(2, "cut")
    with pytest.raises(SpotifyUnavailable):
        own_playlists.add_all(context, ada, playlist)
    assert entries.listed(context, ada) == []


def test_a_playlist_as_it_was_sent_has_not_changed(
    context: Context, ada: Person, clock: Clock
) -> None:
    compared = own_playlists.compare(context, ada, sent(context, ada, clock))
    assert compared == Comparison(length=5, gone=(), new=(), same_order=True)


def test_a_comparison_names_what_is_new(context: Context, ada: Person, clock: Clock) -> None:
    playlist_id = sent(context, ada, clock)
    there = playlists.find(context, ada, playlist_id).spotify_id or ""
    new = own_playlists.contents(context, ada, favourites(context, ada)).tracks[0]
    spotify.call(context, ada, lambda client: client.add_to_playlist(there, [new.uri]))
    compared = own_playlists.compare(context, ada, playlist_id)
    assert compared == Comparison(length=6, gone=(), new=(new.label,), same_order=True)


def test_a_comparison_names_what_is_gone_and_sees_another_order(
    context: Context, ada: Person, demo: DemoSpotify, clock: Clock
) -> None:
    playlist_id = sent(context, ada, clock)
    own_playlists.add_all(context, ada, playlists.find(context, ada, playlist_id).spotify_id or "")
    first = entries.listed(context, ada)[0]
    demo.add(Fault("/v1/playlists/", change=shortened_and_turned))
    compared = own_playlists.compare(context, ada, playlist_id)
    assert compared == Comparison(length=4, gone=(first.label,), new=(), same_order=False)


def shortened_and_turned(page: dict[str, Any]) -> dict[str, Any]:
    return page | {"items": page["items"][:0:-1], "total": 4}


def test_a_playlist_that_is_not_there_yet_cannot_be_compared(
    context: Context, ada: Person, demo: DemoSpotify
) -> None:
    playlist = playlists.send(context, ada, uris(context, 3))
    demo.asked.clear()
    with pytest.raises(NotFound):
        own_playlists.compare(context, ada, playlist.id)
    assert demo.asked == []

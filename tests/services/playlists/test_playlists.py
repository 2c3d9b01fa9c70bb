from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest

from tests.services.conftest import Clock, connect
from ttt.errors import InvalidInput, NotConnected, NotFound, ScopeMissing
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.playlists import playlists
from ttt.services.playlists.playlists import State

URIS = [f"spotify:track:{number:022}" for number in (2, 0, 1, 0)]
IDS = [uri.rpartition(":")[2] for uri in URIS]


@pytest.fixture(autouse=True)
def connected(context: Context, ada: Person) -> None:
    connect(context, ada)


def test_a_playlist_waits_with_its_rows_as_they_were(
    context: Context, ada: Person, clock: Clock
) -> None:
    sent = playlists.send(context, ada, URIS, "  Road \n trip ")
    assert (sent.name, sent.length, sent.added) == ("Road trip", 4, 0)
    assert (sent.state, sent.link, sent.created_at) == (State.WAITING, None, clock.time)
    assert playlists.rows(context, ada, sent.id) == IDS
    assert playlists.history(context, ada) == [sent]


def test_names_are_numbered_by_person(context: Context, ada: Person, bob: Person) -> None:
    for name in ("", "Road trip", "TTT_7", "TTT_08", " "):
        playlists.send(context, ada, URIS, name)
    assert [sent.name for sent in playlists.history(context, ada)] == [
        *("TTT_8", "TTT_08", "TTT_7", "Road trip", "TTT_1")
    ]
    assert playlists.default_name(context, ada) == "TTT_9"
    assert playlists.default_name(context, bob) == "TTT_1"


def test_tabs_that_send_at_once_get_names_of_their_own(
    context: Context, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = playlists.default_name

    def read_slowly(*who: object) -> str:
        found = read(*who)
        sleep(0.05)  # long enough that the other tab reads as well
        return found

    monkeypatch.setattr(playlists, "default_name", read_slowly)
    with ThreadPoolExecutor(4) as tabs:
        sent = list(tabs.map(lambda _: playlists.send(context, ada, URIS), range(4)))
    assert {one.name for one in sent} == {"TTT_1", "TTT_2", "TTT_3", "TTT_4"}


@pytest.mark.parametrize(
    ("uris", "name"),
    [([], ""), (URIS, "x" * 101), (["spotify:album:1"], ""), (URIS * 2_501, "")],
    ids=["no tracks", "long name", "no track", "too many tracks"],
)
def test_what_cannot_be_a_playlist_is_refused(
    context: Context, ada: Person, uris: list[str], name: str
) -> None:
    with pytest.raises(InvalidInput):
        playlists.send(context, ada, uris, name)
    assert playlists.history(context, ada) == []


def test_without_permission_nothing_is_written_down(context: Context, bob: Person) -> None:
    with pytest.raises(NotConnected):
        playlists.send(context, bob, URIS)
    connect(context, bob, scopes=["user-top-read"])
    with pytest.raises(ScopeMissing):
        playlists.send(context, bob, URIS)
    assert playlists.history(context, bob) == []


def test_a_playlist_is_made_again_from_its_rows(context: Context, ada: Person) -> None:
    first = playlists.send(context, ada, URIS, "Road trip")
    again = playlists.again(context, ada, first.id)
    assert (again.name, again.length, again.state) == ("TTT_1", 4, State.WAITING)
    assert playlists.rows(context, ada, again.id) == IDS


def test_a_playlist_is_nobody_elses(context: Context, ada: Person, bob: Person) -> None:
    connect(context, bob)
    sent = playlists.send(context, ada, URIS)
    for use in (playlists.find, playlists.rows, playlists.again, playlists.resume):
        with pytest.raises(NotFound):
            use(context, bob, sent.id)
    assert playlists.history(context, bob) == []


def test_each_resumption_is_a_run_of_its_own(context: Context, ada: Person) -> None:
    sent = playlists.send(context, ada, URIS)
    assert [playlists.resume(context, ada, sent.id).run for _ in range(2)] == [2, 3]

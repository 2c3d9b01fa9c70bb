"""What Spotify was seen to do wrong, met by a person with a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acting, table
from tests.browser.conftest import Browse
from tests.browser.people import People
from tests.browser.server import Server
from tests.surroundings.loopback import ask
from ttt.demo.named_faults import NAMED
from ttt.errors import ReconnectNeeded
from ttt.music import Period
from ttt.services.person import Person
from ttt.services.playlists import own as own_playlists
from ttt.services.spotify import spotify
from ttt.services.top import top_tracks

pytestmark = pytest.mark.without_charts

NOT_LISTED = "Spotify says that your account is not on the allow list"
ON_CONNECTING = {
    "accounts_down": "Spotify's sign-in service is not available.",
    "accounts_html": "Spotify's sign-in service answered something that makes no sense.",
    "accounts_no_token": "Spotify's sign-in service answered something that makes no sense.",
    "code_refused": "Spotify did not accept its own code, so nothing was connected.",
    "not_allowed": NOT_LISTED,
    "not_allowed_text": NOT_LISTED,
    "owner_without_premium": "The owner of this server's Spotify app has no Spotify Premium.",
    "broken_json": "Spotify answered something that makes no sense.",
    "slow": "Spotify did not answer in time.",
    "client_refused": "Spotify does not accept the client ID or the client secret",
}
ON_REFRESHING = {
    "not_allowed": NOT_LISTED,
    "not_allowed_text": NOT_LISTED,
    "owner_without_premium": "The owner of this server's Spotify app has no Spotify Premium.",
    "forbidden": "Spotify refused this.",
    "not_found": "Spotify says that what this server asked for does not exist.",
    "server_error": "Spotify is not available.",
    "bad_gateway": "Spotify is not available.",
    "unavailable": "Spotify is not available.",
    "slow": "Spotify did not answer in time.",
    "cut": "Spotify is not available.",
    "broken_json": "Spotify answered something that makes no sense.",
    "json_list": "Spotify answered something that makes no sense.",
    "items_missing": "Spotify answered something that makes no sense.",
}
ENDS_THE_CONNECTION = {
    "token_revoked": ("unauthorized", "token_revoked"),
    "six_months": ("unauthorized", "six_months"),
    "unauthorized": ("unauthorized",),
}
RATE_LIMITS = {
    "rate_limited": "Spotify asks this server to slow down.",
    "rate_limited_bare": "Spotify asks this server to slow down.",
    "quota_exceeded": "This server has used up what Spotify allows it for now.",
}
ON_PLAYING = {
    "no_active_device": "Spotify finds no device to play on.",
    "not_premium": "Spotify plays from other apps only for people with Spotify Premium.",
    "restricted_device": "The device takes no commands from here, or not this one now.",
}
ON_SENDING = ("cut_after",)
# Met by the recorder, which no page waits for: tests/services/plays/test_recording.py.
ON_RECORDING = (
    *("insufficient_scope", "plays_empty", "plays_missing", "plays_null", "plays_local"),
    *("plays_without_track", "plays_bare"),
)
# Every tenth row is spoilt: left out where nothing of it can be used.
ODD_ROWS = {
    "rows_null": 45,
    "rows_local": 45,
    "rows_episode": 45,
    "fields_missing": 50,
    "fields_odd": 50,
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, port: int) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    with Server(folder, port=port, TTT_DEMO_FAULTS="1", TTT_SPOTIFY_TIMEOUT="2") as server:
        yield server


@pytest.fixture(autouse=True)
def nothing_stays_broken(server: Server) -> Iterator[None]:
    yield
    mend(server)


def spoil(server: Server, *names: str, times: int | None = None) -> None:
    """Switch faults of the demo on, for so many requests or until they are mended."""
    for name in names:
        url, asked = f"{server.url}/demo-spotify/faults", {"name": name, "times": times}
        assert ask("POST", url, json=asked).is_success


def mend(server: Server) -> None:
    """Switch all faults off."""
    assert ask("DELETE", f"{server.url}/demo-spotify/faults").is_success


def expect_no_traceback(page: Page) -> None:
    expect(page.get_by_text("Traceback")).to_have_count(0)
    expect(page.get_by_text("Something went wrong")).to_have_count(0)


# In the frame in which it is said: on a busy machine Spotify is given up before Python asks.
_WHILE_ASKED = """places => {
  const said = [...document.querySelectorAll('[role=status]')]
    .some(one => one.checkVisibility() && one.textContent.includes('Asking Spotify'))
  return said && places.map(place => place.getBoundingClientRect().toJSON())
}"""


def test_every_fault_of_the_demo_is_met_here() -> None:
    on_lists = {*ON_CONNECTING, *ON_REFRESHING, *ENDS_THE_CONNECTION, *RATE_LIMITS, *ODD_ROWS}
    assert on_lists | {*ON_PLAYING, *ON_SENDING, *ON_RECORDING} == NAMED.keys()


@pytest.mark.parametrize(("name", "sentence"), ON_CONNECTING.items())
def test_a_fault_on_connecting_is_told_in_words_and_stores_nothing(
    server: Server, page: Page, people: People, person: Person, name: str, sentence: str
) -> None:
    page.goto("/spotify")
    spoil(server, name)
    acting.press(page, "Connect Spotify")
    page.get_by_role("button", name="Agree").click()
    expect(page.get_by_text(sentence)).to_be_visible()
    expect_no_traceback(page)
    assert spotify.connection(people.context, person) is None
    mend(server)
    acting.press(page, "Connect Spotify")
    page.get_by_role("button", name="Agree").click()
    expect(page.get_by_text("Spotify is connected.")).to_be_visible()


@pytest.mark.parametrize(("name", "sentence"), ON_REFRESHING.items())
def test_a_fault_on_refreshing_is_told_in_words_until_it_is_over(
    server: Server, page: Page, people: People, person: Person, name: str, sentence: str
) -> None:
    people.connect(person)
    spoil(server, name)
    page.goto("/top-tracks")
    expect(page.get_by_text(sentence)).to_be_visible()
    expect(page.get_by_text("No list has been fetched yet.")).to_be_visible()
    expect_no_traceback(page)
    mend(server)
    acting.press(page, "Refresh")
    expect(page.get_by_text("50 tracks · refreshed")).to_be_visible()
    expect(page.get_by_text(sentence)).to_have_count(0)


def test_a_fault_keeps_the_list_of_before(
    server: Server, page: Page, people: People, person: Person
) -> None:
    titles = people.refresh(person)
    spoil(server, "unavailable")
    page.goto("/top-tracks")
    acting.press(page, "Refresh")
    expect(page.get_by_text(ON_REFRESHING["unavailable"])).to_be_visible()
    table.expect_rows(page, 50)
    table.expect_column(page, "Title", titles[:5])


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_refresh_and_the_list_stay_where_they_are_while_spotify_is_asked(
    server: Server, page: Page, people: People, person: Person, width: int
) -> None:
    people.refresh(person)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/top-tracks")
    table.expect_rows(page, 50)
    acting.settled(page)
    button, row = page.get_by_role("button", name="Refresh"), page.locator("[data-track]").first
    places = [button.element_handle(), row.element_handle()]
    before = [place.evaluate("place => place.getBoundingClientRect().toJSON()") for place in places]
    spoil(server, "slow")
    button.click()
    assert page.wait_for_function(_WHILE_ASKED, arg=places).json_value() == before


@pytest.mark.parametrize("names", ENDS_THE_CONNECTION.values(), ids=ENDS_THE_CONNECTION)
def test_a_dead_authorization_is_dropped_and_every_page_that_needs_it_says_reconnect(
    server: Server, page: Page, people: People, person: Person, names: tuple[str, ...]
) -> None:
    people.refresh(person)
    page.goto("/top-tracks")
    table.expect_rows(page, 50)
    spoil(server, *names)
    acting.press(page, "Refresh")
    expect(page.get_by_text("Spotify no longer accepts this connection")).to_be_visible()
    expect(page.get_by_role("link", name="Reconnect Spotify")).to_be_visible()
    expect_no_traceback(page)
    mend(server)
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_text("Your connection to Spotify has ended.")).to_be_visible()
    page.get_by_role("link", name="Reconnect Spotify").click()
    acting.press(page, "Reconnect Spotify")
    page.get_by_role("button", name="Agree").click()
    expect(page.get_by_text("Spotify is connected.")).to_be_visible()
    page.get_by_role("link", name="Top tracks").click()
    table.expect_rows(page, 50)
    expect(page.get_by_text("Spotify no longer accepts this connection")).to_have_count(0)


@pytest.mark.parametrize("width", [1440, 390])
def test_what_stands_beside_the_title_does_so_below_what_is_said_above_it(
    server: Server, page: Page, people: People, person: Person, heard: None, width: int
) -> None:
    people.refresh(person)
    spoil(server, "unauthorized", "token_revoked")
    with pytest.raises(ReconnectNeeded):
        top_tracks.refresh(people.context, person)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/listening")
    expect(page.get_by_role("link", name="Go to Spotify")).to_be_visible()
    acting.settled(page)
    title = page.locator("h1").bounding_box()
    button = page.get_by_role("button", name="Table", exact=True).bounding_box()
    assert title
    assert button
    assert abs(button["y"] - title["y"]) < 12


@pytest.mark.parametrize(("name", "rows"), ODD_ROWS.items())
def test_odd_rows_are_left_out_or_shown_with_what_is_known(
    server: Server, page: Page, people: People, person: Person, name: str, rows: int
) -> None:
    people.connect(person)
    spoil(server, name)
    page.goto("/top-tracks")
    table.expect_rows(page, rows)
    expect_no_traceback(page)
    assert len(top_tracks.read(people.context, person)[Period.LONG_TERM].rows) == rows
    unread = page.get_by_text(f"{50 - rows} of 50 rows could not be read")
    expect(unread).to_have_count(1 if rows < 50 else 0)


@pytest.mark.parametrize(("name", "sentence"), RATE_LIMITS.items())
def test_a_rate_limit_shows_until_when_and_asks_nobody_meanwhile(
    browse: Browse, tmp_path: Path, name: str, sentence: str
) -> None:
    # A server of its own: all its people share the limit.
    with Server(tmp_path, TTT_DEMO_FAULTS="1") as server, People(server) as people:
        person = people.add()
        people.refresh(person)
        page = browse(server, people.session(person), timezone_id="Asia/Tokyo")
        page.goto("/top-tracks")
        table.expect_rows(page, 50)
        spoil(server, name)
        acting.press(page, "Refresh")
        expect(page.get_by_text(sentence)).to_be_visible()
        expect(page.get_by_text("refresh after")).not_to_contain_text("UTC")
        expect_no_traceback(page)
        table.expect_rows(page, 50)
        mend(server)
        asked = server.console.count("/v1/me/top/tracks")
        page.goto("/spotify")
        expect(page.get_by_text(sentence)).to_be_visible()
        page.get_by_role("link", name="Top tracks").click()
        expect(page.get_by_text(sentence)).to_be_visible()
        acting.press(page, "Refresh")
        expect(page.get_by_text(sentence)).to_be_visible()
        assert server.console.count("/v1/me/top/tracks") == asked


@pytest.mark.parametrize(("name", "sentence"), ON_PLAYING.items())
def test_a_fault_on_playing_is_told_in_words(
    server: Server, page: Page, people: People, person: Person, name: str, sentence: str
) -> None:
    people.refresh(person)
    page.goto("/top-tracks")
    table.expect_rows(page, 50)
    acting.popover(page, "Play")
    start = page.get_by_role("button", name="Play 50 tracks")
    expect(start).to_be_enabled()
    spoil(server, name)
    start.click()
    expect(page.get_by_text(sentence)).to_be_visible()
    expect_no_traceback(page)


@pytest.mark.parametrize("name", ON_SENDING)
def test_a_playlist_whose_answer_was_lost_is_there_once(
    server: Server, page: Page, people: People, person: Person, name: str
) -> None:
    titles = people.refresh(person)
    page.goto("/top-tracks")
    table.expect_rows(page, 50)
    acting.popover(page, "Playlist")
    page.get_by_label("Name").fill("Once")
    spoil(server, name, times=1)
    acting.press(page, "Send to Spotify")
    expect(page.get_by_text("is at Spotify, with 50 tracks.")).to_be_visible()
    own = own_playlists.owned(people.context, person).playlists
    (made,) = [playlist for playlist in own if playlist.name == "Once"]
    contents = own_playlists.contents(people.context, person, made.spotify_id)
    assert [track.title for track in contents.tracks] == titles

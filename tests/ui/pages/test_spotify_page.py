from collections.abc import Callable
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from tests.services.conftest import Clock, connect
from tests.ui.conftest import ListeningSpotify, Open, Visitor, click, labels, words
from ttt.errors import (
    ClientRefused,
    CodeRefused,
    ConsentRefused,
    NotOnAllowList,
    RateLimited,
    SpotifyError,
)
from ttt.plays import PlaySource, ToldPlay
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays import undoing
from ttt.services.plays.taking import Taker
from ttt.services.spotify import connecting, spotify
from ttt.services.top import top_tracks
from ttt.ui.frame import process

Return = Callable[[str | SpotifyError], AppTest]


@pytest.fixture
def come_back(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> Return:
    """Comes back from Spotify's page, where what `finish` makes of the answer is given."""

    def come_back(outcome: str | SpotifyError) -> AppTest:
        def finish(_context: Context, _person: Person, answer: dict[str, str]) -> str:
            assert answer == {"code": "c", "state": "s"}
            if isinstance(outcome, SpotifyError):
                raise outcome
            return outcome

        monkeypatch.setattr(connecting, "finish", finish)
        app = open_page("spotify")
        app.query_params["code"], app.query_params["state"] = "c", "s"
        return app.run()

    return come_back


def test_who_is_not_connected_is_told_what_connecting_means(open_page: Open) -> None:
    app = open_page("spotify")
    assert not app.exception
    assert "Connect Spotify" in labels(app)
    assert "Yes, disconnect" not in labels(app)
    assert "kept encrypted on this server" in words(app)


def test_connecting_goes_to_the_consent_page(
    open_page: Open, context: Context, visitor: Visitor
) -> None:
    click(open_page("spotify"), "Connect Spotify")
    (consent,) = visitor.went_to
    assert consent.startswith(context.settings.authorize_url)


def test_a_connection_is_shown_with_its_end(open_page: Open, context: Context, ada: Person) -> None:
    connect(context, ada)
    app = open_page("spotify")
    assert not app.exception
    assert "Connected as Ada" in words(app)
    assert "Authorized 22 Nov 2026" in words(app)
    assert "about 23 May 2027" in words(app)
    assert {"Yes, disconnect"} == set(labels(app)) - {"Sign out"}


def test_an_ended_connection_can_be_made_again(
    open_page: Open, context: Context, ada: Person
) -> None:
    connect(context, ada, usable=False)
    app = open_page("spotify")
    assert "Spotify no longer accepts this connection" in words(app)
    assert {"Reconnect Spotify", "Yes, disconnect"} <= set(labels(app))


def test_a_block_is_shown_with_its_end(
    open_page: Open, context: Context, ada: Person, clock: Clock
) -> None:
    connect(context, ada)
    limit = RateLimited(clock.time + timedelta(minutes=30))

    def limited(_client: object) -> None:
        raise limit

    with pytest.raises(RateLimited):
        spotify.call(context, ada, limited)
    assert "refresh after 22 Nov, 12:30 UTC." in words(open_page("spotify"))


def test_disconnecting_shows_the_page_as_at_first(
    open_page: Open, context: Context, ada: Person
) -> None:
    connect(context, ada)
    app = click(open_page("spotify"), "Yes, disconnect")
    assert spotify.connection(context, ada) is None
    assert "Connect Spotify" in labels(app)


def test_coming_back_connected_lands_on_the_top_tracks_and_forgets_the_answer(
    come_back: Return, adas_spotify: ListeningSpotify
) -> None:
    app = come_back("/spotify")
    assert app.title[0].value == "Top tracks"
    assert "Spotify is connected." in words(app)
    assert app.query_params == {}


def test_while_spotify_is_asked_the_title_stands_and_no_toast_covers_it(
    come_back: Return, adas_spotify: ListeningSpotify, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = list[tuple[bool, list[object]]]()
    refresh, toasts = top_tracks.refresh, list[object]()

    def look(context: Context, person: Person) -> None:
        seen.append((process.has_title(), list(toasts)))
        refresh(context, person)

    monkeypatch.setattr(top_tracks, "refresh", look)
    monkeypatch.setattr("streamlit.toast", lambda body, **_: toasts.append(body))
    come_back("/spotify")
    assert (seen, toasts) == ([(True, [])], ["Spotify is connected."])


def test_coming_back_connected_leads_to_where_it_began(come_back: Return, visitor: Visitor) -> None:
    come_back("/trending")
    assert visitor.went_to == ["/trending"]


@pytest.mark.parametrize(
    ("admin", "todo"),
    [(True, "SPOTIFY_CLIENT_SECRET, then restart the server"), (False, "Tell an admin")],
)
def test_a_refused_secret_says_who_can_do_what(come_back: Return, admin: bool, todo: str) -> None:
    app = come_back(ClientRefused(admin=admin))
    assert "Spotify does not accept the client ID or the client secret" in words(app)
    assert todo in words(app)


def test_an_answer_that_has_to_wait_stays_in_the_address(come_back: Return, clock: Clock) -> None:
    until = clock.time + timedelta(seconds=30)
    app = come_back(RateLimited(until, connecting="kept"))
    assert "reload this page after 22 Nov, 12:01 UTC." in words(app)
    assert {name: app.query_params[name] for name in app.query_params} == {
        "code": "c",
        "state": "s",
    }


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        (ConsentRefused(), "You pressed Cancel on Spotify's page, so nothing was connected."),
        (CodeRefused(), "Spotify did not accept its own code, so nothing was connected."),
        (
            NotOnAllowList(),
            "Spotify says that your account is not on the allow list of this server's app.",
        ),
    ],
)
def test_coming_back_with_trouble_says_what_and_forgets_the_answer(
    come_back: Return, trouble: SpotifyError, sentence: str
) -> None:
    app = come_back(trouble)
    assert not app.exception
    assert sentence in words(app)
    assert app.query_params == {}
    assert "Connect Spotify" in labels(app)


def test_disconnecting_says_first_what_it_costs(
    open_page: Open, context: Context, ada: Person, adas_spotify: ListeningSpotify
) -> None:
    assert "This deletes the connection from this server" in words(open_page("spotify"))
    top_tracks.refresh(context, ada)
    said = words(open_page("spotify"))
    assert "This deletes the connection and 3 lists of top tracks since 22 Nov" in said


@pytest.mark.parametrize("too", [True, False])
def test_disconnecting_asks_what_becomes_of_recorded_plays(
    open_page: Open, context: Context, ada: Person, adas_spotify: ListeningSpotify, *, too: bool
) -> None:
    assert not open_page("spotify").checkbox
    with context.session() as session:
        play = ToldPlay(1_790_000_000, "Song", ("Band",), ms=200_000)
        Taker(context, ada.id, PlaySource.SPOTIFY_RECENT).take(session, [play])
        session.commit()
    app = open_page("spotify")
    assert "Delete the play that was recorded from Spotify too" in app.checkbox[0].label
    assert app.checkbox[0].value
    app.checkbox[0].set_value(too).run()
    click(app, "Yes, disconnect")
    assert spotify.connection(context, ada) is None
    assert undoing.recorded(context, ada) == (0 if too else 1)

from tests.services.conftest import connect
from tests.ui.conftest import ListeningSpotify, Open, page_links, words
from ttt.services.accounts import own_account
from ttt.services.context import Context
from ttt.services.lists import entries
from ttt.services.person import Person
from ttt.services.top import top_tracks


def test_somebody_new_is_told_to_connect(open_page: Open) -> None:
    app = open_page("home")
    assert not app.exception
    assert "Hello, Ada" in words(app)
    assert "Next: Connect Spotify to see what you play most." in words(app)
    assert page_links(app) == ["Connect Spotify"]


def test_who_is_connected_is_sent_to_the_lists(
    open_page: Open, adas_spotify: ListeningSpotify
) -> None:
    app = open_page("home")
    assert "Next: You are connected. Fetch your top tracks." in words(app)
    assert "Demo data" in words(app)


def test_whose_connection_ended_is_told_to_reconnect(
    open_page: Open, context: Context, ada: Person
) -> None:
    connect(context, ada, usable=False)
    app = open_page("home")
    assert "Next: Your connection to Spotify has ended." in words(app)
    assert page_links(app)[-1] == "Reconnect Spotify"


def test_everything_in_use_shows_the_lists_and_no_next_step(
    open_page: Open, context: Context, ada: Person, adas_spotify: ListeningSpotify
) -> None:
    top_tracks.refresh(context, ada)
    uris = [track.uri for track in adas_spotify.tracks.values()]
    entries.add_uris(context, ada, uris[7:8])
    app = open_page("home")
    assert not app.exception
    assert "Next:" not in words(app)
    for heading in ("Last 4 weeks", "Last 6 months", "Last year", "What moved", "Newest trending"):
        assert heading in words(app)
    html = "".join(element.proto.body for element in app.get("html"))
    assert html.count(f"/track/{uris[0].rpartition(':')[2]}") == 3
    assert html.count(f"/track/{uris[7].rpartition(':')[2]}") == 1


def test_a_name_is_shown_as_it_is_written(open_page: Open, context: Context, ada: Person) -> None:
    own_account.change_details(context, ada, "Ada *Love* [lace](https://evil.example)", "")
    # Invisible signs keep an address from becoming a link.
    title = open_page("home").title[0].value.replace("\u2060", "")
    assert title == r"Hello, Ada \*Love\* \[lace\]\(https\:\/\/evil\.example\)"

import re

import pytest

from tests.services.conftest import Clock, connect
from tests.services.plays.conftest import take
from tests.ui.conftest import ListeningSpotify, Open, html, labels, page_links, words
from ttt.found import FoundArtist, FoundTrack, NowPlaying, TrackPage
from ttt.models import HistoryUpload
from ttt.plays import ToldPlay
from ttt.services.accounts import own_account
from ttt.services.context import Context
from ttt.services.lists import entries
from ttt.services.person import Person
from ttt.services.plays.frame import loading
from ttt.services.top import top_tracks


def test_somebody_new_sees_an_example_and_the_two_ways_to_begin(open_page: Open) -> None:
    app = open_page("home")
    assert not app.exception
    said = words(app)
    assert "Hello, Ada" in said
    assert "See what you really play" in said
    assert "Nothing yet" not in said
    assert '<p class="ttt-example-name">An example</p>' in "".join(
        html.proto.body for html in app.get("html")
    )
    assert "Connect Spotify" in labels(app)
    assert page_links(app) == ["Bring a listening history"]


def test_who_has_saved_tracks_sees_them_and_is_told_to_connect(
    open_page: Open, context: Context, ada: Person
) -> None:
    entries.add_uris(context, ada, ["spotify:track:4uLU6hMCjMI75M1A2tKUQC"])
    app = open_page("home")
    assert "Next: Connect Spotify to see what you play most." in words(app)
    assert page_links(app) == ["Connect Spotify", "Bring a listening history"]


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
    assert "Reconnect Spotify" in page_links(app)


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


@pytest.mark.parametrize("heard", [False, True], ids=["without plays", "with plays"])
def test_rows_that_could_not_be_read_are_told_here_too(
    open_page: Open,
    context: Context,
    ada: Person,
    adas_spotify: ListeningSpotify,
    monkeypatch: pytest.MonkeyPatch,
    heard: bool,
) -> None:
    few = tuple(adas_spotify.tracks.values())[:9]
    monkeypatch.setattr(adas_spotify, "top_tracks", lambda _: TrackPage((None, *few)))
    top_tracks.refresh(context, ada)
    if heard:
        at = int(context.now().timestamp()) - 5_000
        take(context, ada.id, [ToldPlay(at, "Dust", ("Ada",), ms=180_000)])
    app = open_page("home")
    assert words(app).count("1 of 10 rows could not be read.") == (1 if heard else 3)
    assert "1 of 10 rows could not be read" in words(open_page("top_tracks"))


def test_a_name_is_shown_as_it_is_written(open_page: Open, context: Context, ada: Person) -> None:
    own_account.change_details(context, ada, "Ada *Love* [lace](https://evil.example)", "")
    # Invisible signs keep an address from becoming a link.
    title = open_page("home").title[0].value.replace("\u2060", "")
    assert title == r"Hello, Ada \*Love\* \[lace\]\(https\:\/\/evil\.example\)"


def told(context: Context, days: int = 30) -> list[ToldPlay]:
    """Three plays a day up to yesterday, of tracks that follow each other; and one today."""
    now = int(context.now().timestamp())
    plays = [
        ToldPlay(
            *(now - day * 86_400 - n * 600, f"Song {n}", (f"Band {n}",)),
            ms=180_000,
            spotify_id=f"{n:022}",
        )
        for day in range(1, days)
        for n in range(3)
    ]
    first = ToldPlay(now - 900, "Fresh", ("New Band",), ms=180_000, spotify_id="9" * 22)
    return [first, *plays]


@pytest.fixture
def heard(context: Context, ada: Person) -> None:
    take(context, ada.id, told(context))


@pytest.mark.usefixtures("heard")
def test_who_has_plays_sees_the_week_and_the_latest_first(open_page: Open) -> None:
    app = open_page("home")
    text = words(app)

    assert not app.exception
    # Sunday the 22nd at noon: six days of three plays, and one today.
    assert "your week so far, beside last week up to now" in text
    assert "Plays19" in text
    assert "Different tracks4" in text
    assert "New tracks1" in text
    assert "In a row30 days" in text
    headings = re.findall("<h2>(.*?)</h2>", "".join(html(app)))
    assert headings == ["Latest plays", "Top five", "On this day", "Newest trending"]
    # It was told by its end, and took three minutes.
    assert "FreshNew Band11:42Song 0Band 0Sat 11:57Song 1" in text
    assert "last 4 weeks, by plays" in text
    assert "1Song 0Band 0–27 plays" in text


@pytest.mark.usefixtures("heard")
def test_with_plays_the_step_that_is_left_out_is_saving_and_no_other(
    open_page: Open, context: Context, ada: Person, adas_spotify: ListeningSpotify
) -> None:
    assert "Next: You are connected. Fetch your top tracks." in words(open_page("home"))
    top_tracks.refresh(context, ada)
    assert "Next:" not in words(open_page("home"))


@pytest.mark.usefixtures("heard")
def test_what_plays_now_stands_above_the_latest_plays(
    open_page: Open, adas_spotify: ListeningSpotify
) -> None:
    dust = FoundTrack("d" * 22, "Dust", (FoundArtist("Zoe"),))
    adas_spotify.now = NowPlaying(dust, "Kitchen", playing=True)
    text = words(open_page("home"))

    assert "playing on Kitchen" in text
    assert "DustZoenowFreshNew Band" in text
    assert adas_spotify.asked.count("now") == 1


@pytest.mark.usefixtures("heard")
def test_drawing_home_again_asks_neither_spotify_nor_for_the_plays(
    open_page: Open, adas_spotify: ListeningSpotify, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page("home")
    adas_spotify.asked.clear()
    monkeypatch.setattr(loading, "load", None)
    app.run()

    assert not app.exception
    assert adas_spotify.asked == []


@pytest.mark.usefixtures("heard")
def test_new_plays_are_shown_when_they_have_come(
    open_page: Open, context: Context, ada: Person
) -> None:
    app = open_page("home")
    at = int(context.now().timestamp()) - 100
    take(context, ada.id, [ToldPlay(at, "Later", ("Band",), ms=60_000, spotify_id="8" * 22)])
    text = words(app.run())

    assert "Plays20" in text
    assert text.index("Later") < text.index("Fresh")


@pytest.mark.usefixtures("heard")
def test_spotifys_first_five_have_their_plays_and_what_moved(
    open_page: Open, context: Context, ada: Person, adas_spotify: ListeningSpotify, clock: Clock
) -> None:
    first, second, *_ = adas_spotify.tracks.values()
    at = int(context.now().timestamp())
    plays = [
        ToldPlay(at - n * 9_000, first.title, ("A",), ms=60_000, spotify_id=first.spotify_id)
        for n in range(1, 8)
    ]
    take(context, ada.id, plays)
    top_tracks.refresh(context, ada)
    clock.forward(hours=25)
    adas_spotify.tracks = dict(reversed(adas_spotify.tracks.items()))
    top_tracks.refresh(context, ada)
    adas_spotify.tracks = dict(reversed(adas_spotify.tracks.items()))
    clock.forward(hours=25)
    top_tracks.refresh(context, ada)
    text = words(open_page("home"))

    assert "last 4 weeks, by Spotify" in text
    assert f"{first.title}{', '.join(a.name for a in first.artists)}7 plays" in text
    assert text.count(f"{second.title}{', '.join(a.name for a in second.artists)}") >= 1
    assert "What moved" in text


@pytest.mark.usefixtures("heard")
def test_what_needs_a_hand_leads_to_imports(open_page: Open, context: Context, ada: Person) -> None:
    with context.session() as session:
        session.add(
            HistoryUpload(
                user_id=ada.id,
                name="other*history*.csv",
                size=1,
                state="asking",
                question="zone",
                created_at=context.now(),
            )
        )
        session.commit()
    app = open_page("home")

    assert "The import of other*history*.csv asks something before it counts." in words(app)
    assert "Answer it" in page_links(app)


def test_a_hostile_title_is_shown_as_it_is_written(
    open_page: Open, context: Context, ada: Person
) -> None:
    at = int(context.now().timestamp()) - 700
    title = "<img src=x onerror=alert(1)>"
    take(context, ada.id, [ToldPlay(at, title, (title,), ms=60_000)])
    app = open_page("home")
    html = "".join(element.proto.body for element in app.get("html"))

    assert not app.exception
    assert "<img src=x" not in html
    assert "&lt;img src=x" in html

from dataclasses import replace

import pytest
from pydantic import SecretStr
from streamlit.testing.v1 import AppTest

from tests.providers.scripted import Reply, Server
from tests.services.sound.test_similar import server
from tests.ui.conftest import (
    ListeningSpotify,
    Open,
    click,
    figures,
    fill,
    labels,
    page_links,
    select,
    words,
)
from ttt.services.context import Context
from ttt.services.lists import entries
from ttt.services.lists import lists as track_lists
from ttt.services.person import Person
from ttt.services.sound import neighbours
from ttt.services.sound.builder import Recommender
from ttt.services.sound.order import Order
from ttt.services.top import top_tracks
from ttt.services.values import by_hand
from ttt.ui.frame import process

__all__ = ["server"]


@pytest.fixture
def lists(context: Context, ada: Person, adas_spotify: ListeningSpotify) -> None:
    """Ada's top tracks: fifty of the catalogue in each period."""
    top_tracks.refresh(context, ada)


def titles(app: AppTest) -> list[str]:
    return list(app.dataframe[0].value["Title"])


def number(app: AppTest, label: str, value: int) -> None:
    (field,) = [field for field in app.number_input if field.label == label]
    field.set_value(value)


def built(open_page: Open, favourites: int = 4, new: int = 3) -> AppTest:
    app = open_page("builder")
    number(app, "Favourites", favourites)
    number(app, "New to you", new)
    return click(app, "Build")


def order_by(app: AppTest, chosen: Order | None) -> AppTest:
    (choice,) = [choice for choice in app.selectbox if choice.label == "Order"]
    return choice.set_value(chosen).run()


def test_without_anything_to_draw_from_it_says_what_to_do(open_page: Open) -> None:
    app = open_page("builder")
    assert not app.exception
    assert "Fetch your top tracks, or save some tracks" in words(app)
    assert page_links(app) == ["Go to top tracks", "Go to trending"]
    assert "Build" not in labels(app)


@pytest.mark.usefixtures("lists")
def test_the_first_visit_shows_a_list_at_once(open_page: Open) -> None:
    app = open_page("builder")
    assert not app.exception
    assert len(titles(app)) == 25
    assert "25 tracks: 15 favourites, 10 new." in words(app)
    assert "Build" in labels(app)
    before = titles(app)
    assert titles(app.run()) == before


def test_who_only_saved_tracks_is_shown_a_list_of_them(
    open_page: Open, context: Context, ada: Person
) -> None:
    entries.add(context, ada, ["4h9wh7iOZ0GGn8QVp4RAOB"])
    app = open_page("builder")
    assert not app.exception
    assert "I Ain't Worried" in titles(app)


@pytest.mark.usefixtures("lists")
def test_a_list_is_built_with_its_flow_and_says_why_each_track_is_there(open_page: Open) -> None:
    app = built(open_page)
    assert not app.exception
    assert "7 tracks: 4 favourites, 3 new." in words(app)
    assert len(figures(app)) == 5
    assert "BPM over" in words(app)
    assert "7 of 7 tracks have tempo, energy and a key · source: catalogue, 2022" in words(app)
    reasons = list(app.dataframe[0].value["Why"])
    assert sum(reason.startswith("your no. ") for reason in reasons) == 4
    assert sum(reason.startswith("like ") for reason in reasons) == 3


@pytest.mark.usefixtures("lists")
def test_a_rerun_and_another_page_leave_the_list_as_it_is(open_page: Open) -> None:
    app = built(open_page)
    before = titles(app)
    assert titles(app.run()) == before
    app.switch_page("../../pages/home.py").run()
    assert titles(app.switch_page("../../pages/builder.py").run()) == before


@pytest.mark.usefixtures("lists")
def test_a_value_that_changed_meanwhile_is_shown(
    open_page: Open, context: Context, ada: Person
) -> None:
    app = built(open_page)
    before = titles(app)
    uri = app.dataframe[0].value["Spotify"][0].rpartition("/")[2]
    by_hand.set_values(context, ada, uri, {"tempo": 77.0})
    app.run()
    assert titles(app) == before
    assert app.dataframe[0].value["Tempo"][0] == 77


@pytest.mark.usefixtures("lists")
def test_a_rerun_asks_no_recommender(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    app = built(open_page)
    monkeypatch.setattr(neighbours, "like", lambda *_: pytest.fail("it was asked"))
    assert not app.run().exception


@pytest.mark.usefixtures("lists")
def test_kept_tracks_stay_when_the_others_are_rerolled(open_page: Open) -> None:
    app = built(open_page)
    before = titles(app)
    select(app, 0, 3)
    assert "Reroll the others" in labels(app)
    click(app, "Reroll the others")
    after = titles(app)
    assert (after[0], after[3]) == (before[0], before[3])
    assert set(before) & set(after) == {before[0], before[3]}
    # They are still ticked, so rolling again keeps them again.
    click(app, "Reroll the others")
    assert (titles(app)[0], titles(app)[3]) == (before[0], before[3])


@pytest.mark.usefixtures("lists")
def test_with_every_track_ticked_there_is_nothing_to_reroll(open_page: Open) -> None:
    app = select(built(open_page, 2, 0), 0, 1)
    (reroll,) = [b for b in app.button if b.label == "Reroll the others"]
    assert reroll.disabled


@pytest.mark.usefixtures("lists")
def test_the_list_is_ordered_by_sound(open_page: Open) -> None:
    app = order_by(built(open_page), Order.TEMPO_UP)
    tempos = list(app.dataframe[0].value["Tempo"])
    assert tempos == sorted(tempos)
    before = titles(app)
    assert sorted(titles(order_by(app, Order.HARMONIC))) == sorted(before)
    assert sorted(titles(order_by(app, None))) == sorted(before)


@pytest.mark.usefixtures("lists")
def test_shuffling_brings_the_same_tracks_in_another_order(open_page: Open) -> None:
    app = order_by(built(open_page, 10, 5), Order.TEMPO_UP)
    before = titles(app)
    after = titles(click(app, "Shuffle"))
    assert sorted(after) == sorted(before)
    assert after != before
    (choice,) = [choice for choice in app.selectbox if choice.label == "Order"]
    assert choice.value is None


@pytest.mark.usefixtures("lists")
def test_the_list_is_added_to_trending_as_it_stands(
    open_page: Open, context: Context, ada: Person
) -> None:
    app = order_by(built(open_page), Order.TEMPO_DOWN)
    shown = titles(app)
    click(app, "Add to trending")
    assert "7 added" in words(app)
    assert [row.title for row in entries.listed(context, ada)] == shown


@pytest.mark.usefixtures("lists")
def test_the_list_is_saved_under_a_name(open_page: Open, context: Context, ada: Person) -> None:
    app = order_by(built(open_page), Order.TEMPO_UP)
    shown = titles(app)
    fill(app, {"Name for these tracks": "Sunday"})
    click(app, "Save")
    assert "7 added" in words(app)
    [saved] = [each for each in track_lists.seen_by(context, ada) if each.name == "Sunday"]
    assert [row.title for row in entries.listed(context, ada, saved.id)] == shown


def test_tracks_of_unknown_sound_are_said_and_never_dropped(
    open_page: Open, context: Context, ada: Person
) -> None:
    entries.add_uris(context, ada, [f"spotify:track:{n:022}" for n in range(3)])
    app = open_page("builder")
    number(app, "Favourites", 3)
    number(app, "New to you", 0)
    (pills,) = [group for group in app.get("button_group") if group.proto.label == "Drawn from"]
    pills.set_value(["Trending list"])
    order_by(click(app, "Build"), Order.HARMONIC)
    assert not app.exception
    assert len(titles(app)) == 3
    assert "3 tracks without a known tempo and key stand at the end" in words(app)
    assert "3 of unknown length are not drawn" in words(app)


@pytest.mark.usefixtures("lists")
def test_too_few_tracks_are_said(open_page: Open) -> None:
    app = built(open_page, 60, 0)
    assert "Found only 50 of 60 favourites to choose from." in words(app)


@pytest.mark.usefixtures("lists", "as_admin")
def test_without_a_key_last_fm_is_off_which_an_admin_reads(open_page: Open) -> None:
    assert "TTT_LASTFM_KEY is not set." in words(open_page("builder"))


@pytest.mark.usefixtures("lists")
def test_without_a_key_a_member_is_offered_what_works(open_page: Open) -> None:
    app = open_page("builder")
    assert "Last.fm" not in words(app)
    (pills,) = [group for group in app.get("button_group") if group.proto.label == "Alike by"]
    assert [option.content for option in pills.proto.options] == ["Sound"]


@pytest.mark.usefixtures("lists")
def test_a_last_fm_that_fails_is_told_and_the_list_is_built(
    open_page: Open, context: Context, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = {"lastfm_url": server.url, "lastfm_key": SecretStr("key")}
    keyed = replace(context, settings=context.settings.model_copy(update=key))
    monkeypatch.setattr(process, "context", lambda: keyed)
    server.will(Reply(429, headers={"Retry-After": "600"}))
    app = open_page("builder")
    (pills,) = [group for group in app.get("button_group") if group.proto.label == "Alike by"]
    pills.set_value([Recommender.SOUND, Recommender.LASTFM])
    click(app, "Build")
    assert not app.exception
    assert "Last.fm: It asks us to slow down." in words(app)
    assert "powered by AudioScrobbler" in words(app)
    assert len(titles(app)) == 25

"""From a public chart, served on this machine, to the trending list."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acting, table
from tests.browser.people import People
from tests.browser.server import Server
from tests.providers.scripted import Reply, serving
from tests.providers.scripted import Server as Charts
from tests.services.chart_server import deezer, played
from ttt.services.discover import listening
from ttt.services.person import Person

pytestmark = pytest.mark.without_charts


@pytest.fixture(scope="module")
def charts() -> Iterator[Charts]:
    with serving() as charts:
        yield charts


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, charts: Charts, port: int) -> Iterator[Server]:
    """A server whose charts are on this machine; it fetches them when somebody looks."""
    environment = {
        "TTT_JOBS": "off",
        "TTT_CHARTS": "deezer,listenbrainz",
        "TTT_DEEZER_URL": charts.url,
        "TTT_LISTENBRAINZ_URL": charts.url,
        "TTT_LASTFM_URL": charts.url,
        "TTT_LASTFM_KEY": "k" * 32,
    }
    with Server(tmp_path_factory.mktemp("server"), port=port, **environment) as server:
        yield server


def test_a_track_of_a_chart_comes_to_trending(page: Page, charts: Charts) -> None:
    charts.will(deezer())
    page.goto("/discover")
    expect(page.get_by_text("I Ain't Worried by OneRepublic is on top")).to_be_visible()
    expect(page.get_by_role("link", name="Deezer")).to_be_visible()
    table.expect_rows(page, 3)
    table.select(page, 1, 2)
    acting.press(page, "Add to trending")
    expect(page.get_by_text("1 added · 1 refused")).to_be_visible()
    expect(page.get_by_text("A Rare Song is not matched to Spotify yet.")).to_be_visible()
    page.get_by_role("link", name="Trending").click()
    expect(page.get_by_role("heading", name="Trending")).to_be_visible()
    table.expect_rows(page, 1)
    table.expect_column(page, "Title", ["I Ain't Worried"])


def test_a_chart_that_does_not_answer_leaves_the_catalogue(page: Page, charts: Charts) -> None:
    charts.will(Reply(500))
    page.goto("/discover?chart=ListenBrainz")
    expect(page.get_by_text("It is not available. No list has come yet.")).to_be_visible()
    page.get_by_role("radio", name="Catalogue, 2022").click()
    expect(page.get_by_text("100 tracks")).to_be_visible()


def test_own_plays_come_with_the_name_that_was_given(
    page: Page, people: People, person: Person, charts: Charts
) -> None:
    page.goto("/account?section=Sources")
    page.get_by_label("Last.fm username").fill("robin")
    acting.press(page, "Save username")
    expect(page.get_by_role("button", name="Forget my Last.fm")).to_be_visible()
    assert listening.account(people.context, person) == listening.Account("robin")
    charts.will(played())
    page.goto("/discover?chart=Your+Last.fm")
    table.expect_column(page, "Plays", ["50", "49", "48"])
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_text("Your Last.fm: most played in a month")).to_be_visible()

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import acting, table
from tests.browser.conftest import Browse
from tests.browser.people import People
from tests.browser.server import Server

pytestmark = pytest.mark.without_charts


def test_a_restart_keeps_session_connection_lists_and_saved_tracks(
    browse: Browse, fresh_server: Server
) -> None:
    with People(fresh_server) as people:
        person = people.add()
        titles = people.refresh(person)
        page = browse(fresh_server, people.session(person))
    page.goto("/top-tracks")
    table.expect_rows(page, 50)
    table.select(page, 2)
    acting.press(page, "Add to trending")
    expect(page.get_by_text("1 added")).to_be_visible()
    acting.settled(page)
    refreshed = page.get_by_text("50 tracks · refreshed").inner_text()

    fresh_server.stop()
    fresh_server.start()

    page.goto("/top-tracks")
    expect(page.get_by_text(refreshed)).to_be_visible()
    table.expect_rows(page, 50)
    page.get_by_role("link", name="Trending").click()
    table.expect_rows(page, 1)
    table.expect_column(page, "Title", [titles[1]])
    page.get_by_role("link", name="Spotify").click()
    expect(page.get_by_text("Connected as Ada")).to_be_visible()


def test_a_server_that_is_away_is_said_with_the_time_of_what_is_shown_until_it_is_back(
    browse: Browse, tmp_path: Path
) -> None:
    with Server(tmp_path) as server, People(server) as people:
        page = browse(server, people.session(people.add()))
        page.goto("/trending")
        acting.settled(page)
        line = page.get_by_role("status").filter(has_text="it goes on by itself")

        page.context.set_offline(True)
        expect(line).to_have_text(re.compile(r"^You are offline\. What you see is from \d\d:\d\d;"))
        page.context.set_offline(False)
        expect(line).to_be_hidden()

        server.stop()
        expect(line).to_have_text(
            re.compile(r"^The server cannot be reached\. What you see is from")
        )
        page.set_viewport_size({"width": 390, "height": 844})
        title = page.get_by_role("heading", name="Trending")
        said, titled = line.bounding_box(), title.bounding_box()
        assert said
        assert titled
        assert said["y"] + said["height"] <= titled["y"]
        for _ in range(2):
            page.wait_for_event("requestfailed")
        expect(page.get_by_role("dialog")).to_have_count(0)
        server.start()
        expect(line).to_be_hidden()
        expect(title).to_be_visible()


def test_a_restart_prints_no_second_password(fresh_server: Server) -> None:
    fresh_server.stop()
    fresh_server.start()
    assert fresh_server.console.count("password") == 1


def test_another_data_folder_knows_nobody(
    browse: Browse, fresh_server: Server, tmp_path: Path
) -> None:
    with People(fresh_server) as people:
        cookie = people.session(people.add())
    (tmp_path / "other").mkdir()
    with Server(tmp_path / "other", alone=True) as other:
        page = browse(other, cookie)
        page.goto("/")
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import acting
from tests.browser.people import People
from tests.browser.server import Server
from tests.cli.test_history import row
from tests.surroundings.loopback import ask
from ttt.models import PlayGap
from ttt.plays import PlaySource
from ttt.services.person import Person
from ttt.services.plays.bringing import uploads
from ttt.services.plays.bringing.uploads import PIECE, State
from ttt.store.plays import gaps

NAME = "Streaming_History_Audio_2023-2024_0.json"
FIRST = datetime(2023, 5, 1, tzinfo=UTC)
IMPORTED_WITHIN = 240_000  # milliseconds, on a machine that is busy with much else


def rows(count: int) -> Iterator[dict[str, Any]]:
    for n in range(count):
        ended = FIRST + timedelta(minutes=7 * n)
        yield row(0, "abcdefgh"[n % 8], ts=f"{ended:%Y-%m-%dT%H:%M:%SZ}")


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some three pieces of history, with a podcast, a skip and a row that cannot be read."""
    podcast = {"master_metadata_track_name": None, "spotify_track_uri": None}
    odd = [
        row(1, **podcast, episode_name="Talk", ts="2023-01-01T12:00:00Z"),
        row(2, ms=4_000, ts="2023-01-02T12:00:00Z"),
        row(3, ms=-1, ts="2023-01-03T12:00:00Z"),
    ]
    path = tmp_path_factory.mktemp("history") / NAME
    path.write_text(json.dumps([*odd, *rows(5_000)]))
    assert PIECE * 2 < path.stat().st_size < PIECE * 4
    return path


def choose(page: Page, path: Path) -> None:
    acting.settled(page)
    page.get_by_label("Files with a history").set_input_files(path)


def states(people: People, person: Person) -> list[State]:
    return [upload.state for upload in uploads.listed(people.context, person)]


def test_a_history_is_brought_told_of_and_taken_back(
    page: Page, people: People, person: Person, history: Path
) -> None:
    page.goto("/imports")
    acting.settled(page)
    choose(page, history)
    expect(page.get_by_text(f"{NAME}: 5,000 plays added")).to_be_visible(timeout=IMPORTED_WITHIN)
    table = page.locator(".ttt-receipt")
    for name, count in (("added", "5,000"), ("too short", "1"), ("podcast", "1")):
        expect(table.get_by_role("row", name=name)).to_contain_text(count)
    expect(table.get_by_role("row", name="rows read")).to_contain_text("5,003")
    acting.fold(page, "Look at the row that could not be read")
    expect(page.get_by_role("button", name="Download them")).to_be_visible()
    expect(page.get_by_text("5,000 plays count, of 5,001 told by one source")).to_be_visible()
    acting.press(page, "Undo this import")
    expect(page.get_by_text("its plays are gone")).to_be_visible()
    assert states(people, person) == [State.UNDONE]


def test_a_gap_is_told_until_a_history_closes_it(
    page: Page, people: People, person: Person, history: Path
) -> None:
    with people.context.session() as session:
        gap = PlayGap(
            user_id=person.id,
            source=PlaySource.SPOTIFY_RECENT,
            from_at=FIRST + timedelta(days=1),
            until_at=FIRST + timedelta(days=3),
            reason="ended",
        )
        gaps.save(session, gap)
        session.commit()
    page.goto("/imports")
    told = page.get_by_text("Plays may be missing in one gap")
    expect(told).to_be_visible()
    expect(page.get_by_text("The authorization at Spotify had ended.")).to_be_visible()
    choose(page, history)
    expect(page.get_by_text(f"{NAME}: 5,000 plays added")).to_be_visible(timeout=IMPORTED_WITHIN)
    expect(told).to_be_hidden()
    acting.press(page, "Undo this import")
    expect(page.get_by_text("its plays are gone")).to_be_visible()
    expect(told).to_be_visible()


def test_after_a_reload_in_the_middle_it_goes_on_by_itself(
    page: Page, people: People, person: Person, history: Path
) -> None:
    def hold(route: Route) -> None:
        """Neither send the third piece nor let it fail."""

    page.goto("/imports")
    acting.settled(page)
    page.route("**/plays/uploads/*/2", hold)
    choose(page, history)
    bar = page.get_by_role("progressbar", name=f"Sending {NAME}")
    expect(bar).to_be_visible()
    expect(page.get_by_text("2.0 of", exact=False)).to_be_visible()
    assert [u.received for u in uploads.listed(people.context, person)] == [2 * PIECE]
    page.unroute("**/plays/uploads/*/2")
    page.reload()
    expect(page.get_by_text(f"{NAME}: 5,000 plays added")).to_be_visible(timeout=IMPORTED_WITHIN)
    # It went on: nothing was begun anew.
    assert states(people, person) == [State.DONE]


def test_one_that_is_half_here_is_stopped(
    page: Page, people: People, person: Person, history: Path
) -> None:
    # As from another device, whose file this browser does not have.
    begun = uploads.begin(people.context, person, NAME, history.stat().st_size)
    with history.open("rb") as file:
        uploads.put(people.context, person, begun.id, 0, file.read(PIECE))
    page.goto("/imports")
    expect(page.get_by_text("Choose the same file again")).to_be_visible()
    share = 100 * PIECE // history.stat().st_size
    expect(page.get_by_role("progressbar")).to_have_attribute("aria-valuenow", str(share))
    with page.expect_response("**/stop"):
        acting.press(page, f"Stop {NAME}")
    expect(page.get_by_text("Choose the same file again")).to_be_hidden()
    assert states(people, person) == []


def test_one_that_is_stopped_before_the_server_answers_is_not_left_half_here(
    page: Page, people: People, person: Person, history: Path
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.goto("/imports")
    acting.settled(page)
    page.route("**/plays/uploads", hold)
    choose(page, history)
    acting.expect_so(page, lambda: bool(held))
    page.get_by_role("button", name=f"Stop {NAME}").click()
    expect(page.get_by_role("progressbar")).to_be_hidden()
    with page.expect_response("**/stop"):
        held[0].continue_()
    assert State.RECEIVING not in states(people, person)


def test_the_same_file_once_more_is_said(
    page: Page, people: People, person: Person, history: Path
) -> None:
    page.goto("/imports")
    acting.settled(page)
    choose(page, history)
    expect(page.get_by_text("5,000 plays added")).to_be_visible(timeout=IMPORTED_WITHIN)
    acting.settled(page)
    choose(page, history)
    expect(page.get_by_text("is here already, since", exact=False)).to_be_visible()
    assert states(people, person) == [State.DONE]


def test_what_is_no_history_is_refused_in_words(page: Page, tmp_path: Path) -> None:
    page.goto("/imports")
    acting.settled(page)
    notes = tmp_path / "notes.txt"
    notes.write_text("Buy milk.")
    choose(page, notes)
    expect(page.get_by_text("notes.txt: nothing was taken")).to_be_visible(timeout=IMPORTED_WITHIN)
    empty = tmp_path / "empty.json"
    empty.write_text("")
    choose(page, empty)
    expect(page.get_by_text("This file is empty: choose another one.")).to_be_visible()


def test_whoever_connects_the_demo_brings_its_history_in_one_step(
    page: Page, people: People, person: Person
) -> None:
    people.connect(person)
    page.goto("/")
    page.get_by_role("link", name="Try it: bring ten years").click()
    acting.press(page, "Bring it in one step")
    expect(page.get_by_text("my_spotify_data.zip:", exact=False).first).to_be_visible()
    expect(page.get_by_text("plays added", exact=False)).to_be_visible(timeout=IMPORTED_WITHIN)
    expect(page.locator(".js-plotly-plot")).to_be_visible()
    expect(page.get_by_role("button", name="Bring it in one step")).to_be_hidden()


def test_a_player_sends_with_its_token_until_it_is_revoked(page: Page, server: Server) -> None:
    page.goto("/imports")
    acting.fold(page, "Add a player")
    acting.fill(page.get_by_label("Name of the player"), "Navidrome")
    acting.press(page, "New token")
    expect(
        page.locator(".st-key-panel-made-player-token").get_by_role("button").last
    ).to_be_visible()
    acting.settled(page)
    token = (
        page.locator(".st-key-panel-made-player-token")
        .locator(".ttt-copy code")
        .first.inner_text()
        .strip()
    )
    expect(page.get_by_text(f"{server.url}/apis/listenbrainz/1/")).to_be_visible()
    track = {"artist_name": "Somebody", "track_name": "Something"}
    listen = {"listened_at": 1_790_000_000, "track_metadata": track}
    assert sent(server, token, listen) == 200
    page.reload()
    expect(page.get_by_text("last used just now")).to_be_visible()
    expect(page.get_by_text(token)).to_be_hidden()
    acting.popover(page, "Revoke")
    acting.press(page, "Yes, revoke")
    expect(page.get_by_text("Let a player send what it plays")).to_be_visible()
    assert sent(server, token, listen) == 401


def sent(server: Server, token: str, listen: dict[str, Any]) -> int:
    answer = ask(
        "POST",
        f"{server.url}/apis/listenbrainz/1/submit-listens",
        json={"listen_type": "single", "payload": [listen]},
        headers={"Authorization": f"Token {token}"},
    )
    return answer.status_code

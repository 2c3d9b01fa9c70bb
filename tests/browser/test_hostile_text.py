"""An account in which every text is hostile, on every page: it shows as text, and nothing runs."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text as sql

from tests.bench.stage import settle
from tests.browser import acting, table
from tests.browser.acting import choose, expect_options, settled
from tests.browser.conftest import Browse
from tests.browser.people import People
from tests.browser.server import Server
from tests.browser.test_policy import COUNT, PATHS
from tests.security.hostile import TEXTS
from tests.surroundings.loopback import ask
from ttt.roles import Role
from ttt.services.accounts import own_account
from ttt.services.lists import arranging, entries, lists
from ttt.services.person import Person
from ttt.services.spotify import spotify

HTML = TEXTS["html"]
NAME = "<img src=x onerror=window.ran=1> **b** :red[c] $x$"
UNBROKEN = "W" * 100
ODD = [TEXTS[name] for name in ("html", "markdown", "address", "icon", "formula", "family", "long")]
# What turns the text beside it is left out or kept from doing so.
TURNED = {TEXTS["hebrew"]: f"\u2068{TEXTS['hebrew']}\u2069", TEXTS["override"]: "abcdef ghi"}
# Of what Spotify sends, a name ends after a thousand letters.
GIVEN, SHOWN = [*ODD, *TURNED], [name[:1_000] for name in (*ODD, *TURNED.values())]
NO_DIALOGS = "window.alert = window.confirm = window.prompt = () => { window.ran = 'dialog'; };"


@pytest.fixture(scope="module")
def owner(people: People) -> Person:
    """An admin with lists, tracks, artists and a Spotify name of hostile text."""
    context, person = people.context, people.add(role=Role.ADMIN)
    settle(people, person)
    own_account.change_details(context, person, NAME, "")
    for name in (NAME, UNBROKEN, TEXTS["override"], TEXTS["formula"], TEXTS["icon"]):
        list_id = lists.create(context, person, name)
    uris = [row.uri for row in entries.listed(context, person)]
    entries.add_uris(context, person, uris[:10], list_id)
    for uri in uris[:10]:
        arranging.note(context, person, uri, HTML, [NAME[:40], *TURNED])
    kept = [text for name, text in TEXTS.items() if name not in {"nul", "surrogate"}]
    with context.engine.begin() as connection:
        connection.execute(sql("UPDATE spotify_account SET display_name = :t"), {"t": NAME})
        for number, text in enumerate(kept):
            given = {"t": text, "n": number, "of": len(kept)}
            connection.execute(
                sql("UPDATE track SET title = :t, album = :t WHERE id % :of = :n"), given
            )
            connection.execute(
                sql("UPDATE artist SET name = :t WHERE id % :of = (:n + 1) % :of"), given
            )
    return person


@pytest.fixture(scope="module")
def cookie(people: People, owner: Person) -> str:
    """The owner's cookie."""
    return people.session(owner)


@pytest.fixture
def page(browse: Browse, server: Server, cookie: str) -> Page:
    """The owner's browser, which counts what must not happen."""
    return browse(server, cookie, script=COUNT + NO_DIALOGS)


@pytest.fixture
def devices(server: Server) -> Iterator[None]:
    """Devices of odd names, on one of which a track of an odd name plays."""
    found = [{"id": f"device{place}", "name": name} for place, name in enumerate(GIVEN)]
    track = {"id": "4h9wh7iOZ0GGn8QVp4RAOB", "name": HTML, "artists": [{"name": NAME}]}
    plays = {"is_playing": True, "item": track, "device": {"name": TEXTS["icon"]}}
    with saying(server, {"me/player/devices": {"devices": found}, "me/player": plays}):
        yield


@pytest.fixture
def finds(server: Server) -> Iterator[None]:
    """A search at the demo Spotify that finds tracks of odd names."""
    items = [{"id": f"{place:022}", "name": name} for place, name in enumerate(GIVEN)]
    found = [{**item, "type": "track", "artists": [{"name": "X"}]} for item in items]
    with saying(server, {"search": {"tracks": {"items": found}}}):
        yield


@contextmanager
def saying(server: Server, answers: dict[str, object]) -> Iterator[None]:
    """Let the demo Spotify answer otherwise, by path."""
    faults = f"{server.url}/demo-spotify/faults"
    for path, said in answers.items():
        # Of all faults this is the one that says 200; the body is whole.
        wish = {"name": "broken_json", "path": f"/v1/{path}", "body": json.dumps(said)}
        assert ask("POST", faults, json=wish).is_success
    yield
    assert ask("DELETE", faults).is_success


@pytest.fixture
def playlists(people: People, owner: Person) -> None:
    """Empty playlists of odd names at the demo Spotify, which lists the newest first."""

    def create(name: str) -> None:
        spotify.call(
            people.context, owner, lambda client: client.create_playlist(name, name), "playlists"
        )

    for name in reversed(GIVEN):
        create(name)


def harmless(page: Page) -> None:
    """No script ran, no picture was asked for, nothing was refused by the policy."""
    assert page.evaluate("window.ran") is None
    assert page.evaluate("window.violations") == []
    # An artist's own page has the name in its address, and is a page of this server.
    elsewhere = "a[href*='evil']:not([href^='/artist?name='])"
    assert page.locator(f"img[src='x'], img[src*='evil'], {elsewhere}").count() == 0
    assert page.locator("[data-testid='stException']").count() == 0


@pytest.mark.parametrize("width", [1440, 390])
def test_on_no_page_hostile_text_does_anything(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 1000})
    for path in PATHS:
        page.goto(f"/{path}")
        settled(page)
        harmless(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_names_are_read_letter_by_letter(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", name=f"Hello, {NAME}")).to_be_visible()
    page.goto("/spotify")
    expect(page.get_by_text(f"Connected as {NAME}")).to_be_visible()
    page.goto("/trending")
    expect(page.get_by_role("radio", name=NAME)).to_be_visible()
    expect(page.get_by_role("radio", name=TEXTS["icon"])).to_be_visible()
    expect(page.get_by_role("radio", name=TEXTS["formula"])).to_be_visible()
    expect(table.grid(page)).to_contain_text("<img src=x onerror=")
    harmless(page)


def test_a_deletion_and_a_toast_say_the_name(page: Page) -> None:
    page.goto("/trending")
    page.get_by_role("radio", name=NAME).click()
    acting.popover(page, "Settings")
    acting.press(page, "Delete list")
    expect(page.get_by_text(f"Deleted the list “{NAME}”.")).to_be_visible()
    harmless(page)
    acting.press(page, "Undo")
    expect(page.get_by_role("radio", name=NAME)).to_be_visible()
    harmless(page)


@pytest.mark.usefixtures("devices", "playlists")
def test_names_of_devices_and_playlists_are_read_letter_by_letter(page: Page) -> None:
    page.goto("/top-tracks")
    acting.popover(page, "Play")
    expect(page.get_by_text(f"Plays on {TEXTS['icon']}: {HTML} · {NAME}")).to_be_visible()
    expect_options(page, "Device", SHOWN)
    choose(page, "Device", HTML)
    expect(page.get_by_role("combobox", name="Device")).to_have_value(HTML)
    harmless(page)
    page.goto("/trending")
    settled(page)
    acting.popover(page, "From a Spotify playlist")
    labels = [f"{name} · 0 tracks" for name in SHOWN]
    expect_options(page, "Playlist", [*labels, "Ada's favourites · 120 tracks"])
    choose(page, "Playlist", HTML)
    expect(page.get_by_role("combobox", name="Playlist")).to_have_value(labels[0])
    harmless(page)


@pytest.mark.usefixtures("finds")
def test_names_of_found_tracks_are_read_letter_by_letter(page: Page) -> None:
    page.goto("/trending")
    page.get_by_role("textbox", name="Search").press_sequentially("anything")
    expect(page.get_by_text("found in: demo Spotify")).to_be_visible()
    shown = page.get_by_role("grid", name="Found").locator(".name b")
    expect(shown).to_have_text(SHOWN)
    harmless(page)


def test_tags_are_read_letter_by_letter(page: Page) -> None:
    page.goto("/trending")
    table.expect_rows(page, 50)
    table.select(page, 1)
    acting.popover(page, "Details")
    for tag in (NAME[:40], *TURNED.values()):
        expect(page.get_by_role("button", name=f"Remove {tag}", exact=True)).to_be_visible()
    harmless(page)


def test_popovers_on_a_list_show_names_letter_by_letter(page: Page) -> None:
    page.goto("/trending")
    acting.settled(page)
    page.get_by_role("radio", name=TEXTS["icon"]).click()
    table.expect_rows(page, 10)
    acting.popover(page, "Settings")
    expect(page.get_by_label("List name")).to_have_value(TEXTS["icon"])
    page.keyboard.press("Escape")
    table.select(page, 1)
    acting.popover(page, "Arrange")
    others = ["Trending", TEXTS["formula"], NAME, "abcdef ghi", UNBROKEN]
    expect_options(page, "To list", others)
    choose(page, "To list", NAME)
    acting.press(page, "Copy")
    expect(page.get_by_text("1 added")).to_be_visible()
    page.keyboard.press("Escape")
    acting.popover(page, "Playlist")
    page.get_by_label("Name", exact=True).fill(HTML)
    acting.press(page, "Send to Spotify")
    expect(page.get_by_text(f"{HTML} is at Spotify, with 1 track.")).to_be_visible()
    harmless(page)

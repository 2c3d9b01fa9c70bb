"""An account in which every text is hostile, on every page: it shows as text, and nothing runs."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text as sql

from tests.bench.stage import settle
from tests.browser import table
from tests.browser.conftest import Browse
from tests.browser.people import People
from tests.browser.server import Server
from tests.browser.test_policy import COUNT, PATHS, settled
from tests.security.hostile import TEXTS
from ttt.roles import Role
from ttt.services import arranging, entries, lists, own_account

HTML = TEXTS["html"]
NAME = "<img src=x onerror=window.ran=1> **b** :red[c] $x$"
UNBROKEN = "W" * 100


@pytest.fixture(scope="module")
def cookie(people: People) -> str:
    """Cookie of an admin with a list, tracks, artists and a Spotify name of hostile text."""
    context, person = people.context, people.add(role=Role.ADMIN)
    settle(people, person)
    own_account.change_details(context, person, NAME, "")
    for name in (NAME, UNBROKEN, TEXTS["override"], TEXTS["formula"], TEXTS["icon"]):
        list_id = lists.create(context, person, name)
    uris = [row.uri for row in entries.listed(context, person)]
    entries.add_uris(context, person, uris[:10], list_id)
    for uri in uris[:10]:
        arranging.note(context, person, uri, HTML, [NAME[:40]])
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
    return people.session(person)


def harmless(page: Page) -> None:
    """No script ran, no picture was asked for, nothing was refused by the policy."""
    assert page.evaluate("window.ran") is None
    assert page.evaluate("window.violations") == []
    assert page.locator("img[src='x'], img[src*='evil'], a[href*='evil']").count() == 0
    assert page.locator("[data-testid='stException']").count() == 0


@pytest.mark.parametrize("width", [1440, 390])
def test_on_no_page_hostile_text_does_anything(
    browse: Browse, server: Server, cookie: str, width: int
) -> None:
    page = browse(server, cookie, viewport={"width": width, "height": 1000})
    page.add_init_script(COUNT)
    for path in PATHS:
        page.goto(f"/{path}")
        settled(page)
        harmless(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_names_are_read_letter_by_letter(browse: Browse, server: Server, cookie: str) -> None:
    page = browse(server, cookie)
    page.add_init_script(COUNT)
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


def test_a_deletion_and_a_toast_say_the_name(browse: Browse, server: Server, cookie: str) -> None:
    page = browse(server, cookie)
    page.add_init_script(COUNT)
    page.goto("/trending")
    page.get_by_role("radio", name=NAME).click()
    page.get_by_role("button", name="Settings").click()
    page.get_by_role("button", name="Delete list").click()
    expect(page.get_by_text(f"Deleted the list “{NAME}”.")).to_be_visible()
    harmless(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("radio", name=NAME)).to_be_visible()
    harmless(page)

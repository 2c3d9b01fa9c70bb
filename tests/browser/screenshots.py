"""Takes the pictures in docs/screenshots: `python -m tests.browser.screenshots [NAME...]`.

With names only those that begin so are taken; "main-job" is the film.
"""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import httpx
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright
from starlette.applications import Starlette
from starlette.routing import Mount

from tests.browser import acting, film
from tests.browser.chromium import FLAGS, executable
from tests.browser.people import People
from tests.browser.server import Server
from tests.surroundings import environment
from tests.surroundings.loopback import served
from ttt.demo.app import create
from ttt.music import Period
from ttt.providers.clock import utc_now
from ttt.roles import Role
from ttt.services import context as services
from ttt.services.context import Context
from ttt.services.lists import entries
from ttt.services.person import Person
from ttt.services.plays.bringing import importing, uploads
from ttt.services.server import demo_key
from ttt.services.top import top_tracks
from ttt.settings import DEMO_PATH, PROJECT

Theme = Literal["dark", "light"]

THEMES: tuple[Theme, ...] = ("dark", "light")
FOLDER = PROJECT / "docs" / "screenshots"
AGO = timedelta(days=8)
HIGHEST = 1800
FILM = "main-job.gif"
PAGES = {
    "home": "/",
    "top-tracks": "/top-tracks",
    "trending": "/trending",
    "discover": "/discover",
    "builder": "/builder",
    "listening": "/listening",
    "mood": "/mood",
    "my-charts": "/my-charts",
    "discoveries": "/discoveries",
    "recap": "/recap",
    "imports": "/imports",
    "spotify": "/spotify",
    "spotify-setup": "/spotify",
    "account": "/account",
    "admin": "/admin",
}
PHONE = {"is_mobile": True, "has_touch": True, "user_agent": "Mozilla/5.0 (Android 16) Mobile"}


def main() -> None:
    """Take all pictures anew."""
    expect.set_options(timeout=60_000)
    for name in environment.names():
        os.environ.pop(name, None)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        os.chdir(folder)  # a developer's .env is not read here
        server = Server(Path(folder))
        with People(server) as people:
            person = _eight_days_ago(server, people)
            with server:
                _today(people, person)
                _history(server, people, person)
                cookie = people.session(person)
                browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
                _take_all(browser, server, cookie)
                browser.close()


def _eight_days_ago(server: Server, people: People) -> Person:
    """Accounts, a connection, lists and saved tracks as they were then."""
    services.prepare(people.context)
    person = people.add("robin", role=Role.ADMIN)
    friends = [people.add("ada"), people.add("ben")]
    with _back_then(server, people) as context:
        people.connect(person)
        top_tracks.refresh(context, person)
        uris = [row.uri for row in top_tracks.read(context, person)[Period.LONG_TERM].rows]
        entries.add_uris(context, person, uris[:40:4])
        for friend in friends:
            entries.add_uris(context, friend, uris[1:30:9])
    return person


@contextmanager
def _back_then(server: Server, people: People) -> Iterator[Context]:
    """Services and demo whose clocks are behind."""
    today = people.context

    def now() -> datetime:
        return utc_now() - AGO

    demo = create(server.settings, key=partial(demo_key.read, today), now=now)
    people.context = replace(today, now=now)
    with served(Starlette(routes=[Mount(DEMO_PATH, demo)]), server.settings.port):
        yield people.context
    people.context = today


def _today(people: People, person: Person) -> None:
    """The newest lists, and more saved tracks."""
    context = people.context
    top_tracks.refresh(context, person)
    uris = [row.uri for row in top_tracks.read(context, person)[Period.SHORT_TERM].rows]
    entries.add_uris(context, person, uris[2:12:2])


def _history(server: Server, people: People, person: Person) -> None:
    """Ten years of plays, as the demo gives them away."""
    url = f"{server.url}{DEMO_PATH}/my_spotify_data.zip"
    content = httpx.get(url, params={"listener": "ada"}, timeout=120, trust_env=False).content
    upload = uploads.begin(people.context, person, "my_spotify_data.zip", len(content))
    for number, start in enumerate(range(0, len(content), uploads.PIECE)):
        piece = content[start : start + uploads.PIECE]
        uploads.put(people.context, person, upload.id, number, piece)
    importing.run(people.context, upload.id)


def _take_all(browser: Browser, server: Server, cookie: str) -> None:
    named = server.settings.cookie_name
    signed_in: Any = {"name": named, "value": cookie, "url": server.url}

    def take(name: str, path: str, theme: Theme, width: int = 1440, cookies: bool = True) -> None:
        if not _wanted(name):
            return
        options: dict[str, Any] = PHONE if width < 500 else {}
        context = browser.new_context(
            base_url=server.url,
            viewport={"width": width, "height": 900},
            color_scheme=theme,
            timezone_id="Europe/Berlin",
            **options,
        )
        context.add_cookies([signed_in] if cookies else [])
        page = context.new_page()
        page.goto(path)
        if name.startswith("builder"):
            _order(page)
        if name.startswith("spotify-setup"):
            acting.fold(page, "Set up the real Spotify")
        _save(_picture(page), FOLDER / name)
        context.close()

    for theme in THEMES:
        take(f"sign-in-{theme}.png", "/", theme, cookies=False)
        for name, path in PAGES.items():
            take(f"{name}-{theme}.png", path, theme)
    for name in ("home", "top-tracks", "trending", "builder", "listening", "mood"):
        take(f"{name}-dark-390.png", PAGES[name], "dark", width=390)
    take("top-tracks-dark-1024.png", PAGES["top-tracks"], "dark", width=1024)
    _film(browser, server, signed_in)


def _film(browser: Browser, server: Server, signed_in: Any) -> None:
    if not _wanted(FILM):
        return
    context = browser.new_context(base_url=server.url, viewport=film.SIZE, color_scheme="dark")
    context.add_cookies([signed_in])
    film.take(context.new_page(), FOLDER / FILM)
    context.close()


def _wanted(name: str) -> bool:
    return len(sys.argv) == 1 or name.startswith(tuple(sys.argv[1:]))


def _order(page: Page) -> None:
    """A list in harmonic order."""
    acting.choose(page, "Order", "Harmonic mix")
    expect(page.locator("[data-track]").first).to_be_visible()


def _picture(page: Page) -> bytes:
    """A picture of the whole page, up to HIGHEST, when nothing on it changes any more."""
    expect(page.get_by_role("heading").first).to_be_visible()
    _when_still(page)
    # The page scrolls inside a frame as high as the window.
    height = page.get_by_test_id("stMain").evaluate("main => main.scrollHeight")
    width = page.evaluate("innerWidth")
    page.set_viewport_size({"width": width, "height": min(height, HIGHEST)})
    return _when_still(page)


def _when_still(page: Page) -> bytes:
    before, now = b"", page.screenshot()
    while now != before:
        page.wait_for_timeout(1500)
        before, now = now, page.screenshot()
    return now


def _save(picture: bytes, path: Path) -> None:
    """Keep a picture in 256 colours, a third of its size."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    few = image.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    path.chmod(0o644)  # the app's own files are nobody else's business, these are


if __name__ == "__main__":
    main()

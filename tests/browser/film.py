"""The main job as a short film: from one's top tracks to what is saved and a playlist."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import acting, table

SIZE = {"width": 1440, "height": 900}
_SHOWN = (960, 600)
_COLOURS = 160
_LONG, _SHORT = 2_200, 1_100  # milliseconds


class Film:
    """Pictures of a page, each with how long it is shown."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._frames: list[tuple[Image.Image, int]] = []

    def shoot(self, milliseconds: int = _SHORT) -> None:
        """Keep what is on the page when it is made."""
        acting.settled(self._page)
        self._page.wait_for_timeout(700)
        picture = Image.open(io.BytesIO(self._page.screenshot())).convert("RGB")
        self._frames.append((picture.resize(_SHOWN, Image.Resampling.LANCZOS), milliseconds))

    def save(self, path: Path) -> None:
        """All pictures with the same few colours, so that what stays the same costs nothing."""
        palette = self._frames[-1][0].quantize(_COLOURS, Image.Quantize.MEDIANCUT)
        first, *others = [
            picture.quantize(palette=palette, dither=Image.Dither.NONE)
            for picture, _ in self._frames
        ]
        times = [milliseconds for _, milliseconds in self._frames]
        first.save(path, save_all=True, append_images=others, duration=times, loop=0, optimize=True)
        path.chmod(0o644)


def take(page: Page, path: Path) -> None:
    """Tick, add, filter, send a playlist, and see what is saved."""
    film = Film(page)
    page.goto("/top-tracks")
    table.expect_rows(page, 50)
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    film.shoot(_LONG)
    for place in (1, 4):
        table.select(page, place)
        film.shoot()
    acting.press(page, "Add to trending")
    film.shoot(_LONG)
    acting.popover(page, "Playlist")
    film.shoot()
    page.get_by_role("button", name="Send to Spotify").click()
    expect(page.get_by_text("is at Spotify")).to_be_visible()
    film.shoot(_LONG)
    page.keyboard.press("Escape")
    acting.popover(page, "Genre")
    acting.choose(page, "Genres", "metal", exact=True)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    film.shoot(_LONG)
    page.get_by_role("link", name="Trending", exact=True).click()
    expect(page.get_by_role("heading", name="Trending")).to_be_visible()
    film.shoot(_LONG)
    film.save(path)

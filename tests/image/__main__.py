"""python -m tests.image IMAGE [BEFORE]: runs an image as an engine would, and looks at it.

A browser takes the first steps in it that the browser tests take. Then it is ended by SIGTERM,
started again on the same volume, and put on a volume that the image BEFORE has used. Needs root,
buildah and a Chromium; `make image` builds the image.
"""

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from playwright.sync_api import Page, sync_playwright

from tests.browser import quiet, visiting
from tests.browser.chromium import FLAGS, executable
from tests.browser.conftest import ALONE, PATIENCE, watch
from tests.image.container import Container, buildah
from tests.surroundings.loopback import ask

_USER = 10001
_MOST = 450_000_000


def main(image: str, before: str | None) -> None:
    """Look at everything; AssertionError says what is wrong."""
    size = _size(image)
    typer.echo(f"size {size / 1e6:.0f} MB")
    assert size < _MOST
    with tempfile.TemporaryDirectory(prefix="ttt-image-") as folder:
        volume, password = _volume(Path(folder)), ""
        for visit, started in enumerate((before or image, image, image)):
            with Container(started, volume) as container:
                assert container.user() == _USER
                assert not container.can_write("/opt/ttt")
                assert not container.can_write("/etc")
                password = password or _printed(container)
                with _browser(container.url) as page:
                    _walk(page, password, visit)
                assert ask("GET", f"{container.url}/healthz").json() == {"status": "ok"}
                typer.echo(f"{started}: walked, ended after {container.stop():.1f} s")
    typer.echo("all is well")


def _printed(container: Container) -> str:
    """The first admin's password, which the console shows once."""
    printed = re.search(r"password ([\w-]+)", container.console.read_text())
    assert printed is not None
    return printed[1]


def _walk(page: Page, password: str, visit: int) -> None:
    """The first steps of whoever has just started the app; later, what they left is there."""
    visiting.enter(page, password)
    if visit == 0:
        visiting.connect(page)
    visiting.look_at_top_tracks(page)
    if visit == 0:
        visiting.save_the_first(page)
    else:
        visiting.see_what_is_saved(page)
    visiting.leave(page)


@contextmanager
def _browser(url: str) -> Iterator[Page]:
    """A Chromium at an address, in which nothing may go wrong."""
    complaints: list[str] = []
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=executable(), args=[*FLAGS, ALONE]) as browser,
    ):
        context = browser.new_context(base_url=url)
        context.set_default_timeout(PATIENCE)
        quiet.listen(context)
        watch(context, (url, url), complaints)
        yield context.new_page()
    assert complaints == []


def _volume(folder: Path) -> Path:
    volume = folder / "data"
    volume.mkdir(mode=0o700)
    os.chown(volume, _USER, _USER)
    folder.chmod(0o755)
    return volume


def _size(image: str) -> int:
    """Bytes of all files in an image."""
    container = buildah("from", image)
    root = Path(buildah("mount", container))
    total = sum(
        path.lstat().st_size for path in root.rglob("*") if path.is_file() or path.is_symlink()
    )
    buildah("rm", container)
    return total


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None)

"""python -m tests.image IMAGE [BEFORE]: runs an image as an engine would, and looks at it.

It is walked as a browser would, ended by SIGTERM, started again on the same volume, and put on a
volume that the image BEFORE has used. Needs root and buildah; `make image` builds the image.
"""

import os
import re
import sys
import tempfile
from pathlib import Path

import httpx
import typer

from tests.image.container import Container, buildah
from tests.security.attack.tab import Tab

_USER = 10001
_MOST = 450_000_000


def main(image: str, before: str | None) -> None:
    """Look at everything; AssertionError says what is wrong."""
    size = _size(image)
    typer.echo(f"size {size / 1e6:.0f} MB")
    assert size < _MOST
    with tempfile.TemporaryDirectory(prefix="ttt-image-") as folder:
        volume = _volume(Path(folder))
        password = _first_start(image if before is None else before, volume)
        for _ in range(2):
            with Container(image, volume) as container:
                assert container.user() == _USER
                assert not container.can_write("/opt/ttt")
                assert not container.can_write("/etc")
                _walk(container, password)
                typer.echo(f"ended after {container.stop():.1f} s")
    typer.echo("all is well")


def _first_start(image: str, volume: Path) -> str:
    with Container(image, volume) as container:
        printed = re.search(r"password ([\w-]+)", container.console.read_text())
        assert printed is not None
        _walk(container, printed[1])
    return printed[1]


def _walk(container: Container, password: str) -> None:
    """Sign in on the form, be let in by the cookie, and sign out."""
    with Tab(container.url, "/trending") as tab:
        tab.run({"Username": "admin", "Password": password}, "Sign in")
        (ticket,) = {t for html in tab.html for t in re.findall(r'"ticket": "([\w-]+)"', html)}
    here = {"origin": container.url, "sec-fetch-site": "same-origin"}
    with httpx.Client(base_url=container.url, headers=here, trust_env=False) as client:
        answer = client.post("/auth/finish", data={"ticket": ticket})
        assert answer.headers["location"] == "/trending"
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        with Tab(container.url, "/trending", cookie=cookie) as tab:
            assert "Sign out" in tab.buttons
        assert client.get("/healthz").json() == {"status": "ok"}


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

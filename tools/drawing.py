"""Fetches the script that draws figures: `python -m tools.drawing`, or `make drawing`.

It is Plotly's bundle of the kinds of charts that this app has, a third of the whole, and of the
version that Plotly for Python brings. npm says what the archive's bytes must be.
"""

import base64
import hashlib
import io
import re
import tarfile
from pathlib import Path

import httpx

from ttt.web.shell import drawing

NAME = "plotly.js-cartesian-dist-min"
REGISTRY = "https://registry.npmjs.org"
FOLDER = drawing.FEW.parent
FILES = (drawing.FEW.name, "LICENSE")


def main() -> None:
    """Write the files of the bundle, or end with what is wrong with them."""
    told = httpx.get(f"{REGISTRY}/{NAME}/{version()}", timeout=60).raise_for_status().json()
    archive = httpx.get(told["dist"]["tarball"], timeout=300).raise_for_status().content
    if digest(archive) != told["dist"]["integrity"]:
        raise SystemExit(f"The archive of {NAME} is not what npm says it is.")
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for name in FILES:
            file = tar.extractfile(f"package/{name}")
            (FOLDER / name).write_bytes(file.read() if file else b"")


def version() -> str:
    """The version of the script that comes with Plotly for Python."""
    return version_of(drawing.whole())


def version_of(script: Path) -> str:
    """What the head of a script of Plotly says."""
    with script.open(encoding="utf-8") as lines:
        found = re.search(r"v(\d+\.\d+\.\d+)", lines.read(200))
    return found.group(1) if found else ""


def digest(content: bytes) -> str:
    """As npm writes it."""
    return f"sha512-{base64.b64encode(hashlib.sha512(content).digest()).decode()}"


if __name__ == "__main__":
    main()

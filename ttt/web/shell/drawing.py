"""The library that draws figures, as files that browsers keep for good."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

FOLDER = "/drawing/"
# The kinds of charts that pages have: a third of the whole to send, and to read for a browser.
_FEW = Path(__file__).parent / "vendor" / "plotly-cartesian.min.js"


def routes() -> list[BaseRoute]:
    """Plotly's script, and the whole of it for what only that can draw."""
    return [Route(_address(file), _answer(file)) for file in (_FEW, _whole())]


def head() -> str:
    """An element of a page's head that names both."""
    return f'<meta name="ttt-plotly" content="{_address(_FEW)}" data-whole="{_address(_whole())}">'


@cache
def _address(file: Path) -> str:
    return f"{FOLDER}{file.stem}.{sha256(file.read_bytes()).hexdigest()[:8]}.js"


@cache
def _whole() -> Path:
    """What Plotly for Python brings; it is looked at and not imported, which takes a while."""
    found = find_spec("plotly")
    package = Path(found.origin).parent if found and found.origin else Path()
    return package / "package_data" / "plotly.min.js"


def _answer(file: Path) -> Callable[[Request], Response]:
    return lambda _request: FileResponse(file, media_type="application/javascript")

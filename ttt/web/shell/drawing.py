"""The library that draws figures, as files that browsers keep for good."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from ttt.web.shell import parts

FOLDER = "/drawing/"
# The kinds of charts that pages have: a third of the whole to send, and to read for a browser.
FEW = Path(__file__).parent / "vendor" / "plotly-cartesian.min.js"


def routes() -> list[BaseRoute]:
    """Plotly's script, and the whole of it for what only that can draw."""
    return [Route(_address(file), _answer(file)) for file in (FEW, whole())]


def head() -> str:
    """What a page's head says of both; a browser fetches the first when it has nothing to do."""
    few = _address(FEW)
    return (
        f'<meta name="ttt-plotly" content="{few}" data-whole="{_address(whole())}">'
        f'<link rel="prefetch" as="script" href="{few}">'
    )


def whole() -> Path:
    """What Plotly for Python brings."""
    return parts.package("plotly") / "package_data" / "plotly.min.js"


@cache
def _address(file: Path) -> str:
    return f"{FOLDER}{file.stem}.{sha256(file.read_bytes()).hexdigest()[:8]}.js"


def _answer(file: Path) -> Callable[[Request], Response]:
    return lambda _request: FileResponse(file, media_type="application/javascript")

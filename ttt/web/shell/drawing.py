"""The library that draws figures, as a file that browsers keep for good."""

from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

FOLDER = "/drawing/"


def routes() -> list[BaseRoute]:
    """Plotly's script, which comes with the Python package."""
    return [Route(_address(), _script)]


def head() -> str:
    """An element of a page's head that names it, and fetches it when nothing else is to do."""
    return f'<link rel="prefetch" as="script" id="ttt-plotly" href="{_address()}">'


@cache
def _address() -> str:
    return f"{FOLDER}plotly.{sha256(_file().read_bytes()).hexdigest()[:8]}.js"


@cache
def _file() -> Path:
    # Looked at and not imported: that takes a while.
    found = find_spec("plotly")
    package = Path(found.origin).parent if found and found.origin else Path()
    return package / "package_data" / "plotly.min.js"


def _script(_request: Request) -> Response:
    return FileResponse(_file(), media_type="application/javascript")

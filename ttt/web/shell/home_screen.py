"""What a phone asks for to put the app on its home screen: a manifest and icons."""

from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

NAME = "Top Track Tracker"
DARK, LIGHT = "#0F1014", "#FCFBF9"
MANIFEST, ICONS = "/manifest.webmanifest", "/icons"
_IMAGES = Path(__file__).with_name("images")
_SIZES = {"icon-192": 192, "icon-512": 512, "maskable-512": 512}


def routes() -> list[BaseRoute]:
    """The manifest and the icons that it names, for anybody."""
    return [
        Route(MANIFEST, _manifest),
        *(Route(f"{ICONS}/{file.name}", _icon(file)) for file in sorted(_IMAGES.glob("*.png"))),
    ]


def head() -> str:
    """Elements of a page's head that lead to them."""
    return (
        f'<link rel="manifest" href="{MANIFEST}">'
        f'<link rel="apple-touch-icon" href="{ICONS}/apple-180.png">'
        f'<meta name="apple-mobile-web-app-title" content="{NAME}">'
        '<meta name="mobile-web-app-capable" content="yes">'
        f'<meta name="theme-color" content="{DARK}" media="(prefers-color-scheme: dark)">'
        f'<meta name="theme-color" content="{LIGHT}" media="(prefers-color-scheme: light)">'
    )


def _manifest(_request: Request) -> Response:
    icons = [
        {
            "src": f"{ICONS}/{name}.png",
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "maskable" if name.startswith("maskable") else "any",
        }
        for name, size in _SIZES.items()
    ]
    content = {
        "name": NAME,
        "short_name": "Top Tracks",
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": DARK,
        "theme_color": DARK,
        "icons": icons,
    }
    return JSONResponse(content, media_type="application/manifest+json")


def _icon(file: Path) -> Callable[[Request], Response]:
    def icon(_request: Request) -> Response:
        return FileResponse(file, media_type="image/png")

    return icon

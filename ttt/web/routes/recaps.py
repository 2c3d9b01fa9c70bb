"""A recap for whoever has the link to it: a page of its cards, and nothing else of anybody's.

It needs no session and gives none; it holds no script and asks for nothing but the app's font.
"""

import time
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from ttt.chartdata import Recap
from ttt.errors import LinkUsedUp, StoreError, TooManyTries
from ttt.services.accounts.throttle import network
from ttt.services.context import Context
from ttt.services.explain import explain
from ttt.services.plays.sharing import recap_links
from ttt.web import incoming
from ttt.web.rates import Rates, seconds_to
from ttt.web.shell import parts
from ttt.web.threads import in_thread

if TYPE_CHECKING:
    from ttt.charts.theme import Theme

_WINDOW = 60.0
_A_WINDOW = 30
_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; img-src 'self' data:; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    ),
    "x-robots-tag": "noindex, nofollow, noarchive",
    "referrer-policy": "no-referrer",
}


def routes(context: Context, clock: Callable[[], float] = time.monotonic) -> list[Route]:
    """The page that a link leads to, for each address so many times a minute."""
    rates = Rates(_A_WINDOW, _WINDOW, clock)

    async def show(request: Request) -> Response:
        address = incoming.address(context.settings, request)
        left, reset = rates.count(network(address or ""))
        if left < 0:
            return _refused(
                "Too many requests from this address.", "Try again in a minute.", 429, reset
            )
        return await in_thread(_answer, context, request.query_params.get("link", ""), address)

    return [Route(recap_links.PATH, show, methods=["GET"])]


def _answer(context: Context, token: str, address: str | None) -> Response:
    try:
        recap = recap_links.opened(context, token, address)
    except LinkUsedUp:
        what = "There is no recap at this link"
        return _refused(
            what, "The link has ended, or a part of it is missing. Ask for a new one.", 404
        )
    except TooManyTries as error:
        wait = seconds_to(error.until, context.now())
        words = explain(error)
        return _refused(words.what, words.todo, 429, wait)
    except StoreError as error:
        words = explain(error)
        return _refused(words.what, words.todo, 503, 60)
    return HTMLResponse(page(recap), headers=_HEADERS)


def page(recap: Recap) -> str:
    """The cards in the colours that the reader's system asks for."""
    name = escape(f"{recap.name} in music")
    light, dark = (
        f'<section class="{each}">{_items(recap, each)}</section>' for each in ("light", "dark")
    )
    said = f"<h1>{name}</h1><p>{escape(recap.dates)}</p>"
    return _html(name, f"{said}{light}{dark}", ": these cards, and nothing else")


def _items(recap: Recap, name: str) -> str:
    # Loaded with the first recap that is shown, so that the server answers earlier.
    from ttt.charts import cards  # noqa: PLC0415

    found = cards.cards(recap, _colours(name), f"{name}-card")
    return "".join(f"<article>{card.svg}</article>" for card in found)


def _colours(name: str) -> "Theme":
    # As above: Plotly comes with it.
    from ttt.charts.theme import theme  # noqa: PLC0415

    return theme("light" if name == "light" else "dark")


def _refused(what: str, todo: str, status: int, wait: int = 0) -> Response:
    headers = _HEADERS | ({"retry-after": str(wait)} if wait else {})
    body = f"<h1>{escape(what)}</h1><p>{escape(todo)}</p>"
    return HTMLResponse(_html("A recap", body), status, headers)


def _html(title: str, body: str, shown: str = "") -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title} · Top Track Tracker</title><style>{_style()}</style></head>"
        f"<body><main>{body}</main>"
        f"<footer>Shown by Top Track Tracker{shown}.</footer></body></html>"
    )


def _style() -> str:
    light, dark = _colours("light"), _colours("dark")
    font = f"url(/{parts.font()})format('woff2')"
    return (
        f"@font-face{{font-family:'Source Sans';font-weight:200 900;font-display:swap;src:{font}}}"
        f"body{{margin:0 auto;padding:24px 16px;max-width:1200px;background:{light.ground};"
        f"color:{light.ink};font:16px/1.5 'Source Sans Pro','Source Sans 3','Source Sans',"
        "sans-serif}h1{font-size:28px;line-height:1.2;margin:0}"
        f"p,footer{{color:{light.quiet};margin:4px 0 24px}}footer{{margin-top:32px;font-size:14px}}"
        "section{display:grid;gap:24px;grid-template-columns:repeat(auto-fill,minmax(min(330px,100%),"
        "1fr))}svg{display:block;width:100%;height:auto}.dark{display:none}"
        f"@media(prefers-color-scheme:dark){{body{{background:{dark.ground};color:{dark.ink}}}"
        f"p,footer{{color:{dark.quiet}}}.dark{{display:grid}}.light{{display:none}}}}"
    )

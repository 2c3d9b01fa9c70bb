"""Routes that turn a one-time ticket into the session cookie, and take the cookie away."""

from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ttt.services.context import Context
from ttt.services.doors import known_browsers, sign_in
from ttt.settings import Settings
from ttt.web import incoming
from ttt.web.threads import in_thread

_LARGEST_BODY = 4096  # bytes; a ticket has 43 characters


def routes(context: Context) -> list[Route]:
    """The session routes; what is not posted from a page of this app changes nothing."""
    settings = context.settings

    def leave(request: Request) -> Response:
        token = request.cookies.get(settings.cookie_name, "")
        sign_in.sign_out(context, token, incoming.address(settings, request))
        response = _home()
        set_cookie(settings, response, settings.cookie_name, "", timedelta(0))
        return response

    async def finish(request: Request) -> Response:
        # Another site must not be able to sign a visitor in as somebody else.
        if not posted_here(settings, request):
            return _home()
        ticket = (await fields(request)).get("ticket", "")
        return await in_thread(redeem, context, request, ticket)

    async def sign_out(request: Request) -> Response:
        return await in_thread(leave, request) if posted_here(settings, request) else _home()

    return [
        Route("/auth/finish", finish, methods=["GET", "POST"]),
        Route("/auth/sign-out", sign_out, methods=["GET", "POST"]),
    ]


def redeem(context: Context, request: Request, ticket: str) -> Response:
    """Turn a ticket into the session cookie and open the page that was asked for."""
    settings = context.settings
    browser = known_browsers.token_for(request.cookies.get(settings.browser_cookie_name))
    agent = request.headers.get("user-agent", "")
    address = incoming.address(settings, request)
    redeemed = sign_in.redeem_ticket(context, ticket, address, agent, browser)
    if redeemed is None:
        return _home()
    token, next_path = redeemed
    response = RedirectResponse(next_path, 303)
    # The database knows when a session ends; its cookie may stay as long as any can.
    longest = timedelta(days=settings.session_max_days)
    set_cookie(settings, response, settings.cookie_name, token, longest)
    set_cookie(settings, response, settings.browser_cookie_name, browser, known_browsers.LIFE)
    return response


def _home() -> Response:
    return RedirectResponse("/", 303)


def set_cookie(
    settings: Settings, response: Response, name: str, value: str, life: timedelta
) -> None:
    """Let a browser keep something that no script reads; a life of nothing takes it away."""
    seconds = int(life.total_seconds())
    response.set_cookie(name, value, seconds, httponly=True, samesite="lax", secure=settings.https)


def posted_here(settings: Settings, request: Request) -> bool:
    """Whether a page of this app sent this: browsers say so in headers that no page can set."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    scheme = "https" if settings.https else "http"
    here = {settings.base_url, f"{scheme}://{request.headers.get('host', '')}".casefold()}
    origin = request.headers.get("origin")
    return (
        request.method == "POST"
        and site == "same-origin"
        and (origin is None or origin.casefold() in here)
    )


async def fields(request: Request, most: int = _LARGEST_BODY) -> Mapping[str, str]:
    """Fields of a form, none when the body has more than so many bytes."""
    body = await incoming.body(request, most) or b""
    return dict(parse_qsl(body.decode("ascii", "replace")))

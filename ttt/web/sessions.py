"""Routes that turn a one-time ticket into the session cookie, and take the cookie away."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ttt.services import sign_in
from ttt.services.context import Context
from ttt.settings import Settings

_LARGEST_BODY = 4096  # bytes; a ticket has 43 characters


def routes(context: Context) -> list[Route]:
    """The session routes."""

    def finish(request: Request) -> Response:
        # Another site must not be able to sign a visitor in as somebody else.
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return RedirectResponse("/", 303)
        return redeem(context, request, request.query_params.get("t", ""))

    def left(request: Request) -> Response:
        response = RedirectResponse("/", 303)
        name = context.settings.cookie_name
        if sign_in.current_person(context, request.cookies.get(name)) is None:
            response.delete_cookie(
                name, httponly=True, samesite="lax", secure=context.settings.https
            )
        return response

    return [Route("/auth/finish", finish), Route("/auth/left", left)]


def redeem(context: Context, request: Request, ticket: str) -> Response:
    """Turn a ticket into the session cookie and open the page that was asked for."""
    redeemed = sign_in.redeem_ticket(context, ticket, address(context, request))
    if redeemed is None:
        return RedirectResponse("/", 303)
    token, next_path = redeemed
    response = RedirectResponse(next_path, 303)
    response.set_cookie(
        context.settings.cookie_name,
        token,
        max_age=context.settings.session_days * 24 * 3600,
        httponly=True,
        samesite="lax",
        secure=context.settings.https,
    )
    return response


def posted_here(_settings: Settings, request: Request) -> bool:
    """Whether a page of this app sent this: browsers say so in headers that no page can set."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    return request.method == "POST" and site == "same-origin"


def address(context: Context, request: Request) -> str | None:
    """Where the request comes from."""
    peer = request.client.host if request.client else None
    return sign_in.client_address(context.settings, request.headers.get("x-forwarded-for"), peer)


async def fields(request: Request) -> Mapping[str, str]:
    """Fields of a form, none when the body is longer than any of ours."""
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > _LARGEST_BODY:
                return {}
    except ClientDisconnect:
        return {}
    return dict(parse_qsl(body.decode("ascii", "replace")))

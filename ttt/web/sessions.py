"""Routes that turn a one-time ticket into the session cookie, and take the cookie away."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ttt.services import sign_in
from ttt.services.context import Context


def routes(context: Context) -> list[Route]:
    """The session routes."""

    def finish(request: Request) -> Response:
        # Another site must not be able to sign a visitor in as somebody else.
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return RedirectResponse("/", 303)
        ticket = request.query_params.get("t", "")
        peer = request.client.host if request.client else None
        address = sign_in.client_address(
            context.settings, request.headers.get("x-forwarded-for"), peer
        )
        redeemed = sign_in.redeem_ticket(context, ticket, address)
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

    def left(request: Request) -> Response:
        response = RedirectResponse("/", 303)
        name = context.settings.cookie_name
        if sign_in.current_person(context, request.cookies.get(name)) is None:
            response.delete_cookie(
                name, httponly=True, samesite="lax", secure=context.settings.https
            )
        return response

    return [Route("/auth/finish", finish), Route("/auth/left", left)]

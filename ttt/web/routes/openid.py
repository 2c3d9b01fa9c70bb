"""Routes that lead to the OpenID provider and back."""

from collections.abc import Mapping
from datetime import timedelta
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from ttt.errors import OpenIdFailed, TooManyTries
from ttt.services.context import Context
from ttt.services.doors import openid, sign_in
from ttt.services.doors.openid import Journey, Start
from ttt.web import incoming
from ttt.web.routes import sessions
from ttt.web.threads import in_thread

# The path to go on to has up to 4,000 characters, three bytes each.
_LARGEST_BODY = 16 * 1024
# A redirect would have to pass the page's form-action policy, at the provider and wherever that
# leads on; a page that leads on by itself leaves the policy as strict as it is.
_ON = """<!doctype html><html lang="en"><title>Signing in</title>
<meta http-equiv="refresh" content="0;url={url}"><a href="{url}">Go on to sign in</a></html>"""


def routes(context: Context) -> list[Route]:
    """The routes; none without a provider in the settings."""
    if not context.settings.openid:
        return []

    async def start(request: Request) -> Response:
        if not sessions.posted_here(context.settings, request):
            return RedirectResponse("/", 303)
        fields = await sessions.fields(request, _LARGEST_BODY)
        return await in_thread(_begin, context, request, fields)

    async def callback(request: Request) -> Response:
        response = await in_thread(_callback, context, request)
        _keep(context, response, "", timedelta(0))
        return response

    return [
        Route("/auth/openid/start", start, methods=["GET", "POST"]),
        Route("/auth/openid/callback", callback),
    ]


def _begin(context: Context, request: Request, fields: Mapping[str, str]) -> Response:
    next_path = sign_in.local_path(fields.get("next", "/"))
    binding = incoming.person(context, request) if "bind" in fields else None
    # A proof that the password was typed just now: a stolen session binds nothing.
    if "bind" in fields and (
        binding is None or sign_in.burn_proof(context, fields["bind"]) != binding.id
    ):
        return RedirectResponse("/", 303)
    address = incoming.address(context.settings, request)
    try:
        start = openid.begin(context, next_path, fields.get("zone", ""), binding, address)
    except (OpenIdFailed, TooManyTries) as error:
        return _back(next_path, error)
    return _leave(context, start)


def _leave(context: Context, start: Start) -> Response:
    response = HTMLResponse(_ON.format(url=escape(start.url)))
    response.headers["cache-control"] = "no-store"
    _keep(context, response, start.browser, openid.STATE_LIFE)
    return response


def _keep(context: Context, response: Response, value: str, life: timedelta) -> None:
    settings = context.settings
    sessions.set_cookie(settings, response, settings.openid_cookie_name, value, life)


def _callback(context: Context, request: Request) -> Response:
    answer, address = request.query_params, incoming.address(context.settings, request)
    browser, back = request.cookies.get(context.settings.openid_cookie_name, ""), "/"
    try:
        journey = openid.claim(context, answer.get("state", ""), browser, address)
        back = journey.next_path
        return _arrive(context, request, journey)
    except (OpenIdFailed, TooManyTries) as error:
        return _back(back, error)


def _arrive(context: Context, request: Request, journey: Journey) -> Response:
    who = openid.identify(context, journey, request.query_params)
    if journey.binding is not None:
        openid.bind(context, journey, who, incoming.person(context, request))
        return RedirectResponse(journey.next_path, 303)
    person = openid.enter(context, journey, who, incoming.address(context.settings, request))
    ticket = sign_in.issue_ticket(context, person, journey.next_path, journey.zone)
    return sessions.redeem(context, request, ticket)


def _back(path: str, error: OpenIdFailed | TooManyTries) -> Response:
    """To the page that was asked for, which says why, in words of its own."""
    reason = error.reason if isinstance(error, OpenIdFailed) else "wait"
    parts = urlsplit(path)
    query = [pair for pair in parse_qsl(parts.query) if pair[0] != "openid"]
    target = urlunsplit(("", "", parts.path, urlencode([*query, ("openid", reason)]), ""))
    return RedirectResponse(sign_in.local_path(target), 303)

"""A ListenBrainz-compatible address: players that can send to a server of one's own send here.

Only a token opens it, never a cookie, so that pages of other sites may ask as well (CORS).
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ttt.errors import InvalidInput, TooManyTries
from ttt.services.context import Context
from ttt.services.recorders.players import listens, submitting
from ttt.services.recorders.players.tokens import Sender
from ttt.web import incoming
from ttt.web.rates import Rate, Rates, seconds_to
from ttt.web.threads import in_thread

# Players add "/1/..." to what is typed in; some drop the path before it.
BASES = ("/apis/listenbrainz", "/listenbrainz", "")
_WINDOW = 10.0
_A_WINDOW = 60
_TOKEN_LENGTH = 200
_ANYWHERE = {
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "Authorization, Content-Type",
    "access-control-allow-methods": "GET, POST, OPTIONS",
    "access-control-max-age": "86400",
    "cross-origin-resource-policy": "cross-origin",
}
Derive = Callable[[Context, int], None]


@dataclass
class Refused(Exception):
    """An answer that is no success, in ListenBrainz's words."""

    code: int
    error: str
    headers: dict[str, str] = field(default_factory=dict)

    def response(self) -> Response:
        """The answer."""
        content = {"code": self.code, "error": self.error}
        return JSONResponse(content, self.code, _ANYWHERE | self.headers)


def routes(context: Context, derive: Derive | None = None) -> list[Route]:
    """The routes; what was told is derived in the background unless something else is given."""
    rates, later = Rates(_A_WINDOW, _WINDOW), derive or _derive_later

    async def submit(request: Request) -> Response:
        who = await in_thread(_sender, context, request)
        headers = _let_through(rates.count(who.token_id))
        body = await incoming.body(request, listens.LARGEST_BODY)
        if body is None:
            raise Refused(400, "JSON document is too large.")
        await in_thread(_take, context, who, body, later)
        return JSONResponse({"status": "ok"}, headers=_ANYWHERE | headers)

    async def validate(request: Request) -> Response:
        content = await in_thread(_validated, context, request)
        return JSONResponse(content, headers=_ANYWHERE)

    return [
        Route(f"{base}/1/{name}", _answering(handle), methods=[method, "OPTIONS"])
        for base in BASES
        for name, method, handle in (
            ("submit-listens", "POST", submit),
            ("validate-token", "GET", validate),
        )
    ]


def _answering(
    handle: Callable[[Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=_ANYWHERE)
        try:
            return await handle(request)
        except Refused as refused:
            return refused.response()

    return answer


def _let_through(rate: Rate) -> dict[str, str]:
    """Headers that say what is left; Refused where nothing is."""
    headers = {
        "x-ratelimit-limit": str(_A_WINDOW),
        "x-ratelimit-remaining": str(max(0, rate.left)),
        "x-ratelimit-reset-in": str(rate.reset),
    }
    if rate.left < 0:
        wait = {"retry-after": str(rate.reset)}
        raise Refused(429, "You have exceeded your rate limit.", headers | wait)
    return headers


def _take(context: Context, who: Sender, body: bytes, later: Derive) -> None:
    try:
        taken = submitting.submit(context, who, listens.read(body, context.now()))
    except InvalidInput as error:
        raise Refused(400, error.reason) from None
    if taken is not None:
        later(context, who.person.id)


def _validated(context: Context, request: Request) -> dict[str, Any]:
    if not _token(request):
        raise Refused(400, "You need to provide an Authorization token.")
    try:
        who = _sender(context, request)
    except Refused as refused:
        if refused.code != 401:
            raise
        return {"code": 200, "message": "Token invalid.", "valid": False}
    name = who.person.username
    return {"code": 200, "message": "Token valid.", "valid": True, "user_name": name}


def _sender(context: Context, request: Request) -> Sender:
    token = _token(request)
    if not token:
        raise Refused(401, "You need to provide an Authorization header.")
    try:
        who = submitting.sender(context, token, incoming.address(context.settings, request))
    except TooManyTries as error:
        wait = seconds_to(error.until, context.now())
        raise Refused(429, "Too many wrong tokens.", {"retry-after": str(wait)}) from None
    if who is None:
        raise Refused(401, "Invalid authorization token.")
    return who


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() not in {"token", "bearer"}:
        token = request.query_params.get("token", "")
    return token.strip()[:_TOKEN_LENGTH]


def _derive_later(context: Context, user_id: int) -> None:
    # Loaded with the first play that comes: it takes a second.
    from ttt.jobs import recording  # noqa: PLC0415

    recording.derive_soon(context, user_id)

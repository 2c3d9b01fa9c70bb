"""Routes by which a browser brings a listening history, a piece after the other.

    POST /plays/uploads            {"name", "size"}  ->  the upload; its `next` piece is missing
    POST /plays/uploads/ID/NUMBER  a piece's bytes   ->  the upload
    GET  /plays/uploads/ID                           ->  the upload, and how far its import is
    POST /plays/uploads/ID/stop                      ->  204, for what is not here in full

An upload is {"id", "name", "state", "size", "received", "next", "piece" (bytes of each but the
last), "rows", "rows_expected", "question", "error", "already_since"}. What goes wrong is
{"error": a sentence} with 400, 401 (nobody is signed in), 403 (another site asks), 404 or 413.
"""

from collections.abc import Callable
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ttt.errors import InvalidInput, NotAllowed, NotFound, TTTError
from ttt.services.context import Context
from ttt.services.explain import explain
from ttt.services.person import Person
from ttt.services.plays.bringing import uploads
from ttt.services.plays.bringing.uploads import PIECE, State, Upload
from ttt.web import incoming
from ttt.web.routes import sessions
from ttt.web.threads import in_thread

_LARGEST_QUESTION = 4096
_STATUS: dict[type[TTTError], int] = {NotFound: 404, NotAllowed: 401, InvalidInput: 400}
Act = Callable[[Person, bytes | None], Response]


class _Begun(msgspec.Struct):
    name: str
    size: int


def routes(context: Context) -> list[Route]:
    """The routes; they serve whoever is signed in, from pages of this app only."""

    async def begin(request: Request) -> Response:
        def act(person: Person, body: bytes | None) -> Response:
            return _begin(context, person, body or b"")

        return await _answer(context, request, act, _LARGEST_QUESTION)

    async def put(request: Request) -> Response:
        upload_id, number = request.path_params["upload"], request.path_params["number"]

        def act(person: Person, body: bytes | None) -> Response:
            if body is None:
                return _trouble("This piece is larger than it may be.", 413)
            return _put(context, person, upload_id, number, body)

        return await _answer(context, request, act, PIECE)

    async def stop(request: Request) -> Response:
        upload_id = request.path_params["upload"]
        return await _answer(context, request, lambda p, _: _stop(context, p, upload_id))

    async def look(request: Request) -> Response:
        upload_id = request.path_params["upload"]
        return await _answer(
            context, request, lambda p, _: _shown(uploads.find(context, p, upload_id))
        )

    return [
        Route("/plays/uploads", begin, methods=["POST"]),
        Route("/plays/uploads/{upload:int}/stop", stop, methods=["POST"]),
        Route("/plays/uploads/{upload:int}/{number:int}", put, methods=["POST"]),
        Route("/plays/uploads/{upload:int}", look, methods=["GET"]),
    ]


async def _answer(
    context: Context, request: Request, act: Act, most: int | None = None
) -> Response:
    """What an act answers, which takes a body of at most so many bytes; by itself it takes none.

    Who asks is known before any of it is read: strangers shall fill no memory.
    """
    if request.method == "POST" and not sessions.posted_here(context.settings, request):
        return _trouble("Only pages of this app may do this.", 403)
    person = await in_thread(incoming.person, context, request)
    if person is None:
        return _trouble("You are not signed in any more: sign in and go on.", 401)
    body = b"" if most is None else await incoming.body(request, most)
    return await in_thread(_answer_now, person, act, body)


def _answer_now(person: Person, act: Act, body: bytes | None) -> Response:
    try:
        return act(person, body)
    except (NotFound, NotAllowed, InvalidInput) as error:
        return _trouble(str(explain(error)), _STATUS[type(error)])


def _begin(context: Context, person: Person, body: bytes) -> Response:
    try:
        begun = msgspec.json.decode(body, type=_Begun)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise InvalidInput("Name the file and say how large it is.") from None
    return _shown(uploads.begin(context, person, begun.name, begun.size))


def _put(context: Context, person: Person, upload_id: int, number: int, body: bytes) -> Response:
    upload = uploads.put(context, person, upload_id, number, body)
    if upload.state is State.WAITING:
        _start(context, person, upload.id)
    return _shown(upload)


def _stop(context: Context, person: Person, upload_id: int) -> Response:
    uploads.drop(context, person, upload_id)
    return Response(status_code=204)


def _start(context: Context, person: Person, upload_id: int) -> None:
    # Loaded when the first file is here: it takes a second.
    from ttt.jobs import plays  # noqa: PLC0415

    plays.start(context, person, upload_id)


def _shown(upload: Upload) -> Response:
    since = upload.already_since
    shown: dict[str, Any] = {
        "id": upload.id,
        "name": upload.name,
        "state": upload.state,
        "size": upload.size,
        "received": upload.received,
        "next": upload.next_piece,
        "piece": PIECE,
        "rows": upload.rows,
        "rows_expected": upload.rows_expected,
        "question": upload.question,
        "error": upload.error,
        "already_since": None if since is None else since.isoformat(),
    }
    return JSONResponse(shown, headers={"cache-control": "no-store"})


def _trouble(sentence: str, status: int) -> Response:
    return JSONResponse({"error": sentence}, status, {"cache-control": "no-store"})

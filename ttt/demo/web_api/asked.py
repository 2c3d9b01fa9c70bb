"""What a request of the Web API asks: on whose behalf, about what, and which page of it."""

import json
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from starlette.datastructures import URL
from starlette.requests import Request

from ttt.demo.accounts.tokens import Tokens
from ttt.demo.listeners import Listener, listener
from ttt.demo.refusals import ApiError
from ttt.demo.web_api import shapes

T = TypeVar("T")


def whose(tokens: Tokens, request: Request, scope: str | None = None) -> Listener:
    """The listener whose token a request carries; ApiError unless the scope was granted."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if not scheme:
        raise ApiError(401, "No token provided")
    if scheme.lower() != "bearer":
        raise ApiError(400, "Only valid bearer authentication supported")
    given = tokens.bearer(token)
    person = listener(given.listener_id)
    if person is None:
        raise ApiError(401, "Invalid access token")
    if scope is not None and scope not in given.scope.split():
        raise ApiError(403, "Insufficient client scope")
    return person


def api(request: Request) -> str:
    """Base address of the Web API, as the client sees it."""
    url: URL = request.url
    return f"{url.scheme}://{url.netloc}{request.scope.get('root_path', '')}/v1"


def page(
    request: Request,
    found: Sequence[T],
    shape: Callable[[T, str], shapes.Object],
    *,
    default: int = 20,
    most: int = 50,
    farthest: int = 1000,
) -> shapes.Object:
    """The page of `found` that a request wants."""
    limit = number(request, "limit", default, range(1, most + 1))
    offset = number(request, "offset", 0, range(farthest + 1))
    items = [shape(item, api(request)) for item in found[offset : offset + limit]]
    return shapes.page(items, len(found), request.url, limit, offset)


def number(request: Request, name: str, default: int, allowed: range) -> int:
    """A parameter that is a number."""
    text = request.query_params.get(name, str(default))
    if not re.fullmatch("[0-9]{1,6}", text) or int(text) not in allowed:
        raise ApiError(400, f"Invalid {name}")
    return int(text)


def base62_id(request: Request) -> str:
    """The id in a path."""
    item_id = str(request.path_params["id"])
    if not re.fullmatch("[0-9A-Za-z]{22}", item_id):
        raise ApiError(400, "Invalid base62 id")
    return item_id


async def body(request: Request) -> Any:
    """The JSON that a request carries, an empty object when it carries nothing."""
    raw = await request.body()
    try:
        return json.loads(raw) if raw else {}
    except ValueError:
        raise ApiError(400, "Error parsing JSON.") from None

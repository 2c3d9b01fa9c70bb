"""The four forms in which Spotify says no; each is raised, and answers the request itself."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

NOT_STORED = {"cache-control": "no-store"}


class Refusal(Exception):
    """Base of all refusals."""

    def response(self) -> Response:
        """The answer to the request that was refused."""
        raise NotImplementedError


@dataclass
class InvalidRequest(Refusal):
    """An authorize address that must not lead back to anyone; shown as plain text."""

    reason: str

    def response(self) -> Response:
        """A plain page."""
        return PlainTextResponse(self.reason, status_code=400, headers=NOT_STORED)


@dataclass
class OAuthError(Refusal):
    """A refusal of the token endpoint, in the words of RFC 6749."""

    error: str
    description: str

    def response(self) -> Response:
        """The JSON object of RFC 6749, section 5.2."""
        content = {"error": self.error, "error_description": self.description}
        return JSONResponse(content, status_code=400, headers=NOT_STORED)


@dataclass
class PlainRefusal(Refusal):
    """A refusal of the Web API that comes as plain text."""

    status: int
    text: str

    def response(self) -> Response:
        """The bare text."""
        return PlainTextResponse(self.text, status_code=self.status)


@dataclass
class ApiError(Refusal):
    """A refusal of the Web API; the player gives a `reason` besides, some give no `message`."""

    status: int
    message: str | None = None
    reason: str | None = None

    def response(self) -> Response:
        """Spotify's error object."""
        content: dict[str, Any] = {"status": self.status}
        if self.message is not None:
            content["message"] = self.message
        if self.reason is not None:
            content["reason"] = self.reason
        return JSONResponse({"error": content}, status_code=self.status)


def answer(_request: Request, error: Exception) -> Response:
    """Exception handler for Starlette."""
    if isinstance(error, Refusal):
        return error.response()
    raise error

"""The demo's accounts service: the consent page and the token endpoint."""

import base64
import binascii
import re
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from ttt.demo.accounts import consent
from ttt.demo.accounts.apps import Apps
from ttt.demo.accounts.tokens import ACCESS_SECONDS, Authorization, Tokens
from ttt.demo.listeners import LISTENERS, listener
from ttt.demo.refusals import NOT_STORED, InvalidRequest, OAuthError

_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_BEARER = "Bearer"


@dataclass(frozen=True)
class _Asked:
    client_id: str
    redirect_uri: str
    scope: str
    challenge: str
    state: str | None


class Accounts:
    """Routes of the accounts service for the apps that are known."""

    def __init__(self, tokens: Tokens, apps: Apps) -> None:
        self._tokens = tokens
        self._apps = apps

    @property
    def routes(self) -> list[BaseRoute]:
        """The same paths as under accounts.spotify.com."""
        return [
            Route("/authorize", self.ask, methods=["GET"]),
            Route("/authorize", self.decide, methods=["POST"]),
            Route("/api/token", self.token, methods=["POST"]),
        ]

    def ask(self, request: Request) -> Response:
        """The consent page."""
        asked = self._asked(request.query_params)
        return consent.page(asked.scope.split(), LISTENERS, asked.redirect_uri)

    async def decide(self, request: Request) -> Response:
        """Back to the app, with a code or with access_denied."""
        asked = self._asked(request.query_params)
        form = await _form(request)
        chosen = listener(form.get("listener", ""))
        if form.get("decision") != "agree":
            answer = {"error": "access_denied"}
        elif chosen is None:
            raise InvalidRequest("Unknown listener")
        else:
            answer = {
                "code": self._tokens.code(
                    chosen.id, asked.scope, asked.challenge, asked.redirect_uri, asked.client_id
                )
            }
        if asked.state is not None:
            answer["state"] = asked.state
        location = f"{asked.redirect_uri}?{urlencode(answer)}"
        return Response(status_code=303, headers=NOT_STORED | {"location": location})

    async def token(self, request: Request) -> Response:
        """Tokens for a code or a refresh token."""
        form = await _form(request)
        client_id = self._client(request, form)
        match form.get("grant_type"):
            case "authorization_code":
                answer = self._exchange(form, client_id)
            case "refresh_token":
                answer = self._refresh(form, client_id)
            case None:
                raise OAuthError("unsupported_grant_type", "grant_type parameter is missing")
            case _:
                raise OAuthError(
                    "unsupported_grant_type",
                    "grant_type must be authorization_code or refresh_token",
                )
        return JSONResponse(answer, headers=NOT_STORED)

    def _client(self, request: Request, form: dict[str, str]) -> str:
        """The app that asks; OAuthError for none, or for one with another's secret."""
        scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
        named, secret = form.get("client_id"), None
        if scheme.lower() == "basic":
            named, secret = _basic(credentials)
        app = self._apps.find(named)
        if app is None:
            raise OAuthError("invalid_client", "Invalid client")
        if secret is not None and app.secret and not compare_digest(secret, app.secret):
            raise OAuthError("invalid_client", "Invalid client secret")
        return app.client_id

    def _exchange(self, form: dict[str, str], client_id: str) -> dict[str, Any]:
        code = _required(form, "code")
        redirect_uri = form.get("redirect_uri", "")
        given = self._tokens.redeem(code, form.get("code_verifier", ""), redirect_uri, client_id)
        return self._access(given) | {"refresh_token": self._tokens.refresh_token(given)}

    def _refresh(self, form: dict[str, str], client_id: str) -> dict[str, Any]:
        # No refresh_token in the answer, as Spotify may leave it out: the old one stays good.
        return self._access(self._tokens.refresh(_required(form, "refresh_token"), client_id))

    def _access(self, given: Authorization) -> dict[str, Any]:
        return {
            "access_token": self._tokens.access_token(given),
            "token_type": _BEARER,
            "expires_in": ACCESS_SECONDS,
            "scope": given.scope,
        }

    def _asked(self, query: QueryParams) -> _Asked:
        scope = " ".join(query.get("scope", "").split())
        challenge = query.get("code_challenge", "")
        app, back = self._apps.find(query.get("client_id")), query.get("redirect_uri", "")
        reasons = {
            "INVALID_CLIENT: Invalid client": app is None,
            "INVALID_CLIENT: Invalid redirect URI": not app or back not in app.redirect_uris,
            "response_type must be code": query.get("response_type") != "code",
            "code_challenge_method must be S256": query.get("code_challenge_method") != "S256",
            "Invalid code_challenge": not _CHALLENGE.fullmatch(challenge),
            "INVALID_SCOPE: Invalid scope": not consent.SCOPES.keys() >= set(scope.split()),
        }
        for reason, applies in reasons.items():
            if applies:
                raise InvalidRequest(reason)
        return _Asked(query["client_id"], back, scope, challenge, query.get("state"))


async def _form(request: Request) -> dict[str, str]:
    body = (await request.body()).decode("utf-8", "replace")
    return dict(parse_qsl(body, keep_blank_values=True))


def _required(form: dict[str, str], name: str) -> str:
    if not form.get(name):
        raise OAuthError("invalid_request", f"{name} must be supplied")
    return form[name]


def _basic(credentials: str) -> tuple[str | None, str]:
    try:
        name, _, secret = base64.b64decode(credentials).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None, ""
    return name, secret

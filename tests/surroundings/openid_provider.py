"""An OpenID provider on loopback, which signs what it is told to and fails as it is told to."""

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.surroundings.loopback import free_port, served

CLIENT_ID = "ttt-client"
CLIENT_SECRET = "a secret of ours"
Signer = Callable[[dict[str, Any]], str]


@cache
def new_key(kid: str, _owner: str = "the provider's") -> RSAKey:
    """A key pair; made once, as that takes long."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"})


def unsigned(claims: dict[str, Any], header: dict[str, Any], signature: str = "") -> str:
    parts = (json.dumps(part).encode() for part in (header, claims))
    encoded = [base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts]
    return ".".join([*encoded, signature])


@dataclass
class OpenIdServer:
    """Its state: whom it knows, what its tokens say, and what it answers instead."""

    port: int = field(default_factory=free_port)
    key: RSAKey = field(default_factory=lambda: new_key("one"))
    now: Callable[[], float] = lambda: 0.0
    person: dict[str, Any] = field(
        default_factory=lambda: {
            "sub": "ada-at-the-provider",
            "name": "Ada Lovelace",
            "preferred_username": "Ada.L",
            "email": "ada@example.org",
            "email_verified": True,
        }
    )
    says: dict[str, Any] = field(default_factory=dict)
    sign: Signer | None = None
    instead: dict[str, Callable[[], Response]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self, **more: str) -> dict[str, str]:
        return {
            "openid_issuer": self.issuer,
            "openid_client_id": CLIENT_ID,
            "openid_client_secret": CLIENT_SECRET,
            **more,
        }

    def agree(self, query: dict[str, str]) -> str:
        """Sign in and agree on the provider's page; the address it sends the browser to."""
        code = secrets.token_urlsafe(8)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    @contextmanager
    def running(self) -> Iterator["OpenIdServer"]:
        routes = [
            Route("/.well-known/openid-configuration", self._answering("metadata")),
            Route("/keys", self._answering("keys")),
            Route("/token", self._answering("token"), methods=["POST"]),
            Route("/authorize", self._page),
        ]
        with served(Starlette(routes=routes), self.port):
            yield self

    def _answering(self, name: str) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            self.asked.append(name)
            if name in self.instead:
                return self.instead[name]()
            make: Callable[[dict[str, str], Request], Response] = getattr(self, f"_{name}")
            return make(dict(parse_qsl((await request.body()).decode())), request)

        return answer

    def _page(self, request: Request) -> Response:
        query = dict(request.query_params)
        if "agree" in query:
            return RedirectResponse(self.agree(query), 302)
        on = f"/authorize?{urlencode({**query, 'agree': '1'})}".replace("&", "&amp;")
        return HTMLResponse(f'<h1>Provider</h1><a href="{on}">Agree</a>')

    def _metadata(self, _form: dict[str, str], _request: Request) -> Response:
        ends = {
            "authorization_endpoint": "authorize",
            "token_endpoint": "token",
            "jwks_uri": "keys",
        }
        addresses = {name: f"{self.issuer}/{path}" for name, path in ends.items()}
        return JSONResponse({"issuer": self.issuer, **addresses})

    def _keys(self, _form: dict[str, str], _request: Request) -> Response:
        return JSONResponse(KeySet([self.key]).as_dict(private=False))

    def _token(self, form: dict[str, str], request: Request) -> Response:
        asked = self.codes.pop(form.get("code", ""), None)
        challenge = hashlib.sha256(form["code_verifier"].encode()).digest()
        ours = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if (
            asked is None
            or asked["code_challenge"] != base64.urlsafe_b64encode(challenge).rstrip(b"=").decode()
            or asked["redirect_uri"] != form["redirect_uri"]
        ):
            return JSONResponse({"error": "invalid_grant"}, 400)
        if request.headers.get("authorization") != f"Basic {ours}":
            return JSONResponse({"error": "invalid_client"}, 401)
        return JSONResponse({"access_token": "x", "id_token": self.token(asked["nonce"])})

    def token(self, nonce: str) -> str:
        now = int(self.now())
        usual = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300}
        claims = {**usual, "nonce": nonce, **self.person, **self.says}
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.sign is not None:
            return self.sign(claims)
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)

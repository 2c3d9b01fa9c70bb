"""An OpenID provider: where people sign in, and what it says about them, signed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import JWKRegistry, Key, KeySet
from joserfc.jws import JWSRegistry
from joserfc.jwt import Token
from pydantic import BaseModel, ValidationError

from ttt.errors import (
    OpenIdFailed,
    OpenIdReason,
    ProviderError,
    ProviderNonsense,
    ProviderRefused,
    ProviderUnavailable,
)
from ttt.providers.clock import Clock
from ttt.providers.http import Answer, Client
from ttt.settings import Settings

_SOURCE = "openid"
_SCOPE = "openid profile email"
# Signatures by a key pair only: with HS256 anybody who knows the public key could sign.
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384")
_LEEWAY = 60  # seconds that clocks may differ
_KEPT_FOR = timedelta(hours=1)
_LONGEST = 254


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is at a provider; all but issuer and subject may be empty."""

    issuer: str
    subject: str
    name: str
    username: str
    email: str
    email_verified: bool


@dataclass(frozen=True, slots=True)
class Challenge:
    """What ties an answer of the provider to the question."""

    state: str
    nonce: str
    verifier: str


class _Metadata(BaseModel):
    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)


class OpenIdProvider:
    """The provider of the settings; what it publishes is kept for an hour.

    Every failure is an OpenIdFailed.
    """

    def __init__(self, settings: Settings, now: Clock, client: Client | None = None) -> None:
        self._settings = settings
        self._now = now
        self._client = client or Client(settings, now)
        self._metadata: tuple[datetime, _Metadata] | None = None
        self._keys: KeySet | None = None

    def authorize_url(self, challenge: Challenge) -> str:
        """Address of the provider's page on which somebody signs in."""
        url = prepare_grant_uri(
            self._published().authorization_endpoint,
            self._settings.openid_client_id,
            "code",
            self._settings.openid_redirect_uri,
            _SCOPE,
            challenge.state,
            nonce=challenge.nonce,
            code_challenge=create_s256_code_challenge(challenge.verifier),
            code_challenge_method="S256",
        )
        return str(url)

    def identify(self, code: str, verifier: str, nonce: str) -> Identity:
        """Who came back with a code, by the signed token that the provider gives for it."""
        token = self._token(code, verifier)
        try:
            claims = self._checked(self._verified(token), nonce)
        except (JoseError, ValueError):
            raise OpenIdFailed("token") from None
        return Identity(
            self._published().issuer,
            claims["sub"],
            _text(claims, "name"),
            _text(claims, "preferred_username"),
            _text(claims, "email"),
            claims.get("email_verified") is True,
        )

    def _token(self, code: str, verifier: str) -> str:
        endpoint, form = self._published().token_endpoint, "application/x-www-form-urlencoded"
        body = prepare_token_request(
            "authorization_code",
            redirect_uri=self._settings.openid_redirect_uri,
            code=code,
            code_verifier=verifier,
        )
        _, headers, body = self._auth().prepare("POST", endpoint, {"Content-Type": form}, body)
        try:
            answer = self._client.post(_SOURCE, endpoint, body, headers).fields()
        except ProviderError as error:
            raise OpenIdFailed(_reason(error)) from None
        token = answer.get("id_token")
        if not isinstance(token, str) or not token:
            raise OpenIdFailed("nonsense")
        return token

    def _auth(self) -> ClientAuth:
        """How the app shows the provider who it is."""
        secret = self._settings.openid_client_secret.get_secret_value()
        taken = self._published().token_endpoint_auth_methods_supported
        method = "client_secret_basic" if "client_secret_basic" in taken else "client_secret_post"
        return ClientAuth(self._settings.openid_client_id, secret, method if secret else "none")

    def _verified(self, token: str) -> Token:
        try:
            return self._decoded(token)
        except InvalidKeyIdError:
            self._keys = None  # the provider has had new keys since
            return self._decoded(token)

    def _decoded(self, token: str) -> Token:
        if self._keys is None:
            self._keys = _key_set(self._get(self._published().jwks_uri))
        # Headers that nobody knows are to be left alone (RFC 7515), unless they are "crit".
        registry = JWSRegistry(algorithms=_ALGORITHMS, strict_check_header=False)
        return jwt.decode(token, self._keys, algorithms=_ALGORITHMS, registry=registry)

    def _checked(self, token: Token, nonce: str) -> CodeIDToken:
        """The claims; JoseError or ValueError for those of others or for another question."""
        client_id = self._settings.openid_client_id
        claims = CodeIDToken(
            token.claims,
            token.header,
            {
                "iss": {"essential": True, "value": self._published().issuer},
                "aud": {"essential": True, "value": client_id},
            },
            {"client_id": client_id, "nonce": nonce},
        )
        claims.validate(int(self._now().timestamp()), _LEEWAY)
        if not 0 < len(claims["sub"]) <= 255 or not claims["sub"].isprintable():
            raise ValueError("No subject is like that.")
        return claims

    def _published(self) -> _Metadata:
        now = self._now()
        if self._metadata is None or now >= self._metadata[0] + _KEPT_FOR:
            address = f"{self._settings.openid_issuer}/.well-known/openid-configuration"
            self._metadata, self._keys = (now, self._read(self._get(address))), None
        return self._metadata[1]

    def _read(self, answer: Answer) -> _Metadata:
        try:
            metadata = _Metadata.model_validate_json(answer.body)
        except ValidationError:
            raise OpenIdFailed("nonsense") from None
        issuer = self._settings.openid_issuer
        ends = (metadata.authorization_endpoint, metadata.token_endpoint, metadata.jwks_uri)
        scheme = "https://" if issuer.startswith("https://") else ("https://", "http://")
        # Settings have no slash at the end, issuers may.
        if metadata.issuer.removesuffix("/") != issuer or not all(
            end.startswith(scheme) for end in ends
        ):
            raise OpenIdFailed("nonsense")
        return metadata

    def _get(self, address: str) -> Answer:
        try:
            return self._client.get(_SOURCE, address)
        except ProviderError as error:
            raise OpenIdFailed(_reason(error)) from None


def _key_set(answer: Answer) -> KeySet:
    try:
        listed = answer.fields().get("keys")
    except ProviderNonsense:
        raise OpenIdFailed("nonsense") from None
    if not isinstance(listed, list):
        raise OpenIdFailed("nonsense")
    return KeySet([key for key in map(_key, listed) if key is not None])


def _key(listed: Any) -> Key | None:
    """A public key that signs; None for any other, as providers publish what nobody asked for."""
    if not isinstance(listed, dict) or listed.get("use", "sig") != "sig":
        return None
    try:
        return JWKRegistry.import_key(listed)
    except (JoseError, ValueError, TypeError, KeyError):
        return None


def _reason(error: ProviderError) -> OpenIdReason:
    match error:
        case ProviderUnavailable(timed_out=True):
            return "slow"
        case ProviderRefused():
            return "refused"
        case ProviderNonsense():
            return "nonsense"
    return "unavailable"


def _text(claims: CodeIDToken, name: str) -> str:
    value = claims.get(name)
    return value[:_LONGEST] if isinstance(value, str) else ""

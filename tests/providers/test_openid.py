import pytest

from tests.providers.conftest import NOW
from tests.providers.scripted import Fault, Reply, Server
from tests.surroundings.openid_provider import CLIENT_ID
from ttt.errors import OpenIdFailed
from ttt.providers.http import Client
from ttt.providers.openid import Challenge, OpenIdProvider
from ttt.settings import load

CHALLENGE = Challenge("a state", "a nonce", "a verifier")


def provider(issuer: str, seconds: float = 60, **settings: str) -> OpenIdProvider:
    """A provider that is given up after so many seconds without an answer."""
    known = load(openid_issuer=issuer, openid_client_id=CLIENT_ID, **settings)
    client = Client(known, connect_seconds=seconds, read_seconds=seconds, attempts=1)
    return OpenIdProvider(known, lambda: NOW, client)


def metadata(server: Server, issuer: str, **more: object) -> Reply:
    ends = {e: f"{server.url}/{e}?x=1" for e in ("authorization_endpoint", "token_endpoint")}
    return Reply(body={"issuer": issuer, "jwks_uri": f"{server.url}/keys", **ends, **more})


@pytest.mark.parametrize("fault", ["stall", "stall midway", "trickle"])
def test_a_slow_provider_is_given_up(server: Server, fault: Fault) -> None:
    server.will(Reply(body="{", fault=fault))
    with pytest.raises(OpenIdFailed) as caught:
        provider(server.url, seconds=0.2).authorize_url(CHALLENGE)
    assert caught.value == OpenIdFailed("slow")


def test_a_slow_token_is_asked_for_once(server: Server) -> None:
    server.will(metadata(server, server.url), Reply(fault="stall"))
    with pytest.raises(OpenIdFailed) as caught:
        provider(server.url, seconds=2).identify("code", "verifier", "nonce")
    assert caught.value == OpenIdFailed("slow")
    assert server.paths == ["/.well-known/openid-configuration", "/token_endpoint"]


def test_a_provider_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(OpenIdFailed) as caught:
        provider("http://127.0.0.1:1").authorize_url(CHALLENGE)
    assert caught.value == OpenIdFailed("unavailable")


def test_an_issuer_may_end_in_a_slash_and_its_page_have_a_query(server: Server) -> None:
    server.will(metadata(server, f"{server.url}/"))
    url = provider(server.url).authorize_url(CHALLENGE)
    assert url.startswith(f"{server.url}/authorization_endpoint?x=1&response_type=code&")
    assert "code_challenge_method=S256" in url


@pytest.mark.parametrize("secret", ["", "a secret of ours"])
def test_the_secret_goes_where_the_provider_takes_it(server: Server, secret: str) -> None:
    posted = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    server.will(metadata(server, server.url, **posted), Reply(body={}))
    with pytest.raises(OpenIdFailed):
        provider(server.url, openid_client_secret=secret).identify("code", "verifier", "nonce")
    asked = server.asked[-1]
    assert asked.form["client_id"] == CLIENT_ID
    assert asked.form.get("client_secret", "") == secret
    assert "Authorization" not in asked.headers

"""A renewed token takes the place of the one that was read, and of no other."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.services.conftest import connect
from ttt.models import SpotifyAccount
from ttt.providers.spotify import Token
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.spotify import clients
from ttt.services.spotify.token import StoredToken


@pytest.fixture
def stored(context: Context, ada: Person) -> StoredToken:
    connect(context, ada)
    return StoredToken(context, clients.serving(context, ada.id), ada.id)


def kept(context: Context, person: Person) -> str | None:
    with context.session() as session:
        account = session.get(SpotifyAccount, person.id)
        return account and account.token_encrypted


def keep(context: Context, person: Person, token: Token) -> None:
    """As another process does: under another key, or because somebody connected anew."""
    with context.session() as session:
        account = session.get(SpotifyAccount, person.id)
        assert account is not None
        account.token_encrypted = context.vault.encrypt(token.to_json())
        session.commit()


def test_a_token_is_renewed_though_it_was_put_under_another_key_meanwhile(
    context: Context, ada: Person, stored: StoredToken
) -> None:
    token = stored.load()
    keep(context, ada, token)
    renewed = replace(token, access_token="renewed", expires_at=context.now() + timedelta(hours=1))
    stored.save(renewed)
    assert StoredToken(context, clients.serving(context, ada.id), ada.id).load() == renewed
    stored.drop()
    assert kept(context, ada) is None


def test_a_token_that_came_meanwhile_is_not_lost(
    context: Context, ada: Person, stored: StoredToken
) -> None:
    token = stored.load()
    other = replace(token, access_token="another")
    keep(context, ada, other)
    stored.save(replace(token, access_token="renewed"))
    stored.drop()
    found = context.vault.decrypt(kept(context, ada) or "")
    assert found == other.to_json()

"""What is kept of an authorization."""

from datetime import UTC, datetime

from ttt.providers.spotify import Token

TOKEN = Token("access-SECRET", "refresh-SECRET", datetime(2026, 11, 22, 13, tzinfo=UTC), "a b")


def test_a_token_comes_back_from_json_as_it_was() -> None:
    assert Token.from_json(TOKEN.to_json()) == TOKEN
    assert Token.from_json(TOKEN.to_json()).expires_at.tzinfo is not None


def test_a_token_shows_no_secret() -> None:
    assert "SECRET" not in f"{TOKEN!r} {TOKEN!s}"


def test_a_refresh_keeps_what_it_does_not_say() -> None:
    answer = {"access_token": "new", "expires_at": 1_800_000_000}
    assert Token.from_answer(answer, TOKEN) == Token(
        "new", "refresh-SECRET", datetime.fromtimestamp(1_800_000_000, UTC), "a b"
    )

"""What Spotify grants to one person, and where it is kept."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ttt.errors import UnexpectedAnswer

_LONGEST_LIFE = 366 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Token:
    """An authorization: `expires_at` (aware UTC) is the access token's end, `scope` the granted."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_at: datetime
    scope: str

    def to_json(self) -> str:
        """Everything, secrets included: to be encrypted before it is stored."""
        return json.dumps({**asdict(self), "expires_at": self.expires_at.isoformat()})

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what to_json wrote."""
        values = json.loads(text)
        return cls(**{**values, "expires_at": datetime.fromisoformat(values["expires_at"])})

    @classmethod
    def from_answer(cls, answer: Mapping[str, Any], before: Self | None = None) -> Self:
        """Read a checked token answer; what a refresh leaves out stays as it was `before`."""
        refresh_token = answer.get("refresh_token") or (before and before.refresh_token)
        if not refresh_token:
            raise UnexpectedAnswer("accounts")
        return cls(
            access_token=answer["access_token"],
            refresh_token=refresh_token,
            expires_at=datetime.fromtimestamp(answer["expires_at"], UTC),
            scope=answer.get("scope") or (before.scope if before else ""),
        )


class TokenStore(Protocol):
    """Keeps one person's token; `load` has to see what another process saved."""

    def load(self) -> Token | None:
        """Return the token, None when the person is not connected."""

    def save(self, token: Token) -> None:
        """Replace the token after a refresh."""


class _TokenAnswer(BaseModel):
    model_config = ConfigDict(strict=True, hide_input_in_errors=True)

    access_token: str = Field(min_length=1)
    expires_in: int = Field(gt=0, le=_LONGEST_LIFE)
    refresh_token: str | None = None
    scope: str | None = None


def check_answer(body: bytes) -> None:
    """Raise UnexpectedAnswer unless `body` is a token answer as OAuth describes it."""
    try:
        _TokenAnswer.model_validate_json(body)
    except ValidationError:
        raise UnexpectedAnswer("accounts") from None

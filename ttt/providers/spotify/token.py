"""What Spotify grants to one person, and where it is kept."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any, Protocol, Self

from pydantic import Field

from ttt.errors import UnexpectedAnswer
from ttt.providers import answers
from ttt.providers.spotify.parts import Part

_USUAL_LIFE = 3600
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
    def from_answer(
        cls, answer: Mapping[str, Any], before: Self | None = None, asked: str = ""
    ) -> Self:
        """Read a checked token answer; what a refresh leaves out stays as it was `before`.

        Who does not say which scope was granted granted what was `asked` for.
        """
        refresh_token = answer.get("refresh_token") or (before and before.refresh_token)
        if not refresh_token:
            raise UnexpectedAnswer("accounts")
        return cls(
            access_token=answer["access_token"],
            refresh_token=refresh_token,
            expires_at=datetime.fromtimestamp(answer["expires_at"], UTC),
            scope=answer.get("scope") or (before.scope if before else asked),
        )


class TokenStore(Protocol):
    """Keeps one person's token; `load` has to see what another process saved."""

    def load(self) -> Token | None:
        """Return the token, None when the person is not connected."""

    def save(self, token: Token) -> None:
        """Replace the token after a refresh."""


class _TokenAnswer(Part):
    access_token: str = Field(min_length=1)
    expires_in: Annotated[int, Field(gt=0, le=_LONGEST_LIFE)] = _USUAL_LIFE
    refresh_token: str | None = None
    scope: str | None = None


def checked(body: bytes) -> bytes:
    """A token answer with the fields of OAuth as they should be; UnexpectedAnswer for none.

    Without a life that can be used it is an hour, which a token that ends earlier makes good by
    being refused.
    """
    try:
        said = answers.told(body)
        answer = _TokenAnswer.model_validate(_with_whole_life(said))
    except ValueError:
        raise UnexpectedAnswer("accounts") from None
    return answer.model_dump_json(exclude_none=True).encode()


def _with_whole_life(said: object) -> object:
    life = said.get("expires_in") if isinstance(said, dict) else None
    if isinstance(said, dict) and isinstance(life, str) and re.fullmatch("[0-9]{1,8}", life):
        return {**said, "expires_in": int(life)}
    return said

"""ListenBrainz, or what speaks like it: whose a token is, and listens sent by it.

Listens that it has already it takes again and keeps once.
"""

from collections.abc import Sequence
from enum import Enum, auto
from http import HTTPStatus

from ttt.errors import ProviderNonsense
from ttt.providers.http import Answer, Client

NAME = "listenbrainz"
_NO_TOKEN = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
_REFUSED = (HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
# That one person's token or listen is wrong says nothing of the service.
_ANSWERS = (HTTPStatus.OK, *_NO_TOKEN, *_REFUSED)


class Sent(Enum):
    """What became of listens: taken, or none of them; REFUSED for what one of them holds."""

    TAKEN = auto()
    REFUSED = auto()
    NO_TOKEN = auto()


class ListenBrainz:
    """The way in for listens."""

    def __init__(self, client: Client, url: str) -> None:
        self._client = client
        self._url = url

    def account(self, token: str) -> str | None:
        """Name of the account that a token is of, None where it is nobody's."""
        url = f"{self._url}/1/validate-token"
        answer = self._client.get(NAME, url, answers=_ANSWERS, headers=_by(token))
        said = answer.fields() if answer.status == HTTPStatus.OK else {}
        name = said.get("user_name")
        return name if said.get("valid") is True and isinstance(name, str) and name else None

    def send(self, token: str, listens: Sequence[bytes]) -> Sent:
        """Send listens, JSON of a thousand at most, in one request; all are taken or none."""
        kind = b"single" if len(listens) == 1 else b"import"
        body = b'{"listen_type":"%b","payload":[%b]}' % (kind, b",".join(listens))
        headers = {**_by(token), "Content-Type": "application/json"}
        url = f"{self._url}/1/submit-listens"
        return _sent(self._client.post(NAME, url, body, headers, _ANSWERS))


def _by(token: str) -> dict[str, str]:
    return {"Authorization": f"Token {token}"}


def _sent(answer: Answer) -> Sent:
    if answer.status in _NO_TOKEN:
        return Sent.NO_TOKEN
    if answer.status in _REFUSED:
        return Sent.REFUSED
    # Any page could answer 200.
    if answer.fields().get("status") != "ok":
        raise ProviderNonsense(NAME)
    return Sent.TAKEN

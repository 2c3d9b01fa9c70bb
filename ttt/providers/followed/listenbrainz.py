"""ListenBrainz, or what speaks like it: public listens need no key, hidden ones a token."""

from http import HTTPStatus

from ttt.errors import ProviderNonsense
from ttt.providers.charts.base import field
from ttt.providers.followed.pages import Page, page_of
from ttt.providers.history_files.blocks import Given
from ttt.providers.history_files.formats.scrobbles.listenbrainz import Row, told
from ttt.providers.history_files.pieces.decoding import salvaged
from ttt.providers.http import Client

# That somebody hides their listens, or a token is wrong, says nothing of the service.
_NOT_SHOWN = (HTTPStatus.NOT_FOUND, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
_ANSWERS = (HTTPStatus.OK, *_NOT_SHOWN)


class ListenBrainz:
    """The listens of an account."""

    name = "listenbrainz"
    why_off: str | None = None
    takes_token = True
    most = 400
    """A thousand could be asked for, but may be larger than an answer may be here."""

    def __init__(self, client: Client, url: str) -> None:
        self._client = client
        self._url = url

    def page(
        self, account: str, before: int | None, latest: int, token: str | None = None
    ) -> Page | None:
        """One request for listens, the newest or those before a time."""
        asked = {"count": str(self.most)} | ({} if before is None else {"max_ts": str(before)})
        shown_to = {"Authorization": f"Token {token}"} if token else None
        url = f"{self._url}/1/user/{account}/listens"
        answer = self._client.get(self.name, url, asked, _ANSWERS, shown_to)
        if answer.status in _NOT_SHOWN:
            return None
        rows = field(answer.fields(), "payload", "listens")
        if not isinstance(rows, list):
            raise ProviderNonsense(self.name)
        given = Given(latest)
        return page_of(
            told(salvaged(Row, row), number, given) for number, row in enumerate(rows, 1)
        )

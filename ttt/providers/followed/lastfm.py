"""Last.fm: what a listener scrobbled, where they do not hide it; needs the server's key."""

from ttt.errors import ProviderNonsense
from ttt.providers.charts.base import field
from ttt.providers.followed.pages import Page, page_of
from ttt.providers.history_files.blocks import Given
from ttt.providers.history_files.formats.scrobbles.lastfm import PageRow, page_told
from ttt.providers.history_files.pieces.decoding import salvaged
from ttt.providers.http import Client
from ttt.providers.values.lastfm import Api


class LastFm:
    """The scrobbles of an account."""

    name = "lastfm"
    most = 200
    takes_token = False

    def __init__(self, client: Client, url: str, key: str) -> None:
        self._api = Api(client, url, key)
        self.why_off = self._api.why_off

    def page(
        self,
        account: str,
        before: int | None,
        latest: int,
        token: str | None = None,  # noqa: ARG002
    ) -> Page | None:
        """One request for scrobbles, the newest or those before a time."""
        until = {} if before is None else {"to": str(before)}
        said = self._api.ask("user.getRecentTracks", user=account, limit=str(self.most), **until)
        if said is None:
            return None
        if not isinstance(field(said, "recenttracks"), dict):
            raise ProviderNonsense(self.name)
        rows = field(said, "recenttracks", "track")
        # A single one is no list: its JSON was XML, where that is no difference.
        listed = rows if isinstance(rows, list) else [] if rows is None else [rows]
        given = Given(latest)
        return page_of(
            page_told(salvaged(PageRow, row), number, given)
            for number, row in enumerate(listed, 1)
            if not _plays_now(row)
        )


def _plays_now(row: object) -> bool:
    return isinstance(row, dict) and field(row, "@attr", "nowplaying") == "true"

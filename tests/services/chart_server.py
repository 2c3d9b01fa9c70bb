"""Charts as the services meet them: one server on loopback that answers all of them."""

from collections.abc import Sequence
from dataclasses import replace

from tests.providers.scripted import Reply, Server
from tests.services.conftest import FakeSpotify
from ttt.found import TrackPage
from ttt.services.context import Context

TITLES = ("I Ain't Worried", "A Rare Song", "Another")
ARTISTS = ("OneRepublic", "Nobody Known", "Nobody Else")


class Searching(FakeSpotify):
    """Spotify that finds whatever it knows for any query."""

    def search(self, query: str, limit: int) -> TrackPage:
        self._ask(query)
        return TrackPage(tuple(self.tracks.values())[:limit])


def asking(context: Context, server: Server, charts: str = "deezer,listenbrainz") -> Context:
    """The context with these charts on, all of them at the server, and a key of Last.fm."""
    names = ("TTT_DEEZER_URL", "TTT_LISTENBRAINZ_URL", "TTT_APPLE_CHARTS_URL", "TTT_LASTFM_URL")
    settings = type(context.settings)(
        _env_file=None,
        data_dir=context.settings.data_dir,
        port=context.settings.port,
        charts=charts,
        lastfm_key="k" * 32,
        **dict.fromkeys(names, server.url),
    )
    return replace(context, settings=settings)


def deezer(titles: Sequence[str] = TITLES, artists: Sequence[str] = ARTISTS) -> Reply:
    """Deezer's chart of these tracks."""
    named = zip(titles, artists, strict=True)
    return Reply(body={"data": [{"title": t, "artist": {"name": a}} for t, a in named]})


def played(titles: Sequence[str] = TITLES, artists: Sequence[str] = ARTISTS) -> Reply:
    """A listener's tracks at Last.fm, with plays."""
    named = enumerate(zip(titles, artists, strict=True))
    tracks = [{"name": t, "artist": {"name": a}, "playcount": str(50 - i)} for i, (t, a) in named]
    return Reply(body={"toptracks": {"track": tracks}})

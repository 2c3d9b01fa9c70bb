"""What plays now, as Spotify or one's players tell it."""

from dataclasses import dataclass

from ttt.errors import SpotifyError
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.recorders.players import tokens
from ttt.services.spotify import spotify
from ttt.services.spotify.spotify import Connection


@dataclass(frozen=True, slots=True)
class Now:
    """A track that plays now, and on what or by whose word."""

    title: str
    artist: str
    where: str
    cover_url: str | None = None


def now(context: Context, person: Person, connection: Connection | None) -> Now | None:
    """What plays, Spotify's word first; None when nothing does or nobody can tell.

    One request to Spotify, and none where that may not be asked. Nothing is raised.
    """
    told = _by_spotify(context, person) if _may_ask(connection) else None
    if told is not None:
        return told
    playing = tokens.playing(context, person)
    return None if playing is None else Now(playing.title, playing.artist, f"in {playing.by}")


def _may_ask(connection: Connection | None) -> bool:
    return (
        connection is not None
        and connection.usable
        and connection.blocked_until is None
        and connection.allows("playback")
    )


def _by_spotify(context: Context, person: Person) -> Now | None:
    try:
        told = spotify.call(context, person, lambda client: client.now_playing(), "playback")
    except SpotifyError:
        return None  # it is a nicety; what people press says what is in the way
    if told is None or not told.playing or told.track is None:
        return None
    artists = ", ".join(artist.name for artist in told.track.artists)
    where = f"on {told.device}" if told.device else "on Spotify"
    return Now(told.track.title, artists, where, told.track.cover_url)

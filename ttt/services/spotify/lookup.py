"""Looks tracks up at Spotify, one request each, and stops at the first trouble."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ttt.errors import SpotifyError, SpotifyNotFound
from ttt.found import FoundTrack, Source
from ttt.providers.spotify import Spotify
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.spotify import clients, spotify


@dataclass(slots=True)
class Answers:
    """What Spotify said until `trouble` came, if any did; `unknown` are ids it does not know.

    Of what is in neither, Spotify said nothing that could be read.
    """

    found: dict[str, FoundTrack] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    trouble: SpotifyError | None = None


def ask(context: Context, person: Person, spotify_ids: Iterable[str]) -> Answers:
    """Describe tracks by the person's Spotify; nothing is raised and nothing is stored."""
    wanted, answers = list(spotify_ids), Answers()

    def look_up(client: Spotify) -> None:
        for spotify_id in wanted:
            if spotify_id not in answers.found:
                _look_up(client, spotify_id, answers)

    if wanted:
        try:
            spotify.call(context, person, look_up)
        except SpotifyError as error:
            answers.trouble = error
    return answers


def source(context: Context, person: Person) -> Source:
    """What to call the person's Spotify as a source: the demo is not taken for the real one."""
    return Source.DEMO if clients.serving(context, person.id).demo else Source.SPOTIFY


def _look_up(client: Spotify, spotify_id: str, answers: Answers) -> None:
    try:
        found = client.track(spotify_id)
    except SpotifyNotFound:
        answers.unknown.add(spotify_id)
        return
    if found is not None:
        # A track that moved is answered under its new id; the list holds the one asked for.
        answers.found[spotify_id] = replace(found, spotify_id=spotify_id)

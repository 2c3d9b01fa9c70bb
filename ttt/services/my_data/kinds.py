"""Which files there are, which table each is made from, and what is left out and why."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from ttt.services.my_data.shapes import account, music, plays
from ttt.services.my_data.shapes.record import At, Record, Text

VERSION = 1


class Manifest(Record):
    """Which format this is, of when and how much."""

    format: Literal["top-track-tracker my data"] = Field(description="What this file is.")
    version: int = Field(description="Version of the format.")
    app_version: Text = Field(description="Version of the app that wrote it.")
    made_at: At = Field(description="When it was written.")
    records: dict[str, int] = Field(description="How many records each JSON file holds.")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record; `rows` is the field whose items are the rows of its table.

    `count` is what a place in `rows` is called.
    """

    name: str
    model: type[Record]
    tables: tuple[str, ...]
    rows: str | None = None
    count: str = "place"

    @property
    def json(self) -> str:
        """Name of the file that is exact."""
        return f"{self.name}.json"

    @property
    def csv(self) -> str:
        """Name of the file for spreadsheets."""
        return f"{self.name}.csv"


KINDS = (
    Kind("account", account.Account, ("user_account", "recovery_code")),
    Kind("sessions", account.SignIn, ("user_session",)),
    Kind("known_browsers", account.Browser, ("known_browser",)),
    Kind("failed_tries", account.Try, ("failed_try",)),
    Kind("one_time_links", account.Link, ("one_time_link",)),
    Kind("openid", account.Identity, ("openid_identity",)),
    Kind("events", account.Event, ("audit_event",)),
    Kind("spotify", account.Spotify, ("spotify_account",)),
    Kind("spotify_client", account.SpotifyClient, ("spotify_client",)),
    Kind("spotify_seat", account.SpotifySeat, ("spotify_seat",)),
    Kind("lastfm", account.Lastfm, ("lastfm_account",)),
    Kind("play_counts", music.Play, ("chart_snapshot", "chart_entry")),
    Kind("snapshots", music.Snapshot, ("top_snapshot", "top_entry"), "tracks", "rank"),
    Kind("lists", music.TrackList, ("track_list", "list_entry"), "entries"),
    Kind("removed", music.Removed, ("list_entry",)),
    Kind("contributions", music.Contribution, ("list_entry",)),
    Kind("values", music.Value, ("personal_value",)),
    Kind("descriptions", music.OwnDescription, ("own_description",)),
    Kind("list_imports", music.Import, ("list_import", "waiting_name")),
    Kind("own_imports", music.OwnImport, ("own_import",)),
    Kind("playlists", music.Playlist, ("sent_playlist", "sent_row"), "tracks"),
    Kind("imports", plays.Import, ("history_upload", "upload_member", "refused_play")),
    Kind("gaps", plays.Gap, ("play_gap",)),
    Kind("hidden", plays.Hidden, ("hidden",)),
    Kind("recordings", plays.Joined, ("recording",)),
    Kind("identities", plays.Identity, ("told_identity",)),
    Kind("recorders", plays.Recorder, ("recorder",)),
    Kind("submit_tokens", plays.Token, ("submit_token",)),
    Kind("relays", plays.Relay, ("relay",)),
    Kind("comparisons", plays.Comparison, ("agreement",)),
    Kind("recap_links", plays.SharedRecap, ("recap_link",)),
    Kind("tracks", music.Description, ("track", "artist", "track_artist")),
)

LEFT_OUT = {
    "password hash": "Your password: the server holds only a hash of it, which could be "
    "guessed at.",
    "second factor": "The secret of your second factor, and recovery codes: whoever has them is "
    "you. The server holds the codes as hashes only.",
    "session": "What your browsers show to be signed in, and links that are good once: whoever "
    "has them is you. The server holds hashes only.",
    "Spotify token": "The token of your Spotify connection: it opens your account there, and "
    "is good on this server only.",
    "Spotify client secret": "The secret of your own client ID: Spotify's dashboard shows it to "
    "you, and here it is kept encrypted.",
    "sign_in_ticket": "Sign-ins on their way: a secret that is good for a minute.",
    "oauth_state": "Connections to Spotify on their way: a secret that is good for ten minutes.",
    "openid_state": "Sign-ins by OpenID on their way: a secret that is good for some minutes.",
    "upload_part": "The bytes of a file with plays while it is on its way: you have that file.",
    "waiting_listen": "Listens on their way to your account at ListenBrainz: they are among your "
    "plays.",
    "play_again": "Plays that a second file of yours told too, word for word: each is told once.",
    "play_page": "Your plays once more, as charts read them.",
    "play_change": "Times in which plays came in lately, until the night goes through all of them.",
    "shared values": "What sources say of tracks (popularity, energy, genres): it is kept once for "
    "everybody, says nothing of you, and is looked up anew elsewhere.",
    "jobs": "Background work: which tracks are being looked up, for some days.",
    "log": "The server's log, which is kept by whoever runs it.",
}

INTRODUCTION = f"""\
Top Track Tracker: everything that a server holds on one person, format version {VERSION}.

Each .json file is exact and holds a list of records. The .csv file of the same name is the same as
a table for spreadsheets: names are joined by "; ", a cell that a spreadsheet would run as a formula
begins with ', and where there are tracks, their title and artists stand beside them.
All times are UTC. All texts are UTF-8.

plays.jsonl and plays.parquet hold every play as its source told it, also those that do not count;
plays.jsonl is in the format of Spotify's extended streaming history. The page of imports takes
either, or this whole file, on another server.

On another server of this app, "Upload my data" on the Account page takes the lists, the top tracks,
your own values, what your files call tracks, and your name at Last.fm. It adds to what is there and
replaces nothing. Only the JSON files are read: should the file be too large, take the CSV files out
of it."""


def documentation() -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Name, sentence and fields with their sentences, of each file."""
    yield "manifest", _sentence(Manifest), _fields(Manifest)
    for kind in KINDS:
        yield kind.name, _sentence(kind.model), _fields(kind.model)


def readme() -> str:
    """The file that explains all others."""
    parts = [INTRODUCTION]
    for name, sentence, fields in documentation():
        both = f"{name}.json" if name == "manifest" else f"{name}.json, {name}.csv"
        lines = [f"  {field}: {words}" for field, words in fields]
        parts.append("\n".join([both, f"  {sentence}", "", *lines]))
    left_out = [
        textwrap.fill(f"- {words}", 100, subsequent_indent="  ") for words in LEFT_OUT.values()
    ]
    parts.append("\n".join(["Left out, and why", "", *left_out]))
    return "\n\n".join(parts) + "\n"


def _sentence(model: type[Record]) -> str:
    return (model.__doc__ or "").strip()


def _fields(model: type[Record]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, field in model.model_fields.items():
        found.append((name, field.description or ""))
        if (model, name) == (music.TrackList, "entries"):
            found += [(f"entries.{inner}", words) for inner, words in _fields(music.Entry)]
    return found

"""The music: what you played, ranked, listed and valued, and what its tracks are."""

from typing import Annotated, Literal

from pydantic import FailFast, Field, StringConstraints

from ttt.music import Period
from ttt.services.lists.arranging import LONGEST_NOTE, LONGEST_TAG, MOST_TAGS
from ttt.services.lists.lists import LONGEST_NAME, Access
from ttt.services.my_data.shapes.record import NO_NUL, At, Record, Text

Id = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{22}$")]
Track = Annotated[Id, Field(description="Spotify's id of the track, described in tracks.json.")]
Rank = Annotated[int, Field(ge=1)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME, pattern=NO_NUL)]
Note = Annotated[str, StringConstraints(max_length=LONGEST_NOTE, pattern=NO_NUL)]
Tag = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TAG, pattern=NO_NUL)]
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}){0,2}$")]
_MOST_ENTRIES, _LONGEST_RANKING = 20_000, 100


class Play(Record):
    """Your play counts as Last.fm told them, chart by chart."""

    chart: Text = Field(description="Period of Last.fm.")
    taken_at: At = Field(description="When it was asked.")
    rank: Rank = Field(description="Place, from 1.")
    title: Text = Field(description="Title.")
    artist: Text = Field(description="Artist.")
    plays: float | None = Field(description="How often you played it.")
    isrc: Text | None = Field(description="International code of the recording.")
    link: Text | None = Field(description="Page at Last.fm.")
    cover_url: Text | None = Field(description="Address of the cover.")


class Snapshot(Record):
    """Your top tracks as Spotify ranked them at one time."""

    period: Period = Field(description="short_term: 4 weeks, medium_term: 6 months, long_term.")
    taken_at: At = Field(description="When Spotify was asked.")
    tracks: Annotated[list[Id | None], Field(max_length=_LONGEST_RANKING)] = Field(
        description="Spotify's ids, the first is rank 1; null for a rank that could not be read."
    )


class Entry(Record):
    """A track on a list."""

    track: Track
    added_at: At = Field(description="When it was added.")
    added_by_me: bool = Field(description="Whether you added it yourself.")
    note: Note | None = Field(description="Note.")
    tags: Annotated[list[Tag], Field(max_length=MOST_TAGS)] = Field(description="Tags.")


class TrackList(Record):
    """Your lists, each in its order."""

    name: Name = Field(description="Name.")
    trending: bool = Field(description="Whether it is the trending list, which everybody has.")
    access: Access = Field(description="What others may do with it: private, see or edit.")
    created_at: At = Field(description="When it was made.")
    entries: Annotated[list[Entry], Field(max_length=_MOST_ENTRIES), FailFast()] = Field(
        description="Its tracks, the first on top."
    )


class Removed(Record):
    """What you removed and the server still holds: for 30 days, so that it can be undone."""

    list_name: Text = Field(description="Name of the list.")
    list_deleted_at: At | None = Field(description="When the whole list was deleted.")
    track: Track
    added_at: At = Field(description="When the track was added.")
    removed_at: At | None = Field(description="When the track was removed.")
    note: Text | None = Field(description="Note.")
    tags: list[Text] = Field(description="Tags.")


class Contribution(Record):
    """What you added to lists of other people."""

    list_name: Text = Field(description="Name of the list.")
    owner: Text = Field(description="Name of its owner.")
    track: Track
    added_at: At = Field(description="When you added it.")
    removed_at: At | None = Field(description="When somebody removed it.")


class Value(Record):
    """Values of tracks that are yours alone."""

    track: Track
    field: Text = Field(description="Which value: energy, valence, tempo and so on.")
    value: float = Field(description="The value, in Spotify's units.")
    source: Literal["hand", "file"] = Field(description="Set by hand, or from a file of yours.")
    observed_at: At = Field(description="When you set or brought it.")


class OwnDescription(Record):
    """What your own files call tracks and say of them, which you alone see."""

    track: Track
    observed_at: At = Field(description="When you brought the file, or what day the file is of.")
    title: Text | None = Field(description="Title.")
    artists: Annotated[list[Text], Field(max_length=50)] = Field(description="Artists.")
    album: Text | None = Field(description="Album.")
    release_date: Day | None = Field(description="Year, month or day of its release.")
    duration_ms: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = Field(
        description="Milliseconds that it lasts."
    )
    genres: Annotated[list[Text], Field(max_length=50)] = Field(description="Genres.")


class Import(Record):
    """Files, playlists and lines that you put on lists, and what became of their rows."""

    name: Text = Field(description="Name of the file or the playlist.")
    list_name: Text = Field(description="Name of the list.")
    at: At = Field(description="When you brought it.")
    added: int = Field(description="Rows that were added.")
    already_there: int = Field(description="Rows that were there already.")
    refused: list[Text] = Field(description="Rows that were refused: number, text and reason.")
    waiting: list[Text] = Field(description="Titles and artists that are still to be looked up.")
    closed_at: At | None = Field(description="When you closed what was said of it.")


class OwnImport(Record):
    """Files with values of your own that you brought, and what became of their rows."""

    name: Text = Field(description="Name of the file.")
    at: At = Field(description="When you brought it.")
    taken: int = Field(description="Rows that were taken.")
    tracks: int = Field(description="Tracks that have values of it.")
    refused: list[Text] = Field(description="Rows that were refused: number, text and reason.")
    partly: list[Text] = Field(description="Rows that were taken but for some cells, and which.")
    closed_at: At | None = Field(description="When you closed what was said of it.")


class Playlist(Record):
    """Playlists that you sent to Spotify."""

    name: Text = Field(description="Name.")
    spotify_id: Text | None = Field(description="Spotify's id of the playlist.")
    created_at: At = Field(description="When you sent it.")
    finished_at: At | None = Field(description="When it was all there.")
    length: int = Field(description="How many tracks it has.")
    added: int = Field(description="How many of them are at Spotify.")
    error: Text | None = Field(description="What went wrong, in words.")
    tracks: list[Text] = Field(description="Spotify's ids, in their order.")


class Description(Record):
    """What the tracks in the other files are, and who said so."""

    track: Id = Field(description="Spotify's id.")
    title: Text | None = Field(description="Title.")
    artists: Annotated[list[Text], Field(max_length=50)] = Field(description="Artists.")
    album: Text | None = Field(description="Album.")
    release_date: Day | None = Field(description="Year, month or day of its release.")
    duration_ms: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = Field(
        description="Milliseconds that it lasts."
    )
    explicit: bool | None = Field(description="Whether its words are marked as explicit.")
    isrc: Text | None = Field(description="International code of the recording.")
    cover_url: Text | None = Field(description="Address of the cover.")
    described_by: Text | None = Field(description="Source of this description.")
    described_at: At | None = Field(description="When the source was asked.")

"""What stands in each file: one model a kind of record, whose descriptions are its documentation.

Times have a zone; a field that is not known is null. The bounds are for files that come back.
"""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from ttt.music import Period
from ttt.services.arranging import LONGEST_NOTE, LONGEST_TAG, MOST_TAGS
from ttt.services.lists import LONGEST_NAME, MOST, Access

_NO_NUL = r"^[^\x00]*$"  # PostgreSQL takes none
Text = Annotated[str, StringConstraints(max_length=1000, pattern=_NO_NUL)]
Id = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{22}$")]
Track = Annotated[Id, Field(description="Spotify's id of the track, described in tracks.json.")]
# A database cannot put every time into UTC: not those of the first and the last day.
_FIRST, _LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
At = Annotated[AwareDatetime, Field(ge=_FIRST, le=_LAST)]
Rank = Annotated[int, Field(ge=1)]
Note = Annotated[str, StringConstraints(max_length=LONGEST_NOTE, pattern=_NO_NUL)]
Tag = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TAG, pattern=_NO_NUL)]
MOST_ENTRIES, MOST_SNAPSHOTS, LONGEST_RANKING = 20_000, 20_000, 100


class Record(BaseModel):
    """A record that holds nothing but its fields."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Manifest(Record):
    """Which format this is, of when and how much."""

    format: Literal["top-track-tracker my data"] = Field(description="What this file is.")
    version: int = Field(description="Version of the format.")
    app_version: Text = Field(description="Version of the app that wrote it.")
    made_at: At = Field(description="When it was written.")
    records: dict[str, int] = Field(description="How many records each JSON file holds.")


class Account(Record):
    """Your account; not its password and its second factor."""

    username: Text = Field(description="Name to sign in with.")
    name: Text = Field(description="Name that others see.")
    email: Text = Field(description="Mail address, empty when none was given.")
    role: Text = Field(description="admin or member.")
    created_at: At = Field(description="When it was opened.")
    disabled_at: At | None = Field(description="Since when nobody can sign in with it.")
    second_factor: bool = Field(description="Whether codes of an authenticator are asked for.")
    recovery_codes: int = Field(description="How many recovery codes are left.")


class SignIn(Record):
    """Browsers that are signed in."""

    created_at: At = Field(description="When it signed in.")
    last_seen_at: At = Field(description="When it was last seen.")
    expires_at: At = Field(description="When it ends unless it is seen before.")
    ends_at: At = Field(description="When it ends in any case.")
    user_agent: Text = Field(description="What the browser calls itself.")
    zone: Text = Field(description="Time zone of the browser.")
    address: Text | None = Field(description="Network address that it signed in from.")


class Browser(Record):
    """Browsers in which you signed in before, so that strangers' tries do not make them wait."""

    used_at: At = Field(description="When you last signed in there.")


class Try(Record):
    """Tries to sign in with your name that failed, as long as they are counted."""

    at: At = Field(description="When.")
    door: Text = Field(description="What was tried: a password, a second factor and the like.")
    address: Text | None = Field(description="Network address that it came from.")


class Link(Record):
    """One-time links for your account, or made by you; without the secret in them."""

    kind: Text = Field(description="What it is good for.")
    made_by: Text = Field(description="Username of whoever made it.")
    email: Text = Field(description="Mail address that it is for, if any.")
    created_at: At = Field(description="When it was made.")
    expires_at: At = Field(description="Until when it is good.")


class Identity(Record):
    """Identities at OpenID providers by which you sign in."""

    issuer: Text = Field(description="Address of the provider.")
    subject: Text = Field(description="What the provider calls you.")
    name: Text = Field(description="Name or mail address that it told.")
    created_at: At = Field(description="When it was bound to your account.")


class Event(Record):
    """The audit trail: what you did, and what was done to your account."""

    at: At = Field(description="When.")
    actor: Text = Field(description="Who.")
    action: Text = Field(description="What.")
    subject: Text = Field(description="To whom or what.")
    address: Text | None = Field(description="Network address; of what you did only.")


class Spotify(Record):
    """Your connection to Spotify, without its token."""

    spotify_id: Text = Field(description="Spotify's id of your account there.")
    account_id: Text | None = Field(description="Its newer id, which never changes.")
    display_name: Text = Field(description="Your name there.")
    authorized_at: At = Field(description="When you agreed.")
    scopes: list[Text] = Field(description="Permissions that you gave; none while it has ended.")


class Lastfm(Record):
    """Your name at Last.fm."""

    username: Text = Field(description="The name.")
    unknown_at: At | None = Field(description="When Last.fm did not know it.")


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
    tracks: Annotated[list[Id], Field(max_length=LONGEST_RANKING)] = Field(
        description="Spotify's ids, the first is rank 1; described in tracks.json."
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

    name: Annotated[
        str, StringConstraints(min_length=1, max_length=LONGEST_NAME, pattern=_NO_NUL)
    ] = Field(description="Name.")
    trending: bool = Field(description="Whether it is the trending list, which everybody has.")
    access: Access = Field(description="What others may do with it: private, see or edit.")
    created_at: At = Field(description="When it was made.")
    entries: Annotated[list[Entry], Field(max_length=MOST_ENTRIES)] = Field(
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
    release_date: (
        Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}){0,2}$")] | None
    ) = Field(description="Year, month or day of its release.")
    duration_ms: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = Field(
        description="Milliseconds that it lasts."
    )
    explicit: bool | None = Field(description="Whether its words are marked as explicit.")
    isrc: Text | None = Field(description="International code of the recording.")
    cover_url: Text | None = Field(description="Address of the cover.")
    described_by: Text | None = Field(description="Source of this description.")
    described_at: At | None = Field(description="When the source was asked.")


MOST_LISTS = MOST

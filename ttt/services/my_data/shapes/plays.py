"""Records about plays; the plays themselves are lines of their own format."""

from pydantic import Field

from ttt.services.my_data.shapes.record import At, Record, Text


class Import(Record):
    """Files with plays that you brought, and what became of their rows."""

    name: Text = Field(description="Name of the file.")
    size: int = Field(description="Its bytes.")
    sha256: Text | None = Field(description="SHA-256 of its bytes.")
    format: Text | None = Field(description="What it was.")
    zone: Text | None = Field(description="Time zone that you said its times are in.")
    state: Text = Field(description="How far it is.")
    created_at: At = Field(description="When you brought it.")
    finished_at: At | None = Field(description="When it was read to its end.")
    undone_at: At | None = Field(description="When you undid it.")
    rows: int = Field(description="How many rows were read.")
    outcomes: Text = Field(description="What became of them, in words.")
    files: list[Text] = Field(description="Names of the files inside.")
    refused: list[Text] = Field(description="Rows that could not be read: file, row, reason, text.")


class Gap(Record):
    """Times in which plays may be missing."""

    source: Text = Field(description="Whose plays may be missing.")
    from_at: At = Field(description="From when.")
    until_at: At = Field(description="Until when.")
    reason: Text = Field(description="Why.")
    closed: bool = Field(description="Whether an import filled it.")


class Hidden(Record):
    """What you leave out of your charts."""

    kind: Text = Field(description="An artist, an album, a track or a stretch of time.")
    artist: Text | None = Field(description="Artist.")
    album: Text | None = Field(description="Album.")
    title: Text | None = Field(description="Title of the track.")
    from_at: At | None = Field(description="From when, if not from the beginning.")
    until_at: At | None = Field(description="Until when, if not for good.")
    created_at: At = Field(description="When you hid it.")


class Joined(Record):
    """Tracks that you joined to one recording, or parted."""

    title: Text | None = Field(description="Title of the track.")
    counts_as: Text | None = Field(description="Title of the one it counts as, its own if parted.")
    parted: bool = Field(description="Whether it counts as itself, whatever looks equal.")
    decided_at: At = Field(description="When you said so.")


class Identity(Record):
    """Which recordings your files and services say that tracks are; plays.jsonl has it by play."""

    title: Text | None = Field(description="Title of the track.")
    artists: list[Text] = Field(description="Artists.")
    source: Text = Field(description="Who said so.")
    played_at: At | None = Field(description="The only play that it is about, if not all of these.")
    isrc: Text | None = Field(description="International code of the recording.")
    mbid: Text | None = Field(description="Its id at MusicBrainz.")


class Recorder(Record):
    """What records your plays; its token, if any, is left out."""

    kind: Text = Field(description="Spotify, or the service whose account is followed.")
    account: Text = Field(description="Name of that account.")
    started_at: At = Field(description="Since when.")
    newest_at: At | None = Field(description="The newest play that it told of.")
    plays: int = Field(description="How many plays it told of.")
    unread: int = Field(0, description="How many plays that it told of last could not be read.")
    ended_at: At | None = Field(description="When its authorization ended.")
    error: Text | None = Field(description="What is wrong, in words.")


class Token(Record):
    """Tokens by which players send your plays; the server holds hashes only."""

    name: Text = Field(description="What you call it.")
    created_at: At = Field(description="When you made it.")
    used_at: At | None = Field(description="When it was last used.")


class Relay(Record):
    """Your account at ListenBrainz to which your players' listens are passed on, without token."""

    account: Text = Field(description="Name of that account.")
    started_at: At = Field(description="Since when.")
    passed_at: At | None = Field(description="When listens went there last.")
    passed: int = Field(description="How many went there.")
    left_out: int = Field(description="How many did not, as it refused them or too many waited.")
    error: Text | None = Field(description="What is wrong, in words.")


class Comparison(Record):
    """With whom you compare what you hear, and your invitations; of their codes hashes only."""

    name: Text | None = Field(description="Name of the other, null while nobody has agreed.")
    invited_by_me: bool = Field(description="Whether you invited.")
    created_at: At = Field(description="When the invitation was made.")
    expires_at: At = Field(description="Until when the invitation was good.")
    agreed_at: At | None = Field(description="When the other agreed.")


class SharedRecap(Record):
    """Links by which others see a recap of yours; of their tokens the server holds hashes only."""

    name: Text = Field(description="Which time it is of.")
    created_at: At = Field(description="When you made it.")
    opened: int = Field(description="How often it was opened.")
    opened_at: At | None = Field(description="When it was last opened.")
    says: Text = Field(description="All that its cards say, as JSON.")

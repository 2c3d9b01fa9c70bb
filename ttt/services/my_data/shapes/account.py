"""The account: who you are here and elsewhere, how you get in, and what was done."""

from pydantic import Field

from ttt.services.my_data.shapes.record import At, Record, Text


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
    time_zone: Text = Field(description="Time zone of the days and hours of your plays.")


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
    created_at: At = Field(description="When it was linked to your account.")


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


class SpotifyClient(Record):
    """The client ID of Spotify's that you brought, without its secret."""

    name: Text = Field(description="What it is called here.")
    client_id: Text = Field(description="What Spotify knows your app by.")
    created_at: At = Field(description="When you set it.")


class SpotifySeat(Record):
    """Your seat on a client ID of this server."""

    name: Text = Field(description="The name that goes on Spotify's list of who may use it.")
    email: Text = Field(description="The mail address that goes there; empty when not given.")
    client_id: Text = Field(description="What Spotify knows the app by.")
    taken_at: At = Field(description="Since when you have it.")
    connected_at: At | None = Field(description="When Spotify last let you in.")
    refused_at: At | None = Field(description="When Spotify said that you are not on its list.")


class Lastfm(Record):
    """Your name at Last.fm."""

    username: Text = Field(description="The name.")
    unknown_at: At | None = Field(description="When Last.fm did not know it.")

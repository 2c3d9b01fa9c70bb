"""The page on which a demo listener is chosen and the app is let in, or not."""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from starlette.responses import HTMLResponse, Response

from ttt.demo.history.export import NAME
from ttt.demo.listeners import Listener
from ttt.demo.refusals import NOT_STORED

SCOPES = {
    "user-top-read": "See the tracks and artists played most",
    "user-read-recently-played": "See what was played lately",
    "user-read-currently-playing": "See what is playing now",
    "user-read-playback-state": "See what is playing, and on which device",
    "user-read-playback-position": "See how far episodes were played",
    "user-modify-playback-state": "Start, pause and skip on their devices",
    "streaming": "Play music in the browser",
    "app-remote-control": "Steer the Spotify app on the same device",
    "playlist-read-private": "See private playlists",
    "playlist-read-collaborative": "See shared playlists",
    "playlist-modify-private": "Create and change private playlists",
    "playlist-modify-public": "Create and change public playlists",
    "ugc-image-upload": "Upload playlist covers",
    "user-library-read": "See saved tracks and albums",
    "user-library-modify": "Save and remove tracks and albums",
    "user-follow-read": "See followed artists and people",
    "user-follow-modify": "Follow and unfollow artists and people",
    "user-read-private": "See the subscription",
    "user-read-email": "See the mail address",
}
_HERE = Path(__file__).parent
_LISTENER = (
    '<label><input type="radio" name="listener" value="{id}"{checked}>'
    "<b>{name}</b><span>{taste}</span></label>"
)


def page(scopes: Sequence[str], listeners: Sequence[Listener], redirect_uri: str) -> Response:
    """The consent page; its form is posted to its own address, parameters included."""
    names = ["See their name and picture", *(SCOPES[scope] for scope in scopes)]
    html = Template(_read("consent.html")).substitute(
        style=_read("consent.css"),
        listeners="\n".join(_listener(person, person is listeners[0]) for person in listeners),
        scopes="\n".join(f"<li>{escape(name)}</li>" for name in names),
        history=NAME,
        destination=escape(redirect_uri),
    )
    policy = {"content-security-policy": _policy(redirect_uri), "referrer-policy": "no-referrer"}
    return HTMLResponse(html, headers=NOT_STORED | policy)


def _listener(person: Listener, checked: bool) -> str:
    return _LISTENER.format(
        id=escape(person.id),
        name=escape(person.name),
        taste=escape(person.taste),
        checked=" checked" if checked else "",
    )


def _policy(redirect_uri: str) -> str:
    style = base64.b64encode(hashlib.sha256(_read("consent.css").encode()).digest()).decode()
    # Browsers hold the redirect after a form to form-action as well.
    back = "{0.scheme}://{0.netloc}".format(urlsplit(redirect_uri))
    return (
        f"default-src 'none'; style-src 'sha256-{style}'; form-action 'self' {back};"
        " base-uri 'none'; frame-ancestors 'none'"
    )


@cache
def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")

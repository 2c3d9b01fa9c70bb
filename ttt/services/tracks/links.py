"""Spotify ids from whatever people paste: links, URIs and bare ids."""

import re
from collections.abc import Iterable
from urllib.parse import unquote

from ttt.errors import InvalidInput

_ROW = "spotify:track:"
_ID = re.compile(r"[0-9A-Za-z]{22}")
_PLACE = re.compile(
    r"(?:spotify:(?://)?|(?:https?://)?(?:open|play)\.spotify\.com/(?:intl-[a-z0-9-]+/)?(?:embed/)?)"
    r"(?P<kind>[a-z]+)[:/](?P<id>[^:/?#&]*)",
    re.ASCII | re.IGNORECASE,
)
_SHORT = re.compile(
    r"(?:https?://)?(?:spotify\.link|link\.tospotify\.com|spoti\.fi|spotify\.app\.link)\b",
    re.ASCII | re.IGNORECASE,
)
# A track's link wherever it stands: in a sentence, in a list, in an embed, in an album's link.
_TRACK = re.compile(
    r"(?:spotify:(?://)?track[:/]"
    r"|(?:open|play)\.spotify\.com/(?:intl-[a-z0-9-]+/)?(?:embed/)?track/(?:spotify:track:)?)"
    r"(?P<id>[0-9A-Za-z]{22})(?![0-9A-Za-z])",
    re.ASCII | re.IGNORECASE,
)
_ONE_TRACK = re.compile(r"track[:/]", re.ASCII | re.IGNORECASE)
_KINDS = {
    "album": "an album",
    "artist": "an artist",
    "audiobook": "an audiobook",
    "collection": "a collection",
    "concert": "a concert",
    "episode": "a podcast episode",
    "local": "a file on somebody's computer",
    "playlist": "a playlist",
    "show": "a podcast",
    "user": "a profile or a playlist",
}
# What lists, mails and quotations put around a link.
_AROUND = "<>()[]\"'“”„«»‘’*-•,;."
_SEVERAL = "There is more than one link here: put each on a line of its own."
_PASTE = "paste the link of a track (on Spotify: Share, Copy Song Link)"


def parse(text: str) -> str:
    """Spotify id of the one track that a link, URI or id names, InvalidInput for all else.

    The link may stand anywhere in the text, as phones and mails give it.
    """
    linked = {found["id"] for found in _TRACK.finditer(unquote(text))}
    if len(linked) > 1:
        raise InvalidInput(_SEVERAL)
    return linked.pop() if linked else _bare(text)


def _bare(text: str) -> str:
    """Id in a text that is nothing but an id, or a link that was broken on its way."""
    bare = "".join(c for c in text if c.isprintable() and c != " ").strip(_AROUND)
    if not bare:
        raise InvalidInput(f"There is nothing here: {_PASTE}.")
    if _ID.fullmatch(bare):
        return bare
    if len(_ONE_TRACK.findall(bare)) > 1:
        raise InvalidInput(_SEVERAL)
    place = _PLACE.match(bare)
    if place is None:
        raise InvalidInput(_foreign(bare))
    kind, spotify_id = place["kind"].lower(), place["id"]
    if kind != "track":
        what = _KINDS.get(kind, "something else on Spotify")
        raise InvalidInput(f"This is {what}: {_PASTE} instead.")
    if not _ID.fullmatch(spotify_id):
        raise InvalidInput(
            "A track's id has 22 letters and digits, this one has not: copy it again."
        )
    return spotify_id


def named(uri: str) -> str:
    """Spotify id of a row's own URI, whatever is stored there; other texts as `parse` takes them.

    So what came into the store without being an id can still be found and removed.
    """
    try:
        return parse(uri)
    except InvalidInput:
        if not uri.startswith(_ROW) or uri == _ROW:
            raise
        return uri.removeprefix(_ROW)


def known(uris: Iterable[str]) -> list[str]:
    """Spotify ids of rows, without those by which Spotify cannot know anything."""
    return [spotify_id for spotify_id in map(named, uris) if _ID.fullmatch(spotify_id)]


def leads_to_spotify(text: str) -> bool:
    """Whether a text is a link or URI, of a track or not."""
    return bool(_PLACE.search(text) or _SHORT.search(text) or "://" in text)


def _foreign(text: str) -> str:
    if _SHORT.match(text):
        return f"This is a short link, which does not say what it leads to: open it, then {_PASTE}."
    return f"This is no Spotify link, URI or id: {_PASTE}."

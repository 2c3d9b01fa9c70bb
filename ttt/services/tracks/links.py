"""Spotify ids from whatever people paste: links, URIs and bare ids."""

import html
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote, unquote_plus

from ttt.errors import InvalidInput

_ROW = "spotify:track:"
_ID = re.compile(r"[0-9A-Za-z]{22}")
# What a link to Spotify begins with.
_AT_SPOTIFY = (
    r"(?:spotify:/{0,3}"
    r"|(?<![\w-])spotify\.com(?::\d+)?/+(?:intl-[a-z0-9-]+/+)?(?:v1/+)?"
    r"(?:embed(?:-podcast)?/+)?)"
)
_PLACE = re.compile(rf"{_AT_SPOTIFY}(?P<kind>[a-z]+)[:/]", re.ASCII | re.IGNORECASE)
_SPOTIFY = re.compile(r"(?<![\w-])spotify\.com(?![\w.-])", re.ASCII | re.IGNORECASE)
# A track's link wherever it stands: in a sentence, in a list, in an embed, in an album's link.
# Nothing may part it from the link that follows.
_TRACK = re.compile(
    rf"{_AT_SPOTIFY}tracks?[:/]+(?:spotify:track:)?\s*"
    r"(?P<id>[0-9A-Za-z]*?)(?=https?:|spotify:|open\.|[^0-9A-Za-z]|$)",
    re.ASCII | re.IGNORECASE,
)
_LOCAL = re.compile(r"spotify:local:(?P<artist>[^:]*):[^:]*:(?P<title>[^:]*):\d*")
_SHORT = re.compile(
    r"(?<![\w.-])(?:spotify\.link|link\.tospotify\.com|spoti\.fi|spotify\.app\.link)\b",
    re.ASCII | re.IGNORECASE,
)
# An id among other words, and what it says that it is the id of.
_TOKEN = re.compile(
    r"(?<![0-9A-Za-z])(?:(?P<kind>[a-z]+)[:/=])?(?P<id>[0-9A-Za-z]{22})(?![0-9A-Za-z])",
    re.ASCII | re.IGNORECASE,
)
_IDS_OF_TRACKS = frozenset({"track", "tracks", "id", "uri"})
# No word of 22 letters has digits in it.
_MIXED = re.compile(r"(?=\D*\d)[0-9]*[A-Za-z]", re.ASCII)
_ELSEWHERE = re.compile(r"://|\w\.\w+/")
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
_AROUND = "<>()[]{}\"'“”„«»‹›‘’‚「」【】`~_|#*-–—•·▪→>,;. "
_BETWEEN = re.compile(r"[\s,;|]+")
SEVERAL = "There is more than one link here: put each on a line of its own."
_BROKEN = "A track's id has 22 letters and digits, this one has not: copy it again."
_PASTE = "paste the link of a track (on Spotify: Share, Copy Song Link)"


def parse(text: str) -> str:
    """Spotify id of the one track that a link, URI or id names, InvalidInput for all else.

    The link may stand anywhere in the text, as phones and mails give it.
    """
    plain = _plain(text)
    if _ID.fullmatch(plain):
        return plain
    linked = {found["id"] for found in _TRACK.finditer(plain)}
    if len(linked) > 1:
        raise InvalidInput(SEVERAL)
    if linked:
        return _whole(linked.pop())
    tokens = _tokens(plain)
    if len(tokens) > 1:
        raise InvalidInput(SEVERAL)
    if not tokens:
        raise InvalidInput(_why_none(plain))
    return tokens.pop()


def _plain(text: str) -> str:
    """A text without what editors, mails and addresses do to links, and put around them."""
    for _ in range(3 if "%" in text else 0):
        text = unquote(text)
    text = html.unescape(text).replace("\\/", "/")
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return text.strip().strip(_AROUND)


def _whole(spotify_id: str) -> str:
    if not _ID.fullmatch(spotify_id):
        raise InvalidInput(_BROKEN)
    return spotify_id


def _tokens(plain: str) -> set[str]:
    """Ids of tracks that stand among other words."""
    if _PLACE.search(plain) or _ELSEWHERE.search(plain):
        return set()
    found = [token for token in _TOKEN.finditer(plain) if _MIXED.match(token["id"])]
    return {token["id"] for token in found if (token["kind"] or "track").lower() in _IDS_OF_TRACKS}


def _why_none(plain: str) -> str:
    if not plain:
        return f"There is nothing here: {_PASTE}."
    place = _PLACE.search(plain)
    if place is not None or _SPOTIFY.search(plain):
        kind = place["kind"].lower() if place else ""
        what = _KINDS.get(kind, "something else on Spotify")
        return f"This is {what}: {_PASTE} instead."
    if _SHORT.search(plain):
        return f"This is a short link, which does not say what it leads to: open it, then {_PASTE}."
    return f"This is no Spotify link, URI or id: {_PASTE}."


def local_file(texts: Iterable[str]) -> tuple[str, str] | None:
    """Artist and title of the first file on somebody's computer, as Spotify writes its URI."""
    found = next(filter(None, map(_LOCAL.fullmatch, texts)), None)
    artist, title = map(unquote_plus, found.group("artist", "title")) if found else ("", "")
    return (artist, title) if artist.strip() and title.strip() else None


def link_in(text: str) -> str | None:
    """Id of the one track that a text has a whole link or URI of; None for bare ids too."""
    linked = {found["id"] for found in _TRACK.finditer(_plain(text))}
    spotify_id = linked.pop() if len(linked) == 1 else ""
    return spotify_id if _ID.fullmatch(spotify_id) else None


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


def apart(text: str) -> list[str]:
    """The links of a text that holds several of tracks and nothing else, none of any other."""
    parts = [part for part in _BETWEEN.split(text.strip(_AROUND)) if part.strip(_AROUND)]
    are_links = len(parts) > 1 and all(link_in(p) or _ID.fullmatch(_plain(p)) for p in parts)
    return parts if are_links else []


def known(uris: Iterable[str]) -> list[str]:
    """Spotify ids of rows, without those by which Spotify cannot know anything."""
    return [spotify_id for spotify_id in map(named, uris) if _ID.fullmatch(spotify_id)]


def leads_to_spotify(text: str) -> bool:
    """Whether a text is a link or URI, of a track or not."""
    return bool(_PLACE.search(text) or _SHORT.search(text) or "://" in text)

"""Whether a title and an artist, as two services write them, mean the same recording.

Pure functions. What only decorates a name is left out: guests, remasters, "The". What makes
another recording of it stays: live, remix, acoustic.
"""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from ttt.found import FoundTrack
from ttt.names import fold

_GUESTS = r"(?:feat|ft|featuring)\b"
# What makes another recording of a title, wherever it stands.
_VERSIONS = re.compile(
    r"\b(?:live|remix|mix|acoustic|instrumental|karaoke|cover|demo|edit|sped|slowed|reprise"
    r"|unplugged|a\s?cappella|orchestral)\b",
    re.IGNORECASE,
)
# What a bracket or a part after a dash may say without naming another recording.
_DECORATION = re.compile(
    rf"{_GUESTS}.*|with\s.*|prod\b.*|(?:music\s+)?from\b.*"
    r"|(?:\d{4}\s+)?(?:digital(?:ly)?\s+)?re-?master(?:ed)?(?:\s+(?:\d{4}|version|edition))*"
    r"|(?:album|single|original)\s+version|explicit|clean|bonus\s+track"
    r"|(?:official\s+)?(?:audio|(?:(?:music|lyrics?)\s+)?video|lyrics?|visuali[sz]er)"
    r"(?:\s+(?:hd|hq|4k))?|hd|hq|4k",
    re.IGNORECASE,
)
# What YouTube calls the channel that it makes for an artist.
_CHANNEL = re.compile(r"(?<=\S)\s+-\s+Topic$")
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_AFTER_DASH = re.compile(r"\s+[-–—]\s+((?:(?!\s[-–—]\s).)*)")
_GUEST_TAIL = re.compile(
    rf"(?<=\S)\s+({_GUESTS}[^()\[\]]*?)(?=\s[-–—]\s|\s*[(\[]|$)", re.IGNORECASE
)
_BETWEEN_ARTISTS = re.compile(
    rf"\s*[,;/]\s*|\s+(?:&|\+|and|x|×|vs\.?|with|{_GUESTS}\.?)\s+", re.IGNORECASE
)
_GUESTS_IN_BRACKETS = re.compile(
    rf"\s*[(\[]\s*((?:{_GUESTS}|with\s)[^()\[\]]*)[)\]]", re.IGNORECASE
)
_AND = frozenset({"and"})
# Shorter words are other words with another letter, not slips of the fingers.
_SHORTEST_SLIP = 7
_SIMILAR = 0.85


@lru_cache(maxsize=20_000)
def title_key(title: str) -> str:
    """A title as it is compared."""
    return _words(_bare(title)) or _words(title) or title.strip().casefold()


@lru_cache(maxsize=20_000)
def artist_key(name: str) -> str:
    """The name of an artist, or of several as one text, as it is compared."""
    return _words(_CHANNEL.sub("", name)).removeprefix("the ") or name.strip().casefold()


def artists_of(text: str) -> list[str]:
    """The text itself, then the names that it may be made of."""
    text = _CHANNEL.sub("", text.strip())
    bare = _GUESTS_IN_BRACKETS.sub(r" \1", text)
    parts = [part.strip() for part in _BETWEEN_ARTISTS.split(bare)]
    return list(dict.fromkeys(name for name in (text, *parts) if name))


def spellings(artist: str) -> set[str]:
    """Ways in which a store may have written the artists of a text, in small letters."""
    found = set[str]()
    for name in (n.lower() for n in artists_of(artist)):
        bare = name.removeprefix("the ")
        for one in (bare, bare.replace(" & ", " and "), bare.replace(" and ", " & ")):
            found |= {one, f"the {one}"}
    return found


def best(
    title: str, artist: str, tracks: Iterable[FoundTrack], *, slips: bool = False
) -> FoundTrack | None:
    """The first track of that name, None when none has it.

    With `slips`, one mistyped letter in a long word of the title is forgiven.
    """
    key, by = title_key(title), artist
    made_by = [track for track in tracks if _made(by, track)]
    same = (track for track in made_by if title_key(track.title) == key)
    found = next(same, None)
    if found is not None or not slips:
        return found
    return next((track for track in made_by if _slipped(key, title_key(track.title))), None)


def search_words(title: str, artist: str) -> str:
    """What a recording is searched for by in a store that folds names: as they are compared."""
    return f"{title_key(title)} {artist_key(_first(artist))}"


def query(title: str, artist: str) -> str:
    """What a person would type into a search for a recording."""
    return f"{_bare(title) or title} {_first(artist)}"


def _first(artist: str) -> str:
    """The first of several artists; a name with a comma of its own may lose its end."""
    return next(iter(artists_of(artist)[1:]), artist)


def _made(artist: str, track: FoundTrack) -> bool:
    keys = [artist_key(credited.name) for credited in track.artists]
    if not (names := artists_of(artist)):
        return False
    whole, *parts = map(artist_key, names)
    if whole in keys or whole == artist_key(" ".join(a.name for a in track.artists)):
        return True
    return bool(parts) and parts[0] in keys


def _undecorated(part: re.Match[str]) -> str:
    said = part[1].strip()
    return "" if _DECORATION.fullmatch(said) and not _VERSIONS.search(said) else part[0]


def _words(text: str) -> str:
    return " ".join(word for word in fold(text).split() if word not in _AND)


def _slipped(one: str, other: str) -> bool:
    """Whether just one long word differs, and that by about a letter in its middle."""
    pairs = list(zip(one.split(), other.split(), strict=False))
    differing = [pair for pair in pairs if pair[0] != pair[1]]
    if len(one.split()) != len(other.split()) or len(differing) != 1:
        return False
    return _is_slip(*differing[0])


def _is_slip(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SHORTEST_SLIP or not (one + other).isalpha():
        return False
    ends_alike = one[0] == other[0] and one[-1] == other[-1]
    return ends_alike and SequenceMatcher(None, one, other).ratio() >= _SIMILAR


def _bare(title: str) -> str:
    """A title without what decorates it, as it is written."""
    bare = _BRACKETS.sub(_undecorated, title)
    bare = _GUEST_TAIL.sub(_undecorated, bare)
    return _AFTER_DASH.sub(_undecorated, bare).strip()

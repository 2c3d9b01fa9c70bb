"""Names of genres: one spelling for each, and none of what people tag besides."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from ttt.names import fold

MOST = 5
_LONGEST = 40

# Taggers and slugs write a hyphen for the blank before these; elsewhere it is part of the name.
_HYPHEN_FOR_BLANK = re.compile(
    r"(?<!\bpost)(?<!\banti)(?<!\bavant)(?<!\bproto)(?<!\bneo)(?<!\b[a-z])-"
    r"(?=(?:age|bass|blues|country|dance|disco|electronica?|folk|house|jazz|metal|music|pop|punk"
    r"|rap|rock|soul|techno|trance|wave)\b)"
    r"|-(?=(?:and|n|'n')-)|(?<=-and)-|(?<=-n)-|(?<=-'n')-"
)
# Applied in this order to names without capitals.
_SPELLINGS = tuple(
    (re.compile(pattern), spelling)
    for pattern, spelling in (
        (r"\bhip ?hop\b", "hip-hop"),
        (r"\btrip ?hop\b", "trip-hop"),
        (r"\blo ?fi\b", "lo-fi"),
        (r"\b([cjk]) ?(pop|rock)\b", r"\1-\2"),
        (r"\bpost(?: (?=\w)|(?=punk|rock|hardcore|metal))", "post-"),
        (r"\bsinger songwriters?\b", "singer-songwriter"),
        (r"\bavant ?garde\b", "avant-garde"),
        (r"\br ?(?:&|and|'?n'?) ?b\b|^rhythm (?:&|and) blues$", "r&b"),
        (r"\bdrum ?(?:&|and|'?n'?) ?bass\b|\bd ?(?:&|'?n'?) ?b\b", "drum and bass"),
        (r"\brock ?(?:&|and|'?n'?) ?roll\b", "rock and roll"),
        (r"\b(brit|electro|synth) ?pop\b", r"\1pop"),
        (r"\b(dream|power) ?pop\b", r"\1 pop"),
        (r"\bnu ?metal\b", "nu metal"),
        (r"\bneo-soul\b", "neo soul"),
        (r"\balt (?=country|folk|indie|metal|pop|rock|r&b)", "alternative "),
        (r"^electronic dance music$", "edm"),
        (r"^(?:sound ?tracks?|ost)$", "soundtrack"),
    )
)
_UNKNOWN = frozenset({"", "none", "null", "nan", "n a", "unknown", "other", "misc"})

# Any of these words makes a tag an opinion or a habit.
_OPINION = re.compile(
    r"\b(?:albums?|amazing|awesome|best|boring|crap|excellent|fav(?:e|es|s|ou?rites?)?|good|great|"
    r"i|listen|listened|listeners|lol|love|loved|lovely|me|my|nice|owned|perfect|playlists?|seen|"
    r"singles?|songs?|spotify|stars?|sucks|tracks?|vinyl|wishlist|you)\b"
)
# Places, languages, voices, instruments and moods are no genres when they stand alone.
_NO_GENRE = re.compile(
    r"american|argentin(?:a|e|ian)|austral(?:ia|ian)|austrian?|belgi(?:an|um)|bra[sz]il(?:ian)?|"
    r"british|canad(?:a|ian)|china|chinese|danish|denmark|deutsch|dutch|england|english|español|"
    r"europe(?:an)?|finland|finnish|france|french|german|germany|iceland(?:ic)?|ireland|irish|"
    r"italian|italy|jamaica|japan|japanese|korea|korean|london|mexic(?:an|o)|netherlands|"
    r"new york|norw(?:ay|egian)|poland|polish|portug(?:al|uese)|russian?|scot(?:land|tish)|spain|"
    r"spanish|swed(?:en|ish)|swiss|turk(?:ey|ish)|uk|united kingdom|united states|usa?|welsh|"
    r"(?:fe)?male(?: ?(?:vocals?|vocalists?|voices?|singers?|fronted))?|vocals?|duets?|"
    r"bass|drums|guitars?|instrumental|piano|strings|"
    r"beautiful|calm|catchy|chill|cool|dark|energetic|epic|fun|funny|happy|hot|live|melanchol(?:ic|y)|"
    r"mellow|mood|nostalgia|party|relax(?:ed|ing)?|romantic|sad|sex|sexy|sleep|slow|summer|upbeat|"
    r"workout|check out|christmas song|covers?|guilty pleasures?|music|remix|misc"
)
_TIME = re.compile(r"\b(?:19|20)?\d0 ?'?s\b|\b(?:19|20)\d\d\b")


@lru_cache(maxsize=5_000)
def spelled(name: str) -> str:
    """One spelling of a genre's name: small letters, "hip-hop" for "Hip Hop"."""
    text = unicodedata.normalize("NFKC", name).casefold().replace("’", "'")
    text = "".join(c if c.isprintable() else " " for c in text)
    text = re.sub(r"[\s_/]+", " ", text)
    text = re.sub(r" ?(?:[‐-―-] ?)+", "-", text).strip(" .,;:!?#\"'-")
    text = _HYPHEN_FOR_BLANK.sub(" ", text)
    for pattern, spelling in _SPELLINGS:
        text = pattern.sub(spelling, text)
    return text


def tidy(names: Iterable[str]) -> tuple[str, ...]:
    """At most five genres, each once and in its one spelling, in their order."""
    genres = dict.fromkeys(map(spelled, names))
    return tuple(g for g in genres if g not in _UNKNOWN and len(g) <= _LONGEST)[:MOST]


def from_tags(tags: Iterable[str], names: Iterable[str] = ()) -> tuple[str, ...]:
    """The genres among what people tag; `names` of artists are none."""
    folded = {fold(name) for name in names}
    return tidy(tag for tag in tags if _may_be_genre(spelled(tag)) and fold(tag) not in folded)


def _may_be_genre(tag: str) -> bool:
    return (
        len(tag.split()) <= 4
        and any(c.isalpha() for c in tag)
        and not _OPINION.search(tag)
        and not _NO_GENRE.fullmatch(tag)
        and not _TIME.search(tag)
    )

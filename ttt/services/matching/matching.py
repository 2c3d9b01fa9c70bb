"""Finds the Spotify tracks that titles and artists mean, and remembers them for good."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlmodel import Session

from ttt.errors import SpotifyError
from ttt.found import FoundTrack, Source
from ttt.providers.spotify import Spotify
from ttt.providers.values.catalogue import Catalogue
from ttt.services.context import Context
from ttt.services.keys.vault import fingerprint
from ttt.services.matching import naming
from ttt.services.person import Person
from ttt.services.spotify import lookup, spotify
from ttt.services.values import enrich
from ttt.store.tracks import matches, tracks

LOOKUPS = 10
_MISS_LASTS = timedelta(days=30)
_LONGEST_QUERY = 200
_CANDIDATES = 10


@dataclass(frozen=True, slots=True)
class Named:
    """A recording as somebody calls it, or its ISRC alone, with blanks for names."""

    title: str
    artist: str
    isrc: str | None = None

    @property
    def is_called(self) -> bool:
        """Whether it has names."""
        return bool(self.title and self.artist)


@dataclass(slots=True)
class Searched:
    """What Spotify was asked: `found` has the Spotify ids, `trouble` is what ended it early."""

    found: dict[Named, str] = field(default_factory=dict)
    unknown: list[Named] = field(default_factory=list)
    trouble: SpotifyError | None = None


def match(
    context: Context, person: Person | None, named: Sequence[Named], lookups: int = LOOKUPS
) -> dict[Named, str]:
    """Spotify ids of those that are known here, either way round, or that their Spotify finds.

    Spotify is asked at most `lookups` times and only when the person is connected; what is in
    its way is left for `search` to say.
    """
    found = known(context, named)
    found |= _exchanged(context, [name for name in named if name not in found])
    if person is None or lookups < 1 or not spotify_answers(context, person):
        return found
    rest = [name for name in named if name not in found]
    return found | search(context, person, rest, lookups).found


def remembered(context: Context, named: Iterable[Named]) -> dict[Named, str]:
    """Spotify ids of those that were matched before."""
    hashes = {name: _hash(name) for name in named}
    with context.session() as session:
        return _remembered(context, session, hashes)


def known(context: Context, named: Iterable[Named]) -> dict[Named, str]:
    """Spotify ids of those that need no request: remembered, stored or in the catalogue."""
    hashes = {name: _hash(name) for name in named}
    with context.session() as session:
        found = _remembered(context, session, hashes)
        new = _stored(session, [name for name in hashes if name not in found])
        new |= _in_catalogue(context, [n for n in hashes if n not in found and n not in new])
        if new:
            matches.remember(session, {hashes[n]: i for n, i in new.items()}, context.now())
            session.commit()
    return found | new


def waiting(context: Context, named: Iterable[Named]) -> list[Named]:
    """Those that nobody matched and that Spotify was not asked about within a month."""
    hashes = {name: _hash(name) for name in named}
    with context.session() as session:
        asked = matches.remembered(session, hashes.values(), context.now())
    return [name for name, name_hash in hashes.items() if name_hash not in asked]


def search(
    context: Context, person: Person, named: Iterable[Named], lookups: int = LOOKUPS
) -> Searched:
    """Search the person's Spotify for those still waiting, one request each, and remember."""
    wanted, searched = waiting(context, named)[:lookups], Searched()
    described: list[FoundTrack] = []

    def ask(client: Spotify) -> None:
        for name in wanted:
            track = _search(client, name)
            if track is None:
                searched.unknown.append(name)
            else:
                searched.found[name] = track.spotify_id
                described.append(track)

    if wanted:
        try:
            spotify.call(context, person, ask)
        except SpotifyError as error:
            searched.trouble = error
        _remember(context, lookup.source(context, person), searched, described)
    return searched


def spotify_answers(context: Context, person: Person) -> bool:
    """Whether the person is connected and Spotify may be asked now."""
    connection = spotify.connection(context, person)
    return connection is not None and connection.usable and connection.blocked_until is None


def is_connected(context: Context, person: Person) -> bool:
    """Whether the person's Spotify can be asked, now or when it no longer says wait."""
    connection = spotify.connection(context, person)
    return connection is not None and connection.usable


def _exchanged(context: Context, named: Iterable[Named]) -> dict[Named, str]:
    """Those that are known when what was taken for the title is the artist."""
    others = {Named(name.artist, name.title): name for name in named if name.is_called}
    return {others[other]: i for other, i in known(context, others).items()}


def _hash(name: Named) -> str:
    keys = naming.title_key(name.title), naming.artist_key(name.artist), name.isrc or ""
    return fingerprint("\n".join(keys))


def _remembered(
    context: Context, session: Session, hashes: Mapping[Named, str]
) -> dict[Named, str]:
    found = matches.remembered(session, hashes.values(), context.now())
    return {name: spotify_id for name, h in hashes.items() if (spotify_id := found.get(h))}


def _stored(session: Session, named: Sequence[Named]) -> dict[Named, str]:
    recordings = matches.by_isrc(session, {name.isrc for name in named if name.isrc})
    found = {n: recordings[n.isrc] for n in named if n.isrc in recordings}
    rest = [name for name in named if name not in found]
    spellings = {spelling for name in rest for spelling in naming.spellings(name.artist)}
    by_title: dict[str, list[FoundTrack]] = {}
    for track in matches.by_artists(session, spellings) if rest else ():
        by_title.setdefault(naming.title_key(track.title), []).append(track)
    return found | _best(rest, lambda name: by_title.get(naming.title_key(name.title), ()))


def _in_catalogue(context: Context, named: Sequence[Named]) -> dict[Named, str]:
    catalogue = Catalogue.load(context.settings.catalogue_file)
    return _best(
        named,
        lambda n: catalogue.search(naming.search_words(n.title, n.artist), _CANDIDATES),
    )


def _best(
    named: Iterable[Named], candidates: Callable[[Named], Iterable[FoundTrack]]
) -> dict[Named, str]:
    best: Mapping[Named, FoundTrack | None] = {
        name: naming.best(name.title, name.artist, candidates(name))
        for name in named
        if name.is_called
    }
    return {name: track.spotify_id for name, track in best.items() if track is not None}


def _search(client: Spotify, name: Named) -> FoundTrack | None:
    query = naming.query(name.title, name.artist) if name.is_called else f"isrc:{name.isrc}"
    query = query[:_LONGEST_QUERY]
    found = client.search(query, _CANDIDATES).tracks
    same = (track for track in found if name.isrc and track.isrc == name.isrc)
    if (exact := next(same, None)) or not name.is_called:
        return exact
    best = naming.best(name.title, name.artist, found, slips=True)
    # Lists do not always say which is which.
    return best or naming.best(name.artist, name.title, found)


def _remember(
    context: Context, source: Source, searched: Searched, described: Iterable[FoundTrack]
) -> None:
    now = context.now()
    with context.session() as session:
        ids = tracks.save(session, described, source, now)
        enrich.from_catalogue(context, session, ids)
        matches.remember(session, {_hash(n): i for n, i in searched.found.items()}, now)
        unknown = [_hash(name) for name in searched.unknown]
        matches.remember_misses(session, unknown, now, now + _MISS_LASTS)
        session.commit()

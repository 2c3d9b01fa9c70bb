"""Which tracks are one recording: by an id, else by names and lengths, or as somebody decided."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from ttt.services.matching import naming
from ttt.store.plays import judged
from ttt.store.plays.judged import Names

_SAME_LENGTH = 3_000
_MOST_TITLES = 4
"""By so many names one recording is called: with remarks, in other letters, with a mistake."""
# Who is said to have made a collection: Spotify's history knows no other artist of its tracks.
_OF_COLLECTIONS = frozenset(
    (
        *("various artists", "various", "various artist", "verschiedene interpreten"),
        *("verschiedene künstler", "artistes divers", "varios artistas", "artisti vari"),
        *("diverse artiesten", "разные исполнители"),
    )
)


def of(session: Session, user_id: int, track_ids: Iterable[int]) -> dict[int, int]:
    """The recording of each of a person's tracks: the lowest track id of it."""
    return join(judged.names(session, user_id, track_ids), judged.decided(session, user_id))


def by_stretch(
    names: Sequence[Names],
    decided: Mapping[int, int],
    track: NDArray[np.int64],
    stretch: NDArray[np.int64],
) -> NDArray[np.int64]:
    """The recording of each row's track, among the tracks of its own stretch of time only.

    So what somebody played years ago has no say in what is one recording today: a stretch can be
    judged by itself, and its verdicts stay what they are when other tracks come or go. A track
    of a collection can be the only other one of its title there, whose artist another source knew.
    """
    found, heads = track.copy(), dict[frozenset[int], dict[int, int]]()
    alike = join(names, decided, collected=_all_of_a_title)
    named = {name.track_id: name for name in names}
    sizes = Counter(alike.values())
    rows = np.flatnonzero(np.isin(track, [i for i, of in alike.items() if sizes[of] > 1]))
    group = np.array([alike[i] for i in track[rows].tolist()], np.int64)
    for together in _mixed(rows, track[rows], group, stretch[rows]):
        ids = track[together].tolist()
        of = frozenset(ids)
        if of not in heads:
            heads[of] = _joined(of, named, decided)
        found[together] = [heads[of][i] for i in ids]
    return found


def _mixed(
    rows: NDArray[np.intp], track: NDArray[np.int64], *keys: NDArray[np.int64]
) -> Iterator[NDArray[np.intp]]:
    """The rows of equal keys, where they are of several tracks."""
    order = np.lexsort((track, *keys))
    rows, track = rows[order], track[order]
    starts = np.ones(len(rows), bool)
    starts[1:] = np.any([np.diff(key[order]) != 0 for key in keys], axis=0)
    begins = np.append(np.flatnonzero(starts), len(rows))
    other = np.flatnonzero((np.diff(track) != 0) & ~starts[1:])
    for place in np.unique(np.searchsorted(begins, other, side="right") - 1).tolist():
        yield rows[begins[place] : begins[place + 1]]


def _joined(
    ids: Iterable[int], named: Mapping[int, Names], decided: Mapping[int, int]
) -> dict[int, int]:
    """The recording of each of some tracks, by themselves and what they were decided to be."""
    among, left = set(ids), list(ids)
    while left:
        other = decided.get(left.pop())
        if other is not None and other not in among:
            among.add(other)
            left.append(other)
    own = {track_id: decided[track_id] for track_id in among if track_id in decided}
    return join([named[i] for i in sorted(among) if i in named], own, collected=_only_one)


def _all_of_a_title(_heads: Iterable[int]) -> bool:
    return True


def _only_one(heads: Iterable[int]) -> bool:
    return len(set(heads)) == 1


def _none_at_all(_heads: Iterable[int]) -> bool:
    return False


def join(
    names: Sequence[Names],
    decided: Mapping[int, int],
    collected: Callable[[Iterable[int]], bool] = _none_at_all,
) -> dict[int, int]:
    """The recording of each track; what somebody `decided` goes before what looks equal.

    `collected` says of the recordings of one title whether a collection's track can be theirs.
    """
    head: dict[int, int] = {}

    def find(track_id: int) -> int:
        while head.get(track_id, track_id) != track_id:
            track_id = head[track_id]
        return track_id

    def unite(one: int, other: int) -> None:
        first, second = sorted((find(one), find(other)))
        head[second] = first

    free = [name for name in names if name.track_id not in decided]
    by_ids = _by_ids(free, whatever=collected is _all_of_a_title)
    # The last looks at what the others have united.
    for one, other in chain(by_ids, _by_names(free), _by_collections(free, find, collected)):
        unite(one, other)
    for track_id, counts_as in decided.items():
        unite(track_id, counts_as)
    return {name.track_id: find(name.track_id) for name in names}


def _by_ids(names: Iterable[Names], *, whatever: bool) -> Iterator[tuple[int, int]]:
    """Pairs of tracks of one ISRC, or of one id at MusicBrainz, `whatever` they are called."""
    first: dict[str, Names] = {}
    groups: dict[str, list[Names]] = {}
    for name in names:
        # One is never the other, by its length.
        for told in (name.isrc, name.mbid):
            if told and (head := first.setdefault(told, name)) is not name:
                groups.setdefault(told, [head]).append(name)
    for group in groups.values():
        if whatever or _is_of_one(group):
            yield from ((group[0].track_id, name.track_id) for name in group[1:])


def _is_of_one(names: Sequence[Names]) -> bool:
    """Whether an id can be a recording's: that of an album or an artist comes with many titles."""
    if len(names) <= _MOST_TITLES:
        return True
    return len({naming.title_key(n.title) for n in names if n.title}) <= _MOST_TITLES


def _by_names(names: Iterable[Names]) -> Iterable[tuple[int, int]]:
    """Pairs of tracks with equal names whose lengths are close, or not known."""
    groups: dict[tuple[str, str], list[Names]] = defaultdict(list)
    for name in names:
        if name.title and name.artist:
            groups[_key(name.title, name.artist)].append(name)
    for group in groups.values():
        timed = sorted((n for n in group if n.duration_ms), key=lambda n: n.duration_ms or 0)
        for one, other in pairwise(timed):
            if (other.duration_ms or 0) - (one.duration_ms or 0) <= _SAME_LENGTH:
                yield one.track_id, other.track_id
        # Without a length it is taken for the shortest of that name, and joins no others.
        first = (timed or group)[0]
        for name in group:
            if not name.duration_ms and name is not first:
                yield first.track_id, name.track_id


def _by_collections(
    names: Sequence[Names], find: Callable[[int], int], can_be: Callable[[Iterable[int]], bool]
) -> Iterator[tuple[int, int]]:
    """Pairs of tracks of one title, of which a collection's can be what another source knew."""
    for collections, others in _by_title(names) if can_be is not _none_at_all else ():
        if can_be(map(find, others)):
            yield from ((others[0], track_id) for track_id in (*collections, *others[1:]))


def _by_title(names: Sequence[Names]) -> Iterator[tuple[list[int], list[int]]]:
    """Tracks of collections, and all others of the same title."""
    of_collections = [n for n in names if n.title and _is_collected(n)]
    groups: dict[str, tuple[list[int], list[int]]] = {
        naming.title_key(name.title or ""): ([], []) for name in of_collections
    }
    for name in names if groups else ():
        group = groups.get(naming.title_key(name.title)) if name.title and name.artist else None
        if group is not None:
            group[not _is_collected(name)].append(name.track_id)
    yield from (group for group in groups.values() if group[1])


def _is_collected(name: Names) -> bool:
    return (name.artist or "").casefold() in _OF_COLLECTIONS


def _key(title: str, artist: str) -> tuple[str, str]:
    first = next(iter(naming.artists_of(artist)[1:]), artist)
    return naming.title_key(title), naming.artist_key(first)

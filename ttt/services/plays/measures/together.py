"""Two people's listening side by side: what both hear, how alike it is, and a list for both."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date
from itertools import chain, zip_longest
from typing import NamedTuple

import numpy as np

from ttt import words
from ttt.chartdata import By, Caption, CommonRow, Of, Together
from ttt.services.matching import naming
from ttt.services.plays.frame import Frame, Span, zone
from ttt.services.plays.measures import counting, firsts, tops

MOST = 20
_MEANING = (
    "100 would be the same artists in the same shares of {whole}, 0 none in common: it is the "
    "part of your listening that is the same as theirs"
)
_Names = tuple[Hashable, ...]
_Pair = tuple[list["_Heard"], list["_Heard"]]


class _Side(NamedTuple):
    """One person's plays: all of them, and those of the time that is compared."""

    whole: Frame
    part: Frame


class _Heard(NamedTuple):
    """Something that somebody heard: its share of it all, and when it was first played."""

    key: int
    names: _Names
    share: float
    first: int


def together(
    mine: Frame, theirs: Frame, span: Span, their_name: str, by: By = By.MINUTES
) -> Together:
    """Compare what was heard in a span, by the shares that each thing has of the time or plays.

    Who was first is told by the whole histories.
    """
    sides = (_Side(mine, mine.within(span)), _Side(theirs, theirs.within(span)))
    if silent := _silent(sides, their_name, by):
        return Together(None, (0, 0), (), (), (0, 0), (), Caption(silent, "", ""), by)
    artists, tracks = (_common(sides, of, by) for of in (Of.ARTISTS, Of.TRACKS))
    alike = round(100 * sum(min(row.shares) for row in artists))
    first = [row.earlier for row in artists]
    return Together(
        alike=alike,
        counts=(len(artists), len(tracks)),
        artists=tuple(artists[:MOST]),
        tracks=tuple(tracks[:MOST]),
        earlier=(first.count(0), first.count(1)),
        blend=_blend(sides, tracks),
        caption=Caption(
            _takeaway(alike, artists, their_name),
            _known(sides, by),
            _MEANING.format(whole=by.whole),
        ),
        by=by,
    )


def _silent(sides: tuple[_Side, _Side], their_name: str, by: By) -> str:
    """Who played nothing, as there is nothing to compare then; "" where both did."""
    names = ("You have", f"{their_name} has")
    none = [
        (name, len(side.whole))
        for name, side in zip(names, sides, strict=True)
        if not counting.weights(side.part, by).sum()
    ]
    if len(none) > 1:
        return "Neither of you has plays in this time"
    return "".join(f"{name} no plays {'in this time' if all_ else 'yet'}" for name, all_ in none)


def _common(sides: tuple[_Side, _Side], of: Of, by: By) -> list[CommonRow]:
    """What both heard, by the smaller of the two shares."""
    heard = [_heard(side, of, by) for side in sides]
    head = _joined([one.names for one in chain(*heard)])
    groups: dict[Hashable, _Pair] = defaultdict(lambda: ([], []))
    for place, found in enumerate(heard):
        for one in found:
            groups[head(one.names[0])][place].append(one)
    rows = [_row(sides, of, group) for group in groups.values() if all(group)]
    return sorted(rows, key=lambda row: (-min(row.shares), row.title, row.subtitle))


def _heard(side: _Side, of: Of, by: By) -> list[_Heard]:
    amounts = counting.totals(side.part, of, by)
    total = float(counting.weights(side.part, by).sum())
    first = firsts.starts(side.whole, of)
    named = _names(side.whole, of)
    return [
        _Heard(int(key), named[int(key)], float(amounts[key]) / total, int(first[key]))
        for key in np.flatnonzero(amounts > 0)
    ]


def _names(frame: Frame, of: Of) -> Sequence[_Names]:
    """What each artist or recording is known by, as others would know it too."""
    return frame.keep(
        ("names", of), lambda: _of_artists(frame) if of is Of.ARTISTS else _of_recordings(frame)
    )


def _of_artists(frame: Frame) -> list[_Names]:
    return [(naming.artist_key(name),) for name in frame.tracks.artist_names]


def _of_recordings(frame: Frame) -> list[_Names]:
    """Ids of all tracks of each recording, and how their titles and artists are compared."""
    tracks, found = frame.tracks, defaultdict[int, list[Hashable]](list)
    artists = [naming.artist_key(name) for name in tracks.artist_names]
    for place, recording in enumerate(tracks.recording.tolist()):
        artist = int(tracks.artist[place])
        by = artists[artist] if artist >= 0 else ""
        found[recording] += [int(tracks.id[place]), (naming.title_key(tracks.title[place]), by)]
    return [tuple(found[key]) for key in range(tracks.recordings)]


def _joined(every: Sequence[_Names]) -> Callable[[Hashable], Hashable]:
    """Names that stand together name one thing: a function that says which, for each of them."""
    head: dict[Hashable, Hashable] = {}

    def find(name: Hashable) -> Hashable:
        while (above := head.get(name, name)) != name:
            head[name] = head.get(above, above)
            name = above
        return name

    for names in every:
        for other in names[1:]:
            head[find(other)] = find(names[0])
    return find


def _row(sides: tuple[_Side, _Side], of: Of, group: _Pair) -> CommonRow:
    mine = sides[0].whole
    best = max(group[0], key=lambda one: (one.share, -one.key))
    title, subtitle, face = tops.named(mine, of, best.key)
    here, there = (min((h.first for h in each if h.first >= 0), default=-1) for each in group)
    return CommonRow(
        key=best.key,
        title=title,
        subtitle=subtitle,
        shares=(sum(h.share for h in group[0]), sum(h.share for h in group[1])),
        firsts=(_day(sides[0], here), _day(sides[1], there)),
        earlier=None if min(here, there) < 0 or here == there else int(there < here),
        uri=mine.tracks.uri[face] if of is Of.TRACKS else None,
        cover_url=mine.tracks.cover_url[face] if face >= 0 else None,
    )


def _day(side: _Side, at: int) -> date | None:
    """The day on that person's own clock."""
    return None if at < 0 else zone.day(zone.wall_clock(side.whole.zone, at) // zone.DAY)


def _blend(sides: tuple[_Side, _Side], tracks: list[CommonRow]) -> tuple[str, ...]:
    """URIs of a list for both: what both hear, then in turn what each hears most."""
    found = dict.fromkeys(row.uri for row in tracks[:MOST] if row.uri)
    mine = _names(sides[0].whole, Of.TRACKS)
    taken = set(chain.from_iterable(mine[row.key] for row in tracks[:MOST]))
    for names, uri in chain(*zip_longest(*map(_most_heard, sides), fillvalue=((), ""))):
        if uri and taken.isdisjoint(names):
            taken.update(names)
            found[uri] = None
    return tuple(found)[: 2 * MOST]


def _most_heard(side: _Side) -> Iterator[tuple[_Names, str]]:
    """Names and URI of what somebody hears most, as far as Spotify has it."""
    names = _names(side.whole, Of.TRACKS)
    for key in tops.ranked(side.part, Of.TRACKS, By.PLAYS)[: 4 * MOST].tolist():
        uri = side.whole.tracks.uri[tops.named(side.whole, Of.TRACKS, key)[2]]
        if uri:
            yield names[key], uri


def _takeaway(alike: int, artists: list[CommonRow], their_name: str) -> str:
    if not artists:
        return f"You and {their_name} have no artist in common in this time"
    count = words.counted(len(artists), "artist")
    return f"{alike} of 100 alike with {their_name}: {count} in common, {artists[0].title} first"


def _known(sides: tuple[_Side, _Side], by: By) -> str:
    """Since when each history goes: the longer one knows of earlier firsts."""
    if not all(len(side.whole) for side in sides):
        return ""
    mine, theirs = (words.month(zone.day(side.whole.begins)) for side in sides)
    about = by is By.MINUTES and any(side.part.estimated for side in sides)
    guess = "; minutes are partly the tracks’ lengths" if about else ""
    return f"your history begins in {mine}, theirs in {theirs}{guess}"

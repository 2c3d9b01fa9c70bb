"""Takes told plays in: their tracks, and a row for each that was not told yet."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

import numpy as np
from sqlmodel import Session

from ttt.plays import SENSE_SHIFT, PlaySource, Sense, ToldPlay
from ttt.providers.words import fold
from ttt.services.context import Context
from ttt.services.matching import naming
from ttt.services.plays.judging import matching, stretches
from ttt.services.values import enrich
from ttt.store.plays import judged, named, told
from ttt.store.plays.derived import changes
from ttt.store.plays.named import Named
from ttt.store.plays.told import Row
from ttt.store.tracks import tracks
from ttt.store.values import descriptions, values

_SPOTIFYS = frozenset(
    {
        PlaySource.SPOTIFY_HISTORY,
        PlaySource.SPOTIFY_ACCOUNT_DATA,
        PlaySource.SPOTIFY_RECENT,
        PlaySource.STATS_TRACKER,
    }
)
# Plain numbers, as a million rows ask for them: an enum's cost ten times as much.
_SENSES = {int(source): int(source.sense) for source in PlaySource}
_STARTS = frozenset(map(int, (Sense.START, Sense.START_MINUTE, Sense.DAY)))
RECORDED = 0
"""In the place of an upload's id, for what no upload told."""
# Of one person's rows: when, which track, and who tells it.
Key = tuple[int, int, int]
_key: Callable[[Row], Key] = itemgetter(1, 2, 3)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of told plays: new ones are judged later, the others were told before.

    `double` are those that the same upload told before, `already_there` those of another.
    """

    new: int = 0
    already_there: int = 0
    double: int = 0


@dataclass(slots=True)
class Taker:
    """Takes the plays of one upload, or of one recorder; it remembers the tracks it has seen."""

    context: Context
    user_id: int
    source: PlaySource
    upload_id: int = RECORDED
    _known: dict[str, int] = field(default_factory=dict)
    _titles: dict[str, str] = field(default_factory=dict)

    def take(self, session: Session, plays: Sequence[ToldPlay]) -> Taken:
        """Save plays within the session's transaction; nobody else changes the person's."""
        told.touch(session, self.user_id)
        self._learn_titles(session, plays)
        identities = [self._identity(play) for play in plays]
        ids = self._tracks(session, plays, identities)
        return self._save(session, *best(self._rows(plays, [ids[i] for i in identities])))

    def _save(self, session: Session, rows: dict[Key, Row], doubles: int) -> Taken:
        kept = {_key(row): row for row in self._there(session, rows)}
        saved = [row for key, row in rows.items() if key not in kept]
        new, mine, again = len(saved), 0, list[Row]()
        for key, old in kept.items():
            row = rows[key]
            is_better = _rank(row) > _rank(old)
            if is_better:
                saved.append(row)
            if old.upload_id == self.upload_id:
                mine += 1
            else:
                again.append(old if is_better else row)
        told.save(session, saved)
        told.save_again(session, again)
        if saved and self.upload_id == RECORDED:
            self._note(session, saved, replaced=len(saved) > new)
        return Taken(new, len(kept) - mine, doubles + mine)

    def _note(self, session: Session, saved: Sequence[Row], *, replaced: bool) -> None:
        """Note when plays changed: those of an upload are judged together, when all are here."""
        times = [time for row in saved for time in (row.told_at, row.started_at)]
        span = min(times), max(times)
        # What was there can have begun at another time.
        since, until = stretches.around(*span) if replaced else span
        changes.note(session, self.user_id, since, until)

    def _there(self, session: Session, rows: dict[Key, Row]) -> Iterable[Row]:
        times = {told_at for told_at, *_ in rows}
        found = told.there(session, self.user_id, sorted(times))
        return (row for row in found if _key(row) in rows)

    def _rows(self, plays: Sequence[ToldPlay], track_ids: Sequence[int]) -> Iterator[Row]:
        user_id, upload_id, of_all = self.user_id, self.upload_id, int(self.source)
        verdicts = _verdicts(plays)
        for play, track_id, verdict in zip(plays, track_ids, verdicts, strict=True):
            source, told_at, how = play.source or of_all, play.told_at, play.how
            usual = _SENSES[source]
            sense = play.sense or usual
            if sense != usual:
                how |= sense << SENSE_SHIFT
            started = stretches.bounded(_started(play, sense), told_at)
            said = (started, play.ms, how, play.device, play.country, upload_id, verdict)
            yield Row(user_id, told_at, track_id, source, *said)

    def _tracks(
        self, session: Session, plays: Sequence[ToldPlay], identities: Sequence[str]
    ) -> dict[str, int]:
        new: dict[str, ToldPlay] = {}
        for play, identity in zip(plays, identities, strict=True):
            if identity not in self._known and not (identity in new and new[identity].title):
                new[identity] = play
        by_id = {i: play for i, play in new.items() if i == play.spotify_id}
        self._known |= self._spotify_tracks(session, by_id)
        by_name = [_named(i, play) for i, play in new.items() if i != play.spotify_id]
        self._known |= named.save(session, by_name, self.context.now())
        return self._known

    def _identity(self, play: ToldPlay) -> str:
        """A Spotify id, or what names are known by: links of others can lead to another song."""
        spotify_id = play.spotify_id
        if spotify_id is None:
            return name_identity(play.title, play.artists)
        title = self._titles.get(spotify_id)
        agrees = not title or not play.title or naming.title_key(play.title) == title
        return spotify_id if agrees else name_identity(play.title, play.artists)

    def _learn_titles(self, session: Session, plays: Sequence[ToldPlay]) -> None:
        if self.source in _SPOTIFYS:
            return
        linked = {i: play.title for play in reversed(plays) if (i := play.spotify_id)}
        new = {i: title for i, title in linked.items() if i not in self._titles}
        ids = tracks.ids_of(session, new)
        known = judged.names(session, self.user_id, ids.values())
        titles = {name.track_id: name.title for name in known}
        for spotify_id, title in new.items():
            called = titles.get(ids.get(spotify_id, 0)) or title
            self._titles[spotify_id] = naming.title_key(called) if called else ""

    def _spotify_tracks(self, session: Session, plays: dict[str, ToldPlay]) -> dict[str, int]:
        there = tracks.ids_of(session, plays)
        kept = values.still_there(session, there.values())
        missing = [i for i in plays if there.get(i) not in kept]
        found = {i: track_id for i, track_id in there.items() if track_id in kept}
        found |= tracks.keep(session, missing)
        enrich.from_catalogue(self.context, session, missing)
        # What one person's file calls a track is no name for everybody.
        new = descriptions.unnamed(session, self.user_id, [i for i in plays if plays[i].title])
        called = [(new[i], p.title, p.artists, p.album) for i, p in plays.items() if i in new]
        descriptions.add(session, self.user_id, called, self.context.now())
        return found


def name_identity(title: str, artists: Sequence[str]) -> str:
    """By which tracks that are known by names only are told apart."""
    words = "\n".join((fold(title) or title.strip(), *(fold(a) or a.strip() for a in artists)))
    return hashlib.sha256(words.encode()).hexdigest()


def _named(identity: str, play: ToldPlay) -> Named:
    return Named(identity, play.title, play.artists, play.album, play.duration_ms)


def _started(play: ToldPlay, sense: int) -> int:
    if play.started_at is not None:
        return play.started_at
    if sense in _STARTS:
        return play.told_at
    length = play.ms if play.ms is not None else play.duration_ms or 0
    return play.told_at - length // 1000


def _verdicts(plays: Sequence[ToldPlay]) -> list[int]:
    """The verdict that the length of each alone has: most keep it."""
    ms = np.array([-1 if play.ms is None else play.ms for play in plays], np.int64)
    how = np.array([play.how for play in plays], np.int64)
    duration = np.array([play.duration_ms or -1 for play in plays], np.int64)
    verdicts: list[int] = matching.lengths(ms, how, duration).tolist()
    return verdicts


def best(rows: Iterable[Row]) -> tuple[dict[Key, Row], int]:
    """The row to keep under each key, and how many others there are."""
    found: dict[Key, Row] = {}
    doubles = 0
    for row in rows:
        key = _key(row)
        kept = found.setdefault(key, row)
        if kept is not row:
            doubles += 1
            found[key] = max(kept, row, key=_rank)
    return found, doubles


def _rank(row: Row) -> tuple[Any, ...]:
    """Of rows under one key, the highest stays, in whatever order they come."""
    ms = -1 if row.ms is None else row.ms
    return ms, row.started_at, row.how, row.device, row.country or ""

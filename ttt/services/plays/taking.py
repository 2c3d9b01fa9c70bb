"""Takes told plays in: their tracks, and a row for each that was not told yet."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sqlmodel import Session

from ttt.found import FoundArtist, FoundTrack, Source
from ttt.plays import SENSE_SHIFT, PlaySource, Sense, ToldPlay
from ttt.providers.words import fold
from ttt.services.context import Context
from ttt.services.matching import naming
from ttt.services.plays.judging import matching, stretches
from ttt.services.values import enrich
from ttt.store.plays import changes, judged, named, told
from ttt.store.plays.named import Named
from ttt.store.tracks import tracks
from ttt.store.values import values

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
Row = dict[str, Any]


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
        rows = [self._row(p, ids[i]) for p, i in zip(plays, identities, strict=True)]
        _judge(rows, plays)
        return self._save(session, *best(rows))

    def _save(self, session: Session, rows: dict[tuple[int, ...], Row], doubles: int) -> Taken:
        kept = {_key(row): row for row in self._there(session, rows)}
        saved = [row for key, row in rows.items() if key not in kept]
        new, mine, again = len(saved), 0, []
        for key, old in kept.items():
            mine += old["upload_id"] == self.upload_id
            is_better = _rank(rows[key]) > _rank(old)
            if is_better:
                saved.append(rows[key])
            if old["upload_id"] != self.upload_id:
                other = old if is_better else rows[key]
                again.append({name: said for name, said in other.items() if name != "counts"})
        told.save(session, saved)
        told.save_again(session, again)
        if saved and self.upload_id == RECORDED:
            self._note(session, saved, replaced=len(saved) > new)
        return Taken(new, len(kept) - mine, doubles + mine)

    def _note(self, session: Session, saved: Sequence[Row], *, replaced: bool) -> None:
        """Note when plays changed: those of an upload are judged together, when all are here."""
        times = [row[name] for row in saved for name in ("told_at", "started_at")]
        span = min(times), max(times)
        # What was there can have begun at another time.
        since, until = stretches.around(*span) if replaced else span
        changes.note(session, self.user_id, since, until)

    def _there(self, session: Session, rows: dict[tuple[int, ...], Row]) -> Iterable[Row]:
        times = {row["told_at"] for row in rows.values()}
        found = told.there(session, self.user_id, sorted(times))
        return (row for row in found if _key(row) in rows)

    def _row(self, play: ToldPlay, track_id: int) -> Row:
        source = play.source or int(self.source)
        sense = play.sense or _SENSES[source]
        own = sense if sense != _SENSES[source] else 0
        return {
            "user_id": self.user_id,
            "told_at": play.told_at,
            "track_id": track_id,
            "source": source,
            "started_at": stretches.bounded(_started(play, sense), play.told_at),
            "ms": play.ms,
            "how": play.how | own << SENSE_SHIFT,
            "device": play.device,
            "country": play.country,
            "upload_id": self.upload_id,
        }

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
        titles = {name.track_id: name.title for name in judged.names(session, ids.values())}
        for spotify_id, title in new.items():
            known = titles.get(ids.get(spotify_id, 0)) or title
            self._titles[spotify_id] = naming.title_key(known) if known else ""

    def _spotify_tracks(self, session: Session, plays: dict[str, ToldPlay]) -> dict[str, int]:
        there = tracks.ids_of(session, plays)
        kept = values.still_there(session, there.values())
        untitled = tracks.untitled(session, kept)
        missing = [i for i in plays if there.get(i) not in kept]
        described = [_found(i, plays[i]) for i in {*missing, *untitled} if plays[i].title]
        found = tracks.save(session, described, Source.UPLOAD, self.context.now())
        found |= tracks.keep(session, [i for i in missing if i not in found])
        enrich.from_catalogue(self.context, session, missing)
        return {i: track_id for i, track_id in there.items() if track_id in kept} | found


def name_identity(title: str, artists: Sequence[str]) -> str:
    """By which tracks that are known by names only are told apart."""
    words = "\n".join((fold(title) or title.strip(), *(fold(a) or a.strip() for a in artists)))
    return hashlib.sha256(words.encode()).hexdigest()


def _named(identity: str, play: ToldPlay) -> Named:
    return Named(identity, play.title, play.artists, play.album, play.duration_ms)


def _found(spotify_id: str, play: ToldPlay) -> FoundTrack:
    # What an upload says of others is no more than a name: no ISRC by which values are asked for.
    artists = tuple(FoundArtist(name) for name in play.artists)
    return FoundTrack(spotify_id, play.title, artists, album=play.album)


def _started(play: ToldPlay, sense: int) -> int:
    if play.started_at is not None:
        return play.started_at
    if sense in _STARTS:
        return play.told_at
    length = play.ms if play.ms is not None else play.duration_ms or 0
    return play.told_at - length // 1000


def _judge(rows: Sequence[Row], plays: Sequence[ToldPlay]) -> None:
    """Give each row the verdict that its length alone has: most keep it."""
    ms = np.array([-1 if play.ms is None else play.ms for play in plays], np.int64)
    how = np.array([play.how for play in plays], np.int64)
    duration = np.array([play.duration_ms or -1 for play in plays], np.int64)
    for row, verdict in zip(rows, matching.lengths(ms, how, duration).tolist(), strict=True):
        row["counts"] = verdict


def best(rows: Iterable[Row]) -> tuple[dict[tuple[int, ...], Row], int]:
    """The row to keep under each key, and how many others there are."""
    found: dict[tuple[int, ...], Row] = {}
    doubles = 0
    for row in rows:
        key = _key(row)
        kept = found.get(key)
        doubles += kept is not None
        if kept is None or _rank(row) > _rank(kept):
            found[key] = row
    return found, doubles


def _key(row: Row) -> tuple[int, ...]:
    return row["told_at"], row["track_id"], row["source"]


def _rank(row: Row) -> tuple[Any, ...]:
    """Of rows under one key, the highest stays, in whatever order they come."""
    ms = -1 if row["ms"] is None else row["ms"]
    return ms, row["started_at"], row["how"], row["device"], row["country"] or ""

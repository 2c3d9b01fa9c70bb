"""Takes told plays in: their tracks, and a row for each that was not told yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from sqlmodel import Session

from ttt import names
from ttt.plays import PlaySource, ToldPlay
from ttt.services.context import Context
from ttt.services.matching import naming
from ttt.services.plays import tellings
from ttt.services.plays.identities import Keeper
from ttt.services.plays.judging import stretches
from ttt.services.values import enrich
from ttt.store.plays import judged, named, told
from ttt.store.plays.bulk import arriving
from ttt.store.plays.derived import changes
from ttt.store.plays.named import Named
from ttt.store.tracks import locking, tracks
from ttt.store.values import descriptions

RECORDED = 0
"""In the place of an upload's id, for what no upload told."""
# A hostile file must fill no memory by what is remembered of it.
_NAMES_KEPT, _TRACKS_KEPT = 16_384, 200_000


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
    _names: dict[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)
    _titles: dict[str, str] = field(default_factory=dict)
    _keeper: Keeper = field(init=False)

    def __post_init__(self) -> None:
        self._keeper = Keeper(self.user_id, self.upload_id)

    def take(self, session: Session, plays: Sequence[ToldPlay]) -> Taken:
        """Save plays within the session's transaction; nobody else changes the person's."""
        told.touch(session, self.user_id)
        self._learn_titles(session, plays)
        identities = self._identities(plays)
        self._learn_tracks(session, plays, identities)
        ids = np.fromiter(map(self._known.__getitem__, identities), np.int64, len(plays))
        columns = tellings.columns(plays, ids, self.source, self.upload_id)
        rows, doubles = tellings.best(columns)
        arriving.bring(session, self.user_id, rows)
        there = arriving.compare(session, self.user_id, rows)
        tells_more = self._keeper.keep(session, plays, ids.tolist(), self.source)
        if self.upload_id == RECORDED:
            self._note(session, plays if tells_more else (), replaces=there.better > 0)
        arriving.keep(session, self.user_id, rows, there)
        new = len(rows.told_at) - there.there
        return Taken(new, there.there - there.mine, doubles + there.mine)

    def forget(self) -> None:
        """Forget tracks, as the transaction that found or saved them was rolled back."""
        self._known.clear()
        self._keeper.forget()

    def _note(self, session: Session, joining: Sequence[ToldPlay], *, replaces: bool) -> None:
        """Note when plays change: those of an upload are judged together, when all are here.

        Where none of them changed, those can be `joining` others: of another recording than before.
        """
        span = arriving.reach(session, self.user_id)
        if span is None and joining:
            times = [play.told_at for play in joining]
            changes.note(session, self.user_id, *stretches.around(min(times), max(times)))
        if span is not None:
            # What was there can have begun at another time.
            since, until = stretches.around(*span) if replaces else span
            changes.note(session, self.user_id, since, until)

    def _learn_tracks(
        self, session: Session, plays: Sequence[ToldPlay], identities: Sequence[str]
    ) -> None:
        if len(self._known) > _TRACKS_KEPT:
            self._known.clear()
        new = _first_told(plays, identities, set(identities).difference(self._known))
        by_id = {i: play for i, play in new.items() if i == play.spotify_id}
        self._known |= self._spotify_tracks(session, by_id)
        by_name = [_named(i, play) for i, play in new.items() if i != play.spotify_id]
        self._known |= named.save(session, by_name, self.context.now())

    def _identities(self, plays: Sequence[ToldPlay]) -> list[str]:
        if not self._titles:
            return [play.spotify_id or self._named(play) for play in plays]
        return [
            play.spotify_id if play.spotify_id and self._agrees(play) else self._named(play)
            for play in plays
        ]

    def _agrees(self, play: ToldPlay) -> bool:
        """Whether a Spotify id leads to this song: links of others can lead to another one."""
        title = self._titles.get(play.spotify_id or "")
        return not title or not play.title or naming.title_key(play.title) == title

    def _named(self, play: ToldPlay) -> str:
        called = play.title, play.artists
        found = self._names.get(called)
        if found is None:
            if len(self._names) >= _NAMES_KEPT:
                self._names.clear()
            found = self._names[called] = names.identity(*called)
        return found

    def _learn_titles(self, session: Session, plays: Sequence[ToldPlay]) -> None:
        if self.source.is_spotifys:
            return
        linked = {i: play.title for play in reversed(plays) if (i := play.spotify_id)}
        new = {i: title for i, title in linked.items() if i not in self._titles}
        ids = tracks.ids_of(session, new)
        known = judged.names(session, self.user_id, ids.values())
        titles = {name.track_id: name.title for name in known}
        for spotify_id, title in new.items():
            called = titles.get(ids.get(spotify_id, 0)) or title
            self._titles[spotify_id] = naming.title_key(called) if called else ""

    def _spotify_tracks(self, session: Session, plays: Mapping[str, ToldPlay]) -> dict[str, int]:
        there = locking.locked(session, self.user_id, plays)
        missing = tracks.keep(session, plays.keys() - there.ids.keys())
        described = enrich.from_catalogue(self.context, session, missing)
        # What one person's file calls a track is no name for everybody.
        nameless = {i: there.ids[i] for i in there.nameless if plays[i].title}
        nameless |= {i: n for i, n in missing.items() if i not in described and plays[i].title}
        self._call(session, nameless, plays)
        return there.ids | missing

    def _call(
        self, session: Session, ids: Mapping[str, int], plays: Mapping[str, ToldPlay]
    ) -> None:
        called = [(n, plays[i].title, plays[i].artists, plays[i].album) for i, n in ids.items()]
        if called:
            descriptions.add(session, self.user_id, called, self.context.now())


def _first_told(
    plays: Sequence[ToldPlay], identities: Sequence[str], wanted: set[str]
) -> dict[str, ToldPlay]:
    """The first play of each wanted identity that has a title, or else the first."""
    found: dict[str, ToldPlay] = {}
    for play, identity in zip(plays, identities, strict=True):
        if identity in wanted:
            found.setdefault(identity, play)
            if play.title:
                wanted.remove(identity)
                found[identity] = play
    return found


def _named(identity: str, play: ToldPlay) -> Named:
    return Named(identity, play.title, play.artists, play.album, play.duration_ms)

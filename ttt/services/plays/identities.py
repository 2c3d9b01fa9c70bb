"""Keeps which recordings a source says that a person's tracks are, beside the plays it tells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from ttt.models import Play
from ttt.plays import PlaySource, ToldPlay
from ttt.services.plays.judging import stretches
from ttt.store.plays.bulk import identities
from ttt.store.plays.bulk.identities import USUALLY, Ids, Row
from ttt.store.plays.derived import changes

_KEPT = 200_000
_NOTHING = Ids()
_Usual = dict[tuple[int, int], tuple[str | None, str | None]]


@dataclass(slots=True)
class Keeper:
    """Keeps what one upload, or one recorder, tells; what it told first of tracks it remembers."""

    user_id: int
    upload_id: int
    _usual: _Usual = field(default_factory=dict)

    def keep(
        self, session: Session, plays: Sequence[ToldPlay], ids: Sequence[int], source: PlaySource
    ) -> bool:
        """Keep what plays of these tracks tell of their recordings; whether any of it is new."""
        if self.upload_id == 0 and source is PlaySource.SPOTIFY_RECENT:
            return False  # Spotify's own answer describes its tracks, for everybody
        if len(self._usual) > _KEPT:
            self._usual.clear()
        first, others = self._told(plays, ids, int(source))
        new = self._add(session, first)
        if new < len(first):
            # Another process, or this one before it was killed, told of some of them first.
            tracks = {track_id for track_id, *_ in first}
            self._usual |= identities.usual(session, self.user_id, self.upload_id, tracks)
            _, others = self._told(plays, ids, int(source))
        return new + self._add(session, others) > 0

    def forget(self) -> None:
        """Forget what a transaction told that was rolled back."""
        self._usual.clear()

    def _told(
        self, plays: Sequence[ToldPlay], ids: Sequence[int], source: int
    ) -> tuple[list[Row], list[Row]]:
        """The first that is told of each track, and what single plays tell besides."""
        first, others = list[Row](), list[Row]()
        for play, track_id in zip(plays, ids, strict=True):
            isrc, mbid = play.isrc, play.mbid
            if isrc or mbid:
                of, said = play.source or source, (isrc, mbid)
                known = self._usual.setdefault((track_id, of), said)
                if known is said:
                    first.append((track_id, of, USUALLY, isrc, mbid))
                elif known != said:
                    others.append((track_id, of, play.told_at, isrc, mbid))
        return first, others

    def _add(self, session: Session, told: Sequence[Row]) -> int:
        return identities.add(session, self.user_id, self.upload_id, told) if told else 0


def note(session: Session, user_id: int, upload_id: int, span: tuple[int, int]) -> bool:
    """Note that plays of an upload can be of other recordings than before, if any can."""
    if not identities.is_first(session, user_id, upload_id):
        return False
    changes.note(session, user_id, *stretches.around(*span))
    return True


def of_plays(session: Session, user_id: int, rows: Sequence[Play]) -> Iterator[Ids]:
    """What is told of the recording of each play: by its own source, or else by others."""
    times = [int(row.told_at.timestamp()) for row in rows]
    tracks = {row.track_id for row in rows}
    told = identities.of_plays(session, user_id, tracks, min(times), max(times))
    own = [_own(row, at, told) for row, at in zip(rows, times, strict=True)]
    lacking = {row.track_id for row, ids in zip(rows, own, strict=True) if None in ids}
    lacking &= {track_id for track_id, *_ in told}
    agreed = identities.agreed(session, user_id, lacking) if lacking else {}
    for row, ids in zip(rows, own, strict=True):
        others = agreed.get(row.track_id)
        yield Ids(ids.isrc or others.isrc, ids.mbid or others.mbid) if others else ids


def _own(row: Play, at: int, told: dict[identities.Place, Ids]) -> Ids:
    place = row.track_id, row.upload_id, row.source
    return told.get((*place, at)) or told.get((*place, USUALLY), _NOTHING)

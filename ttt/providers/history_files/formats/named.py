"""What most sources tell: names and a time, which is the start unless they say otherwise."""

from dataclasses import dataclass

from ttt.plays import Kind, LeftOut, RefusedRow, Sense, ToldPlay, WhyRefused
from ttt.providers.columns import name_nothing
from ttt.providers.history_files.blocks import Given
from ttt.providers.history_files.fields import shown, unbelievable

_SHORT = 12
"""Letters; no word for nothing has as many, and most titles have more."""


@dataclass(slots=True)
class Named:
    """Fields as they were read, each None when it was odd or missing."""

    title: str | None
    artists: tuple[str, ...]
    told_at: int | None
    album: str | None = None
    ms: int | None = None
    duration_ms: int | None = None
    spotify_id: str | None = None
    isrc: str | None = None
    mbid: str | None = None
    how: int = 0
    device: int = 0
    country: str | None = None
    sense: int = 0
    timeless: bool = False
    """The row says no time at all."""

    def play(self, number: int, given: Given) -> ToldPlay | RefusedRow:
        """The play of that row, or why there is none."""
        text = shown(self.title, *self.artists)
        if self.title and len(self.title) < _SHORT and name_nothing(self.title, *self.artists):
            self.title, self.artists = None, ()
        if not self.title and not self.spotify_id:
            return RefusedRow(number, WhyRefused.NO_TITLE, text)
        if not self.artists and not self.spotify_id:
            return RefusedRow(number, WhyRefused.NO_ARTIST, text)
        return self.play_of_any(number, given)

    def play_of_any(self, number: int, given: Given) -> ToldPlay | RefusedRow:
        """The same for a source that may not know the artist."""
        text = shown(self.title, *self.artists)
        if self.told_at is None:
            why = WhyRefused.NO_TIME if self.timeless else WhyRefused.BAD_TIME
            return RefusedRow(number, why, text)
        refused = unbelievable(self.told_at, number, given.latest, text)
        return refused or ToldPlay(
            told_at=self.told_at,
            title=self.title or "",
            artists=self.artists,
            started_at=self._start(self.told_at),
            ms=self.ms,
            album=self.album,
            spotify_id=self.spotify_id,
            isrc=self.isrc,
            mbid=self.mbid,
            duration_ms=self.duration_ms,
            how=self.how,
            device=self.device,
            country=self.country,
            sense=self.sense,
            row=number,
        )

    def _start(self, told_at: int) -> int | None:
        if self.sense in {Sense.END, Sense.MINUTE}:
            return None if self.ms is None else told_at - (self.ms + 500) // 1000
        return None if self.sense in {Sense.DAY, Sense.EITHER} else told_at


_NO_MUSIC = {
    "podcast": Kind.PODCAST,
    "audiobook": Kind.AUDIOBOOK,
    **dict.fromkeys(("episode", "movie", "show", "season", "clip", "trailer"), Kind.VIDEO),
}


def no_music(said: object, number: int) -> LeftOut | None:
    """A row that says of itself that it tells of something else, such as a film."""
    kind = _NO_MUSIC.get(said.strip().lower()) if isinstance(said, str) else None
    return None if kind is None else LeftOut(number, kind)


def several(*names: str | None) -> tuple[str, ...]:
    """The names that there are."""
    return tuple(name for name in names if name)

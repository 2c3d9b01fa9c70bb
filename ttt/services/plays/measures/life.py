"""The life of one track, artist, album or genre: every play, its months, its places."""

from collections.abc import Iterable
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ttt import words
from ttt.chartdata import By, Caption, Of, Step
from ttt.chartdata.discovered import Life, Stories, Story
from ttt.services.plays.frame import Frame, Span, zone
from ttt.services.plays.frame.columns import of_genre
from ttt.services.plays.measures import counting, coverage, days, steps, tops
from ttt.services.plays.measures.charts.ranking import PLACES, ranking
from ttt.services.plays.measures.listening.sessions import BREAK

# Dots on a chart: more of them cannot be told apart, and would make it heavy.
MOST_DOTS = 1_500
_LEADS = 90
_WEEKS_UNTIL = 200
_FOLLOWERS = 5
# So many tracks of an artist can be chosen from at a glance.
_OTHERS = 50


def life(
    frame: Frame, of: Of, key: int, today: date, span: Span | None = None, by: By = By.PLAYS
) -> Life:
    """Plays by day and hour, by step, and its ranks; `key` as measures.tops gives it.

    Of a span, or of all from the first play to today. The first and the last play are those of
    the whole frame.
    """
    ever = part(frame, of, key)
    first, last = _ends(ever.plays())
    # A player whose clock is ahead tells of tomorrow.
    shown = span or _span(frame, first, max(today, last or today))
    mine = ever if span is None else ever.within(span)
    plays = mine.plays()
    chosen = steps.of_span(shown, _step(span))
    ranks = _ranks(frame, of, key, chosen, by)
    dots = plays.only(_spread(len(plays)))
    return Life(
        name=tops.named(frame, of, key)[0],
        days=tuple((dots.local / zone.DAY).round(4).tolist()),
        hours=tuple(((dots.local % zone.DAY) / 3600).round(2).tolist()),
        step=chosen.step,
        by=by,
        starts=tuple(chosen.begins()),
        each=_each(frame, mine, chosen, by),
        ranks=ranks,
        plays=len(plays),
        plays_before=_before(frame, ever, span),
        skips=len(mine) - len(plays),
        minutes=_minutes(mine),
        about=mine.estimated,
        first=first,
        last=last,
        peak=_peak(ranks),
        span=(shown.first, shown.last),
        holes=days.holes(frame, shown),
        caption=Caption(
            _takeaway(plays, first, span),
            words.facts(coverage.recorded(frame, shown), coverage.guessed(mine, by)),
            _dots(len(plays)),
            coverage.before(frame, shown, lambda b: _plays_of(ever, b)),
        ),
    )


def _ends(plays: Frame) -> tuple[date | None, date | None]:
    if not len(plays):
        return None, None
    return zone.day(int(plays.day[0])), zone.day(int(plays.day[-1]))


def _step(span: Span | None) -> Step:
    """Weeks where months would be a handful of marks."""
    return Step.WEEK if span is not None and span.days <= _WEEKS_UNTIL else Step.MONTH


def _each(frame: Frame, mine: Frame, chosen: steps.Steps, by: By) -> tuple[int | None, ...]:
    """Plays or whole minutes a step; None where nothing was recorded."""
    counted = mine.plays() if by is By.PLAYS else mine
    sums = np.bincount(
        chosen.place(counted.day), counting.weights(counted, by), minlength=chosen.count
    )
    known = days.of_steps(frame, chosen)
    return tuple(round(n) if k or n else None for n, k in zip(sums, known, strict=True))


def _before(frame: Frame, ever: Frame, span: Span | None) -> int | None:
    """Plays in the time before; None where there is none, or it was not recorded."""
    if span is None or span.before is None or not days.of_span(frame, span.before).any():
        return None
    return len(ever.within(span.before).plays())


def _plays_of(ever: Frame, span: Span) -> str:
    return words.counted(len(ever.within(span).plays()), "play")


def _minutes(frame: Frame) -> float:
    return float(frame.heard.sum(dtype=np.int64)) / counting.MINUTE


def ids(frame: Frame, key: int) -> tuple[int, dict[int, str], dict[int, str]]:
    """The track that stands for a recording, what counts with it, and what else its artist made.

    Names of tracks with their album by track id; of what the artist made, the most heard.
    """
    tracks = frame.tracks
    face = tops.named(frame, Of.TRACKS, key)[2]
    here = np.flatnonzero(tracks.recording == key)
    heard = np.bincount(frame.track, minlength=len(tracks))
    same_artist = (tracks.artist == tracks.artist[face]) & (tracks.recording != key)
    others = np.flatnonzero(same_artist & (heard > 0))
    others = others[np.argsort(-heard[others], kind="stable")][:_OTHERS]
    joined = _names(frame, (int(place) for place in here if place != face))
    return int(tracks.id[face]), joined, _names(frame, (int(place) for place in others))


def _names(frame: Frame, places: Iterable[int]) -> dict[int, str]:
    tracks = frame.tracks
    return {
        int(tracks.id[place]): f"{tracks.title[place]} · {_album(frame, place)}".strip(" ·")
        for place in places
    }


def _album(frame: Frame, place: int) -> str:
    album = int(frame.tracks.album[place])
    return frame.tracks.album_names[album] if album >= 0 else ""


def part(frame: Frame, of: Of, key: int) -> Frame:
    """The plays and skips of one thing."""
    if of is Of.GENRES:
        return frame.only(of_genre(frame.tracks, frame.tracks.genre_names[key])[frame.track])
    return frame.only((counting.owner(frame.tracks, of) == key)[frame.track])


def right_after(frame: Frame, key: int) -> Stories:
    """Which other tracks were played right after one, without a break between."""
    plays = frame.plays()
    ends = plays.started + plays.heard // 1000
    follows = plays.started[1:] - ends[:-1] <= BREAK
    here = (plays.song[:-1] == key) & follows & (plays.song[1:] != key)
    counts = np.bincount(plays.song[1:][here], minlength=frame.tracks.recordings)
    order = np.argsort(-counts, kind="stable")[:_FOLLOWERS]
    rows = tuple(_after(frame, int(n), int(counts[n])) for n in order if counts[n])
    takeaway = f"{rows[0].title} follows it most" if rows else "Nothing follows it yet"
    return Stories(rows, "times", "time", Caption(takeaway, "", ""))


def _after(frame: Frame, key: int, times: int) -> Story:
    title, artists, face = tops.named(frame, Of.TRACKS, key)
    tracks = frame.tracks
    return Story(key, title, artists, "", float(times), tracks.uri[face], tracks.cover_url[face])


def _span(frame: Frame, first: date | None, today: date) -> Span:
    """From some weeks before the first play to today, but not from before the history."""
    begin = zone.day(max(zone.number(first or today) - _LEADS, frame.begins))
    return Span(min(begin, today), today, "", "")


def _ranks(frame: Frame, of: Of, key: int, chosen: steps.Steps, by: By) -> tuple[int | None, ...]:
    """Places on each step's chart."""
    ranks = ranking(frame, of, by, chosen.step)
    found = ranks.of(key)
    places = np.arange(chosen.count) + chosen.first - ranks.first
    inside = (places >= 0) & (places < ranks.count)
    line = np.where(inside, found[np.clip(places, 0, max(ranks.count - 1, 0))], 0)
    return tuple(int(rank) if 0 < rank <= 2 * PLACES else None for rank in line)


def _peak(ranks: tuple[int | None, ...]) -> tuple[int, int] | None:
    """The best place, and in how many steps it was held."""
    known = [rank for rank in ranks if rank is not None]
    return (min(known), known.count(min(known))) if known else None


def _spread(count: int) -> NDArray[np.bool_] | slice:
    """All plays, or as many as can be shown, evenly taken; the first and the last always."""
    if count <= MOST_DOTS:
        return slice(None)
    shown = np.zeros(count, np.bool_)
    shown[np.linspace(0, count - 1, MOST_DOTS).astype(np.int64)] = True
    return shown


def _dots(count: int) -> str:
    if count <= MOST_DOTS:
        return "Each dot is a play."
    return f"{words.whole(MOST_DOTS)} of {words.whole(count)} plays, evenly taken."


def _takeaway(plays: Frame, first: date | None, span: Span | None) -> str:
    if first is None:
        return "Never played as far as is recorded"
    count = len(plays)
    if span is not None:
        return f"{words.counted(count, 'play')} {span.when}" if count else f"No play {span.when}"
    if count < 10:
        return f"{words.counted(count, 'play')} since {words.day(first, year=True)}"
    half = int(plays.day[(count - 1) // 2]) - int(plays.day[0])
    whole = int(plays.day[-1]) - int(plays.day[0])
    if half * 4 < whole:
        begun = f"in the first {_time(half)}" if half else "on the first day"
        return f"Half of its {words.whole(count)} plays came {begun}"
    return f"{words.counted(count, 'play')} over {_time(whole)}"


def _time(number: int) -> str:
    if number < 60:
        return words.counted(number + 1, "day")
    return words.length_of_days(number) if number >= 365 else f"{round(number / 30.44)} months"

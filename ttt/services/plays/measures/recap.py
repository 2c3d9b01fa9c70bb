"""What the cards of a year, a month or any time say."""

import numpy as np

from ttt import words
from ttt.chartdata import By, Of, Step, TopRow
from ttt.chartdata.recap import Favourite, MonthMoods, Recap
from ttt.services.plays.frame import Frame, Span, zone
from ttt.services.plays.measures import counting, days, firsts, steps, tops
from ttt.services.plays.measures.charts import lines
from ttt.services.plays.measures.listening import activity, numbers, sessions
from ttt.services.plays.measures.mood import genres, sentences
from ttt.services.plays.measures.mood.spread import MEASURES
from ttt.services.plays.measures.mood.stepwise import by_step

_DOTS = 600
_NEW = 12
_LEAST_HOURS = 1.0


def recap(frame: Frame, span: Span, by: By = By.PLAYS) -> Recap:
    """Everything the cards need; what is not known is left empty, and its card left out."""
    plays = frame.within(span)
    known = days.of_span(frame, span)
    daily = activity.calendar(frame, span).values
    counts = np.array([0 if v is None else v for v in daily])
    best = int(counts.argmax())
    artists = tops.tops(frame, span, Of.ARTISTS, by, 100).rows
    tracks = tops.tops(frame, span, Of.TRACKS, by, 5).rows
    newcomers = _new(frame, span, by)
    chosen = steps.of_span(span, Step.MONTH)
    stream = genres.stream(frame, span)
    return Recap(
        name=span.name[0].upper() + span.name[1:],
        dates=_dates(span),
        zone=frame.zone.rpartition("/")[2].replace("_", " "),
        first=span.first,
        missing=_missing(int((~known).sum())),
        known=sentences.coverage(plays),
        plays=int(plays.play.sum()),
        minutes=float(counting.weights(plays, By.MINUTES).sum()),
        minutes_about=plays.estimated,
        daily=daily,
        busiest=(zone.day(span.begin + best), int(counts[best])) if counts.any() else None,
        favourite=_favourite(frame, span, tracks[0], by) if tracks else None,
        tracks=tracks,
        artists=artists[:5],
        albums=tops.tops(frame, span, Of.ALBUMS, by, 5).rows,
        climbers=_climbers(artists),
        before_name=span.before.name if span.before else "",
        hours=tuple(counting.summed(plays.hour, plays.play, 24).tolist()),
        new_artists=int(newcomers[0]),
        newcomers=newcomers[1],
        starts=tuple(chosen.begins()),
        moods=_moods(frame, chosen),
        genres=stream.names,
        genre_shares=stream.shares,
        sitting=next(iter(sessions.sittings(frame, span, most=1).longest), None),
        streak=numbers.streaks(frame, span)[1],
        by=by,
    )


def _dates(span: Span) -> str:
    if span.first.year == span.last.year:
        return f"{words.short_day(span.first)}–{words.short_day(span.last)} {span.last.year}"
    return f"{words.short_day(span.first, year=True)}–{words.short_day(span.last, year=True)}"


def _missing(count: int) -> str:
    return f"{words.counted(count, 'day')} not recorded" if count else ""


def _favourite(frame: Frame, span: Span, row: TopRow, by: By) -> Favourite:
    plays = frame.within(span)
    mine = plays.only(plays.song == row.key)
    heard = mine.plays()
    length = (span.end - span.begin) * zone.DAY
    gone = (heard.local - span.begin * zone.DAY) / length
    clock = (heard.local % zone.DAY) / 3600
    every = max(1, len(heard) // _DOTS)
    reigns = lines.number_ones(frame, span, Of.TRACKS, by, most=100).rows
    return Favourite(
        row=row,
        weeks_at_one=next((r.steps for r in reigns if r.key == row.key), 0),
        hours=counting.hours(mine),
        dots=tuple(
            zip(gone[::every].round(4).tolist(), clock[::every].round(2).tolist(), strict=True)
        ),
    )


def _new(frame: Frame, span: Span, by: By) -> tuple[int, tuple[TopRow, ...]]:
    """How many artists were first played in the span, and those of them heard most."""
    first = firsts.days(frame, Of.ARTISTS)
    new = (first >= span.begin) & (first < span.end)
    return int(new.sum()), tops.tops(frame, span, Of.ARTISTS, by, _NEW, new).rows


def _climbers(artists: tuple[TopRow, ...]) -> tuple[TopRow, ...]:
    """Of the first thirty artists those that climbed most places."""
    climbed = [row for row in artists[:30] if row.climbed is not None and row.climbed > 0]
    return tuple(sorted(climbed, key=lambda row: (-(row.climbed or 0), row.rank))[:5])


def _moods(frame: Frame, chosen: steps.Steps) -> tuple[MonthMoods, ...]:
    found = {m: by_step(frame, chosen, m) for m in MEASURES}
    return tuple(
        MonthMoods(m, tuple(s.at(n, _LEAST_HOURS) for n in range(chosen.count)))
        for m, s in found.items()
    )

"""Lists of tracks that share a story: forgotten, on this day, played over and over, come back."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ttt import words
from ttt.chartdata import By, Caption, Of
from ttt.chartdata.discovered import Stories, Story
from ttt.services.plays.frame import Frame, Span, zone
from ttt.services.plays.measures import counting, coverage, days, tops
from ttt.services.plays.measures.discoveries.lives import Lives, lives

MOST = 20
FORGOTTEN_PLAYS, FORGOTTEN_DAYS = 10, 365
OBSESSED_PLAYS, OBSESSED_DAYS = 15, 7
_WIDTH = OBSESSED_DAYS * zone.DAY
AWAY_DAYS, AWAY_AFTER, BACK_PLAYS, BACK_DAYS = 180, 5, 3, 30


def forgotten(
    frame: Frame,
    today: date,
    most: int = MOST,
    span: Span | None = None,
    by: By = By.PLAYS,
) -> Stories:
    """Tracks played ten times or more, but not in the last year; the most played or heard first.

    Of a span: those that were played last in it.
    """
    found = lives(frame)
    last = found.day[found.ends - 1]
    gone = (found.counts >= FORGOTTEN_PLAYS) & (zone.number(today) - last >= FORGOTTEN_DAYS)
    gone &= _in(span, last)
    places = np.flatnonzero(gone)
    amounts = _amounts(frame, found, by)
    order = places[np.argsort(-amounts[places], kind="stable")]
    rows = tuple(
        _story(
            frame,
            int(found.songs[n]),
            float(amounts[n]),
            "not played since {last}",
            int(found.day[found.begins[n]]),
            int(last[n]),
        )
        for n in order[:most]
    )
    return Stories(rows, str(by), by.one, Caption(_how_many_forgotten(len(places), span), "", ""))


def _how_many_forgotten(count: int, span: Span | None) -> str:
    if count:
        tracks = words.counted(count, "track")
        return f"{tracks} you played ten times or more, and not for a year"
    if span is None:
        return "No track you played ten times or more has gone a year without a play"
    return f"No forgotten favourite was last played {span.when}"


def on_this_day(frame: Frame, today: date, most: int = MOST, by: By = By.PLAYS) -> Stories:
    """What led on this day of each earlier year."""
    rows = []
    for year in reversed(range(zone.day(frame.begins).year, today.year)):
        day = _in_year(today, year)
        number = zone.number(day) if day else -1
        plays = frame.only(frame.day == number)
        if plays.play.any():
            key = int(tops.ranked(plays, Of.TRACKS, by, 1)[0])
            count = float(counting.totals(plays, Of.TRACKS, by)[key])
            text = f"{today.year - year} years ago" if today.year - year > 1 else "a year ago"
            text += f", {_of_day(plays, by)} in all that day"
            rows.append(_story(frame, key, count, text, number, number))
    takeaway = (
        f"{words.day(today)} in {words.counted(len(rows), 'earlier year')}"
        if rows
        else f"Nothing was played on {words.day(today)} in earlier years"
    )
    return Stories(tuple(rows[:most]), f"{by} that day", by.one, Caption(takeaway, "", ""))


def obsessions(frame: Frame, most: int = MOST, by: By = By.PLAYS) -> Stories:
    """Tracks with fifteen plays or more within seven days, by most such plays or their minutes."""
    found = lives(frame)
    rows = [_week_of(frame, found, int(key), by) for key in _obsessed(found)]
    rows.sort(key=lambda row: (-row.number, row.first or date.min))
    takeaway = (
        f"{rows[0].title}: {_amount(frame, rows[0].number, by)} within a week"
        if rows
        else "No track was played fifteen times within a week"
    )
    caption = Caption(takeaway, "", "")
    return Stories(tuple(rows[:most]), f"{by} within 7 days", by.one, caption)


def _obsessed(found: Lives) -> NDArray[np.integer]:
    """Recordings with so many plays so close together."""
    lag = OBSESSED_PLAYS - 1
    same = found.song[lag:] == found.song[:-lag]
    close = found.started[lag:] - found.started[:-lag] < _WIDTH
    return np.unique(found.song[lag:][same & close])


def _week_of(frame: Frame, found: Lives, key: int, by: By) -> Story:
    """The seven days in which a recording was played most."""
    mine = slice(*(int(np.searchsorted(found.song, key, side)) for side in ("left", "right")))
    times = found.started[mine]
    counts = np.searchsorted(times, times + _WIDTH) - np.arange(len(times))
    begin = int(counts.argmax())
    number = float(counts[begin])
    within = slice(begin, begin + int(counts[begin]))
    days_ = found.day[mine][within]
    if by is By.MINUTES:
        number = float(frame.plays().heard[found.order[mine][within]].sum()) / counting.MINUTE
    return _story(frame, key, number, "{span}", int(days_[0]), int(days_[-1]))


def comebacks(frame: Frame, most: int = MOST, span: Span | None = None) -> Stories:
    """Tracks that were away for half a year or more and then came back for good, the latest first.

    Away counts recorded days only; back means three plays within thirty days. Of a span: those
    that came back in it.
    """
    found = lives(frame)
    back, away = _back(frame, found)
    inside = _in(span, found.day[back])
    back, away = back[inside], away[inside]
    latest = np.argsort(-found.day[back], kind="stable")[:most]
    rows = tuple(
        _story(
            frame,
            int(found.song[n]),
            float(days_away),
            "back on {last}",
            *(int(found.day[n - 1]), int(found.day[n])),
        )
        for n, days_away in zip(back[latest], away[latest], strict=True)
    )
    return Stories(rows, "days away", "day", Caption(_latest_comeback(rows), "", _AWAY_RULE))


def _latest_comeback(rows: Sequence[Story]) -> str:
    if not rows:
        return _NO_COMEBACK
    return f"{rows[0].title} came back after {words.length_of_days(rows[0].number)}"


def _back(frame: Frame, found: Lives) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Plays with which a track came back, and for how many recorded days it had been away."""
    day, song = found.day, found.song
    # Of a million plays few come so long after the one before: the rest is asked of those alone.
    far = np.flatnonzero((song[1:] == song[:-1]) & (day[1:] - day[:-1] >= AWAY_DAYS)) + 1
    ahead = far + BACK_PLAYS - 1
    far, ahead = far[ahead < len(day)], ahead[ahead < len(day)]
    begins = found.begins[np.searchsorted(found.begins, far, "right") - 1]
    recorded = _recorded_until(frame)
    away = recorded[day[far] - frame.begins] - recorded[day[far - 1] - frame.begins]
    fine = (away >= AWAY_DAYS) & (far - begins >= AWAY_AFTER)
    fine &= (song[ahead] == song[far]) & (day[ahead] - day[far] <= BACK_DAYS)
    return far[fine], away[fine]


_NO_COMEBACK = "No track came back after half a year away"
_AWAY_RULE = "Away: half a year or more of recorded days without a play, after five plays or more."


def _amounts(frame: Frame, found: Lives, by: By) -> NDArray[np.float64]:
    """Plays or minutes of each recording that was played."""
    return counting.totals(frame, Of.TRACKS, by)[found.songs]


def _of_day(plays: Frame, by: By) -> str:
    """All that was heard on a day."""
    return _amount(plays, float(counting.weights(plays, by).sum()), by)


def _amount(frame: Frame, amount: float, by: By) -> str:
    return words.amount(amount, by, coverage.about(frame, by))


def _in(span: Span | None, days_: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Which days lie in a span; all where there is none."""
    if span is None:
        return np.ones(len(days_), np.bool_)
    found: NDArray[np.bool_] = (days_ >= span.begin) & (days_ < span.end)
    return found


def _recorded_until(frame: Frame) -> NDArray[np.int64]:
    """How many days were recorded from the first to each day of the history."""
    last = int(frame.day.max(initial=frame.begins))
    return np.cumsum(days.recorded(frame, frame.begins, last + 1))


def _story(frame: Frame, key: int, number: float, text: str, first: int, last: int) -> Story:
    title, artists, face = tops.named(frame, Of.TRACKS, key)
    begin, end = zone.day(first), zone.day(last)
    told = text.format(last=words.short_day(end, year=True), span=words.days(begin, end))
    tracks = frame.tracks
    return Story(
        key, title, artists, told, number, tracks.uri[face], tracks.cover_url[face], begin, end
    )


def _in_year(day: date, year: int) -> date | None:
    """The same day of another year; None for a 29 February that it does not have."""
    try:
        return day.replace(year=year)
    except ValueError:
        return None

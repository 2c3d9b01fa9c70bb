"""Cards that draw: days round a ring, a track's dots, the clock."""

from math import cos, pi, sin

from ttt import words
from ttt.chartdata.recap import Favourite, Recap
from ttt.charts import theme as style
from ttt.charts.cards.paper import EDGE, INNER, LETTERS, Paper, cover, fitted, say, sheet

_MIDDLE = (540, 690)


def ring(recap: Recap, paper: Paper) -> str:
    """A day a ray; dashes are days that were not recorded."""
    known = sorted(v for v in recap.daily if v)
    most = known[min(len(known) - 1, int(len(known) * 0.99))] if known else 1
    count = len(recap.daily)
    rays = "".join(_ray(paper, n / count, v, most, count) for n, v in enumerate(recap.daily))
    x, y = _MIDDLE
    about, sign = ("about ", "~") if recap.minutes_about else ("", "")
    body = (
        f'<g stroke-linecap="round">{rays}</g>{_months(recap, paper)}'
        + say(x, y + 8, f"{sign}{recap.minutes:,.0f}", 104, paper.ink, weight=700, anchor="middle")
        + say(x, y + 62, "minutes heard", 34, paper.quiet, anchor="middle")
    )
    if recap.busiest:
        day, plays = recap.busiest
        text = f"Most on {day.day} {day:%B}: {plays:,} plays"
        body += say(EDGE, 1196, text, 36, paper.ink, weight=600)
    foot = recap.missing or recap.dates
    said = f"{about}{recap.minutes:,.0f} minutes heard, {recap.plays:,} plays"
    return sheet(paper, recap.name, "Each ray is a day", body, foot, said)


def _ray(paper: Paper, share: float, value: float | None, most: float, count: int) -> str:
    angle = 2 * pi * share - pi / 2
    if value is None:
        line, length = f'stroke="{paper.quiet}" stroke-width="1.4" stroke-dasharray="3 7"', 90.0
    else:
        part = min(value / most, 1)
        colour = style.mix(paper.shade(0.6), paper.tint, part)
        wide = 3.4 if count > 120 else 8
        line, length = f'stroke="{colour}" stroke-width="{wide}"', 6 + part * 178
    (x1, y1), (x2, y2) = _at(250, angle), _at(250 + length, angle)
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" {line}/>'


def _at(radius: float, angle: float) -> tuple[float, float]:
    x, y = _MIDDLE
    return round(x + radius * cos(angle), 1), round(y + radius * sin(angle), 1)


def _months(recap: Recap, paper: Paper) -> str:
    """First letters of the months inside the ring, where it has room for them."""
    days = len(recap.daily)
    notes = []
    for start in recap.starts if 60 < days < 800 else ():
        middle = (start.toordinal() + 14 - recap.first.toordinal()) / days
        if 0 < middle < 1:
            x, y = _at(218, 2 * pi * middle - pi / 2)
            letter = LETTERS[start.month - 1]
            notes.append(say(x, y + 10, letter, 30, paper.quiet, anchor="middle"))
    return "".join(notes)


def favourite(recap: Recap, paper: Paper) -> str:
    """The track of the time, with a dot a play: day across, hour down."""
    top = recap.favourite
    if top is None:
        return ""
    title, artist = top.row.title, top.row.subtitle
    size = 72 if len(title) < 24 else 54
    body = (
        cover(paper, artist or title, (EDGE, 236, 520), 0)
        + _numbers(recap, top, paper)
        + say(EDGE, 850, fitted(title, INNER, size), size, paper.ink, weight=700)
        + say(EDGE, 904, fitted(artist, INNER, 38), 38, paper.quiet)
        + say(EDGE, 980, "each play: day across, hour down", 32, paper.quiet)
        + _dots(top, paper)
    )
    said = f"{title} by {artist}: {recap.written(top.row)} {recap.by}"
    return sheet(paper, recap.name, f"The track you {recap.by.done} most", body, recap.dates, said)


def _numbers(recap: Recap, top: Favourite, paper: Paper) -> str:
    weeks = "week at number one" if top.weeks_at_one == 1 else "weeks at number one"
    numbers = (
        (recap.written(top.row), str(recap.by)),
        (f"{top.weeks_at_one}", weeks),
        (f"{top.hours:,.0f}", "hours"),
    )
    return "".join(
        say(650, 330 + n * 172, number, 104, paper.ink, weight=700)
        + say(650, 376 + n * 172, words, 34, paper.quiet)
        for n, (number, words) in enumerate(numbers)
    )


def _dots(top: Favourite, paper: Paper) -> str:
    dots = "".join(
        f'<circle cx="{EDGE + INNER * x:.0f}" cy="{1000 + y / 24 * 170:.0f}" r="6"/>'
        for x, y in top.dots
    )
    return f'<g fill="{paper.tint}" fill-opacity=".62">{dots}</g>'


def clock(recap: Recap, paper: Paper) -> str:
    """The day as a dial, the fullest hour named."""
    most = max(recap.hours)
    best = recap.hours.index(most)
    wedges = "".join(
        _wedge(paper, hour, value / most, hour == best) for hour, value in enumerate(recap.hours)
    )
    numbers = "".join(
        say(*_dial(hour), hour, 32, paper.quiet, weight=600, anchor="middle")
        for hour in (0, 3, 6, 9, 12, 15, 18, 21)
    )
    night = sum(recap.hours[22:]) + sum(recap.hours[:5])
    total = sum(recap.hours)
    between = f"between {words.hour(best)} and {words.hour(best + 1)}"
    part = f"{words.share(most, total)} of your plays begin {between}"
    owl = f"{words.share(night, total)} between {words.hour(22)} and {words.hour(5)}"
    body = (
        wedges
        + numbers
        + say(EDGE, 1150, part, 36, paper.ink, weight=600)
        + say(EDGE, 1200, owl, 34, paper.quiet)
    )
    foot = f"{recap.dates} · {recap.zone} time"
    return sheet(paper, recap.name, f"{words.hour(best)} is your hour", body, foot, part)


def _wedge(paper: Paper, hour: int, share: float, best: bool) -> str:
    inner, outer = 150, 168 + 240 * share
    low, high = (-pi / 2 + 2 * pi * (hour + part) / 24 for part in (0.06, 0.94))
    colour = paper.tint if best else paper.shade(0.62 if paper.dark else 0.5)
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = (
        *(_at(inner, low), _at(outer, low)),
        *(_at(outer, high), _at(inner, high)),
    )
    return (
        f'<path d="M{ax},{ay} L{bx},{by} A{outer:.0f},{outer:.0f} 0 0 1 {cx},{cy} L{dx},{dy} '
        f'A{inner},{inner} 0 0 0 {ax},{ay}Z" fill="{colour}"/>'
    )


def _dial(hour: int) -> tuple[float, float]:
    x, y = _at(116, -pi / 2 + 2 * pi * (hour + 0.5) / 24)
    return x, y + 11

"""Cards that name: tracks, artists, albums, newcomers, climbers, and the longest sitting."""

from collections.abc import Sequence

from ttt.chartdata import TopRow
from ttt.chartdata.recap import Recap
from ttt.charts.cards.paper import EDGE, INNER, WIDTH, Paper, cover, fitted, say, sheet

_LISTED = 5


def tracks(recap: Recap, paper: Paper) -> str:
    """Five tracks with their plays or minutes."""
    return _five(recap, paper, recap.tracks, f"Five tracks you {recap.by.done} most")


def artists(recap: Recap, paper: Paper) -> str:
    """Five artists with their plays or minutes."""
    return _five(recap, paper, recap.artists, f"Five artists you {recap.by.done} most")


def albums(recap: Recap, paper: Paper) -> str:
    """Five albums with their plays or minutes."""
    return _five(recap, paper, recap.albums, f"Five albums you {recap.by.done} most")


def climbers(recap: Recap, paper: Paper) -> str:
    """Artists that climbed most places since the time before."""
    rows = recap.climbers
    numbers = [f"▲ {row.climbed}" for row in rows]
    foot = f"places since {recap.before_name}"
    return _list(recap, paper, rows, ("Artists on their way up", numbers, foot)) if rows else ""


def newcomers(recap: Recap, paper: Paper) -> str:
    """How many artists were heard for the first time, and the five of them played most."""
    if not recap.newcomers:
        return ""
    first = recap.newcomers[0]
    most = f"most of all {first.title}, {recap.by}: {recap.written(first)}"
    listed = recap.newcomers[:_LISTED]
    body = say(EDGE - 4, 394, f"{recap.new_artists:,}", 170, paper.ink, weight=700) + "".join(
        _newcomer(paper, row, recap.written(row), n) for n, row in enumerate(listed)
    )
    title = "Artists you had never played before"
    foot = f"{recap.by}, {recap.dates}"
    return sheet(paper, recap.name, title, body, foot, f"{recap.new_artists} new artists; {most}")


def _newcomer(paper: Paper, row: TopRow, number: str, n: int) -> str:
    y = 472 + n * 148
    return (
        cover(paper, row.title, (EDGE, y, 116), n)
        + say(EDGE + 148, y + 72, fitted(row.title, 600, 42), 42, paper.ink, weight=700)
        + say(WIDTH - EDGE, y + 72, number, 46, paper.ink, weight=700, anchor="end")
    )


def sitting(recap: Recap, paper: Paper) -> str:
    """The longest sitting and the longest run of days."""
    longest = recap.sitting
    if longest is None:
        return ""
    hours, minutes = divmod(round(longest.seconds / 60), 60)
    began = longest.began
    when = f"on {began.day} {began:%B}, from {began:%H:%M}"
    what = f"{longest.plays:,} plays, {longest.most_heard} most of all"
    body = (
        say(EDGE - 6, 470, f"{hours} h {minutes:02}", 200, paper.ink, weight=700)
        + say(EDGE, 540, when, 40, paper.ink)
        + say(EDGE, 596, fitted(what, INNER, 36), 36, paper.quiet)
        + f'<rect x="{EDGE}" y="690" width="{INNER}" height="2" fill="{paper.shade(0.6)}"/>'
        + say(EDGE - 6, 930, f"{recap.streak:,}", 200, paper.tint, weight=700)
        + say(EDGE, 1000, "days in a row with music", 40, paper.ink)
        + say(EDGE, 1056, "days that were not recorded neither count nor end it", 34, paper.quiet)
    )
    said = f"The longest sitting: {hours} h {minutes} min {when}; {recap.streak} days in a row"
    return sheet(paper, recap.name, "Without a break", body, recap.missing or recap.dates, said)


def _five(recap: Recap, paper: Paper, rows: Sequence[TopRow], title: str) -> str:
    if not rows:
        return ""
    foot = f"{recap.by}, {recap.dates}"
    return _list(recap, paper, rows, (title, [recap.written(row) for row in rows], foot))


def _list(
    recap: Recap, paper: Paper, rows: Sequence[TopRow], words: tuple[str, list[str], str]
) -> str:
    title, numbers, foot = words
    parts = []
    for n, (row, number) in enumerate(zip(rows, numbers, strict=True)):
        y = 266 + n * 186
        height = y + (68 if row.subtitle else 92)
        colour = paper.tint if n == 0 else paper.quiet
        parts += [
            say(EDGE, y + 98, n + 1, 66, colour, weight=700),
            cover(paper, row.subtitle if row.uri else row.title, (164, y, 148), n),
            say(346, height, fitted(row.title, 480, 42), 42, paper.ink, weight=700),
            say(346, y + 116, fitted(row.subtitle, 480, 34), 34, paper.quiet),
            say(WIDTH - EDGE, y + 92, number, 46, paper.ink, weight=700, anchor="end"),
        ]
    pairs = enumerate(zip(rows, numbers, strict=True), start=1)
    said = "; ".join(f"{n} {row.title}, {number}" for n, (row, number) in pairs)
    return sheet(paper, recap.name, title, "".join(parts), foot, f"{title}: {said}")

"""What leads, what moved and what this day once brought, for whoever has plays."""

from collections.abc import Mapping
from dataclasses import replace

from ttt import words
from ttt.chartdata import By, Of, Story
from ttt.music import Period
from ttt.services.plays.frame import usual
from ttt.services.plays.measures import tops as tops_measure
from ttt.services.plays.measures.discoveries import stories
from ttt.services.top import home
from ttt.services.top.top_tracks import TopList
from ttt.ui.frame import notices
from ttt.ui.lists import lists
from ttt.ui.plays import panel, rows
from ttt.ui.plays.history import History
from ttt.ui.plays.start import behind
from ttt.ui.tracks import cards

_FIVE, _THREE, _YEARS = 5, 3, 6


def top(plays: History, tops: Mapping[Period, TopList]) -> None:
    """Spotify's first five of four weeks with the plays behind them; without it, one's own."""
    spotifys = tops[Period.SHORT_TERM]
    if spotifys.rows:
        note, link = "last 4 weeks, by Spotify", ("top-tracks", f"All {len(spotifys.rows)}")
        cards.tracks(
            *("Top five", spotifys.rows[:_FIVE], "", note, _plays(plays, spotifys), link),
            heard=behind.heard(plays),
        )
        notices.unread(spotifys.unread, "row", spotifys.length)
        return
    span = usual.span("4w", plays.whole, plays.today)
    data = panel.measured(
        ("tops", plays.stamp, span.key, Of.TRACKS, By.PLAYS),
        lambda: tops_measure.tops(plays.frame, span, Of.TRACKS, By.PLAYS),
    )
    when = "of all time" if span.key == "all" else "last 4 weeks"
    cards.heading("Top five", f"{when}, by plays", ("my-charts", "My charts"))
    first = data.rows[:_FIVE]
    shown = zip(rows.tops(first, Of.TRACKS, plays.frame.tracks), first, strict=True)
    counted = [replace(row, number=words.counted(top.value, "play")) for row, top in shown]
    rows.show(counted, "Nothing was played yet.")


def moved(plays: History, tops: Mapping[Period, TopList]) -> None:
    """What moved most on Spotify's list of four weeks; nothing without one."""
    spotifys = tops[Period.SHORT_TERM]
    if spotifys.rows:
        cards.tracks(
            "What moved",
            home.movers(spotifys.rows, _THREE),
            "Nothing yet: moves show from the second list on.",
            lists.since(spotifys),
            _plays(plays, spotifys),
            heard=behind.heard(plays),
        )


def on_this_day(plays: History) -> None:
    """What led on this day in earlier years."""
    data = panel.measured(
        ("On this day", plays.stamp, By.PLAYS),
        lambda: stories.on_this_day(plays.frame, plays.today),
    )
    cards.heading("On this day", words.day(plays.today), ("discoveries", "Discoveries"))
    listed = [_of_a_year(story, plays) for story in data.rows[:_YEARS]]
    rows.show(listed, "Nothing was played on this day in earlier years.")


def _of_a_year(story: Story, plays: History) -> rows.Row:
    return rows.Row(
        *("", story.title, "", words.counted(story.number, "play")),
        rows.link(Of.TRACKS, story.key, plays.frame.tracks),
        story.cover_url,
        by=story.artists,
        names=rows.by(story.artists, plays.frame.tracks),
        year=story.first.year if story.first else None,
    )


def _plays(plays: History, top: TopList) -> dict[str, int]:
    return {uri: found.plays for uri, found in behind.of(plays, top).of.items() if found.plays}

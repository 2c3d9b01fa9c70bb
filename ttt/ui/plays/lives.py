"""The page of one track, artist, album or genre."""

from dataclasses import dataclass, replace

import streamlit as st

from ttt import words
from ttt.chartdata import Caption, Life, Of, Step, TopRow, Tops
from ttt.charts.plays import life as figures
from ttt.services.person import Person
from ttt.services.plays.frame import Span
from ttt.services.plays.frame.span import everything
from ttt.services.plays.measures import life, tops
from ttt.ui.figures import in_numbers
from ttt.ui.frame import address, layout, navigation, notices
from ttt.ui.plays import choices, hiding, history, joining, listening, make, panel, rows
from ttt.ui.plays.choices import Chosen
from ttt.ui.plays.history import History
from ttt.ui.plays.parts import about, finding, one_track

# What narrows a page of one thing: a track has one artist, and a genre is chosen by its page.
_NARROWED = {
    Of.TRACKS: ("source", "private"),
    Of.ALBUMS: ("source", "private"),
    Of.ARTISTS: ("source", "genre", "private"),
    Of.GENRES: ("source", "artist", "private"),
}
_BY = {Of.TRACKS: "id", Of.ALBUMS: "id", Of.ARTISTS: "name", Of.GENRES: "name"}


@dataclass(frozen=True, slots=True)
class _Shown:
    """Which thing is shown, in which plays, and of what time; None for all of it."""

    plays: History
    of: Of
    key: int
    chosen: Chosen

    @property
    def span(self) -> Span | None:
        """The time that was chosen."""
        return None if self.chosen.range in ("", "all") else self.chosen.span(self.plays)

    @property
    def stamp(self) -> tuple[object, ...]:
        """Tells all that the page looks at."""
        key = self.span.key if self.span else ""
        return (self.plays.stamp, self.of, self.key, key, self.chosen.by)


def page(person: Person, of: Of) -> None:
    """Everything about the one that the address names, in the time that it names."""
    told = address.of_page(["id", "name"])
    chosen = choices.now("all")
    plays = history.read(person, chosen.narrowed(_NARROWED[of]))
    history.stop_without_plays(person, plays, of.one.capitalize())
    key = finding.key(plays.frame, of, told.get(_BY[of], ""))
    if key is None:
        _not_among_plays(of)
        return
    shown = _Shown(plays, of, key, chosen)
    data = panel.measured(
        ("life", *shown.stamp),
        lambda: life.life(plays.frame, of, key, plays.today, shown.span, chosen.by),
    )
    _head(shown, data)
    left, right = layout.pair("life", 2.1)
    with left:
        _figures(shown, data)
    with right:
        if of is Of.TRACKS:
            one_track.show(person, plays, key, shown.span)
        else:
            _most_heard(person, shown)
            _counted(person, plays, of, key)
    if of is Of.TRACKS:
        _below_a_track(person, plays, key)


def _not_among_plays(of: Of) -> None:
    layout.head(of.one.capitalize())
    st.info(f"No {of.one} of this address is among your plays.", icon=":material/search_off:")
    everything_heard = navigation.page("listening")
    st.page_link(everything_heard, label="All that you heard", icon=":material/monitoring:")


def _below_a_track(person: Person, plays: History, key: int) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        one_track.alike(person, plays, key)
    with right:
        _counted(person, plays, Of.TRACKS, key)


def _head(shown: _Shown, data: Life) -> None:
    plays, of = shown.plays, shown.of
    with layout.head(notices.plain(data.name), face=about.face(plays.frame, of, shown.key)):
        about.show(plays.frame, of, shown.key, plays.stamp)
    with layout.choices():
        choices.ranges(shown.chosen, plays)
        choices.counted(shown.chosen)
        choices.narrowing(shown.chosen, plays, _NARROWED[of])
        panel.switch()
    st.html(panel.numbered(_numbers(shown, data), "life"))


def _numbers(shown: _Shown, data: Life) -> list[in_numbers.Number]:
    best, times = data.peak or (None, 0)
    steps = f"for {words.counted(times, data.step)}" if best else "never on your charts"
    return [
        _played(shown, data),
        in_numbers.Number("Hours", f"{data.minutes / 60:,.1f}", about=data.about),
        _first_heard(data),
        in_numbers.Number("Best place", str(best) if best else "none", words=steps, short=steps),
    ]


def _played(shown: _Shown, data: Life) -> in_numbers.Number:
    skipped = words.share(data.skips, data.plays + data.skips)
    before = ""
    if data.plays_before is not None and shown.span and shown.span.before:
        before = f"{words.whole(data.plays_before)} in {shown.span.before.name}"
    return in_numbers.Number(
        "Plays",
        f"{data.plays:,}",
        words=" · ".join(filter(None, (before, f"skipped {skipped} of the times it began"))),
        short=before or f"{skipped} skipped",
    )


def _first_heard(data: Life) -> in_numbers.Number:
    last = words.short_day(data.last, year=True) if data.last else ""
    return in_numbers.Number(
        "First heard",
        words.short_day(data.first) if data.first else None,
        str(data.first.year) if data.first else "",
        words=f"last on {last}" if last else "",
        short=f"last {last}" if last else "",
    )


def _figures(shown: _Shown, data: Life) -> None:
    alive = panel.chart("Its life with you", shown.stamp, lambda: data, figures.figure)
    name = f"{shown.chosen.by.capitalize()} by {data.step}"
    stamp, above = shown.stamp, data.caption.coverage  # which the first of them says
    steps = panel.chart(name, (*stamp, "steps"), lambda: _steps(data), figures.months, above=above)
    place = "Place among your genres" if shown.of is Of.GENRES else "Place on your charts"
    ranks = panel.chart(place, (*stamp, "ranks"), lambda: _ranks(data), figures.places, above=above)
    panel.show(alive, steps, ranks)


def _steps(data: Life) -> Life:
    known = [(n or 0, start) for n, start in zip(data.each, data.starts, strict=True)]
    most, start = max(known)
    when = words.month(start)
    if data.step is Step.WEEK:
        when = f"the week of {words.day(start)}"
    return _said(data, f"Most in {when}: {most:,}" if most else _none(data))


def _none(data: Life) -> str:
    return "Never played" if data.first is None else "Not played in this time"


def _ranks(data: Life) -> Life:
    if data.peak is None:
        return _said(data, f"Never among the first forty of a {data.step}")
    best, times = data.peak
    return _said(data, f"Number {best} in {words.counted(times, data.step)}")


def _said(data: Life, takeaway: str) -> Life:
    return replace(data, caption=Caption(takeaway, data.caption.coverage, ""))


def _counted(person: Person, plays: History, of: Of, key: int) -> None:
    """What the person decides about it: whether charts show it, and what counts as one with it."""
    tracks = plays.frame.tracks
    if of is Of.TRACKS:
        track_id, joined, others = panel.measured(
            ("ids", plays.stamp, key), lambda: life.ids(plays.frame, key)
        )
        joining.offer(person, track_id, joined, others)
        hiding.button(person, track_id=track_id)
    elif of is Of.ALBUMS:
        artist = tracks.artist_names[int(tracks.album_artist[key])]
        hiding.button(person, artist=artist, album=tracks.album_names[key])
    elif of is Of.ARTISTS:
        hiding.button(person, artist=tracks.artist_names[key])


def _beside(shown: _Shown, row: rows.Row, top: TopRow) -> rows.Row:
    """The row without what the page says already; on an artist's page with the album."""
    if shown.of is Of.GENRES:
        return row
    if shown.of is Of.ALBUMS:
        return replace(row, names=())
    face = tops.named(shown.plays.frame, Of.TRACKS, top.key)[2]
    return replace(row, names=tuple(about.album(shown.plays.frame, face)))


def _most_heard(person: Person, shown: _Shown) -> None:
    plays, of, key = shown.plays, shown.of, shown.key
    span = shown.span or everything(plays.begins, plays.ends, plays.today)

    def most_heard() -> Tops:
        mine = life.part(plays.frame, of, key)
        return tops.tops(mine, span, Of.TRACKS, shown.chosen.by, 20)

    data = panel.measured(("most heard", *shown.stamp), most_heard)
    tracks = plays.frame.tracks
    pairs = zip(rows.tops(data.rows[:10], Of.TRACKS, tracks), data.rows, strict=False)
    listed = [_beside(shown, row, top) for row, top in pairs]
    above = listening.recorded(plays, span)
    panel.show(panel.listed("Most heard", data, listed, above=above, tracks=tracks))
    name = tops.named(plays.frame, of, key)[0]
    make.offer(person, [row.uri for row in data.rows], name, "most heard")

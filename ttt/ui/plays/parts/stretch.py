"""A stretch of time that is chosen on the river, by a drag or by two dates, and its tracks."""

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from ttt import words
from ttt.chartdata import Of, River
from ttt.charts.plays.mood import river
from ttt.charts.theme import ThemeName, theme
from ttt.errors import InvalidInput
from ttt.services.person import Person
from ttt.services.plays.frame import Span
from ttt.services.plays.frame.span import between
from ttt.services.plays.measures import tops
from ttt.ui.figures import choosing, told
from ttt.ui.figures.choosing import Event
from ttt.ui.frame import address, browser, layout, notices
from ttt.ui.frame.listing import as_table
from ttt.ui.plays import make, mood, panel, rows
from ttt.ui.plays.mood import Seen
from ttt.ui.plays.panel import Panel

_NAME, _PART = "Mood over time", "stretch"
_SHOWN = 10


def over_time(shown: Seen) -> Span | None:
    """The river; a drag over it chooses a stretch, and two dates below do the same."""
    chosen, data = _chosen(shown), mood.ribbons(shown)
    # On a phone a drag scrolls the page, and where nothing is drawn there is nothing to drag over.
    drawn = not as_table.chosen() and any(any(ribbon.spreads) for ribbon in data.ribbons)
    still = browser.touch() or not drawn
    days = (chosen.first, chosen.last) if chosen else None
    if not still:
        choosing.listen("stretch chosen", _dragged(shown))
    look = (days, browser.theme(), browser.touch(), still)
    told = panel.measured(
        ("river", shown.stamp, look), lambda: _told(data, mood.known(shown), *look)
    )
    with st.container(key="river"):
        panel.show(Panel(_NAME, told, data))
        # What stands under the river waits unseen for it (style.css), so not where none comes.
        with st.container(key="stretch-dates" if drawn else "stretch-days"):
            _dates(shown, chosen, still)
    return chosen


def tracks(person: Person, shown: Seen, days: Span) -> None:
    """What was heard most in a stretch, to be used."""
    history = shown.history
    data = panel.measured(
        ("stretch", history.stamp, days.key, shown.by),
        lambda: tops.tops(history.frame, days, Of.TRACKS, shown.by),
    )
    when = words.days(days.first, days.last)
    all_tracks = history.frame.tracks
    listed = rows.tops(data.rows[:_SHOWN], Of.TRACKS, all_tracks)
    panel.show(panel.listed(f"Heard {when}", data, listed, tracks=all_tracks))
    if len(data.rows) > _SHOWN:
        st.caption(f"The first {_SHOWN} of {len(data.rows)} by {shown.by}; all of them are taken")
    make.offer(person, [row.uri for row in data.rows], f"Heard {when}", "stretch")


def _chosen(shown: Seen) -> Span | None:
    """What the address names, if it is two days."""
    first, _, last = address.of_page([_PART]).get(_PART, "").partition("..")
    try:
        begin, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None
    today = shown.history.today
    if not date(2000, 1, 1) <= begin <= end or begin > today:
        return None
    return between(begin, end, today)


def _dragged(shown: Seen) -> Callable[[Event], None]:
    def take(event: Event) -> None:
        if event.box is None:
            return
        try:
            ends = sorted(map(_day, event.box[0]))
        except (TypeError, ValueError, OverflowError):
            return
        first, last = max(ends[0], shown.span.first), min(ends[1], shown.span.last)
        if first <= last:
            _keep(first, last)

    return take


def _day(place: Any) -> date:
    """The day at a place of the axis, which Plotly tells as a date or in milliseconds."""
    if isinstance(place, str):
        return date.fromisoformat(place[:10])
    return date.fromordinal(date(1970, 1, 1).toordinal() + int(place // 86_400_000))


def _keep(first: date, last: date) -> None:
    address.keep({_PART: f"{first}..{last}"})


def _dates(shown: Seen, chosen: Span | None, still: bool) -> None:
    """Two days that choose the same as a drag, under a button."""
    with st.container(horizontal=True, vertical_alignment="center"):
        label = words.days(chosen.first, chosen.last) if chosen else "Choose days"
        place = layout.popover(label, ":material/date_range:", "stretch days", name="Choose days")
        if place is not None:
            with place:
                _form(shown, chosen)
        if chosen:
            st.button("Clear", type="tertiary", key="clear stretch", on_click=_clear)
        else:
            how = "Choose two days" if still else "Drag over the chart, or choose two days,"
            st.caption(f"{how} to see and use what you heard then.")


def _form(shown: Seen, chosen: Span | None) -> None:
    with st.form("stretch", border=False):
        first = _date("From", chosen.first if chosen else None, shown.span)
        last = _date("Until", chosen.last if chosen else None, shown.span)
        sent = st.form_submit_button("Show its tracks", icon=":material/queue_music:")
    if sent and first and last:
        _keep(*sorted((first, last)))
        st.rerun()
    if sent:
        notices.trouble(InvalidInput("Choose the first and the last day."))


def _clear() -> None:
    address.keep({_PART: ""})


def _date(label: str, day: date | None, span: Span) -> date | None:
    """A field for a day of the span, which holds what is chosen."""
    inside = None if day is None else min(max(day, span.first), span.last)
    return st.date_input(
        label,
        inside,
        min_value=span.first,
        max_value=span.last,
        format="YYYY-MM-DD",
        width=150,
        key=f"{label} {span.key} {day}",
    )


def _told(
    data: River,
    above: str,
    days: tuple[date, date] | None,
    colours: ThemeName,
    touch: bool,
    still: bool,
) -> str:
    drawn = river.figure(data, theme(colours), narrow=touch, stretch=days, selectable=not touch)
    by: told.Choosing = "" if still else "stretch"
    # The page has the name already.
    name = f"{data.step} by {data.step}".capitalize()
    body = panel.place(drawn, _NAME, by=by, what="river")
    return panel.html(name, data.caption, body, above=above)

"""The row in which people choose what time and which plays they see; it stands in the address."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

import streamlit as st

from ttt.chartdata import By, Of
from ttt.errors import InvalidInput
from ttt.plays import PlaySource
from ttt.services.plays.frame import Narrowing, Span, usual
from ttt.services.plays.frame.span import read as read_span
from ttt.services.plays.measures import coverage, tops
from ttt.ui.frame import address, layout
from ttt.ui.plays.history import History

FILTERS = ("source", "artist", "genre", "private")
NAMES = ("range", "by", "source", "artist", "genre", "private")
_RANGES = {"4w": "4 weeks", "6m": "6 months", "1y": "A year", "all": "All"}
_MOST_NAMES = 300


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address asks for: a span's key, plays or minutes, and which plays.

    `usual` is the key of the span where it asks for none.
    """

    range: str
    usual: str
    by: By
    narrowing: Narrowing

    def narrowed(self, by: Collection[str]) -> Narrowing:
        """What the address asks for, as far as a page can be narrowed `by` it."""
        return Narrowing(**{name: getattr(self.narrowing, name) for name in FILTERS if name in by})

    def span(self, history: History) -> Span:
        """The span; the usual one where the address names none, or all if that has no plays."""
        try:
            return read_span(self.range, history.begins, history.today, history.ends)
        except InvalidInput:
            return usual.span(self.usual, history.whole, history.today)


def now(usually: str = "1y", by: By = By.PLAYS) -> Chosen:
    """What the address says; without a word of it the range shown `usually`, counted `by`."""
    told = address.of_page(NAMES)
    source = told.get("source", "")
    known = {str(int(each)): each for each in PlaySource}
    return Chosen(
        told.get("range", ""),
        usually,
        next((one for one in By if one == told.get("by")), by),
        Narrowing(
            known.get(source),
            told.get("artist"),
            told.get("genre"),
            told.get("private") == "yes",
        ),
    )


def ranges(chosen: Chosen, history: History, *, within: bool = False) -> None:
    """Four stretches up to today, or any year, month or days; `within` something that opens."""
    span = chosen.span(history)
    st.session_state["plays range"] = span.key if span.key in _RANGES else None
    st.segmented_control(
        "Time",
        list(_RANGES),
        format_func=_RANGES.__getitem__,
        label_visibility="collapsed",
        key="plays range",
        on_change=_keep_range,
    )
    if within:
        # What opens holds nothing that opens itself.
        _dated(chosen, history, span)
        return
    label = span.name if chosen.range and chosen.range not in _RANGES else "Dates"
    place = layout.popover(label, ":material/calendar_month:", "plays dates", name="Dates")
    if place is not None:
        with place:
            _dated(chosen, history, span)


def counted(chosen: Chosen) -> None:
    """Plays or minutes."""
    address.choice("by", "Counted in", list(By), chosen.by, "plays by")


def narrowing(
    chosen: Chosen, history: History, by: Collection[str] = FILTERS, *, time: bool = False
) -> None:
    """A source, an artist or a genre alone, and private sessions, as far as `by` has them.

    With `time` the range is chosen there too, where the row has no room for it.
    """
    told = chosen.narrowing
    set_ = {name: getattr(told, name) for name in FILTERS if name in by}
    count = sum(map(bool, set_.values())) + (time and chosen.range not in ("", chosen.usual))
    label = f"Filter · {count}" if count else "Filter"
    place = layout.popover(label, ":material/filter_list:", "plays filter", name="Filter plays")
    if place is not None:
        with place:
            if time:
                ranges(chosen, history, within=True)
            _filters(told, history, by)


def _filters(told: Narrowing, history: History, by: Collection[str]) -> None:
    if "source" in by:
        sources = [str(int(source)) for source in history.whole.sources]
        _select("source", "Source", sources, _source, _text(told.source))
    if "artist" in by:
        _select("artist", "Artist", _artists(history), str, told.artist)
    if "genre" in by:
        _select("genre", "Genre", sorted(history.whole.tracks.genre_names), str, told.genre)
    if "private" in by:
        _private(told.private)


def stop_without_any(chosen: Chosen, history: History, span: Span | None = None) -> None:
    """Where no play is left in, or none of the span, say why and what to do, and nothing else."""
    why = coverage.nothing(history.frame, history.whole, span)
    if not why:
        return
    st.info(f"{why}.")
    if any(getattr(chosen.narrowing, name) for name in FILTERS):
        st.button("Clear", on_click=lambda: address.keep(dict.fromkeys(FILTERS, "")))
    st.stop()


def _private(shown: bool) -> None:
    st.session_state["plays private"] = shown
    st.toggle(
        "With private sessions",
        key="plays private",
        on_change=lambda: address.keep(
            {"private": "yes" if st.session_state["plays private"] else ""}
        ),
    )


def _artists(history: History) -> list[str]:
    """Those heard most, by their names: nobody looks through thousands."""
    whole = history.whole
    return whole.keep(
        "artists to choose",
        lambda: sorted(
            (
                whole.tracks.artist_names[key]
                for key in tops.ranked(whole, Of.ARTISTS, By.PLAYS, _MOST_NAMES)
            ),
            key=str.casefold,
        ),
    )


def _text(source: PlaySource | None) -> str | None:
    return None if source is None else str(int(source))


def _source(key: str) -> str:
    return PlaySource(int(key)).label


def _select(
    name: str, label: str, options: list[str], form: Callable[[str], str], chosen: str | None
) -> None:
    key = f"plays {name}"
    shown = options if chosen is None or chosen in options else [chosen, *options]
    st.session_state[key] = chosen
    st.selectbox(
        label,
        shown,
        index=None,
        format_func=form,
        placeholder="All",
        key=key,
        on_change=lambda: address.keep({name: st.session_state[key] or ""}),
    )


def _dated(chosen: Chosen, history: History, span: Span) -> None:
    options = _dated_keys(history)
    st.session_state["plays dated"] = chosen.range if chosen.range in options else None
    st.selectbox(
        "A year or a month",
        options,
        index=None,
        format_func=_named,
        placeholder="Choose",
        key="plays dated",
        on_change=lambda: address.keep({"range": st.session_state["plays dated"] or ""}),
    )
    st.session_state["plays days"] = (span.first, span.last)
    st.date_input(
        "From and until",
        min_value=date(2000, 1, 1),
        max_value=history.today,
        key="plays days",
        on_change=_keep_days,
    )


def _dated_keys(history: History) -> list[str]:
    """Years, the latest first, each followed by its months."""
    keys = []
    for year in range(history.today.year, history.begins.year - 1, -1):
        keys.append(str(year))
        last = history.today.month if year == history.today.year else 12
        first = history.begins.month if year == history.begins.year else 1
        keys += [f"{year}-{month:02}" for month in range(last, first - 1, -1)]
    return keys


def _named(key: str) -> str:
    if len(key) == 4:
        return key
    return f"{date(int(key[:4]), int(key[5:]), 1):%B %Y}"


def _keep_range() -> None:
    # A second press on the chosen one would leave none.
    if chosen := st.session_state["plays range"]:
        address.keep({"range": chosen})


def _keep_days() -> None:
    days = st.session_state["plays days"]
    if len(days) == 2:
        address.keep({"range": f"{days[0]}..{days[1]}"})

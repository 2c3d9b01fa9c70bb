"""Charts as they are shown: one at a time, each with its source, to add to trending from."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import pandas as pd
import streamlit as st

from ttt.found import Chart, PlaysPeriod
from ttt.services import charting, discover, listening
from ttt.services.charting import ChartList, ChartRow
from ttt.services.explain import clock
from ttt.services.matching import Searched
from ttt.services.person import Person
from ttt.ui import browser, covers, navigation, notices, process, receipts
from ttt.ui.table import move

_PAGES = {
    Chart.DEEZER: "The chart of [Deezer](https://www.deezer.com), of all countries.",
    Chart.LISTENBRAINZ: "Most played within a week by everybody on "
    "[ListenBrainz](https://listenbrainz.org).",
    Chart.APPLE: "Most played on [Apple Music](https://music.apple.com/{country}), {COUNTRY}.",
    Chart.LASTFM: f"The chart of [Last.fm](https://www.last.fm/charts), {notices.LASTFM_CREDIT}.",
}
_POPULARITY = "Popularity"
_COUNTED = {Chart.LISTENBRAINZ: "Listens", Chart.LASTFM: "Plays"}


class Own(StrEnum):
    """Lists beside the public charts."""

    CATALOGUE = "Catalogue, 2022"
    PLAYS = "Your Last.fm"


Tab = Chart | Own


def choose() -> Tab:
    """Let the person choose a list; the public charts come first."""
    tabs: list[Tab] = [*discover.shown(process.context()), Own.CATALOGUE, Own.PLAYS]
    return st.segmented_control(
        "Chart",
        tabs,
        default=tabs[0],
        required=True,
        format_func=lambda tab: tab.label if isinstance(tab, Chart) else tab.value,
        label_visibility="collapsed",
        key="chart",
        bind="query-params",
    )


def load(person: Person, tab: Tab) -> ChartList | None:
    """Fetch a list if it is older than a day, say whose it is, and return it.

    None when there is nothing to show, which is said.
    """
    if isinstance(tab, Chart):
        return _public(tab)
    return _from_catalogue() if tab is Own.CATALOGUE else _own_plays(person)


def counted(tab: Tab) -> str:
    """What the number of a list counts."""
    if isinstance(tab, Chart):
        return _COUNTED.get(tab, "Plays")
    return _POPULARITY if tab is Own.CATALOGUE else "Plays"


def headline(chart: ChartList) -> None:
    """Say what moved most, or what is on top."""
    st.markdown(f"**{notices.plain(charting.takeaway(chart))}**")


def state(chart: ChartList) -> None:
    """One line: how much of it is matched, how fresh it is, and since when movements count."""
    zone, total = browser.zone(), len(chart.rows)
    matched = sum(row.uri is not None for row in chart.rows)
    parts = [f"{total} tracks" if matched == total else f"{matched} of {total} matched to Spotify"]
    if chart.taken_at is not None:
        parts.append(f"as of {clock(chart.taken_at, zone)}")
    if chart.since is not None:
        parts.append(f"moves since {clock(chart.since, zone)}")
    st.caption(notices.plain(" · ".join(parts)))


def nothing_yet(chart: ChartList) -> None:
    """Empty state of a list."""
    if chart.taken_at is not None:
        st.info("Nothing was played in this period.")


def trouble(chart: ChartList) -> None:
    """Say what is in the way of a newer list, if anything is."""
    zone = browser.zone()
    said = []
    if chart.trouble is not None and chart.trouble_at is not None:
        said.append(f"{clock(chart.trouble_at, zone)}: {chart.trouble}")
    if chart.blocked_until is not None:
        said.append(f"It is left alone until {clock(chart.blocked_until, zone)}.")
    if said:
        kept = "This is the last list that came." if chart.rows else "No list has come yet."
        st.warning(notices.plain(" ".join([*said, kept])), icon=":material/info:")


def table(chart: ChartList, number: str, key: str) -> list[ChartRow]:
    """Show a list and return the rows that are selected."""
    rows = chart.rows
    event = st.dataframe(
        _frame(rows, number),
        # The selection counts places, so it holds for these rows in this order only.
        key=f"{key}-{hash(tuple((row.entry.title, row.spotify_id) for row in rows))}",
        height=min(640, 38 * (len(rows) + 1) + 2),
        row_height=38,
        hide_index=True,
        column_config=_columns(number),
        on_select="rerun",
        selection_mode="multi-row",
        placeholder="–",
    )
    return [rows[place] for place in event["selection"]["rows"] if place < len(rows)]


def buttons(person: Person, chart: ChartList, selected: Sequence[ChartRow]) -> None:
    """Save the selected rows, and have Spotify searched for what is not matched."""
    context = process.context()
    label, icon = "Add to trending", ":material/add:"
    if st.button(label, icon=icon, type="primary", disabled=not selected):
        receipts.keep("discover", discover.add(context, person, selected))
    unmatched = [row for row in selected or chart.rows if row.uri is None]
    if unmatched and st.button("Match on Spotify", icon=":material/search:"):
        with st.spinner("Searching Spotify …"):
            st.session_state["searched"] = discover.match(context, person, unmatched)
        st.rerun()


def outcomes() -> None:
    """Say what became of the last addition and the last search."""
    receipts.show("discover")
    searched: Searched | None = st.session_state.pop("searched", None)
    if searched is None:
        return
    asked = len(searched.found) + len(searched.unknown)
    if asked:
        st.info(f"Searched Spotify: {len(searched.found)} of {asked} found.")
    elif searched.trouble is None:
        st.info("All of these were searched for within the last month.")
    if searched.trouble is not None:
        notices.trouble(searched.trouble)


def _public(chart: Chart) -> ChartList | None:
    context = process.context()
    country = context.settings.chart_country
    st.caption(_PAGES[chart].format(country=country, COUNTRY=country.upper()))
    why_off = discover.why_off(context, chart)
    if why_off is not None:
        st.info(notices.plain(why_off), icon=":material/key:")
    elif discover.is_due(context, chart):
        with st.spinner(f"Asking {chart.label} …"):
            discover.refresh(context, chart)
    found = discover.read(context, chart)
    return found if found.rows or why_off is None else None


def _from_catalogue() -> ChartList:
    context = process.context()
    st.caption(
        "The most popular tracks of the bundled catalogue, as Spotify saw it in autumn 2022."
    )
    genre = st.selectbox(
        "Genre",
        discover.catalogue_genres(context),
        index=None,
        placeholder="all genres",
        width=320,
    )
    return discover.from_catalogue(context, genre)


def _own_plays(person: Person) -> ChartList | None:
    context = process.context()
    account, why_off = listening.account(context, person), listening.why_off(context)
    if why_off is not None:
        st.info(notices.plain(why_off), icon=":material/key:")
    if account is None:
        st.info("Give your Last.fm user name to see what you played most.")
        st.page_link(navigation.page("account"), label="Go to Account")
        return None
    st.caption(f"What {notices.plain(account.username)} played most, {notices.LASTFM_CREDIT}.")
    period = st.segmented_control(
        "Period",
        list(PlaysPeriod),
        default=listening.ON_HOME,
        required=True,
        format_func=lambda p: p.label,
        label_visibility="collapsed",
    )
    if listening.is_due(context, person, period):
        with st.spinner("Asking Last.fm …"):
            listening.refresh(context, person, period)
    account = listening.account(context, person)
    if account is not None and account.unknown_at is not None:
        name = notices.plain(account.username)
        st.warning(f"Last.fm knows nobody called {name}, or they hide what they play.")
    found = listening.read(context, person, period)
    return found if found.rows or why_off is None else None


def _frame(rows: Sequence[ChartRow], number: str) -> pd.DataFrame:
    columns: dict[str, list[Any]] = {
        "#": [row.rank for row in rows],
        "Move": [move(row.movement) for row in rows],
        "Cover": [
            row.entry.cover_url or covers.square(row.entry.artist, row.entry.artist) for row in rows
        ],
        "Title": [row.entry.title for row in rows],
        "Artist": [row.entry.artist for row in rows],
        number: [row.entry.plays for row in rows],
        "Matched": ["matched" if row.uri else None for row in rows],
        "Source": [row.entry.link for row in rows],
    }
    if all(columns["Matched"]):
        del columns["Matched"]
    return pd.DataFrame(
        {n: v for n, v in columns.items() if n == "Matched" or any(x is not None for x in v)}
    )


def _columns(number: str) -> dict[str, Any]:
    column, narrow = st.column_config, browser.touch()
    count = column.NumberColumn(width=96, format="localized")
    popularity = column.ProgressColumn(
        width=96, min_value=0, max_value=100, format="%.0f", color="yellow", help="0 to 100"
    )
    return {
        "#": column.NumberColumn(width=38),
        "Move": column.TextColumn(width=54, help="Places since the list before; new = not on it"),
        "Cover": column.ImageColumn("", width=44),
        "Title": column.TextColumn(width=170 if narrow else 420),
        "Artist": column.TextColumn(width=130 if narrow else 300),
        number: popularity if number == _POPULARITY else count,
        "Matched": column.TextColumn(width=88, help="Whether a Spotify track is known for it"),
        "Source": column.LinkColumn(width=80, display_text="Open"),
    }

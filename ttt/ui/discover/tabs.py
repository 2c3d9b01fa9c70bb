"""The lists of Discover: one is chosen, and fetched if it is old, with whose it is."""

from enum import StrEnum

import streamlit as st

from ttt.found import Chart, PlaysPeriod
from ttt.services.discover import discover, listening
from ttt.services.discover.charting import ChartList
from ttt.services.explain import clock, clock_after
from ttt.services.person import Person
from ttt.ui.frame import browser, navigation, notices, process
from ttt.ui.work import ways

_WHOSE = {
    Chart.DEEZER: "The chart of [Deezer](https://www.deezer.com), of all countries.",
    Chart.LISTENBRAINZ: "Most played within a week by everybody on "
    "[ListenBrainz](https://listenbrainz.org).",
    Chart.APPLE: "Most played on [Apple Music](https://music.apple.com/{country}), {COUNTRY}.",
    Chart.LASTFM: f"The chart of [Last.fm](https://www.last.fm/charts), {notices.LASTFM_CREDIT}.",
}


class Own(StrEnum):
    """Lists beside the public charts."""

    CATALOGUE = "Catalogue, 2022"
    PLAYS = "Your Last.fm"


Tab = Chart | Own


def choose(person: Person) -> Tab:
    """Let the person choose a list; the public charts come first.

    What is turned off is shown to those only who can turn it on.
    """
    context = process.context()
    tabs: list[Tab] = [
        chart
        for chart in discover.shown(context)
        if person.is_admin or discover.why_off(context, chart) is None
    ]
    tabs.append(Own.CATALOGUE)
    if person.is_admin or listening.why_off(context) is None:
        tabs.append(Own.PLAYS)
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
    """Fetch a list if it is older than a day, and say whose it is and what is in the way.

    None when there is nothing to show, which is said.
    """
    found = _of_its_source(person, tab)
    if found is None:
        return None
    _trouble(found)
    if not found.rows and found.taken_at is not None:
        st.info("Nothing was played in this period.")
    return found if found.rows else None


def _of_its_source(person: Person, tab: Tab) -> ChartList | None:
    if isinstance(tab, Chart):
        return _public(tab)
    return _from_catalogue() if tab is Own.CATALOGUE else _own_plays(person)


def _public(chart: Chart) -> ChartList | None:
    context = process.context()
    country = context.settings.chart_country
    st.caption(_WHOSE[chart].format(country=country, COUNTRY=country.upper()))
    why_off = discover.why_off(context, chart)
    _off(why_off)
    if discover.is_due(context, chart):
        with notices.waiting(f"Asking {chart.label} …"):
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
    _off(why_off)
    if account is None:
        st.info("Give your Last.fm username to see what you played most.")
        st.page_link(navigation.page("account"), label="Go to Account")
        ways.to_imports("Or bring your whole listening history")
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
        with notices.waiting("Asking Last.fm …"):
            listening.refresh(context, person, period)
    account = listening.account(context, person)
    if account is not None and account.unknown_at is not None:
        name = notices.plain(account.username)
        st.warning(f"Last.fm knows nobody called {name}, or they hide what they play.")
    found = listening.read(context, person, period)
    return found if found.rows or why_off is None else None


def _trouble(chart: ChartList) -> None:
    zone = browser.zone()
    said = []
    if chart.trouble is not None and chart.trouble_at is not None:
        said.append(f"{clock(chart.trouble_at, zone)}: {chart.trouble}")
    if chart.blocked_until is not None:
        said.append(f"It is left alone until {clock_after(chart.blocked_until, zone)}.")
    if said:
        kept = "This is the last list that came." if chart.rows else "No list has come yet."
        st.warning(notices.plain(" ".join([*said, kept])), icon=":material/info:")


def _off(why: str | None) -> None:
    if why is not None:
        st.info(notices.plain(why), icon=":material/key:")

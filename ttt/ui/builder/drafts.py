"""The builder's list in the making: what is asked for, its table, and what can be done with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from secrets import randbelow

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from ttt.music import Measure, Period
from ttt.services.lists import entries
from ttt.services.person import Person
from ttt.services.sound import builder, given, order, similar
from ttt.services.sound.builder import Draft, Recommender, Wish
from ttt.services.sound.order import Order, Ordered
from ttt.services.top.top_tracks import TopList
from ttt.services.tracks import provenance
from ttt.services.tracks.rows import TrackRow
from ttt.ui.frame import browser, covers, navigation, notices, process, selectable
from ttt.ui.frame.view import SAME_ROWS, View
from ttt.ui.lists import arranging, said

_DESK, _ORDER = "builder", "builder-order"
_SAVED = "Trending list"
_AS_DRAWN = "In the order drawn"


@dataclass(slots=True)
class Desk:
    """What is being built in this browser; it outlives a rerun and a look at another page."""

    draft: Draft
    revision: int
    order: Order | None = None
    kept: frozenset[str] = frozenset()


def desk(person: Person) -> Desk | None:
    """What is being built, with the values of now; None before anything was."""
    found: Desk | None = st.session_state.get(_DESK)
    if found is not None and found.revision != person.revision:
        found.draft = builder.refreshed(process.context(), person, found.draft)
        found.revision = person.revision
    return found


def take(person: Person, uris: Sequence[str], name: str) -> None:
    """Make a draft of tracks from another page, and go to it."""
    draft = given.draft(process.context(), person, uris, name)
    st.session_state[_DESK] = Desk(draft, person.revision)
    st.session_state[_ORDER] = None
    st.switch_page(navigation.page("builder"))


def nothing_to_draw_from() -> None:
    """Empty state: neither top tracks nor saved ones."""
    st.info("There is nothing to draw from yet: fetch your top tracks, or save some tracks.")
    with st.container(horizontal=True):
        st.page_link(navigation.page("top-tracks"), label="Go to top tracks")
        st.page_link(navigation.page("trending"), label="Go to trending")


def ask(person: Person, tops: Mapping[Period, TopList], saved: Sequence[TrackRow]) -> None:
    """Ask for how many of what, and build it."""
    drawn = desk(person)
    with st.form("wish"):
        before = Wish() if drawn is None else drawn.draft.wish
        wish, pressed = _wish(person, before, first=drawn is None)
    if pressed:
        with notices.waiting("Looking for tracks that go with yours …"):
            context, seed = process.context(), randbelow(1 << 31)
            draft = builder.build(context, person, tops, saved, wish, seed)
        st.session_state[_DESK] = Desk(
            draft, person.revision, None if drawn is None else drawn.order
        )
        st.rerun()


def _wish(person: Person, before: Wish, first: bool) -> tuple[Wish, bool]:
    off = similar.why_off(process.context())
    offered = [Recommender.SOUND] if off else list(Recommender)
    places = [*Period, _SAVED]
    own, from_where, new, by_whom = st.columns([2, 6, 2, 3], gap="medium")
    count = own.number_input("Favourites", 0, builder.MOST, before.favourites)
    chosen = from_where.pills(
        "Drawn from",
        places,
        selection_mode="multi",
        default=[*before.periods, *([_SAVED] if before.trending else [])],
        format_func=lambda place: place.label if isinstance(place, Period) else place,
        wrap=True,
    )
    fresh = new.number_input("New to you", 0, builder.MOST, before.new)
    by = by_whom.pills(
        "Alike by",
        offered,
        selection_mode="multi",
        default=[recommender for recommender in before.recommenders if recommender in offered],
        format_func=lambda recommender: recommender.label,
        help=None if off else "By audio features, or by what Last.fm's listeners play too",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.form_submit_button(
            "Build", type="primary" if first else "secondary", icon=":material/casino:"
        )
        if off and person.is_admin:
            st.caption(notices.plain(off))
    periods = tuple(place for place in chosen if isinstance(place, Period))
    return Wish(int(count), int(fresh), periods, _SAVED in chosen, tuple(by)), pressed


def choose_order(desk: Desk) -> Ordered:
    """Let the person choose how tracks follow each other; return them so."""
    # A choice is forgotten while another page is shown; the desk still knows it.
    st.session_state.setdefault(_ORDER, desk.order)
    desk.order = st.selectbox(
        "Order",
        [None, *Order],
        key=_ORDER,
        format_func=lambda chosen: _AS_DRAWN if chosen is None else chosen.label,
        placeholder=_AS_DRAWN,
        width=330,
        help="A harmonic mix goes to neighbouring keys on the Camelot wheel, by small tempo steps",
    )
    if desk.order is None:
        return Ordered(desk.draft.rows)
    return _arranged(View(desk.draft.rows), desk.order)[1]


@st.cache_resource(ttl=3600, max_entries=200, show_spinner=False, hash_funcs=SAME_ROWS)
def _arranged(view: View, chosen: Order) -> tuple[View, Ordered]:
    return view, order.arranged(view.rows, chosen)


def notes(desk: Desk, ordered: Ordered) -> None:
    """Say what fell short, what could not be placed, and whom similar tracks come from."""
    for note in (*desk.draft.notes, *([ordered.note] if ordered.note else [])):
        st.caption(f":material/info: {notices.plain(note)}")
    if Recommender.LASTFM in desk.draft.wish.recommenders:
        st.caption(f"Similar tracks: {notices.LASTFM_CREDIT}")


def count(desk: Desk) -> str:
    """One line: how many tracks of which kind, and how to keep some."""
    new = sum(pick.new for pick in desk.draft.picks)
    total = len(desk.draft.picks)
    tracks = f"{total} {'track' if total == 1 else 'tracks'}"
    if desk.draft.name:
        return f"{tracks}: {notices.plain(desk.draft.name)}. Tick those that should stay."
    return f"{tracks}: {total - new} favourites, {new} new. Tick those that should stay."


def table(desk: Desk, rows: Sequence[TrackRow]) -> None:
    """Show the list with why each track is there; those that are ticked are kept."""
    places = selectable.show(
        _frame(rows, desk.draft.reasons),
        _columns(rows, browser.zone()),
        "draft",
        (row.uri for row in rows),
        ticked=[place for place, row in enumerate(rows) if row.uri in desk.kept],
    )
    desk.kept = frozenset(rows[place].uri for place in places)


def change_buttons(desk: Desk) -> None:
    """Shuffle, or draw anew what is not ticked."""
    st.button("Shuffle", icon=":material/shuffle:", on_click=_shuffle, args=(desk,))
    every = len(desk.kept) == len(desk.draft.picks)
    label = "Reroll the others" if desk.kept else "Reroll all"
    if st.button(label, icon=":material/casino:", disabled=every):
        desk.draft = builder.reroll(desk.draft, desk.kept)
        st.rerun()


def _shuffle(desk: Desk) -> None:
    desk.draft = builder.shuffled(desk.draft)
    st.session_state[_ORDER] = None  # or nobody would see it


def save_buttons(person: Person, rows: Sequence[TrackRow]) -> None:
    """Save what was built, in its order: as a list of its own, or as trending."""
    uris = [row.uri for row in rows]
    arranging.save_as_list(person, uris, "builder")
    if st.button("Add to trending", icon=":material/add:", type="primary", disabled=not rows):
        said.added("builder", entries.add_uris(process.context(), person, uris))


def _frame(rows: Sequence[TrackRow], reasons: Mapping[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Cover": [row.cover_url or covers.tile(row) for row in rows],
            "Title": [row.title or row.uri for row in rows],
            "Artist": [", ".join(row.artists) or None for row in rows],
            "Why": [reasons[row.uri] for row in rows],
            "Tempo": [row.number(Measure.TEMPO) for row in rows],
            "Camelot": [row.camelot for row in rows],
            "Energy": [row.number(Measure.ENERGY) for row in rows],
            "Length": [_length(row.duration_ms) for row in rows],
            "Spotify": [row.link for row in rows],
        }
    )


def _columns(rows: Sequence[TrackRow], zone: tzinfo | None) -> dict[str, ColumnConfig]:
    column = st.column_config

    def told(meaning: str, *names: str) -> str:
        legend = provenance.legend(rows, zone, names)
        return "  \n".join([meaning, "", *map(notices.plain, legend)]).strip()

    return {
        "Cover": column.ImageColumn("Cover", width=44),
        "Title": column.TextColumn(width=170),
        "Artist": column.TextColumn(width=126),
        "Why": column.TextColumn(width=364),
        "Tempo": column.NumberColumn(
            width=76, format="%.0f BPM", help=told("Beats per minute", Measure.TEMPO)
        ),
        "Camelot": column.TextColumn(width=70, help=told("Neighbouring codes mix well", "key")),
        "Energy": column.ProgressColumn(
            width=82,
            min_value=0,
            max_value=1,
            format="%.2f",
            color="orange",
            help=told("0 calm to 1 intense", Measure.ENERGY),
        ),
        "Length": column.TextColumn(width=64),
        "Spotify": column.LinkColumn(width=64, display_text="Open"),
    }


def _length(milliseconds: int | None) -> str | None:
    if not milliseconds:
        return None
    seconds = round(milliseconds / 1000)
    return f"{seconds // 60}:{seconds % 60:02}"

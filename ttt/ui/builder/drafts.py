"""The builder's list in the making, which outlives a look at another page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from secrets import randbelow

import streamlit as st

from ttt import words
from ttt.music import Period
from ttt.services.person import Person
from ttt.services.sound import builder, given, order
from ttt.services.sound.builder import Draft, Recommender, Wish
from ttt.services.sound.order import Order, Ordered
from ttt.services.top.top_tracks import TopList
from ttt.services.tracks.rows import TrackRow
from ttt.ui.frame import navigation, notices, process
from ttt.ui.frame.listing.ranked import element
from ttt.ui.frame.view import SAME_ROWS, View
from ttt.ui.tracks import example

KEY = "draft"
_DESK, _ORDER = "builder", "builder-order"
_AS_DRAWN = "In the order drawn"
_NEXT = (
    "Fetch your top tracks, or save some tracks: lists are made of those and of tracks like them."
)


@dataclass(slots=True)
class Desk:
    """What is being built in this browser; it outlives a rerun and a look at another page."""

    draft: Draft
    revision: int
    order: Order | None = None


def desk(person: Person, tops: Mapping[Period, TopList], saved: Sequence[TrackRow]) -> Desk | None:
    """What is being built, with the values of now; at first what most people would ask for.

    None while there is nothing to draw from.
    """
    found: Desk | None = st.session_state.get(_DESK)
    if found is not None and found.revision != person.revision:
        found.draft = builder.refreshed(process.context(), person, found.draft)
        found.revision = person.revision
    if found is None and can_draw(tops, saved):
        newest = tuple(period for period, top in tops.items() if top.rows)[:1]
        draw(person, tops, saved, Wish(periods=newest, trending=not newest))
        return desk(person, tops, saved)
    return found


def can_draw(tops: Mapping[Period, TopList], saved: Sequence[TrackRow]) -> bool:
    """Whether there are tracks to draw from."""
    return bool(saved) or any(top.rows for top in tops.values())


def draw(
    person: Person, tops: Mapping[Period, TopList], saved: Sequence[TrackRow], wish: Wish
) -> None:
    """Build what somebody wishes for; the order that was chosen stays."""
    before: Desk | None = st.session_state.get(_DESK)
    with notices.waiting("Looking for tracks that go with yours …"):
        draft = builder.build(process.context(), person, tops, saved, wish, randbelow(1 << 31))
    order = None if before is None else before.order
    st.session_state[_DESK] = Desk(draft, person.revision, order)
    element.tick(KEY, ())


def take(person: Person, uris: Sequence[str], name: str) -> None:
    """Make a draft of tracks from another page, and go to it."""
    draft = given.draft(process.context(), person, uris, name)
    st.session_state[_DESK] = Desk(draft, person.revision)
    st.session_state[_ORDER] = None
    element.tick(KEY, ())
    st.switch_page(navigation.page("builder"))


def nothing_to_draw_from() -> None:
    """Empty state: neither top tracks nor saved ones."""
    with example.around("Nothing to draw from yet", _NEXT), st.container(horizontal=True):
        st.page_link(navigation.page("top-tracks"), label="Go to top tracks")
        st.page_link(navigation.page("trending"), label="Go to trending")


def count(desk: Desk) -> str:
    """One line: how many tracks of which kind, and how to keep some."""
    new = sum(pick.new for pick in desk.draft.picks)
    total = len(desk.draft.picks)
    tracks = words.counted(total, "track")
    if desk.draft.name:
        return f"{tracks}: {notices.plain(desk.draft.name)}. Tick those that should stay."
    own = words.counted(total - new, "favourite")
    return f"{tracks}: {own}, {new} new. Tick those that should stay."


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
        label_visibility="collapsed",
        width=210,
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
        st.caption(notices.plain(note))
    if Recommender.LASTFM in desk.draft.wish.recommenders:
        st.caption(f"Similar tracks: {notices.LASTFM_CREDIT}")


def shuffle(desk: Desk) -> None:
    """Offer to bring the tracks into another order."""
    st.button("Shuffle", icon=":material/shuffle:", on_click=_shuffle, args=(desk,))


def reroll(desk: Desk, kept: Sequence[str]) -> None:
    """Offer to draw anew what is not to stay."""
    every = len(kept) == len(desk.draft.picks)
    label = "Reroll the others" if kept else "Reroll all"
    if st.button(label, icon=":material/casino:", type="tertiary", disabled=every):
        desk.draft = builder.reroll(desk.draft, kept)
        # The whole page: numbers and charts follow the list.
        st.rerun()


def _shuffle(desk: Desk) -> None:
    desk.draft = builder.shuffled(desk.draft)
    st.session_state[_ORDER] = None  # or nobody would see it

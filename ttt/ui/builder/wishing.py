"""What a list is to be made of: how many tracks of which kind, drawn from where."""

from collections.abc import Mapping, Sequence

import streamlit as st

from ttt import words
from ttt.music import Period
from ttt.services.person import Person
from ttt.services.sound import builder, similar
from ttt.services.sound.builder import Draft, Recommender, Wish
from ttt.services.top.top_tracks import TopList
from ttt.services.tracks.rows import TrackRow
from ttt.ui.builder import drafts
from ttt.ui.frame import kept, layout, notices, process

_FORM = "wish"
_SAVED = "Trending list"


def ask(
    person: Person, tops: Mapping[Period, TopList], saved: Sequence[TrackRow], before: Draft
) -> None:
    """Say what the list was made of, let it be changed, and build it anew."""
    place = layout.popover(_words(before), ":material/tune:", kept.around(_FORM), name=_FORM)
    if place is None:
        return
    with place, st.form(_FORM, border=False):
        off = similar.why_off(process.context())
        wish = _wish(before.wish, [Recommender.SOUND] if off else list(Recommender))
        if off and person.is_admin:
            st.caption(notices.plain(off))
        pressed = st.form_submit_button("Build", type="primary", icon=":material/casino:")
    if pressed:
        drafts.draw(person, tops, saved, wish)
        kept.taken(_FORM)
        st.rerun()


def _words(draft: Draft) -> str:
    if draft.name:
        return "Build another"
    wish = draft.wish
    own = words.counted(wish.favourites, "favourite")
    return f"{own}, {wish.new} new" if wish.new else own


def _wish(before: Wish, offered: Sequence[Recommender]) -> Wish:
    own, new = st.columns(2)
    count = own.number_input("Favourites", 0, builder.MOST, before.favourites)
    fresh = new.number_input("New to you", 0, builder.MOST, before.new)
    chosen = st.pills(
        "Drawn from",
        [*Period, _SAVED],
        selection_mode="multi",
        default=[*before.periods, *([_SAVED] if before.trending else [])],
        format_func=lambda place: place.label if isinstance(place, Period) else place,
        wrap=True,
    )
    periods = tuple(place for place in chosen if isinstance(place, Period))
    return Wish(int(count), int(fresh), periods, _SAVED in chosen, _by(before, offered))


def _by(before: Wish, offered: Sequence[Recommender]) -> tuple[Recommender, ...]:
    several = "By audio features, or by what Last.fm's listeners play too"
    chosen = st.pills(
        "Alike by",
        offered,
        selection_mode="multi",
        default=[recommender for recommender in before.recommenders if recommender in offered],
        format_func=lambda recommender: recommender.label,
        help=several if len(offered) > 1 else None,
    )
    return tuple(chosen)

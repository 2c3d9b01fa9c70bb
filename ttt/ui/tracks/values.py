"""The values of one track, each with where it came from, and those that a person sets by hand."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from ttt import music
from ttt.found import Source
from ttt.services.person import Person
from ttt.services.tracks.facts import Fact, facts, standing
from ttt.services.tracks.rows import TrackRow
from ttt.services.values import by_hand
from ttt.ui.figures import told
from ttt.ui.frame import browser, layout, notices, process

_BY_HAND = "Set by hand"
_HELP = {
    "energy": "0 calm to 1 intense",
    "valence": "0 sad to 1 happy; the mood follows from it",
    "tempo": "Beats per minute",
}
_NAMES = {
    "key": [
        "/".join(dict.fromkeys(music.key_name(key, mode).split()[0] for mode in (0, 1)))
        for key in range(12)
    ],
    "mode": list(music.MODES),
}


def panel(
    person: Person, rows: Sequence[TrackRow], selected: Sequence[str], *, own: bool = True
) -> None:
    """Show the values of a selected track; on a list of one's `own` they can be set by hand."""
    wanted = set(selected)
    chosen = list({row.uri: row for row in rows if row.uri in wanted}.values())
    if not chosen:
        return
    st.header("Values", anchor=False)
    row = _choose(chosen)
    if not own:
        _facts(row)
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        _facts(row)
    with right:
        _by_hand(person, row)


def of_one(person: Person, row: TrackRow) -> None:
    """The values of a track on its own page, and a way to set them by hand."""
    known = facts(row, browser.zone())
    st.html(told.headed("Values", standing(known), "said"))
    _facts(row)
    place = layout.fold(_BY_HAND, ":material/edit:", f"by-hand-{row.uri}")
    if place is not None:
        with place:
            _by_hand(person, row, name="")


def _choose(chosen: Sequence[TrackRow]) -> TrackRow:
    if len(chosen) == 1:
        st.caption(notices.plain(chosen[0].label))
        return chosen[0]
    # By number: two tracks can have one name.
    names = [f"{number}. {notices.line(row.label)}" for number, row in enumerate(chosen, start=1)]
    name = st.selectbox("Track", names, label_visibility="collapsed", width=420)
    return chosen[names.index(name)]


def _facts(row: TrackRow) -> None:
    items = "".join(_item(fact) for fact in facts(row, browser.zone()))
    st.html(f'<dl class="ttt-values">{items}</dl>')


def _item(fact: Fact) -> str:
    name = f"<dt>{escape(fact.name)}</dt>"
    if fact.text is None:
        return f'<div>{name}<dd class="unknown">unknown</dd></div>'
    sign, source = escape(fact.sign or ""), escape(fact.source or "")
    # In the hover text as well as in view: neither fingers nor keyboards can hover.
    return (
        f'<div title="{source}">{name}<dd>{escape(fact.text)}</dd>'
        f'<dd class="source"><b>{sign}</b> {source}</dd></div>'
    )


def _by_hand(person: Person, row: TrackRow, name: str = _BY_HAND) -> None:
    mine = {n: v.number for n, v in row.values.items() if v.source is Source.HAND}
    with st.form(f"by hand {row.uri}", border=bool(name)):
        if name:
            st.markdown(f"**{name}**")
        st.caption("For you alone, and before what any source says. An empty field sets nothing.")
        with st.grid(3, min_column_width=110):
            filled = {name: _number(row, name, mine.get(name)) for name in _HELP}
            filled |= {name: _choice(row, name, mine.get(name)) for name in _NAMES}
        with st.container(horizontal=True):
            save = st.form_submit_button("Save values", icon=":material/edit:")
            back = st.form_submit_button("Take back", icon=":material/undo:", disabled=not mine)
    if save:
        values = {name: value for name, value in filled.items() if value is not None}
        with notices.in_words("Saved. These values are yours alone."):
            by_hand.set_values(process.context(), person, row.uri, values)
    elif back:
        with notices.in_words("Taken back."):
            by_hand.take_back(process.context(), person, row.uri)


def _number(row: TrackRow, name: str, mine: float | None) -> float | None:
    low, high = by_hand.LIMITS[name]
    known, coarse = row.number(name), name == "tempo"
    return st.number_input(
        name.capitalize(),
        min_value=float(low),
        max_value=float(high),
        value=None,
        step=1.0 if coarse else 0.01,
        format="%.0f" if coarse else "%.2f",
        placeholder="unknown" if known is None else f"{known:.{0 if coarse else 2}f}",
        help=_HELP[name],
        key=_holding(row, name, mine),
    )


def _choice(row: TrackRow, name: str, mine: float | None) -> int | None:
    names, known = _NAMES[name], row.number(name)
    shown = "unknown" if known is None or known not in range(len(names)) else names[int(known)]
    return st.selectbox(
        name.capitalize(),
        range(len(names)),
        index=None,
        format_func=names.__getitem__,
        placeholder=shown,
        key=_holding(row, name, None if mine is None else int(mine)),
    )


def _holding(row: TrackRow, name: str, mine: float | None) -> str:
    """Key of a field that holds what is kept, until the person changes it."""
    # What is kept is part of the key, so that a field shows it as soon as it has changed. It is
    # no default: a field with a default cannot be cleared.
    key = f"{row.uri} {name} {mine}"
    st.session_state.setdefault(key, mine)
    return key

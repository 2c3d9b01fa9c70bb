"""A list of tracks with what can be done with it: ticking, adding, taking off, playing, undoing."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st

from ttt.services.lists import entries
from ttt.services.lists.lists import ListInfo
from ttt.services.person import Person
from ttt.services.tracks.rows import TrackRow
from ttt.ui.accounts import session
from ttt.ui.frame import browser, layout, notices, process, reads
from ttt.ui.frame.listing import as_table
from ttt.ui.frame.listing.ranked import element
from ttt.ui.frame.listing.ranked.element import Doing
from ttt.ui.frame.listing.ranked.shape import Action
from ttt.ui.lists import arranging, said
from ttt.ui.spotify import out
from ttt.ui.tracks import filters, of_tracks, table, values
from ttt.ui.tracks.extra import Extra
from ttt.ui.tracks.of_tracks import Told
from ttt.ui.work import background

_CHANGED = "list changed in its rows"


@dataclass(frozen=True, slots=True)
class Shown:
    """Rows of a list, out of `every`, under the key of the page's widgets.

    `info` is the list of people that it is, None for top tracks and everybody's list; `marked`
    says that the rows were chosen on charts, and so are all meant. `extra` are columns that only
    this list has.
    """

    rows: Sequence[TrackRow]
    every: int
    key: str
    info: ListInfo | None = None
    marked: bool = False
    extra: Extra = field(default_factory=Extra)

    @property
    def editable(self) -> ListInfo | None:
        """The list, when the person may change it."""
        return self.info if self.info is not None and self.info.can_edit else None


# A fragment: ticking a row redraws nothing else.
@st.fragment
def show(shown: Shown) -> None:
    """Show the list, and over it the bar with what can be done."""
    person = session.recheck()
    if st.session_state.pop(_CHANGED, False):
        st.rerun()
    if not shown.rows:
        said.show(shown.key)
        return
    with st.container(gap=None, key=f"listed-{shown.key}"):
        over = st.container(key=f"sticky-{shown.key}")
        if as_table.chosen():
            ticked = table.show(shown.rows, shown.key, ticked=shown.marked, extra=shown.extra)
        else:
            ticked = _ranked(person, shown)
        if shown.extra.note:
            st.caption(notices.plain(shown.extra.note))
    with over:
        _bar(person, shown, ticked)


def _ranked(person: Person, shown: Shown) -> list[str]:
    told = _columns(shown)
    own = shown.editable
    on_it = shown.rows if own else reads.trending_list(person)
    saved = {row.uri for row in on_it}
    ranked = shown.info is not None
    heard = shown.extra.heard
    rows = of_tracks.rows(shown.rows, told, saved=saved, places=ranked, heard=heard)
    ticked = element.settle(shown.key, rows, all_of_them=shown.marked)
    element.show(
        rows,
        [each.column for each in told],
        shown.key,
        doing=_removing(person, own, shown.key) if own else _saving(person, shown.key),
        receipt=said.in_row(shown.key),
    )
    return ticked


def _columns(shown: Shown) -> list[Told]:
    heard, rest = shown.extra.told[:1], shown.extra.told[1:]
    told = [*heard, *of_tracks.measures(), of_tracks.key(), *rest]
    if any(row.added_by for row in shown.rows):
        told.append(of_tracks.added_by())
    if any(row.added_at for row in shown.rows):
        told.append(of_tracks.added(browser.zone(), process.context().now()))
    return told


def _saving(person: Person, key: str) -> Doing:
    """What "+" does: on puts a track on the trending list, off takes it away again."""
    context = process.context()

    def press(uri: str, on: bool) -> None:
        if on:
            background.look_up_added(entries.add_uris(context, person, [uri]))
            said.say_in_row(key, uri, "Added to Trending", lambda: _take_off(person, [uri]))
        else:
            removal = entries.remove(context, person, [uri])
            said.say_in_row(key, uri, "Off Trending", lambda: _back(removal.name))

    def _back(name: str) -> None:
        entries.undo(context, person, name)

    return Doing(press, lambda _uri: said.take_back(key))


def _removing(person: Person, info: ListInfo, key: str) -> Doing:
    """What "×" does on a list that the person may edit."""

    def press(uri: str, _on: bool) -> None:
        # Also where it is refused: then the list is another than what is shown.
        st.session_state[_CHANGED] = True
        arranging.removed(person, entries.remove(process.context(), person, [uri], info.id), key)

    return Doing(press, action=Action("Remove", added="Remove from this list", icon="remove"))


def _bar(person: Person, shown: Shown, ticked: Sequence[str]) -> None:
    rows, count = shown.rows, len(shown.rows)
    with layout.bar(shown.key, _words(shown, len(ticked)), bool(ticked)):
        if ticked:
            _with_ticked(person, shown, ticked)
        out.offer(person, ticked, rows, shown.key)
        if not ticked and shown.editable is not None:
            filters.sort(person, shown.editable, rows)
            arranging.remove_all(person, shown.editable, shown.every, shown.key)
        st.space("stretch")
        said.show(shown.key)
        if ticked and not as_table.chosen():
            element.choose_none(shown.key)
        elif count:
            as_table.switch()


def _with_ticked(person: Person, shown: Shown, ticked: Sequence[str]) -> None:
    if shown.editable is not None:
        arranging.buttons(person, shown.editable, ticked, shown.every, shown.key)
    else:
        st.button(
            "Add to trending",
            icon=":material/add:",
            type="primary",
            on_click=_add,
            args=(person, shown.key, ticked),
        )
    arranging.save_as_list(person, ticked, shown.key)
    # What was typed is of these tracks: of others nothing was opened yet.
    name = f"details {shown.key} {' '.join(ticked)}"
    place = layout.popover(
        "Details", ":material/info:", f"details-{shown.key}", quiet=True, name=name
    )
    if place is not None:
        with place:
            values.panel(person, shown.rows, ticked, own=shown.info is None or shown.info.mine)
            if shown.editable is not None:
                arranging.note(person, shown.editable, shown.rows, ticked)


def _add(person: Person, key: str, uris: Sequence[str]) -> None:
    with notices.told():
        receipt = entries.add_uris(process.context(), person, uris)
        new = [row.uri for row in receipt.taken if row.added]
        said.added(key, receipt, lambda: _take_off(person, new))


def _take_off(person: Person, uris: Sequence[str]) -> None:
    entries.remove(process.context(), person, uris)


def _words(shown: Shown, ticked: int) -> str:
    count = len(shown.rows)
    if ticked:
        return f'<b>{ticked:,} chosen</b> <span class="of">of {count:,}</span>'
    if count < shown.every:
        return f"<b>{count:,}</b> of {shown.every:,} tracks"
    return f"<b>{count:,}</b> {'track' if count == 1 else 'tracks'}"

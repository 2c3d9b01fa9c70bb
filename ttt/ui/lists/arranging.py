"""What people do with tracks on a list that they may edit: move, copy, note, tag, remove."""

from collections.abc import Callable, Sequence

import streamlit as st

from ttt import words
from ttt.errors import TTTError
from ttt.services.lists import arranging, entries, lists
from ttt.services.lists.arranging import Step
from ttt.services.lists.entries import Removal
from ttt.services.lists.lists import ListInfo
from ttt.services.person import Person
from ttt.services.tracks.rows import TrackRow
from ttt.ui.frame import kept, labels, layout, notices, process, reads
from ttt.ui.lists import said

_ICONS = {Step.UP: ":material/arrow_upward:", Step.DOWN: ":material/arrow_downward:"}


def buttons(person: Person, info: ListInfo, selected: Sequence[str], rows: int, key: str) -> None:
    """Actions on the selected tracks of a list."""
    # Each by its list: a press that comes when that is gone must not reach the next one.
    if st.button("Remove", icon=":material/delete:", type="primary", key=f"remove {info.id}"):
        _removed(person, key, lambda: entries.remove(process.context(), person, selected, info.id))
    with st.popover("Arrange", icon=":material/swap_vert:", type="tertiary"):
        _step(person, info, selected)
        _to_a_place(person, info, selected, rows)
        _to_a_list(person, info, selected, key)


def remove_all(person: Person, info: ListInfo, rows: int, key: str) -> None:
    """Offer to empty a list."""
    place = layout.popover("Remove all", ":material/delete_sweep:", f"empty {info.id}", quiet=True)
    if place is None:
        return
    with place:
        st.write(f"Take all {rows:,} tracks off this list? You can undo it.")
        if st.button("Yes, remove all", key=f"remove all {info.id}"):
            _removed(person, key, lambda: entries.remove(process.context(), person, None, info.id))


def save_as_list(person: Person, selected: Sequence[str], key: str) -> None:
    """Offer to make a list of the selected tracks."""
    place = layout.popover(
        "Save as list", ":material/playlist_add:", kept.around("save as list"), quiet=True
    )
    if place is None:
        return
    with place:
        with st.form("save as list", border=False):
            name = st.text_input(
                "Name for these tracks", max_chars=lists.LONGEST_NAME, key=kept.key("save as list")
            )
            save = st.form_submit_button("Save")
        if save:
            _save(person, name, selected, key)


def note(person: Person, info: ListInfo, rows: Sequence[TrackRow], selected: Sequence[str]) -> None:
    """Let the person write a note and tags on the one track that is selected."""
    chosen = [row for row in rows if row.uri in set(selected)]
    if len(chosen) != 1:
        return
    (row,) = chosen
    known = sorted({tag for each in rows for tag in each.tags})
    names = labels.apart({tag: notices.line(tag) for tag in known})
    with st.form(f"note {info.id} {row.uri}", border=False):
        left, right = st.columns(2, gap="large")
        text = left.text_input("Note", row.note or "", max_chars=arranging.LONGEST_NOTE)
        tags = right.multiselect(
            "Tags",
            known,
            row.tags,
            format_func=lambda tag: names.get(tag, tag),  # new ones have no name yet
            accept_new_options=True,
            placeholder="choose or type",
            max_selections=arranging.MOST_TAGS,
        )
        save = st.form_submit_button("Save note", icon=":material/edit_note:")
    if save:
        _note(person, info, row, text, tags)


def removed(person: Person, removal: Removal, key: str) -> None:
    """Say what was taken off a list, and offer to put it back."""
    if not removal.count:
        said.say(key, "Not on the list any more.")
        return
    count = f"Removed {words.counted(removal.count, 'track')}."

    def undo() -> None:
        entries.undo(process.context(), person, removal.name, removal.list_id)

    said.say(key, count, undo)


def _step(person: Person, info: ListInfo, selected: Sequence[str]) -> None:
    with st.container(horizontal=True):
        for way, icon in _ICONS.items():
            if st.button(way.capitalize(), icon=icon, key=f"{way} {info.id}"):
                with notices.told():
                    arranging.step(process.context(), person, selected, way, info.id)
                st.rerun()


def _to_a_place(person: Person, info: ListInfo, selected: Sequence[str], rows: int) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        place = st.number_input("Place", 1, max(rows, 1), 1, width=110)
        if st.button("Put there", key=f"put {info.id}"):
            with notices.told():
                arranging.place(process.context(), person, selected, place, info.id)
            st.rerun()


def _to_a_list(person: Person, info: ListInfo, selected: Sequence[str], key: str) -> None:
    others = [other for other in reads.lists(person) if other.can_edit and other.id != info.id]
    if not others:
        st.caption("Make another list to move or copy tracks to it.")
        return
    context = process.context()
    names = labels.apart({other.id: notices.line(labels.of_list(other)) for other in others})
    with st.container(horizontal=True, vertical_alignment="bottom"):
        to = st.selectbox("To list", list(names), format_func=names.__getitem__, width=200)
        if st.button("Move", key=f"move {info.id}"):
            move = arranging.move
            _removed(person, key, lambda: move(context, person, selected, info.id, to))
        if st.button("Copy", key=f"copy {info.id}"):
            with notices.told():
                said.added(key, entries.add_uris(context, person, selected, to))
            st.rerun()


def _save(person: Person, name: str, selected: Sequence[str], key: str) -> None:
    context = process.context()
    with notices.telling(TTTError):
        made = lists.create(context, person, name)
        said.added(key, entries.add_uris(context, person, selected, made))
        kept.taken("save as list")
        st.rerun()


def _note(person: Person, info: ListInfo, row: TrackRow, text: str, tags: Sequence[str]) -> None:
    with notices.telling(TTTError):
        arranging.note(process.context(), person, row.uri, text, tags, info.id)
        st.rerun()


def _removed(person: Person, key: str, take: Callable[[], Removal]) -> None:
    with notices.told():
        removed(person, take(), key)
    st.rerun()

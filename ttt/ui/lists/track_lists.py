"""Choosing, making and changing the lists themselves."""

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress

import streamlit as st

from ttt.errors import InvalidInput, NotFound, StoreError
from ttt.services.lists import lists
from ttt.services.lists.lists import Access, ListInfo
from ttt.services.person import Person
from ttt.ui.frame import address, kept, labels, notices, process, reads
from ttt.ui.work import upload

EVERYONES = 0
_LIST = "list"
_GONE = "That list is gone, or no longer shared with you: this is your trending list."
_ACCESS = {
    Access.PRIVATE: "Only me",
    Access.SEE: "Everyone here can see it",
    Access.EDIT: "Everyone here can edit it",
}


def choose(person: Person) -> ListInfo | None:
    """Let the person choose a list; None is what everyone saved lately."""
    seen = {info.id: info for info in reads.lists(person)}
    names = _names(seen.values())
    first = next(iter(seen))
    st.session_state[_LIST] = _of_address(names, first)
    chosen = st.pills(
        "List",
        list(names),
        format_func=lambda chosen: notices.plain(names[chosen]),
        required=True,
        label_visibility="collapsed",
        width="content",
        key=_LIST,
        on_change=lambda: address.keep({_LIST: str(st.session_state[_LIST])}),
    )
    new(person)
    info = seen.get(first if chosen is None else chosen)
    if info is not None and info.mine:
        _settings(person, info)
    elif info is not None:
        _see_whether_it_is_shared(person, info)
    _undo_bar(person)
    return info


def _see_whether_it_is_shared(person: Person, info: ListInfo) -> None:
    """Begin anew where its owner shares a list otherwise than a moment ago, or no more."""
    shared = {one.id: one.access for one in lists.seen_by(process.context(), person)}
    if shared.get(info.id) is not info.access:
        reads.forget_lists(person)
        st.rerun()


def _of_address(names: Collection[int], first: int) -> int:
    named = address.of_page([_LIST]).get(_LIST, "")
    found = next((one for one in names if str(one) == named), None)
    if found is not None:
        return found
    deleted: ListInfo | None = st.session_state.get("list deleted")
    if named and not (deleted and named == str(deleted.id)):  # which says so itself
        st.toast(_GONE, icon=":material/info:")
        upload.move(named, first)
    address.keep({_LIST: ""})
    return first


def new(person: Person) -> None:
    """Offer to make an empty list."""
    with st.popover("New list", icon=":material/add:", key=kept.around("new list")):
        name = _name_form("new list", "Name of the new list", "Create")
        if name is not None:
            _try(lambda: _create(person, name))


def _create(person: Person, name: str) -> None:
    made = lists.create(process.context(), person, name)
    kept.taken("new list")
    _open(made)


def _name_form(key: str, label: str, button: str, name: str = "") -> str | None:
    with st.form(key, border=False):
        given = st.text_input(
            label, name, max_chars=lists.LONGEST_NAME, key=None if name else kept.key(key)
        )
        return given if st.form_submit_button(button) else None


def _settings(person: Person, info: ListInfo) -> None:
    context = process.context()
    with st.popover("Settings", icon=":material/settings:", key="list settings"):
        access = st.radio(
            "Shared with",
            list(Access),
            index=list(Access).index(info.access),
            format_func=_ACCESS.__getitem__,
            key=f"access {info.id} {info.access}",
        )
        if access is not None and access is not info.access:
            with notices.told():
                lists.share(context, person, info.id, access)
            st.rerun()
        if info.trending:
            return
        name = _name_form(f"rename {info.id}", "List name", "Rename", info.name)
        if name is not None:
            _try(lambda: lists.rename(context, person, info.id, name))
        if st.button("Delete list", icon=":material/delete:", key=f"delete {info.id}"):
            with notices.told():
                lists.delete(context, person, info.id)
                st.session_state["list deleted"] = info
            st.rerun()


def _undo_bar(person: Person) -> None:
    deleted: ListInfo | None = st.session_state.get("list deleted")
    if deleted is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f"Deleted the list “{notices.plain(deleted.name)}”.")
        if st.button("Undo", icon=":material/undo:", key="undo deletion"):
            del st.session_state["list deleted"]
            with notices.told():
                lists.restore(process.context(), person, deleted.id)
                _open(deleted.id)
            st.rerun()


def _open(list_id: int) -> None:
    address.keep({_LIST: str(list_id)})
    st.rerun()


def _try(change: Callable[[], None]) -> None:
    with notices.telling(InvalidInput, StoreError):
        with suppress(NotFound):  # the page says itself that it is gone
            change()
        st.rerun()


def _names(seen: Iterable[ListInfo]) -> dict[int, str]:
    """A name for each list by its id, no two alike."""
    given = {EVERYONES: "Saved by everyone"} | {info.id: labels.of_list(info) for info in seen}
    names = labels.apart(given)
    names[EVERYONES] = names.pop(EVERYONES)
    return names

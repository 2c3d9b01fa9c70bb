"""Imports on their way: how far each is, looked at every second while any of them runs."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from ttt.services.person import Person
from ttt.services.plays.bringing import imports
from ttt.services.plays.bringing.imports import Import, SoFar
from ttt.services.plays.bringing.uploads import State
from ttt.ui.accounts import session
from ttt.ui.frame import process
from ttt.ui.frame.listing import sections
from ttt.ui.imports import undoing

_EVERY = 1.0
_MEGABYTE = 1 << 20


def show(running: Sequence[Import]) -> None:
    """A panel for each import that waits or is read; nothing without any."""
    moving = [one for one in running if one.upload.state in {State.WAITING, State.READING}]
    if not moving:
        return
    if process.context().settings.jobs == "off":
        st.info(
            "What you brought is kept, and waits: this server has its work in the background "
            "switched off. Ask whoever runs it.",
            icon=":material/hourglass_empty:",
        )
    _watch(frozenset(one.upload.id for one in moving))


@st.fragment(run_every=_EVERY)
def _watch(ids: frozenset[int]) -> None:
    person = session.person()
    if person is None:
        st.rerun()
    moving = imports.under_way(process.context(), person)
    if {one.upload.id for one in moving} != ids:
        st.rerun()
    for one in moving:
        _panel(person, one)


def _panel(person: Person, one: Import) -> None:
    upload = one.upload
    so_far = imports.so_far(process.context(), person, upload.id)
    with sections.panel(f"import-{upload.id}"):
        sections.heading(f"Under way · {upload.name}", _title(one, so_far))
        st.html(_bar(one, so_far) + _steps(one, so_far) + _counts(so_far))
        with st.container(horizontal=True, vertical_alignment="center"):
            undoing.button(person, upload.id, "Stop and take back")
            sections.small("You can leave this page: it goes on, also after a restart.")


def _title(one: Import, so_far: SoFar) -> str:
    if so_far.matching:
        return "All rows are read. Finding out which of them count"
    if not one.upload.rows:
        return "Finding out what it is"
    return one.progress


def _bar(one: Import, so_far: SoFar) -> str:
    expected = one.upload.rows_expected or 0
    share = min(99, round(100 * one.upload.rows / expected)) if expected else 0
    share = 100 if so_far.matching else share
    return (
        f'<div class="ttt-bar" role="progressbar" aria-label="Rows read" aria-valuemin="0" '
        f'aria-valuemax="100" aria-valuenow="{share}"><i style="width:{share}%"></i></div>'
    )


def _steps(one: Import, so_far: SoFar) -> str:
    at = 2 if so_far.matching else 1
    files = f"file {min(so_far.done + 1, so_far.files)} of {so_far.files}" if so_far.files else ""
    steps = (
        ("Arrived", f"{one.upload.size / _MEGABYTE:,.1f} MB"),
        ("Reading", files if at == 1 else f"{so_far.files} of {so_far.files} files"),
        ("Matching", "with what is here already"),
        ("Values", "later, in the background"),
    )
    return f'<ol class="ttt-steps">{"".join(map(_step, steps, range(4), [at] * 4))}</ol>'


def _step(step: tuple[str, str], place: int, at: int) -> str:
    kind, mark = ("done", "✓ ") if place < at else ("now", "") if place == at else ("", "")
    current = ' aria-current="step"' if place == at else ""
    return f'<li class="{kind}"{current}>{mark}{step[0]}<small>{escape(step[1])}</small></li>'


def _counts(so_far: SoFar) -> str:
    counts = (
        (so_far.plays, "music"),
        (so_far.left_out, "podcasts and others"),
        (so_far.refused, "not readable"),
    )
    items = "".join(f"<div><dt>{name}</dt><dd>{n:,}</dd></div>" for n, name in counts if n)
    return f'<dl class="ttt-counts">{items}</dl>' if items else ""

"""What became of an import: its rows by reason, those refused to look at, and the way back."""

from html import escape
from typing import NamedTuple

import streamlit as st

from ttt import words
from ttt.services.person import Person
from ttt.services.plays.bringing import receipt as service
from ttt.services.plays.bringing.imports import Import
from ttt.services.plays.bringing.receipt import Receipt, RefusedPlay
from ttt.services.plays.bringing.uploads import State
from ttt.ui.frame import navigation, notices, process
from ttt.ui.frame.listing import sections, times
from ttt.ui.imports import looked_up, undoing

_SHOWN = 200


class _Part(NamedTuple):
    name: str
    rows: int
    why: str
    colour: str


def show(person: Person, one: Import) -> None:
    """The panel of an import that ended, whatever way."""
    with sections.panel(f"receipt-{one.upload.id}"):
        match one.upload.state:
            case State.REFUSED:
                _refused(one)
            case State.UNDONE:
                _undone(one)
            case _:
                _done(person, one, one.receipt or Receipt())


def when(one: Import) -> str:
    """When it ended, as people read it."""
    upload = one.upload
    ended = upload.undone_at or upload.finished_at or upload.created_at
    return times.at(ended)


def _refused(one: Import) -> None:
    sections.heading(f"Not imported · {when(one)}", f"{one.upload.name}: nothing was taken")
    st.warning(notices.plain(one.upload.error or "It cannot be read."), icon=":material/info:")


def _undone(one: Import) -> None:
    sections.heading(f"Taken back · {when(one)}", f"{one.upload.name}: its plays are gone")
    sections.small(
        "What it had hidden or closed is as it was before. Bring the file again any time."
    )


def _done(person: Person, one: Import, found: Receipt) -> None:
    with st.container(horizontal=True, vertical_alignment="top", key=f"head-{one.upload.id}"):
        plays = words.counted(found.added, "play")
        sections.heading(f"Done · {when(one)}", f"{one.upload.name}: {plays} added")
        undoing.button(person, one.upload.id)
    parts = _parts(found)
    st.html(_stack(parts) + _table(parts, found, one.upload.format or ""))
    if found.added:
        label = "See what you played"
        st.page_link(navigation.page("listening"), label=label, icon=":material/arrow_forward:")
    if found.others:
        sections.small(found.among)
    if found.lost:
        lost = "\n".join(f"- {notices.plain(name)}: {why}" for name, why in found.lost.items())
        st.warning(f"Not all of this zip could be read:\n{lost}", icon=":material/warning:")
    if found.refused:
        _rows(person, one.upload.id, found.refused)
    if found.uncertain:
        rows = words.counted(found.uncertain, "row is", "rows are")
        sections.small(
            f"{rows} uncertain: another source seems to have told the same play, so it counts once."
        )
    sections.small("Spotify was not asked for any track. Values are looked up in the background.")
    looked_up.show(person)


def _parts(found: Receipt) -> list[_Part]:
    """All rows by reason; what did not happen is left out."""
    kinds = sorted(found.left_out.items(), key=lambda pair: (-pair[1], pair[0]))
    parts = [
        _Part("added", found.added, "count in every chart", "var(--ttt-accent)"),
        _Part("too short", found.too_short, "under 30 seconds, kept as skips", _grey(90)),
        _Part("already there", found.already_there, "told before, or by another source", _grey(70)),
        _Part("told twice", found.double, "the same play once more in the same source", _grey(55)),
        _Part("impossible", found.impossible, "the track had begun anew by then", _grey(45)),
        *(_Part(f"{kind}", rows, "left out, only counted", _grey(33)) for kind, rows in kinds),
        _Part("not readable", found.refused, _why(found), "var(--ttt-energy)"),
    ]
    return [part for part in parts if part.rows]


def _why(found: Receipt) -> str:
    reasons = sorted(found.refusals.items(), key=lambda pair: -pair[1])
    if len(reasons) == 1:
        return reasons[0][0]
    return "shown below, each with its reason"


def _grey(share: int) -> str:
    return f"color-mix(in srgb, var(--ttt-quiet) {share}%, var(--ttt-panel))"


def _stack(parts: list[_Part]) -> str:
    bars = "".join(f'<i style="flex:{part.rows};background:{part.colour}"></i>' for part in parts)
    return f'<div class="ttt-stack" aria-hidden="true">{bars}</div>'


def _table(parts: list[_Part], found: Receipt, told_by: str) -> str:
    rows = "".join(_row(part) + (_private(found) if part.name == "added" else "") for part in parts)
    files = "one file" if found.files == 1 else f"{found.files:,} files"
    return (
        f'<table class="ttt-receipt"><tbody>{rows}<tr class="sum"><th scope="row">rows read</th>'
        f"<td>{escape(told_by)}, {files}</td><td>{found.rows:,}</td></tr></tbody></table>"
    )


def _row(part: _Part) -> str:
    return (
        f'<tr><th scope="row"><i style="background:{part.colour}"></i>{escape(part.name)}</th>'
        f"<td>{escape(part.why)}</td><td>{part.rows:,}</td></tr>"
    )


def _private(found: Receipt) -> str:
    if not found.private:
        return ""
    return (
        '<tr class="of"><th scope="row">of these private</th>'
        f"<td>left out of charts unless you switch them on</td><td>{found.private:,}</td></tr>"
    )


def _rows(person: Person, upload_id: int, count: int) -> None:
    """The rows that could not be read, when somebody wants to see them."""
    label = "Look at the row that could not be read"
    if count > 1:
        label = f"Look at {count:,} rows that could not be read"
    place = st.expander(label, on_change="rerun", key=f"refused-{upload_id}")
    if not place.open:
        return
    rows = service.refused_rows(process.context(), person, upload_id)
    with place:
        st.dataframe([_record(row) for row in rows[:_SHOWN]], hide_index=True)
        if count > min(len(rows), _SHOWN):
            sections.small(f"The first {min(len(rows), _SHOWN):,} of {count:,} are shown.")
        st.download_button(
            "Download them",
            lambda: service.as_csv(rows),
            "refused.csv",
            "text/csv",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
            key=f"refused-file-{upload_id}",
        )


def _record(row: RefusedPlay) -> dict[str, object]:
    return {"Row": row.row, "File": row.file, "Reason": row.reason, "What it held": row.text}

"""Short lists of tracks: place, cover, title over artist, one number at the right."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from ttt.music import Period
from ttt.services.top.home import NextStep
from ttt.services.top.top_tracks import TopList
from ttt.services.tracks.rows import Direction, Movement, TrackRow
from ttt.ui.frame import browser, covers, navigation, notices
from ttt.ui.tracks import leading
from ttt.ui.tracks.leading import NOTHING, Heard

_STEPS = {
    NextStep.CONNECT: ("Connect Spotify to see what you play most.", "spotify", "Connect Spotify"),
    NextStep.RECONNECT: (
        "Your connection to Spotify has ended.",
        "spotify",
        "Reconnect Spotify",
    ),
    NextStep.LOOK: ("You are connected. Fetch your top tracks.", "top-tracks", "See top tracks"),
    NextStep.SAVE: (
        "Save tracks that you want to keep an eye on.",
        "top-tracks",
        "Pick from your top tracks",
    ),
}


def next_step(step: NextStep | None) -> None:
    """Say what to do next, with a link to where."""
    if step is not None:
        text, path, label = _STEPS[step]
        with st.container(horizontal=True, vertical_alignment="center", key="next"):
            st.markdown(f"**Next:** {text}")
            st.space("stretch")
            st.page_link(navigation.page(path), label=label, icon=":material/arrow_forward:")


def heading(title: str, note: str, link: tuple[str, str]) -> None:
    """A heading with what is said beside it, and at the far end a link: path and label."""
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"section-{title}"):
        st.html(_headed(title, note))
        st.page_link(navigation.page(link[0]), label=link[1])


def _headed(title: str, note: str) -> str:
    said = f"<p>{escape(notices.line(note))}</p>" if note else ""
    return f'<div class="ttt-section"><h2>{escape(title)}</h2>{said}</div>'


def tracks(
    title: str,
    rows: Sequence[TrackRow],
    empty: str,
    note: str = "",
    plays: Mapping[str, int] | None = None,
    link: tuple[str, str] | None = None,
    heard: Heard = NOTHING,
) -> None:
    """A heading and its tracks, or a sentence where there are none; `plays` go by URI."""
    if link is not None:
        heading(title, note, link)
        over = ""
    else:
        over = _headed(title, note)
    if rows:
        st.html(over + _found(rows, plays or {}, heard))
        return
    if over:
        st.html(over)
    st.caption(empty)


def of_periods(tops: Mapping[Period, TopList]) -> None:
    """The first five of each period beside each other, once anything was fetched."""
    if not any(top.rows for top in tops.values()):
        return
    for column, period in zip(st.columns(3, gap="medium"), Period, strict=True):
        with column:
            top = tops[period]
            tracks(period.label, top.rows[:5], "Nothing fetched for this period.")
            notices.unread(top.unread, "row", top.length)


def found(rows: Sequence[TrackRow], heard: Heard = NOTHING) -> None:
    """Tracks with their covers.

    Names of what was `heard` lead to their pages, titles of others to Spotify.
    """
    st.html(_found(rows, {}, heard))


def _found(rows: Sequence[TrackRow], plays: Mapping[str, int], heard: Heard) -> str:
    items = "".join(_item(row, plays.get(row.uri), heard) for row in rows)
    return f'<ol class="ttt-tracks">{items}</ol>'


def _item(row: TrackRow, plays: int | None, heard: Heard) -> str:
    artists = leading.html(leading.artists(row.artists, heard.artists)) or "not described yet"
    beside = _move(row.movement) if row.rank is None else ""
    if plays is not None:
        beside = f"<b>{plays:,}</b> play{'s' * (plays != 1)}"
    return (
        f'<li class="ttt-track">{_place(row)}'
        f'<img src="{escape(row.cover_url or covers.tile(row))}" alt="">'
        f'<span class="who"><a {_leads(row, heard)}><b>{escape(row.title or row.uri)}</b></a>'
        f"<small>{artists}</small></span>"
        f'<span class="move">{beside}</span></li>'
    )


def _leads(row: TrackRow, heard: Heard) -> str:
    if row.uri in heard.tracks:
        return f'href="{escape(leading.track(row.uri))}" target="_self"'
    return f'href="{escape(row.link)}" target="_blank" rel="noopener"'


def _place(row: TrackRow) -> str:
    if row.rank is None:
        return _added(row)
    move = _move(row.movement)
    return f'<span class="place">{row.rank}{f"<small>{move}</small>" if move else ""}</span>'


def _added(row: TrackRow) -> str:
    if row.added_at is None:
        return ""
    added = row.added_at.astimezone(browser.zone())
    return f'<span class="place date" title="added">{added.day} {added:%b}</span>'


def _move(movement: Movement | None) -> str:
    if movement is None or movement.direction is Direction.SAME:
        return ""
    if movement.direction is Direction.NEW:
        return "new"
    arrow, word = ("▲", "up") if movement.direction is Direction.UP else ("▼", "down")
    return (
        f'<span role="img" aria-label="{word} {movement.places}">{arrow} {movement.places}</span>'
    )

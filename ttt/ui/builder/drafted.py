"""The list in the making: its rows with why each is there, and what can be done with them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import tzinfo

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from ttt.music import Measure
from ttt.services.lists import entries
from ttt.services.person import Person
from ttt.services.tracks import provenance
from ttt.services.tracks.rows import TrackRow
from ttt.ui.accounts import session
from ttt.ui.builder import drafts
from ttt.ui.builder.drafts import Desk
from ttt.ui.frame import browser, covers, layout, notices, process
from ttt.ui.frame.listing import as_table, selectable
from ttt.ui.frame.listing.ranked import element
from ttt.ui.frame.listing.ranked.shape import Column
from ttt.ui.lists import arranging, said
from ttt.ui.spotify import out
from ttt.ui.tracks import of_tracks
from ttt.ui.tracks.leading import Heard
from ttt.ui.tracks.of_tracks import Told


# A fragment: ticking a row redraws nothing else.
@st.fragment
def show(desk: Desk, rows: Sequence[TrackRow], heard: Heard) -> None:
    """Show the list, and over it what can be done; rows that are ticked are kept."""
    person = session.recheck()
    with st.container(gap=None, key=f"listed-{drafts.KEY}"):
        over = st.container(key=f"sticky-{drafts.KEY}")
        kept = _table(desk, rows) if as_table.chosen() else _ranked(desk, rows, heard)
    with over:
        _bar(person, desk, rows, kept)


def _bar(person: Person, desk: Desk, rows: Sequence[TrackRow], kept: Sequence[str]) -> None:
    uris = [row.uri for row in rows]
    with layout.bar(drafts.KEY, _count(rows, kept), bool(kept)):
        if st.button("Add to trending", icon=":material/add:", type="primary", disabled=not rows):
            said.added("builder", entries.add_uris(process.context(), person, uris))
        drafts.reroll(desk, kept)
        out.alone(person, rows, "builder")
        arranging.save_as_list(person, uris, "builder")
        st.space("stretch")
        said.show("builder")
        as_table.switch()


def _count(rows: Sequence[TrackRow], kept: Sequence[str]) -> str:
    if kept:
        stay = "stays" if len(kept) == 1 else "stay"
        return f'<b>{len(kept)} {stay}</b> <span class="of">of {len(rows)}</span>'
    return f"<b>{len(rows):,}</b> {'track' if len(rows) == 1 else 'tracks'}"


def _ranked(desk: Desk, rows: Sequence[TrackRow], heard: Heard) -> list[str]:
    told = _told(desk.draft.reasons)
    # Here a track's place counts, not how it stands on the list that it was drawn from.
    listed = of_tracks.rows(
        [replace(row, rank=None, movement=None) for row in rows], told, places=True, heard=heard
    )
    kept = element.settle(drafts.KEY, listed)
    element.show(listed, [each.column for each in told], drafts.KEY)
    return kept


def _told(reasons: Mapping[str, str]) -> list[Told]:
    why = Column("Why", "words", "minmax(0,1fr)", least=560, phone="under")
    differ = len(set(reasons.values())) > 1
    return [
        *([Told(why, lambda row: reasons[row.uri])] if differ else []),
        *(of_tracks.measure_of(measure) for measure in (Measure.TEMPO, Measure.ENERGY)),
        of_tracks.key(),
        of_tracks.length(),
    ]


def _table(desk: Desk, rows: Sequence[TrackRow]) -> list[str]:
    before = element.ticked(drafts.KEY)
    places = selectable.show(
        _frame(rows, desk.draft.reasons),
        _columns(rows, browser.zone()),
        drafts.KEY,
        (row.uri for row in rows),
        ticked=[place for place, row in enumerate(rows) if row.uri in before],
    )
    kept = [rows[place].uri for place in places]
    element.tick(drafts.KEY, kept)
    return kept


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
            "Length": [of_tracks.playing_time(row.duration_ms) for row in rows],
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

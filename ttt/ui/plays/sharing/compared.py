"""What two people who agreed have in common."""

import streamlit as st

from ttt import words
from ttt.chartdata import By, Caption, CommonRow, Of, Together
from ttt.errors import NotFound
from ttt.services.person import Person
from ttt.services.plays.frame import Frame, Narrowing, Span
from ttt.services.plays.measures.together import together
from ttt.services.plays.sharing import agreeing
from ttt.services.plays.sharing.agreeing import Side
from ttt.ui.figures import in_numbers, told
from ttt.ui.frame import covers, notices, process
from ttt.ui.plays import history, make, panel, rows
from ttt.ui.plays.history import History

_NOTHING = "As soon as both of you have plays in the time above, you see here what you share."


def show(person: Person, side: Side, mine: History, span: Span, by: By) -> None:
    """All of it, if both still agree."""
    try:
        # Asked in every run, so that it ends at once.
        other = agreeing.partner(process.context(), person, side.id)
    except NotFound as error:
        notices.trouble(error)
        return
    theirs = history.read(other, Narrowing())
    data = panel.measured(
        ("together", mine.stamp, theirs.stamp, span.key, other.name, by),
        lambda: together(mine.frame, theirs.frame, span, other.name, by),
    )
    over = told.headed("How alike you listen", data.caption.takeaway, "said")
    if data.alike is None:
        st.html(over + told.noted(_NOTHING))
        return
    st.html(over + panel.numbered(_numbers(data, other.name)))
    left, right = st.columns(2, gap="large")
    with left:
        _common("Artists you both hear", data.artists, data.counts[0], mine.frame, Of.ARTISTS)
    with right:
        _common("Tracks you both hear", data.tracks, data.counts[1], mine.frame, Of.TRACKS)
    panel.under(data.caption)
    panel.folded("What you have in common", data, mine.frame.tracks)
    _blend(person, data, other.name)


def _numbers(data: Together, name: str) -> list[in_numbers.Number]:
    mine, theirs = data.earlier
    return [
        in_numbers.Number(
            "Alike", str(data.alike), "of 100", "0 is nothing in common, 100 everything"
        ),
        in_numbers.Number("Artists in common", f"{data.counts[0]:,}"),
        in_numbers.Number("Tracks in common", f"{data.counts[1]:,}"),
        in_numbers.Number(
            "Heard first",
            f"{mine:,} to {theirs:,}",
            words=f"artists: you to {name}",
            short="you to them",
        ),
    ]


def _common(name: str, found: tuple[CommonRow, ...], count: int, frame: Frame, of: Of) -> None:
    shown = [
        rows.Row(
            str(place),
            row.title,
            _said(row),
            f"{min(row.shares) * 100:.1f} %",
            rows.link(of, row.key, frame.tracks),
            row.cover_url or covers.square(row.subtitle or row.title, row.title),
            "" if row.earlier is None else ("you first", "they first")[row.earlier],
            names=rows.by(row.subtitle, frame.tracks),
        )
        for place, row in enumerate(found[:10], start=1)
    ]
    listed = rows.html(shown, "Listen on, or look at a longer time.")
    rest = f"the first {len(shown)} of {count:,}, by the share that you have in common"
    known = rest if count > len(shown) else ""
    st.html(panel.html(name, Caption(_first(found, count, of), "", ""), listed, known))


def _first(found: tuple[CommonRow, ...], count: int, of: Of) -> str:
    if not found:
        return "Nothing in this time"
    if count == 1:
        return f"{found[0].title} alone"
    return f"{found[0].title} leads {words.counted(count, of.one)} in common"


def _said(row: CommonRow) -> str:
    return f"you {row.shares[0] * 100:.1f} %, they {row.shares[1] * 100:.1f} %"


def _blend(person: Person, data: Together, name: str) -> None:
    if not data.blend:
        return
    count = words.counted(len(data.blend), "track")
    sentence = f"{count}: what both of you hear, then in turn what each hears most"
    panel.show(panel.said("A list for both", Caption(sentence, "", "")))
    make.offer(person, data.blend, f"Blend with {name}", "blend")

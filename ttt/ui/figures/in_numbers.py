"""A few numbers beside each other, with what they are compared with."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

_IN_A_ROW = 4


@dataclass(frozen=True, slots=True)
class Step:
    """A day under a number: its letter, its height in percent and that of a week before.

    None is not known; `now` marks the day that is not over.
    """

    letter: str
    height: int | None
    before: int | None = None
    now: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number with what it is compared with; `at` and `was` are places on a line, 0-100.

    With `about` it is a guess, which has a sign where there is no room for the word. A phone
    leaves out what follows a comma in the label, and shows `short` for `words`. Without `at` there
    is no line. `steps` are bars under it, which `told` says in words.
    """

    label: str
    value: str | None
    unit: str = ""
    words: str = ""
    short: str = ""
    colour: str = ""
    at: float | None = None
    was: float | None = None
    ends: tuple[str, str] | None = None
    steps: tuple[Step, ...] = ()
    told: str = ""
    about: bool = False


def show(few: Sequence[Number]) -> None:
    """Show a few numbers beside each other: three or four, or five where none has a line."""
    st.html(html(few))


def html(few: Sequence[Number], kind: str = "") -> str:
    """Numbers as HTML; the style sheet knows the `kind`."""
    items = "".join(map(_number, few))
    size = "many" if len(few) > _IN_A_ROW else "few" if len(few) < _IN_A_ROW else ""
    return f'<dl class="{" ".join(filter(None, ("ttt-numbers", size, kind)))}">{items}</dl>'


def _number(number: Number) -> str:
    about = '<span class="about"><span>about </span></span>' if number.about else ""
    unit = f" <small>{escape(number.unit)}</small>" if number.unit and number.value else ""
    value = f"<b>{about}{escape(number.value)}" if number.value else "<b class=none>unknown"
    ring = '<u class="was"></u>' if number.was is not None else ""
    compared = (
        f' <span class="long">{ring}{escape(number.words)}</span>'
        f'<span class="short">{escape(number.short)}</span>'
    )
    dot = "<i></i>" if number.colour else ""
    label, comma, more = map(escape, number.label.partition(","))
    return (
        f'<div style="--c:var(--ttt-{number.colour or "quiet"})">'
        f'<dt>{dot}<span>{label}<span class="more">{comma}{more}</span></span></dt>'
        f"<dd>{value}{unit}</b>{compared if number.words else ''}"
        f"{_line(number)}{_steps(number)}</dd></div>"
    )


def _steps(number: Number) -> str:
    bars = "".join(map(_step, number.steps))
    steps = f'<span class="steps" role="img" aria-label="{escape(number.told)}">{bars}</span>'
    return steps if bars else ""


def _step(step: Step) -> str:
    before = "" if step.before is None else f'<u class="was" style="height:{step.before}%"></u>'
    bar = "" if step.height is None else f'<u style="height:{step.height}%"></u>'
    kind = " class=now" if step.now else ""
    return f"<span{kind}><span>{before}{bar}</span><small>{escape(step.letter)}</small></span>"


def _line(number: Number) -> str:
    if number.at is None:
        return ""
    was = "" if number.was is None else f'<u class="was" style="left:{number.was}%"></u>'
    low, high = map(escape, number.ends or ("", ""))
    return (
        f'<span class="dots">{was}<u style="left:{number.at}%"></u></span>'
        f'<span class="ends" aria-hidden="true"><span>{low}</span><span>{high}</span></span>'
    )

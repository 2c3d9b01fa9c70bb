"""Two people's listening side by side."""

import unicodedata
from collections.abc import Callable
from datetime import date

import numpy as np

from ttt.chartdata import By, Caption, Of
from ttt.chartdata.discovered import CommonRow, Together
from ttt.services.plays.frame import Frame, Span, zone
from ttt.services.plays.measures import counting, firsts, tops, words

MOST = 20
MEANING = (
    "100 would be the same artists in the same shares of the time, 0 none in common. "
    "It is the part of both your listening that is the same."
)
Name = Callable[[Frame, int], str]


def together(mine: Frame, theirs: Frame, span: Span, their_name: str) -> Together:
    """How alike two people's listening in a span is, and what they have in common.

    Both frames hold whole histories, so that it is known who heard something first.
    """
    both = mine.within(span), theirs.within(span)
    artists = _common((mine, theirs), both, Of.ARTISTS)
    tracks = _common((mine, theirs), both, Of.TRACKS)
    alike = round(100 * sum(min(row.shares) for row in artists))
    earlier = _earlier(artists)
    return Together(
        alike=alike,
        artists=tuple(artists[:MOST]),
        tracks=tuple(tracks[:MOST]),
        earlier=earlier,
        blend=_blend(both, tracks),
        caption=Caption(_takeaway(alike, artists, their_name), _known(earlier), MEANING),
    )


def _common(whole: tuple[Frame, Frame], part: tuple[Frame, Frame], of: Of) -> list[CommonRow]:
    """What both heard, by the smaller of the two shares."""
    sides = [_shares(frame, of) for frame in part]
    rows = []
    for name in sides[0].keys() & sides[1].keys():
        (key, mine), (other, theirs) = sides[0][name], sides[1][name]
        title, subtitle, face = tops.named(part[0], of, key)
        rows.append(
            CommonRow(
                title=title,
                subtitle=subtitle,
                shares=(mine, theirs),
                firsts=(_first(whole[0], of, key), _first(whole[1], of, other)),
                uri=part[0].tracks.uri[face] if of is Of.TRACKS else None,
                cover_url=part[0].tracks.cover_url[face] if face >= 0 else None,
            )
        )
    return sorted(rows, key=lambda row: (-min(row.shares), row.title))


def _shares(frame: Frame, of: Of) -> dict[str, tuple[int, float]]:
    """Key and share of the time of everything heard, by a name that both sides have alike."""
    time = counting.totals(frame, of, By.MINUTES)
    total = float(counting.weights(frame, By.MINUTES).sum())
    found: dict[str, tuple[int, float]] = {}
    for key in np.flatnonzero(time > 0):
        title, subtitle, _ = tops.named(frame, of, int(key))
        name = _folded(f"{title}\n{subtitle}")
        known = found.get(name, (int(key), 0.0))
        found[name] = (known[0], known[1] + float(time[key]) / total)
    return found


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _first(frame: Frame, of: Of, key: int) -> date | None:
    number = int(firsts.days(frame, of)[key])
    return None if number == firsts.NEVER else zone.day(number)


def _earlier(rows: list[CommonRow]) -> tuple[int, int]:
    """How many of the common artists each of the two heard first."""
    known = [(a, b) for row in rows for a, b in [row.firsts] if a and b]
    return sum(a < b for a, b in known), sum(b < a for a, b in known)


def _blend(both: tuple[Frame, Frame], tracks: list[CommonRow]) -> tuple[str, ...]:
    """URIs of a list for both: what both hear, then in turn what each hears most."""
    blend = dict.fromkeys(row.uri for row in tracks[:MOST] if row.uri)
    tops_of = [_uris(frame) for frame in both]
    for pair in zip(*tops_of, strict=False):
        blend.update(dict.fromkeys(pair))
    return tuple(blend)[: 2 * MOST]


def _uris(frame: Frame) -> list[str]:
    keys = tops.ranked(frame, Of.TRACKS, By.PLAYS)[: 2 * MOST]
    faces = [tops.named(frame, Of.TRACKS, int(key))[2] for key in keys]
    return [uri for face in faces if (uri := frame.tracks.uri[face])]


def _takeaway(alike: int, artists: list[CommonRow], their_name: str) -> str:
    if not artists:
        return f"You and {their_name} have no artist in common"
    return (
        f"{alike} of 100 alike with {their_name}; "
        f"{words.counted(len(artists), 'artist')} in common, {artists[0].title} most of all"
    )


def _known(earlier: tuple[int, int]) -> str:
    return f"you heard {earlier[0]} of them first, they {earlier[1]}"

"""The frame applies what people chose, as a plain second implementation does."""

import random
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import combinations, count
from typing import NamedTuple

import pytest
from sqlmodel import col, select

from tests.services.plays.conftest import T, add_user, take
from ttt.models import Track
from ttt.plays import How, ToldPlay
from ttt.roles import Role
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.choices import hiding, joining
from ttt.services.plays.choices.hiding import Kind
from ttt.services.plays.frame import Frame, Narrowing, loading
from ttt.store.plays import shown

AT = datetime(2026, 1, 1, tzinfo=UTC)
TITLES = ("Song", "SONG", "Sóng", "Other")
LENGTHS = (None, 200_000, 202_900, 205_900, 210_000)
_people = count()


class Known(NamedTuple):
    """A track as the plain implementation has it."""

    id: int
    title: str
    artist: str
    album: str
    length: int | None
    isrc: str | None

    @property
    def names(self) -> tuple[str, str]:
        bare = unicodedata.normalize("NFKD", self.title).encode("ascii", "ignore").decode()
        return bare.lower(), self.artist


class Choices(NamedTuple):
    """What somebody chose, as they said it."""

    hidden: dict[int, tuple[Kind, str, str, int, int | None, int | None]]
    counts_as: dict[int, int]


def recordings(tracks: list[Known], counts_as: dict[int, int]) -> dict[int, frozenset[int]]:
    """The tracks that each counts as one with: whatever can be reached from pair to pair."""
    free = [track for track in tracks if track.id not in counts_as]
    pairs = [(a.id, b.id) for a, b in combinations(free, 2) if alike(a, b, free)]
    pairs += list(counts_as.items())
    groups = {track.id: {track.id} for track in tracks}
    for one, other in pairs:
        both = groups[one] | groups[other]
        groups |= dict.fromkeys(both, both)
    return {track_id: frozenset(group) for track_id, group in groups.items()}


def alike(a: Known, b: Known, tracks: list[Known]) -> bool:
    """Equal ISRC, else equal names and lengths within 3 s; the shortest where one is unknown."""
    if a.isrc and a.isrc == b.isrc:
        return True
    if a.names != b.names:
        return False
    if a.length and b.length:
        return abs(a.length - b.length) <= 3_000
    timed = sorted((t.length, t.id) for t in tracks if t.names == a.names and t.length)
    shortest = timed[0][1] if timed else None
    return shortest is None or shortest in {t.id for t in (a, b) if t.length}


def is_hidden(at: int, track: Known, told: Choices, joined: dict[int, frozenset[int]]) -> bool:
    for kind, artist, album, track_id, since, until in told.hidden.values():
        if (since is not None and at < since) or (until is not None and at >= until):
            continue
        named = {
            Kind.TIME: True,
            Kind.ARTIST: track.artist == artist,
            Kind.ALBUM: track.artist == artist and track.album == album,
            Kind.TRACK: track_id in joined[track.id],
        }
        if named[kind]:
            return True
    return False


@pytest.fixture
def people(context: Context) -> Callable[[], Person]:
    def somebody() -> Person:
        name = f"ada{next(_people)}"
        return Person(add_user(context, name), name, "Ada", "", Role.MEMBER, AT)

    return somebody


def history(luck: random.Random, context: Context, person: Person) -> dict[int, tuple[str, int]]:
    """Plays of fourteen tracks: by the start of each its track and how it was played."""
    songs = [f"{n:022}" for n in range(14)]
    about = {
        song: (luck.choice(TITLES), f"Band {luck.randrange(2)}", f"Album {luck.randrange(2)}")
        for song in songs
    }
    plays, told = [], {}
    for n in range(60):
        song, how = luck.choice(songs), luck.choice((0, int(How.PRIVATE)))
        title, artist, album = about[song]
        at = T + 600 * n
        plays.append(
            ToldPlay(at + 100, title, (artist,), ms=100_000, album=album, spotify_id=song, how=how)
        )
        told[at] = (song, how)
    take(context, person.id, plays)
    return told


def describe(luck: random.Random, context: Context, person: Person) -> dict[str, Known]:
    """Give the tracks lengths and ISRCs; return them by their Spotify ids, as they were told."""
    with context.session() as session:
        rows = session.exec(select(Track).where(col(Track.spotify_id).is_not(None))).all()
        for row in rows:
            row.duration_ms = luck.choice(LENGTHS)
            row.isrc = luck.choice((None, None, None, "XX1", "XX2"))
        session.commit()
        frame = {str(row.spotify_id): row for row in rows}
        called = shown.own_names(session, person.id, [row.id for row in rows])
        return {
            spotify_id: Known(
                row.id,
                called[row.id].title,
                "",
                called[row.id].album or "",
                row.duration_ms,
                row.isrc,
            )
            for spotify_id, row in frame.items()
        }


def choose(
    luck: random.Random, context: Context, person: Person, ids: list[int], told: Choices
) -> None:
    """One choice, to the services and to the plain record of what was said."""
    what = luck.choice(("hide", "hide", "show", "join", "part"))
    some = luck.sample(ids, luck.randrange(2, 4))
    if what == "hide":
        since, until = luck.choice(
            ((None, None), (T + 6_000, T + 20_000), (T + 12_000, None), (None, T + 9_000))
        )
        kind = luck.choice(
            tuple(Kind) if since and until else (Kind.ARTIST, Kind.ALBUM, Kind.TRACK)
        )
        artist, album = f"Band {luck.randrange(2)}", f"Album {luck.randrange(2)}"
        span = tuple(None if t is None else datetime.fromtimestamp(t, UTC) for t in (since, until))
        number = hiding.hide(
            context,
            person,
            kind,
            artist=artist if kind in {Kind.ARTIST, Kind.ALBUM} else None,
            album=album if kind is Kind.ALBUM else None,
            track_id=some[0] if kind is Kind.TRACK else None,
            span=(span[0], span[1]),
        )
        told.hidden[number] = (kind, artist, album, some[0], since, until)
    elif what == "show" and told.hidden:
        number = luck.choice(sorted(told.hidden))
        hiding.show(context, person, number)
        del told.hidden[number]
    elif what == "join":
        joining.join(context, person, some)
        told.counts_as.update(dict.fromkeys(some[1:], some[0]))
    elif what == "part":
        joining.part(context, person, some)
        for track_id in [i for i, head in told.counts_as.items() if head in some]:
            del told.counts_as[track_id]
        told.counts_as.update({track_id: track_id for track_id in some})


def partition(frame: Frame) -> set[frozenset[int]]:
    groups: dict[int, set[int]] = {}
    for track_id, group in zip(
        frame.tracks.id.tolist(), frame.tracks.recording.tolist(), strict=True
    ):
        groups.setdefault(group, set()).add(track_id)
    return set(map(frozenset, groups.values()))


@pytest.mark.parametrize("seed", range(8))
def test_the_frame_is_what_was_chosen(
    context: Context, people: Callable[[], Person], seed: int
) -> None:
    luck, person = random.Random(seed), people()
    plays = history(luck, context, person)
    known = describe(luck, context, person)
    whole = loading.load(context, person).tracks
    artists = {
        i: whole.artist_names[a]
        for i, a in zip(whole.id.tolist(), whole.artist.tolist(), strict=True)
    }
    known = {s: t._replace(artist=artists[t.id]) for s, t in known.items()}
    tracks, ids = list(known.values()), [track.id for track in known.values()]
    told = Choices({}, {})
    for _ in range(12):
        choose(luck, context, person, ids, told)
        frame = loading.load(context, person)
        joined = recordings(tracks, told.counts_as)
        shown = {
            at: how
            for at, (song, how) in plays.items()
            if not is_hidden(at, known[song], told, joined)
        }
        assert partition(frame) == set(joined.values())
        assert frame.started.tolist() == sorted(shown)
        without_private = [at for at, how in sorted(shown.items()) if not how]
        assert frame.narrowed(Narrowing()).started.tolist() == without_private
        assert frame.narrowed(Narrowing(private=True)).started.tolist() == sorted(shown)


def test_parting_a_track_parts_those_that_were_joined_to_it(
    context: Context, people: Callable[[], Person]
) -> None:
    person = people()
    history(random.Random(1), context, person)
    known = describe(random.Random(1), context, person)
    first, second = sorted(track.id for track in known.values())[:2]
    joining.join(context, person, [first, second])
    joining.part(context, person, [first])
    assert frozenset({first}) in partition(loading.load(context, person))

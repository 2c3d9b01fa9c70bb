"""Builds a list of one's favourites and of tracks that are like them, to be thrown again in part.

A draft holds all that it draws from, so drawing again asks nobody and reads nothing.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import zip_longest
from random import Random

from ttt.music import Period
from ttt.names import fold
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.sound import known, neighbours, similar
from ttt.services.top.top_tracks import TopList
from ttt.services.tracks.rows import TrackRow
from ttt.words import short_of

MOST = 100
# Favourites that recommendations are to be like, and how many are looked at for each.
_SEEDS, _LIKE_EACH = 12, 40
# Letters of a name by which recordings are told apart; longer ones would only cost time.
_TELLING = 200


class Recommender(StrEnum):
    """Who says what is like a favourite."""

    SOUND = "sound"
    LASTFM = "lastfm"

    @property
    def label(self) -> str:
        """Name shown to people."""
        return "Sound" if self is Recommender.SOUND else "Last.fm"


_Told = tuple[TrackRow, str, Recommender]
"""A favourite, the Spotify id of a track like it, and who says so."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How many tracks of which kind, and where they may come from."""

    favourites: int = 15
    new: int = 10
    periods: tuple[Period, ...] = (Period.SHORT_TERM,)
    trending: bool = False
    recommenders: tuple[Recommender, ...] = (Recommender.SOUND,)


@dataclass(frozen=True, slots=True)
class Pick:
    """A track of the draft and why it is there; `new` when it is no favourite."""

    row: TrackRow
    why: str
    new: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A list in the making: `picks` as drawn, what else could be drawn, and what was shown.

    `seed` makes each draw the same whenever it is made again. `notes` say what fell short. `name`
    says where the tracks are from when they were not drawn here.
    """

    wish: Wish
    seed: int
    picks: tuple[Pick, ...]
    pool: tuple[Pick, ...]
    shown: frozenset[str]
    notes: tuple[str, ...] = ()
    name: str = ""

    @property
    def rows(self) -> tuple[TrackRow, ...]:
        """The tracks as they were drawn."""
        return tuple(pick.row for pick in self.picks)

    @property
    def reasons(self) -> dict[str, str]:
        """Why each track is there, by URI."""
        return {pick.row.uri: pick.why for pick in self.picks}


def favourites(
    tops: Mapping[Period, TopList], saved: Sequence[TrackRow], wish: Wish
) -> tuple[Pick, ...]:
    """The tracks of the chosen periods and, if wished, the trending list; each recording once."""
    picks = [
        Pick(row, f"your no. {row.rank}, {period.label.lower()}")
        for period in wish.periods
        for row in tops[period].rows
    ]
    if wish.trending:
        picks += [Pick(row, "on your trending list") for row in saved]
    return _once(picks)


def build(
    context: Context,
    person: Person,
    tops: Mapping[Period, TopList],
    saved: Sequence[TrackRow],
    wish: Wish,
    seed: int,
) -> Draft:
    """Draw a new list; recommendations are like its favourites and none of the person's own."""
    mine, draw = favourites(tops, saved, wish), _random(seed)
    chosen = draw.sample(mine, min(wish.favourites, len(mine)))
    like = [pick.row for pick in chosen or draw.sample(mine, min(_SEEDS, len(mine)))]
    every = favourites(tops, saved, Wish(periods=tuple(Period), trending=True))
    found, notes = _recommended(context, person, like, wish, [pick.row for pick in every])
    picks = [*chosen, *found[: wish.new]]
    draw.shuffle(picks)
    return Draft(
        wish,
        seed,
        tuple(picks),
        (*mine, *found),
        frozenset(pick.row.uri for pick in picks),
        (*notes, *_short(wish, picks)),
    )


def refreshed(context: Context, person: Person, draft: Draft) -> Draft:
    """The same draft with the values that its tracks have now."""
    every = (*draft.picks, *draft.pool)
    rows = known.rows(context, person, (_id(pick.row) for pick in every))

    def now(picks: Iterable[Pick]) -> tuple[Pick, ...]:
        return tuple(replace(pick, row=rows.get(_id(pick.row), pick.row)) for pick in picks)

    return replace(draft, picks=now(draft.picks), pool=now(draft.pool))


def reroll(draft: Draft, kept: Collection[str]) -> Draft:
    """Draw anew all but the tracks with these URIs, which stay where they are.

    Each gives way to another of its kind that was not shown yet; once all were, they come again.
    """
    seed = draft.seed + 1
    random, staying = _random(seed), [p for p in draft.picks if p.row.uri in kept]
    taken = {_identity(pick.row) for pick in staying}
    going = {_identity(pick.row) for pick in draft.picks} - taken
    left = [pick for pick in draft.pool if _identity(pick.row) not in taken]
    own = [pick for pick in left if not pick.new]
    random.shuffle(own)
    left = own + [pick for pick in left if pick.new]
    # What nobody saw yet comes first, and what was just thrown out last.
    left.sort(key=lambda p: (p.row.uri in draft.shown, _identity(p.row) in going))
    fresh = {new: iter([p for p in left if p.new is new]) for new in (False, True)}
    picks = [p if p.row.uri in kept else next(fresh[p.new], None) for p in draft.picks]
    drawn = tuple(pick for pick in picks if pick is not None)
    shown = draft.shown | {pick.row.uri for pick in drawn}
    return replace(draft, seed=seed, picks=drawn, shown=shown)


def shuffled(draft: Draft) -> Draft:
    """The same tracks in another order."""
    seed, picks = draft.seed + 1, list(draft.picks)
    _random(seed).shuffle(picks)
    return replace(draft, seed=seed, picks=tuple(picks))


def _recommended(
    context: Context,
    person: Person,
    like: Sequence[TrackRow],
    wish: Wish,
    own: Sequence[TrackRow],
) -> tuple[list[Pick], list[str]]:
    """Picks that are none of the person's own, in turns of the tracks that they are like."""
    if not (wish.new and wish.recommenders and like):
        return [], []
    turns: list[list[_Told]] = []
    notes: list[str] = []
    if Recommender.SOUND in wish.recommenders:
        turns += _by_sound(context, like[:_SEEDS], {_id(row) for row in own})
    if Recommender.LASTFM in wish.recommenders:
        answers = similar.like(context, like)
        notes += [answers.trouble] if answers.trouble else []
        turns += _by_listeners(like, answers.found)
    told = [one for turn in zip_longest(*turns) for one in turn if one is not None]
    rows = known.rows(context, person, (spotify_id for _, spotify_id, _ in told))
    mine = {_identity(row) for row in own}
    picks = [
        Pick(rows[i], _why(seed, rows[i], by), new=True)
        for seed, i, by in told
        if i in rows and _identity(rows[i]) not in mine
    ]
    return list(_once(picks)), notes


def _by_listeners(
    like: Sequence[TrackRow], found: Mapping[str, Iterable[str]]
) -> Iterator[list[_Told]]:
    for seed in like:
        yield [(seed, i, Recommender.LASTFM) for i in found.get(seed.uri, ())]


def _by_sound(
    context: Context, like: Sequence[TrackRow], without: set[str]
) -> Iterator[list[_Told]]:
    for seed in like:
        found = neighbours.like(context, seed, _LIKE_EACH, without)
        yield [(seed, i, Recommender.SOUND) for i in found]


def _why(seed: TrackRow, row: TrackRow, by: Recommender) -> str:
    words = neighbours.why(seed, row)
    return words if by is Recommender.SOUND else f"Last.fm: {words}"


def _short(wish: Wish, picks: Sequence[Pick]) -> Iterator[str]:
    new = sum(pick.new for pick in picks)
    own = len(picks) - new
    if own < wish.favourites:
        yield f"Found {short_of(own, wish.favourites, 'favourite')} to choose from."
    if new < wish.new and wish.recommenders:
        yield f"Found {short_of(new, wish.new, 'new track')}."


def _once(picks: Iterable[Pick]) -> tuple[Pick, ...]:
    """The first pick of each recording, under whatever id."""
    first: dict[tuple[str, ...], Pick] = {}
    for pick in picks:
        first.setdefault(_identity(pick.row), pick)
    return tuple(first.values())


def _identity(row: TrackRow) -> tuple[str, ...]:
    if row.title is None:
        return (row.uri,)
    title = row.title[:_TELLING]
    return fold(title) or title, fold(row.artists[0][:_TELLING]) if row.artists else ""


def _id(row: TrackRow) -> str:
    return row.uri.rpartition(":")[2]


def _random(seed: int) -> Random:
    return Random(seed)  # noqa: S311 # nosec B311  # chooses songs, no secrets

"""Recommends what listeners of a track play too, as Last.fm tells, among tracks known here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ttt.errors import ProviderError
from ttt.found import SimilarTrack, Source
from ttt.providers.values.registry import lastfm_similar
from ttt.providers.values.similar import LastFmSimilar
from ttt.services.context import Context
from ttt.services.explain import explain
from ttt.services.matching import matching
from ttt.services.matching.matching import Named
from ttt.services.tracks.rows import TrackRow
from ttt.services.values import limits, sources
from ttt.store import locks

# Requests for one list: each is one track that others are to be like.
SEEDS = 5
_SOURCE = Source.LASTFM


@dataclass(frozen=True, slots=True)
class Similar:
    """Spotify ids by the URI of the track they are like, most alike first.

    `trouble` says in words what ended it early.
    """

    found: Mapping[str, Sequence[str]] = field(default_factory=dict)
    trouble: str | None = None


def why_off(context: Context) -> str | None:
    """Why Last.fm cannot be asked at all, in a sentence; None when it can."""
    if sources.budget(context, _SOURCE) == 0:
        return "The daily budget of Last.fm is 0."
    return _lastfm(context).why_off


def like(context: Context, seeds: Sequence[TrackRow]) -> Similar:
    """Ask about the first SEEDS tracks, one request each, until something is in the way."""
    if (off := why_off(context)) is not None:
        return Similar(trouble=off)
    named: dict[str, Sequence[SimilarTrack]] = {}
    trouble = None
    for seed in [seed for seed in seeds if seed.title and seed.artists][:SEEDS]:
        try:
            named[seed.uri] = _ask(context, seed)
        except ProviderError as error:
            trouble = f"Last.fm: {explain(error)}"
            break
    meant = matching.known(context, {_name(t) for tracks in named.values() for t in tracks})
    found = {
        uri: [meant[_name(track)] for track in tracks if _name(track) in meant]
        for uri, tracks in named.items()
    }
    return Similar(found, trouble)


def _ask(context: Context, seed: TrackRow) -> Sequence[SimilarTrack]:
    """One request, counted and bounded as all that goes to Last.fm."""
    service = sources.service(context, _SOURCE)
    budget = sources.budget(context, _SOURCE)
    with (
        locks.held(context.direct, _SOURCE.value),
        limits.asking(context, _SOURCE, service, budget),
    ):
        found = _lastfm(context).similar(seed.artists[0], seed.title or "")
    with context.session() as session:
        limits.note_answer(context, session, service, int(bool(found)), int(not found))
        session.commit()
    return found


def _name(track: SimilarTrack) -> Named:
    return Named(track.title, track.artist)


def _lastfm(context: Context) -> LastFmSimilar:
    return lastfm_similar(context.settings, context.now)

"""A long history is judged in parts: with the verdicts and pages that it has as a whole."""

import random
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from sqlmodel import select, update

from tests.services.plays.conftest import add_user, rows_of
from ttt.models import Play, PlayPage
from ttt.plays import Counts, How, PlaySource, ToldPlay
from ttt.services.context import Context
from ttt.services.plays import taking
from ttt.services.plays.deriving import deriving, parts
from ttt.services.plays.deriving.verdicts import Known
from ttt.services.plays.judging import stretches
from ttt.services.plays.judging.told import Told

NEW_YEAR = int(datetime(2024, 1, 1, tzinfo=UTC).timestamp())
DAY = 86_400
SOURCES = (PlaySource.SPOTIFY_HISTORY, PlaySource.LASTFM, PlaySource.SUBMITTED)


def history(seed: int) -> dict[PlaySource, list[ToldPlay]]:
    """Days of plays on both sides of a new year, some told late, each by some of the sources."""
    chance = random.Random(seed)
    told: dict[PlaySource, list[ToldPlay]] = {source: [] for source in SOURCES}
    for day in range(-12, 12):
        at = NEW_YEAR + day * DAY + chance.randrange(-3_600, 3_600)
        for _ in range(chance.randrange(1, 9)):
            ms, track = chance.choice((2_000, 200_000)), chance.choice("abc")
            at += chance.randrange(150, 1_500)
            late = chance.choice((0, 0, 0, 2 * DAY))
            for source in SOURCES:
                if chance.random() < 0.6:
                    told[source].append(_told(source, track, at, ms, late))
    return told


def _told(source: PlaySource, track: str, start: int, ms: int, late: int) -> ToldPlay:
    names = f"Song {track}", (f"Band {track}",)
    if source is PlaySource.SPOTIFY_HISTORY:
        end, how = start + ms // 1000 + late, int(How.OFFLINE) if late else 0
        return ToldPlay(end, *names, start, ms, spotify_id=track * 22, how=how)
    return ToldPlay(start, *names)


def derived(context: Context, user_id: int) -> tuple[list[Any], list[Any]]:
    """Verdicts and pages, made anew from nothing."""
    with context.session() as session:
        session.exec(update(Play).values(counts=Counts.UNJUDGED))
        session.commit()
    span = stretches.around(NEW_YEAR - 30 * DAY, NEW_YEAR + 30 * DAY)
    deriving.derive(context, user_id, span, whole=True)
    with context.session() as session:
        verdicts = session.exec(select(Play.told_at, Play.source, Play.track_id, Play.counts))
        kept = session.exec(select(PlayPage).order_by(PlayPage.year)).all()
        rows = [(page.year, page.plays, rows_of(page).to_pylist()) for page in kept]
        return sorted(map(tuple, verdicts)), rows


@pytest.mark.parametrize("together", [1, 7, 40])
@pytest.mark.parametrize("seed", [1, 2])
def test_parts_are_judged_as_the_whole(
    anywhere: Context, monkeypatch: pytest.MonkeyPatch, seed: int, together: int
) -> None:
    ada = add_user(anywhere)
    with anywhere.session() as session:
        for source, plays in history(seed).items():
            taking.Taker(anywhere, ada, source).take(session, plays)
        session.commit()
    expected = derived(anywhere, ada)
    assert [year for year, *_ in expected[1]] == [2023, 2024]
    assert {Counts.PLAY, Counts.SKIP, Counts.THERE_ALREADY} <= {row[3] for row in expected[0]}
    with anywhere.session() as session:
        monkeypatch.setattr(parts, "TOGETHER", together)
        made = [len(part.columns.told) for part in parts.everything(session, ada)]
    assert len(made) > 1
    assert sum(made) == len(expected[0])
    assert derived(anywhere, ada) == expected


def test_what_is_told_after_the_turn_of_a_year_joins_the_page_of_the_old_one(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = add_user(context)
    early, late = NEW_YEAR - 12 * DAY, NEW_YEAR - DAY
    with context.session() as session:
        source = PlaySource.SPOTIFY_HISTORY
        plays = [_told(source, "a", early, 200_000, 0), _told(source, "b", late, 200_000, 3 * DAY)]
        taking.Taker(context, ada, source).take(session, plays)
        session.commit()
    monkeypatch.setattr(parts, "TOGETHER", 1)
    ((year, plays_in, rows),) = derived(context, ada)[1]
    assert (year, plays_in, [row["started"] for row in rows]) == (2023, 2, [early, late])


@pytest.mark.parametrize(("before", "later"), [(0, [False, True]), (1, [False, False])])
def test_a_stretch_that_what_comes_next_could_reach_into_is_left_to_it(
    before: int, later: list[bool]
) -> None:
    room = stretches.SILENCE + max(stretches.BACK, stretches.ON)
    last = np.array([NEW_YEAR - 9 * room, NEW_YEAR - room - before])
    told = Told(*[last] * 8)
    known = Known(told, last, last, np.array([0, 1]))
    assert parts._later(known, NEW_YEAR).tolist() == later

"""Told plays as columns: starts as far from their time as can be, and of each key the fullest."""

import numpy as np
import pytest

from ttt.plays import SENSE_SHIFT, Counts, How, PlaySource, Sense, ToldPlay
from ttt.services.plays import tellings
from ttt.store.plays.bulk.arriving import Arriving, country_code

HISTORY, LASTFM = PlaySource.SPOTIFY_HISTORY, PlaySource.LASTFM
T, DAY = 1_700_000_000, 86_400


def told(source: PlaySource = HISTORY, at: int = 0, **more: object) -> ToldPlay:
    return ToldPlay(T + at, "Song", ("Band",), source=source, **more)  # type: ignore[arg-type]


def columns(*plays: ToldPlay, source: PlaySource = HISTORY) -> Arriving:
    return tellings.columns(plays, np.arange(len(plays)), source, 7)


@pytest.mark.parametrize(
    ("play", "started"),
    [
        (told(ms=200_999), -200),
        (told(duration_ms=90_000), -90),
        (told(ms=0, duration_ms=90_000), 0),
        (told(), 0),
        (told(LASTFM, ms=200_000), 0),
        (told(LASTFM, ms=200_000, sense=Sense.END), -200),
        (told(ms=200_000, sense=Sense.START), 0),
        (told(ms=200_000, sense=Sense.START_MINUTE), 0),
        (told(ms=200_000, sense=Sense.DAY), 0),
        (told(ms=200_000, sense=Sense.EITHER), -200),
        (told(ms=200_000, started_at=T - 9), -9),
        (told(started_at=T - 4 * DAY), -4 * DAY),
        (told(started_at=T - 4 * DAY - 1), -4 * DAY),
        (told(started_at=T + DAY), DAY),
        (told(started_at=T + DAY + 1), DAY),
    ],
)
def test_a_start_is_what_was_said_or_reckoned_within_four_days_before_and_one_after(
    play: ToldPlay, started: int
) -> None:
    assert (columns(play).started_at - T).tolist() == [started]


def test_what_is_not_said_is_told_from_nothing_and_the_length_alone_gives_a_verdict() -> None:
    made = columns(
        told(ms=30_000, country="DE", device=3, how=int(How.OFFLINE)),
        told(ms=29_999),
        told(ms=20_000, duration_ms=20_000),
        told(how=int(How.SKIPPED)),
    )
    assert made.ms.tolist() == [30_000, 29_999, 20_000, -1]
    assert made.counts.tolist() == [Counts.PLAY, Counts.SKIP, Counts.PLAY, Counts.SKIP]
    assert made.country.tolist() == [country_code("DE"), 0, 0, 0]
    assert (made.device.tolist(), made.how.tolist()) == ([3, 0, 0, 0], [4, 0, 0, 1])
    assert (made.upload_id.tolist(), made.told_at.tolist()) == ([7] * 4, [T] * 4)
    alone = tellings.judged_alone(made)
    assert alone.counts.tolist() == [Counts.PLAY, Counts.SKIP, Counts.SKIP, Counts.SKIP]
    assert alone.ms.tolist() == made.ms.tolist()


def test_a_row_keeps_its_own_source_and_a_sense_that_is_not_its_sources() -> None:
    plain = ToldPlay(T, "Song", ("Band",))
    made = columns(plain, told(LASTFM), told(LASTFM, sense=Sense.END), source=HISTORY)
    assert made.source.tolist() == [HISTORY, LASTFM, LASTFM]
    assert made.how.tolist() == [0, 0, Sense.END << SENSE_SHIFT]


def test_of_rows_under_one_key_the_longest_stays_and_the_others_are_counted() -> None:
    rows = [
        *((told(at=9, ms=5), 1), (told(at=9, ms=7), 1), (told(at=9, ms=6), 1)),
        *((told(at=9, ms=1), 0), (told(LASTFM, at=9, ms=9), 1), (told(at=8, ms=2), 1)),
    ]
    plays, ids = zip(*rows, strict=True)
    made = tellings.columns(plays, np.array(ids), HISTORY, 7)
    kept, others = tellings.best(made)
    assert others == 2
    keys = zip(kept.told_at - T, kept.track_id, kept.source, kept.ms, strict=True)
    assert [tuple(map(int, key)) for key in keys] == [
        *((8, 1, HISTORY, 2), (9, 0, HISTORY, 1), (9, 1, HISTORY, 7), (9, 1, LASTFM, 9))
    ]
    turned, _ = tellings.best(made.only(np.arange(6)[::-1]))
    assert [column.tolist() for column in turned] == [column.tolist() for column in kept]
    nothing, none = tellings.best(made.only(np.zeros(0, np.int64)))
    assert (len(nothing.told_at), none) == (0, 0)


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ({"started_at": T - 1}, {"started_at": T - 2}),
        ({"how": 2}, {"how": 1}),
        ({"device": 2}, {"device": 1}),
        ({"country": "US"}, {"country": "DE"}),
        ({"ms": 9}, {"ms": 8, "started_at": T}),
    ],
)
def test_of_equal_lengths_the_later_start_stays_then_what_says_more(
    more: dict[str, object], less: dict[str, object]
) -> None:
    for pair in ((more, less), (less, more)):
        both = [told(**{"ms": 5, "started_at": T - 5} | one) for one in pair]
        rows, others = tellings.best(tellings.columns(both, np.zeros(2, np.int64), HISTORY, 7))
        wanted = columns(told(**{"ms": 5, "started_at": T - 5} | more))
        assert others == 1
        assert [c.tolist() for c in rows] == [c.tolist() for c in wanted]


@pytest.mark.parametrize(
    ("country", "code"), [("DE", 0x4445), (None, 0), ("", 0), ("D", 0), ("DEU", 0), ("ÄÖ", 0)]
)
def test_a_country_is_two_letters_or_none(country: str | None, code: int) -> None:
    assert country_code(country) == code

"""On what music was played and what was left early, counted plainly."""

from collections import Counter

import pytest

from tests.services.plays import plainly
from tests.services.plays.histories import History, Told, days, pages
from tests.services.plays.measures.conftest import TODAY
from ttt import words
from ttt.chartdata import By, Way, Ways
from ttt.plays import Device, How, PlaySource
from ttt.services.plays.frame import Frame, PlayedTrack, Span, build
from ttt.services.plays.frame.span import latest
from ttt.services.plays.measures.listening.skipped import skipped
from ttt.services.plays.measures.listening.ways import ways

NAMES = {1: "Phone or tablet", 2: "Computer", 4: "TV", 6: "Car"}
MODES = {"On shuffle": How.SHUFFLE, "Offline": How.OFFLINE}
WEEKS = latest("4w", TODAY)
NOON = 1_543_230_000  # 26 November 2018
SONGS = [PlayedTrack(n, f"Song {n}", ("Band",)) for n in range(1, 4)]


def frame_of(*told: Told) -> Frame:
    return build(pages(sorted(told)), SONGS)


def every(data: Ways) -> list[Way]:
    return [*data.devices, *data.modes]


def parts(history: History, told: list[Told], by: By) -> dict[str, tuple[float, float]]:
    """Of each way what it counts, and of how much."""
    devices, said, has = Counter[int](), 0.0, Counter[str]()
    for play in told:
        amount = plainly.amount(history, play, by)
        devices[play.device] += amount  # type: ignore[assignment]
        if play.device and play.source == PlaySource.SPOTIFY_HISTORY:
            said += amount
            for name, mode in MODES.items():
                has[name] += amount if play.how & mode else 0  # type: ignore[assignment]
    known = sum(amount for device, amount in devices.items() if device)
    found = {NAMES[d]: (float(devices[d]), known) for d in devices if d}
    return found | {name: (float(has[name]), said) for name in MODES}


@pytest.mark.parametrize("by", list(By))
def test_each_way_has_its_part_of_what_says_how_it_was_played(
    history: History, frame: Frame, span: Span, by: By
) -> None:
    expected = parts(history, plainly.within(history, span), by)
    found = ways(frame, span, by)

    assert {way.name: (way.value, way.share) for way in every(found)} == {
        name: pytest.approx((value, value / of))
        for name, (value, of) in expected.items()
        if of and (value or name in MODES)
    }
    devices = [way.value for way in found.devices]
    assert devices == sorted(devices, reverse=True)


@pytest.mark.parametrize("by", list(By))
def test_ways_are_beside_those_of_the_same_days_before(
    history: History, frame: Frame, span: Span, by: By
) -> None:
    now, then, compared = plainly.alike(history, span) if span.before else ([], [], 0)
    late, early = (parts(history, told, by) for told in (now, then))

    for way in every(ways(frame, span, by)):
        for shown, counted in ((way.now, late), (way.before, early)):
            value, of = counted.get(way.name, (0.0, counted["On shuffle"][1]))
            known = of or sum(v for name, (v, _) in counted.items() if name not in MODES)
            expected = value / known if compared and known else None
            assert shown == (None if expected is None else pytest.approx(expected))


def test_the_device_used_most_leads_the_sentence() -> None:
    frame = frame_of(
        Told(NOON, 60_000, 1, device=Device.PHONE),
        Told(NOON + 300, 60_000, 2, device=Device.TV),
        Told(NOON + 600, 60_000, 3, device=Device.TV),
        Told(NOON + 900, 60_000, 3),
    )
    data = ways(frame, WEEKS)

    assert data.caption.takeaway == "TV leads with 67 % of the plays"
    assert data.caption.coverage == "device known for 75 % of the plays"
    assert [(way.name, way.value) for way in every(data)] == [
        *(("TV", 2), ("Phone or tablet", 1)),
        *(("On shuffle", 0), ("Offline", 0)),
    ]


@pytest.mark.parametrize("device", list(Device)[1:])
def test_each_device_that_can_be_told_has_a_name(device: Device) -> None:
    (one,) = ways(frame_of(Told(NOON, 60_000, 1, device=device)), WEEKS).devices
    assert (bool(one.name), one.value, one.share) == (True, 1, 1)


def test_one_device_stands_alone_and_a_guess_says_so() -> None:
    frame = frame_of(
        Told(NOON, None, 1, device=Device.CAR), Told(NOON + 300, 60_000, 2, device=Device.CAR)
    )

    assert ways(frame, WEEKS).caption.takeaway == "Car alone: 100 % of the plays"
    assert ways(frame, WEEKS, By.MINUTES).caption.takeaway == "Car alone: about 100 % of the time"


def test_sources_that_do_not_say_how_are_not_taken_for_a_no() -> None:
    told = [Told(NOON, None, 1, source=PlaySource.LASTFM)]
    silent = ways(frame_of(*told), WEEKS)

    assert (silent.known, every(silent)) == (False, [])
    assert silent.caption.takeaway == "None of your sources says on what it was played"
    told += [Told(NOON + 60, 60_000, 2, how=How.SHUFFLE)]
    assert not ways(frame_of(*told), WEEKS).known
    told += [Told(NOON + 120, 60_000, 2, source=PlaySource.APPLE_MUSIC, device=Device.PHONE)]
    assert shares(ways(frame_of(*told), WEEKS)) == {"Phone or tablet": 1.0}
    told += [Told(NOON + 180, 60_000, 2, how=How.SHUFFLE, device=Device.WEB)]
    assert shares(ways(frame_of(*told), WEEKS)) == {
        "Phone or tablet": 0.5,
        "Web player": 0.5,
        "On shuffle": 1.0,
        "Offline": 0.0,
    }
    assert ways(frame_of(), WEEKS).caption.takeaway == words.NOTHING


def shares(data: Ways) -> dict[str, float]:
    return {way.name: way.share for way in every(data)}


def test_ways_are_a_table_in_per_cent() -> None:
    frame = frame_of(
        Told(NOON, 60_000, 1, device=Device.WEB, how=How.SHUFFLE),
        Told(NOON - 28 * 86_400, 60_000, 1, device=Device.WEB),
    )
    table = ways(frame, WEEKS).table()

    assert table.columns[:3] == ("way", "plays", "share in %")
    assert table.columns[3:] == ("on days recorded both times, %", "the time before, %")
    assert table.rows == (
        ("Web player", 1.0, 100.0, 100.0, 100.0),
        ("On shuffle", 1.0, 100.0, 100.0, 0.0),
        ("Offline", 0.0, 0.0, 0.0, 0.0),
    )


def test_what_was_left_early_most_often_comes_first(
    history: History, frame: Frame, span: Span
) -> None:
    begun, skips = Counter[object](), Counter[object]()
    for told in plainly.within(history, span):
        begun[history.recording(told)] += 1
        skips[history.recording(told)] += not told.play
    expected = sorted((skips[k], -begun[k]) for k in begun if skips[k])[::-1]
    rows = skipped(frame, span).rows

    assert [(row.skips, -row.begun) for row in rows] == expected[:50]
    assert len({row.key for row in rows}) == len(rows)


def test_skips_of_joined_tracks_are_those_of_one() -> None:
    joined = [PlayedTrack(n, "Song", ("Band",), recording=1) for n in (1, 2)]
    told = [Told(NOON, 9_000, 1, False), Told(NOON + 60, 9_000, 2, False)]
    (row,) = skipped(build(pages(told), joined), WEEKS).rows

    assert (row.title, row.artists, row.skips, row.begun) == ("Song", "Band", 2, 2)


@pytest.mark.parametrize(
    ("skips", "said"),
    [
        ((1, 1, 2), "Song 1 was skipped most, 2 of 3 times"),
        ((1, 2), "Song 1 and Song 2 were skipped most, once each"),
        ((1, 2, 1, 2, 3), "Song 1 and Song 2 were skipped most, 2 times each"),
        ((1, 2, 3), "3 tracks were skipped most, once each"),
        ((), "Nothing was skipped, as far as your sources say"),
    ],
)
def test_a_sentence_names_what_was_skipped_most(skips: tuple[int, ...], said: str) -> None:
    played = [Told(NOON + 60 * n, 60_000, n) for n in (1, 2, 3)]
    left = [Told(NOON + 600 + 60 * n, 5_000, song, False) for n, song in enumerate(skips)]
    data = skipped(frame_of(*played, *left), WEEKS)

    assert (data.caption.takeaway, data.known) == (said, bool(skips))


def test_nothing_played_is_nothing_skipped() -> None:
    assert skipped(frame_of(), WEEKS).caption.takeaway == words.NOTHING


def test_the_time_before_has_its_own_most_skipped() -> None:
    early = WEEKS.before
    assert early is not None
    assert len(days(early.first, early.last)) == 28
    told = [Told(NOON, 5_000, 1, False), Told(NOON - 28 * 86_400, 5_000, 2, False)]
    caption = skipped(frame_of(*told), WEEKS).caption

    assert caption.before.endswith(": Song 2 was skipped most, 1 of 1 time")
    assert caption.sources.startswith("Skipped: left before half a minute")


def test_skips_are_a_table_with_pages() -> None:
    told = [Told(NOON, 5_000, 1, False), Told(NOON + 60, 60_000, 1)]
    data = skipped(frame_of(*told), WEEKS)
    table = data.table()

    assert table.columns == ("rank", "track", "by", "skipped", "begun", "skipped in %")
    assert table.rows == ((1, "Song 1", "Band", 1, 2, 50.0),)
    assert list(table.pages) == [(0, "track")]

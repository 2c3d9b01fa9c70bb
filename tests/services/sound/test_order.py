import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.services.sounding import row, rows
from ttt.services.sound import order
from ttt.services.sound.order import Order
from ttt.services.tracks.rows import TrackRow

steadily = settings(derandomize=True, deadline=None)


def tempos(*numbers: float | None) -> list[TrackRow]:
    return [row(f"Song {place}", tempo=number) for place, number in enumerate(numbers)]


def heard(given: list[TrackRow], wanted: Order, name: str = "tempo") -> list[float | None]:
    return [each.number(name) for each in order.arranged(given, wanted).rows]


@steadily
@given(rows(), st.sampled_from(Order))
def test_no_track_is_lost_or_doubled(given: list[TrackRow], wanted: Order) -> None:
    ordered = order.arranged(given, wanted).rows

    assert sorted(r.uri for r in ordered) == sorted(r.uri for r in given)


@steadily
@given(rows(), st.sampled_from(Order))
def test_what_is_not_known_comes_last_as_it_was_given(given: list[TrackRow], wanted: Order) -> None:
    ordered = order.arranged(given, wanted)
    placed = len(given) - ordered.unplaced
    left_over = list(ordered.rows[placed:])

    assert left_over == [r for r in given if r in left_over]
    assert order.arranged(ordered.rows[:placed], wanted).unplaced == 0
    assert order.arranged(left_over, wanted).unplaced == len(left_over)


@steadily
@given(rows(), st.sampled_from(Order))
def test_the_same_rows_always_come_out_the_same_way(given: list[TrackRow], wanted: Order) -> None:
    assert order.arranged(given, wanted) == order.arranged(list(given), wanted)


def test_tempo_rises_or_falls() -> None:
    given = tempos(120, 90, 140)

    assert heard(given, Order.TEMPO_UP) == [90, 120, 140]
    assert heard(given, Order.TEMPO_DOWN) == [140, 120, 90]


@pytest.mark.parametrize("wanted", [Order.TEMPO_UP, Order.TEMPO_DOWN])
def test_equal_tempos_keep_their_order(wanted: Order) -> None:
    given = [row("A", tempo=100), row("B", tempo=100), row("C", tempo=100)]

    assert list(order.arranged(given, wanted).rows) == given


def test_a_wave_rises_and_falls_by_turns_over_the_whole_range() -> None:
    wave = heard(tempos(*range(80, 112)), Order.TEMPO_WAVE)

    assert wave[:8] == list(range(80, 112, 4))
    assert wave[8:16] == list(range(109, 80, -4))
    assert wave[16:24] == list(range(82, 112, 4))


@pytest.mark.parametrize(("tracks", "slopes"), [(19, 2), (20, 2), (21, 3), (28, 4), (44, 6)])
def test_a_slope_of_a_wave_has_about_eight_tracks(tracks: int, slopes: int) -> None:
    wave = heard(tempos(*range(80, 80 + tracks)), Order.TEMPO_WAVE)
    # Each slope takes every so-many-th tempo.
    assert wave[:3] == [80, 80 + slopes, 80 + 2 * slopes]


def test_a_short_wave_still_rises_and_falls() -> None:
    assert heard(tempos(90, 100, 110, 120), Order.TEMPO_WAVE) == [90, 110, 120, 100]


def test_an_energy_arc_rises_to_its_peak_after_two_thirds_and_falls() -> None:
    given = [row(f"Song {n}", energy=n / 9) for n in (4, 0, 8, 2, 6, 1, 7, 3, 5)]
    arc = [round((e or 0) * 9) for e in heard(given, Order.ENERGY_ARC, "energy")]

    assert arc == [0, 2, 3, 5, 6, 8, 7, 4, 1]


def test_an_arc_needs_no_tempo_and_a_tempo_no_energy() -> None:
    assert order.arranged([row(energy=0.5)], Order.ENERGY_ARC).unplaced == 0
    assert order.arranged([row(tempo=100)], Order.TEMPO_WAVE).unplaced == 0


def test_a_harmonic_mix_goes_round_the_wheel() -> None:
    # C, G, D and A major: 8B, 9B, 10B and 11B.
    given = [row(str(key), tempo=120, key=key, mode=1) for key in (0, 2, 7, 9)]
    keys = heard(given, Order.HARMONIC, "key")

    assert keys in ([0, 7, 2, 9], [9, 2, 7, 0])


def test_a_harmonic_mix_takes_half_a_tempo_for_near() -> None:
    given = [row(str(bpm), tempo=bpm, key=0, mode=1) for bpm in (140, 100, 71, 101)]
    mixed = heard(given, Order.HARMONIC)

    assert {*mixed[:2]} in ({140, 71}, {100, 101})


@pytest.mark.parametrize(
    ("wanted", "note"),
    [
        (Order.TEMPO_UP, "2 tracks without a known tempo stand at the end, in the order given"),
        (Order.ENERGY_ARC, "1 track without a known energy stands at the end, in the order given"),
        (
            Order.HARMONIC,
            "3 tracks without a known tempo and key stand at the end, in the order given",
        ),
    ],
)
def test_what_could_not_be_placed_is_said(wanted: Order, note: str) -> None:
    given = [row("A", energy=0.5), row("B", tempo=0), row("C", tempo=100, energy=0.5)]
    given[1] = row("B", tempo=0, energy=0.5) if wanted is Order.ENERGY_ARC else given[1]
    given += [row("D")] if wanted is Order.ENERGY_ARC else []

    assert order.arranged(given, wanted).note == note


def test_nothing_is_said_when_all_is_known() -> None:
    assert order.arranged(tempos(100, 90), Order.TEMPO_UP).note is None


def test_every_order_has_a_name_of_its_own() -> None:
    assert len({each.label for each in Order}) == len(Order)

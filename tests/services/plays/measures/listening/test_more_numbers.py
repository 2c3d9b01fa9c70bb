"""The numbers beside numbers: times before, movement, sittings and sentences, counted plainly."""

from collections import Counter
from datetime import timedelta

import pytest

from tests.services.plays import plainly
from tests.services.plays.histories import History, Told, days
from tests.services.plays.measures.conftest import TODAY
from tests.services.plays.measures.listening.test_listening import number, streaks
from ttt import words
from ttt.chartdata import By, Of, Step
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.measures import coverage, tops
from ttt.services.plays.measures.listening import activity, numbers, sessions


def begun(history: History, of: Of) -> dict[object, Told]:
    """The first play of everything."""
    first: dict[object, Told] = {}
    for told in history.told:
        if told.play:
            first.setdefault(plainly.keys(history, told, of)[0], told)
    return first


@pytest.mark.parametrize(("name", "of"), [("New tracks", Of.TRACKS), ("New artists", Of.ARTISTS)])
def test_new_ones_are_beside_those_of_the_same_days_before(
    history: History, frame: Frame, span: Span, name: str, of: Of
) -> None:
    if span.before is None:
        assert number(frame, span, name)[1:] == (None, None)
        return
    new = set(map(id, begun(history, of).values()))
    now, then, compared = plainly.alike(history, span)
    expected = tuple(sum(id(t) in new for t in told) for told in (now, then))

    assert number(frame, span, name)[1:] == (expected if compared else (None, None))


def test_the_sentence_of_the_numbers_counts_what_was_played(
    history: History, frame: Frame, span: Span
) -> None:
    told = [t for t in plainly.within(history, span) if t.play]
    tracks, artists = (
        {key for t in told for key in plainly.keys(history, t, of)}
        for of in (Of.TRACKS, Of.ARTISTS)
    )
    new = sum(t in told for t in begun(history, Of.TRACKS).values())
    said = numbers.numbers(frame, span).caption.takeaway

    if not plainly.within(history, span):
        assert said == words.NOTHING
        return
    some = "all new" if new == len(tracks) else f"{new} of them new"
    part = f", {'new' if len(tracks) == 1 else some}," if new else ""
    by = words.counted(len(artists), "artist")
    assert said == f"{words.counted(len(tracks), 'track')}{part} by {by}"


def skipped(told: list[Told]) -> object:
    return pytest.approx(sum(not t.play for t in told) / len(told)) if told else None


def test_skips_are_beside_those_of_the_same_days_before(
    history: History, frame: Frame, span: Span
) -> None:
    now, then, compared = plainly.alike(history, span) if span.before else ([], [], 0)
    expected = (skipped(now), skipped(then)) if compared else (None, None)

    assert number(frame, span, "Skipped")[1:] == expected


def test_a_streak_is_beside_the_longest_of_the_time_before(
    history: History, frame: Frame, span: Span
) -> None:
    name = "Days in a row" if span.current else "Most days in a row"
    run, longest = streaks(history, span)
    before = span.before
    known = before and any(plainly.recorded(history, d) for d in days(before.first, before.last))
    earlier = streaks(history, before)[1] if before and known else None

    assert number(frame, span, name) == (run if span.current else longest, longest, earlier)


def test_the_sentence_below_says_how_many_days_are_known_and_compared(
    history: History, frame: Frame, span: Span
) -> None:
    every = days(span.first, span.last)
    known = sum(plainly.recorded(history, day) for day in every)
    caption = numbers.numbers(frame, span).caption
    whole = known == len(every)

    assert caption.coverage == coverage.recorded(frame, span)
    assert caption.coverage == (
        "every day recorded" if whole else f"{known} of {len(every)} days recorded"
    )
    both = plainly.alike(history, span)[2] if span.before else None
    if both in {None, len(every)}:
        assert caption.sources == ""
    elif both:
        assert caption.sources.startswith(f"compared on the {words.counted(both, 'day')}")
    else:
        assert "nothing to compare with" in caption.sources


def test_guessed_minutes_are_told_by_their_share(
    history: History, frame: Frame, span: Span
) -> None:
    told = plainly.within(history, span)
    unknown = [t for t in told if t.ms is None]
    blank = sum(not history.heard(t) for t in unknown)
    said = coverage.guessed(frame.within(span), By.MINUTES)

    assert f"for {words.share(len(unknown), len(told))} of plays" in said
    assert said.endswith(f"or none for {words.counted(blank, 'play')}") == bool(blank)


@pytest.mark.parametrize("step", list(Step))
def test_minutes_of_the_time_before_stand_beside_those_of_now(
    history: History, frame: Frame, span: Span, step: Step
) -> None:
    if span.before is None:
        return
    shift = span.first - span.before.first
    sums, known, every = Counter[object](), Counter[object](), Counter[object]()
    for day in days(span.first, span.last):
        begin = plainly.step_of(day, step)
        every[begin] += 1
        known[begin] += day - shift <= span.before.last and plainly.recorded(history, day - shift)
    for told in plainly.within(history, span.before):
        day = history.day(told) + shift
        if day <= span.last:
            sums[plainly.step_of(day, step)] += history.heard(told)  # milliseconds, exact

    for bar in activity.activity(frame, span, By.MINUTES, step).bars:
        shown = known[bar.start] and known[bar.start] * 2 >= every[bar.start]
        assert bar.before == (pytest.approx(sums[bar.start] / 60_000) if shown else None)


def ranks(history: History, told: list[Told], of: Of, by: By) -> list[tuple[object, float, float]]:
    """Names with both amounts, sorted by them."""
    other = By.MINUTES if by is By.PLAYS else By.PLAYS
    main, ties = (plainly.totals(history, told, of, b) for b in (by, other))
    found = [(key, round(main[key], 6), round(ties.get(key, 0), 6)) for key in main]
    return sorted(found, key=lambda row: (-row[1], -row[2]))


@pytest.mark.parametrize("by", list(By))
@pytest.mark.parametrize("of", list(Of))
def test_everything_moves_by_its_places_before(
    history: History, frame: Frame, span: Span, of: Of, by: By
) -> None:
    before = ranks(history, plainly.within(history, span.before), of, by) if span.before else []
    earlier = span.before and any(
        plainly.recorded(history, d) for d in days(span.before.first, span.before.last)
    )
    places = {key: n for n, (key, *_) in enumerate(before, 1)} if earlier else {}
    amounts = Counter(row[1:] for row in before)
    clear = {key for key, *row in before if amounts[tuple(row)] == 1}
    ever = {
        key
        for t in history.told
        if t.play and history.day(t) < span.first
        for key in plainly.keys(history, t, of)
    }
    now = ranks(history, plainly.within(history, span), of, by)
    equal = Counter(row[1:] for row in now)

    rows = tops.tops(frame, span, of, by, 100).rows

    for (key, *amount), row in zip(now, rows, strict=True):
        if equal[tuple(amount)] > 1 or (key in places and key not in clear):
            continue  # Which of equals comes first is not told by the amounts.
        if key in places:
            assert (row.climbed, row.note) == (places[key] - row.rank, "")
        else:
            note = "back" if key in ever else "new"
            assert (row.climbed, row.note) == (None, note if ever else "")


def test_an_artist_is_shown_with_the_number_of_tracks_that_were_heard(
    history: History, frame: Frame, span: Span
) -> None:
    songs: dict[str, set[object]] = {}
    for told in plainly.within(history, span):
        if told.play or history.heard(told):
            artist = history.track(told).artists[0]
            songs.setdefault(artist, set()).add(history.recording(told))

    for row in tops.tops(frame, span, Of.ARTISTS).rows:
        assert row.subtitle == words.counted(len(songs[row.title]), "track")


def test_the_sentence_above_names_the_first_and_counts_all(
    history: History, frame: Frame, span: Span
) -> None:
    totals = plainly.totals(history, plainly.within(history, span), Of.ARTISTS, By.PLAYS)
    (first, most), (_, second) = sorted(totals.items(), key=lambda item: -item[1])[:2]
    if most > second:
        assert tops.tops(frame, span, Of.ARTISTS).caption.takeaway == (
            f"{first} leads {len(totals)} artists with {words.counted(most, 'play')}"
        )


def sittings(history: History, span: Span) -> list[list[Told]]:
    found: list[list[Told]] = []
    end = 0
    for told in plainly.within(history, span):
        if not found or told.started - end > 1_800:
            found.append([])
        found[-1].append(told)
        end = max(end, told.started + history.heard(told) // 1_000)
    return found


def test_each_long_sitting_tells_its_begin_its_plays_and_what_led(
    history: History, frame: Frame, span: Span
) -> None:
    every = sittings(history, span)

    def length(told: list[Told]) -> int:
        return max(t.started + history.heard(t) // 1_000 for t in told) - told[0].started

    longest = sorted(every, key=lambda told: (-length(told), told[0].started))[:5]
    titles = plainly.titles(history)

    for shown, told in zip(sessions.sittings(frame, span).longest, longest, strict=True):
        assert (shown.began, shown.seconds) == (history.at(told[0]), length(told))
        assert shown.plays == sum(t.play for t in told)
        heard = plainly.totals(history, told, Of.TRACKS, By.MINUTES)
        most = {k for k, v in heard.items() if v == pytest.approx(max(heard.values()))}
        assert any(shown.most_heard in titles[key] for key in most)


def test_the_fullest_day_and_the_silent_ones_are_said(
    history: History, frame: Frame, span: Span
) -> None:
    counts = Counter(history.day(t) for t in plainly.within(history, span) if t.play)
    known = [d for d in days(span.first, span.last) if plainly.recorded(history, d) or counts[d]]
    silent = sum(not counts[day] for day in known)
    said = activity.calendar(frame, span).caption.takeaway

    assert words.counted(len(known), "recorded day") in said
    assert said.endswith(words.counted(max(counts.values()), "play"))
    if silent and silent < len(known) / 2:
        assert said.startswith(f"Music on all but {silent} of")
    elif silent:
        assert said.startswith(f"Music on {len(known) - silent} of")


def test_the_fullest_whole_step_is_said(history: History, frame: Frame, span: Span) -> None:
    data = activity.activity(frame, span, By.PLAYS, Step.MONTH)
    counts = Counter(
        plainly.step_of(history.day(t), Step.MONTH) for t in plainly.within(history, span) if t.play
    )
    whole = [
        begin
        for begin in {plainly.step_of(day, Step.MONTH) for day in days(span.first, span.last)}
        if begin >= span.first
        and ((begin + timedelta(days=31)).replace(day=1) - timedelta(days=1)) <= span.last
    ]
    most = max((counts[begin] for begin in whole), default=0) or max(counts.values())

    assert f"was the fullest month: {words.counted(most, 'play')}" in data.caption.takeaway
    assert span.last <= TODAY

"""Everything that was told is written as it was told; ListenBrainz gets what counts."""

import io
import json

import pytest

from tests.services.plays.conftest import T, play, take
from ttt.plays import How, PlaySource, Sense
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.out import exporting, showing
from ttt.services.plays.out.exporting import ExportFormat
from ttt.store.plays import shown as stored


def written(context: Context, person: Person, form: ExportFormat) -> list[dict[str, object]]:
    stream = io.BytesIO()
    assert exporting.write(context, person, form, stream) == len(stream.getvalue())
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("form", "rows"), [(ExportFormat.EXTENDED, 2), (ExportFormat.LISTENBRAINZ, 1)]
)
def test_plays_are_written_with_or_without_what_does_not_count(
    context: Context, ada: Person, bob: Person, form: ExportFormat, rows: int
) -> None:
    take(context, ada.id, [play(1000), play(2000, "b", 5_000)])
    take(context, bob.id, [play(3000, "c")])
    found = written(context, ada, form)
    assert len(found) == rows
    assert "Song a" in json.dumps(found[0])


def test_told_plays_are_shown_with_why_they_do_not_count(context: Context, ada: Person) -> None:
    take(context, ada.id, [play(1000), play(2000, "b", 5_000)])
    shown = list(showing.plays(context, ada))
    assert [(one.title, one.counts, one.why_not) for one in shown] == [
        ("Song a", True, None),
        ("Song b", False, "too short"),
    ]
    day = shown[0].played_at.date().isoformat()
    since, until = showing.day(day), showing.day(day, after=True)
    assert since is not None
    assert until is not None
    assert (until - since).days == 1
    assert since.timestamp() <= T + 800 < until.timestamp()
    assert len(list(showing.plays(context, ada, since, until))) == 2
    assert list(showing.plays(context, ada, until)) == []


def test_a_play_is_told_with_all_that_its_source_said(context: Context, ada: Person) -> None:
    flags = How.SHUFFLE | How.PRIVATE | How.ENDED_OTHERWISE
    said = play(1_000, how=int(flags), sense=Sense.START, device=3, country="DE")
    take(context, ada.id, [said, play(2_000, "b")], PlaySource.LISTENBRAINZ)
    take(context, ada.id, [play(3_000, "c", sense=Sense.START)], PlaySource.SPOTIFY_HISTORY, 2)
    with context.session() as session:
        told = list(exporting.told(session, ada.id))
    assert [(t.how, t.sense, t.source, t.device, t.country) for t in told] == [
        (flags, 0, PlaySource.LISTENBRAINZ, 3, "DE"),
        (0, 0, PlaySource.LISTENBRAINZ, 0, None),
        (0, Sense.START, PlaySource.SPOTIFY_HISTORY, 0, None),
    ]
    assert [(t.told_at - T, t.started_at, t.ms) for t in told] == [
        (1_000, T + 1_000, 200_000),
        (2_000, T + 2_000, 200_000),
        (3_000, T + 3_000, 200_000),
    ]


@pytest.mark.parametrize("form", list(ExportFormat))
def test_a_history_of_any_length_is_written_and_shown_whole(
    context: Context, ada: Person, form: ExportFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "_TOGETHER", 2)
    take(context, ada.id, [play(900 * n, "abc"[n % 3]) for n in range(7)])
    with context.session() as session:
        assert [one.told_at - T for one in exporting.told(session, ada.id)] == [
            900 * n for n in range(7)
        ]
    assert len(list(showing.plays(context, ada))) == 7
    assert exporting.write(context, ada, form, io.BytesIO()) > 0

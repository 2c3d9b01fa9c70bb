"""What of a history needs a hand."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.services.conftest import Clock
from ttt.models import HistoryUpload, PlayGap, Recorder
from ttt.plays import PlaySource
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.top import needs
from ttt.services.top.needs import Need

DAY = timedelta(days=1)


def add(context: Context, row: HistoryUpload | PlayGap | Recorder) -> None:
    with context.session() as session:
        session.add(row)
        session.commit()


def upload(context: Context, person: Person, state: str) -> HistoryUpload:
    return HistoryUpload(
        user_id=person.id,
        name="history.csv",
        size=1,
        state=state,
        question="zone" if state == "asking" else None,
        created_at=context.now(),
    )


def gap(person: Person, since: datetime, until: datetime) -> PlayGap:
    source = PlaySource.SPOTIFY_RECENT
    return PlayGap(user_id=person.id, source=source, from_at=since, until_at=until, reason="missed")


def recorder(context: Context, person: Person, kind: str, **more: object) -> Recorder:
    row = Recorder(user_id=person.id, kind=kind, account="ada", started_at=context.now())
    for name, value in more.items():
        setattr(row, name, value)
    return row


def test_who_lacks_nothing_is_told_nothing(context: Context, ada: Person, bob: Person) -> None:
    add(context, upload(context, ada, "done"))
    add(context, upload(context, bob, "asking"))
    assert needs.of(context, ada, context.now() - 13 * DAY) == ()


def test_an_import_that_asks_comes_first(context: Context, ada: Person, clock: Clock) -> None:
    add(context, gap(ada, clock() - 3 * DAY, clock() - 2 * DAY))
    add(context, upload(context, ada, "asking"))
    first, second = needs.of(context, ada, None)

    assert first == Need("The import of history.csv asks something before it counts.", "Answer it")
    assert second.words == "Plays may be missing: 19–20 Nov 2026."


def test_a_gap_of_hours_is_told_by_its_hours_and_an_old_or_closed_one_not_at_all(
    context: Context, ada: Person, clock: Clock
) -> None:
    closed = gap(ada, clock() - 5 * DAY, clock() - 4 * DAY)
    closed.closed_by = 1
    add(context, closed)
    add(context, gap(ada, clock() - 90 * DAY, clock() - 60 * DAY))
    clock.forward(seconds=1)
    assert needs.of(context, ada, None) == ()

    clock.forward(seconds=-1)
    (need,) = needs.of(context, ada, None)
    assert need.words == "Plays may be missing: 24 Aug\N{EN DASH}23 Sep 2026."
    clock.forward(days=1)
    add(context, gap(ada, clock() - 4 * DAY, clock() - 3 * DAY))
    add(context, gap(ada, clock() - timedelta(hours=3), clock() - timedelta(hours=1)))
    (need,) = needs.of(context, ada, None)
    assert need.words == "Plays may be missing: 23 Nov, 09:00 to 11:00 and 1 other time."


def test_a_recorder_in_trouble_says_what_is_in_its_way(context: Context, ada: Person) -> None:
    trouble = "Nobody is called ada there."
    add(context, recorder(context, ada, "lastfm", error=trouble, next_at=context.now()))
    (need,) = needs.of(context, ada, None)
    assert need.words == "Last.fm: Nobody is called ada there."


def test_an_ended_authorization_is_left_to_what_every_page_says(
    context: Context, ada: Person
) -> None:
    ended = recorder(
        context, ada, "spotify", error="ended", ended_at=context.now(), next_at=context.now()
    )
    add(context, ended)
    assert needs.of(context, ada, None) == ()


@pytest.mark.parametrize(("kind", "ended"), [("spotify", False), ("lastfm", True)])
def test_any_other_trouble_is_told(
    context: Context, ada: Person, clock: Clock, kind: str, ended: bool
) -> None:
    more = {"error": "It does not answer.", "next_at": clock()}
    add(context, recorder(context, ada, kind, ended_at=clock() if ended else None, **more))
    (need,) = needs.of(context, ada, None)
    assert need.words.endswith(": It does not answer.")


def test_plays_that_end_where_nothing_records_are_missed(context: Context, ada: Person) -> None:
    assert needs.of(context, ada, context.now() - 14 * DAY) == ()
    newest = context.now() - 15 * DAY
    (need,) = needs.of(context, ada, newest)
    assert need.words == "Your plays end on 7 November 2026: nothing records them now."

    add(context, recorder(context, ada, "spotify", next_at=context.now()))
    assert needs.of(context, ada, newest) == ()


def test_plays_end_on_the_day_that_it_was_where_the_person_lives(
    context: Context, ada: Person, clock: Clock
) -> None:
    newest = clock.time.replace(hour=23) - 30 * DAY
    (need,) = needs.of(context, ada, newest)
    assert "23 October 2026" in need.words or "23 Oct 2026" in need.words
    (need,) = needs.of(context, ada, newest, ZoneInfo("Asia/Tokyo"))
    assert need.words.startswith("Your plays end on 24 Oct")

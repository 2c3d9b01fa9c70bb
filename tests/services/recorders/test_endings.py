"""An authorization that ends is said on every page, and by mail a month, a week, a day before."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.services.conftest import Clock, connect
from tests.surroundings.post_office import Office, open_office
from ttt.errors import MailFailed
from ttt.models import User
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.recorders import endings
from ttt.services.spotify import spotify
from ttt.store.plays import recorders


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        *((0, None), (151, None), (152, "soon"), (174, "soon")),
        *((175, "urgent"), (181, "urgent"), (182, "ended"), (183, "ended")),
    ],
)
def test_from_a_month_before_on_every_page_says_so(
    context: Context, ada: Person, clock: Clock, days: int, expected: str | None
) -> None:
    connect(context, ada)
    clock.forward(days=days)
    found = endings.of(spotify.connection(context, ada), clock.time)

    if expected is None:
        assert found is None
        return
    assert found is not None
    assert (found.ended, found.urgent) == (expected == "ended", expected != "soon")
    words = found.words()
    assert ("23 May 2027" in words) == (expected != "ended")
    assert "Reconnect Spotify" in words


def test_a_connection_that_ended_before_its_time_is_said_too(
    context: Context, ada: Person, clock: Clock
) -> None:
    connect(context, ada, usable=False)
    found = endings.of(spotify.connection(context, ada), clock.time)

    assert found is not None
    assert found.ended


def test_who_is_not_connected_is_told_nothing(clock: Clock) -> None:
    assert endings.of(None, clock.time) is None


@pytest.fixture
def office() -> Iterator[Office]:
    with open_office() as office:
        yield office


@pytest.fixture
def mailing(context: Context, ada: Person, office: Office) -> Context:
    """Services that can mail, with Ada's address and connection."""
    changes = {
        "smtp_host": "127.0.0.1",
        "smtp_port": office.port,
        "smtp_security": "none",
        "mail_from": "ttt@example.org",
    }
    connect(context, ada)
    with context.session() as session:
        user = session.get(User, ada.id)
        assert user is not None
        user.email = "ada@example.org"
        session.commit()
    return replace(context, settings=context.settings.model_copy(update=changes))


def sweep(context: Context) -> int:
    people = endings.people_due(context)
    for user_id in people:
        endings.warn(context, user_id)
    return len(people)


def test_a_month_a_week_and_a_day_before_a_mail_goes_out_each_once(
    mailing: Context, clock: Clock, office: Office
) -> None:
    sent = []
    assert sweep(mailing) == 0
    clock.forward(days=140)
    for _ in range(50 * 4):
        if sweep(mailing):
            sent.append(clock.time - timedelta(0))
        clock.forward(hours=6)
    ends = spotify.AUTHORIZATION_LASTS

    began = clock.time - timedelta(days=190)
    assert [(began + ends - at).days for at in sent] == [30, 7, 1]
    assert len(office.letters) == 3
    assert "23 May 2027" in office.letters[0].get_content()
    assert "/spotify" in office.letters[0].get_content()
    assert {letter["To"] for letter in office.letters} == {"ada@example.org"}


def test_after_a_long_pause_only_the_nearest_warning_is_sent(
    mailing: Context, clock: Clock, office: Office
) -> None:
    clock.forward(days=181, hours=12)

    assert (sweep(mailing), sweep(mailing)) == (1, 0)
    assert len(office.letters) == 1


def test_whoever_reconnects_is_warned_again_half_a_year_later(
    mailing: Context, ada: Person, clock: Clock, office: Office
) -> None:
    clock.forward(days=181, hours=12)
    sweep(mailing)
    spotify.disconnect(mailing, ada)
    connect(mailing, ada)
    with mailing.session() as session:
        recorders.revive(session, ada.id, clock.time)
        session.commit()
    assert sweep(mailing) == 0
    clock.forward(days=153)

    assert sweep(mailing) == 1


def test_a_mail_that_was_not_taken_is_tried_again(
    mailing: Context, clock: Clock, office: Office
) -> None:
    clock.forward(days=153)
    away = replace(mailing, settings=mailing.settings.model_copy(update={"smtp_port": 9}))
    with pytest.raises(MailFailed):
        sweep(away)

    assert sweep(mailing) == 1
    assert len(office.letters) == 1


def test_without_a_mail_server_or_an_address_nobody_is_mailed(
    context: Context, mailing: Context, ada: Person, clock: Clock
) -> None:
    clock.forward(days=153)
    assert endings.people_due(context) == []
    with mailing.session() as session:
        user = session.get(User, ada.id)
        assert user is not None
        user.email = ""
        session.commit()

    assert endings.people_due(mailing) == []


def test_whoever_disconnected_meanwhile_is_not_mailed(
    mailing: Context, ada: Person, clock: Clock, office: Office
) -> None:
    clock.forward(days=153)
    (due,) = endings.people_due(mailing)
    spotify.disconnect(mailing, ada)
    endings.warn(mailing, due)
    assert office.letters == []


def test_a_mail_says_the_day_that_it_is_where_the_person_lives(
    mailing: Context, ada: Person, clock: Clock, office: Office
) -> None:
    with mailing.session() as session:
        session.get_one(User, ada.id).time_zone = "Pacific/Auckland"
        session.commit()
    clock.forward(days=153)
    assert sweep(mailing) == 1

    assert "24 May 2027" in office.letters[0].get_content()

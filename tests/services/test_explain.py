import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from ttt import errors
from ttt.errors import TTTError
from ttt.providers.history_files import WhyNoHistory
from ttt.services.explain import clock, explain
from ttt.services.explain.clocks import zone_named

NOON = datetime(2026, 11, 22, 12, 5, tzinfo=UTC)
TOKYO = ZoneInfo("Asia/Tokyo")
# One of each, and one of each kind where they differ.
EXAMPLES: list[TTTError] = [
    errors.LinkUsedUp(),
    errors.MailFailed("The mail server cannot be reached."),
    errors.SettingsError("TTT_PORT should be less than 65536"),
    errors.InvalidInput("That is not a mail address."),
    errors.HistoryInstead("This is a listening history: bring it on the Imports page."),
    errors.NotFound("account"),
    errors.NotFound("removal"),
    errors.NotAllowed(),
    errors.TooManyTries(NOON),
    *(errors.OpenIdFailed(reason) for reason in get_args(errors.OpenIdReason)),
    *(errors.HistoryRefused(why, "history.zip") for why in WhyNoHistory),
    errors.ProviderBlocked("deezer", NOON),
    errors.ProviderBlocked("deezer", NOON, quota=True),
    errors.ProviderRefused("deezer"),
    errors.ProviderEmpty("deezer"),
    errors.ProviderUnavailable("deezer"),
    errors.ProviderNonsense("deezer"),
    errors.NotConnected(),
    errors.ReconnectNeeded(),
    errors.ConsentRefused(),
    errors.CallbackRejected("missing"),
    errors.CallbackRejected("unknown"),
    errors.CallbackRejected("foreign"),
    errors.CallbackRejected("expired"),
    errors.CallbackRejected("used"),
    errors.CallbackRejected("client"),
    errors.CodeRefused(),
    errors.NotOnAllowList(),
    errors.NotOnAllowList("Ada", "ada@example.org"),
    errors.NotOnAllowList(own=True),
    errors.NoSeatLeft(5),
    errors.NotSetUp(),
    errors.RedirectRefused("https://music.example.org/spotify"),
    errors.PremiumNeeded(),
    errors.ScopeMissing(),
    errors.ScopeMissing("playlists"),
    errors.ScopeMissing("playback"),
    errors.PlaybackNeedsPremium(),
    errors.DeviceRestricted(),
    errors.NoActiveDevice(),
    errors.SpotifyForbidden(),
    errors.SpotifyNotFound(),
    errors.SpotifyNotFound("playlist"),
    errors.NotOffered(),
    errors.ClientRefused(),
    *(errors.ClientRefused(admin=True, place=place) for place in get_args(errors.Place)),
    errors.RateLimited(NOON, connecting="kept"),
    errors.RateLimited(NOON, connecting="lost"),
    errors.StoreBusy(),
    errors.StoreAway(),
    errors.StoreFull(),
    errors.StoreReadOnly(),
    errors.Maintenance(),
    errors.RateLimited(NOON),
    errors.RateLimited(NOON, quota=True),
    errors.SpotifyUnavailable(),
    errors.SpotifyUnavailable(timed_out=True),
    errors.SpotifyUnavailable("accounts"),
    errors.SpotifyUnavailable("accounts", timed_out=True),
    errors.UnexpectedAnswer(),
    errors.UnexpectedAnswer("accounts"),
]
TIMED = [error for error in EXAMPLES if hasattr(error, "until")]
names = pytest.mark.parametrize("error", EXAMPLES, ids=repr)


def leaves(kind: type[TTTError] = TTTError) -> Iterator[type[TTTError]]:
    """Every class that is raised: those that nothing is derived from."""
    if not kind.__subclasses__():
        yield kind
    for below in kind.__subclasses__():
        if below.__module__.startswith(errors.__name__):
            yield from leaves(below)


def test_every_error_has_an_example_here() -> None:
    # Raised itself as well, beside the one that is made of it.
    assert {type(error) for error in EXAMPLES} == {*leaves(), errors.InvalidInput}


def test_every_error_has_words_of_its_own() -> None:
    words = [str(explain(error)) for error in EXAMPLES]
    assert len(set(words)) == len(words)


@names
def test_what_happened_and_what_to_do_are_whole_sentences(error: TTTError) -> None:
    words = explain(error)
    assert re.fullmatch(r"[A-Z].*\.", words.what)
    assert re.fullmatch(r"([A-Z].*\.)?", words.todo)
    assert str(words) == f"{words.what} {words.todo}".strip()


@names
def test_every_error_has_more_than_the_words_for_the_unknown(error: TTTError) -> None:
    assert explain(error) != explain(TTTError())


@pytest.mark.parametrize(
    "error", [e for e in EXAMPLES if isinstance(e, errors.SpotifyError)], ids=repr
)
def test_an_error_of_spotifys_says_what_to_do(error: TTTError) -> None:
    assert explain(error).todo


@pytest.mark.parametrize("error", TIMED, ids=repr)
def test_times_are_those_of_the_persons_zone(error: TTTError) -> None:
    assert "22 Nov, 21:05." in str(explain(error, TOKYO))
    assert "22 Nov, 12:05 UTC." in str(explain(error))


def test_a_reason_is_passed_on_as_it_is() -> None:
    assert str(explain(errors.InvalidInput("Paste one link."))) == "Paste one link."


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        (None, "22 Nov, 12:05 UTC"),
        (UTC, "22 Nov, 12:05"),
        (TOKYO, "22 Nov, 21:05"),
        (timezone(timedelta(hours=13)), "23 Nov, 01:05"),
    ],
)
def test_a_clock_says_utc_only_where_no_zone_is_known(zone: timezone | None, shown: str) -> None:
    assert clock(NOON, zone) == shown


def test_a_wait_is_never_said_to_end_before_it_does() -> None:
    late = NOON + timedelta(seconds=1)
    assert explain(errors.TooManyTries(late)).todo == "Try again after 22 Nov, 12:06 UTC."
    assert explain(errors.TooManyTries(NOON)).todo == "Try again after 22 Nov, 12:05 UTC."


@pytest.mark.parametrize("error", TIMED, ids=repr)
def test_no_wait_is_said_to_end_before_it_does(error: TTTError) -> None:
    later = replace(error, until=NOON + timedelta(seconds=1))
    assert "12:06 UTC." in str(explain(later))


def test_a_service_that_is_late_and_one_that_is_away_are_told_apart() -> None:
    late, away = (explain(errors.ProviderUnavailable("deezer", one)) for one in (True, False))
    assert str(late) == "It did not answer in time."
    assert str(away) == "It is not available."


@pytest.mark.parametrize(
    ("name", "email", "whom"),
    [("Deniz", "d@example.org", "Deniz, d@example.org"), ("Deniz", "", "Deniz"), ("", "", "you")],
)
def test_whom_an_admin_has_to_add_is_named(name: str, email: str, whom: str) -> None:
    todo = explain(errors.NotOnAllowList(name, email)).todo
    assert f"has to add {whom} under User Management" in todo


def test_what_cannot_be_put_back_is_not_called_a_removal_that_is_gone() -> None:
    assert "put back" in explain(errors.NotFound("removal")).what
    assert explain(errors.NotFound("list")).what == "There is no such list."


def test_a_spotify_that_is_late_is_told_from_one_that_is_away() -> None:
    assert "did not answer in time" in explain(errors.SpotifyUnavailable(timed_out=True)).what
    assert "is not available" in explain(errors.SpotifyUnavailable()).what


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("", None),
        (None, None),
        ("Nowhere/Here", None),
        ("America", None),
        ("../etc", None),
        ("a" * 300, None),
        ("no\0zone", None),
    ],
)
def test_a_time_zone_that_this_machine_does_not_know_is_none(
    name: str | None, known: str | None
) -> None:
    found = zone_named(name)
    assert (found and found.key) == known

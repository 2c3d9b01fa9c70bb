"""A clock ran ahead for a while: afterwards nobody waits for the time that it showed."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from sqlmodel import select

from tests.services.conftest import PASSWORD, Clock, add_person, signed_in
from tests.services.demo_spotify import DemoSpotify, connect_demo
from tests.surroundings.answering import song, spotify_id
from ttt.errors import (
    CallbackRejected,
    InvalidInput,
    LinkUsedUp,
    ProviderBlocked,
    RateLimited,
    TooManyTries,
)
from ttt.found import Source
from ttt.models import Agreement, Lookup, OAuthState, OpenIdState, Recorder, ServiceBlock
from ttt.music import Period
from ttt.roles import Role
from ttt.services.accounts import accounts, throttle
from ttt.services.context import Context
from ttt.services.doors import (
    one_time_links,
    own_sessions,
    registration,
    resetting,
    second_factor,
    sign_in,
)
from ttt.services.person import Person
from ttt.services.plays.sharing import agreeing
from ttt.services.recorders import recording
from ttt.services.recorders.players import tokens
from ttt.services.spotify import block, clients, connecting, spotify
from ttt.services.top import top_tracks
from ttt.services.values import limits
from ttt.store.doors import one_time_links as kept_links
from ttt.store.doors import openid
from ttt.store.plays import recorders
from ttt.store.spotify import snapshots
from ttt.store.tracks import matches, tracks
from ttt.store.values import service_state, values

AHEAD = timedelta(days=400)


def fail(context: Context, times: int) -> None:
    for _ in range(times):
        throttle.count(context, "password", "ada", "192.0.2.1")


def test_failed_tries_of_the_future_keep_nobody_waiting(context: Context, clock: Clock) -> None:
    clock.time += AHEAD
    fail(context, throttle.FREE_BY_NAME + 1)
    with pytest.raises(TooManyTries):
        fail(context, 1)
    clock.time -= AHEAD
    fail(context, throttle.FREE_BY_NAME + 1)
    with pytest.raises(TooManyTries) as wait:
        fail(context, 1)
    assert wait.value.until - clock() <= throttle.LONGEST_WAIT


def test_a_block_of_the_future_is_none_and_makes_room_for_a_real_one(
    context: Context, clock: Clock
) -> None:
    with context.session() as session:
        until = clock() + AHEAD
        service_state.extend_block(session, ServiceBlock(service="deezer", until=until))
        session.commit()
    limits.reserve_call(context, "deezer", "deezer", 10)
    with context.session() as session:
        until = clock() + timedelta(hours=1)
        service_state.extend_block(session, ServiceBlock(service="deezer", until=until))
        session.commit()
    with pytest.raises(ProviderBlocked) as blocked:
        limits.reserve_call(context, "deezer", "deezer", 10)
    assert blocked.value.until == until


def test_spotifys_block_of_the_future_is_none(context: Context, clock: Clock) -> None:
    client = clients.demo(context)
    for until, holds in ((clock() + AHEAD, False), (clock() + timedelta(hours=1), True)):
        with pytest.raises(RateLimited), block.kept(context, client):
            raise RateLimited(until)
        if holds:
            with pytest.raises(RateLimited):
                block.require_none(context, client)
        else:
            block.require_none(context, client)


def test_later_lists_are_shown_and_taken(context: Context, ada: Person, clock: Clock) -> None:
    period = Period.SHORT_TERM
    with context.session() as session:
        snapshots.add(session, ada.id, period, clock() + AHEAD, [None])
        snapshots.add(session, ada.id, period, clock(), [None, None])
        session.commit()
        found = snapshots.latest(session, ada.id, period, 2, clock())
        assert [one.length for one in found] == [2, 1]
        assert snapshots.newest_times(session, clock()) == {(ada.id, period): clock()}


def test_a_session_of_the_future_is_none(context: Context, ada: Person, clock: Clock) -> None:
    clock.time += AHEAD
    token = signed_in(context, ada)
    assert sign_in.current_person(context, token) == ada
    clock.time -= AHEAD
    assert sign_in.current_person(context, token) is None
    assert own_sessions.listed(context, ada, token) == []


def test_a_session_that_was_used_in_the_future_ends_as_if_it_was_not(
    context: Context, ada: Person, clock: Clock
) -> None:
    token, days = signed_in(context, ada), context.settings.session_days
    ahead = timedelta(days=days) - timedelta(hours=1)
    clock.time += ahead
    assert sign_in.current_person(context, token) == ada
    clock.time -= ahead
    assert sign_in.current_person(context, token) == ada
    clock.time += timedelta(days=days, minutes=1)
    assert sign_in.current_person(context, token) is None


def test_a_sign_in_on_its_way_is_good_for_its_minute_and_no_longer(
    context: Context, ada: Person, clock: Clock
) -> None:
    clock.time += AHEAD
    ticket = sign_in.issue_ticket(context, ada, "/")
    clock.time -= AHEAD
    assert sign_in.redeem_ticket(context, ticket, None) is None


def test_links_of_the_future_are_none_and_keep_no_other_from_being_mailed(
    context: Context, ada: Person, clock: Clock
) -> None:
    operator = accounts.operator(context)
    clock.time += AHEAD
    link = one_time_links.reset_link(context, operator, "ada").url.partition("=")[2]
    invited = one_time_links.invite(context, operator, Role.MEMBER, "").url.partition("=")[2]
    clock.time -= AHEAD
    with pytest.raises(LinkUsedUp):
        resetting.set_password(context, link, "another long one", None)
    with pytest.raises(LinkUsedUp):
        registration.accept(context, invited, "eve", "", "another long one", None)
    assert one_time_links.invitations(context, operator) == []
    with context.session() as session:
        hour = timedelta(hours=1)
        assert not kept_links.made_between(session, ada.id, clock() - hour, clock())
    one_time_links.reset_link(context, operator, "ada")
    with context.session() as session:
        assert kept_links.made_between(session, ada.id, clock() - hour, clock())


def test_a_code_that_was_used_in_the_future_locks_nobody_out(
    context: Context, ada: Person, clock: Clock
) -> None:
    def code() -> str:
        return pyotp.TOTP(secret).at(clock())

    secret = second_factor.begin(context, ada, PASSWORD).secret
    second_factor.confirm(context, ada, secret, code(), "")
    clock.time += AHEAD
    assert second_factor.check(context, ada, code(), None) is None
    clock.time -= AHEAD - timedelta(minutes=5)
    assert second_factor.check(context, ada, code(), None) is None
    with pytest.raises(InvalidInput):
        second_factor.check(context, ada, code(), None)


LOOKED_UP = ("deezer", "features")


def looked_up(context: Context, at: timedelta, lasts: timedelta) -> bool:
    """Whether a track that was asked about at that distance from now is not asked about again."""
    now = context.now()
    with context.session() as session:
        ids = tracks.save(session, [song(1)], Source.SPOTIFY, now)
        track_id = ids[spotify_id(1)]
        source, kind = LOOKED_UP
        asked = Lookup(
            track_id=track_id,
            source=source,
            kind=kind,
            found=False,
            asked_at=now + at,
            ask_again_at=now + at + lasts,
        )
        values.save_lookups(session, [asked])
        session.commit()
        return (track_id, *LOOKED_UP) in values.known(session, [track_id], now).lately


def test_tracks_that_were_looked_up_in_the_future_are_looked_up_again(
    anywhere: Context,
) -> None:
    assert looked_up(anywhere, timedelta(), timedelta(days=14))
    assert not looked_up(anywhere, timedelta(hours=2), timedelta(days=14))
    assert not looked_up(anywhere, AHEAD, timedelta(days=14))


def test_a_look_up_that_fails_after_one_of_the_future_rests_as_any(anywhere: Context) -> None:
    assert not looked_up(anywhere, AHEAD, timedelta(days=14))
    now = anywhere.now()
    with anywhere.session() as session:
        (before,) = session.exec(select(Lookup)).all()
        failed = Lookup(
            **before.model_dump() | {"asked_at": now, "ask_again_at": now + timedelta(minutes=50)}
        )
        values.postpone(session, [failed])
        session.commit()
        known = values.known(session, [before.track_id], now)
    assert (before.track_id, *LOOKED_UP) in known.lately


def test_names_that_nobody_knew_in_the_future_are_asked_about(anywhere: Context) -> None:
    now = anywhere.now()
    with anywhere.session() as session:
        for name, at in (("now", now), ("ahead", now + AHEAD)):
            matches.remember_misses(session, [name], at, at + timedelta(days=30))
        session.commit()
        assert matches.remembered(session, ["now", "ahead"], now) == {"now": None}


@pytest.mark.parametrize("ahead", [AHEAD, timedelta(hours=3)])
def test_recorders_that_looked_in_the_future_look_now(anywhere: Context, ahead: timedelta) -> None:
    now, user_id = anywhere.now(), add_person(anywhere, "eve").id
    with anywhere.session() as session:
        right = Recorder(
            user_id=user_id,
            kind=recorders.SPOTIFY,
            started_at=now,
            asked_at=now,
            next_at=now + timedelta(minutes=20),
        )
        recorder_id = recorders.add(session, right)
        session.commit()
        assert recorders.due(session, [recorders.SPOTIFY], now) == []
        assert not recorders.is_due(right, now)
        wrong = {"asked_at": now + ahead, "next_at": now + ahead + timedelta(minutes=20)}
        recorders.change(session, recorder_id, **wrong)
        session.commit()
        assert recorders.due(session, [recorders.SPOTIFY], now) == [(recorder_id, user_id)]
        found = recorders.get(session, recorder_id)
        assert found is not None
        assert recorders.is_due(found, now)
        assert recorders.asked_at(found, now) == now


def test_a_recorder_that_fails_then_rests_as_any(
    context: Context, ada: Person, demo: DemoSpotify, clock: Clock
) -> None:
    connect_demo(context, ada)
    recorder_id = recording.of(context, ada)
    clock.time += timedelta(hours=3)
    assert recording.look(context, recorder_id) is not None
    clock.time -= timedelta(hours=3)
    demo.spoil("unavailable")
    failed = recording.look(context, recorder_id)
    assert failed is not None
    assert failed.trouble is not None
    assert recording.look(context, recorder_id) is None


def test_a_list_that_was_taken_in_the_future_alone_is_refreshed(
    context: Context, ada: Person, clock: Clock
) -> None:
    with context.session() as session:
        for period in Period:
            snapshots.add(session, ada.id, period, clock() + AHEAD, [None])
        session.commit()
    lists = top_tracks.read(context, ada)
    assert top_tracks.stale(context, lists) == list(Period)


def test_nothing_plays_until_the_future(context: Context, ada: Person, clock: Clock) -> None:
    made = tokens.make(context, ada, "player")
    clock.time += AHEAD
    who = tokens.sender(context, made.token)
    assert who is not None
    song_now = {"title": "Song", "artist": "Band", "album": None}
    tokens.set_playing(context, who, song_now, timedelta(minutes=3))
    assert tokens.playing(context, ada) is not None
    clock.time -= AHEAD
    assert tokens.playing(context, ada) is None
    tokens.sender(context, made.token)
    assert [token.used_at for token in tokens.listed(context, ada)] == [clock()]


def test_a_connection_that_began_in_the_future_is_none(
    context: Context, ada: Person, demo: DemoSpotify, clock: Clock
) -> None:
    clock.time += AHEAD
    consent = connecting.begin(context, ada, "/")
    clock.time -= AHEAD
    state = parse_qs(urlsplit(consent).query)["state"][0]
    with pytest.raises(CallbackRejected):
        connecting.finish(context, ada, {"code": "c", "state": state})
    assert spotify.connection(context, ada) is None
    connecting.begin(context, ada, "/")
    with context.session() as session:
        kept = session.exec(select(OAuthState.expires_at)).all()
    assert len(kept) == 1
    assert kept[0] < clock() + timedelta(hours=1)


def test_a_sign_in_at_a_provider_that_began_in_the_future_is_none(anywhere: Context) -> None:
    now = anywhere.now()
    for name, at in (("ahead", now + AHEAD), ("now", now)):
        state = OpenIdState(
            state_hash=name,
            browser_hash="b",
            nonce="n",
            verifier_encrypted="v",
            next_path="/",
            expires_at=at + openid.STATE_LIFE,
        )
        with anywhere.session() as session:
            openid.add_state(session, state, at)
            session.commit()
            good = openid.claim_state(session, name, now) is not None
            session.rollback()
        assert good is (name == "now")
    with anywhere.session() as session:
        assert session.exec(select(OpenIdState.state_hash)).all() == ["now"]


def test_an_invitation_to_compare_of_the_future_is_none(
    context: Context, ada: Person, bob: Person, clock: Clock
) -> None:
    clock.time += AHEAD
    url = agreeing.invite(context, ada).url
    clock.time -= AHEAD
    code = parse_qs(urlsplit(url).query)["compare"][0]
    with pytest.raises(LinkUsedUp):
        agreeing.agree(context, bob, code)
    assert agreeing.listed(context, ada) == []
    for _ in range(agreeing.MOST_OPEN):
        agreeing.invite(context, ada)
    with context.session() as session:
        assert len(session.exec(select(Agreement)).all()) == agreeing.MOST_OPEN

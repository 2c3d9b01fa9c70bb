import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import SQLModel, col, select

from tests.services.conftest import Clock, add_person, connect
from tests.services.demo_spotify import DemoSpotify, agree, cancel, connect_demo
from ttt.errors import (
    CallbackRejected,
    ClientRefused,
    CodeRefused,
    ConsentRefused,
    NotConnected,
    NotOnAllowList,
    PremiumNeeded,
    RateLimited,
    ReconnectNeeded,
    ScopeMissing,
    SpotifyError,
    SpotifyUnavailable,
    TooManyTries,
    UnexpectedAnswer,
)
from ttt.models import (
    AuditEvent,
    ListEntry,
    OAuthState,
    SpotifyAccount,
    TopEntry,
    TopSnapshot,
    Track,
)
from ttt.music import Period
from ttt.providers.spotify import Profile, Spotify, Token
from ttt.services.accounts import accounts, decisions, throttle
from ttt.services.accounts.decisions import Decisions
from ttt.services.context import Context
from ttt.services.keys.vault import open_vault
from ttt.services.lists import entries
from ttt.services.person import Person
from ttt.services.spotify import block, clients, connecting, permissions, spotify
from ttt.services.top import top_tracks

Given = Callable[[Context, Person, Clock], dict[str, str]]

TOKEN_PATH = "/api/token"
TOP_PATH = "/v1/me/top/tracks"


def ask(client: Spotify) -> object:
    """A request on somebody's behalf."""
    return client.top_tracks(Period.SHORT_TERM)


def every(context: Context, table: type[SQLModel]) -> list[Any]:
    with context.session() as session:
        return list(session.exec(select(table)))


def stored_token(context: Context, person: Person) -> Token:
    with context.session() as session:
        account = session.get(SpotifyAccount, person.id)
        assert account is not None
        assert account.token_encrypted is not None
        text = context.vault.decrypt(account.token_encrypted)
    assert text is not None
    return Token.from_json(text)


def actions(context: Context) -> list[str]:
    with context.session() as session:
        return list(session.exec(select(AuditEvent.action).order_by(col(AuditEvent.id))))


def test_nobody_is_connected_at_first(context: Context, ada: Person) -> None:
    assert spotify.connection(context, ada) is None


@pytest.mark.usefixtures("demo")
def test_agreeing_connects_and_leads_back_to_where_it_began(
    context: Context, ada: Person, clock: Clock
) -> None:
    answer = agree(context, ada, "chiara", "/trending?whose=Mine")
    assert connecting.finish(context, ada, answer) == "/trending?whose=Mine"
    connection = spotify.connection(context, ada)
    assert connection == spotify.Connection(
        "Chiara", True, clock.time, True, None, False, frozenset(permissions.SCOPES)
    )
    assert connection.ends_at - clock.time == timedelta(days=182)
    assert actions(context)[-1] == "spotify connected"


@pytest.mark.usefixtures("demo")
def test_connecting_is_seen_by_what_is_cached_for_the_person(context: Context, ada: Person) -> None:
    before = accounts.find(context, "ada").revision
    connect_demo(context, ada)
    assert accounts.find(context, "ada").revision > before


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("foreign", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_a_foreign_next_path_leads_home(context: Context, ada: Person, foreign: str) -> None:
    assert connecting.finish(context, ada, agree(context, ada, next_path=foreign)) == "/"


def test_verifiers_have_a_length_that_pkce_allows_and_never_repeat(
    context: Context, ada: Person
) -> None:
    for _ in range(20):
        connecting.begin(context, ada, "/")
    states = every(context, OAuthState)
    verifiers = {context.vault.decrypt(state.verifier_encrypted) for state in states}
    assert len(verifiers) == len(states) == 20
    assert all(verifier and 43 <= len(verifier) <= 128 for verifier in verifiers)


@pytest.mark.usefixtures("demo")
def test_neither_state_nor_verifier_nor_token_can_be_read_from_the_database(
    context: Context, ada: Person
) -> None:
    answer = agree(context, ada)
    (state,) = every(context, OAuthState)
    assert answer["state"] not in repr(state)
    verifier = context.vault.decrypt(state.verifier_encrypted)
    assert verifier is not None
    assert verifier not in repr(state)
    connecting.finish(context, ada, answer)
    (account,) = every(context, SpotifyAccount)
    assert stored_token(context, ada).refresh_token not in repr(account)


def test_nobody_tries_states_without_end(context: Context, ada: Person, clock: Clock) -> None:
    for number in range(throttle.FREE_BY_NAME + 1):
        with pytest.raises(CallbackRejected):
            connecting.finish(context, ada, {"state": f"guess {number}", "code": "code"})
    with pytest.raises(TooManyTries):
        connecting.finish(context, ada, {"state": "guess", "code": "code"})


@pytest.mark.usefixtures("demo")
def test_an_answer_that_belongs_here_forgives_those_that_did_not(
    context: Context, ada: Person
) -> None:
    for _ in range(2):
        for number in range(throttle.FREE_BY_NAME):
            with pytest.raises(CallbackRejected):
                connecting.finish(context, ada, {"state": f"guess {number}", "code": "code"})
        connecting.finish(context, ada, agree(context, ada))


def an_answer_without_state(context: Context, person: Person, clock: Clock) -> dict[str, str]:
    return {name: v for name, v in agree(context, person).items() if name != "state"}


def an_unknown_state(context: Context, person: Person, clock: Clock) -> dict[str, str]:
    return agree(context, person) | {"state": "somebody's guess"}


def an_expired_state(context: Context, person: Person, clock: Clock) -> dict[str, str]:
    answer = agree(context, person)
    clock.forward(minutes=10)
    return answer


REJECTED = {
    "missing": an_answer_without_state,
    "unknown": an_unknown_state,
    "expired": an_expired_state,
}


@pytest.mark.parametrize(("reason", "given"), REJECTED.items())
def test_an_answer_that_does_not_belong_is_rejected_and_its_code_not_spent(
    context: Context, demo: DemoSpotify, ada: Person, clock: Clock, reason: str, given: Given
) -> None:
    with pytest.raises(CallbackRejected) as rejected:
        connecting.finish(context, ada, given(context, ada, clock))
    assert rejected.value.reason == reason
    assert TOKEN_PATH not in demo.asked
    assert every(context, SpotifyAccount) == []


def test_somebody_elses_answer_is_rejected_and_stays_good_for_them(
    context: Context, demo: DemoSpotify, ada: Person, bob: Person
) -> None:
    answer = agree(context, ada)
    with pytest.raises(CallbackRejected) as rejected:
        connecting.finish(context, bob, answer)
    assert rejected.value.reason == "foreign"
    assert TOKEN_PATH not in demo.asked
    assert every(context, SpotifyAccount) == []
    connecting.finish(context, ada, answer)
    assert spotify.connection(context, ada) is not None


@pytest.mark.usefixtures("demo")
def test_an_answer_is_good_for_ten_minutes(context: Context, ada: Person, clock: Clock) -> None:
    answer = agree(context, ada)
    clock.forward(minutes=9, seconds=59)
    connecting.finish(context, ada, answer)
    assert spotify.connection(context, ada) is not None


@pytest.mark.usefixtures("demo")
def test_an_answer_is_good_once(context: Context, ada: Person) -> None:
    answer = agree(context, ada)
    connecting.finish(context, ada, answer)
    before = stored_token(context, ada)
    with pytest.raises(CallbackRejected) as rejected:
        connecting.finish(context, ada, answer)
    assert rejected.value.reason == "used"
    assert stored_token(context, ada) == before


def test_of_two_at_once_one_connects_and_the_code_goes_out_once(
    context: Context, demo: DemoSpotify, ada: Person
) -> None:
    answer, start = agree(context, ada), threading.Barrier(2)
    reasons: list[str] = []

    def finish() -> None:
        start.wait()
        try:
            connecting.finish(context, ada, answer)
        except CallbackRejected as rejected:
            reasons.append(rejected.reason)
        else:
            reasons.append("connected")

    threads = [threading.Thread(target=finish) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(reasons) == ["connected", "used"]
    assert demo.asked.count(TOKEN_PATH) == 1


def test_refusing_consent_stores_nothing_and_spends_the_state(
    context: Context, demo: DemoSpotify, ada: Person
) -> None:
    answer = cancel(context, ada)
    with pytest.raises(ConsentRefused):
        connecting.finish(context, ada, answer)
    with pytest.raises(CallbackRejected):
        connecting.finish(context, ada, answer)
    assert TOKEN_PATH not in demo.asked
    assert every(context, SpotifyAccount) == []


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ("server_error", SpotifyUnavailable("accounts")),
        ("temporarily_unavailable", SpotifyUnavailable("accounts")),
        ("invalid_scope", UnexpectedAnswer("accounts")),
        ("", UnexpectedAnswer("accounts")),
    ],
)
def test_another_error_in_the_redirect_is_no_refusal(
    context: Context, ada: Person, error: str, expected: SpotifyError
) -> None:
    with pytest.raises(type(expected)) as raised:
        connecting.finish(context, ada, cancel(context, ada) | {"error": error})
    assert raised.value == expected
    assert every(context, SpotifyAccount) == []


def test_a_redirect_without_a_code_makes_no_sense(
    context: Context, demo: DemoSpotify, ada: Person
) -> None:
    answer = agree(context, ada) | {"code": ""}
    with pytest.raises(UnexpectedAnswer):
        connecting.finish(context, ada, answer)
    assert TOKEN_PATH not in demo.asked
    assert every(context, SpotifyAccount) == []


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("code_refused", CodeRefused),
        ("accounts_down", SpotifyUnavailable),
        ("accounts_html", UnexpectedAnswer),
        ("accounts_no_token", UnexpectedAnswer),
        ("not_allowed", NotOnAllowList),
        ("not_allowed_text", NotOnAllowList),
        ("owner_without_premium", PremiumNeeded),
        ("unavailable", SpotifyUnavailable),
        ("broken_json", UnexpectedAnswer),
        ("unauthorized", ReconnectNeeded),
        ("rate_limited", RateLimited),
    ],
)
def test_a_fault_on_connecting_stores_nothing_and_leaves_the_way_open(
    context: Context,
    demo: DemoSpotify,
    ada: Person,
    clock: Clock,
    fault: str,
    expected: type[SpotifyError],
) -> None:
    demo.spoil(fault)
    with pytest.raises(expected):
        connect_demo(context, ada)
    assert every(context, SpotifyAccount) == []
    demo.mend()
    clock.forward(minutes=1)  # what the rate limit asks for
    connect_demo(context, ada)
    assert spotify.connection(context, ada) is not None


@pytest.mark.parametrize("admin", [True, False])
def test_a_wrong_client_secret_is_told_to_those_who_can_mend_it(
    context: Context, demo: DemoSpotify, admin: bool
) -> None:
    person = add_person(context, "somebody", admin=admin)
    demo.spoil("client_refused")
    with pytest.raises(ClientRefused) as refused:
        connect_demo(context, person)
    assert refused.value.admin is admin


def test_a_client_secret_that_went_wrong_costs_nobody_the_connection(
    context: Context, demo: DemoSpotify, ada: Person, clock: Clock
) -> None:
    connect_demo(context, ada)
    before = stored_token(context, ada)
    demo.spoil("client_refused")
    demo.spoil("unauthorized", times=1)
    with pytest.raises(ClientRefused):
        spotify.call(context, ada, ask)
    assert stored_token(context, ada) == before


def test_while_spotify_said_wait_an_answer_is_kept_and_nobody_is_asked(
    context: Context, demo: DemoSpotify, ada: Person, bob: Person, clock: Clock
) -> None:
    connect_demo(context, bob)
    demo.spoil("rate_limited")
    with pytest.raises(RateLimited) as limit:
        spotify.call(context, bob, ask)
    demo.mend()
    answer = agree(context, ada)
    demo.asked.clear()
    for _ in range(10):
        with pytest.raises(RateLimited) as again:
            connecting.finish(context, ada, answer)
        assert again.value == replace(limit.value, connecting="kept")
    assert demo.asked == []
    clock.time = limit.value.until
    connecting.finish(context, ada, answer)
    assert spotify.connection(context, ada) is not None


def test_an_answer_is_not_called_kept_where_the_wait_is_longer_than_it_is_good(
    context: Context, demo: DemoSpotify, ada: Person, bob: Person
) -> None:
    connect_demo(context, bob)
    demo.spoil("quota_exceeded")
    with pytest.raises(RateLimited):
        spotify.call(context, bob, ask)
    with pytest.raises(RateLimited) as limit:
        connecting.finish(context, ada, agree(context, ada))
    assert limit.value.connecting == "lost"


def test_an_answer_is_kept_for_a_wait_of_eight_minutes_at_most(
    context: Context, demo: DemoSpotify, ada: Person, bob: Person, clock: Clock
) -> None:
    connect_demo(context, bob)
    demo.spoil("quota_exceeded")
    with pytest.raises(RateLimited) as limit:
        spotify.call(context, bob, ask)
    demo.mend()
    found = []
    for seconds in (481, 480):
        clock.time = limit.value.until - timedelta(seconds=seconds)
        with pytest.raises(RateLimited) as again:
            connecting.finish(context, ada, agree(context, ada))
        found.append(again.value.connecting)
    assert found == ["lost", "kept"]


@pytest.mark.usefixtures("demo")
def test_a_fault_on_reconnecting_leaves_the_connection_as_it_was(
    context: Context, demo: DemoSpotify, ada: Person
) -> None:
    connect_demo(context, ada)
    before = stored_token(context, ada)
    demo.spoil("accounts_down")
    with pytest.raises(SpotifyUnavailable):
        connect_demo(context, ada)
    assert stored_token(context, ada) == before


def test_who_is_not_connected_is_told_so_without_a_request(
    context: Context, demo: DemoSpotify, ada: Person
) -> None:
    with pytest.raises(NotConnected):
        spotify.call(context, ada, ask)
    assert demo.asked == []


def test_an_ended_access_token_is_renewed_and_the_new_one_kept(
    context: Context, demo: DemoSpotify, ada: Person, clock: Clock
) -> None:
    connect_demo(context, ada)
    before = stored_token(context, ada)
    clock.forward(hours=2)
    spotify.call(context, ada, ask)
    after = stored_token(context, ada)
    assert after.access_token != before.access_token
    assert after.refresh_token == before.refresh_token
    demo.asked.clear()
    spotify.call(context, ada, ask)
    assert demo.asked == [TOP_PATH]


@pytest.mark.parametrize("refusal", ["token_revoked", "six_months"])
def test_a_dead_authorization_is_dropped_and_asked_for_again(
    context: Context, demo: DemoSpotify, ada: Person, refusal: str
) -> None:
    connect_demo(context, ada)
    demo.spoil("unauthorized", refusal)
    with pytest.raises(ReconnectNeeded):
        spotify.call(context, ada, ask)
    connection = spotify.connection(context, ada)
    assert connection is not None
    assert not connection.usable
    demo.mend()
    demo.asked.clear()
    with pytest.raises(ReconnectNeeded):
        spotify.call(context, ada, ask)
    assert demo.asked == []
    connect_demo(context, ada)
    assert spotify.call(context, ada, ask)


@pytest.mark.parametrize(("fault", "quota"), [("rate_limited", False), ("quota_exceeded", True)])
def test_a_rate_limit_is_kept_and_nobody_asks_before_it_is_over(
    context: Context,
    demo: DemoSpotify,
    ada: Person,
    bob: Person,
    clock: Clock,
    fault: str,
    quota: bool,
) -> None:
    connect_demo(context, ada)
    connect_demo(context, bob, "ben")
    demo.spoil(fault)
    with pytest.raises(RateLimited) as limit:
        spotify.call(context, ada, ask)
    assert limit.value.quota is quota
    assert limit.value.until > clock.time
    demo.mend()
    demo.asked.clear()
    for person in (ada, bob):
        connection = spotify.connection(context, person)
        assert connection is not None
        assert connection.blocked_until == limit.value.until
        assert connection.quota_used_up is quota
        with pytest.raises(RateLimited) as again:
            spotify.call(context, person, ask)
        assert again.value == limit.value
    assert demo.asked == []
    clock.time = limit.value.until
    unblocked = spotify.connection(context, ada)
    assert unblocked is not None
    assert unblocked.blocked_until is None
    assert spotify.call(context, ada, ask)


def test_a_rate_limit_on_connecting_is_kept_as_well(
    context: Context, demo: DemoSpotify, ada: Person, bob: Person
) -> None:
    connect_demo(context, bob)
    demo.spoil("quota_exceeded")
    with pytest.raises(RateLimited) as limit:
        connect_demo(context, ada)
    connection = spotify.connection(context, bob)
    assert connection is not None
    assert connection.blocked_until == limit.value.until


def test_of_two_answers_that_cross_the_longer_wait_holds(context: Context, ada: Person) -> None:
    connect(context, ada)
    client = clients.serving(context, ada.id)
    for minutes in (60, 1):
        with pytest.raises(RateLimited), block.kept(context, client):
            raise RateLimited(context.now() + timedelta(minutes=minutes))
    connection = spotify.connection(context, ada)
    assert connection is not None
    assert connection.blocked_until == context.now() + timedelta(minutes=60)


def test_a_limit_of_another_app_is_not_ours(context: Context, ada: Person) -> None:
    context = with_client_id(context, "one-app")
    connect(context, ada)
    limit = RateLimited(context.now() + timedelta(hours=1))

    def limited(_client: Spotify) -> None:
        raise limit

    with pytest.raises(RateLimited):
        spotify.call(context, ada, limited)
    other = with_client_id(context, "another-app")
    connection = spotify.connection(other, ada)
    assert connection is not None
    assert connection.blocked_until is None


def test_a_connection_to_another_app_has_to_be_made_again(
    context: Context, demo: DemoSpotify, ada: Person
) -> None:
    connect_demo(context, ada)
    operator = accounts.operator(context)
    decisions.decide(context, operator, Decisions(look_around="no"))
    other = with_client_id(context, "another-app")
    connection = spotify.connection(other, ada)
    assert connection is not None
    assert not connection.usable
    demo.asked.clear()
    with pytest.raises(ReconnectNeeded):
        spotify.call(other, ada, ask)
    assert demo.asked == []
    assert spotify.call(context, ada, ask)


@pytest.mark.usefixtures("demo")
def test_a_token_under_a_lost_key_has_to_be_replaced(context: Context, ada: Person) -> None:
    connect_demo(context, ada)
    (context.settings.data_dir / "secret.key").unlink()
    with pytest.raises(ReconnectNeeded):
        spotify.call(replace(context, vault=open_vault(context.settings)), ada, ask)


@pytest.mark.usefixtures("demo")
def test_reconnecting_the_same_listener_keeps_their_lists(context: Context, ada: Person) -> None:
    connect_demo(context, ada)
    top_tracks.refresh(context, ada)
    connect_demo(context, ada)
    assert len(every(context, TopSnapshot)) == len(Period)


@pytest.mark.usefixtures("demo")
def test_connecting_another_listener_deletes_the_lists_of_the_one_before(
    context: Context, ada: Person, bob: Person
) -> None:
    for person in (ada, bob):
        connect_demo(context, person)
        top_tracks.refresh(context, person)
    connect_demo(context, ada, "deniz")
    assert {snapshot.user_id for snapshot in every(context, TopSnapshot)} == {bob.id}
    connection = spotify.connection(context, ada)
    assert connection is not None
    assert connection.display_name == "Deniz"


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        (("ada", "a1"), ("ada", "a1"), True),
        (("ada", "a1"), ("ada-renamed", "a1"), True),
        (("ada", "a1"), ("ada", "a2"), False),
        (("ada", None), ("ada", "a1"), True),
        (("ada", "a1"), ("ada", None), True),
        (("ada", None), ("ben", "b1"), False),
    ],
)
def test_a_listener_is_known_by_the_id_that_never_changes_where_there_is_one(
    context: Context,
    ada: Person,
    monkeypatch: pytest.MonkeyPatch,
    before: tuple[str, str | None],
    after: tuple[str, str | None],
    kept: bool,
) -> None:
    connect(context, ada)
    with context.session() as session:
        account = session.get_one(SpotifyAccount, ada.id)
        account.spotify_id, account.account_id = before
        session.add(TopSnapshot(user_id=ada.id, period="short_term", taken_at=context.now()))
        session.commit()
    token, profile = stored_token(context, ada), Profile(*after, "Ada")
    monkeypatch.setattr(connecting, "exchange", lambda *_: token)
    monkeypatch.setattr(connecting.Spotify, "me", lambda _client: profile)
    state = parse_qs(urlsplit(connecting.begin(context, ada, "/")).query)["state"][0]
    connecting.finish(context, ada, {"code": "c", "state": state})
    assert bool(every(context, TopSnapshot)) is kept


@pytest.mark.usefixtures("demo")
def test_disconnecting_deletes_token_lists_and_their_tracks_but_nothing_saved(
    context: Context, ada: Person
) -> None:
    connect_demo(context, ada)
    top_tracks.refresh(context, ada)
    uris = [row.uri for row in top_tracks.read(context, ada)[Period.SHORT_TERM].rows[:3]]
    entries.add_uris(context, ada, uris)
    connecting.begin(context, ada, "/")

    spotify.disconnect(context, ada)

    assert spotify.connection(context, ada) is None
    for table in (SpotifyAccount, OAuthState, TopSnapshot, TopEntry):
        assert every(context, table) == []
    assert len(every(context, ListEntry)) == 3
    assert {f"spotify:track:{track.spotify_id}" for track in every(context, Track)} == set(uris)
    assert [row.uri for row in entries.listed(context, ada)] == uris
    assert actions(context)[-1] == "spotify disconnected"


@pytest.mark.usefixtures("demo")
def test_disconnecting_leaves_others_as_they_are(
    context: Context, ada: Person, bob: Person
) -> None:
    for person in (ada, bob):
        connect_demo(context, person)
        top_tracks.refresh(context, person)
    before = top_tracks.read(context, bob)
    spotify.disconnect(context, ada)
    assert top_tracks.read(context, bob) == before
    assert spotify.call(context, bob, ask)


def with_client_id(context: Context, client_id: str) -> Context:
    settings = context.settings.model_copy(update={"spotify_client_id": client_id})
    return replace(context, settings=settings)


def test_a_connection_of_before_allows_top_tracks_and_asks_for_nothing_more(
    context: Context, ada: Person, demo: DemoSpotify
) -> None:
    connect(context, ada, scopes=["user-top-read"])
    connection = spotify.connection(context, ada)
    assert connection is not None
    assert (connection.usable, connection.complete) == (True, False)
    for purpose in permissions.NEEDS:
        assert not connection.allows(purpose)
        with pytest.raises(ScopeMissing) as refused:
            spotify.call(context, ada, ask, purpose)
        assert refused.value.purpose == purpose
    assert demo.asked == []


def test_a_connection_of_now_allows_everything(context: Context, ada: Person) -> None:
    connect(context, ada)
    connection = spotify.connection(context, ada)
    assert connection is not None
    assert connection.complete
    assert all(connection.allows(purpose) for purpose in permissions.NEEDS)


@pytest.mark.usefixtures("demo")
def test_disconnecting_leaves_nothing_of_spotifys_in_any_table(
    context: Context, ada: Person
) -> None:
    connect_demo(context, ada, "chiara")
    top_tracks.refresh(context, ada)
    connecting.begin(context, ada, "/")
    before = accounts.find(context, "ada").revision
    spotify.disconnect(context, ada)
    ours = {"user_account", "track_list", "audit_event", "server_setting"}
    with context.engine.connect() as connection:
        held = {
            name: [dict(row) for row in connection.execute(table.select()).mappings()]
            for name, table in SQLModel.metadata.tables.items()
        }
    assert {name for name, rows in held.items() if rows} == ours
    assert "chiara" not in str(held).casefold()
    assert accounts.find(context, "ada").revision > before


@pytest.mark.usefixtures("demo")
def test_what_spotify_answers_after_disconnecting_is_not_kept(
    context: Context, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect_demo(context, ada)
    real = Spotify.top_tracks

    def late(client: Spotify, period: Period) -> Any:
        found = real(client, period)
        spotify.disconnect(context, ada)
        return found

    monkeypatch.setattr(Spotify, "top_tracks", late)
    with pytest.raises(NotConnected):
        top_tracks.refresh(context, ada, [Period.SHORT_TERM])
    assert every(context, TopSnapshot) == []
    assert every(context, Track) == []


@pytest.mark.parametrize("purpose", permissions.NEEDS)
def test_what_was_granted_for_a_purpose_is_enough_for_it(
    context: Context, ada: Person, purpose: permissions.Purpose
) -> None:
    connect(context, ada, scopes=permissions.NEEDS[purpose])
    found = spotify.connection(context, ada)
    assert found is not None
    assert found.allows(purpose)
    assert not found.complete

"""What players send here is passed on to ListenBrainz: all of it, once, and as it came."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from tests.providers.scripted import Asked, Reply, Server, serving
from tests.services.conftest import Clock
from ttt.errors import InvalidInput, NotAllowed, NotFound, ProviderError
from ttt.models import Relay, ServiceBlock, User
from ttt.services.accounts import removing
from ttt.services.context import Context
from ttt.services.keys.vault import Vault, new_secret
from ttt.services.person import Person
from ttt.services.recorders.players import listens, relaying, submitting, tokens
from ttt.services.recorders.players.relaying import Relaying
from ttt.services.recorders.players.tokens import Sender
from ttt.store.plays.players import relays

AT = 1_795_000_000
TOKEN = "8e2b3c5a-token-at-listenbrainz"


@dataclass
class Elsewhere:
    """ListenBrainz with one account, which keeps a listen once."""

    server: Server
    token: str = TOKEN
    kept: dict[str, Any] = field(default_factory=dict)
    sizes: list[int] = field(default_factory=list)
    faults: list[Reply] = field(default_factory=list)
    bad: frozenset[str] = frozenset()
    """Titles that it refuses, with all that is sent beside them."""

    def answer(self, asked: Asked) -> Reply:
        if self.faults:
            return self.faults.pop(0)
        known = asked.headers.get("Authorization") == f"Token {self.token}"
        if asked.path == "/1/validate-token":
            return Reply(body={"valid": known, "user_name": "ada_lb" if known else None})
        assert asked.path == "/1/submit-listens"
        return self._take(json.loads(asked.body)) if known else Reply(401, {"error": "no"})

    def _take(self, body: dict[str, Any]) -> Reply:
        rows = body["payload"]
        assert body["listen_type"] == ("single" if len(rows) == 1 else "import")
        self.sizes.append(len(rows))
        if self.bad & {row["track_metadata"]["track_name"] for row in rows}:
            return Reply(400, {"code": 400, "error": "no"})
        self.kept |= {f"{row['listened_at']}": row for row in rows}
        return Reply(body={"status": "ok"})

    @property
    def times(self) -> list[int]:
        return sorted(map(int, self.kept))


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    with serving() as server:
        elsewhere = Elsewhere(server)
        server.answer = elsewhere.answer
        yield elsewhere


@pytest.fixture
def there(context: Context, elsewhere: Elsewhere) -> Context:
    """Services that find ListenBrainz there."""
    settings = type(context.settings)(
        _env_file=None,
        data_dir=context.settings.data_dir,
        port=context.settings.port,
        listenbrainz_url=elsewhere.server.url,
    )
    return replace(context, settings=settings)


@pytest.fixture
def player(context: Context, ada: Person) -> Sender:
    who = submitting.sender(context, tokens.make(context, ada, "Navidrome").token, None)
    assert who is not None
    return who


def listen(at: int, title: str = "", **about: Any) -> dict[str, Any]:
    named = {"track_name": title or f"Song {at}", "artist_name": "Band"}
    return {"listened_at": at, "track_metadata": named | about}


def send(context: Context, who: Sender, *rows: dict[str, Any], kind: str = "import") -> None:
    body = json.dumps({"listen_type": kind, "payload": list(rows)}).encode()
    submitting.submit(context, who, listens.read(body, context.now()))


def advance(context: Context, person: Person) -> int:
    """Pass on until it rests; how many turns it took."""
    turns = 1
    while relaying.advance(context, person.id):
        turns += 1
    return turns


def state(context: Context, person: Person) -> Relaying:
    found = relaying.state(context, person)
    assert found is not None
    return found


def test_what_players_send_goes_on_word_for_word_once_it_is_wanted(
    there: Context, ada: Person, player: Sender, elsewhere: Elsewhere
) -> None:
    send(there, player, listen(AT))
    assert relaying.begin(there, ada, f" {TOKEN}\n") == "ada_lb"
    info = {"media_player": "Navidrome", "recording_mbid": "x", "tags": ["ö", "\u2028"], "n": 1.5}
    about = listen(AT + 300, release_name="Album", additional_info=info, odd=[{"a": None}])
    send(there, player, about | {"listened_at": f"{AT + 300}", "else": 1})
    assert relaying.due(there) == [ada.id]
    advance(there, ada)

    assert list(elsewhere.kept.values()) == [about]
    found = state(there, ada)
    assert (found.account, found.passed, found.waiting, found.trouble) == ("ada_lb", 1, 0, None)
    assert (found.passed_at, found.left_out) == (there.now(), 0)
    assert relaying.due(there) == []


def test_what_plays_now_and_what_was_sent_before_go_nowhere(
    there: Context, ada: Person, player: Sender, elsewhere: Elsewhere
) -> None:
    relaying.begin(there, ada, TOKEN)
    now = listen(AT)
    del now["listened_at"]
    send(there, player, now, kind="playing_now")
    for _ in range(2):
        send(there, player, listen(AT))
        advance(there, ada)

    assert elsewhere.sizes == [1]
    assert state(there, ada).passed == 1


def test_many_go_a_hundred_at_a_time_in_their_order(
    there: Context, ada: Person, player: Sender, elsewhere: Elsewhere
) -> None:
    relaying.begin(there, ada, TOKEN)
    send(there, player, *(listen(AT + n) for n in range(250)))

    assert advance(there, ada) == 3
    assert elsewhere.sizes == [100, 100, 50]
    assert list(map(int, elsewhere.kept)) == [AT + n for n in range(250)]


def test_a_listen_that_is_refused_costs_no_other_and_is_counted(
    there: Context, ada: Person, player: Sender, elsewhere: Elsewhere
) -> None:
    relaying.begin(there, ada, TOKEN)
    elsewhere.bad = frozenset({"bad", "worse"})
    rows = [listen(AT + n, {3: "bad", 70: "worse"}.get(n, "")) for n in range(100)]
    send(there, player, *rows)
    advance(there, ada)

    assert elsewhere.times == [AT + n for n in range(100) if n not in {3, 70}]
    found = state(there, ada)
    assert (found.passed, found.left_out, found.waiting, found.trouble) == (98, 2, 0, None)
    assert len(elsewhere.sizes) <= 30


def test_what_was_sent_before_a_fault_in_the_middle_is_sent_again_and_kept_once(
    there: Context, ada: Person, player: Sender, elsewhere: Elsewhere, clock: Clock
) -> None:
    relaying.begin(there, ada, TOKEN)
    send(there, player, *(listen(AT + n) for n in range(4)))
    elsewhere.faults = [Reply(400), Reply(body={"status": "ok"}), Reply(500)]
    advance(there, ada)
    assert state(there, ada).waiting == 4
    clock.time += timedelta(hours=1)
    advance(there, ada)

    assert elsewhere.times == [AT + n for n in range(4)]
    assert (state(there, ada).passed, state(there, ada).left_out) == (4, 0)


def test_a_fault_rests_longer_each_time_and_loses_nothing(
    there: Context, ada: Person, player: Sender, elsewhere: Elsewhere, clock: Clock
) -> None:
    relaying.begin(there, ada, TOKEN)
    send(there, player, listen(AT))
    waits = []
    for _ in range(2):
        elsewhere.faults = [Reply(500)]
        asked = len(elsewhere.server.asked)
        advance(there, ada)
        assert len(elsewhere.server.asked) == asked + 1
        with there.session() as session:
            relay = session.get_one(Relay, ada.id)
        waits.append(relay.next_at - there.now())
        assert state(there, ada).trouble == "It is not available."
        clock.time += waits[-1] - timedelta(seconds=1)
        assert relaying.due(there) == []
        advance(there, ada)
        assert len(elsewhere.server.asked) == asked + 1
        clock.time += timedelta(seconds=1)
        assert relaying.due(there) == [ada.id]
    advance(there, ada)

    assert waits == [timedelta(minutes=20), timedelta(minutes=40)]
    assert elsewhere.times == [AT]
    assert (state(there, ada).trouble, state(there, ada).waiting) == (None, 0)


def test_a_pause_that_is_asked_for_is_kept_and_is_no_failure(
    there: Context, ada: Person, player: Sender, elsewhere: Elsewhere, clock: Clock
) -> None:
    relaying.begin(there, ada, TOKEN)
    send(there, player, listen(AT))
    elsewhere.faults = [Reply(429, headers={"Retry-After": "90"})]
    advance(there, ada)
    with there.session() as session:
        relay = session.get_one(Relay, ada.id)
    assert (relay.next_at - there.now(), relay.failures) == (timedelta(seconds=90), 0)
    clock.time += timedelta(seconds=91)
    advance(there, ada)

    assert elsewhere.times == [AT]


def test_a_token_that_is_turned_away_stops_nobody_else_and_is_tried_again_in_a_day(
    there: Context, ada: Person, player: Sender, elsewhere: Elsewhere, clock: Clock
) -> None:
    relaying.begin(there, ada, TOKEN)
    send(there, player, listen(AT))
    elsewhere.token = "another-one"
    advance(there, ada)
    found = state(there, ada)
    assert found.trouble is not None
    assert "does not take this token" in found.trouble
    assert (found.waiting, found.left_out) == (1, 0)
    with there.session() as session:
        assert session.get(ServiceBlock, "listenbrainz submissions") is None

    clock.time += timedelta(hours=23)
    assert relaying.due(there) == []
    elsewhere.token = TOKEN  # an address that had to be confirmed there, for one
    clock.time += timedelta(hours=2)
    advance(there, ada)
    assert (elsewhere.times, state(there, ada).trouble) == ([AT], None)


def test_a_new_token_takes_the_place_of_the_former_and_of_what_waits_nothing_is_lost(
    there: Context, ada: Person, player: Sender, elsewhere: Elsewhere
) -> None:
    relaying.begin(there, ada, TOKEN)
    send(there, player, listen(AT))
    elsewhere.token = "another-one"
    advance(there, ada)
    relaying.begin(there, ada, "another-one")
    assert (state(there, ada).trouble, state(there, ada).waiting) == (None, 1)
    advance(there, ada)

    assert elsewhere.times == [AT]


def test_a_new_token_does_not_rest_for_what_became_of_the_former(
    there: Context, ada: Person, player: Sender, elsewhere: Elsewhere
) -> None:
    relaying.begin(there, ada, TOKEN)
    send(there, player, listen(AT))
    elsewhere.token = "another-one"
    used = elsewhere.answer

    def meanwhile(asked: Asked) -> Reply:
        answer = used(asked)
        elsewhere.server.answer = used
        relaying.begin(there, ada, "another-one")
        return answer

    elsewhere.server.answer = meanwhile
    advance(there, ada)
    assert (state(there, ada).trouble, relaying.due(there)) == (None, [ada.id])


def test_without_the_key_that_sealed_the_token_listens_wait(
    there: Context, ada: Person, player: Sender, elsewhere: Elsewhere
) -> None:
    relaying.begin(there, ada, TOKEN)
    send(there, player, listen(AT))
    asked = len(elsewhere.server.asked)
    advance(replace(there, vault=Vault(lambda: (new_secret(),))), ada)

    assert len(elsewhere.server.asked) == asked
    words = "This server can no longer read the token: paste it again."
    assert (state(there, ada).waiting, state(there, ada).trouble) == (1, words)


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("  ", "Paste your token"),
        ("short", "That is no token"),
        ("with blanks in it", "That is no token"),
        ("somebody-elses-token", "ListenBrainz does not know that token"),
    ],
)
def test_what_is_no_token_there_begins_nothing(
    there: Context, ada: Person, elsewhere: Elsewhere, token: str, words: str
) -> None:
    with pytest.raises(InvalidInput, match=words):
        relaying.begin(there, ada, token)
    assert relaying.state(there, ada) is None


def test_a_token_of_this_server_is_told_apart_and_asked_about_nowhere(
    there: Context, ada: Person, elsewhere: Elsewhere
) -> None:
    mine = tokens.make(there, ada, "Navidrome").token
    with pytest.raises(InvalidInput, match="token of this server"):
        relaying.begin(there, ada, mine)
    assert elsewhere.server.asked == []


def test_where_listenbrainz_cannot_be_asked_nothing_begins(
    there: Context, ada: Person, elsewhere: Elsewhere
) -> None:
    elsewhere.faults = [Reply(500)]
    with pytest.raises(ProviderError):
        relaying.begin(there, ada, TOKEN)
    assert relaying.state(there, ada) is None


def test_stopping_forgets_what_waits_and_is_said_where_there_is_nothing_to_stop(
    there: Context, ada: Person, player: Sender, elsewhere: Elsewhere
) -> None:
    relaying.begin(there, ada, TOKEN)
    send(there, player, listen(AT))
    relaying.stop(there, ada)
    relaying.begin(there, ada, TOKEN)
    advance(there, ada)
    relaying.stop(there, ada)

    assert elsewhere.sizes == []
    with pytest.raises(NotFound):
        relaying.stop(there, ada)


def test_of_more_than_twenty_thousand_that_wait_the_rest_is_counted(
    there: Context, ada: Person, player: Sender, elsewhere: Elsewhere
) -> None:
    relaying.begin(there, ada, TOKEN)
    with there.session() as session:
        relays.wait(session, ada.id, [b"{}"] * 19_999)
        session.commit()
    send(there, player, listen(AT), listen(AT + 1), listen(AT + 2))
    assert (state(there, ada).waiting, state(there, ada).left_out) == (20_000, 2)
    send(there, player, listen(AT + 3))
    assert (state(there, ada).waiting, state(there, ada).left_out) == (20_000, 3)


def test_people_are_passed_on_for_apart(
    there: Context, ada: Person, bob: Person, player: Sender, elsewhere: Elsewhere
) -> None:
    his = submitting.sender(there, tokens.make(there, bob, "Jellyfin").token, None)
    assert his is not None
    relaying.begin(there, ada, TOKEN)
    send(there, his, listen(AT))
    assert (relaying.state(there, bob), relaying.due(there)) == (None, [])
    relaying.begin(there, bob, TOKEN)
    send(there, his, listen(AT + 1))
    send(there, player, listen(AT + 2))
    assert sorted(relaying.due(there)) == sorted([ada.id, bob.id])
    advance(there, ada)
    assert (elsewhere.times, relaying.due(there)) == ([AT + 2], [bob.id])
    assert (state(there, ada).passed, state(there, bob).passed) == (1, 0)
    relaying.stop(there, ada)
    advance(there, bob)

    assert elsewhere.times == [AT + 1, AT + 2]


@pytest.mark.parametrize("end", ["disabled", "deleted"])
def test_for_an_account_that_is_closed_nothing_goes_on(
    there: Context, ada: Person, player: Sender, elsewhere: Elsewhere, end: str
) -> None:
    relaying.begin(there, ada, TOKEN)
    send(there, player, listen(AT))
    with there.session() as session:
        if end == "disabled":
            session.get_one(User, ada.id).disabled_at = there.now()
        else:
            removing.remove(there, session, ada, session.get_one(User, ada.id))
        session.commit()

    assert relaying.due(there) == []
    if end == "disabled":
        with pytest.raises(NotAllowed):
            relaying.begin(there, ada, TOKEN)


def test_the_token_is_kept_encrypted_and_told_nowhere(
    there: Context, ada: Person, elsewhere: Elsewhere
) -> None:
    relaying.begin(there, ada, TOKEN)
    with there.session() as session:
        relay = session.get_one(Relay, ada.id)

    assert TOKEN not in relay.token_encrypted
    assert there.vault.decrypt(relay.token_encrypted) == TOKEN
    assert TOKEN not in repr(state(there, ada))

"""Following an account elsewhere: its newest plays, its whole past, and what comes later."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from sqlmodel import select

from tests.providers.scripted import Asked, Reply, Server, serving
from tests.services.conftest import Clock
from ttt.errors import InvalidInput, NotFound
from ttt.models import Play, Recorder, ServiceBlock, ServiceDay
from ttt.plays import PlaySource
from ttt.services.context import Context
from ttt.services.keys.vault import Vault, new_secret
from ttt.services.my_data.writing import download
from ttt.services.person import Person
from ttt.services.recorders import following, state
from ttt.services.recorders.following import LASTFM, LISTENBRAINZ, Read
from ttt.store.plays import recorders

NOW = 1_795_348_800  # where the clock of the tests stands
MOST = {LASTFM: 200, LISTENBRAINZ: 400}


@dataclass
class Elsewhere:
    """Last.fm and ListenBrainz with one account, which played at these times."""

    server: Server
    times: list[int] = field(default_factory=list)
    faults: list[Reply] = field(default_factory=list)
    token: str | None = None
    """With which alone ListenBrainz shows the account."""

    def answer(self, asked: Asked) -> Reply:
        if self.faults:
            return self.faults.pop(0)
        if asked.path == "/2.0/":
            return self._lastfm(asked.query)
        assert asked.path == "/1/user/ada_fm/listens"
        if self.token is not None and asked.headers.get("Authorization") != f"Token {self.token}":
            return Reply(401, {"code": 401, "error": "This listener hides their listens."})
        most, before = int(asked.query["count"]), int(asked.query.get("max_ts", 2**40))
        rows = [listen(at) for at in self._page(before, most)]
        return Reply(body={"payload": {"count": len(rows), "user_id": "ada_fm", "listens": rows}})

    def _lastfm(self, query: dict[str, str]) -> Reply:
        assert (query["method"], query["user"]) == ("user.getRecentTracks", "ada_fm")
        most, before = int(query["limit"]), int(query.get("to", 2**40))
        rows = [scrobble(at) for at in self._page(before, most)]
        playing = {"name": "Now", "artist": {"#text": "Band"}, "@attr": {"nowplaying": "true"}}
        track: Any = [playing, *rows]
        return Reply(body={"recenttracks": {"track": track, "@attr": {"total": "9"}}})

    def _page(self, before: int, most: int) -> list[int]:
        return sorted((at for at in self.times if at < before), reverse=True)[:most]


def listen(at: int) -> dict[str, Any]:
    about = {"track_name": f"Song {at % 50}", "artist_name": "Band", "release_name": None}
    return {"listened_at": at, "track_metadata": about | {"additional_info": {"isrc": None}}}


def scrobble(at: int) -> dict[str, Any]:
    artist, album = {"#text": "Band", "mbid": ""}, {"#text": "", "mbid": ""}
    date = {"uts": str(at), "#text": "some day"}
    return {"name": f"Song {at % 50}", "artist": artist, "album": album, "mbid": "", "date": date}


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    with serving() as server:
        elsewhere = Elsewhere(server)
        server.answer = elsewhere.answer
        yield elsewhere


@pytest.fixture
def there(context: Context, elsewhere: Elsewhere) -> Context:
    """Services that find Last.fm and ListenBrainz there."""
    changes = {"lastfm_url": elsewhere.server.url, "listenbrainz_url": elsewhere.server.url}
    settings = type(context.settings)(
        _env_file=None,
        data_dir=context.settings.data_dir,
        port=context.settings.port,
        lastfm_key="k" * 32,
        **changes,
    )
    return replace(context, settings=settings)


def walk(context: Context, recorder_id: int, pages: int = 100) -> list[Read]:
    read: list[Read] = []
    cursor = None
    while len(read) < pages:
        read.append(following.page(context, recorder_id, cursor))
        cursor = read[-1].cursor
        if cursor is None:
            break
    return read


def kept(context: Context) -> list[int]:
    with context.session() as session:
        return [
            int(at.timestamp()) for at in session.exec(select(Play.told_at).order_by(Play.told_at))
        ]


def recorder(context: Context, recorder_id: int) -> Recorder:
    with context.session() as session:
        found = recorders.get(session, recorder_id)
    assert found is not None
    return found


BOTH = pytest.mark.parametrize("kind", [LASTFM, LISTENBRAINZ])


@BOTH
def test_the_whole_past_is_read_and_then_only_what_is_new(
    there: Context, ada: Person, elsewhere: Elsewhere, clock: Clock, kind: str
) -> None:
    elsewhere.times = [NOW - 1_000 * number for number in range(1, 1_001)]
    recorder_id = following.follow(there, ada, kind, "ada_fm")
    walk(there, recorder_id)

    assert kept(there) == sorted(elsewhere.times)
    assert recorder(there, recorder_id).past_is_read
    assert len(elsewhere.server.asked) <= 1_000 / MOST[kind] + 3
    with there.session() as session:
        wanted = PlaySource.LASTFM if kind == LASTFM else PlaySource.LISTENBRAINZ
        assert set(session.exec(select(Play.source))) == {wanted}

    elsewhere.server.asked.clear()
    clock.forward(hours=2)
    elsewhere.times += [NOW + 3_600, NOW + 3_900]
    assert following.due(there) == [(recorder_id, ada.id)]
    [read] = walk(there, recorder_id)
    assert read.new == 2
    assert state.listed(there, ada)[0].plays == 1_002
    assert kept(there) == sorted(elsewhere.times)
    assert len(elsewhere.server.asked) == 1
    assert following.due(there) == []


@BOTH
def test_more_news_than_a_page_holds_are_read_down_to_what_is_known(
    there: Context, ada: Person, elsewhere: Elsewhere, clock: Clock, kind: str
) -> None:
    elsewhere.times = [NOW - 1_000]
    recorder_id = following.follow(there, ada, kind, "ada_fm")
    walk(there, recorder_id)
    clock.forward(days=100)
    elsewhere.times += [NOW + 1_000 * number for number in range(1, 1_500)]

    walk(there, recorder_id)

    assert kept(there) == sorted(elsewhere.times)


@BOTH
def test_whatever_is_cut_off_goes_on_and_loses_nothing(
    there: Context, ada: Person, elsewhere: Elsewhere, clock: Clock, kind: str
) -> None:
    elsewhere.times = [NOW - 1_000 * number for number in range(1, 1_501)]
    recorder_id = following.follow(there, ada, kind, "ada_fm")
    for new in range(4):
        walk(there, recorder_id, pages=2)
        clock.forward(hours=7)
        elsewhere.times.append(NOW + 25_000 * new + 10)
    walk(there, recorder_id)

    assert kept(there) == sorted(elsewhere.times)
    assert recorder(there, recorder_id).past_is_read


def test_many_plays_of_one_second_are_left_behind(
    there: Context, ada: Person, elsewhere: Elsewhere
) -> None:
    elsewhere.times = [NOW - 500] * 450 + [NOW - 1_000]
    recorder_id = following.follow(there, ada, LASTFM, "ada_fm")

    read = walk(there, recorder_id, pages=20)

    assert read[-1].cursor is None
    assert NOW - 1_000 in kept(there)


@pytest.mark.parametrize(
    "fault",
    [
        Reply(500),
        Reply(body="<html>"),
        Reply(body={"error": 8, "message": "Operation failed"}),
        Reply(body=[1]),
        Reply(body={"recenttracks": "x"}),
        Reply(fault="cut"),
    ],
)
def test_a_fault_is_said_and_tried_again_later(
    there: Context, ada: Person, elsewhere: Elsewhere, clock: Clock, fault: Reply
) -> None:
    elsewhere.times = [NOW - 1_000]
    elsewhere.faults = [fault, fault]
    recorder_id = following.follow(there, ada, LASTFM, "ada_fm")

    assert walk(there, recorder_id) == [Read()]
    [shown] = state.listed(there, ada)
    assert shown.trouble is not None
    assert following.due(there) == []
    elsewhere.faults.clear()
    clock.forward(hours=1)
    walk(there, recorder_id)
    assert kept(there) == [NOW - 1_000]
    assert state.listed(there, ada)[0].trouble is None


def test_a_service_that_wants_to_be_left_alone_is(
    there: Context, ada: Person, elsewhere: Elsewhere, clock: Clock
) -> None:
    elsewhere.faults = [Reply(429, headers={"Retry-After": "7200"})]
    recorder_id = following.follow(there, ada, LISTENBRAINZ, "ada_fm")
    walk(there, recorder_id)
    clock.forward(hours=1)
    assert following.due(there) == []
    assert walk(there, recorder_id) == [Read()]
    assert len(elsewhere.server.asked) == 1
    clock.forward(minutes=61)
    elsewhere.server.asked.clear()
    walk(there, recorder_id)
    assert len(elsewhere.server.asked) == 1


def test_requests_are_counted_against_the_days_budget(
    there: Context, ada: Person, elsewhere: Elsewhere
) -> None:
    elsewhere.times = [NOW - 1_000 * number for number in range(1, 1_001)]
    small = replace(there, settings=there.settings.model_copy(update={"daily_budgets": "lastfm=3"}))
    recorder_id = following.follow(small, ada, LASTFM, "ada_fm")

    walk(small, recorder_id)

    assert len(elsewhere.server.asked) == 3
    with there.session() as session:
        assert session.exec(select(ServiceDay.calls)).all() == [3]
    [shown] = state.listed(there, ada)
    assert "budget is used up" in (shown.trouble or "")
    assert shown.past_until is not None


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        (LASTFM, Reply(404, {"error": 6, "message": "User not found"})),
        (LASTFM, Reply(403, {"error": 17, "message": "Login: User required to be logged in"})),
        (LISTENBRAINZ, Reply(404, {"code": 404, "error": "Cannot find user: ada_fm"})),
    ],
)
def test_an_account_that_is_not_there_or_hides_is_asked_about_a_day_later(
    there: Context, ada: Person, elsewhere: Elsewhere, clock: Clock, kind: str, answer: Reply
) -> None:
    elsewhere.faults = [answer]
    recorder_id = following.follow(there, ada, kind, "ada_fm")
    walk(there, recorder_id)

    assert "no account ada_fm" in (state.listed(there, ada)[0].trouble or "")
    clock.forward(hours=23)
    assert following.due(there) == []
    clock.forward(hours=2)
    assert following.due(there) == [(recorder_id, ada.id)]


def test_without_the_servers_key_lastfm_cannot_be_followed(context: Context, ada: Person) -> None:
    assert following.why_off(context, LASTFM) is not None
    with pytest.raises(InvalidInput):
        following.follow(context, ada, LASTFM, "ada_fm")


@pytest.mark.parametrize("name", ["", "a/b", "a?b=c", "x" * 65, "../admin", "a\nb"])
def test_what_cannot_be_a_name_is_refused(there: Context, ada: Person, name: str) -> None:
    with pytest.raises(InvalidInput):
        following.follow(there, ada, LISTENBRAINZ, name)


def test_an_account_is_followed_once_and_left_by_its_follower_only(
    there: Context, ada: Person, bob: Person, elsewhere: Elsewhere
) -> None:
    elsewhere.times = [NOW - 1_000]
    recorder_id = following.follow(there, ada, LISTENBRAINZ, "ada_fm")
    assert following.follow(there, ada, LISTENBRAINZ, "ADA_FM ") == recorder_id
    assert following.follow(there, bob, LISTENBRAINZ, "ada_fm") != recorder_id
    walk(there, recorder_id)
    with pytest.raises(NotFound):
        following.unfollow(there, bob, recorder_id)

    following.unfollow(there, ada, recorder_id)

    assert state.listed(there, ada) == []
    assert kept(there) == [NOW - 1_000]
    assert walk(there, recorder_id) == [Read()]


def test_five_accounts_are_followed_at_a_service_and_no_sixth(
    there: Context, ada: Person, bob: Person
) -> None:
    following.follow(there, bob, LISTENBRAINZ, "bobs")
    first, *_ = [following.follow(there, ada, LISTENBRAINZ, f"ada{n}") for n in range(5)]
    with pytest.raises(InvalidInput, match="You follow 5 accounts there"):
        following.follow(there, ada, LISTENBRAINZ, "ada5")
    assert following.follow(there, ada, LISTENBRAINZ, "ada0") == first
    following.unfollow(there, ada, first)
    following.follow(there, ada, LISTENBRAINZ, "ada5")


def test_an_account_that_hides_its_plays_is_followed_by_its_token(
    there: Context, ada: Person, elsewhere: Elsewhere, clock: Clock
) -> None:
    elsewhere.times, elsewhere.token = [NOW - 1_000 * n for n in range(1, 501)], "token-of-ada"
    recorder_id = following.follow(there, ada, LISTENBRAINZ, "ada_fm")
    walk(there, recorder_id)
    assert "follow it again with its token" in (state.listed(there, ada)[0].trouble or "")
    assert kept(there) == []

    assert following.follow(there, ada, LISTENBRAINZ, "ada_fm", " token-of-ada ") == recorder_id
    walk(there, recorder_id)

    assert kept(there) == sorted(elsewhere.times)
    [shown] = state.listed(there, ada)
    assert (shown.trouble, shown.has_token) == (None, True)
    # Without a new one the former stays; a wrong one is said, and nobody else is kept waiting.
    assert following.follow(there, ada, LISTENBRAINZ, "ada_fm") == recorder_id
    assert state.listed(there, ada)[0].has_token
    following.follow(there, ada, LISTENBRAINZ, "ada_fm", "token-of-bob")
    walk(there, recorder_id)
    assert "is not shown for its token any more" in (state.listed(there, ada)[0].trouble or "")
    with there.session() as session:
        assert session.exec(select(ServiceBlock)).all() == []


def test_a_token_is_kept_encrypted_and_never_shown(
    there: Context, ada: Person, elsewhere: Elsewhere, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    elsewhere.times, elsewhere.token = [NOW - 1_000], "token-SECRET"
    recorder_id = following.follow(there, ada, LISTENBRAINZ, "ada_fm", "token-SECRET")
    walk(there, recorder_id)

    text = recorder(there, recorder_id).token_encrypted
    assert text is not None
    assert "SECRET" not in text
    assert there.vault.decrypt(text) == "token-SECRET"
    shown = [repr(state.listed(there, ada)), *(r.getMessage() for r in caplog.records)]
    assert not any("SECRET" in words for words in shown)
    with zipfile.ZipFile(io.BytesIO(download(there, ada, ada))) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"SECRET" not in everything
    assert text.encode() not in everything


def test_a_token_that_no_key_opens_is_asked_for_anew(
    there: Context, ada: Person, elsewhere: Elsewhere
) -> None:
    recorder_id = following.follow(there, ada, LISTENBRAINZ, "ada_fm", "token-of-ada")
    other = replace(there, vault=Vault(lambda: (new_secret(),)))

    assert walk(other, recorder_id) == [Read()]

    assert elsewhere.server.asked == []
    assert "follow it again with the token" in (state.listed(there, ada)[0].trouble or "")


@pytest.mark.parametrize(
    ("kind", "token"), [(LISTENBRAINZ, "short"), (LISTENBRAINZ, "a b c d e f"), (LASTFM, "t" * 36)]
)
def test_what_can_be_no_token_is_refused(
    there: Context, ada: Person, kind: str, token: str
) -> None:
    with pytest.raises(InvalidInput):
        following.follow(there, ada, kind, "ada_fm", token)
    assert state.listed(there, ada) == []


@BOTH
def test_nobody_is_asked_before_the_time_has_come(
    there: Context, ada: Person, elsewhere: Elsewhere, kind: str
) -> None:
    recorder_id = following.follow(there, ada, kind, "ada_fm")
    walk(there, recorder_id)
    elsewhere.times = [NOW - 60]
    elsewhere.server.asked.clear()
    assert walk(there, recorder_id) == [Read()]
    assert elsewhere.server.asked == []


@BOTH
def test_clocks_may_differ_by_ten_minutes(
    there: Context, ada: Person, elsewhere: Elsewhere, kind: str
) -> None:
    elsewhere.times = [NOW + 600, NOW + 601]
    walk(there, following.follow(there, ada, kind, "ada_fm"))
    assert kept(there) == [NOW + 600]

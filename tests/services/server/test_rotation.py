from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr
from sqlmodel import Session, SQLModel, select

import ttt.models
from tests.services.conftest import Clock, connect
from tests.services.demo_spotify import DemoSpotify, connect_demo
from ttt.errors import InvalidInput
from ttt.models import OAuthState, OpenIdState, Recorder, Relay, ServerSetting, SpotifyAccount, User
from ttt.music import Period
from ttt.providers.spotify import Token
from ttt.services.context import Context
from ttt.services.keys.vault import Vault, new_secret, open_vault
from ttt.services.person import Person
from ttt.services.server import rotation
from ttt.services.server.watching import health
from ttt.services.spotify import clients
from ttt.services.spotify.token import StoredToken
from ttt.services.top import top_tracks
from ttt.store import encrypted
from ttt.store.encrypted import COLUMNS, Column

PEOPLE = 5


class KilledError(Exception):
    """What a killed process would have met."""


def at_once() -> None:
    """Nothing else writes in a test, so there is nothing to wait for."""


def file_secrets(context: Context) -> tuple[str, ...]:
    assert context.vault.file is not None
    return context.vault.file.secrets()


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "_BATCH", 2)


@pytest.fixture
def full(context: Context, small_batches: None) -> Context:
    """A server with encrypted text in every column that can hold some."""
    sealed, at = context.vault.encrypt, context.now()
    with context.session() as session:
        for n in range(1, PEOPLE + 1):
            user = User(username=f"p{n}", name="P", password_hash="x", created_at=at)
            user.totp_encrypted = sealed(f"totp {n}") if n % 2 else None
            session.add(user)
            session.flush()
            session.add(
                SpotifyAccount(
                    user_id=n,
                    spotify_id="s",
                    display_name="S",
                    client_id="c",
                    token_encrypted=sealed(f"token {n}") if n != 2 else None,
                    authorized_at=at,
                )
            )
            state = {"state_hash": f"h{n}", "next_path": "/", "expires_at": at + timedelta(1)}
            session.add(OAuthState(user_id=n, verifier_encrypted=sealed(f"verifier {n}"), **state))
            more = {"browser_hash": "b", "nonce": "n", "verifier_encrypted": sealed(f"openid {n}")}
            session.add(OpenIdState(**state, **more))
            followed = {"user_id": n, "kind": "listenbrainz", "started_at": at}
            session.add(Recorder(**followed, token_encrypted=sealed(f"listens {n}")))
            to = {"user_id": user.id, "account": "p", "started_at": at, "next_at": at}
            session.add(Relay(**to, token_encrypted=sealed(f"relay {n}")))
        session.commit()
    return context


def rows(session: Session, column: Column) -> list[tuple[Any, str]]:
    return list(encrypted.batch(session, column, None, 1000))


def plain(context: Context, vault: Vault | None = None) -> dict[tuple[str, Any], str | None]:
    """All that is encrypted, as the vault reads it, but the key of the demo."""
    with context.session() as session:
        return {
            (f"{column.model.__name__}.{column.name}", key): (vault or context.vault).decrypt(text)
            for column in COLUMNS
            if column.only is None
            for key, text in rows(session, column)
        }


def everything_current(context: Context) -> bool:
    with context.session() as session:
        found = [text for column in COLUMNS for _, text in rows(session, column)]
    assert len(found) > PEOPLE
    return all(context.vault.is_current(text) for text in found)


def test_no_encrypted_column_is_missing_in_the_list() -> None:
    tables = {m.local_table.name for m in SQLModel._sa_registry.mappers}
    assert tables >= {"user_account", "spotify_account"}
    named = {
        (mapper.class_, column.name)
        for mapper in SQLModel._sa_registry.mappers
        if mapper.class_.__module__.startswith(ttt.models.__name__)
        for column in mapper.local_table.columns
        if column.name.endswith("_encrypted")
    }
    assert named
    assert named <= {(column.model, column.name) for column in COLUMNS}


def test_everything_is_put_under_a_new_key(full: Context) -> None:
    before, secrets = plain(full), file_secrets(full)
    assert len(before) == 3 + 4 + 4 * PEOPLE
    done = rotation.rotate(full, at_once)
    assert (done.renewed, done.unreadable, done.in_file) == (len(before) + 1, 0, True)
    assert plain(full) == before
    (now,) = file_secrets(full)
    assert now not in secrets
    assert everything_current(full)


def test_another_running_process_reads_and_writes_on(full: Context) -> None:
    running = open_vault(full.settings)
    before = plain(full)
    seen: list[bool] = []

    def look() -> None:
        seen.append(plain(full, running) == before)
        seen.append(full.vault.is_current(running.encrypt("written meanwhile")))

    rotation.rotate(full, look)
    assert seen == [True, True]
    assert plain(full, running) == before


def test_what_a_process_writes_late_under_the_former_key_is_renewed_too(full: Context) -> None:
    late = full.vault.encrypt("late")

    def write() -> None:
        with full.session() as session:
            user = session.get(User, 2)
            assert user is not None
            user.totp_encrypted = late
            session.commit()

    rotation.rotate(full, write)
    assert plain(full)["User.totp_encrypted", 2] == "late"
    assert everything_current(full)


def killed_while_settling(monkeypatch: pytest.MonkeyPatch, context: Context) -> Callable[[], None]:
    def die() -> None:
        raise KilledError

    return die


def killed_in_a_batch(monkeypatch: pytest.MonkeyPatch, context: Context) -> Callable[[], None]:
    real, left = encrypted.replace, iter(range(6))

    def replace(*arguments: Any) -> None:
        if next(left, None) is None:
            raise KilledError
        real(*arguments)

    monkeypatch.setattr(encrypted, "replace", replace)
    return at_once


def killed_before_the_first(
    monkeypatch: pytest.MonkeyPatch, context: Context
) -> Callable[[], None]:
    def replace(*_: Any) -> None:
        raise KilledError

    monkeypatch.setattr(encrypted, "replace", replace)
    return at_once


def killed_before_the_former_key_goes(
    monkeypatch: pytest.MonkeyPatch, context: Context
) -> Callable[[], None]:
    def drop() -> None:
        raise KilledError

    monkeypatch.setattr(context.vault.file, "drop_former", drop)
    return at_once


@pytest.mark.parametrize(
    "killed",
    [
        killed_before_the_first,
        killed_in_a_batch,
        killed_while_settling,
        killed_before_the_former_key_goes,
    ],
)
def test_a_rotation_that_was_killed_loses_nothing_and_is_finished_by_the_next(
    full: Context,
    killed: Callable[[pytest.MonkeyPatch, Context], Callable[[], None]],
) -> None:
    before = plain(full)
    with pytest.MonkeyPatch.context() as patch, pytest.raises(KilledError):
        rotation.rotate(full, killed(patch, full))
    newest, _former = file_secrets(full)
    assert plain(full, open_vault(full.settings)) == before
    rotation.rotate(full, at_once)
    assert file_secrets(full) == (newest,)
    assert plain(full) == before
    assert everything_current(full)


def test_what_no_key_opens_is_counted_and_left_alone(full: Context) -> None:
    foreign = Vault(lambda: (new_secret(),)).encrypt("of another server")
    with full.session() as session:
        account = session.get(SpotifyAccount, 1)
        assert account is not None
        account.token_encrypted = foreign
        session.commit()
    assert rotation.rotate(full, at_once).unreadable == 1
    with full.session() as session:
        account = session.get(SpotifyAccount, 1)
        assert account is not None
        assert account.token_encrypted == foreign


def test_a_token_that_the_app_renews_meanwhile_is_not_overwritten(
    context: Context, ada: Person
) -> None:
    connect(context, ada)
    real = encrypted.replace

    def replace(session: Session, column: Column, key: Any, old: str, new: str) -> None:
        if column.model is SpotifyAccount:
            account = session.get(SpotifyAccount, ada.id)
            assert account is not None
            account.token_encrypted = context.vault.encrypt("renewed by the app")
            session.flush()
        real(session, column, key, old, new)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encrypted, "replace", replace)
        rotation.rotate(context, at_once)
    assert plain(context)["SpotifyAccount.token_encrypted", ada.id] == "renewed by the app"


def test_a_token_that_is_renewed_during_a_rotation_is_stored(context: Context, ada: Person) -> None:
    connect(context, ada)
    store = StoredToken(context, clients.serving(context, ada.id), ada.id)
    token = store.load()
    rotation.rotate(context, at_once)
    renewed = Token("second", "refresh 2", token.expires_at, token.scope)
    store.save(renewed)
    assert StoredToken(context, clients.serving(context, ada.id), ada.id).load() == renewed


def test_a_token_that_somebody_else_renewed_is_kept_even_after_a_rotation(
    context: Context, ada: Person
) -> None:
    connect(context, ada)
    slow, quick = (
        StoredToken(context, clients.serving(context, ada.id), ada.id),
        StoredToken(context, clients.serving(context, ada.id), ada.id),
    )
    token = slow.load()
    quick.load()
    first = Token("first", "refresh 1", token.expires_at, token.scope)
    quick.save(first)
    rotation.rotate(context, at_once)
    slow.save(Token("second", "refresh 2", token.expires_at, token.scope))
    assert StoredToken(context, clients.serving(context, ada.id), ada.id).load() == first
    slow.drop()
    assert StoredToken(context, clients.serving(context, ada.id), ada.id).load() == first


def test_demo_connections_outlive_a_rotation_and_a_restart(
    context: Context, ada: Person, clock: Clock
) -> None:
    with DemoSpotify.served(context, clock):
        connect_demo(context, ada)
        rotation.rotate(context, at_once)
    with DemoSpotify.served(context, clock):
        top_tracks.refresh(context, ada)
    assert top_tracks.read(context, ada)[Period.SHORT_TERM].rows


def outside(context: Context, *secrets: str) -> Context:
    settings = context.settings.model_copy(update={"secret_key": SecretStr(secrets[0])})
    return Context(settings, context.engine, Vault(lambda: secrets), context.now)


def test_keys_from_outside_are_not_made_but_used(full: Context) -> None:
    before, former = plain(full), file_secrets(full)[0]
    new = new_secret()
    done = rotation.rotate(outside(full, new, former), at_once)
    assert not done.in_file
    alone = outside(full, new)
    assert plain(alone) == before
    assert everything_current(alone)


def test_a_key_from_outside_without_a_former_one_is_told_what_to_set(context: Context) -> None:
    with pytest.raises(InvalidInput, match="TTT_SECRET_KEY_OLD"):
        rotation.rotate(outside(context, new_secret()), at_once)


def test_the_doctor_knows_whether_a_former_key_is_needed(full: Context) -> None:
    def words(context: Context) -> str:
        return "\n".join(f"{finding.ok} {finding.words}" for finding in health.check(context))

    both = outside(full, new_secret(), file_secrets(full)[0])
    assert "False The secret key comes from TTT_SECRET_KEY; 27 secrets are still under" in words(
        both
    )
    rotation.rotate(both, at_once)
    assert "nothing needs TTT_SECRET_KEY_OLD any more" in words(both)


def test_the_key_of_the_demo_is_kept_before_the_secret_changes(context: Context) -> None:
    rotation.rotate(context, at_once)
    with context.session() as session:
        assert session.exec(select(ServerSetting.name)).one() == encrypted.DEMO_KEY

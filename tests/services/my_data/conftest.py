import hashlib
import io
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from sqlmodel import select

from tests.services.conftest import connect
from ttt.found import Charted, FoundArtist, FoundTrack, Source
from ttt.models import (
    Agreement,
    FailedTry,
    Hidden,
    KnownBrowser,
    OneTimeLink,
    OpenIdIdentity,
    Play,
    PlayGap,
    RecapLink,
    Recorder,
    Recording,
    RecoveryCode,
    Relay,
    SentPlaylist,
    SpotifyClient,
    SpotifySeat,
    SubmitToken,
    ToldIdentity,
)
from ttt.music import Period
from ttt.plays import PlaySource
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.discover import listening
from ttt.services.doors import sign_in
from ttt.services.lists import arranging, entries, imports, lists, own_imports
from ttt.services.lists.lists import Access
from ttt.services.my_data.writing import download
from ttt.services.person import Person
from ttt.services.plays.bringing import importing, uploads
from ttt.services.tables.receipt import Receipt, Waiting
from ttt.services.values import by_hand
from ttt.store import charts
from ttt.store.accounts import users
from ttt.store.spotify import playlists, snapshots
from ttt.store.tracks import tracks

TRACKS = [f"{n:022d}" for n in range(1, 9)]
FORMULA = "=HYPERLINK(1)"


def describe(context: Context, spotify_ids: list[str] = TRACKS) -> None:
    """Describe tracks as Spotify does."""
    found = [
        FoundTrack(
            spotify_id,
            f"{FORMULA} {spotify_id[-1]}",
            (FoundArtist("Ada, é", f"artist{spotify_id[-1]}"), FoundArtist("Bob; Co")),
            album="Album",
            release_date="1999-12",
            duration_ms=200_000,
            isrc=f"ISRC{spotify_id[-1]}",
            cover_url="https://i.scdn.co/image/x",
            popularity=50,
        )
        for spotify_id in spotify_ids
    ]
    with context.session() as session:
        tracks.save(session, found, Source.SPOTIFY, context.now())
        session.commit()


def fill(context: Context, person: Person, other: Person) -> None:
    """Give a person something of every kind."""
    describe(context)
    _account(context, person)
    uris = [f"spotify:track:{spotify_id}" for spotify_id in TRACKS]
    entries.add_uris(context, person, uris[:4])
    entries.remove(context, person, uris[:1])
    mine = lists.create(context, person, "Night  drive")
    lists.share(context, person, mine, Access.SEE)
    entries.add_uris(context, person, uris[2:6], mine)
    arranging.note(context, person, uris[2], f"{FORMULA}\n“quoted”", ["dark", "-slow"], mine)
    gone = lists.create(context, person, "Gone")
    entries.add_uris(context, person, uris[:1], gone)
    lists.delete(context, person, gone)
    shared = lists.create(context, other, "Ours")
    lists.share(context, other, shared, Access.EDIT)
    entries.add_uris(context, person, uris[6:7], shared)
    by_hand.set_values(context, person, uris[7], {"energy": 0.25, "key": 3})
    own_imports.take(context, person, f"uri,tempo\n{uris[7]},121.5\nx,2\n".encode(), FORMULA)
    mine_too = f"uri,title,artist,genres\n{uris[2]},{FORMULA},Me,shibuya-kei\n,Nothing,Nobody,\n"
    imports.take(context, person, mine_too.encode(), "mine.csv")
    waits = Waiting(1, f"{FORMULA} - Nothing", "Nothing", FORMULA)
    with context.session() as session:
        receipt = Receipt(0, 0, waiting=(waits,))
        imports.keep(context, person, imports.PASTED, None, session, receipt)
        session.commit()
    connect(context, person)
    listening.set_username(context, person, "ada-fm")
    _snapshots(context, person)
    _plays(context, person)


def _plays(context: Context, person: Person) -> None:
    """A history with a row that cannot be read, and one of everything about plays."""
    at, user_id = context.now(), person.id
    history = b"A,B,Song,22 Mar 2021 16:55\nA,B,Playing now,\n"
    upload = uploads.begin(context, person, "history.csv", len(history))
    uploads.put(context, person, upload.id, 0, history)
    importing.run(context, upload.id)
    span = {"from_at": at, "until_at": at + timedelta(hours=1)}
    with context.session() as session:
        played = session.exec(select(Play.track_id).where(Play.user_id == user_id)).one()
        source = PlaySource.SPOTIFY_RECENT
        session.add(PlayGap(user_id=user_id, source=source, reason="off", **span))
        session.add(Hidden(user_id=user_id, kind="track", track_id=played, created_at=at))
        session.add(Recording(user_id=user_id, track_id=played, counts_as=played, decided_at=at))
        said = {"track_id": played, "upload_id": upload.id, "source": PlaySource.LASTFM}
        session.add(ToldIdentity(user_id=user_id, **said, told_at=0, isrc="GBAAA2400001"))
        client = {"client_id": f"{user_id:032x}", "user_id": user_id}
        secret = context.vault.encrypt("the secret of their own client ID")
        session.add(SpotifyClient(name="mine", secret_encrypted=secret, created_at=at, **client))
        session.add(SpotifySeat(name="Ada", email="ada@example.org", taken_at=at, **client))
        session.add(Recorder(user_id=user_id, kind="lastfm", account="x", started_at=at))
        token_hash = f"hash of {person.username}'s"
        sealed = context.vault.encrypt("the token of their ListenBrainz")
        named = {"account": "ada_lb", "token_encrypted": sealed}
        session.add(Relay(user_id=user_id, **named, started_at=at, next_at=at))
        session.add(
            SubmitToken(user_id=user_id, token_hash=token_hash, name="phone", created_at=at)
        )
        token_hash = f"hash of {person.username}'s recap"
        session.add(
            RecapLink(
                user_id=user_id, token_hash=token_hash, name="2026", data=b"{}", created_at=at
            )
        )
        session.add(Agreement(user_id=user_id, code_hash=token_hash, created_at=at, expires_at=at))
        session.commit()


def _account(context: Context, person: Person) -> None:
    at = context.now()
    accounts.set_password(
        context, accounts.operator(context), person.username, "another good passphrase"
    )
    sign_in.redeem_ticket(context, sign_in.issue_ticket(context, person, "/", "UTC"), "192.0.2.1")
    later = {"created_at": at, "expires_at": at + timedelta(1)}
    with context.session() as session:
        user = users.get(session, person.id)
        assert user is not None
        user.totp_encrypted = context.vault.encrypt("totp secret")
        name_hash = hashlib.sha256(person.username.encode()).hexdigest()
        session.add(FailedTry(door="password", name_hash=name_hash, at=at, address="192.0.2.9"))
        session.add(KnownBrowser(token_hash="browser hash", user_id=person.id, used_at=at))
        session.add(RecoveryCode(user_id=person.id, code_hash="code hash"))
        session.add(
            OneTimeLink(
                token_hash="link hash", kind="reset", user_id=person.id, made_by="boss", **later
            )
        )
        session.add(
            OneTimeLink(
                token_hash="other hash", kind="invitation", made_by=person.username, **later
            )
        )
        session.add(
            OpenIdIdentity(issuer="https://id", subject="s", user_id=person.id, created_at=at)
        )
        session.commit()


def _snapshots(context: Context, person: Person) -> None:
    at = context.now()
    with context.session() as session:
        ids = tracks.ids_of(session, TRACKS)
        for day, order in enumerate((TRACKS[:3], TRACKS[2::-1])):
            ranked = [ids[i] for i in order]
            snapshots.add(
                session, person.id, Period.SHORT_TERM, at - timedelta(days=2 - day), ranked
            )
        charts.add(session, "lastfm 1month", person.id, at, [Charted("Song", "Ada", 12)])
        sent = SentPlaylist(
            user_id=person.id, name="Sent", marker="m", length=2, created_at=at, added=2
        )
        playlists.add(session, sent, TRACKS[:2])
        session.commit()


def files(content: bytes) -> dict[str, str]:
    """Text of each file in a zip."""
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode(errors="replace") for name in archive.namelist()}


def records(content: bytes) -> dict[str, Any]:
    """What each JSON file holds, by its name without the ending."""
    return {
        name.removesuffix(".json"): json.loads(text)
        for name, text in files(content).items()
        if name.endswith(".json")
    }


def packed(contents: Mapping[str, Any], **more: Any) -> bytes:
    """A zip of JSON files; what is bytes or text is taken as it is."""
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, value in {**contents, **more}.items():
            raw = value if isinstance(value, str | bytes) else json.dumps(value)
            archive.writestr(name if "." in name else f"{name}.json", raw)
    return content.getvalue()


@pytest.fixture
def adas_data(context: Context, ada: Person, bob: Person) -> bytes:
    """The file of somebody who has something of every kind."""
    fill(context, ada, bob)
    return download(context, ada, ada)

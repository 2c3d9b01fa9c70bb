"""Gathers the records of every kind, in a number of queries that no list makes longer."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from sqlmodel import Session

from ttt.models import (
    KnownBrowser,
    LastFmAccount,
    ListEntry,
    OpenIdIdentity,
    OwnImport,
    SentPlaylist,
    SpotifyAccount,
    SpotifyClient,
    SpotifySeat,
    TopSnapshot,
    TrackList,
    User,
    UserSession,
)
from ttt.providers.spotify import Token
from ttt.services.keys.vault import Vault
from ttt.services.my_data import playing
from ttt.services.my_data.shapes import account, music, record
from ttt.store import own
from ttt.store.tracks import details

Records = list[dict[str, Any]]


def collect(session: Session, vault: Vault, user: User) -> dict[str, Records]:
    """Records of each kind by its name; times are as the database gives them, aware UTC."""
    found = (
        _account(session, user)
        | _music(session, user.id)
        | _connections(session, vault, user.id)
        | playing.collect(session, user.id)
    )
    return found | {"tracks": _tracks(session, _named(found))}


def _account(session: Session, user: User) -> dict[str, Records]:
    user_id, username = user.id, user.username
    about = {
        "second_factor": user.totp_encrypted is not None,
        "recovery_codes": own.recovery_codes(session, user_id),
    }
    sessions = own.of(session, UserSession, user_id, "created_at")
    browsers = own.of(session, KnownBrowser, user_id, "used_at")
    identities = own.of(session, OpenIdIdentity, user_id, "created_at")
    return {
        "account": [record.fields(account.Account, user, **about)],
        "sessions": [record.fields(account.SignIn, row) for row in sessions],
        "known_browsers": [record.fields(account.Browser, row) for row in browsers],
        "failed_tries": [
            record.fields(account.Try, row) for row in own.failed_tries(session, username)
        ],
        "one_time_links": [record.fields(account.Link, row) for row in own.links(session, user)],
        "openid": [record.fields(account.Identity, row) for row in identities],
        "events": [
            # Where an admin sits is the admin's own business.
            record.fields(
                account.Event, row, address=row.address if row.actor == username else None
            )
            for row in own.events(session, username)
        ],
    }


def _connections(session: Session, vault: Vault, user_id: int) -> dict[str, Records]:
    return {
        "spotify": [
            record.fields(account.Spotify, row, scopes=_scopes(vault, row))
            for row in own.of(session, SpotifyAccount, user_id, "user_id")
        ],
        "spotify_client": [
            record.fields(account.SpotifyClient, row)
            for row in own.of(session, SpotifyClient, user_id, "user_id")
        ],
        "spotify_seat": [
            record.fields(account.SpotifySeat, row)
            for row in own.of(session, SpotifySeat, user_id, "user_id")
        ],
        "lastfm": [
            record.fields(account.Lastfm, row)
            for row in own.of(session, LastFmAccount, user_id, "user_id")
        ],
        "play_counts": [
            record.fields(music.Play, entry, chart=chart.chart, taken_at=chart.taken_at)
            for chart, entry in own.plays(session, user_id)
        ],
    }


def _scopes(vault: Vault, row: SpotifyAccount) -> list[str]:
    text = vault.decrypt(row.token_encrypted) if row.token_encrypted else None
    return sorted(Token.from_json(text).scope.split()) if text else []


def _music(session: Session, user_id: int) -> dict[str, Records]:
    return {
        **_at_spotify(session, user_id),
        **_on_lists(session, user_id),
        **_own_values(session, user_id),
    }


def _at_spotify(session: Session, user_id: int) -> dict[str, Records]:
    ranked = {(i, rank): track for i, rank, track in own.rankings(session, user_id)}
    sent = _grouped(own.playlist_rows(session, user_id))
    return {
        "snapshots": [
            record.fields(
                music.Snapshot,
                row,
                tracks=[ranked.get((row.id, rank)) for rank in range(1, row.length + 1)],
            )
            for row in own.of(session, TopSnapshot, user_id, "taken_at")
        ],
        "playlists": [
            record.fields(music.Playlist, row, tracks=sent[row.id])
            for row in own.of(session, SentPlaylist, user_id, "id")
        ],
    }


def _on_lists(session: Session, user_id: int) -> dict[str, Records]:
    lists = {found.id: found for found in own.of(session, TrackList, user_id, "id")}
    on_them = own.entries(session, user_id)
    return {
        "lists": _lists(lists.values(), on_them, user_id),
        "removed": [
            record.fields(
                music.Removed,
                entry,
                track=track,
                list_name=lists[entry.list_id].name,
                list_deleted_at=lists[entry.list_id].deleted_at,
            )
            for entry, track in on_them
            if _gone(entry, lists[entry.list_id])
        ],
        "contributions": [
            record.fields(music.Contribution, entry, track=track, list_name=name, owner=owner)
            for entry, track, name, owner in own.contributions(session, user_id)
        ],
        "list_imports": _imports(session, user_id),
    }


def _own_values(session: Session, user_id: int) -> dict[str, Records]:
    return {
        "values": [
            record.fields(music.Value, value, track=track)
            for value, track in own.values(session, user_id)
        ],
        "descriptions": [
            record.fields(music.OwnDescription, said, track=track)
            for said, track in own.descriptions(session, user_id)
        ],
        "own_imports": [
            record.fields(
                music.OwnImport,
                found,
                taken=Counter(found.counts)["taken"],
                tracks=Counter(found.counts)["tracks"],
                refused=_lines(found.refused),
                partly=_lines(found.partly),
            )
            for found in own.of(session, OwnImport, user_id, "id")
        ],
    }


def _imports(session: Session, user_id: int) -> Records:
    waiting = _grouped(own.waiting_names(session, user_id))
    return [
        record.fields(
            music.Import,
            found,
            list_name=name,
            added=Counter(found.counts)["added"],
            already_there=Counter(found.counts)["already_there"],
            refused=_lines(found.refused),
            waiting=waiting[found.id],
        )
        for found, name in own.imports(session, user_id)
    ]


def _lines(rows: Iterable[Iterable[Any]]) -> list[str]:
    return [" · ".join(map(str, row)) for row in rows]


def _lists(lists: Iterable[TrackList], on_them: own.Rows, user_id: int) -> Records:
    entries: dict[int, Records] = defaultdict(list)
    for entry, track in on_them:
        if entry.removed_at is None:
            mine = entry.added_by == user_id
            entries[entry.list_id].append(
                record.fields(music.Entry, entry, track=track, added_by_me=mine)
            )
    return [
        record.fields(music.TrackList, found, entries=entries[found.id])
        for found in lists
        if found.deleted_at is None
    ]


def _gone(entry: ListEntry, its_list: TrackList) -> bool:
    return entry.removed_at is not None or its_list.deleted_at is not None


def _named(found: dict[str, Records]) -> set[str]:
    """Spotify ids of all tracks that the records are about."""
    entries = [entry for one in found["lists"] for entry in one["entries"]]
    flat = [*entries, *found["removed"], *found["contributions"], *found["values"]]
    flat += found["descriptions"]
    nested = [*found["snapshots"], *found["playlists"]]
    return {row["track"] for row in flat} | {track for row in nested for track in row["tracks"]}


def _tracks(session: Session, spotify_ids: set[str]) -> Records:
    found = own.tracks(session, spotify_ids)
    artists = _grouped(details.credits(session, [track.id for track in found]))
    return [
        record.fields(music.Description, track, track=track.spotify_id, artists=artists[track.id])
        for track in found
    ]


def _grouped(rows: Iterable[Any]) -> dict[Any, list[Any]]:
    groups: dict[Any, list[Any]] = defaultdict(list)
    for key, value in rows:
        groups[key].append(value)
    return groups

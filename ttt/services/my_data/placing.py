"""Puts the records of an upload where they belong, and leaves alone what is there."""

from collections.abc import Sequence

from ttt.errors import InvalidInput
from ttt.found import FoundArtist, FoundTrack
from ttt.models import TrackList as StoredList
from ttt.providers import numbers as ranges
from ttt.services.discover import listening
from ttt.services.lists.lists import MOST
from ttt.services.my_data.shapes.account import Lastfm, Spotify
from ttt.services.my_data.shapes.music import OwnDescription, Snapshot, TrackList, Value
from ttt.services.my_data.target import Count, Target
from ttt.services.values import by_hand
from ttt.store import charts
from ttt.store.lists import entries, track_lists
from ttt.store.lists.entries import Placed
from ttt.store.spotify import snapshots as snapshot_store
from ttt.store.spotify import spotify
from ttt.store.values import descriptions as described
from ttt.store.values import personal

_FULL = f"You have {MOST} lists."
_OTHER_LISTENER = "It is of another Spotify account than the one that is connected here."
_NO_VALUE = "There is no such value, or it is out of its range."
_OTHER_NAME = "You have given another name at Last.fm here."


def lists(target: Target, found: Sequence[TrackList]) -> tuple[Count, Count]:
    """Lists by name, private at first as these are other people; and what is on them."""
    made, on_them = Count("lists"), Count("tracks on lists")
    person_id, session = target.person.id, target.session
    here = {name.casefold(): i for i, name in track_lists.own(session, person_id)}
    for row, one in enumerate(found, start=1):
        name = " ".join(one.name.split())
        list_id = track_lists.trending_id(session, person_id) if one.trending else None
        list_id = list_id or here.get(name.casefold())
        objection = target.objection(one.created_at, ())
        if list_id is None and (objection or not name or len(here) >= MOST):
            made.refuse(row, name, objection or (_FULL if name else "It has no name."))
            continue
        made.take(added=list_id is None)
        if list_id is None:
            new = StoredList(user_id=person_id, name=name, created_at=one.created_at)
            list_id = here[name.casefold()] = track_lists.add(session, new).id
        _entries(target, list_id, one, on_them)
    return made, on_them


def _entries(target: Target, list_id: int, one: TrackList, count: Count) -> None:
    placed: dict[int, Placed] = {}
    for row, entry in enumerate(one.entries, start=1):
        objection = target.objection(entry.added_at, (entry.track,))
        if objection is not None:
            count.refuse(row, entry.track, objection)
            continue
        by = target.person.id if entry.added_by_me else None
        track_id = target.tracks[entry.track]
        if track_id in placed:
            count.take(added=False)
        else:
            placed[track_id] = Placed(track_id, entry.added_at, by, entry.note, tuple(entry.tags))
    new = entries.place(target.session, list_id, list(placed.values()))
    count.added += len(new)
    count.already_there += len(placed) - len(new)


def snapshots(target: Target, found: Sequence[Snapshot], listener: Sequence[Spotify]) -> Count:
    """Top tracks by period and time; those of another listener would be compared with one's own."""
    count = Count("top tracks")
    here = snapshot_store.times(target.session, target.person.id)
    foreign = _is_another(target, listener)
    new: list[snapshot_store.Ranked] = []
    for row, one in enumerate(found, start=1):
        read = [track for track in one.tracks if track is not None]
        objection = target.objection(one.taken_at, read)
        if foreign:
            objection = _OTHER_LISTENER
        elif len(set(read)) < len(read):
            objection = "It holds a track twice."
        if objection is not None:
            count.refuse(row, one.period, objection)
            continue
        key = one.period.value, one.taken_at
        count.take(added=key not in here)
        if key not in here:
            here.add(key)
            new.append((*key, [target.tracks[track] if track else None for track in one.tracks]))
    snapshot_store.add_all(target.session, target.person.id, new)
    return count


def _is_another(target: Target, listener: Sequence[Spotify]) -> bool:
    """Whether the person is connected to a Spotify account that is none of the file's."""
    connected = spotify.account(target.session, target.person.id)
    return connected is not None and not any(
        one.spotify_id == connected.spotify_id
        or (one.account_id is not None and one.account_id == connected.account_id)
        for one in listener
    )


def values(target: Target, found: Sequence[Value]) -> Count:
    """Values of one's own, with where they are from and when."""
    count = Count("values of your own")
    here = personal.keys(target.session, target.person.id)
    new: list[personal.Kept] = []
    for row, one in enumerate(found, start=1):
        objection = target.objection(one.observed_at, (one.track,))
        if objection is None and not _possible(one):
            objection = _NO_VALUE
        if objection is not None:
            count.refuse(row, one.field, objection)
            continue
        key = target.tracks[one.track], one.field, one.source
        count.take(added=key not in here)
        if key not in here:
            here.add(key)
            new.append((*key, one.observed_at, one.value))
    personal.put(target.session, target.person.id, new)
    return count


def descriptions(target: Target, found: Sequence[OwnDescription]) -> Count:
    """What one's own files call tracks, with the time of each; what is there stays."""
    count = Count("descriptions of your own")
    session, person_id = target.session, target.person.id
    here = set(described.read(session, person_id, target.tracks.values()))
    new: list[described.Kept] = []
    for row, one in enumerate(found, start=1):
        objection = target.objection(one.observed_at, (one.track,))
        if objection is not None:
            count.refuse(row, one.title or one.track, objection)
            continue
        track_id = target.tracks[one.track]
        count.take(added=track_id not in here)
        if track_id not in here:
            here.add(track_id)
            new.append((track_id, one.observed_at, _as_found(one)))
    described.put(session, person_id, new)
    return count


def _as_found(one: OwnDescription) -> FoundTrack:
    return FoundTrack(
        one.track,
        one.title or "",
        tuple(FoundArtist(name) for name in one.artists if name.strip()),
        album=one.album,
        release_date=one.release_date,
        duration_ms=one.duration_ms,
        genres=tuple(one.genres),
    )


def _possible(one: Value) -> bool:
    if one.source == "hand":
        low, high = by_hand.LIMITS.get(one.field, (1, 0))
        return low <= one.value <= high
    if one.field == "popularity":
        return ranges.popularity(one.value) is not None
    said = ranges.features({one.field: one.value})
    return said is not None and getattr(said, one.field) is not None


def lastfm(target: Target, found: Sequence[Lastfm]) -> Count:
    """The name at Last.fm, unless another one was given here."""
    count = Count("name at Last.fm")
    for row, one in enumerate(found, start=1):
        here = charts.lastfm_account(target.session, target.person.id)
        if here is not None and here.username.casefold() != one.username.casefold():
            count.refuse(row, one.username, _OTHER_NAME)
            continue
        try:
            if here is None:
                listening.keep_username(target.session, target.person, one.username)
        except InvalidInput as error:
            count.refuse(row, one.username, error.reason)
        else:
            count.take(added=here is None)
    return count

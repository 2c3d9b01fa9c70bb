"""A person's own playlists at Spotify, as they are there now; each call asks anew."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ttt.errors import NotConnected, NotFound
from ttt.found import FoundPlaylist, FoundTrack, PlaylistList
from ttt.providers.spotify import Spotify
from ttt.services.context import Context
from ttt.services.lists import entries, imports, lists
from ttt.services.person import Person
from ttt.services.playlists import playlists
from ttt.services.spotify import lookup, spotify
from ttt.services.tables.receipt import Line, Receipt, Refusal
from ttt.services.tracks import listing
from ttt.services.values import sources
from ttt.store.spotify import spotify as spotify_store
from ttt.store.tracks import tracks

MOST_READ = 1_000
PAGE = 50
_MOST_LISTED = 500
_NO_TRACK = (
    "This row is no track that could be read: a file, an episode, a track that is gone,"
    " or one that Spotify described oddly."
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the history holds and the playlist no longer does, and the other way, by name."""

    length: int
    gone: tuple[str, ...]
    new: tuple[str, ...]
    same_order: bool


@dataclass(frozen=True, slots=True)
class Contents:
    """Rows of a playlist, None where there is no track; `unread` ones lie beyond the limit.

    `names` is what each row is called, as far as that is said.
    """

    rows: tuple[FoundTrack | None, ...]
    unread: int
    names: tuple[str, ...] = ()

    @property
    def tracks(self) -> list[FoundTrack]:
        """The rows that are tracks."""
        return [track for track in self.rows if track is not None]


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of a playlist's rows; `unread` ones were not looked at."""

    receipt: Receipt
    unread: int


def compare(context: Context, person: Person, playlist_id: int) -> Comparison:
    """Read a sent playlist at Spotify and tell how it differs from what was sent."""
    there = playlists.find(context, person, playlist_id).spotify_id
    if there is None:
        raise NotFound("playlist at Spotify")
    now = contents(context, person, there, most=playlists.LONGEST).tracks
    before = playlists.rows(context, person, playlist_id)
    after = [track.spotify_id for track in now]
    gone, new = Counter(before) - Counter(after), Counter(after) - Counter(before)
    kept = Counter(before) & Counter(after)
    return Comparison(
        length=len(after),
        gone=_labels(context, person, gone.elements()),
        new=tuple(track.label for track in now if track.spotify_id in new),
        same_order=_only(before, kept) == _only(after, kept),
    )


@dataclass(frozen=True, slots=True)
class Owned:
    """Playlists that a person owns; of `unread` ones it could not be read what they are."""

    playlists: tuple[FoundPlaylist, ...]
    unread: int


def owned(context: Context, person: Person) -> Owned:
    """The playlists that the person owns at Spotify, as Spotify orders them."""
    me = _spotify_id(context, person)
    pages = spotify.call(context, person, _listed, "playlists")
    found = [playlist for page in pages for playlist in page.playlists]
    return Owned(
        tuple(playlist for playlist in found if playlist.owner_id == me),
        sum(page.unread for page in pages) + sum(one.owner_id is None for one in found),
    )


def _listed(client: Spotify) -> list[PlaylistList]:
    """All pages; where Spotify does not say how many there are, until one is not full."""
    pages: list[PlaylistList] = []
    for offset in range(0, _MOST_LISTED, PAGE):
        page = client.playlists(offset)
        pages.append(page)
        full = len(page.playlists) + page.unread >= PAGE
        if not (full if page.total is None else page.total > offset + PAGE):
            break
    return pages


def contents(context: Context, person: Person, playlist_id: str, most: int = MOST_READ) -> Contents:
    """Read at most so many rows of a playlist at Spotify that the person owns."""

    def ask(client: Spotify) -> Contents:
        pages = [client.playlist_rows(playlist_id)]
        page = pages[0]
        while (offset := PAGE * len(pages)) < most and (page.more or offset < page.length):
            page = client.playlist_rows(playlist_id, offset)
            pages.append(page)
        rows = [row for page in pages for row in page.rows]
        names = [name for page in pages for name in page.names]
        return Contents(tuple(rows[:most]), max(0, page.length - most), tuple(names[:most]))

    return spotify.call(context, person, ask, "playlists")


def add_all(
    context: Context,
    person: Person,
    playlist_id: str,
    list_id: int | None = None,
    name: str = "Playlist",
) -> Copied:
    """Put the tracks of a playlist on a list (None: trending), after all of it has been read.

    The receipt is kept under the playlist's `name`; rows that are no tracks stand there by theirs.
    """
    lists.require_edit(context, person, list_id)
    found = contents(context, person, playlist_id)
    numbered = list(enumerate(found.rows, start=1))
    called = dict(enumerate(found.names, start=1))
    lines = [Line(row, track.label, track.spotify_id) for row, track in numbered if track]
    refused = [Refusal(n, called.get(n, ""), _NO_TRACK) for n, track in numbered if track is None]
    source = lookup.source(context, person)
    with context.session() as session:
        receipt = entries.put(
            context, session, person, lines, refused, found.tracks, source, list_id=list_id
        )
        receipt = imports.keep(context, person, name, list_id, session, receipt)
        session.commit()
    return Copied(receipt, found.unread)


def _spotify_id(context: Context, person: Person) -> str:
    with context.session() as session:
        account = spotify_store.account(session, person.id)
    if account is None:
        raise NotConnected
    return account.spotify_id


def _labels(context: Context, person: Person, spotify_ids: Iterable[str]) -> tuple[str, ...]:
    wanted = list(spotify_ids)
    with context.session() as session:
        ids = tracks.ids_of(session, wanted)
        belief = sources.belief(context)
        rows = listing.rows(session, list(ids.values()), belief=belief, user_id=person.id)
    known = {spotify_id: rows[i].label for spotify_id, i in ids.items() if i in rows}
    return tuple(known.get(spotify_id, f"spotify:track:{spotify_id}") for spotify_id in wanted)


def _only(spotify_ids: Iterable[str], wanted: Counter[str]) -> list[str]:
    """The ids that are wanted, each as often as it is wanted, in their order."""
    left, kept = wanted.copy(), []
    for spotify_id in spotify_ids:
        if left[spotify_id] > 0:
            left[spotify_id] -= 1
            kept.append(spotify_id)
    return kept

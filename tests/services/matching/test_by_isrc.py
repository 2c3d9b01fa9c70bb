"""Lists that say nothing of their tracks but ISRCs."""

import pytest

from tests.services.conftest import FakeSpotify
from ttt.found import FoundArtist, FoundTrack, Source, TrackPage
from ttt.services.context import Context
from ttt.services.lists import entries, importing, imports, waiting
from ttt.services.lists.importing import Field
from ttt.services.matching import matching
from ttt.services.person import Person
from ttt.services.tables.receipt import Receipt
from ttt.store.tracks import tracks

ONE, OTHER, UNKNOWN = "USABC1234567", "USABC1234568", "GBXYZ2000001"
IDS = {ONE: "1" * 22, OTHER: "2" * 22}
SONGS = [
    FoundTrack(IDS[code], f"Song {code[-1]}", (FoundArtist("Nobody"),), isrc=code) for code in IDS
]


@pytest.fixture
def known(context: Context) -> None:
    """Two recordings that are here."""
    with context.session() as session:
        tracks.save(session, SONGS, Source.SPOTIFY, context.now())
        session.commit()


def uris(context: Context, person: Person) -> list[str]:
    return [row.uri for row in entries.listed(context, person)]


def rows(receipt: Receipt) -> tuple[int, int, list[int]]:
    return receipt.added, len(receipt.waiting), [refusal.row for refusal in receipt.refused]


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("text", "refused"),
    [
        (f"ISRC\n{ONE}\n{OTHER}\n{UNKNOWN}\n", [4]),
        (f"{ONE}\n{OTHER}\n{UNKNOWN}\n", [3]),
        (f"isrc;energy\nUS-ABC-12-34567;0,5\n{OTHER.lower()};0,6\nnone;1\n", [4]),
        (f"ISRC,Title\n{ONE},Otherwise\n{OTHER},\n", []),
        (f"Code\n{ONE}\n{OTHER}\n", []),
        (f'[{{"isrc": "{ONE}"}}, {{"isrc": "{OTHER}", "energy": 0.5}}]', []),
    ],
)
def test_tracks_that_are_here_are_found_by_their_isrc(
    context: Context, ada: Person, text: str, refused: list[int]
) -> None:
    assert importing.look(text.encode()).clear
    assert rows(importing.import_(context, ada, text.encode())) == (2, 0, refused)
    assert uris(context, ada) == [f"spotify:track:{spotify_id}" for spotify_id in IDS.values()]


def test_without_spotify_an_unknown_isrc_is_refused_by_its_own_words(
    context: Context, ada: Person
) -> None:
    (refusal,) = importing.import_(context, ada, f"isrc\n{UNKNOWN}\n".encode()).refused
    assert (refusal.text, "ISRC" in refusal.reason) == (UNKNOWN, True)


@pytest.mark.usefixtures("known")
def test_columns_of_names_in_no_known_language_are_asked_for_beside_isrcs(
    context: Context, ada: Person
) -> None:
    table = importing.look(f"Xx,Yy,ISRC\nSong,Nobody,{ONE}\n".encode())
    assert (table.told, table.fields) == (False, {Field.ISRC: "isrc"})


class Finding(FakeSpotify):
    """Spotify that finds by ISRC."""

    def search(self, query: str, limit: int) -> TrackPage:
        self._ask(query)
        found = [song for song in SONGS if query == f"isrc:{song.isrc}"]
        return TrackPage(tuple(found[:limit]))


def test_isrcs_that_spotify_was_not_asked_about_yet_wait_for_it(
    context: Context, adas_spotify: FakeSpotify, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ttt.services.spotify.spotify.Spotify", Finding().as_client_of)
    many = [f"GBXYZ20000{n:02}" for n in range(matching.LOOKUPS)]
    text = "isrc,energy\n" + "".join(f"{code},0.5\n" for code in [*many, ONE])
    receipt = imports.take(context, ada, text.encode(), "codes.csv")
    assert rows(receipt) == (0, 1, list(range(2, 2 + matching.LOOKUPS)))
    assert [name.title for name in waiting.on_list(context, ada).names] == [ONE]
    while imports.advance(context, receipt.import_id or 0) is not None:
        pass
    (row,) = entries.listed(context, ada)
    assert (row.uri, row.number("energy")) == (f"spotify:track:{IDS[ONE]}", 0.5)


@pytest.mark.usefixtures("known")
def test_isrcs_are_pasted_as_names_are(context: Context, ada: Person) -> None:
    receipt = entries.add(context, ada, [ONE, "US-ABC-12-34568", "USABC123456"])
    assert rows(receipt) == (2, 0, [3])

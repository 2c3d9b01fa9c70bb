import pytest

from tests.services.conftest import FakeSpotify
from ttt.found import FoundArtist, FoundTrack
from ttt.services.context import Context
from ttt.services.lists import by_name, entries
from ttt.services.matching.matching import Named
from ttt.services.person import Person


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Radiohead - Creep", Named("Creep", "Radiohead")),
        ("  Jay-Z – 99 Problems ", Named("99 Problems", "Jay-Z")),
        ("Ada — Sand - Live", Named("Sand - Live", "Ada")),
        ("Radiohead \u200e– Creep", Named("Creep", "Radiohead")),
        ("Radiohead − Creep", Named("Creep", "Radiohead")),
        ("- [x] Radiohead - Creep", Named("Creep", "Radiohead")),
        ("▶\ufe0f Radiohead - Creep", Named("Creep", "Radiohead")),
        ("#1 Radiohead - Creep", Named("Creep", "Radiohead")),
        ("01 - Radiohead - Creep", Named("Creep", "Radiohead")),
        ("“Radiohead - Creep”", Named("Creep", "Radiohead")),
        ("1975 - Robbers", Named("Robbers", "1975")),
        ("!!! - Heart of Hearts", Named("Heart of Hearts", "!!!")),
        ("50 Cent - In da Club", Named("In da Club", "50 Cent")),
        ("Radiohead - Creep 4h9wh7iOZ0GGn8QVp4RAOB", None),
        ("Radiohead-Creep", None),
        ("Radiohead - ", None),
        (" - Creep", None),
        ("https://example.org/a - b", None),
        ("open.spotify.com/album/1 - x", None),
        ("spotify:album:1 - x", None),
        ("", None),
    ],
)
def test_a_dash_with_blanks_parts_artist_and_title(text: str, named: Named | None) -> None:
    assert by_name.split(text) == named


def test_a_line_of_artist_and_title_is_added_in_its_place(context: Context, ada: Person) -> None:
    lines = ["4zN21mbAuaD0WqtmaTZZeP", "OneRepublic - I Ain't Worried", "0HqZX76SFLDz2aW8aiqi7G"]
    receipt = entries.add(context, ada, lines)
    assert (receipt.added, receipt.refused) == (3, ())
    titles = [row.title for row in entries.listed(context, ada)]
    assert titles == ["Ferrari", "I Ain't Worried", "Bones"]


def test_what_is_not_known_here_is_refused_with_what_to_do(context: Context, ada: Person) -> None:
    (refusal,) = entries.add(context, ada, ["Nobody - Nothing"]).refused
    assert "connect Spotify" in refusal.reason


def test_the_persons_spotify_is_asked_about_what_is_not_known_here(
    context: Context, ada: Person, adas_spotify: FakeSpotify
) -> None:
    song = FoundTrack("1" * 22, "Nothing", (FoundArtist("Nobody"),))
    adas_spotify.tracks[song.spotify_id] = song
    receipt = entries.add(context, ada, ["Nobody - Nothing", "Nobody - Else"])
    assert receipt.added + receipt.already_there + len(receipt.refused) == 2
    assert adas_spotify.asked
    assert "paste its link" in receipt.refused[-1].reason

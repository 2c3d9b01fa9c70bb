import pytest

from tests.services.conftest import FakeSpotify
from ttt.errors import InvalidInput
from ttt.found import FoundArtist, FoundTrack
from ttt.services.context import Context
from ttt.services.lists import by_name, entries, importing
from ttt.services.matching.matching import Named
from ttt.services.person import Person
from ttt.services.tables import list_files


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
    assert by_name.split([text]) == [named]


@pytest.mark.parametrize(
    "lines",
    [
        ["Dust by Ada", "2. Stand by Me by Ben E. King", "3. “Sand” by Zoe"],
        ["Dust by Ada", "Ben E. King - Stand by Me", "* Sand by Zoe"],
    ],
)
def test_several_lines_may_say_by_whom_a_title_is(lines: list[str]) -> None:
    assert by_name.split(lines) == [
        Named("Dust", "Ada"),
        Named("Stand by Me", "Ben E. King"),
        Named("Sand", "Zoe"),
    ]


@pytest.mark.parametrize(
    "lines", [["Stand by Me"], ["Stand by Me", "Dust", "Sand"], ["https://x.example/a by b", "c"]]
)
def test_a_title_with_by_in_it_is_none_of_them(lines: list[str]) -> None:
    assert by_name.split(lines) == [None] * len(lines)


def test_titles_may_stand_before_artists(context: Context, ada: Person) -> None:
    receipt = entries.add(context, ada, ["I Ain't Worried - OneRepublic", "OneRepublic - I Lived"])
    assert receipt.refused == ()
    titles = [row.title for row in entries.listed(context, ada)]
    assert titles == ["I Ain't Worried", "I Lived"]


def test_spotify_finds_what_was_called_the_other_way_round(
    context: Context, ada: Person, adas_spotify: FakeSpotify
) -> None:
    song = FoundTrack("1" * 22, "Nothing", (FoundArtist("Nobody"),))
    adas_spotify.tracks[song.spotify_id] = song
    assert entries.add(context, ada, ["Nothing - Nobody"]).added == 1


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


@pytest.mark.parametrize(
    "text",
    [
        "The Neighbourhood: Sweater Weather\nArctic Monkeys: I Wanna Be Yours\n",
        "1. Sweater Weather (The Neighbourhood)\n2. I Wanna Be Yours (Arctic Monkeys)\n",
        "The Neighbourhood-Sweater Weather\nArctic Monkeys – I Wanna Be Yours\n",
        "Sweater Weather von The Neighbourhood\nI Wanna Be Yours von Arctic Monkeys\n",
        "Sweater Weather · The Neighbourhood\nI Wanna Be Yours · Arctic Monkeys\n",
        "The Neighbourhood / Sweater Weather\nArctic Monkeys / I Wanna Be Yours\n",
    ],
)
def test_lines_are_parted_in_the_way_that_makes_known_tracks_of_them(
    context: Context, ada: Person, text: str
) -> None:
    receipt = importing.import_(context, ada, text.encode())
    assert (receipt.added, receipt.refused) == (2, ())
    assert [row.title for row in entries.listed(context, ada)] == [
        "Sweater Weather",
        "I Wanna Be Yours",
    ]


def test_how_lines_are_parted_is_worked_out_once(
    context: Context, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = b"Arctic Monkeys: I Wanna Be Yours\nOneRepublic: I Ain't Worried\n"
    choices = importing.guess(context, text)
    assert choices is not None
    assert choices.fields is None
    monkeypatch.setattr(by_name, "parting", None)
    assert importing.import_(context, ada, text, choices=choices).added == 2


def test_lines_that_no_parting_makes_known_are_no_list(context: Context, ada: Person) -> None:
    for text in ("Ann: hello\nBob: how are you\n", "one-two\nthree-four\n"):
        with pytest.raises(InvalidInput, match="has to have a column"):
            importing.import_(context, ada, text.encode())


def test_a_line_among_parted_ones_that_cannot_be_is_refused_alone(
    context: Context, ada: Person
) -> None:
    text = "Arctic Monkeys: I Wanna Be Yours\nNobody: Nothing\nhm\nOneRepublic: I Ain't Worried\n"
    receipt = importing.import_(context, ada, text.encode())
    assert (receipt.added, [refusal.row for refusal in receipt.refused]) == (2, [2, 3])


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("+" * 10 + "-" * 10 + "-", True),
        ("+" * 9 + "-" * 10 + "+-", True),
        ("+" * 9 + "-" * 11 + "+", False),
        ("+t+a", True),
        ("+t-a-", False),
        ("", False),
    ],
)
def test_columns_are_told_by_half_of_the_first_twenty_rows(
    context: Context, rows: str, told: bool
) -> None:
    names = {
        "+": "I Lived,OneRepublic",
        "-": "Nothing,Nobody",
        "t": "I Lived,",
        "a": ",OneRepublic",
    }
    sheet = list_files.read("\n".join(["was,wer", *(names[row] for row in rows)]).encode())
    assert by_name.columns(context, sheet) == (("was", "wer") if told else None)


@pytest.mark.parametrize(("beside", "told"), [(4, True), (5, False)])
def test_columns_are_told_among_the_first_six(context: Context, beside: int, told: bool) -> None:
    header = [*(f"x{n}" for n in range(beside)), "was", "wer"]
    row = [*("-" * beside), "I Lived", "OneRepublic"]
    sheet = list_files.read("\n".join([",".join(header), ",".join(row)]).encode())
    assert by_name.columns(context, sheet) == (("was", "wer") if told else None)

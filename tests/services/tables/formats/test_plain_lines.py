"""Lines are a list where nearly all of them name a track; a stray one stays to be refused."""

import pytest

from ttt.services.tables.formats import plain_lines

LINK = "spotify:track:4h9wh7iOZ0GGn8QVp4RAOB"


def test_each_line_is_artist_and_title_or_a_link() -> None:
    assert plain_lines.read(f"Artist - Title\n\nAda - Dust\n{LINK}\n") == [
        (3, {"link": "", "artist": "Ada", "title": "Dust"}),
        (4, {"link": LINK, "artist": "", "title": ""}),
    ]


@pytest.mark.parametrize(
    ("lines", "is_list"),
    [
        (["Ada - Dust"] * 4 + ["nothing"], True),
        (["Ada - Dust"] * 3 + ["nothing"], False),
        ([LINK], False),  # a table of one column is as good
        (["Ada - Dust", LINK], True),
        (["artist,title", "Ada,Dust"], False),
        ([], False),
    ],
)
def test_four_of_five_lines_have_to_name_a_track(lines: list[str], is_list: bool) -> None:
    assert (plain_lines.read("\n".join(lines)) is not None) is is_list


@pytest.mark.parametrize(
    "line",
    [
        *("0:00 Ada - Dust", "[01:02:03] Ada - Dust", "(1:02) Ada – Dust", "0:00 - Ada - Dust"),
        *("(1) Ada - Dust", "[12] Ada - Dust", "Ada -- Dust", "Ada － Dust"),
        *("“Ada” – “Dust”", '"Ada" - "Dust"', 'Ada - "Dust"', "“Ada - Dust”", "1. «Ada» - «Dust»"),
    ],
)
def test_what_lists_put_around_names_is_no_part_of_them(line: str) -> None:
    assert plain_lines.named(line) == ("Ada", "Dust")


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("3:33 - Live", ("3:33", "Live")),
        ('Ada - The "Dust" Song', ("Ada", 'The "Dust" Song')),
        ('"Weird Al" Yankovic - Eat It', ('"Weird Al" Yankovic', "Eat It")),
    ],
)
def test_what_belongs_to_a_name_stays(line: str, named: tuple[str, str]) -> None:
    assert plain_lines.named(line) == named


CHATS = [
    "12/05/2024, 18:22 - Ann: Ada - Dust",
    "[12/05/2024, 18:22:01] Ann Lee: Ada – Dust",
    "12.05.24, 6:22\u202fPM - +49 170 1234: 1. Ada - Dust",
    "\u200e[5/12/24, 6:22:01 p.m.] Ann: Ada - Dust",
    "2024-05-12 18:22 Ada - Dust",
    "2024-05-12 18:22:01 - Ada - Dust",
]


@pytest.mark.parametrize("line", CHATS)
def test_when_and_by_whom_it_was_said_in_a_chat_is_no_part_of_a_name(line: str) -> None:
    assert plain_lines.named(line) == ("Ada", "Dust")
    rows = plain_lines.read(f"{line}\n{line}\n")
    assert rows is not None
    assert [(n, row["artist"], row["title"]) for n, row in rows] == [
        (1, "Ada", "Dust"),
        (2, "Ada", "Dust"),
    ]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("2024-05-12 18:22 Ada - Dust: Live", ("Ada", "Dust: Live")),
        ("[1:02:03] Ada - Dust: Live", ("Ada", "Dust: Live")),
        ("12/05/2024 - Dust", ("12/05/2024", "Dust")),
    ],
)
def test_what_only_looks_like_a_chat_stays(line: str, named: tuple[str, str]) -> None:
    assert plain_lines.named(line) == named


@pytest.mark.parametrize("length", ["(3:35)", "[1:02:03]"])
def test_a_length_behind_a_title_is_no_part_of_it(length: str) -> None:
    assert plain_lines.named(f"Ada - Dust {length}") == ("Ada", "Dust")


def test_a_line_alone_is_a_track_whatever_it_is_called() -> None:
    assert plain_lines.read("Artist - Title\n") == [
        (1, {"link": "", "artist": "Artist", "title": "Title"})
    ]


@pytest.mark.parametrize(
    "line",
    ['"Dust" by Ada', "“Dust” – Ada", "**Dust** by Ada", "[Dust](https://x.example) by Ada"],
)
def test_whoever_marks_the_title_may_name_it_first(line: str) -> None:
    assert plain_lines.named(line) == ("Ada", "Dust")


def test_only_the_first_dash_parts_a_line() -> None:
    assert plain_lines.named("Ada - Dust - Live") == ("Ada", "Dust - Live")
    assert plain_lines.named('"Dust - Live" by Ada') is None


def test_numbers_that_count_all_lines_are_no_part_of_them() -> None:
    counted = ["1 Ada - Dust", "2 Bob - 99 Problems", "3 3 Doors Down - Kryptonite"]
    assert plain_lines.names_of(counted) == [
        ("Ada", "Dust"),
        ("Bob", "99 Problems"),
        ("3 Doors Down", "Kryptonite"),
    ]
    assert plain_lines.names_of(["10 Years - Wasteland", "3 Doors Down - Kryptonite"]) == [
        ("10 Years", "Wasteland"),
        ("3 Doors Down", "Kryptonite"),
    ]


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/music/Ada/Sand/03 Dust.mp3", ("Ada", "Dust")),
        ("/home/x/Music/Ada/03 - Dust.flac", ("Ada", "Dust")),
        ("C:\\Music\\Ada\\Sand\\Dust.m4a", ("Ada", "Dust")),
        ("../Ada/Sand/12. Dust.ogg", ("Ada", "Dust")),
        ("/music/Ada/Sand/03 Bob - Tune.mp3", ("Bob", "Tune")),
        ("Music/Dust.mp3", None),
        ("/Dust.mp3", None),
        ("Dust.mp3", None),
    ],
)
def test_a_file_called_by_its_title_is_of_the_artist_of_its_folder(
    path: str, named: tuple[str, str] | None
) -> None:
    assert plain_lines.named(path) == named


@pytest.mark.parametrize(
    "line",
    [
        f"Ada - Dust {LINK}",
        "open.spotify.com/album/1 - Dust",
        "Ada - open.spotify.com/album/1",
        "https://open.spotify.com/track/4h9wh7iOZ0GGn8QVp4RAOB - Dust",
        *("Ada - ", " - Dust", 'Ada - ""', '"" - Dust', "Ada"),
    ],
)
def test_a_line_with_a_link_or_without_both_names_is_no_artist_and_title(line: str) -> None:
    assert plain_lines.named(line) is None


@pytest.mark.parametrize(
    ("text", "is_track"), [(LINK, True), ("Ada - Dust", True), ("Dust", False), ("", False)]
)
def test_a_text_names_a_track_by_a_link_or_by_artist_and_title(text: str, is_track: bool) -> None:
    assert plain_lines.is_track(text) is is_track


def test_of_one_line_alone_by_is_a_part_of_the_title() -> None:
    assert plain_lines.names_of(["Stand by Me"]) == [None]
    lines = ["Dust by Ada"] * 4
    assert plain_lines.names_of([*lines, "nothing"]) == [("Ada", "Dust")] * 4 + [None]
    assert plain_lines.names_of([*lines[:3], "nothing"]) == [None] * 4

"""Lines are a list where nearly all of them name a track; a stray one stays to be refused."""

import pytest

from ttt.services.tables import plain_lines

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

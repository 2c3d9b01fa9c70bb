import pytest

from ttt.services.tracks.rows import Direction, Movement
from ttt.ui.frame.listing.ranked.shape import Line, Row, as_data, which

ROW = Row("spotify:track:1", "Toxicity", "System Of A Down", rank=4)


@pytest.mark.parametrize(
    ("movement", "sign", "words"),
    [
        (Movement(Direction.UP, 6), "▲ 6", "up 6"),
        (Movement(Direction.DOWN, 2), "▼ 2", "down 2"),
        (Movement(Direction.NEW), "new", "new"),
        (Movement(Direction.SAME), "–", "as before"),
    ],
)
def test_a_movement_is_shown_by_a_sign_and_read_out_in_words(
    movement: Movement, sign: str, words: str
) -> None:
    row = as_data(Row("1", "Dust", "Ada", rank=3, movement=movement))
    assert (row["move"]["sign"], row["move"]["words"]) == (sign, words)
    assert row["label"] == f"Dust by Ada, 3, {words}"


def test_a_row_without_artist_or_rank_is_called_by_its_title() -> None:
    assert as_data(Row("1", "Dust"))["label"] == "Dust"


def test_a_row_that_is_no_track_is_by_nobody() -> None:
    assert (
        as_data(Row("ada", "Ada", "ada@example.org", track=""))["label"] == "Ada, ada@example.org"
    )


def test_only_a_row_without_a_cover_has_a_tile() -> None:
    assert as_data(ROW)["tile"][0] == "SO"
    assert as_data(Row("1", "Dust", cover="https://i.scdn.co/image/1"))["tile"] is None
    assert 0 <= as_data(ROW)["tile"][1] < 360


def test_rows_are_told_apart_by_their_keys_and_order() -> None:
    other = Row("spotify:track:2", "Dust")
    assert which([ROW, other]) != which([other, ROW])
    assert which([ROW]) == which([Row("spotify:track:1", "another title")])


def test_a_line_goes_to_the_browser_with_its_words() -> None:
    row = Row("spotify:track:1", "Dust", cells=("x", Line((4, None, 2), "from 4 to 2"), None))
    line = {"places": (4, None, 2), "words": "from 4 to 2"}
    assert as_data(row)["cells"] == ["x", line, None]


def test_names_that_lead_somewhere_go_to_the_browser_apart_from_what_follows_them() -> None:
    by = (("Ada", True), ("Zoe", False))
    told = as_data(Row("1", "Dust", "Ada, Zoe · named by Last.fm", by=by))

    assert told["by"] == [("Ada", "Ada"), ("Zoe", None)]
    assert told["subtitle"] == "named by Last.fm"
    assert told["label"] == "Dust by Ada, Zoe · named by Last.fm"
    assert as_data(Row("1", "Dust", "Ada, Zoe"))["by"] is None


def test_a_name_leads_by_how_it_is_spelt_and_is_shown_so_that_it_turns_nothing_round() -> None:
    told = as_data(Row("1", "Dust", "A\u202eB", by=(("A\u202eB", True),)))
    assert told["by"] == [("AB", "A\u202eB")]

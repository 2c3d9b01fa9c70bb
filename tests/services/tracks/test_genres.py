from ttt.services.tracks import genres
from ttt.services.tracks.rows import TrackRow


def row(*names: str) -> TrackRow:
    return TrackRow("spotify:track:1", "Song", genres=names)


ROWS = [row("rock", "pop"), row("pop"), row("folk"), row()]


def test_genres_are_counted_by_tracks_the_commonest_first() -> None:
    assert list(genres.counted(ROWS).items()) == [("pop", 2), ("folk", 1), ("rock", 1)]


def test_a_track_with_any_of_the_chosen_genres_stays() -> None:
    assert genres.having(ROWS, ["rock", "folk"]) == [ROWS[0], ROWS[2]]


def test_none_chosen_means_all() -> None:
    assert genres.having(ROWS, []) == ROWS


def test_a_genre_that_no_track_has_leaves_nothing() -> None:
    assert genres.having(ROWS, ["polka"]) == []

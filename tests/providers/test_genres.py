"""One spelling for each genre, and none of what people tag besides."""

import pytest
from hypothesis import example, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from ttt.providers import genres


@pytest.mark.parametrize(
    ("spelling", "names"),
    [
        ("hip-hop", ["hip hop", "Hip-Hop", "HIPHOP", " hip_hop "]),
        ("r&b", ["R&B", "RnB", "r'n'b", "R’n’B", "r and b", "r & b", "Rhythm and Blues"]),
        ("drum and bass", ["Drum & Bass", "drum n bass", "Drum'n'Bass", "DnB", "d&b"]),
        ("rock and roll", ["Rock & Roll", "rock 'n' roll", "Rock n Roll"]),
        ("k-pop", ["K-Pop", "kpop", "k pop"]),
        ("post-punk", ["Post Punk", "post-punk", "postpunk"]),
        ("synthpop", ["Synth-Pop", "synth pop", "SynthPop"]),
        ("dream pop", ["Dream-Pop", "dreampop"]),
        ("nu metal", ["Nu-Metal", "numetal"]),
        ("alternative rock", ["alt-rock", "Alternative Rock"]),
        ("deep house", ["deep-house", "Deep House", "deep‐house"]),
        ("lo-fi hip-hop", ["lofi hip hop"]),
        ("singer-songwriter", ["Singer/Songwriter", "singer songwriters"]),
        ("electronic", ["Electronic", "ｅｌｅｃｔｒｏｎｉｃ", "electronic."]),
        ("alté", ["alté", "alte\u0301"]),
    ],
)
def test_spellings_of_a_genre_are_one(spelling: str, names: list[str]) -> None:
    assert {genres.spelled(name) for name in names} == {spelling}


@pytest.mark.parametrize("name", ["new wave", "hopscotch", "popcorn", "alt z", "metalcore", "bass"])
def test_other_names_stay_as_they_are(name: str) -> None:
    assert genres.spelled(name) == name


def test_genres_keep_their_order_and_come_once() -> None:
    assert genres.tidy(["Rap", "hip hop", "rap", "Hip-Hop", "pop"]) == ("rap", "hip-hop", "pop")


def test_at_most_five_genres_are_kept() -> None:
    assert genres.tidy("abcdefg") == tuple("abcde")


@pytest.mark.parametrize("name", ["", "  ", "Unknown", "n/a", "None", "NaN", "\0", "x" * 41])
def test_words_for_nothing_are_no_genres(name: str) -> None:
    assert genres.tidy([name]) == ()


@pytest.mark.parametrize(
    "tag",
    [
        *("seen live", "favourites", "My Favorites", "favorite songs", "albums I own", "love"),
        *("Awesome", "best of 2010", "5 stars", "under 2000 listeners", "spotify", "check out"),
        *("1999", "2000s", "80s", "00's", "90s rock", "female vocalists", "male vocalist"),
        *("british", "USA", "Swedish", "chill", "Beautiful", "sad", "instrumental", "piano"),
        *("i want to dance to this all night", "!!!", "", "The Cure"),
    ],
)
def test_tags_that_are_no_genres_are_dropped(tag: str) -> None:
    assert genres.from_tags([tag, "rock"], ["The Cure"]) == ("rock",)


@pytest.mark.parametrize(
    "tag",
    [
        *("cool jazz", "dark ambient", "british invasion", "latin", "slowcore", "sad rap"),
        *("live electronics", "chillout", "epic metal", "french house", "happy hardcore"),
        *("2 step", "lovers rock", "idm", "afrobeats", "shoegaze", "rage rap", "uk garage"),
    ],
)
def test_genres_that_look_like_something_else_are_kept(tag: str) -> None:
    assert genres.from_tags([tag]) == (tag,)


@example("0:/")
@example("a - - b")
@trying(derandomize=True, max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_a_spelling_is_its_own_spelling_and_can_be_stored(name: str) -> None:
    spelled = genres.spelled(name)

    assert genres.spelled(spelled) == spelled
    assert spelled.isprintable()

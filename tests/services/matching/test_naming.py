"""Names of the same recording are the same, and those of another are not."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ttt.found import FoundArtist, FoundTrack
from ttt.services.matching import naming

WORDS = st.text("abcdefgéøñ", min_size=2, max_size=9)
TITLES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
DECORATIONS = st.sampled_from(
    [
        " (feat. Somebody Else)",
        " [ft. A & B]",
        " feat. Jay-Z",
        " (with Someone)",
        " - Remastered 2011",
        " - 2009 Remaster",
        " (Remastered)",
        " (Explicit)",
        " - Single Version",
        ' (From "A Film")',
        " (Official Video)",
        " (Official Music Video) [HD]",
        " [Official Lyric Video]",
        " (Lyrics)",
        " (Audio)",
        " - Official Visualizer",
    ]
)
VERSIONS = st.sampled_from(
    [" (Live)", " - Live at Wembley", " (X Remix)", " - Acoustic", " (feat. A) [Live]", " Pt. 2"]
)


def a_track(title: str, *artists: str) -> FoundTrack:
    return FoundTrack("a" * 22, title, tuple(map(FoundArtist, artists)))


@given(TITLES, st.lists(DECORATIONS, max_size=3))
def test_what_decorates_a_title_makes_no_other(title: str, decorations: list[str]) -> None:
    assert naming.title_key(title + "".join(decorations)) == naming.title_key(title)


@given(TITLES, VERSIONS, st.lists(DECORATIONS, max_size=2))
def test_another_version_is_another_title(title: str, version: str, decorations: list[str]) -> None:
    decorated = title + version + "".join(decorations)
    assert naming.title_key(decorated) != naming.title_key(title)


@given(TITLES)
def test_case_and_spaces_make_no_difference(title: str) -> None:
    assert naming.title_key(f"  {title.upper()} ") == naming.title_key(title)


@given(st.text(max_size=60), st.text(max_size=40))
def test_any_text_is_a_name(title: str, artist: str) -> None:
    assert isinstance(naming.title_key(title), str)
    assert artist.lower().strip() == "" or naming.spellings(artist)
    assert naming.best(title, artist, []) is None


@given(TITLES, TITLES, WORDS)
def test_a_title_of_other_words_is_never_taken(wanted: str, other: str, artist: str) -> None:
    key, other_key = naming.title_key(wanted), naming.title_key(other)
    assume(key != other_key)
    tracks = [a_track(other, artist)]
    assert naming.best(wanted, artist, tracks) is None
    pairs = zip(key.split(), other_key.split(), strict=False)
    if sum(a != b for a, b in pairs) != 1 or len(key.split()) != len(other_key.split()):
        assert naming.best(wanted, artist, tracks, slips=True) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Beyoncé", "beyonce"),
        ("The Beatles", "Beatles"),
        ("Simon & Garfunkel", "Simon and Garfunkel"),
        ("Guns N’ Roses", "Guns N' Roses"),
        ("The Beatles - Topic", "Beatles"),
    ],
)
def test_ways_to_write_an_artist_are_one(one: str, other: str) -> None:
    assert naming.artist_key(one) == naming.artist_key(other)


@pytest.mark.parametrize(
    ("said", "credited"),
    [
        ("Calvin Harris & Dua Lipa", ["Calvin Harris", "Dua Lipa"]),
        ("Calvin Harris", ["Calvin Harris", "Dua Lipa"]),
        ("Dua Lipa", ["Calvin Harris", "Dua Lipa"]),
        ("Bizarrap feat. Quevedo", ["Bizarrap", "Quevedo"]),
        ("Bizarrap x Quevedo", ["Bizarrap", "Quevedo"]),
        ("Tyler, The Creator", ["Tyler, The Creator"]),
        ("Earth, Wind & Fire", ["Earth, Wind & Fire"]),
        ("!!!", ["!!!"]),
        ("Calvin Harris - Topic", ["Calvin Harris"]),
        ("Topic", ["Topic"]),
    ],
)
def test_who_is_credited_may_be_told_in_several_ways(said: str, credited: list[str]) -> None:
    assert naming.best("A song", said, [a_track("A Song", *credited)]) is not None


@pytest.mark.parametrize(
    ("said", "credited"),
    [("Adele", "Adele Tribute Band"), ("Queen", "Queens of the Stone Age"), ("!!!", "???")],
)
def test_a_namesake_of_another_artist_is_not_taken(said: str, credited: str) -> None:
    assert naming.best("A song", said, [a_track("A song", credited)], slips=True) is None


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Somebody I Used to Knew Wonderwell", "Somebody I Used to Knew Wonderwall"),
        ("Wonters of Life", "Wonders of Life"),  # seven letters are long
    ],
)
def test_a_slip_in_a_long_word_is_forgiven_when_asked(typed: str, title: str) -> None:
    tracks = [a_track(title, "Oasis")]
    assert naming.best(typed, "Oasis", tracks) is None
    assert naming.best(typed, "Oasis", tracks, slips=True) == tracks[0]


@pytest.mark.parametrize(
    ("wanted", "other"),
    [
        ("I Want You", "I Want Your"),
        ("Song for Him", "Song for Her"),
        ("Stranger", "Strangers"),
        ("Session Vol 52", "Session Vol 53"),
        ("Hello", "Hallo"),
        ("Standing", "Skipping"),
        ("Part One", "Part"),
        ("Wonderwell Somebady", "Wonderwall Somebody"),
        ("Vol1234567", "Vol1294567"),
        ("Wonderwall", "Wonderwall (Live)"),
    ],
)
def test_a_title_that_only_looks_alike_is_not_taken(wanted: str, other: str) -> None:
    assert naming.best(wanted, "X", [a_track(other, "X")], slips=True) is None


def test_the_exact_title_is_taken_before_one_with_a_slip() -> None:
    tracks = [a_track("Wonderwell", "X"), a_track("Wonderwall", "X")]
    assert naming.best("Wonderwall", "X", tracks, slips=True) == tracks[1]


def test_a_search_names_the_first_artist_only() -> None:
    named = "Don't Start Now (with Someone) - Live", "Calvin Harris & Dua Lipa"
    assert naming.query(*named) == "Don't Start Now - Live Calvin Harris"
    assert naming.search_words(*named) == "dont start now live calvin harris"


@pytest.mark.parametrize(("title", "artist"), [("Song", ""), ("Song", "  "), ("", "X"), ("", "")])
def test_who_has_no_name_made_nothing(title: str, artist: str) -> None:
    assert naming.best(title, artist, [a_track("Song", "X")], slips=True) is None
    assert naming.best(title, artist, [FoundTrack("1", "Song", ())], slips=True) is None


@pytest.mark.parametrize("guest", ["(feat. Bob)", "[ft Bob]", "(with Bob)", "(Featuring Bob)"])
def test_guests_of_an_artist_may_stand_in_brackets(guest: str) -> None:
    assert naming.artists_of(f"Ann {guest}")[1:] == ["Ann", "Bob"]
    assert naming.best("Dust", f"Ann {guest}", [a_track("Dust", "Ann")])
    assert naming.artists_of("Ann (UK)") == ["Ann (UK)"]

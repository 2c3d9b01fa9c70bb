import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from ttt import music
from ttt.providers.keys import notations as keys


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("F♯ minor", (6, 0)),
        ("F# Minor", (6, 0)),
        ("F#m", (6, 0)),
        ("f#min", (6, 0)),
        ("Gb major", (6, 1)),
        ("F♯/G♭ Minor", (6, 0)),
        ("A# / Bb maj", (10, 1)),
        ("FM", (5, 1)),
        ("Am", (9, 0)),
        ("h moll", (11, 0)),
        ("H-Dur", (11, 1)),
        ("B-Dur", (10, 1)),
        ("b-moll", (10, 0)),
        ("H", (11, None)),
        ("fis-Moll", (6, 0)),
        ("Es-Dur", (3, 1)),
        ("As", (8, None)),
        ("la mineur", (9, 0)),
        ("do♯ mineur", (1, 0)),
        ("Si bémol majeur", (10, 1)),
        ("Sol# menor", (8, 0)),
        ("Re bemol mayor", (1, 1)),
        ("mi minore", (4, 0)),
        ("sib maior", (10, 1)),
        ("B flat minor", (10, 0)),
        ("F sharp", (6, None)),
        ("ля минор", (9, 0)),
        ("до-диез минор", (1, 0)),
        ("嬰ハ短調", (1, 0)),
        ("升c小调", (1, 0)),
        ("C大調", (0, 1)),
        ("내림나장조", (10, 1)),
        ("다단조", (0, 0)),
        ("до-дієз мінор", (1, 0)),
        ("La minör", (9, 0)),
        ("a minör", (9, 0)),
        ("Do diyez minör", (1, 0)),
        ("Cisz-moll", (1, 0)),
        ("Fiss-moll", (6, 0)),
        ("Asz-dúr", (8, 1)),
        ("A-molli", (9, 0)),
        ("C-duuri", (0, 1)),
        ("8 A", (9, 0)),
        ("F#m/Gbm", (6, 0)),
        ("Am/Cm", (None, None)),
        ("1d", (0, 1)),
        ("1m", (9, 0)),
        ("12m", (2, 0)),
        ("06d", (11, 1)),
        ("13m", (None, None)),
        ("Am (8A)", (9, 0)),
        ("12A - C# minor", (1, 0)),
        ("8A / Am", (9, 0)),
        ("Am (8B)", (None, None)),
        ("8A, 9A", (None, None)),
        ("dance", (None, None)),
        ("c dur", (0, 1)),
        ("Cb major", (11, 1)),
        ("B", (11, None)),
        ("Bb", (10, None)),
        ("C#", (1, None)),
        ("11A", (6, 0)),
        ("08b", (0, 1)),
        ("13A", (None, None)),
        ("0", (0, None)),
        (" 11 ", (11, None)),
        ("6.0", (6, None)),
        ("6,0", (6, None)),
        ("12", (None, None)),
        ("-1", (None, None)),
        ("Dm7", (None, None)),
        ("minor", (None, None)),
        ("²", (None, None)),
        ("", (None, None)),
    ],
)
def test_a_key_is_read_however_it_is_written(text: str, key: tuple[int | None, int | None]) -> None:
    assert keys.key(text) == key


def test_every_key_of_the_app_is_read_back() -> None:
    for code, key, mode in music.camelot_wheel():
        assert keys.key(code) == (key, mode)
        assert keys.key(music.key_name(key, mode)) == (key, mode)


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Major", 1),
        ("minor", 0),
        ("MIN", 0),
        ("m", 0),
        ("M", 1),
        ("1", 1),
        ("0.0", 0),
        ("2", None),
        ("", None),
    ],
)
def test_a_mode_is_read_by_word_and_number(text: str, mode: int | None) -> None:
    assert keys.mode(text) == mode


@trying(derandomize=True, max_examples=300, deadline=None)
@given(st.text("ABCDEFGabcdefg#b♯♭ /-mM0123456789.minorajor", max_size=12))
def test_any_text_is_a_key_or_none(text: str) -> None:
    key, mode = keys.key(text)

    assert key in {None, *range(12)}
    assert mode in {None, 0, 1}
